/* What an answer to the commune says: which fields it is about, and how it is written. Pure. */
import type { Edit, Entity, Values } from '../../store/face';
import type { WaitingData } from '../../store/records';

/** Fields of which the officer asks something: those that wait, and those with a note. */
export function askedFields(data: WaitingData): string[] {
  const waiting = Object.entries(data.fields ?? {})
    .filter(([, field]) => (field.state ?? 'open') === 'open')
    .map(([name]) => name);
  return [...new Set([...Object.keys(data.notes ?? {}), ...waiting])];
}

/** The values that came in and wait. */
export function waitingValues(data: WaitingData): Values {
  return Object.fromEntries(
    Object.entries(data.fields ?? {}).map(([name, { set }]) => [name, set ?? null]),
  );
}

interface Target {
  entity: Entity;
  id: string;
  village: string;
  data: Values;
}

/** Says something of each kind of record by itself, where the officer asked about no single field. */
const TELLING = ['full_name', 'valid_to', 'number', 'outcome', 'months_to', 'kind', 'text'];

/**
 * 'Right as recorded': the same values once more. `was` stays empty, so that they are sent though
 * nothing differs; the server takes a value that the record already holds.
 */
export function confirmEdit(
  record: Target,
  { data, id }: { data: WaitingData; id: string },
  today: string,
): Edit | null {
  const set = confirmed(record, askedFields(data), today);
  if (Object.keys(set).length === 0) return null;
  return {
    entity: record.entity,
    record: record.id,
    village: record.village,
    was: {},
    set,
    answers: id,
  };
}

function confirmed(record: Target, asked: readonly string[], today: string): Values {
  if (asked.length > 0) {
    return Object.fromEntries(asked.map((name) => [name, record.data[name] ?? null]));
  }
  if (record.entity === 'household') return { confirmed_on: today };
  const telling = TELLING.find((name) => record.data[name] != null);
  return telling === undefined ? {} : { [telling]: record.data[telling] };
}
