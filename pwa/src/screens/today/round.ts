/* The round for today: households of one village, by hamlet, the most pressing first. Pure. */
import { fold } from '../../domain/text';
import type { Summary, TodayReason } from '../../store/face';

export const REASONS: readonly TodayReason[] = [
  'returned',
  'come_back',
  'newborn',
  'ending',
  'never_asked',
];

export type Wanted = TodayReason | 'round' | 'all';

export interface Hamlet {
  /** Null: nobody wrote it down. */
  name: string | null;
  households: Summary[];
}

export function householdsOf(all: Iterable<Summary>, village: string): Summary[] {
  return [...all].filter(
    (summary) => summary.village === village && !summary.ended && summary.mergedInto === null,
  );
}

export function countReasons(households: readonly Summary[]): Map<Wanted, number> {
  const counts = new Map<Wanted, number>([
    ['round', households.filter((summary) => summary.reasons.length > 0).length],
    ['all', households.length],
  ]);
  for (const reason of REASONS) {
    counts.set(reason, households.filter((summary) => summary.reasons.includes(reason)).length);
  }
  return counts;
}

export function chosen(households: readonly Summary[], wanted: Wanted): Summary[] {
  if (wanted === 'all') return [...households];
  if (wanted === 'round') return households.filter((summary) => summary.reasons.length > 0);
  return households.filter((summary) => summary.reasons.includes(wanted));
}

/** Hamlets in the order of their names, those without one last; inside, the most pressing first. */
export function byHamlet(households: readonly Summary[]): Hamlet[] {
  const hamlets = new Map<string, Hamlet>();
  for (const summary of households) {
    const key = fold(summary.hamlet ?? '');
    const hamlet = hamlets.get(key) ?? { name: summary.hamlet, households: [] };
    hamlet.households.push(summary);
    hamlets.set(key, hamlet);
  }
  const ordered = [...hamlets].sort(([one], [other]) => compareWithEmptyLast(one, other));
  for (const [, hamlet] of ordered) hamlet.households.sort(morePressing);
  return ordered.map(([, hamlet]) => hamlet);
}

/** The first households of the hamlets, at most so many in all. */
export function firstOf(hamlets: readonly Hamlet[], limit: number): Hamlet[] {
  const shown: Hamlet[] = [];
  let left = limit;
  for (const hamlet of hamlets) {
    if (left <= 0) break;
    shown.push({ name: hamlet.name, households: hamlet.households.slice(0, left) });
    left -= hamlet.households.length;
  }
  return shown;
}

const numbered = new Intl.Collator('vi', { numeric: true });

function compareWithEmptyLast(one: string, other: string): number {
  if (one === '' || other === '') return one === other ? 0 : one === '' ? 1 : -1;
  return numbered.compare(one, other);
}

function morePressing(one: Summary, other: Summary): number {
  const order = pressure(one) - pressure(other);
  return order !== 0
    ? order
    : numbered.compare(one.address ?? one.code ?? '', other.address ?? other.code ?? '');
}

function pressure(summary: Summary): number {
  const first = summary.reasons[0];
  return first === undefined ? REASONS.length : REASONS.indexOf(first);
}
