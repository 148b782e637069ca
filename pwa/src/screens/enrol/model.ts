/* What the enrolment form holds, and what it comes to: prices, faults, records. Pure. */
import { amountsOf, type Amounts } from '../../domain/enrolment/amounts';
import { inARange } from '../../domain/enrolment/receipts';
import { STANDING } from '../../domain/enrolment/states';
import type { CardDates } from '../../domain/legal/card_dates';
import { ladderStart, type Contribution } from '../../domain/legal/contribution';
import { HOUSEHOLD } from '../../domain/legal/groups';
import { NotAllowed } from '../../domain/legal/money';
import { NotKnown } from '../../domain/legal/tables';
import { newRecord } from '../../store/edits';
import type { DataOf, Edit, HouseholdFile } from '../../store/face';
import type { Ground } from '../rights/ground';
import { groupOf, lacksCover, pays, type Standing } from '../rights/people';
import { monthsFor, type MonthsChosen } from '../rights/own_months';
import { costOf, joinedThisYear, monthsOf, proposedMonths } from '../rights/price';
import type { Sponsored } from '../rights/sponsored';
import type { HandedRange } from './receipts';

/** The form as it is kept. Null: as it is proposed. */
export interface Body {
  day: string | null;
  /** Of everybody on the receipt who chose no number of their own. */
  months: number;
  ownMonths: MonthsChosen;
  chosen: readonly string[] | null;
  /** The group chosen for a person where the law lets them choose. */
  groups: Readonly<Record<string, string>>;
  /** Another own share than the rule's, and why. */
  other: Readonly<Record<string, { own: number | null; reason: string }>>;
  /** What somebody pays for a person beside all that is recorded, and who. */
  support: Readonly<Record<string, { amount: number | null; reason: string }>>;
  /** Who does not take what a sponsor promised. */
  unsponsored: readonly string[];
  before: number | null;
  payment: 'cash' | 'transfer';
  range: string | null;
  number: string | null;
  code: string | null;
  mobilised: string;
}

export const EMPTY: Body = {
  day: null,
  months: 12,
  ownMonths: {},
  chosen: null,
  groups: {},
  other: {},
  support: {},
  unsponsored: [],
  before: null,
  payment: 'cash',
  range: null,
  number: null,
  code: null,
  mobilised: '',
};

/** One person of the receipt. `amounts` null: no price is known, or nobody may pay so many months. */
export interface Line {
  readonly standing: Standing;
  readonly group: string;
  readonly choices: readonly string[];
  readonly ladderPlace: number | null;
  readonly months: number;
  /** Without a choice of one's own. */
  readonly usualMonths: number;
  /** The numbers of months the law sells to this group. */
  readonly allowed: readonly number[];
  /** The promise that pays a part; null also where nothing is left for it to pay. */
  readonly sponsored: Sponsored | null;
  /** What was typed of another source's support, and the most it can be. */
  readonly support: { readonly amount: number; readonly most: number; readonly reason: string };
  readonly amounts: (Amounts & { readonly at_most: boolean }) | null;
  readonly trouble: NotKnown | NotAllowed | null;
  /** Null where the card begins on the day of the approving decision. */
  readonly card: CardDates | NotKnown | null;
  readonly overridden: boolean;
  readonly reason: string;
}

/** Who may be enrolled: people who pay and have not paid already. */
export function mayEnrol(file: HouseholdFile, people: readonly Standing[]): Standing[] {
  return people.filter((standing) => pays(standing) && !hasPaid(file, standing));
}

/** True while an enrolment of the person stands that reaches beyond today's card. */
export function hasPaid(file: HouseholdFile, { member, ending }: Standing): boolean {
  return file.enrolments.some(
    (enrolment) =>
      file.memberOf(enrolment) === member.id &&
      STANDING.includes(enrolment.data.state ?? '') &&
      (ending === null || (enrolment.data.card_to ?? '9999') > ending),
  );
}

