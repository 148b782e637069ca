/* What joining costs a person and a household, for the months one may pay. Pure. */
import { shareFacts } from '../../domain/enrolment/amounts';
import { paidCard, childCard, type CardDates } from '../../domain/legal/card_dates';
import {
  contribution,
  type Contribution,
  monthsAllowed,
  type Payment,
} from '../../domain/legal/contribution';
import { HOUSEHOLD } from '../../domain/legal/groups';
import { answered, Law } from '../../domain/legal/law';
import { type Pupil, schoolCard, schoolMonths } from '../../domain/legal/school';
import type { NotAllowed } from '../../domain/legal/money';
import { OPEN, NotKnown } from '../../domain/legal/tables';
import { waiting, type Waiting } from '../../domain/legal/waiting';
import { householdWays, type Payer, type Ways } from '../../domain/legal/ways';
import type { Ground } from './ground';
import { groupOf, pays, type Standing } from './people';

export const MONTHS = [3, 6, 12] as const;
/** Months of one person among those who join. */
export type MonthsOf = (standing: Standing) => number;
const CHILD = 'TE';
/** Groups whose card follows the school year, and whose money the school collects. */
export const PUPILS: readonly string[] = ['HS', 'SV'];

/** One payment and the card it buys. */
export interface Cost {
  readonly months: number;
  readonly share: Contribution | NotKnown | NotAllowed;
  /** Null where the card begins on the day of the approving decision. */
  readonly card: CardDates | NotKnown | null;
}

/** One group a person may join under. `ladderPlace`: which of the household's payers, from 1. */
export interface Offer {
  readonly group: string;
  readonly ladderPlace: number | null;
  /** What the insurance pays of the treatment, percent; null where not known. */
  readonly benefit: number | null;
  readonly costs: readonly Cost[];
}

/** The groups a paying person may join under, the one by the order of law first. */
export function offersOf(
  ground: Ground,
  standing: Standing,
  ladderPlace: number,
  months: readonly number[] = MONTHS,
): Offer[] {
  const group = groupOf(standing);
  if (!group || !pays(standing)) return [];
  return group.choices.map((choice) => ({
    group: choice,
    ladderPlace: choice === HOUSEHOLD ? ladderPlace : null,
    benefit: benefitOf(ground, choice),
    costs: months.map((count) => costOf(ground, standing, choice, count, ladderPlace)),
  }));
}

/**
 * What so many months cost a person who joins under this group, and the card they buy. A sponsor's
 * promise pays its part unless told otherwise.
 */
export function costOf(
  ground: Ground,
  standing: Standing,
  group: string,
  months: number,
  ladderPlace: number,
  otherSupport = standing.sponsored?.amount ?? 0,
): Cost {
  const { tables, day } = ground;
  const told = paymentOf(ground, standing, group, months, ladderPlace);
  const payment = { ...told, otherSupport };
  const share = contribution(tables, day, payment);
  const decided = 'byDecision' in share && share.byDecision;
  const card = decided ? null : cardOf(ground, standing, group, months);
  return { months, share, card };
}

function cardOf(ground: Ground, standing: Standing, group: string, months: number) {
  const { tables, day } = ground;
  return PUPILS.includes(group)
    ? schoolCard(tables, day, months, pupilOf(standing))
    : paidCard(tables, day, months, standing.previousEnd);
}

function pupilOf({ facts, previousEnd }: Standing): Pupil {
  const { work, schoolClass, birthDate } = facts;
  return { work, schoolClass, birthDate, previousEnd };
}

/** The months with which a pupil's card ends as the last school year does; none for others. */
export function schoolMonthsOf(
  { tables, day }: Ground,
  standing: Standing,
  group: string,
): readonly number[] {
  if (!PUPILS.includes(group)) return [];
  const found = schoolMonths(tables, day, pupilOf(standing));
  return found instanceof NotKnown ? [] : found;
}

/**
 * The months to propose: those a sponsor promised, where the group may pay for them, else the usual
 * ones, or as many as the school still leaves.
 */
export function proposedMonths(
  { sponsored }: Standing,
  allowed: readonly number[],
  usual: number,
): number {
  const promised = sponsored?.months ?? null;
  if (promised !== null && allowed.includes(promised)) return promised;
  return allowed.length > 0 ? Math.min(usual, Math.max(...allowed)) : usual;
}

/**
 * For how many months one may pay under a group, and this person for a card of the last grade; the
 * usual numbers where the day's are not known.
 */
export function monthsOf(
  ground: Ground,
  group: string,
  standing: Standing | null = null,
): readonly number[] {
  const { tables, day } = ground;
  const allowed = answered(() => monthsAllowed(new Law(tables, day), group));
  if (allowed instanceof NotKnown) return MONTHS;
  const school = standing === null ? [] : schoolMonthsOf(ground, standing, group);
  return school.length === 0 ? allowed : allowed.filter((one) => one <= Math.max(...school));
}

function paymentOf(
  { place }: Ground,
  { facts, sponsored }: Standing,
  group: string,
  months: number,
  ladderPlace: number,
): Payment {
  const otherSupport = sponsored?.amount ?? 0;
  return { group, months, ladderPlace, otherSupport, ...shareFacts(facts, place) };
}

/** What the insurance pays of the treatment, percent; null where not known. */
export function benefitOf({ tables, day }: Ground, group: string): number | null {
  const row = tables.inForce(day, 'benefit', group);
  return row && row.value !== OPEN ? Number(row.value) : null;
}

/** The lawful ways for those who would join now, in the order in which they pay. */
export function waysOf(
  ground: Ground,
  joining: readonly Standing[],
  months: MonthsOf,
  ladderFrom: number,
): Ways | NotKnown | NotAllowed {
  return householdWays(ground.tables, ground.day, payersOf(ground, joining, months), ladderFrom);
}

export function payersOf(ground: Ground, joining: readonly Standing[], months: MonthsOf): Payer[] {
  return joining.filter(pays).map((standing) => {
    const group = groupOf(standing);
    const count = months(standing);
    return {
      member: standing.member.id,
      payment: paymentOf(ground, standing, group?.group ?? HOUSEHOLD, count, 1),
      choices: group?.choices ?? [],
    };
  });
}

/** The place of each payer in the household's ladder if all who may choose join as household. */
export function ladderPlaces(
  joining: readonly Standing[],
  ladderFrom: number,
): Map<string, number> {
  const inLadder = joining.filter((standing) => groupOf(standing)?.choices.includes(HOUSEHOLD));
  return new Map(inLadder.map(({ member }, at) => [member.id, ladderFrom + at]));
}

/** How many of the household already joined as household this year, as far as cards tell. */
export function joinedThisYear(people: readonly Standing[]): number {
  return people.filter(({ joined }) => joined).length;
}

/** What waiting costs a paying person; null for who does not pay. */
export function waitingOf(ground: Ground, standing: Standing): Waiting | NotKnown | null {
  return pays(standing) ? waiting(ground.tables, ground.day, standing.previousEnd) : null;
}

/** The dates of a child's free card; null where the birth date is too rough, or for others. */
export function childCardOf(ground: Ground, standing: Standing): CardDates | null {
  const birth = standing.facts.birthDate;
  if (groupOf(standing)?.group !== CHILD || !birth) return null;
  const card = childCard(ground.tables, ground.day, birth);
  return card instanceof NotKnown ? null : card;
}
