/* A change in words: whose record, which fields with their new values, what the commune says. Pure. */
import type { Store, Summary, Values } from '../../store/face';
import type { LedgerEntry } from '../../store/ledger';
import { fieldName, t } from '../../words';
import { said } from '../checks';
import { householdName } from '../people';
import { villageChoices } from '../reference';
import { showValue } from '../show_value';

type Reads = Pick<Store, 'summaries' | 'reference' | 'villages'>;

export interface FieldLine {
  field: string;
  label: string;
  value: string;
}

/** Where a record hangs is told by whose it is; what only the app keeps says nothing to a person. */
const UNSAID = new Set(['household', 'member', 'about', 'notice_version', 'accuracy_m']);
const PEOPLE = new Set(['mother', 'guardian', 'respondent']);
const AN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

export interface Whose {
  title: string;
  /** The household, where the title names a person. */
  place: string;
}

export function whoseOf(entry: LedgerEntry, store: Pick<Store, 'summaries'>): Whose {
  const summary = entry.household === null ? undefined : store.summaries.value.get(entry.household);
  const { entity, set } = entry.change;
  const member = memberName(summary, entry.member) ?? textOf(set, 'full_name');
  const home = summary === undefined || nobodyIn(summary) ? null : householdName(summary);
  if (member !== null) return { title: member, place: home ?? '' };
  const title = home ?? textOf(set, 'address') ?? textOf(set, 'code') ?? t().entities[entity];
  return { title: title ?? entity, place: '' };
}

/** A household without people is better known by its place than as one without a head. */
function nobodyIn({ members }: Summary): boolean {
  return members.length === 0;
}

function memberName(summary: Summary | undefined, member: string | null): string | null {
  return summary?.members.find(({ id }) => id === member)?.name ?? null;
}

/** The fields of a change with their new values, in the order they were typed. */
export function linesOf(entry: LedgerEntry, store: Reads): FieldLine[] {
  const { entity, set } = entry.change;
  const made = isNew(entry);
  return Object.entries(set)
    .filter(
      ([field]) => !UNSAID.has(field) && !(made && (field === 'village' || field === 'state')),
    )
    .map(([field, value]) => ({
      field,
      label: fieldName(field),
      value: valueWords(entity, field, value, store),
    }));
}

export function isNew({ change }: LedgerEntry): boolean {
  const { was, set } = change;
  return Object.keys(was).length === 0 && Object.keys(set).some((name) => NEEDED.has(name));
}

const NEEDED = new Set(['village', 'household', 'member', 'about']);

function valueWords(entity: string, field: string, value: unknown, store: Reads): string {
  if (value === null || value === '') return t().changes.erased;
  if (typeof value !== 'string' || !AN_ID.test(value)) return showValue(entity, field, value);
  return nameOf(field, value, store) ?? t().changes.linked;
}

/** What an id points to, by name. */
function nameOf(field: string, id: string, store: Reads): string | null {
  if (PEOPLE.has(field)) return personName(id, store);
  if (field === 'village' || field === 'suggested_village') {
    return villageChoices(store, '').find(([village]) => village === id)?.[1] ?? null;
  }
  const row = store.reference(field).find((one) => one.id === id);
  return row === undefined ? null : textOf(row.data, 'name');
}

function personName(id: string, store: Reads): string | null {
  for (const { members } of store.summaries.value.values()) {
    const found = members.find((member) => member.id === id);
    if (found !== undefined) return found.name;
  }
  return null;
}

export interface Said {
  key: string;
  /** Null: about the whole change. */
  label: string | null;
  text: string;
}

/** Why the server did not simply take it, in the language spoken where the code is known. */
export function reasonsOf(entry: LedgerEntry): Said[] {
  const told = entry.verdicts.length > 0 ? entry.verdicts : [{ reasons: entry.reasons }];
  const reasons = told.flatMap((one) => one.reasons ?? []);
  const lines = reasons.map(({ field, code, message }) => {
    const words = said(code);
    const label = field === null ? null : fieldName(field);
    return {
      key: `${field ?? ''} ${code}`,
      label,
      text: words === code ? (message ?? code) : words,
    };
  });
  return [...new Map(lines.map((line) => [line.key, line])).values()];
}

/** The officer's own words, of the whole and of single fields. */
export function officerWords(entry: LedgerEntry): Said[] {
  return entry.verdicts.flatMap(({ note, notes }, at) => [
    ...(note == null || note === '' ? [] : [{ key: `${at}`, label: null, text: note }]),
    ...Object.entries(notes ?? {}).map(([field, text]) => ({
      key: `${at} ${field}`,
      label: fieldName(field),
      text,
    })),
  ]);
}

/** How it stands before the commune; null when nothing of it ever waited. */
export function standingOf(entry: LedgerEntry): string | null {
  const [verdict] = entry.verdicts;
  if (verdict !== undefined) return verdict.state;
  return entry.status === 'held' || entry.status === 'merged' ? 'open' : null;
}

function textOf(values: Values, field: string): string | null {
  const value = values[field];
  return typeof value === 'string' && value !== '' ? value : null;
}
