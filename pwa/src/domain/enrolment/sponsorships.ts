/**
 * How a sponsored card stands. Twin: server/domain/enrolment/sponsorships.py, which tells why what
 * is used stays used.
 */

import { STANDING } from './states';

export type SponsorshipState = 'open' | 'used' | 'withdrawn' | 'lapsed';

type Data = Readonly<Record<string, unknown>>;

/** The ids of the sponsored cards that these enrolments use up. */
export function usedBy(enrolments: readonly Data[]): ReadonlySet<string> {
  return new Set(
    enrolments.flatMap(({ sponsorship, state }) =>
      typeof sponsorship === 'string' && STANDING.includes(String(state)) ? [sponsorship] : [],
    ),
  );
}

/** Good to the end of its last day. */
export function stateOn(
  day: string,
  id: string,
  sponsorship: Data,
  used: ReadonlySet<string>,
): SponsorshipState {
  if (used.has(id)) return 'used';
  if (sponsorship['withdrawn_on']) return 'withdrawn';
  const endsOn = sponsorship['ends_on'];
  return typeof endsOn === 'string' && endsOn !== '' && endsOn < day ? 'lapsed' : 'open';
}

/** The ids of those that may still be used, what lapses first in front. */
export function openOn(
  day: string,
  sponsorships: Readonly<Record<string, Data>>,
  used: ReadonlySet<string>,
): string[] {
  return Object.entries(sponsorships)
    .filter(([id, data]) => stateOn(day, id, data, used) === 'open')
    .map(([id, data]): readonly string[] => [
      String(data['ends_on'] || '9999'),
      String(data['agreed_on'] ?? ''),
      id,
    ])
    .sort(inOrder)
    .map(([, , id = '']) => id);
}

function inOrder(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at < 0 ? 0 : (one[at] ?? '') < (other[at] ?? '') ? -1 : 1;
}
