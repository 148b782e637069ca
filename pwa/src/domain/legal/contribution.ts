/**
 * What one person's insurance costs and who pays, in whole đồng at the price of the payment day.
 * Twin: server/domain/legal/contribution.py, which states the rounding.
 */

import type { Place } from './facts';
import { FREE, HOUSEHOLD, NEAR_POOR, SUPPORTED } from './groups';
import { answered, Law } from './law';
import { hundredths, NotAllowed, part } from './money';
import { localPercent, PUPILS, statePercent } from './support';
import { type LegalRow, type NotKnown, NoValue, type Tables } from './tables';

const SCHOOL_MONTHS = 12;
const PAID_BY = ['', 'employer', 'social_insurance', 'budget'];

/** What is paid for one person; `ladderPlace` counts from 1 and is asked of group GD only. */
export interface Payment {
  readonly group: string;
  readonly months: number;
  readonly ladderPlace: number;
  readonly place: Place;
  readonly pupil: boolean;
  readonly minority: boolean;
  readonly poorCommune: boolean | null;
  readonly otherSupport: number;
}

/**
 * Shares for all months: `state + local + other + own = total`. Percentages are hundredths of a
 * percent of the full share, before any cap.
 */
export interface Contribution {
  readonly paidBy: string;
  readonly months: number;
  readonly month: number | null;
  readonly total: number | null;
  readonly state: number;
  readonly local: number | null;
  readonly other: number;
  readonly own: number | null;
  readonly ownAtMost: number;
  readonly statePercent: number;
  readonly localPercent: number | null;
  readonly localNotKnown: NotKnown | null;
  readonly rows: readonly LegalRow[];
  /** The card begins on the day of the approving decision, not by the payment. */
  readonly byDecision: boolean;
}

/** A month's contribution of an employee. */
export interface WageContribution {
  readonly base: number;
  readonly total: number;
  readonly employer: number;
  readonly employee: number;
  readonly rows: readonly LegalRow[];
}

/** The place in the household's ladder of who pays next on a day, from 1. */
export function ladderStart(day: string, earlierPayments: readonly string[]): number {
  return 1 + earlierPayments.filter((paidOn) => paidOn.slice(0, 4) === day.slice(0, 4)).length;
}

/** For how many months one may pay; pupils and students any number up to twelve. */
export function monthsAllowed(law: Law, group: string): number[] {
  const allowed = law.numbers('contribution', 'months');
  if (!PUPILS.includes(group)) return allowed;
  return Array.from({ length: SCHOOL_MONTHS }, (_, index) => index + 1);
}

/** One full share of a month: the rate of the base salary; throws NoValue. */
export function fullMonth(law: Law): number {
  const base = law.number('base_salary', 'base_salary');
  return part(base, hundredths(law.text('contribution', 'rate')));
}

/** What is paid on a day; NotKnown without a base salary, rate or state support of that day. */
export function contribution(
  tables: Tables,
  day: string,
  payment: Payment,
): Contribution | NotKnown | NotAllowed {
  return answered(() => {
    const law = new Law(tables, day);
    const lawGroup = law.number('law_group', payment.group);
    if (lawGroup === 1 || FREE.includes(lawGroup)) return byOthers(law, lawGroup, payment);
    let month = fullMonth(law);
    if (!monthsAllowed(law, payment.group).includes(payment.months))
      return new NotAllowed('months_not_allowed', 'months');
    if (payment.otherSupport < 0) return new NotAllowed('negative_amount', 'other_support');
    if (payment.ladderPlace < 1) return new NotAllowed('no_such_place', 'ladder_place');
    if (payment.group === HOUSEHOLD) {
      const ladder = law.numbers('contribution', 'ladder');
      const percent = ladder[Math.min(payment.ladderPlace, ladder.length) - 1] ?? 0;
      month = part(month, percent * 100);
    }
    const state =
      lawGroup === SUPPORTED ? statePercent(law, payment.group, payment.poorCommune) : 0;
    return split(law, payment, month, state);
  });
}

function split(law: Law, payment: Payment, month: number, stateShare: number): Contribution {
  const total = month * payment.months;
  const state = part(total, stateShare);
  const [granted, unknown] = grantedBy(law, payment);
  let local = granted === null ? null : Math.min(part(total, granted), total - state);
  let localNotKnown = unknown;
  // Nothing is left to add to, whatever the province decided.
  if (state === total) [local, localNotKnown] = [0, null];
  const other = Math.min(payment.otherSupport, total - state - (local ?? 0));
  return {
    paidBy: 'person',
    months: payment.months,
    month,
    total,
    state,
    local,
    other,
    own: local === null ? null : total - state - local - other,
    ownAtMost: total - state - other,
    statePercent: stateShare,
    localPercent: granted,
    localNotKnown,
    rows: law.rows,
    byDecision: payment.group === NEAR_POOR && total === state + (local ?? 0),
  };
}

function grantedBy(
  law: Law,
  { place, group, pupil, minority }: Payment,
): [number | null, NotKnown | null] {
  try {
    return [localPercent(law, place, group, pupil, minority), null];
  } catch (stop) {
    if (stop instanceof NoValue) return [null, stop.what];
    throw stop;
  }
}

function byOthers(law: Law, lawGroup: number, payment: Payment): Contribution {
  return {
    paidBy: PAID_BY[lawGroup] ?? '',
    months: payment.months,
    month: null,
    total: null,
    state: 0,
    local: 0,
    other: 0,
    own: lawGroup === 1 ? null : 0,
    ownAtMost: 0,
    statePercent: 0,
    localPercent: 0,
    localNotKnown: null,
    rows: law.rows,
    byDecision: false,
  };
}

/** An employee's month: the rate of the wage, capped; the employer pays two parts of three. */
export function wageContribution(
  tables: Tables,
  day: string,
  wage: number,
): WageContribution | NotKnown | NotAllowed {
  return answered(() => {
    if (wage <= 0) return new NotAllowed('wage_not_positive', 'wage');
    const law = new Law(tables, day);
    const most = law.number('base_salary', 'base_salary') * law.number('contribution', 'wage_cap');
    const base = Math.min(wage, most);
    const total = part(base, hundredths(law.text('contribution', 'rate')));
    const employeeParts = law.number('contribution', 'employee_parts');
    const parts = employeeParts + law.number('contribution', 'employer_parts');
    const employee = Math.floor((2 * total * employeeParts + parts) / (2 * parts));
    return { base, total, employer: total - employee, employee, rows: law.rows };
  });
}
