/** First and last day of a card. Twin: server/domain/legal/card_dates.py, with the law of each. */

import { addDays, addMonths, daysBetween, firstDay, lastDay } from '../partial';
import { answered, known, Law } from './law';
import type { LegalRow, NotKnown, Tables } from './tables';

/** `gap` counts the days without cover before the payment; no `validTo`: no end is named. */
export interface CardDates {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly rule: string;
  readonly gap: number | null;
  readonly rows: readonly LegalRow[];
}

/** The last day of so many months from a day on; where the last month has no such day, its end. */
export function endOfPeriod(start: string, months: number): string {
  const same = addMonths(start, months);
  return same.slice(8) < start.slice(8) ? same : addDays(same, -1);
}

/** The card of groups 4 and 5: paid in full on a day, for so many months. */
export function paidCard(
  tables: Tables,
  paidOn: string,
  months: number,
  previousEnd: string | null = null,
): CardDates | NotKnown {
  return answered(() => {
    const law = new Law(tables, paidOn);
    const limit = law.number('card_start', 'gap_waiting_days');
    const waiting = law.number('card_start', 'waiting_days');
    let [start, rule] = [addDays(paidOn, waiting), 'first'];
    let gap: number | null = null;
    if (previousEnd) {
      rule = 'gap_long';
      const next = addDays(lastDay(previousEnd), 1);
      gap = daysBetween(next, paidOn);
      if (gap < 0) [start, rule, gap] = [next, 'continuous', null];
      else if (gap < limit) [start, rule] = [paidOn, 'gap_short'];
    }
    return { validFrom: start, validTo: endOfPeriod(start, months), rule, gap, rows: law.rows };
  });
}

/** The earliest and the latest last day of a child's card that a birth date allows. */
export function childSpan(law: Law, birth: string): { earliest: string; latest: string } {
  const months = law.number('card_start', 'child_months');
  const cut = law.text('card_start', 'child_cut');
  const ends = [firstDay(birth), lastDay(birth)].map((day) => {
    const end = addMonths(`${day.slice(0, 7)}-01`, months);
    return day.slice(5) > cut ? lastDay(end.slice(0, 7)) : `${end.slice(0, 4)}-${cut}`;
  });
  const [one = '', other = ''] = ends;
  return one < other ? { earliest: one, latest: other } : { earliest: other, latest: one };
}

/** The free card of a child under six; null when the birth date is too rough to tell the end. */
export function childCard(tables: Tables, day: string, birth: string): CardDates | null | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    const { earliest, latest } = childSpan(law, birth);
    if (earliest !== latest) return null;
    const after = lastDay(birth).slice(5) > law.text('card_start', 'child_cut');
    return {
      validFrom: firstDay(birth),
      validTo: earliest,
      rule: after ? 'child_after_cut' : 'child_to_cut',
      gap: null,
      rows: law.rows,
    };
  });
}

/** The first card of a pupil; null when the birth date is too rough. */
export function grade1Card(
  tables: Tables,
  day: string,
  birth: string,
  months: number,
): CardDates | null | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    const child = known(childCard(tables, day, birth));
    if (!child?.validTo) return null;
    const start =
      child.rule === 'child_to_cut'
        ? `${child.validTo.slice(0, 4)}-${law.text('card_start', 'grade_1_start')}`
        : child.validTo;
    return card(start, endOfPeriod(start, months), 'grade_1', law);
  });
}

/** The last card of a pupil: 1/1 to 30/9, or paid to 31/12 without refund. */
export function grade12Card(
  tables: Tables,
  day: string,
  year: number,
  longer = false,
): CardDates | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    const start = law.text('card_start', 'grade_12_start');
    const end = law.text('card_start', longer ? 'grade_12_longer' : 'grade_12_end');
    const digits = String(year).padStart(4, '0');
    return card(`${digits}-${start}`, `${digits}-${end}`, 'grade_12', law);
  });
}

/** A student's first card: from enrolment, or the day after the grade-12 card. */
export function firstUniversityCard(
  tables: Tables,
  day: string,
  enrolledOn: string,
  months: number,
  grade12End: string | null = null,
): CardDates | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    law.row('card_start', 'grade_12_end');
    const later = grade12End !== null && lastDay(grade12End) >= enrolledOn;
    const start = later ? addDays(lastDay(grade12End), 1) : enrolledOn;
    return card(start, endOfPeriod(start, months), 'university_first', law);
  });
}

/** A student's last card: 1/1 to the end of the month the course ends, or paid to 31/12. */
export function lastUniversityCard(
  tables: Tables,
  day: string,
  courseEnds: string,
  longer = false,
): CardDates | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    const year = courseEnds.slice(0, 4);
    const start = `${year}-${law.text('card_start', 'university_last_start')}`;
    const end = longer
      ? `${year}-${law.text('card_start', 'university_last_longer')}`
      : lastDay(courseEnds.slice(0, 7));
    return card(start, end, 'university_last', law);
  });
}

/** A card paid by the budget or by social insurance: from the day the decision names. */
export function decidedCard(
  tables: Tables,
  decidedFrom: string,
  listedTo: string | null = null,
): CardDates | NotKnown {
  return answered(() => {
    const law = new Law(tables, decidedFrom);
    law.row('card_start', 'gap_waiting_days');
    return card(decidedFrom, listedTo ? lastDay(listedTo) : null, 'decision', law);
  });
}

function card(validFrom: string, validTo: string | null, rule: string, law: Law): CardDates {
  return { validFrom, validTo, rule, gap: null, rows: law.rows };
}
