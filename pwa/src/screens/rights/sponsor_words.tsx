import { showDate } from '../../parts/dates';
import { lawWords } from '../../words/law';
import { money } from '../price/money';
import type { Sponsored } from './sponsored';

/** `Nhà tài trợ X trả 956.340 đ cho thẻ 12 tháng.` */
export function SponsorWords({ sponsored }: { sponsored: Sponsored }) {
  const words = lawWords().sponsor;
  const { sponsor, amount, months, endsOn } = sponsored;
  const paid = `${words.pays(sponsor)} ${words.forMonths(money(amount), months)}.`;
  return <>{endsOn === null ? paid : `${paid} ${words.until(showDate(endsOn))}`}</>;
}
