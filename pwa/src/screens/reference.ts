/* Rows of the reference feed, as screens need them. */
import type { ReferenceRow, Store } from '../store/face';
import { language, type Choice } from '../words';

type Reads = Pick<Store, 'reference'>;

function text(row: ReferenceRow, ...fields: string[]): string {
  for (const field of fields) {
    const value = row.data[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

function number(row: ReferenceRow, field: string): number | null {
  const value = row.data[field];
  return typeof value === 'number' ? value : null;
}

export interface NoticeText {
  version: string;
  text: string;
}

/** The newest notice, in the language spoken when it exists in it. */
export function currentNotice(store: Reads): NoticeText | null {
  const since = (row: ReferenceRow) => text(row, 'valid_from');
  const rows = [...store.reference('notice_text')];
  const newest = rows.sort((one, other) => since(other).localeCompare(since(one)))[0];
  if (newest === undefined) return null;
  const words = text(newest, language.value, 'vi');
  return words === '' ? null : { version: text(newest, 'version') || newest.id, text: words };
}

/** Schools or clinics as a list to choose from, by name. */
export function placeChoices(store: Reads, kind: 'school' | 'clinic', by: 'id' | 'code'): Choice[] {
  return store
    .reference(kind)
    .map((row): Choice => [by === 'id' ? row.id : text(row, 'code') || row.id, text(row, 'name')])
    .filter(([, name]) => name !== '')
    .sort(([, one], [, other]) => one.localeCompare(other, 'vi'));
}

/** Villages of the communes this phone knows, to say where a household really belongs. */
export function villageChoices(
  store: Pick<Store, 'reference' | 'villages'>,
  except: string,
): Choice[] {
  const known = new Map<string, string>();
  for (const row of store.reference('area')) {
    if (row.data['level'] === 'village') known.set(row.id, text(row, 'name'));
  }
  for (const village of store.villages.value) known.set(village.id, village.name);
  known.delete(except);
  return [...known].sort(([, one], [, other]) => one.localeCompare(other, 'vi'));
}

export interface Target {
  population: number | null;
  planned: number | null;
  goalPercent: string | null;
  deadline: string | null;
  source: string | null;
}

/** The coverage target of an area that is in force on a day: of the latest year not after it. */
export function targetOf(store: Reads, area: string, day: string): Target | null {
  const rows = store
    .reference('target')
    .filter((row) => row.data['area'] === area && row.data['indicator'] === 'bhyt_coverage')
    .filter((row) => (number(row, 'year') ?? 0) <= Number(day.slice(0, 4)))
    .sort((one, other) => (number(other, 'year') ?? 0) - (number(one, 'year') ?? 0));
  const row = rows[0];
  if (row === undefined) return null;
  const goal = row.data['goal_percent'];
  return {
    population: number(row, 'population'),
    planned: number(row, 'planned'),
    goalPercent: typeof goal === 'number' ? String(goal) : typeof goal === 'string' ? goal : null,
    deadline: text(row, 'deadline') || null,
    source: text(row, 'source', 'source_document') || null,
  };
}

/** Heads still to be covered: to the planned number, else to the goal of those counted. Null without either. */
export function headsMissing(
  counts: { covered: number; people: number },
  target: Target,
): number | null {
  if (target.planned !== null) return target.planned - counts.covered;
  const goal = target.goalPercent === null ? NaN : Number(target.goalPercent);
  return Number.isFinite(goal) ? Math.ceil((counts.people * goal) / 100) - counts.covered : null;
}
