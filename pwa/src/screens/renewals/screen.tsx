import { useMemo, useState } from 'preact/hooks';
import { NotKnown } from '../../domain/legal/tables';
import type { Waiting } from '../../domain/legal/waiting';
import { daysBetween } from '../../domain/partial';
import { showDate } from '../../parts/dates';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { Empty } from '../../parts/states';
import { lawWords, notKnownWords } from '../../words/law';
import { placeOf } from '../people';
import { thenWaitWords } from '../price/waiting_lines';
import { byLastDay, type Renewal } from '../rights/free';
import type { Ground } from '../rights/ground';
import { type Finding, useFindings } from '../rights/scan';
import { useListedVillages, useVillageNames, VillageFilter } from '../rights/village_filter';
import { TrustPill } from '../trust';

const PAGE = 30;
/** So few days before something is lost are said louder. */
const SOON = 7;

/** Cards to renew, the most urgent first, with the last day on which paying loses nothing. */
export function RenewalsScreen() {
  const words = lawWords().renew;
  const { found, done } = useFindings(useListedVillages());
  const names = useVillageNames();
  const [limit, setLimit] = useState(PAGE);
  const rows = useMemo(() => ordered(found), [found]);
  return (
    <Screen title={words.title} back="#/today" aside={<TrustPill />}>
      <VillageFilter />
      <p class="muted">{words.text}</p>
      {!done && <p role="status">{lawWords().counting}</p>}
      {done && rows.length === 0 && (
        <Empty icon="check" title={words.emptyTitle}>
          <p>{words.emptyText}</p>
        </Empty>
      )}
      {rows.length > 0 && <p role="status">{words.counted(rows.length)}</p>}
      <ul class="list">
        {rows.slice(0, limit).map(([renewal, finding]) => (
          <li key={renewal.standing.member.id}>
            <Row renewal={renewal} finding={finding} village={names.get(finding.summary.village)} />
          </li>
        ))}
      </ul>
      {rows.length > limit && (
        <button type="button" class="button" onClick={() => setLimit(limit + PAGE)}>
          {words.more(Math.min(PAGE, rows.length - limit))}
        </button>
      )}
    </Screen>
  );
}

function ordered(found: readonly Finding[]): [Renewal, Finding][] {
  return found
    .flatMap((finding) => finding.renewals.map((renewal): [Renewal, Finding] => [renewal, finding]))
    .sort(([one], [other]) => byLastDay(one, other));
}

interface RowProps {
  renewal: Renewal;
  finding: Finding;
  village: string | undefined;
}

function Row({ renewal, finding, village }: RowProps) {
  const words = lawWords().renew;
  const { summary, name, ground } = finding;
  const { standing, end, state, lastDay } = renewal;
  const place = [name, placeOf(summary), village ?? ''].filter((part) => part !== '');
  const left = lastDay === null ? null : daysBetween(ground.day, lastDay);
  return (
    <a class="item" href={`#/household/${summary.id}/price/${standing.member.id}`}>
      <span class="grow stack stack--tight">
        <b>{standing.name}</b>
        <small>{place.join(' · ')}</small>
        <span>
          {(state === 'ending' ? words.ending : words.lapsed)(showDate(end))}
          {left !== null && `, ${words.daysLeft(left)}`}
        </span>
        {lastDay !== null && left !== null && (
          <span class="tags">
            <span class={`tag ${left <= SOON ? 'tag--danger' : 'tag--warn'}`}>
              {words.last(showDate(lastDay))}
            </span>
          </span>
        )}
        <Lost renewal={renewal} finding={finding} />
      </span>
      <Icon name="next" />
    </a>
  );
}

/** What is lost after that day; the day itself stands above. */
function Lost({ renewal, finding }: Omit<RowProps, 'village'>) {
  const { waiting } = renewal;
  if (waiting === null) return <small>{lawWords().renew.byOthers}</small>;
  if (waiting instanceof NotKnown) return <small>{notKnownWords(waiting)}</small>;
  return <small>{lostWords(finding.ground, renewal, waiting)}</small>;
}

function lostWords(ground: Ground, { state }: Renewal, waiting: Waiting): string {
  const words = lawWords();
  const { lastWithoutWait, lastKeepingFiveYears, keepsFiveYears } = waiting;
  const five = keepsFiveYears ? showDate(lastKeepingFiveYears) : null;
  const keeps = five === null ? '' : words.renew.lost.five(five);
  if (state === 'ending') return `${words.renew.lost.ending} ${keeps}`;
  if (lastWithoutWait === null || lastWithoutWait < ground.day) return words.renew.lost.fiveAfter;
  return `${thenWaitWords(ground)} ${keeps}`;
}
