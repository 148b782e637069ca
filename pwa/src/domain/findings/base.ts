/** What every check needs: a finding, and the few questions asked of more than one record. */

import type { Weight } from '../../wire/kinds';
import { addDays, firstDay, lastDay } from '../partial';

/** `code` is stable and has its words in messages.ts. */
export interface Finding {
  readonly code: string;
  readonly field: string;
  readonly weight: Weight;
}

/** A record in wire form. */
export type RecordData = Readonly<Record<string, unknown>>;

const OLD_YEARS = 5;

export function blocks(code: string, field: string): Finding {
  return { code, field, weight: 'blocks' };
}

export function warns(code: string, field: string): Finding {
  return { code, field, weight: 'warns' };
}

/** The text of a field, empty when it has none. */
export function text(data: RecordData, field: string): string {
  const value = data[field];
  return typeof value === 'string' ? value : '';
}

/** The number of a field, null when it has none. */
export function numeral(data: RecordData, field: string): number | null {
  const value = data[field];
  return typeof value === 'number' ? value : null;
}

/** What happened cannot lie in the future. A day of slack: clocks and midnights differ. */
export function ahead(data: RecordData, today: string, fields: readonly string[]): Finding[] {
  // A partial date sorts before every day it may mean, so it compares as its first day does.
  const limit = addDays(today, 1);
  return fields
    .filter((field) => text(data, field) > limit)
    .map((field) => blocks('in_future', field));
}

/** Days typed by a phone whose clock had stopped: more than five calendar years back. */
export function longAgo(data: RecordData, today: string, fields: readonly string[]): Finding[] {
  const limit = String(yearOf(today) - OLD_YEARS);
  return fields
    .filter((field) => text(data, field) && text(data, field).slice(0, 4) < limit)
    .map((field) => warns('long_ago', field));
}

/** A person or household ends only with a day, however rough, and a reason. */
export function endedProperly(data: RecordData): Finding[] {
  const [endedOn, reason] = [text(data, 'ended_on'), text(data, 'end_reason')];
  if (endedOn && !reason) return [blocks('end_without_reason', 'end_reason')];
  if (reason && !endedOn) return [blocks('end_without_date', 'ended_on')];
  return [];
}

/** A period cannot certainly end before it can have begun. */
export function period(data: RecordData, start: string, end: string): Finding[] {
  const [begins, ends] = [text(data, start), text(data, end)];
  const reversed = begins && ends && lastDay(ends) < firstDay(begins);
  return reversed ? [blocks('ends_before_start', end)] : [];
}

/** A number of one digit only (000000000000) was typed to get past the question. */
export function oneDigit(data: RecordData, fields: readonly string[]): Finding[] {
  return fields
    .filter((field) => /^(.)\1*$/.test(text(data, field)))
    .map((field) => blocks('impossible_number', field));
}

/** Vietnamese numbers have ten digits, the first a 0. Prefixes change and are not asked. */
export function unusualPhone(data: RecordData): Finding[] {
  const phone = text(data, 'phone');
  if (!phone) return [];
  const digits = phone.replace(/[ .-]/g, '').replace(/^\+84/, '0');
  return digits.length === 10 && digits[0] === '0' ? [] : [warns('phone_unusual', 'phone')];
}

/** The age reached in the calendar year of `day`, the most that a year alone can tell. */
export function yearsBetween(birth: string, day: string): number {
  return yearOf(day) - yearOf(birth);
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}
