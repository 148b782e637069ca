/* Whose support ends within ninety days, and what comes next. Pure. */
import { type SupportEnd, supportEnds } from '../../domain/legal/support_end';
import { NotKnown } from '../../domain/legal/tables';
import { addDays } from '../../domain/partial';
import type { Ground } from './ground';
import type { Standing } from './people';

export const WINDOWS = [30, 60, 90] as const;
export type LosingWindow = (typeof WINDOWS)[number];

export interface Losing {
  readonly standing: Standing;
  readonly end: SupportEnd;
}

export function losing(people: readonly Standing[], { tables, ahead }: Ground): Losing[] {
  return people.flatMap((standing): Losing | [] => {
    const end = supportEnds(tables, ahead, standing.facts);
    return end === null || end instanceof NotKnown ? [] : { standing, end };
  });
}

export function endsIn({ end }: Losing, day: string, days: number): boolean {
  return end.lastDay <= addDays(day, days);
}

/** The first to lose it first. */
export function byEnd(one: Losing, other: Losing): number {
  const [a, b] = [one.end.lastDay, other.end.lastDay];
  return a === b ? one.standing.name.localeCompare(other.standing.name, 'vi') : a < b ? -1 : 1;
}
