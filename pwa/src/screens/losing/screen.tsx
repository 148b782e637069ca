import { signal } from '@preact/signals';
import type { SupportEnd } from '../../domain/legal/support_end';
import { addDays, daysBetween } from '../../domain/partial';
import { showDate } from '../../parts/dates';
import { Icon } from '../../parts/icon';
import { groupName, lawWords, tableName } from '../../words/law';
import { householdName, placeOf } from '../people';
import { FindingsList, type Listed } from '../rights/findings_list';
import { byEnd, endsIn, type Losing, type LosingWindow, WINDOWS } from '../rights/losing';
import type { Finding } from '../rights/scan';

/** So few days before support ends are said louder. */
const SOON = 30;

/** Kept outside the screen: coming back from a household finds the same list. */
const within = signal<LosingWindow>(90);

/** People whose support ends within ninety days, the first to lose it first. */
export function LosingScreen() {
  const words = lawWords().losing;
  const days = within.value;
  return (
    <FindingsList
      words={words}
      emptyText={words.emptyText(days)}
      rowsOf={(found) => ordered(found, days)}
      by={days}
      counted={(rows) => words.counted(rows.length)}
      more={words.more}
      row={({ one, finding }, village) => <Row losing={one} finding={finding} village={village} />}
    >
      <Windows />
    </FindingsList>
  );
}

function ordered(found: readonly Finding[], days: number): Listed<Losing>[] {
  const all = found.flatMap((finding) =>
    finding.losing
      .filter((one) => endsIn(one, finding.ground.day, days))
      .map((one) => ({ key: one.standing.member.id, one, finding })),
  );
  return all.sort((a, b) => byEnd(a.one, b.one));
}

function Windows() {
  const words = lawWords().losing;
  return (
    <div class="chips" role="group" aria-label={words.window}>
      {WINDOWS.map((days) => (
        <button
          type="button"
          key={days}
          class="chip"
          aria-pressed={days === within.value}
          onClick={() => (within.value = days)}
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
  const { summary, ground } = finding;
  const place = [householdName(summary), placeOf(summary), village ?? ''].filter(
    (part) => part !== '',
  );
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
  if (groupAfter === null || shareAfter === null)
    return words.afterNotKnown(tableName(end.lacks?.table ?? ''));
  const group = groupName(ground.tables, addDays(end.lastDay, 1), groupAfter);
  return shareAfter === 0 ? words.afterPays(group) : words.after(group, percentWords(shareAfter));
}

/** Hundredths of a percent, without decimals that say nothing. */
function percentWords(share: number): string {
  return `${String(share / 100).replace('.', ',')}\u00a0%`;
}

function needsWords(needs: readonly string[]): string {
  const known = lawWords().needs;
  return needs.map((need) => known[need] ?? need).join(', ');
}
