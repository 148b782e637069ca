/* Free cards nobody asks for, and cards to renew in time. Pure. */
import { FREE } from '../../domain/legal/groups';
import { NotKnown } from '../../domain/legal/tables';
import { waiting, type Waiting } from '../../domain/legal/waiting';
import type { Ground } from './ground';
import { groupOf, PAYING, pays, type Standing } from './people';

/** Who may have a card that others pay, and why: steps of the law, or an age nobody recorded. */
export interface FreeCard {
  readonly standing: Standing;
  readonly group: string | null;
  readonly reasons: readonly { readonly code: string; readonly source: string }[];
  readonly hints: readonly string[];
}

/** People without a card, or paying for one, whom the law gives one. */
export function freeCards(people: readonly Standing[], { tables, day }: Ground): FreeCard[] {
  const lawGroup = (group: string) => Number(tables.inForce(day, 'law_group', group)?.value);
  return people.flatMap((standing) => {
    const { status, ending, groups } = standing;
    const without = status === 'expired' || status === 'none' || status === 'not_asked';
    // Of two cards the free one counts: nobody has to ask for another.
    const pays = groups.length > 0 && groups.every((group) => PAYING.includes(lawGroup(group)));
    const payingNow = status === 'covered' && pays;
    if (!without && ending === null && !payingNow) return [];
    const group = groupOf(standing);
    if (!group) return [];
    const free = FREE.includes(group.lawGroup) && (without || payingNow);
    // A free card that ends is renewed by a list: it is no news that the person has the right.
    if (!free && group.hints.length === 0) return [];
    const reasons = free ? group.steps.filter((step) => step.group === group.group) : [];
    return {
      standing,
      group: free ? group.group : null,
      reasons: reasons.slice(0, 1),
      hints: free ? [] : group.hints,
    };
  });
}

/** A card that ends soon, or has ended not long ago, with the last day on which paying loses nothing. */
export interface Renewal {
  readonly standing: Standing;
  readonly end: string;
  readonly state: 'ending' | 'lapsed';
  /** The next payment day after which something is lost; null where others pay or it is not known. */
  readonly lastDay: string | null;
  readonly waiting: Waiting | NotKnown | null;
}

/** Cards that end within thirty days, and paid ones lapsed while something can still be kept. */
export function renewals(people: readonly Standing[], ground: Ground): Renewal[] {
  return people.flatMap((standing): Renewal | [] => {
    const { ending, status, previousEnd } = standing;
    const end = ending ?? (status === 'expired' ? previousEnd : null);
    if (end === null) return [];
    const known = pays(standing) ? waiting(ground.tables, ground.day, end) : null;
    if (ending !== null) {
      const lastDay = known instanceof NotKnown ? null : (known?.lastWithoutBreak ?? null);
      return { standing, end, state: 'ending', lastDay, waiting: known };
    }
    if (known === null || known instanceof NotKnown) return [];
    const days = [known.lastWithoutWait, known.lastKeepingFiveYears];
    const open = days.filter((last): last is string => last !== null && last >= ground.day);
    if (open.length === 0) return [];
    return { standing, end, state: 'lapsed', lastDay: open.sort()[0] ?? null, waiting: known };
  });
}

/** What the law does not say of a lapse, so that who lapsed cannot be listed; null where it does. */
export function lapseLacks({ tables, day }: Ground): NotKnown | null {
  const told = waiting(tables, day, day);
  return told instanceof NotKnown ? told : null;
}

/** The most urgent first; what others renew stands at the day its card ends. */
export function byLastDay(one: Renewal, other: Renewal): number {
  const [a, b] = [one.lastDay ?? one.end, other.lastDay ?? other.end];
  return a === b ? one.standing.name.localeCompare(other.standing.name, 'vi') : a < b ? -1 : 1;
}
