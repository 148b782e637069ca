/** Ages reached, as far as a partial birth date tells. Twin: server/domain/legal/ages.py. */

import { addMonths, firstDay, lastDay } from '../partial';

/**
 * True when so many months of age are certainly reached on the day, false when certainly not,
 * null when the birth date is missing or too rough to tell.
 */
export function reached(day: string, birth: string | null, months: number): boolean | null {
  if (!birth) return null;
  if (addMonths(lastDay(birth), months) <= day) return true;
  return addMonths(firstDay(birth), months) <= day ? null : false;
}

/** Whole months lived on a day by who was born on a whole day; negative before birth. */
export function monthsOfAge(day: string, born: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  const months = years * 12 + Number(day.slice(5, 7)) - Number(born.slice(5, 7));
  return addMonths(born, months) <= day ? months : months - 1;
}
