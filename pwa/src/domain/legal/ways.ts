/** The lawful ways for a household, side by side; decides nothing. Twin: …/legal/ways.py. */

import { type Contribution, contribution, type Payment } from './contribution';
import { HOUSEHOLD } from './groups';
import { NotAllowed } from './money';
import { NotKnown, type Tables } from './tables';

/** A member who would join now: the payment by the order of law, and the groups to choose. */
export interface Payer {
  readonly member: string;
  readonly payment: Payment;
  readonly choices: readonly string[];
}

/** Totals of one way; `groups` and `shares` follow the payers. */
export interface Way {
  readonly name: string;
  readonly groups: readonly string[];
  readonly shares: readonly Contribution[];
  readonly total: number;
  readonly state: number;
  readonly local: number | null;
  readonly other: number;
  readonly own: number | null;
  readonly ownAtMost: number;
}

/** `difference`: what the household way costs its members more than the supported one. */
export interface Ways {
  readonly ways: readonly Way[];
  readonly difference: number | null;
  readonly differenceAtMost: number;
  readonly cheapest: readonly string[];
}

type Failed = NotKnown | NotAllowed;

function failed<Answer>(answer: Answer | Failed): answer is Failed {
  return answer instanceof NotKnown || answer instanceof NotAllowed;
}

/** Both pure ways, and a mix where that is cheaper than either. */
export function householdWays(
  tables: Tables,
  day: string,
  payers: readonly Payer[],
  ladderFrom = 1,
): Ways | Failed {
  const along = (name: string, leave: readonly number[]) =>
    wayOf(tables, day, payers, name, new Set(leave), ladderFrom);
  const choosing = [...payers.keys()].filter((at) => payers[at]?.choices.includes(HOUSEHOLD));
  const supported = along('supported', []);
  if (failed(supported)) return supported;
  const household = along('household', choosing);
  if (failed(household)) return household;
  const ways = [supported, household];
  const dearest = [...choosing].sort((a, b) => ownIn(supported, b) - ownIn(supported, a));
  // The ladder falls, so among equals a split never beats the better whole: no need to try.
  const alike = choosing.every((at) => ownIn(supported, at) === ownIn(supported, choosing[0] ?? 0));
  const splits = alike ? [] : dearest.slice(1);
  const mixed = splits
    .map((_, index) => along('mixed', dearest.slice(0, index + 1)))
    .filter((way): way is Way => !failed(way));
  const least = mixed.reduce<Way | null>((a, b) => (a && cost(a) <= cost(b) ? a : b), null);
  if (least && cost(least) < Math.min(cost(supported), cost(household))) ways.push(least);
  const lowest = Math.min(...ways.map(cost));
  const known = supported.own !== null && household.own !== null;
  const told = cost(household) - cost(supported);
  const atMost = household.ownAtMost - supported.ownAtMost;
  return {
    ways,
    difference: known ? told : null,
    differenceAtMost: known ? atMost : told,
    cheapest: ways.filter((way) => cost(way) === lowest).map(({ name }) => name),
  };
}

function cost({ own, ownAtMost }: { own: number | null; ownAtMost: number }): number {
  return own ?? ownAtMost;
}

function ownIn(way: Way, at: number): number {
  const share = way.shares[at];
  return share ? cost(share) : 0;
}

function wayOf(
  tables: Tables,
  day: string,
  payers: readonly Payer[],
  name: string,
  asHousehold: ReadonlySet<number>,
  ladderFrom: number,
): Way | Failed {
  let place = ladderFrom;
  const shares: Contribution[] = [];
  const groups: string[] = [];
  for (const [index, { payment }] of payers.entries()) {
    const group = asHousehold.has(index) ? HOUSEHOLD : payment.group;
    const ladderPlace = group === HOUSEHOLD ? place : payment.ladderPlace;
    if (group === HOUSEHOLD) place += 1;
    const share = contribution(tables, day, { ...payment, group, ladderPlace });
    if (failed(share)) return share;
    shares.push(share);
    groups.push(group);
  }
  const unknown = shares.some(({ local }) => local === null);
  const sum = (amount: (share: Contribution) => number | null) =>
    shares.reduce((total, share) => total + (amount(share) ?? 0), 0);
  return {
    name,
    groups,
    shares,
    total: sum(({ total }) => total),
    state: sum(({ state }) => state),
    local: unknown ? null : sum(({ local }) => local),
    other: sum(({ other }) => other),
    own: unknown ? null : sum(({ own }) => own),
    ownAtMost: sum((share) => (unknown ? cost(share) : share.ownAtMost)),
  };
}
