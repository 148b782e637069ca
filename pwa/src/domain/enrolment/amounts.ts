/** The amounts of an enrolment. Twin: server/domain/enrolment/amounts.py. */

import { contribution, monthsAllowed, type Contribution } from '../legal/contribution';
import type { Place } from '../legal/facts';
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

const NOWHERE: Place = { province: null, former: null };

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

/** The fields that the law of the payment day does not allow, each with a code. */
export function againstTheLaw(tables: Tables, data: Data): Record<string, string> {
  const day = data['paid_on'];
  const [group, months, total] = [data['insurance_group'], data['months'], data['total']];
  if (typeof day !== 'string' || typeof group !== 'string' || typeof months !== 'number') return {};
  const allowed = answered(() => monthsAllowed(new Law(tables, day), group));
  if (allowed instanceof NotKnown) return {};
  if (!allowed.includes(months)) return { months: 'months_not_allowed' };
  if (typeof total !== 'number' || data['override_reason']) return {};
  const place = typeof data['ladder_place'] === 'number' ? data['ladder_place'] : 1;
  const share = contribution(tables, day, {
    group,
    months,
    ladderPlace: place,
    place: NOWHERE,
    pupil: false,
    minority: false,
    poorCommune: null,
    otherSupport: 0,
  });
  if (share instanceof NotKnown || share instanceof NotAllowed) return {};
  return share.total === null || share.total === total ? {} : { total: 'total_differs' };
}
