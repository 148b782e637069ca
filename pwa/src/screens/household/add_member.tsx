import { AlikeWarning } from '../alike';
import { BirthField } from '../birth_field';
import { Chips } from '../../parts/chips';
import { SelectField } from '../../parts/fields';
import { choices, t } from '../../words';
import { FormScreen } from '../form_screen';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm } from '../record_form';
import { RelationChips } from '../relation_chips';
import { useStableId } from '../stable_id';
import type { Typed } from '../typed';
import { fileName, headOf, memberChoices } from './members';
import type { HouseholdProps } from './routes';

/** One more person: somebody who moved in or was missed, or a newborn. */
export function AddMember({ file, rest }: HouseholdProps) {
  const newborn = rest[0] === 'newborn';
  const store = useStore();
  const words = t().member;
  const { household } = file;
  const home = `/household/${household.id}`;
  const key = `${newborn ? 'newborn' : 'member'}:${household.id}`;
  const id = useStableId(key);
  const start: Typed<'member'> = {
    household: household.id,
    registration: 'permanent',
    presence: 'here',
  };
  const form = useRecordForm(
    { entity: 'member', id, village: household.village, data: {} as Typed<'member'> },
    key,
    {
      title: t().today.draftOf(fileName(file)),
      path: `${home}/${rest[0] ?? 'add'}`,
      village: household.village,
    },
    { ...start, ...likely(newborn, headOf(file) === undefined) },
  );
  return (
    <FormScreen title={newborn ? words.newbornTitle : words.addTitle} form={form} home={home}>
      <section class="card">
        <RecordField form={form} field="full_name" hint={words.nameHint} />
        {newborn && <RecordField form={form} field="name_is_provisional" />}
        <RelationChips
          value={form.values.relation}
          onChange={(relation) => form.set({ relation })}
        />
        <RecordField form={form} field="sex" />
        <BirthField
          label={newborn ? words.bornOn : t().birth.label}
          value={form.values.birth_date ?? null}
          estimate={form.values.birth_is_estimate === true}
          onChange={(birth_date, birth_is_estimate) =>
            form.set(
              newborn ? { birth_date, since: birth_date } : { birth_date, birth_is_estimate },
            )
          }
          byAge={!newborn}
          error={form.errorOf('birth_date')}
          warning={form.warningOf('birth_date')}
        />
        <AlikeWarning id={id} household={household.id} typed={form.values} />
      </section>
      {newborn ? (
        <section class="card">
          <SelectField
            label={words.mother}
            options={memberChoices(file)}
            value={form.values.mother}
            onChange={(mother) => form.set({ mother })}
          />
          <RecordField form={form} field="birth_registration" />
          <Chips
            label={t().fields['insurance_answer'] ?? ''}
            options={choices('insurance_answer')}
            value={form.values.insurance_answer}
            onChange={(insurance_answer) => form.set(answered(insurance_answer, store.today()))}
          />
        </section>
      ) : (
        <section class="card">
          <Chips
            label={words.sinceReason}
            options={choices('since_reason')}
            value={form.values.since_reason}
            onChange={(since_reason) => form.set({ since_reason })}
          />
          {form.values.since_reason !== 'found' && (
            <RecordField form={form} field="since" label={words.since} />
          )}
          <RecordField form={form} field="registration" />
          <Chips
            label={t().fields['insurance_answer'] ?? ''}
            options={choices('insurance_answer')}
            value={form.values.insurance_answer}
            onChange={(insurance_answer) => form.set(answered(insurance_answer, store.today()))}
          />
        </section>
      )}
    </FormScreen>
  );
}

/** What goes without asking; every field of it can be changed. */
function likely(newborn: boolean, headless: boolean): Typed<'member'> {
  if (newborn) return { relation: 'child', since_reason: 'born' };
  return headless ? { relation: 'head' } : {};
}

/** Answer and day of asking stand or fall together. */
function answered(insurance_answer: string | null, day: string): Typed<'member'> {
  return { insurance_answer, insurance_asked_on: insurance_answer === null ? null : day };
}