/** Whom the form proposes: who has no card, or soon none. */
export function chosenOf(body: Body, able: readonly Standing[], asked: string | null): string[] {
  const known = new Set(able.map(({ member }) => member.id));
  if (body.chosen !== null) return body.chosen.filter((id) => known.has(id));
  if (asked !== null && known.has(asked)) return [asked];
  return able.filter(lacksCover).map(({ member }) => member.id);
}

/** How many of the household joined as household this year: by their cards or by what they paid. */
export function joinedBefore(
  file: HouseholdFile,
  people: readonly Standing[],
  day: string,
): number {
  const paid = file.enrolments.flatMap(({ data }) =>
    data.insurance_group === HOUSEHOLD && STANDING.includes(data.state ?? '') && data.paid_on
      ? [data.paid_on]
      : [],
  );
  return Math.max(joinedThisYear(people), ladderStart(day, paid) - 1);
}

/** The chosen people with what each pays, in the order of the household. */
export function linesOf(
  ground: Ground,
  able: readonly Standing[],
  chosen: readonly string[],
  body: Body,
  before: number,
): Line[] {
  let place = before;
  return able
    .filter(({ member }) => chosen.includes(member.id))
    .map((standing) => {
      const choices = groupOf(standing)?.choices ?? [];
      const wanted = [body.groups[standing.member.id], standing.sponsored?.group, choices[0]];
      const group = wanted.find((one) => one != null && choices.includes(one)) ?? HOUSEHOLD;
      if (group === HOUSEHOLD) place += 1;
      return lineOf(ground, standing, group, choices, place, body);
    });
}

function lineOf(
  ground: Ground,
  standing: Standing,
  group: string,
  choices: readonly string[],
  place: number,
  body: Body,
): Line {
  const { id } = standing.member;
  const allowed = monthsOf(ground, group, standing);
  const usualMonths = proposedMonths(standing, allowed, body.months);
  const months = monthsFor(body.ownMonths, id, allowed, usualMonths);
  const promise = body.unsponsored.includes(id) ? null : standing.sponsored;
  const given = promise?.amount ?? 0;
  const { share, card } = costOf(ground, standing, group, months, Math.max(place, 1), given);
  const ruled = isPrice(share) ? amountsOf(share) : null;
  const sponsored = ruled && ruled.other_support > 0 ? promise : null;
  // The record holds one amount of others: a sponsor's is the sponsor's alone.
  const typed = sponsored === null ? body.support[id] : undefined;
  const support = supportOf(typed, sponsored === null ? (ruled?.own_share ?? 0) : 0);
  const supported = ruled && withSupport(ruled, Math.min(support.amount, support.most));
  const other = body.other[id];
  return {
    standing,
    group,
    choices,
    ladderPlace: group === HOUSEHOLD ? place : null,
    months,
    usualMonths,
    allowed,
    sponsored,
    support,
    amounts: supported && other?.own != null ? withOwn(supported, other.own) : supported,
    trouble: isPrice(share) ? null : share,
    card,
    overridden: supported !== null && other?.own != null && other.own !== supported.own_share,
    reason: other?.reason ?? '',
  };
}

function supportOf(typed: Body['support'][string] | undefined, most: number): Line['support'] {
  return { amount: typed?.amount ?? 0, most, reason: typed?.reason ?? '' };
}

function withSupport<Told extends Amounts>(ruled: Told, more: number): Told {
  const { other_support, own_share } = ruled;
  return { ...ruled, other_support: other_support + more, own_share: own_share - more };
}

function isPrice(share: Contribution | NotKnown | NotAllowed): share is Contribution {
  return !(share instanceof NotKnown) && !(share instanceof NotAllowed);
}

function withOwn(ruled: NonNullable<Line['amounts']>, own: number): NonNullable<Line['amounts']> {
  return { ...ruled, own_share: own, total: ruled.total - ruled.own_share + own };
}

/** What all of them pay themselves; null where somebody's price is not known or not allowed. */
export function sumOf(lines: readonly Line[]): number | null {
  return lines.reduce<number | null>(
    (sum, { amounts }) => (sum === null || amounts === null ? null : sum + amounts.own_share),
    0,
  );
}

