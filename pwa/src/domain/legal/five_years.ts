/** Five years in a row, which end the co-payment. Twin: server/domain/legal/five_years.py. */

import { addDays, addMonths } from '../partial';
import { answered, Law } from './law';
import type { LegalRow, NotKnown, Tables } from './tables';

/** Days covered, both included. `paidOn`: when it was paid for, where that is known. */
export interface Period {
  readonly start: string;
  readonly end: string;
  readonly paidOn: string | null;
}

/** `since` begins the unbroken run, `on` fills it, `brokenOn` began the gap that ended the last. */
export interface FiveYears {
  readonly since: string;
  readonly on: string;
  readonly brokenOn: string | null;
  readonly rows: readonly LegalRow[];
}

export interface CopaymentLimit {
  readonly amount: number;
  readonly rows: readonly LegalRow[];
}

/** A gap is counted to the payment, not to the card. */
function resumedOn(period: Period): string {
  return period.paidOn && period.paidOn < period.start ? period.paidOn : period.start;
}

/** The last payment day that keeps the five years after cover ended; throws NoValue. */
export function lastDayUnbroken(law: Law, end: string): string {
  const row = law.row('five_years', 'gap');
  const firstWithout = addDays(end, 1);
  const count = Number(row.value);
  return row.unit === 'months' ? addMonths(firstWithout, count) : addDays(firstWithout, count);
}

/** The five-year date from all periods of cover; null when there is none. */
export function fiveYearDate(
  tables: Tables,
  periods: readonly Period[],
): FiveYears | null | NotKnown {
  return answered(() => {
    const ordered = [...periods].sort((a, b) =>
      a.start === b.start ? (a.end < b.end ? -1 : 1) : a.start < b.start ? -1 : 1,
    );
    const [first, ...later] = ordered;
    if (!first) return null;
    let { start: since, end } = first;
    let brokenOn: string | null = null;
    let law = new Law(tables, since);
    for (const period of later) {
      const resumed = resumedOn(period);
      if (resumed > addDays(end, 1)) {
        law = new Law(tables, resumed);
        if (resumed > lastDayUnbroken(law, end)) {
          brokenOn = addDays(end, 1);
          since = period.start;
        }
      }
      if (period.end > end) end = period.end;
    }
    const years = new Law(tables, since).number('five_years', 'years');
    return { since, on: addMonths(since, years * 12), brokenOn, rows: law.rows };
  });
}

/** Six times the base salary of a day; where it changes within the year the formula is open. */
export function copaymentLimit(tables: Tables, day: string): CopaymentLimit | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    const factor = law.number('five_years', 'copayment_factor');
    return { amount: factor * law.number('base_salary', 'base_salary'), rows: law.rows };
  });
}
