/** From what a screen showed and what it holds now to an edit of the fields that differ. */
import { fieldSpec } from '../domain/reading';
import { cleanText } from '../domain/text';
import { TOGETHER } from '../wire/fields';
import type { DataOf, Edit, Entity, Rec, Values } from './face';

/** Fields of this kind of record that mean something only together with `field`, itself not among them. */
export function companions(entity: Entity, field: string): string[] {
  if (entity === 'waiting') return [];
  const unit = TOGETHER.find((names) => names.includes(field)) ?? [];
  return unit.filter((name) => name !== field && fieldSpec(entity, name) !== undefined);
}

/** A value as the server stores it: text cleaned, empty text null, empty cells of rows left out. */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, part]) => [name, cleaned(part)] as const)
        .filter(([, part]) => part !== null),
    );
  }
  return value ?? null;
}

/** Equal as the server compares: absent is null, lists whole, the order of names in a row does not count. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** One text for one value, whatever the order of names. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const parts = Object.entries(value)
      .filter(([, part]) => part !== null && part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`);
    return `{${parts.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/**
 * The edit that turns `shown` into `values`, holding changed fields only; null when nothing differs.
 * `values` names the fields the screen offered; what it leaves out stays as it is. Of fields that
 * mean something only together all go along once one has changed: the server judges them as one.
 */
export function editOf<E extends Entity>(
  shown: Pick<Rec<E>, 'entity' | 'id' | 'village' | 'data'>,
  values: Partial<DataOf<E>>,
): Edit | null {
  const before = shown.data as Values;
  const was: Values = {};
  const set: Values = {};
  for (const [name, typed] of Object.entries(values)) {
    const value = cleaned(typed);
    if (same(before[name], value)) continue;
    was[name] = before[name] ?? null;
    set[name] = value;
  }
  if (Object.keys(set).length === 0) return null;
  // A new record has shown nothing yet, and nobody else can have changed it.
  if (Object.keys(before).length > 0) {
    for (const name of Object.keys(set).flatMap((one) => companions(shown.entity, one))) {
      if (name in set) continue;
      was[name] = before[name] ?? null;
      set[name] = was[name];
    }
  }
  return { entity: shown.entity, record: shown.id, village: shown.village, was, set };
}

/** The edit that makes a new record. Empty fields are left out. */
export function newRecord<E extends Entity>(
  entity: E,
  id: string,
  village: string,
  values: DataOf<E>,
): Edit {
  const set = Object.entries(values as Values)
    .map(([name, value]) => [name, cleaned(value)] as const)
    .filter(([, value]) => value !== null);
  return { entity, record: id, village, was: {}, set: Object.fromEntries(set) };
}

/** What an edit changes, as it is sent; null when that is nothing. A new record has no `was`. */
export function valuesOf(edit: Edit): { was: Values; set: Values } | null {
  const was: Values = {};
  const set: Values = {};
  const changed = new Set(
    Object.keys(edit.set).filter(
      (name) => !(name in edit.was) || !same(edit.was[name], cleaned(edit.set[name])),
    ),
  );
  for (const [name, typed] of Object.entries(edit.set)) {
    if (!changed.has(name) && !companions(edit.entity, name).some((one) => changed.has(one)))
      continue;
    set[name] = cleaned(typed);
    if (name in edit.was) was[name] = edit.was[name] ?? null;
  }
  return Object.keys(set).length === 0 ? null : { was, set };
}
