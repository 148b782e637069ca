/* Receipt numbers in this phone's hands, which of them are used here, and the cash handed over. */
import { nextNumber, type Range } from '../../domain/enrolment/receipts';
import type { EnrolmentSummary, ReferenceRow, Store, Summary } from '../../store/face';

type Reads = Pick<Store, 'reference' | 'summaries'>;

/** Numbers handed to who uses this phone, with what is printed on the book. */
export interface HandedRange extends Range {
  readonly id: string;
  readonly agency: string;
  readonly series: string;
  readonly collectorCode: string | null;
}

/** What the office took of a day's cash. */
export interface Handover {
  readonly id: string;
  readonly day: string;
  readonly amount: number;
  readonly receivedBy: string;
}

function text({ data }: ReferenceRow, field: string): string {
  const value = data[field];
  return typeof value === 'string' ? value : '';
}

function number({ data }: ReferenceRow, field: string): number {
  const value = data[field];
  return typeof value === 'number' ? value : 0;
}

/** The ranges that may be used on a day, in the order of the books. */
export function rangesOn(store: Reads, day: string): HandedRange[] {
  return store
    .reference('receipt_range')
    .map((row) => ({
      id: row.id,
      book: text(row, 'book'),
      agency: text(row, 'agency'),
      series: text(row, 'series'),
      first: number(row, 'first'),
      last: number(row, 'last'),
      collectorCode: text(row, 'collector_code') || null,
      handedOn: text(row, 'handed_on'),
      returnedOn: text(row, 'returned_on') || null,
    }))
    .filter(({ handedOn, returnedOn }) => handedOn <= day && (!returnedOn || day <= returnedOn))
    .sort((a, b) => a.series.localeCompare(b.series) || a.first - b.first);
}

/** An enrolment of this phone with the household it belongs to. */
export interface Enrolled {
  readonly enrolment: EnrolmentSummary;
  readonly summary: Summary;
}

/** Every enrolment on this phone, what was paid last first. */
export function enrolled({ summaries }: Pick<Store, 'summaries'>): Enrolled[] {
  const found = [...summaries.value.values()].flatMap((summary) =>
    summary.enrolments.map((enrolment) => ({ enrolment, summary })),
  );
  return found.sort((a, b) => order(b).localeCompare(order(a)));
}

function order({ enrolment }: Enrolled): string {
  return `${enrolment.paidOn ?? ''} ${enrolment.id}`;
}

/** The numbers of a book that enrolments on this phone carry, all but those of one receipt. */
export function usedNumbers(
  store: Pick<Store, 'summaries'>,
  book: string,
  except: string | null = null,
): number[] {
  return enrolled(store).flatMap(({ enrolment: { book: of, number: used, receipt } }) =>
    of === book && used !== null && (except === null || receipt !== except) ? [used] : [],
  );
}

/** The number to propose for the next receipt; null when the range is used up. */
export function proposed(store: Pick<Store, 'summaries'>, range: HandedRange): number | null {
  return nextNumber(range, usedNumbers(store, range.book));
}

/** What the office took of the cash of a day. */
export function handoversOn(store: Pick<Store, 'reference'>, day: string): Handover[] {
  return store
    .reference('cash_handover')
    .filter((row) => text(row, 'day') === day && number(row, 'amount') > 0)
    .map((row) => ({
      id: row.id,
      day,
      amount: number(row, 'amount'),
      receivedBy: text(row, 'received_by'),
    }));
}
