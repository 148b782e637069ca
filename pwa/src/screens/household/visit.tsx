import { useState } from 'preact/hooks';
import { addDays, addMonths } from '../../domain/partial';
import { Chips } from '../../parts/chips';
import { DateField, SelectField } from '../../parts/fields';
import { choices, t, type Choice } from '../../words';
import { FormScreen } from '../form_screen';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm, type RecordForm } from '../record_form';
import { villageChoices } from '../reference';
import { useStableId } from '../stable_id';
import type { Typed } from '../typed';
import { fileName } from './members';
import type { HouseholdProps } from './routes';

const OUTCOMES = ['absent', 'declined', 'moved', 'not_found', 'wrong_village', 'partly'];

/** A visit that did not give the record: why, and when to come again. */
export function VisitForm({ file }: HouseholdProps) {
  const store = useStore();
  const words = t().visit;
  const { household } = file;
  const home = `/household/${household.id}`;
  const key = `visit:${household.id}`;
  const id = useStableId(key);
  const form = useRecordForm(
    { entity: 'visit', id, village: household.village, data: {} },
    key,
    { title: t().today.draftOf(fileName(file)), path: `${home}/visit`, village: household.village },
    { household: household.id, on: store.today() },
  );
  const outcome = form.values.outcome ?? null;
  return (
    <FormScreen
      title={words.title}
      form={form}
      home={home}
      saveLabel={words.save}
      refuse={() => (outcome === null ? words.chooseOutcome : null)}
    >
      <Chips
        label={words.question}
        options={OUTCOMES.map((value): Choice => [value, outcomeName(value)])}
        value={outcome}
        onChange={(value) => form.set(fresh(value))}
      />
      {outcome === 'absent' && (
        <Chips
          label={words.absence}
          options={choices('absence_reason')}
          value={form.values.absence_reason}
          onChange={(absence_reason) => form.set({ absence_reason })}
        />
      )}
      {(outcome === 'absent' || outcome === 'declined' || outcome === 'partly') && (
        <ComeBack form={form} />
      )}
      {outcome === 'moved' && <p class="notice">{words.movedHint}</p>}
      {outcome === 'wrong_village' && (
        <SelectField
          label={words.which}
          options={villageChoices(store, household.village)}
          value={form.values.suggested_village}
          onChange={(suggested_village) => form.set({ suggested_village })}
        />
      )}
      {outcome !== null && (
        <>
          <Chips
            label={words.who}
            options={choices('respondent_kind')}
            value={form.values.respondent_kind}
            onChange={(respondent_kind) => form.set({ respondent_kind })}
          />
          <RecordField form={form} field="note" />
        </>
      )}
    </FormScreen>
  );
}

function outcomeName(outcome: string): string {
  const words: Record<string, string> = t().visit.outcomes;
  return words[outcome] ?? outcome;
}

/** What was said for another outcome must not ride along unseen. */
function fresh(outcome: string | null): Typed<'visit'> {
  return { outcome, absence_reason: null, come_back_on: null, suggested_village: null };
}

function ComeBack({ form }: { form: RecordForm<'visit'> }) {
  const words = t().visit;
  const today = useStore().today();
  const days: Choice[] = [
    [addDays(today, 1), words.days.tomorrow],
    [addDays(today, 3), words.days.three],
    [addDays(today, 7), words.days.week],
    [addMonths(today, 1), words.days.month],
  ];
  const value = form.values.come_back_on ?? null;
  const [other, setOther] = useState(value !== null && !days.some(([day]) => day === value));
  return (
    <>
      <Chips
        label={words.comeBack}
        options={[...days, ['other', words.otherDay]]}
        value={other ? 'other' : value}
        onChange={(day) => {
          setOther(day === 'other');
          form.set({ come_back_on: day === 'other' ? null : day });
        }}
        error={form.errorOf('come_back_on')}
        warning={form.warningOf('come_back_on')}
      />
      {other && (
        <DateField
          label={words.otherDay}
          hint={t().birth.dayHint}
          value={value}
          onChange={(come_back_on) => form.set({ come_back_on })}
        />
      )}
    </>
  );
}
