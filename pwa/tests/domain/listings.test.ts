/** Which of all lists that named somebody says where the card is. */
import { describe, expect, it } from 'vitest';
import { type Listing, standingOn } from '../../src/domain/listings';
import { listingOf } from '../../src/screens/person/listed';
import { DAY, home } from '../support/door';

function told(...listings: [state: string, on: string][]): string | null {
  const named = listings.map(
    ([state, state_on], at) => [`l${at}`, { state, state_on }] as [string, Listing],
  );
  return standingOn(DAY, named)?.state ?? null;
}

describe('the list on which somebody stands', () => {
  it('is the one that moved last', () => {
    expect(told(['returned', '2026-11-03'], ['submitted', '2026-11-20'])).toBe('submitted');
    expect(told(['issued', '2026-11-21'], ['submitted', '2026-11-20'])).toBe('issued');
  });

  it('is, of two that moved on one day, the one that was made last', () => {
    expect(told(['returned', '2026-11-20'], ['submitted', '2026-11-20'])).toBe('submitted');
  });

  it('is none that the person left', () => {
    expect(told(['off', '2026-11-20'])).toBeNull();
    expect(told(['returned', '2026-11-03'], ['off', '2026-11-20'])).toBe('returned');
  });

  it('is no longer said a month after the card was issued', () => {
    expect(told(['issued', '2026-10-22'])).toBe('issued');
    expect(told(['issued', '2026-10-21'])).toBeNull();
    expect(told(['returned', '2026-01-05'])).toBe('returned');
  });

  it('is that of the person whom the record counts for', () => {
    const listing = { state: 'sealed', state_on: DAY, list_number: 'BP-1' };
    const file = home({}, [
      { id: 'an', member: {}, listings: [listing] },
      { id: 'binh', member: {} },
    ]);
    expect(listingOf(file, 'an', DAY)?.list_number).toBe('BP-1');
    expect(listingOf(file, 'binh', DAY)).toBeNull();
  });
});
