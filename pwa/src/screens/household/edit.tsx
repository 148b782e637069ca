import { t } from '../../words';
import { fileName } from './members';
import { FormScreen } from '../form_screen';
import { RecordField } from '../record_field';
import { useRecordForm } from '../record_form';
import type { HouseholdProps } from './routes';

/** What is said of the house itself; people have pages of their own. */
export function EditHousehold({ file }: HouseholdProps) {
  const { household } = file;
  const home = `/household/${household.id}`;
  const words = t().household;
  const form = useRecordForm(household, `household:${household.id}`, {
    title: t().today.draftOf(fileName(file)),
    path: `${home}/edit`,
    village: household.village,
  });
  return (
    <FormScreen title={words.editTitle} form={form} home={home}>
      <section class="card">
        <h2>{words.placeHeading}</h2>
        <RecordField form={form} field="hamlet" />
        <RecordField form={form} field="address" />
        <RecordField form={form} field="directions" />
        <RecordField form={form} field="phone" />
        <RecordField form={form} field="best_time" />
      </section>
      <section class="card">
        <h2>{words.livingHeading}</h2>
        <RecordField form={form} field="living_class" />
        {form.values.living_class != null && (
          <>
            <RecordField form={form} field="living_class_source" />
            <RecordField form={form} field="living_class_from" />
            <RecordField form={form} field="living_class_to" />
          </>
        )}
        <RecordField form={form} field="hardship" />
        <RecordField form={form} field="bhxh_household_code" />
        <RecordField form={form} field="code" />
        <RecordField form={form} field="note" />
      </section>
    </FormScreen>
  );
}
