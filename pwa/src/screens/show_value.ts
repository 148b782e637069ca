/* A stored value in words, for what was sent back and for what waits. */
import { showDate } from '../parts/dates';
import { showNumber } from '../parts/numbers';
import { t, wordFor, type Words } from '../words';

const LISTS: Readonly<Record<string, keyof Words['kinds']>> = {
  relation: 'relation',
  sex: 'sex',
  living_class: 'living_class',
  living_class_source: 'living_class_source',
  best_time: 'best_time',
  personal_id_state: 'personal_id_state',
  registration: 'registration',
  presence: 'presence',
  work: 'work',
  insurance_answer: 'insurance_answer',
  uninsured_reason: 'uninsured_reason',
  intends_to_join: 'intention',
  social_insurance: 'social_insurance',
  voluntary_interest: 'voluntary_interest',
  birth_registration: 'birth_registration',
  since_reason: 'since_reason',
  end_evidence: 'end_evidence',
  respondent_kind: 'respondent_kind',
  absence_reason: 'absence_reason',
  band: 'farm_band',
  payment: 'payment_way',
  verdict: 'farm_determination',
};
const KINDS: Readonly<Record<string, keyof Words['kinds']>> = {
  field_note: 'field_note_kind',
  lead: 'lead_kind',
};
const ISO = /^\d{4}-\d{2}(-\d{2})?$/;

export function showValue(entity: string, field: string, value: unknown): string {
  if (value == null || value === '') return '–';
  if (typeof value === 'boolean') return value ? t().app.yes : t().app.no;
  if (typeof value === 'number') return showNumber(value);
  if (Array.isArray(value)) return t().app.list(value.length);
  if (typeof value !== 'string') return '–';
  if (field === 'outcome' && entity === 'visit')
    return (t().visit.outcomes as Record<string, string>)[value] ?? value;
  const list = listOf(entity, field);
  if (list !== null) return wordFor(list, value);
  return ISO.test(value) ? showDate(value) : value;
}

/** The closed list a field takes its values from; null when it has none. */
export function listOf(entity: string, field: string): keyof Words['kinds'] | null {
  return LISTS[field] ?? ofEntity(entity, field);
}

function ofEntity(entity: string, field: string): keyof Words['kinds'] | null {
  if (field === 'evidence') return entity === 'card' ? 'card_evidence' : 'entitlement_evidence';
  if (field === 'kind') return KINDS[entity] ?? 'entitlement_kind';
  if (field === 'outcome' && entity === 'lead') return 'lead_outcome';
  if (field === 'state' && entity === 'field_note') return 'field_note_state';
  if (field === 'state' && entity === 'farm_request') return 'farm_request_state';
  if (field === 'state' && entity === 'enrolment') return 'enrolment_state';
  if (field === 'state' && entity === 'listing') return 'listing_state';
  if (field === 'end_reason') return entity === 'household' ? 'household_end' : 'member_end';
  return null;
}
