import { NumberField } from '../../parts/fields';
import { t } from '../../words';
import { FormScreen } from '../form_screen';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm } from '../record_form';
import { showDate } from '../../parts/dates';
import { useStableId } from '../stable_id';
import { lastWholeMonth } from './farm_lines';
import { fileName, livingMembers } from './members';
import type { HouseholdProps } from './routes';
import { Worksheet } from './worksheet';

/** The income worksheet of a household that is known already. The one of the same months is taken up again. */
export function FarmScreen({ file }: HouseholdProps) {
  const store = useStore();
  const words = t().farm;
  const { household } = file;
  const home = `/household/${household.id}`;
  const key = `farm:${household.id}`;
  const id = useStableId(key);
  const months_to = lastWholeMonth(store.today());
  const known = file.assessments.find(({ data }) => data.months_to === months_to);
  const fresh = { entity: 'farm_assessment' as const, id, village: household.village, data: {} };
  const form = useRecordForm(
    known ?? fresh,
    key,
    { title: t().today.draftOf(fileName(file)), path: `${home}/farm`, village: household.village },
    known === undefined
      ? { household: household.id, months_to, people: livingMembers(file).length }
      : {},
  );
  return (
    <FormScreen title={words.title} form={form} home={home} saveLabel={words.save}>
      <p class="muted">{words.hint}</p>
      <p>
        {words.monthsTo} <b>{showDate(form.values.months_to)}</b>
      </p>
      <section class="card">
        <div class="two">
          <NumberField
            label={words.people}
            value={form.values.people}
            onChange={(people) => form.set({ people })}
            error={form.errorOf('people')}
            warning={form.warningOf('people')}
          />
          <NumberField
            label={words.workers}
            value={form.values.farm_workers}
            onChange={(farm_workers) => form.set({ farm_workers })}
            error={form.errorOf('farm_workers')}
            warning={form.warningOf('farm_workers')}
          />
        </div>
        <RecordField form={form} field="main_activity" label={words.main} />
      </section>
      <Worksheet
        lines={form.values.lines ?? []}
        people={form.values.people ?? null}
        onChange={(lines) => form.set({ lines })}
      />
      {known !== undefined && (
        <a class="button" href={`#${home}/request`}>
          {words.ask}
        </a>
      )}
    </FormScreen>
  );
}
