import { useState } from 'preact/hooks';
import { printed } from '../../domain/enrolment/receipts';
import { Chips } from '../../parts/chips';
import { showDate } from '../../parts/dates';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { Empty } from '../../parts/states';
import { choices, wordFor } from '../../words';
import { enrolWords } from '../../words/enrol';
import { useStore } from '../phone';
import { money } from '../price/money';
import { TrustPill } from '../trust';
import { enrolled, type Enrolled } from './receipts';

const PAGE = 50;

/** Every enrolment on this phone, by state. */
export function EnrolmentList() {
  const store = useStore();
  const words = enrolWords();
  const [state, setState] = useState<string | null>(null);
  const [limit, setLimit] = useState(PAGE);
  void store.summaries.value;
  const all = enrolled(store);
  const present = new Set(all.map(({ enrolment }) => enrolment.state));
  const shown = all.filter(({ enrolment }) => state === null || enrolment.state === state);
  return (
    <Screen title={words.listTitle} back="#/today" aside={<TrustPill />}>
      {all.length === 0 ? (
        <Empty icon="note" title={words.listEmpty}>
          <p>{words.listEmptyText}</p>
        </Empty>
      ) : (
        <>
          <Chips
            label={words.steps}
            quiet
            options={choices('enrolment_state').filter(([one]) => present.has(one))}
            value={state}
            onChange={setState}
          />
          <ul class="list">
            {shown.slice(0, limit).map((one) => (
              <li key={one.enrolment.id}>
                <Row enrolled={one} />
              </li>
            ))}
          </ul>
          {shown.length > limit && (
            <button type="button" class="button" onClick={() => setLimit(limit + PAGE)}>
              {words.all} ({shown.length})
            </button>
          )}
        </>
      )}
      <a class="item" href="#/cash">
        <Icon name="coin" />
        <span class="grow">
          <b>{words.cashTitle}</b>
        </span>
        <Icon name="next" />
      </a>
    </Screen>
  );
}

export function Row({ enrolled: { enrolment, summary } }: { enrolled: Enrolled }) {
  const words = enrolWords();
  const number = enrolment.number === null ? words.noNumber : printed(enrolment.number);
  return (
    <a class="item" href={`#/household/${summary.id}/enrolment/${enrolment.id}`}>
      <span class="grow stack stack--tight">
        <b>{enrolment.name}</b>
        <small>
          {number} · {showDate(enrolment.paidOn)} · {money(enrolment.own)}
        </small>
        <span class="tags">
          <span class={`tag${enrolment.state === 'returned' ? ' tag--warn' : ''}`}>
            {wordFor('enrolment_state', enrolment.state)}
          </span>
          {enrolment.waits && <span class="tag tag--warn">{words.waits}</span>}
        </span>
      </span>
      <Icon name="next" />
    </a>
  );
}
