/* Dates as people here write them, day first; a date may stop at the year or the month. */
import { isPartialDate } from '../domain/reading';

const WHOLE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(\d{2})$/;

/** `17/05/1980`, `05/1980` or `1980`; anything else as it stands, so that nothing typed disappears. */
export function showDate(value: string | null | undefined): string {
  if (value == null) return '';
  const whole = WHOLE.exec(value);
  if (whole) return `${whole[3]}/${whole[2]}/${whole[1]}`;
  const month = MONTH.exec(value);
  if (month) return `${month[2]}/${month[1]}`;
  return value;
}

/**
 * What a person typed as a date of the wire, or null when it cannot be read.
 * Understands 1980, 5/1980, 17/5/1980, 17-5-1980 and digits alone: 051980, 17051980.
 * A year of two digits is refused: 17.5.26 may be a grandmother or a newborn.
 */
export function readDate(typed: string): string | null {
  const text = typed.trim();
  if (isPartialDate(text)) return text;
  const bare = /^(?:(\d{2}))?(\d{2})(\d{4})$/.exec(text);
  const parts = bare ? bare.slice(1).filter((part) => part !== undefined) : text.split(/[/\-., ]+/);
  if (parts.length === 0 || parts.length > 3 || parts.some((part) => !/^\d+$/.test(part)))
    return null;
  const [year, month, day] = [...parts].reverse();
  if (year === undefined || year.length !== 4) return null;
  const value = [year, month?.padStart(2, '0'), day?.padStart(2, '0')]
    .filter((part) => part !== undefined)
    .join('-');
  return isPartialDate(value) ? value : null;
}

/** Age in whole years and, for those under two, months; null when the birth date is not known. */
export function ageOn(
  birth: string | null | undefined,
  day: string,
): { years: number; months: number } | null {
  if (birth == null || !isPartialDate(birth)) return null;
  const [birthYear = 0, birthMonth = 0, birthDay = 0] = birth.split('-').map(Number);
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (birthMonth === 0) return { years: Math.max(0, year - birthYear), months: 24 };
  let months = (year - birthYear) * 12 + (month - birthMonth);
  if (birthDay > date) months -= 1;
  return { years: Math.max(0, Math.floor(months / 12)), months: Math.max(0, months) };
}
