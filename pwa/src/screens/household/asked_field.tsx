import { Chips } from '../../parts/chips';
import type { Entity, HouseholdFile, Values } from '../../store/face';
import type { Returned } from '../../store/letters';
import { choices, fieldName, t, type Choice } from '../../words';
import { ethnicChoices } from '../ethnic';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import type { RecordForm } from '../record_form';
import { placeChoices, villageChoices } from '../reference';
import { listOf, showValue } from '../show_value';
import type { Typed } from '../typed';
import { memberChoices } from './members';

/** What a form cannot type: where a record hangs, and lists with a page of their own. */
const READ_ONLY = new Set([
  'village',
  'household',
  'member',
  'about',
  'merged_into',
  'lines',
  'outcome',
  'latitude',
  'longitude',
  'accuracy_m',
]);
/** Their chips are chosen by the kind of record; the general form leaves them to forms of their own. */
const OF_THEIR_KIND = new Set(['evidence', 'kind', 'end_reason', 'respondent_kind']);

interface Props {
  file: HouseholdFile | null;
  form: RecordForm<Entity>;
  item: Returned;
  field: string;
}

/** One field the officer asks about, what had been written in it, and the officer's note under it. */
export function AskedField({ file, form, item, field }: Props) {
  const words = t().returned;
  const { data } = item;
  const note = data.notes?.[field];
  const typed = data.fields?.[field];
  const value = (form.values as Values)[field];
  return (
    <div class="stack stack--tight">
      {READ_ONLY.has(field) ? (
        <p>
          {fieldName(field)}: {showValue(data.entity, field, value)}
        </p>
      ) : (
        <Drawn file={file} form={form} field={field} entity={data.entity} />
      )}
      {typed !== undefined && (
        <p class="muted small">
          {words.recorded}: “{showValue(data.entity, field, typed.set)}”
        </p>
      )}
      {note !== undefined && (
        <p class="notice notice--warn">
          {words.note}: {note}
        </p>
      )}
    </div>
  );
}

function Drawn({ file, form, field, entity }: Omit<Props, 'item'> & { entity: string }) {
  const store = useStore();
  const list = OF_THEIR_KIND.has(field) ? listOf(entity, field) : null;
  if (list !== null) {
    const value = (form.values as Values)[field];
    return (
      <Chips
        label={fieldName(field)}
        options={choices(list)}
        value={typeof value === 'string' ? value : null}
        onChange={(next) => form.set({ [field]: next } as Typed<Entity>)}
        error={form.errorOf(field)}
      />
    );
  }
  const people = () => (file === null ? [] : memberChoices(file));
  const options: Record<string, () => readonly Choice[]> = {
    school: () => placeChoices(store, 'school', 'id'),
    clinic_wanted: () => placeChoices(store, 'clinic', 'code'),
    mother: people,
    guardian: people,
    respondent: people,
    suggested_village: () => villageChoices(store, ''),
    ethnic_group: ethnicChoices,
  };
  return <RecordField form={form} field={field as never} options={options[field]?.() ?? []} />;
}
