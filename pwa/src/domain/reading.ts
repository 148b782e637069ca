/** What a field takes, asked before saving. Twin: schemas/fields.py with server/domain/reading.py. */

import { FIELDS, type FieldSpec, type RecordEntity } from '../wire/fields';
import { monthDays } from './partial';
import { cleanText } from './text';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PARTIAL = /^(?:1[89]|20|21)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
const patterns = new Map<string, RegExp>();

/** How the field is declared; undefined for a field nobody declared. */
export function fieldSpec(entity: RecordEntity, field: string): FieldSpec | undefined {
  const specs: Readonly<Record<string, FieldSpec>> = FIELDS[entity];
  return Object.prototype.hasOwnProperty.call(specs, field) ? specs[field] : undefined;
}

/** The value as it is stored: text cleaned, a text of which nothing is left is null. */
export function storedValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(storedRow);
  return value === undefined ? null : value;
}

function storedRow(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  const cells = Object.entries(row)
    .map(([name, cell]): [string, unknown] => [
      name,
      typeof cell === 'string' ? cleanText(cell) : cell,
    ])
    .filter(([, cell]) => cell !== null && cell !== undefined);
  return Object.fromEntries(cells);
}

/** The code of what is wrong with a value, or null. Null itself is always taken. */
export function refusalOf(entity: RecordEntity, field: string, value: unknown): string | null {
  const spec = fieldSpec(entity, field);
  if (!spec) return 'unknown_field';
  const stored = storedValue(value);
  return stored === null ? null : refusalOfStored(spec, stored);
}

/** The needed fields that a record would be without. */
export function missingFields(
  entity: RecordEntity,
  data: Readonly<Record<string, unknown>>,
): string[] {
  const specs: Readonly<Record<string, FieldSpec>> = FIELDS[entity];
  return Object.keys(specs).filter((name) => specs[name]?.needed && data[name] == null);
}

/** True for `1980`, `1980-05` and `1980-05-17`, when that month or day exists. */
export function isPartialDate(value: string): boolean {
  if (!PARTIAL.test(value)) return false;
  if (value.length < 10) return true;
  const [year, month, day] = value.split('-').map(Number);
  return (day ?? 32) <= monthDays(year ?? 0, month ?? 0);
}

function refusalOfStored(spec: FieldSpec, value: unknown): string | null {
  switch (spec.type) {
    case 'text':
      if (typeof value !== 'string') return 'not_text';
      return isLonger(value, spec.limit ?? 0) ? 'too_long' : null;
    case 'pattern':
      if (typeof value !== 'string') return 'not_text';
      return patternOf(spec.pattern ?? '').test(value) ? null : 'wrong_format';
    case 'id':
      return typeof value === 'string' && UUID.test(value) ? null : 'not_an_id';
    case 'partial':
      return isDateOfLength(value, null) ? null : 'not_a_date';
    case 'day':
      return isDateOfLength(value, 10) ? null : 'not_a_date';
    case 'month':
      return isDateOfLength(value, 7) ? null : 'not_a_date';
    case 'number':
    case 'count':
      return refusalOfNumber(spec, value);
    case 'flag':
      return typeof value === 'boolean' ? null : 'not_true_or_false';
    case 'one_of':
      return typeof value === 'string' && spec.list?.includes(value) ? null : 'not_in_list';
    case 'rows':
      return refusalOfRows(spec, value);
  }
}

function isDateOfLength(value: unknown, length: number | null): boolean {
  if (typeof value !== 'string' || !isPartialDate(value)) return false;
  return length === null || value.length === length;
}

function refusalOfNumber(spec: FieldSpec, value: unknown): string | null {
  if (typeof value !== 'number') return 'not_a_number';
  if (spec.type === 'count' && !Number.isInteger(value)) return 'not_a_number';
  return value >= (spec.low ?? -Infinity) && value <= (spec.high ?? Infinity)
    ? null
    : 'out_of_range';
}

function refusalOfRows(spec: FieldSpec, value: unknown): string | null {
  if (!Array.isArray(value)) return 'not_a_list';
  if (value.length > (spec.limit ?? 0)) return 'too_long';
  for (const row of value as unknown[]) {
    const code = refusalOfRow(spec.row ?? {}, row);
    if (code) return code;
  }
  return null;
}

function refusalOfRow(specs: Readonly<Record<string, FieldSpec>>, row: unknown): string | null {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'not_a_list';
  const cells = row as Readonly<Record<string, unknown>>;
  for (const [name, spec] of Object.entries(specs)) {
    const cell = cells[name];
    if (cell == null) {
      if (spec.needed) return 'needed';
      continue;
    }
    const code = refusalOfStored(spec, cell);
    if (code) return code;
  }
  return Object.keys(cells).some((name) => !(name in specs)) ? 'unknown_field' : null;
}

/** Characters as the server counts them: an emoji is one. */
function isLonger(value: string, limit: number): boolean {
  return value.length > limit && Array.from(value).length > limit;
}

function patternOf(pattern: string): RegExp {
  let known = patterns.get(pattern);
  if (!known) {
    known = new RegExp(pattern);
    patterns.set(pattern, known);
  }
  return known;
}
