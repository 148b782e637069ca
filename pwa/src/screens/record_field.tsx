/* One field of a record, drawn by its kind: forms only name the fields they want, in order. */
import { Chips, YesNo } from '../parts/chips';
import { DateField, SelectField, TextField } from '../parts/fields';
import { choices, fieldName, t, type Choice, type Words } from '../words';
import type { DataOf, Entity, Values } from '../store/face';
import type { Typed } from './typed';
import type { RecordForm } from './record_form';

type Kind =
  | { kind: 'text' | 'long' | 'digits' | 'tel' | 'date' | 'day' | 'flag' }
  | { kind: 'chips' | 'list'; of: keyof Words['kinds'] }
  | { kind: 'pick' };

const TEXT: Kind = { kind: 'text' };
const DATE: Kind = { kind: 'date' };
/** A whole date: the year alone will not do. */
const DAY: Kind = { kind: 'day' };
const DIGITS: Kind = { kind: 'digits' };
const FLAG: Kind = { kind: 'flag' };
const PICK: Kind = { kind: 'pick' };
const chips = (of: keyof Words['kinds']): Kind => ({ kind: 'chips', of });

const KINDS: Readonly<Record<string, Kind>> = {
  note: { kind: 'long' },
  reason: { kind: 'long' },
  text: { kind: 'long' },
  directions: { kind: 'long' },
  phone: { kind: 'tel' },
  birth_date: DATE,
  away_since: DATE,
  since: DATE,
  ended_on: DATE,
  valid_from: DATE,
  valid_to: DATE,
  checked_on: DAY,
  requested_on: DAY,
  five_year_on: DAY,
  join_on: DAY,
  voluntary_paid_to: DATE,
  unemployment_benefit_to: DATE,
  living_class_from: DAY,
  living_class_to: DAY,
  personal_id: DIGITS,
  old_id_number: DIGITS,
  bhxh_number: DIGITS,
  benefit_level: DIGITS,
  name_is_provisional: FLAG,
  birth_is_estimate: FLAG,
  boards: FLAG,
  hardship: FLAG,
  unemployment_insurance: FLAG,
  ethnic_group: PICK,
  school: PICK,
  clinic_wanted: PICK,
  mother: PICK,
  applicant: PICK,
  guardian: PICK,
  suggested_village: PICK,
  relation: { kind: 'list', of: 'relation' },
  sex: chips('sex'),
  living_class: chips('living_class'),
  living_class_source: chips('living_class_source'),
  best_time: chips('best_time'),
  personal_id_state: chips('personal_id_state'),
  registration: chips('registration'),
  presence: chips('presence'),
  work: chips('work'),
  insurance_answer: chips('insurance_answer'),
  uninsured_reason: chips('uninsured_reason'),
  intends_to_join: chips('intention'),
  social_insurance: chips('social_insurance'),
  voluntary_interest: chips('voluntary_interest'),
  living_area: chips('living_area'),
  birth_registration: chips('birth_registration'),
  since_reason: chips('since_reason'),
  end_evidence: chips('end_evidence'),
};

interface Props<E extends Entity> {
  form: RecordForm<E>;
  field: keyof DataOf<E> & string;
  /** For fields that point to something: what may be chosen. */
  options?: readonly Choice[];
  label?: string;
  hint?: string;
}

export function RecordField<E extends Entity>({ form, field, options, label, hint }: Props<E>) {
  const kind = KINDS[field] ?? TEXT;
  const value = (form.values as Values)[field];
  const common = {
    label: label ?? fieldName(field),
    hint,
    error: form.errorOf(field),
    warning: form.warningOf(field),
  };
  const set = (next: unknown) => form.set({ [field]: next } as Typed<E>);
  const text = typeof value === 'string' ? value : null;
  switch (kind.kind) {
    case 'flag':
      return <YesNo {...common} value={typeof value === 'boolean' ? value : null} onChange={set} />;
    case 'chips':
      return <Chips {...common} options={choices(kind.of)} value={text} onChange={set} />;
    case 'list':
      return <SelectField {...common} options={choices(kind.of)} value={text} onChange={set} />;
    case 'pick':
      return (
        <SelectField
          {...common}
          options={withCurrent(options ?? [], text)}
          value={text}
          onChange={set}
        />
      );
    case 'day':
      return <DateField {...common} hint={hint ?? t().birth.dayHint} value={text} onChange={set} />;
    case 'date':
      return <DateField {...common} value={text} onChange={set} />;
    default:
      return (
        <TextField
          {...common}
          value={text}
          onChange={set}
          long={kind.kind === 'long'}
          digits={kind.kind === 'digits'}
          type={kind.kind === 'tel' ? 'tel' : 'text'}
        />
      );
  }
}

/** What is recorded stays to be seen even when the list does not hold it. */
function withCurrent(options: readonly Choice[], value: string | null): readonly Choice[] {
  if (value === null || options.some(([choice]) => choice === value)) return options;
  return [[value, value], ...options];
}
