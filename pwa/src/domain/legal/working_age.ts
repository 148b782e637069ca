/** Working age by year. Twin: server/domain/legal/working_age.py. */

import { addMonths, firstDay } from '../partial';
import { monthsOfAge } from './ages';
import { answered, Law } from './law';
import type { LegalRow, NotKnown, Tables } from './tables';

const SEXES = ['male', 'female'];

/** `code`: below, in, above, or the missing fact: birth_date, sex. */
export interface WorkingAge {
  readonly code: string;
  readonly rows: readonly LegalRow[];
}

/** Where a person stands on a day. On the day of the retirement age one is above it. */
export function workingAge(
  tables: Tables,
  day: string,
  birth: string | null,
  sex: string | null,
): WorkingAge | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    const told = (code: string): WorkingAge => ({ code, rows: law.rows });
    if (!birth) return told('birth_date');
    const born = firstDay(birth);
    if (addMonths(born, law.number('working_age', 'from') * 12) > day) return told('below');
    const sexes = sex && SEXES.includes(sex) ? [sex] : SEXES;
    const age = monthsOfAge(day, born);
    const above = sexes.map((one) => age >= law.number('working_age', one));
    if (above.some((one) => one !== above[0])) return told('sex');
    return told(above[0] ? 'above' : 'in');
  });
}
