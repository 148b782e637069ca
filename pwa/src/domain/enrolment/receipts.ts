/** Receipt numbers of a range handed to one person. Twin: server/domain/enrolment/receipts.py. */

const DIGITS = 7;

/** The numbers of a book that somebody may use from a day to a day, ends included. */
export interface Range {
  readonly book: string;
  readonly first: number;
  readonly last: number;
  readonly handedOn: string;
  readonly returnedOn: string | null;
}

function holds(one: Range, book: string, number: number, day: string): boolean {
  if (book !== one.book || number < one.first || number > one.last) return false;
  return one.handedOn <= day && (one.returnedOn === null || day <= one.returnedOn);
}

/** True when one of the ranges allows the number of the book on the day. */
export function inARange(
  ranges: readonly Range[],
  book: string,
  number: number,
  day: string,
): boolean {
  return ranges.some((one) => holds(one, book, number, day));
}

/** The number to propose: after the greatest used one, else the first gap; null when full. */
export function nextNumber(one: Range, used: readonly number[]): number | null {
  const taken = new Set(used.filter((number) => one.first <= number && number <= one.last));
  let after = one.first;
  for (const number of taken) after = Math.max(after, number + 1);
  if (after <= one.last) return after;
  for (let number = one.first; number <= one.last; number += 1)
    if (!taken.has(number)) return number;
  return null;
}

/** The number as the receipt shows it, with its leading zeros. */
export function printed(number: number): string {
  return String(number).padStart(DIGITS, '0');
}