export interface Paper {
  readonly range: HandedRange | null;
  readonly number: number | null;
  /** Numbers of the book that this phone has used. */
  readonly used: readonly number[];
}

export type Fault =
  | 'nobody'
  | 'future'
  | 'notKnown'
  | 'notAllowed'
  | 'reasonNeeded'
  | 'supportTooMuch'
  | 'supportReasonNeeded'
  | 'noBook'
  | 'numberNeeded'
  | 'numberOutside'
  | 'numberUsed';

/** Why the money cannot be recorded as taken yet, most pressing first. A draft owes no number. */
export function faultsOf(
  lines: readonly Line[],
  day: string,
  today: string,
  paper: Paper | null,
): Fault[] {
  const faults: Fault[] = [];
  if (lines.length === 0) faults.push('nobody');
  if (day > today) faults.push('future');
  if (lines.some(({ trouble }) => trouble instanceof NotKnown)) faults.push('notKnown');
  if (lines.some(({ amounts, trouble }) => amounts === null && !(trouble instanceof NotKnown)))
    faults.push('notAllowed');
  if (lines.some(({ overridden, reason }) => overridden && reason.trim() === ''))
    faults.push('reasonNeeded');
  if (lines.some(({ support }) => support.amount > support.most)) faults.push('supportTooMuch');
  if (lines.some(({ support }) => support.amount > 0 && support.reason.trim() === ''))
    faults.push('supportReasonNeeded');
  return paper === null ? faults : [...faults, ...numberFaults(paper, day)];
}

/** What is wrong with the number of a receipt, as far as this phone can tell. */
export function numberFaults({ range, number, used }: Paper, day: string): Fault[] {
  if (range === null) return ['noBook'];
  if (number === null) return ['numberNeeded'];
  if (!inARange([range], range.book, number, day)) return ['numberOutside'];
  return used.includes(number) ? ['numberUsed'] : [];
}

export interface Signed {
  readonly day: string;
  readonly state: 'draft' | 'submitted';
  readonly receipt: string;
  readonly collector: { readonly id: string; readonly name: string };
  readonly code: string | null;
}

/** One new record a person, all of them on one receipt. */
export function recordsOf(
  file: HouseholdFile,
  lines: readonly Line[],
  body: Body,
  paper: Paper,
  signed: Signed,
  newId: () => string,
): Edit[] {
  return lines.map((line) =>
    newRecord('enrolment', newId(), file.household.village, {
      ...(line.amounts && sharesOf(line.amounts)),
      member: line.standing.member.id,
      insurance_group: line.group,
      ladder_place: line.ladderPlace,
      months: line.months,
      paid_on: signed.day,
      sponsorship: line.sponsored?.id ?? null,
      override_reason: whyOther(line),
      payment: body.payment,
      receipt: signed.receipt,
      receipt_book: paper.range?.book ?? null,
      receipt_number: paper.range === null ? null : paper.number,
      collected_by: signed.collector.id,
      collector_code: signed.code,
      mobilised_by: body.mobilised,
      ...daysOf(line.card),
      notice_version: file.household.data.notice_version ?? null,
      state: signed.state,
      state_on: signed.day,
      state_by: signed.collector.name,
    } as DataOf<'enrolment'>),
  );
}

/** The days of the card as the record names them; none where they are decided or not known. */
export function daysOf(card: CardDates | NotKnown | null) {
  const dates = card instanceof NotKnown ? null : card;
  return { card_from: dates?.validFrom ?? null, card_to: dates?.validTo ?? null };
}

/** Why the amounts are not those of the rule; null where they are. */
function whyOther({ overridden, reason, support }: Line): string | null {
  const told = [overridden ? reason.trim() : '', support.amount > 0 ? support.reason.trim() : ''];
  return told.filter((one) => one !== '').join('; ') || null;
}

/** The amounts as the record names them. */
export function sharesOf(amounts: Amounts): Amounts {
  const { total, state_support, local_support, other_support, own_share } = amounts;
  return { total, state_support, local_support, other_support, own_share };
}
