/** The card of a pupil by the school year. Twin: server/domain/legal/school.py, with the law. */

import { endOfPeriod, grade1Card, paidCard, type CardDates } from './card_dates';
import { answered, known, Law } from './law';
import type { NotKnown, Tables } from './tables';
import { gradeOf, LAST_GRADE } from './tells_of_end';

const MOST_MONTHS = 12;
const YEAR_END = '12-31';

/** `work` is `pupil` or `student`; the latest proven card end, null where there is none. */
export interface Pupil {
  readonly work: string | null;
  readonly schoolClass: string | null;
  readonly birthDate: string | null;
  readonly previousEnd: string | null;
}

/** The grade at school; null for students and where the class does not tell. */
export function gradeAt({ work, schoolClass }: Pupil): number | null {
  return work === 'pupil' ? gradeOf(schoolClass) : null;
}

/** The card of a pupil or student who pays on a day for so many months. */
export function schoolCard(
  tables: Tables,
  day: string,
  months: number,
  pupil: Pupil,
): CardDates | NotKnown {
  return answered(() => {
    const first = firstYear(tables, day, months, pupil);
    if (first !== null) return first;
    const paid = known(paidCard(tables, day, months, pupil.previousEnd));
    if (gradeAt(pupil) !== LAST_GRADE) return paid;
    const law = new Law(tables, day);
    const [end, longer] = lastEnds(law, paid.validFrom);
    const period = paid.validTo ?? end;
    const cut = period < longer ? period : longer;
    const validTo = months === monthsTo(paid.validFrom, end) ? end : cut;
    return { ...paid, validTo, rows: [...new Set([...paid.rows, ...law.rows])] };
  });
}

/** The months with which a card of the last grade ends on 30/9 and on 31/12; none for others. */
export function schoolMonths(
  tables: Tables,
  day: string,
  pupil: Pupil,
): readonly number[] | NotKnown {
  return answered(() => {
    if (gradeAt(pupil) !== LAST_GRADE) return [];
    const start = known(paidCard(tables, day, 1, pupil.previousEnd)).validFrom;
    const ends = lastEnds(new Law(tables, day), start);
    const counts = new Set(ends.map((end) => Math.min(monthsTo(start, end), MOST_MONTHS)));
    return [...counts].sort((a, b) => a - b);
  });
}

function firstYear(tables: Tables, day: string, months: number, pupil: Pupil): CardDates | null {
  const grade = gradeAt(pupil);
  if (pupil.work !== 'pupil' || !(grade === null || grade === 1) || !pupil.birthDate) return null;
  const card = known(grade1Card(tables, day, pupil.birthDate, months));
  if (card === null || day > `${card.validFrom.slice(0, 4)}-${YEAR_END}`) return null;
  return (pupil.previousEnd ?? '') > card.validFrom ? null : card;
}

/** 30/9 and 31/12 of the year in which a card that starts on a day sees the last grade end. */
function lastEnds(law: Law, start: string): [string, string] {
  const end = law.text('card_start', 'grade_12_end');
  const year = Number(start.slice(0, 4)) + (start.slice(5) > end ? 1 : 0);
  const digits = String(year).padStart(4, '0');
  return [`${digits}-${end}`, `${digits}-${law.text('card_start', 'grade_12_longer')}`];
}

/** The fewest months from a day on that reach a day. */
function monthsTo(start: string, end: string): number {
  let count = 1;
  while (endOfPeriod(start, count) < end) count += 1;
  return count;
}
