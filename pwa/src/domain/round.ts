/** Why a household is on the round for today. Screens group the round by hamlet. */

import type { Status } from '../wire/kinds';
import { addDays, addMonths, lastDay } from './partial';

/** Most pressing first. */
export const ROUND_REASONS = ['returned', 'come_back', 'newborn', 'ending', 'never_asked'] as const;
export type RoundReason = (typeof ROUND_REASONS)[number];

/** A card that ends within so many days is spoken of today. */
export const ENDING_DAYS = 30;
const NEWBORN_DAYS = 90;
const PROVISIONAL_NAME_MONTHS = 12;
const MONTH_LENGTH = 7;

export interface Child {
  readonly birth: string | null;
  readonly nameIsProvisional: boolean;
  readonly status: Status;
}

/**
 * A newborn whose card is still to be seen to: born within 90 days, or within a year while the
 * name is provisional, and not insured yet. A birth known by its year alone says too little.
 */
export function isNewborn(day: string, { birth, nameIsProvisional, status }: Child): boolean {
  if (birth === null || birth.length < MONTH_LENGTH) return false;
  if (status === 'covered' || status === 'elsewhere') return false;
  const since = nameIsProvisional
    ? addMonths(day, -PROVISIONAL_NAME_MONTHS)
    : addDays(day, -NEWBORN_DAYS);
  return lastDay(birth) >= since;
}

/** A promise to come back ends with a later visit, or when the household was confirmed since. */
export function comeBackOn(
  lastVisit: { readonly on: string | null; readonly comeBackOn: string | null } | null,
  confirmedOn: string | null,
): string | null {
  if (lastVisit === null || lastVisit.comeBackOn === null) return null;
  const confirmedSince = confirmedOn !== null && confirmedOn > (lastVisit.on ?? '');
  return confirmedSince ? null : lastVisit.comeBackOn;
}

export interface RoundFacts {
  /** Changes sent back by the officer and not answered yet. */
  readonly returned: number;
  readonly comeBackOn: string | null;
  readonly newborns: number;
  /** People whose cover ends within `ENDING_DAYS`. */
  readonly ending: number;
  readonly notAsked: number;
}

/** Every reason that holds today; the first is the one the household stands under. */
export function roundReasons(day: string, facts: RoundFacts): RoundReason[] {
  const holds: Readonly<Record<RoundReason, boolean>> = {
    returned: facts.returned > 0,
    come_back: facts.comeBackOn !== null && facts.comeBackOn <= day,
    newborn: facts.newborns > 0,
    ending: facts.ending > 0,
    never_asked: facts.notAsked > 0,
  };
  return ROUND_REASONS.filter((reason) => holds[reason]);
}
