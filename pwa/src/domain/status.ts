/**
 * A member's insurance status on a day. Twin: server/domain/status.py, which says in words what
 * the rule leaves to decide; tests/vectors/status.json holds both together.
 */

import type { Status } from '../wire/kinds';
import { STANDING } from './enrolment/states';
import { addDays, FIRST_DAY_EVER, lastDay } from './partial';

export const LOOKUP_DAYS = 31;
const LOOKED_UP = new Set<string>(['app', 'bhxh_list', 'bhxh_issued']);
const INSURED_BY_UNIT = new Set<string>([
  'armed_forces',
  'armed_forces_family',
  'police',
  'police_family',
  'cipher',
  'cipher_family',
]);
const UNPROVEN_ANSWERS = new Set<string>(['has_card', 'does_not_know', 'refused_to_say']);

type Maybe<T> = T | null | undefined;

/** One insurance period; dates partial as recorded. */
export interface CardFacts {
  readonly evidence: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly checkedOn: string | null;
  readonly void: boolean;
}

export interface EntitlementFacts {
  readonly kind: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** What the person said about their insurance, and when. */
export interface AnswerFacts {
  readonly answer: string | null;
  readonly askedOn: string | null;
}

/** A card that is paid for: from the day of payment, to the last day that is paid. */
export interface EnrolmentFacts {
  readonly stands: boolean;
  readonly paidOn: string | null;
  readonly cardTo: string | null;
}

export const NO_ANSWER: AnswerFacts = { answer: null, askedOn: null };

/** Records as they cross the wire: only what the rule reads of them. */
interface PeriodData {
  valid_from?: Maybe<string>;
  valid_to?: Maybe<string>;
}
interface CardData extends PeriodData {
  evidence?: Maybe<string>;
  checked_on?: Maybe<string>;
  void_reason?: Maybe<string>;
}
interface EntitlementData extends PeriodData {
  kind?: Maybe<string>;
}
interface EnrolmentData {
  state?: Maybe<string>;
  paid_on?: Maybe<string>;
  card_to?: Maybe<string>;
}
interface AnswerData {
  insurance_answer?: Maybe<string>;
  insurance_asked_on?: Maybe<string>;
}

/** The facts of a card from its record. */
export function cardFacts(data: CardData): CardFacts {
  return {
    evidence: data.evidence ?? 'told',
    validFrom: data.valid_from ?? null,
    validTo: data.valid_to ?? null,
    checkedOn: data.checked_on ?? null,
    void: Boolean(data.void_reason),
  };
}

/** The facts of an entitlement from its record. */
export function entitlementFacts(data: EntitlementData): EntitlementFacts {
  return {
    kind: data.kind ?? '',
    validFrom: data.valid_from ?? null,
    validTo: data.valid_to ?? null,
  };
}

/** The facts of an enrolment from its record. */
export function enrolmentFacts(data: EnrolmentData): EnrolmentFacts {
  return {
    stands: STANDING.includes(data.state ?? ''),
    paidOn: data.paid_on ?? null,
    cardTo: data.card_to ?? null,
  };
}

/** What a member's record says of the answer. */
export function answerFacts(data: AnswerData): AnswerFacts {
  return { answer: data.insurance_answer ?? null, askedOn: data.insurance_asked_on ?? null };
}

export interface Span {
  readonly start: string;
  /** null: no end is known. */
  readonly end: string | null;
}

/** The whole days a period certainly runs from and may run to. */
export function span(validFrom: Maybe<string>, validTo: Maybe<string>): Span {
  const end = validTo ? lastDay(validTo) : null;
  const start = validFrom ? lastDay(validFrom) : FIRST_DAY_EVER;
  return { start: end !== null && start > end ? end : start, end };
}

/** True when this card proves cover on the day. */
export function coversOn(day: string, card: CardFacts): boolean {
  if (card.void || card.evidence === 'told') return false;
  const { start, end } = span(card.validFrom, card.validTo);
  if (start > day) return false;
  return end !== null ? end >= day : lookedUp(day, card);
}

function lookedUp(day: string, card: CardFacts): boolean {
  if (!LOOKED_UP.has(card.evidence) || !card.checkedOn || card.checkedOn > day) return false;
  return addDays(card.checkedOn, LOOKUP_DAYS) >= day;
}

/** True when a unit of the armed forces, police or cipher service insures on the day. */
export function insuredByUnit(day: string, entitlement: EntitlementFacts): boolean {
  if (!INSURED_BY_UNIT.has(entitlement.kind)) return false;
  const { start, end } = span(entitlement.validFrom, entitlement.validTo);
  return start <= day && (end === null || end >= day);
}

/** True when the day lies within what was paid for, the wait before it included. */
export function waitsForCard(day: string, { stands, paidOn, cardTo }: EnrolmentFacts): boolean {
  if (!stands || (paidOn !== null && paidOn > day)) return false;
  return cardTo === null || cardTo >= day;
}

/** The one status of a member on a day. */
export function statusOn(
  day: string,
  cards: readonly CardFacts[],
  entitlements: readonly EntitlementFacts[] = [],
  answer: AnswerFacts = NO_ANSWER,
  enrolments: readonly EnrolmentFacts[] = [],
): Status {
  if (cards.some((card) => coversOn(day, card))) return 'covered';
  if (entitlements.some((entitlement) => insuredByUnit(day, entitlement))) return 'elsewhere';
  if (enrolments.some((enrolment) => waitsForCard(day, enrolment))) return 'starting';
  const spans = cards
    .filter((card) => !card.void)
    .map((card) => span(card.validFrom, card.validTo));
  return withoutCover(day, spans, answer);
}

function withoutCover(day: string, spans: readonly Span[], answer: AnswerFacts): Status {
  if (spans.some(({ start }) => start > day)) return 'starting';
  if (spans.some(({ end }) => end === null || end >= day)) return 'unconfirmed';
  const askedOn = answer.askedOn ?? '';
  const said = askedOn && askedOn <= day ? (answer.answer ?? '') : '';
  const unproven = UNPROVEN_ANSWERS.has(said);
  if (unproven && !spans.some(({ end }) => end !== null && end > askedOn)) return 'unconfirmed';
  if (spans.length > 0 || said === 'had_card') return 'expired';
  return said === 'never_had' ? 'none' : 'not_asked';
}

/** The last day that this card proves, or null where it proves none. */
export function cardEnd(card: CardFacts): string | null {
  if (card.void || card.evidence === 'told' || !card.validTo) return null;
  return lastDay(card.validTo);
}

/**
 * The day the cover of a covered member ends, when that is at most so many days off; null also
 * when a later card follows, or when a card without an end covers the day.
 */
export function endsWithin(day: string, days: number, cards: readonly CardFacts[]): string | null {
  const proven = cards.filter((card) => !card.void && card.evidence !== 'told');
  const ends = proven.filter((card) => coversOn(day, card)).map(cardEnd);
  const follows = proven.some((card) => span(card.validFrom, card.validTo).start > day);
  if (follows || ends.length === 0) return null;
  let last = '';
  for (const end of ends) {
    if (end === null) return null;
    if (end > last) last = end;
  }
  return last <= addDays(day, days) ? last : null;
}
