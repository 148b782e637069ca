/** Checks of what the surveyor does and works out: visits, farm worksheets, field notes. */

import { addMonths } from '../partial';
import {
  ahead,
  blocks,
  type Finding,
  longAgo,
  numeral,
  type RecordData,
  text,
  warns,
} from './base';

const COME_BACK_MONTHS = 12;
/** Whole đồng. Less than a thousand was typed in thousands or millions. */
const SMALLEST_AMOUNT = 1_000;
const GREATEST_AMOUNT = 5_000_000_000;

/** The day of a visit, and the day to come back. */
export function checkVisit(data: RecordData, today: string): Finding[] {
  const found = [...ahead(data, today, ['on']), ...longAgo(data, today, ['on'])];
  const [on, back] = [text(data, 'on'), text(data, 'come_back_on')];
  if (data['absence_reason'] && ['met', 'unchanged'].includes(text(data, 'outcome')))
    found.push(warns('absence_though_met', 'absence_reason'));
  if (on && back && back < on) found.push(warns('come_back_before_visit', 'come_back_on'));
  if (on && back > addMonths(on, COME_BACK_MONTHS)) found.push(warns('far_ahead', 'come_back_on'));
  return found;
}

/** The twelve months, the people who share the income, and the lines. */
export function checkFarmAssessment(data: RecordData, today: string): Finding[] {
  const [people, workers] = [numeral(data, 'people'), numeral(data, 'farm_workers')];
  const rows = Array.isArray(data['lines']) ? (data['lines'] as RecordData[]) : [];
  const found = [...ahead(data, today, ['months_to']), ...lines(rows)];
  if (people === 0) found.push(blocks('no_people', 'people'));
  if (people !== null && workers !== null && workers > people)
    found.push(warns('more_workers_than_people', 'farm_workers'));
  return found;
}

function lines(rows: readonly RecordData[]): Finding[] {
  const amounts = rows.flatMap((row) => [numeral(row, 'revenue') ?? 0, numeral(row, 'cost') ?? 0]);
  const kinds = rows.map((row) => text(row, 'line')).filter((kind) => kind !== 'other');
  const found: Finding[] = [];
  if (amounts.some((amount) => amount < 0)) found.push(warns('negative_amount', 'lines'));
  if (amounts.some(unusual)) found.push(warns('amount_unusual', 'lines'));
  if (new Set(kinds).size < kinds.length) found.push(warns('line_twice', 'lines'));
  return found;
}

function unusual(amount: number): boolean {
  const size = Math.abs(amount);
  return (size > 0 && size < SMALLEST_AMOUNT) || size > GREATEST_AMOUNT;
}

/** An answer and the state of a note go together. */
export function checkFieldNote(data: RecordData): Finding[] {
  const state = text(data, 'state') || 'open';
  if (data['answer'] && state === 'open') return [warns('answered_but_open', 'state')];
  if (state === 'answered' && !data['answer']) return [warns('answered_without_answer', 'answer')];
  return [];
}
