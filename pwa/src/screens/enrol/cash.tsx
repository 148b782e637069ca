import { useState } from 'preact/hooks';
import { cashSheet } from '../../domain/enrolment/cash';
import { STANDING } from '../../domain/enrolment/states';
import { showDate } from '../../parts/dates';
import { DateField } from '../../parts/fields';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { Empty } from '../../parts/states';
import type { Store } from '../../store/face';
import { t } from '../../words';
import { enrolWords } from '../../words/enrol';
import { useStore } from '../phone';
import { money } from '../price/money';
import { TrustPill } from '../trust';
import { Row } from './list';
import { enrolled, handoversOn, type Enrolled } from './receipts';
import '../../styles/rights.css';

const WHOLE_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What who uses this phone took on a day, and what the office received of it. */
export function sheetOn(store: Pick<Store, 'account' | 'summaries' | 'reference'>, day: string) {
  const me = store.account.user.id;
  const taken: Enrolled[] = enrolled(store).filter(
    ({ enrolment }) => enrolment.collectedBy === me && enrolment.paidOn === day,
  );
  const handed = handoversOn(store, day);
  const rows = taken.map(({ enrolment: { state, own, payment, receipt } }) => ({
    state,
    own_share: own,
    payment,
    receipt,
  }));
  const sheet = cashSheet(
    rows,
    handed.map(({ amount }) => amount),
  );
  return { sheet, taken, handed };
}

/** The cash sheet of a day: taken, handed over, difference. Works without signal. */
export function CashScreen() {
  const store = useStore();
  const words = enrolWords();
  const [typed, setTyped] = useState<string | null>(null);
  void store.changed.value;
  const today = store.today();
  const day = typed !== null && WHOLE_DAY.test(typed) ? typed : today;
  const { sheet, taken, handed } = sheetOn(store, day);
  const paid = taken.filter(({ enrolment }) => STANDING.includes(enrolment.state));
  const rows: [string, number][] = [
    [words.cashTaken, sheet.cash],
    [words.cashHanded, sheet.handed_over],
    [words.cashLeft, sheet.difference],
  ];
  return (
    <Screen title={words.cashTitle} back="#/today" aside={<TrustPill />}>
      <p class="muted">{showDate(day)}</p>
      <details class="fold">
        <summary>
          {words.cashDay}
          <Icon name="down" />
        </summary>
        <DateField
          label={words.cashDay}
          hint={t().birth.dayHint}
          value={typed ?? today}
          onChange={setTyped}
        />
      </details>
      <section class="card" aria-label={words.cashTitle}>
        <table class="costs">
          <caption class="visually-hidden">{words.cashTitle}</caption>
          <tbody>
            {rows.map(([label, amount], at) => (
              <tr key={label} class={at === rows.length - 1 ? 'costs-own' : undefined}>
                <th scope="row">{label}</th>
                <td>{money(amount)}</td>
              </tr>
            ))}
            {sheet.transfer > 0 && (
              <tr>
                <th scope="row">{words.cashTransfer}</th>
                <td>{money(sheet.transfer)}</td>
              </tr>
            )}
          </tbody>
        </table>
        {sheet.difference < 0 && <p class="notice notice--warn">{words.cashOver}</p>}
        <p class="muted small">{words.cashReceipts(sheet.receipts, sheet.people)}</p>
        {handed.map(({ id, amount, receivedBy }) => (
          <p key={id} class="small">
            {words.cashBy(money(amount), receivedBy)}
          </p>
        ))}
        <p class="muted small">{words.cashHint}</p>
      </section>
      {paid.length === 0 ? (
        <Empty icon="coin" title={words.cashEmpty}>
          <p>{words.cashEmptyText}</p>
        </Empty>
      ) : (
        <ul class="list">
          {paid.map((one) => (
            <li key={one.enrolment.id}>
              <Row enrolled={one} />
            </li>
          ))}
        </ul>
      )}
      <a class="item" href="#/enrolments">
        <Icon name="note" />
        <span class="grow">
          <b>{words.listTitle}</b>
        </span>
        <Icon name="next" />
      </a>
    </Screen>
  );
}
