/** The amounts of an enrolment. Twin: server/domain/enrolment/amounts.py. */

import { contribution, monthsAllowed, type Contribution } from '../legal/contribution';
import type { PersonFacts, Place } from '../legal/facts';
import { answered, Law } from '../legal/law';
import { NotAllowed } from '../legal/money';
import { NotKnown, type Tables } from '../legal/tables';

export const AMOUNTS = [
  'total',
  'state_support',
  'local_support',
  'other_support',
  'own_share',
] as const;
export const GREATEST = 100_000_000;

/** Whole đồng for all months; the names are those of the record. */
export interface Amounts {
  readonly total: number;
  readonly state_support: number;
  readonly local_support: number;
  readonly other_support: number;
  readonly own_share: number;
}

type Data = Readonly<Record<string, unknown>>;

/** What the shares hang on beside what an enrolment says itself: of the place, of the person. */
export interface ShareFacts {
  readonly place: Place;
  readonly pupil: boolean;
  readonly minority: boolean;
  readonly poorCommune: boolean | null;
}

const PUPILS: readonly string[] = ['pupil', 'student'];
const NO_FACTS: ShareFacts = {
  place: { province: null, former: null },
  pupil: false,
  minority: false,
  poorCommune: null,
};

/** What an enrolment with this contribution says; null where others pay everything. */
export function amountsOf(share: Contribution): (Amounts & { at_most: boolean }) | null {
  if (share.total === null) return null;
  const known = share.own !== null && share.local !== null;
  return {
    total: share.total,
    state_support: share.state,
    local_support: known ? (share.local ?? 0) : 0,
    other_support: share.other,
    own_share: known ? (share.own ?? 0) : share.ownAtMost,
    at_most: !known,
  };
}

/** True when all amounts are there and the shares are not the total. */
export function sharesDiffer(data: Data): boolean {
  const amounts = AMOUNTS.map((name) => data[name]);
  if (!amounts.every((amount) => typeof amount === 'number')) return false;
  const [total = 0, ...shares] = amounts;
  return shares.reduce((sum, share) => sum + share, 0) !== total;
}

/** As a phone asks the price of a person in a place. */
export function shareFacts({ work, minority, area }: PersonFacts, place: Place): ShareFacts {
  return {
    place,
    pupil: PUPILS.includes(work ?? ''),
    minority: minority === true,
    poorCommune: area.poorCommune,
  };
}

/**
 * The fields that the law of the payment day does not allow, each with a code. `known`: each set
 * of facts that may have been in force for who wrote; without any the shares are not asked.
 */
export function againstTheLaw(
  tables: Tables,
  data: Data,
  known: readonly ShareFacts[] = [],
): Record<string, string> {
  const day = data['paid_on'];
  const [group, months, total] = [data['insurance_group'], data['months'], data['total']];
  if (typeof day !== 'string' || typeof group !== 'string' || typeof months !== 'number') return {};
  const allowed = answered(() => monthsAllowed(new Law(tables, day), group));
  if (allowed instanceof NotKnown) return {};
  if (!allowed.includes(months)) return { months: 'months_not_allowed' };
  if (typeof total !== 'number' || data['override_reason']) return {};
  const ladderPlace = typeof data['ladder_place'] === 'number' ? data['ladder_place'] : 1;
  const ruled = (known.length > 0 ? known : [NO_FACTS])
    .map((facts) =>
      contribution(tables, day, { group, months, ladderPlace, otherSupport: 0, ...facts }),
    )
    .filter(isPrice);
  if (ruled[0] === undefined) return {};
  if (ruled[0].total !== total) return { total: 'total_differs' };
  return known.length > 0 ? sharesAgainst(ruled, data, total) : {};
}

function isPrice(share: Contribution | NotKnown | NotAllowed): share is Contribution {
  return !(share instanceof NotKnown) && !(share instanceof NotAllowed) && share.total !== null;
}

/** State and province as the rule gives them, and others no more than what these leave. */
function sharesAgainst(
  ruled: readonly Contribution[],
  data: Data,
  total: number,
): Record<string, string> {
  const state = amount(data, 'state_support');
  const local = amount(data, 'local_support');
  const rightState = ruled.filter((share) => state === null || share.state === state);
  if (rightState.length === 0) return { state_support: 'share_differs' };
  if (local !== null && !rightState.some((share) => share.local === null || share.local === local))
    return { local_support: 'share_differs' };
  const left = total - (state ?? 0) - (local ?? 0);
  return (amount(data, 'other_support') ?? 0) > left ? { other_support: 'share_differs' } : {};
}

function amount(data: Data, name: string): number | null {
  const value = data[name];
  return typeof value === 'number' ? value : null;
}
