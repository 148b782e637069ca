/** On which list to the insurance somebody stands, out of all that ever named them. */

import { addDays } from './partial';

/** What is asked of a place on a list, in wire form. */
export interface Listing {
  readonly list_number?: string | null;
  readonly state?: string | null;
  readonly state_on?: string | null;
}

/** So long it is said that a card was issued; then the card speaks for itself. */
const ISSUED_DAYS = 31;

/**
 * The place that says where the card is now: the one that moved last, of two on one day the one
 * that was made last. None once the person left their list or has long had the card.
 */
export function standingOn(
  day: string,
  listings: Iterable<readonly [id: string, listing: Listing]>,
): Listing | null {
  const order = ([id, { state_on: on }]: readonly [string, Listing]) => `${on ?? ''} ${id}`;
  const [last] = [...listings]
    .filter(([, { state }]) => state !== 'off')
    .sort((one, other) => order(other).localeCompare(order(one)));
  if (last === undefined) return null;
  const { state, state_on: on } = last[1];
  const old = state === 'issued' && (on ?? '') < addDays(day, -ISSUED_DAYS);
  return old ? null : last[1];
}
