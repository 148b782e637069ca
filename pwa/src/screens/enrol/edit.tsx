import { useMemo, useState } from 'preact/hooks';
import { amountsOf, GREATEST, type Amounts } from '../../domain/enrolment/amounts';
import { NotKnown } from '../../domain/legal/tables';
import { Chips } from '../../parts/chips';
import { NumberField, TextField } from '../../parts/fields';
import type { HouseholdFile, Rec } from '../../store/face';
import { choices, fieldName, t } from '../../words';
import { enrolWords } from '../../words/enrol';
import { notKnownWords } from '../../words/law';
import { FormScreen } from '../form_screen';
import { useStore } from '../phone';
import { money } from '../price/money';
import { groundOf, type Ground } from '../rights/ground';
import { standings } from '../rights/people';
import { costOf, monthsOf } from '../rights/price';
import { promiseIsFree } from '../rights/sponsored';
import { useRecordForm } from '../record_form';
import { daysOf, numberFaults, sharesOf } from './model';
import { rangesOn, usedNumbers } from './receipts';
import { memberName } from './receipt';

interface Props {
  file: HouseholdFile;
  enrolment: Rec<'enrolment'>;
}

/** A draft, or what the commune sent back, put right: months, amount, payment, number. */
export function EditEnrolment({ file, enrolment }: Props) {
  const store = useStore();
  const words = enrolWords();
  const home = `/household/${file.household.id}/enrolment/${enrolment.id}`;
  const form = useRecordForm(enrolment, `enrolment:${enrolment.id}`, {
    title: t().today.draftOf(memberName(file, enrolment)),
    path: `${home}/edit`,
    village: enrolment.village,
  });
  const { values } = form;
  const day = values.paid_on ?? store.today();
  const range =
    rangesOn(store, day).find(({ book }) => book === values.receipt_book) ??
    rangesOn(store, day)[0] ??
    null;
  const ground = useMemo(() => groundOf(store, file.household.village, day), [day, file]);
  const allowed = monthsOf(ground, values.insurance_group ?? '');
  const [lacks, setLacks] = useState<NotKnown | null>(null);
  const reprice = (months: number) => {
    const price = priceOf(file, enrolment, months, ground);
    const unknown = price instanceof NotKnown;
    setLacks(unknown ? price : null);
    // Other months would stand beside the amounts of these.
    if (!unknown) form.set({ months, ...price });
  };
  const promise = promiseOf(file, enrolment, values.sponsorship ?? null);
  const sponsored = values.sponsorship != null && promise !== null;
  const others = values.other_support ?? 0;
  // A sponsor's card is paid by the sponsor alone, and no more than was promised.
  const most = Math.min(mostOthers(values), sponsored ? promise : GREATEST);
  const tooMuch = sponsored ? words.promiseMost(money(most)) : words.supportMost(money(most));
  const refuse = () => {
    if (promise === null) return words.promiseGone;
    if (others > most) return tooMuch;
    if (others > 0 && !sponsored && !values.override_reason?.trim())
      return words.supportReasonNeeded;
    if (values.receipt_number == null || range === null) return null;
    const used = usedNumbers(store, range.book, enrolment.data.receipt ?? null);
    const [fault] = numberFaults({ range, number: values.receipt_number, used }, day);
    return fault === undefined ? null : words[fault];
  };
  return (
    <FormScreen title={words.correct} form={form} home={home} refuse={refuse}>
      {promise === null && (
        <div class="notice notice--warn">
          <p>{words.promiseGone}</p>
          <button type="button" class="button" onClick={() => reprice(values.months ?? 0)}>
            {words.reprice}
          </button>
        </div>
      )}
      <section class="card">
        <Chips
          label={words.months}
          options={allowed.map((count) => [String(count), words.month(count)])}
          value={String(values.months ?? '')}
          onChange={(choice) => choice !== null && reprice(Number(choice))}
          error={form.errorOf('months')}
        />
        {lacks !== null && (
          <p class="notice notice--warn" role="alert">
            {notKnownWords(lacks)}
          </p>
        )}
        <NumberField
          label={words.differentOwn}
          money
          value={values.own_share}
          onChange={(own) => form.set({ own_share: own, total: totalWith(values, own) })}
          error={form.errorOf('own_share') ?? form.errorOf('total')}
        />
        <NumberField
          label={words.supportAmount}
          money
          value={values.other_support}
          onChange={(other) => form.set(withOthers(values, other ?? 0))}
          error={others > most ? tooMuch : form.errorOf('other_support')}
        />
        <TextField
          label={fieldName('override_reason')}
          value={values.override_reason}
          onChange={(override_reason) => form.set({ override_reason })}
        />
        <Chips
          label={words.payment}
          options={choices('payment_way')}
          value={values.payment}
          onChange={(payment) => form.set({ payment } as typeof values)}
        />
        <TextField
          label={range === null ? words.number : `${words.number} · ${range.series}`}
          hint={range === null ? words.noBook : words.numberHint(range.first, range.last)}
          value={values.receipt_number == null ? '' : String(values.receipt_number)}
          onChange={(typed) =>
            form.set({
              receipt_number: /^\d{1,8}$/.test(typed ?? '') ? Number(typed) : null,
              receipt_book: range?.book ?? null,
            })
          }
          digits
          limit={8}
          error={form.errorOf('receipt_number')}
        />
        <TextField
          label={words.code}
          value={values.collector_code}
          onChange={(collector_code) => form.set({ collector_code })}
          limit={40}
        />
        <TextField
          label={words.mobilised}
          value={values.mobilised_by}
          onChange={(mobilised_by) => form.set({ mobilised_by })}
        />
      </section>
    </FormScreen>
  );
}

