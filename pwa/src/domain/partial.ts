/**
 * Days and partial dates as ISO text: `2026-11-22`, `2026-11`, `2026`. Whole days compare as
 * text. Twin: server/domain/partial.py.
 */

export const FIRST_DAY_EVER = '0001-01-01';
const DAY_MS = 86_400_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** How many days a month of 1 to 12 has. */
export function monthDays(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** The first day that a partial date may mean. */
export function firstDay(partial: string): string {
  if (partial.length === 10) return partial;
  return partial + (partial.length === 7 ? '-01' : '-01-01');
}

/** The last day that a partial date may mean. */
export function lastDay(partial: string): string {
  if (partial.length === 10) return partial;
  if (partial.length === 4) return `${partial}-12-31`;
  return `${partial}-${monthDays(Number(partial.slice(0, 4)), Number(partial.slice(5)))}`;
}

/** The day so many days later, or earlier when negative. */
export function addDays(day: string, days: number): string {
  return new Date(milliseconds(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day so many months later; the last day of that month where it has no such day. */
export function addMonths(day: string, months: number): string {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  const date = Math.min(Number(day.slice(8)), monthDays(year, month));
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(date, 2)}`;
}

/** Days from one day to another; negative when `end` comes first. */
export function daysBetween(start: string, end: string): number {
  return Math.round((milliseconds(end) - milliseconds(start)) / DAY_MS);
}

/** Whole years lived on a day, the oldest that a partial birth date allows. */
export function ageOn(day: string, birth: string): number {
  const born = firstDay(birth);
  const before = day.slice(5) < born.slice(5) ? 1 : 0;
  return Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - before;
}

function milliseconds(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
