import { NotKnown } from '../../domain/legal/tables';
import type { Waiting } from '../../domain/legal/waiting';
import { daysBetween } from '../../domain/partial';
import { showDate } from '../../parts/dates';
import { Icon } from '../../parts/icon';
import { lawWords, notKnownWords } from '../../words/law';
import { householdName, placeOf } from '../people';
import { thenWaitWords } from '../price/waiting_lines';
import { FindingsList, type Listed } from '../rights/findings_list';
import { byLastDay, lapseLacks, type Renewal } from '../rights/free';
import type { Ground } from '../rights/ground';
import type { Finding } from '../rights/scan';

/** So few days before something is lost are said louder. */
const SOON = 7;

/** Cards to renew, the most urgent first, with the last day on which paying loses nothing. */
export function RenewalsScreen() {
  const words = lawWords().renew;
  return (
    <FindingsList
      words={words}
      emptyText={words.emptyText}
      rowsOf={ordered}
      lacksOf={lapseLacks}
      counted={(rows) => words.counted(rows.length)}
      more={words.more}
      row={({ one, finding }, village) => <Row renewal={one} finding={finding} village={village} />}
    />
  );
}

function ordered(found: readonly Finding[]): Listed<Renewal>[] {
  const all = found.flatMap((finding) =>
    finding.renewals.map((one) => ({ key: one.standing.member.id, one, finding })),
  );
  return all.sort((a, b) => byLastDay(a.one, b.one));
}

interface RowProps {
  renewal: Renewal;
  finding: Finding;
  village: string | undefined;
}

function Row({ renewal, finding, village }: RowProps) {
  const words = lawWords().renew;
  const { summary, ground } = finding;
  const { standing, end, state, lastDay } = renewal;
  const place = [householdName(summary), placeOf(summary), village ?? ''].filter(
    (part) => part !== '',
  );
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
