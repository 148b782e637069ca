import { Chips } from '../../parts/chips';
import { choices, t } from '../../words';
import { FormScreen } from '../form_screen';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm } from '../record_form';
import { fileName } from './members';
import type { HouseholdProps } from './routes';

/** A household ends only by saying so, with a reason; nothing is deleted. */
export function EndHousehold({ file }: HouseholdProps) {
  const { household } = file;
  const words = t().household;
  const home = `/household/${household.id}`;
  const form = useRecordForm(
    household,
    `household-end:${household.id}`,
    { title: t().today.draftOf(fileName(file)), path: `${home}/end`, village: household.village },
    { ended_on: useStore().today() },
  );
  return (
    <FormScreen title={words.endTitle} form={form} home={home} saveLabel={words.endSave}>
      <p class="notice">{words.endText}</p>
      <Chips
        label={words.endReason}
        options={choices('household_end')}
        value={form.values.end_reason}
        onChange={(end_reason) => form.set({ end_reason })}
        error={form.errorOf('end_reason')}
      />
      <RecordField form={form} field="ended_on" label={words.endWhen} />
    </FormScreen>
  );
}