type Values = { readonly [Name in keyof Amounts]?: number | null };

/** What others may pay at most: all that state and province leave. */
function mostOthers({ total, state_support, local_support }: Values): number {
  return (total ?? 0) - (state_support ?? 0) - (local_support ?? 0);
}

/** The total stays: what others pay more, the person pays less. */
function withOthers(values: Values, other: number): Values {
  return { other_support: other, own_share: Math.max(0, mostOthers(values) - other) };
}

/** How much of the others' share a sponsor promised; null when another enrolment has used it. */
function promiseOf(
  file: HouseholdFile,
  enrolment: Rec<'enrolment'>,
  named: string | null,
): number | null {
  const data = { ...enrolment.data, sponsorship: named };
  if (!promiseIsFree(file, { ...enrolment, data })) return null;
  return file.sponsorships.find(({ id }) => id === named)?.data.amount ?? 0;
}

function totalWith(values: Values, own: number | null): number | null {
  if (own === null) return null;
  return (
    (values.state_support ?? 0) + (values.local_support ?? 0) + (values.other_support ?? 0) + own
  );
}

interface Price extends Amounts {
  card_from: string | null;
  card_to: string | null;
  sponsorship: string | null;
  override_reason: null;
}

/** What so many months cost by the rule of the payment day, for the group that was chosen. */
function priceOf(
  file: HouseholdFile,
  enrolment: Rec<'enrolment'>,
  months: number,
  ground: Ground,
): Price | NotKnown | null {
  const person = standings(file, ground, enrolment.id).find(
    ({ member }) => member.id === file.memberOf(enrolment),
  );
  if (person === undefined) return null;
  const { insurance_group: group, ladder_place: place } = enrolment.data;
  const cost = costOf(ground, person, group ?? '', months, place ?? 1);
  if (cost.share instanceof NotKnown) return cost.share;
  if (!('total' in cost.share)) return null;
  const amounts = amountsOf(cost.share);
  if (amounts === null) return null;
  return {
    ...sharesOf(amounts),
    ...daysOf(cost.card),
    sponsorship: amounts.other_support > 0 ? (person.sponsored?.id ?? null) : null,
    override_reason: null,
  };
}
