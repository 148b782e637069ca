/* Findings for a form: what the wire would not take, then the rules of the domain, in the language spoken. */
import { checkRecord as askRules } from '../domain/findings';
import { message } from '../domain/messages';
import { fieldSpec, missingFields, refusalOf } from '../domain/reading';
import type { Entity, Values } from '../store/face';
import { messages } from '../words';

export interface Finding {
  code: string;
  field: string;
  weight: 'blocks' | 'warns';
}

type Written = Exclude<Entity, 'waiting'>;

/** What the wire would not take as it stands: a missing or an unreadable value. */
export function shapeFindings(entity: Entity, data: Values): Finding[] {
  if (entity === 'waiting') return [];
  const missing = missingFields(entity, trimmed(data)).map((field) => blocks('needed', field));
  const refused = Object.entries(data).flatMap(([field, value]) => refusal(entity, field, value));
  return [...missing, ...refused];
}

/** Everything there is to say about a record as it would be saved. Rules are asked of readable values only. */
export function checkRecord(entity: Entity, data: Values, today: string): Finding[] {
  if (entity === 'waiting') return [];
  const shapes = shapeFindings(entity, data);
  const unreadable = new Set(shapes.map((finding) => finding.field));
  const readable = Object.entries(trimmed(data)).filter(([field]) => !unreadable.has(field));
  return [...shapes, ...askRules(entity, Object.fromEntries(readable), today)];
}

/** The sentence of a finding. */
export function said(code: string): string {
  return message(code, messages());
}

function refusal(entity: Written, field: string, value: unknown): Finding[] {
  // A field of a newer server is kept, never refused here.
  if (fieldSpec(entity, field) === undefined) return [];
  const code = refusalOf(entity, field, value);
  return code === null ? [] : [blocks(code, field)];
}

function trimmed(data: Values): Values {
  const kept = Object.entries(data).filter(([, value]) => value != null && !isBlank(value));
  return Object.fromEntries(kept);
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function blocks(code: string, field: string): Finding {
  return { code, field, weight: 'blocks' };
}
