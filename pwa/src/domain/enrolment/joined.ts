/** Whose card tells that they joined as household this year. Twin: the SQL of server/store/joined.py. */

import { HOUSEHOLD } from '../legal/groups';
import { span } from '../status';

type Maybe<T> = T | null | undefined;

/** A card as far as it tells of its group. */
export interface GroupCard {
  readonly group: Maybe<string>;
  readonly validFrom: Maybe<string>;
  readonly validTo: Maybe<string>;
  readonly void: boolean;
}

/** The groups of all cards that run on the day; a person may hold two of different groups. */
export function runningGroups(day: string, cards: readonly GroupCard[]): string[] {
  return cards.filter((card) => runs(day, card)).flatMap(({ group }) => group ?? []);
}

/** True when any running card is the household group's and began this year (Luật BHYT Đ13 k6). */
export function joinedByCard(day: string, cards: readonly GroupCard[]): boolean {
  return cards.some(
    (card) =>
      card.group === HOUSEHOLD &&
      runs(day, card) &&
      span(card.validFrom, card.validTo).start.slice(0, 4) === day.slice(0, 4),
  );
}

function runs(day: string, card: GroupCard): boolean {
  const { start, end } = span(card.validFrom, card.validTo);
  return !card.void && start <= day && (end === null || end >= day);
}
