import { Chips } from '../../parts/chips';
import { choices, t, type Choice } from '../../words';
import { FormScreen } from '../form_screen';
import { RecordField } from '../record_field';
import { useRecordForm } from '../record_form';
import { useStableId } from '../stable_id';
import { fileName, memberChoices } from './members';
import type { HouseholdProps } from './routes';

/** A word to the officer about the household or one of its people. */
export function FieldNoteForm({ file, rest }: HouseholdProps) {
  const words = t().fieldNote;
  const { household } = file;
  const about = rest[1] ?? household.id;
  const home = rest[1] === undefined ? `/household/${household.id}` : `/person/${about}`;
  const key = `note:${about}`;
  const id = useStableId(key);
  const form = useRecordForm(
    { entity: 'field_note', id, village: household.village, data: {} },
    key,
    {
      title: t().today.draftOf(fileName(file)),
      path: `/household/${household.id}/note${rest[1] === undefined ? '' : `/${about}`}`,
      village: household.village,
    },
    { about, state: 'open' },
  );
  const people: Choice[] = [[household.id, words.wholeHousehold], ...memberChoices(file)];
  return (
    <FormScreen title={words.title} form={form} home={home} saveLabel={words.save}>
      <Chips
        label={words.about}
        options={choices('field_note_kind')}
        value={form.values.kind}
        onChange={(kind) => form.set({ kind })}
        error={form.errorOf('kind')}
      />
      <Chips
        label={words.who}
        options={people}
        value={form.values.about}
        onChange={(about) => form.set({ about: about ?? household.id })}
      />
      <RecordField form={form} field="text" />
    </FormScreen>
  );
}
