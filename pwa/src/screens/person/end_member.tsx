import { Chips } from '../../parts/chips';
import { choices, t } from '../../words';
import { FormScreen } from '../form_screen';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm } from '../record_form';
import type { PersonProps } from './routes';

/** Died or moved away, with the day and who says so. It cuts no card by itself. */
export function EndMember({ file, member }: PersonProps) {
  const words = t().member;
  const name = member.data.full_name ?? words.noName;
  const form = useRecordForm(
    member,
    `member-end:${member.id}`,
    { title: name, path: `/person/${member.id}/end`, village: member.village },
    { ended_on: useStore().today() },
  );
  return (
    <FormScreen
      title={words.endOf(name)}
      form={form}
      home={`/household/${file.household.id}`}
      saveLabel={words.endSave}
    >
      <p class="notice">{words.endText}</p>
      <Chips
        label={words.endReason}
        options={choices('member_end')}
        value={form.values.end_reason}
        onChange={(end_reason) => form.set({ end_reason })}
        error={form.errorOf('end_reason')}
      />
      <RecordField form={form} field="ended_on" label={words.endWhen} />
      <RecordField form={form} field="end_evidence" label={words.endEvidence} />
      {form.values.end_reason === 'moved_away' && (
        <RecordField form={form} field="moved_to" label={words.movedTo} />
      )}
    </FormScreen>
  );
}
