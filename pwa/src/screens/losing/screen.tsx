import { signal } from '@preact/signals';
import { useMemo, useState } from 'preact/hooks';
import type { SupportEnd } from '../../domain/legal/support_end';
import { addDays, daysBetween } from '../../domain/partial';
import { showDate } from '../../parts/dates';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { Empty } from '../../parts/states';
import { groupName, lawWords } from '../../words/law';
import { placeOf } from '../people';
import { byEnd, endsIn, type Losing, type LosingWindow, WINDOWS } from '../rights/losing';
import { type Finding, useFindings } from '../rights/scan';
import { useListedVillages, useVillageNames, VillageFilter } from '../rights/village_filter';
import { TrustPill } from '../trust';

const PAGE = 30;
/** So few days before support ends are said louder. */
const SOON = 30;

/** Kept outside the screen: coming back from a household finds the same list. */
const within = signal<LosingWindow>(90);

/** People whose support ends within ninety days, the first to lose it first. */
export function LosingScreen() {
  const words = lawWords().losing;
  const { found, done } = useFindings(useListedVillages());
  const names = useVillageNames();
  const [limit, setLimit] = useState(PAGE);
  const rows = useMemo(() => ordered(found, within.value), [found, within.value]);
  return (
    <Screen title={words.title} back="#/today" aside={<TrustPill />}>
      <VillageFilter />
      <p class="muted">{words.text}</p>
      <Windows onChoose={() => setLimit(PAGE)} />
      {!done && <p role="status">{lawWords().counting}</p>}
      {done && rows.length === 0 && (
        <Empty icon="check" title={words.emptyTitle}>
          <p>{words.emptyText(within.value)}</p>
        </Empty>
      )}
      {rows.length > 0 && <p role="status">{words.counted(rows.length)}</p>}
      <ul class="list">
        {rows.slice(0, limit).map(([losing, finding]) => (
          <li key={losing.standing.member.id}>
            <Row losing={losing} finding={finding} village={names.get(finding.summary.village)} />
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

function ordered(found: readonly Finding[], days: number): [Losing, Finding][] {
  return found
    .flatMap((finding) =>
      finding.losing
        .filter((losing) => endsIn(losing, finding.ground.day, days))
        .map((losing): [Losing, Finding] => [losing, finding]),
    )
    .sort(([one], [other]) => byEnd(one, other));
}

function Windows({ onChoose }: { onChoose: () => void }) {
  const words = lawWords().losing;
  const choose = (days: LosingWindow) => {
    within.value = days;
    onChoose();
  };
  return (
    <div class="chips" role="group" aria-label={words.window}>
      {WINDOWS.map((days) => (
        <button
          type="button"
          key={days}
          class="chip"
          aria-pressed={days === within.value}
          onClick={() => choose(days)}
        >
          {words.days(days)}
        </button>
      ))}
    </div>
  );
}

interface RowProps {
  losing: Losing;
  finding: Finding;
  village: string | undefined;
}

function Row({ losing: { standing, end }, finding, village }: RowProps) {
  const words = lawWords().losing;
  const { summary, name, ground } = finding;
  const place = [name, placeOf(summary), village ?? ''].filter((part) => part !== '');
  const left = daysBetween(ground.day, end.lastDay);
  const now = groupName(ground.tables, ground.day, end.group);
  return (
    <a class="item" href={`#/household/${summary.id}`}>
      <span class="grow stack stack--tight">
        <b>{standing.name}</b>
        <small>{place.join(' · ')}</small>
        <span>{end.reasons.map((reason) => words.reasons[reason]).join('; ')}</span>
        <span class="tags">
          <span class={`tag ${left <= SOON ? 'tag--danger' : 'tag--warn'}`}>
            {words.ends(showDate(end.lastDay))} · {words.daysLeft(left)}
          </span>
        </span>
        <small>{words.now(now, percentWords(end.share))}</small>
        <small>{afterWords(end, finding)}</small>
        {end.needs.length > 0 && <small>{words.needs(needsWords(end.needs))}</small>}
      </span>
      <Icon name="next" />
    </a>
  );
}

function afterWords(end: SupportEnd, { ground }: Finding): string {
  const words = lawWords().losing;
  const { groupAfter, shareAfter } = end;
  if (groupAfter === null || shareAfter === null) return words.afterNotKnown;
  const group = groupName(ground.tables, addDays(end.lastDay, 1), groupAfter);
  return shareAfter === 0 ? words.afterPays(group) : words.after(group, percentWords(shareAfter));
}

/** Hundredths of a percent, without decimals that say nothing. */
function percentWords(share: number): string {
  return `${String(share / 100).replace('.', ',')} %`;
}

function needsWords(needs: readonly string[]): string {
  const known = lawWords().needs;
  return needs.map((need) => known[need] ?? need).join(', ');
}
