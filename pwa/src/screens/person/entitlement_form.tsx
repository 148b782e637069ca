import { Chips } from '../../parts/chips';
import { SelectField } from '../../parts/fields';
import { choices, t } from '../../words';
import { FormScreen } from '../form_screen';
import { RecordField } from '../record_field';
import { useRecordForm } from '../record_form';
import { useStableId } from '../stable_id';
import type { PersonProps } from './routes';

/** A right of a person from a day to a day. Of the armed forces only the fact, never the unit. */
export function EntitlementForm({ file, member, rest }: PersonProps) {
  const words = t().entitlement;
  const known = file.entitlements.find(({ id }) => id === rest[1]);
  const home = `/person/${member.id}`;
  const key = `entitlement:${known?.id ?? member.id}`;
  const id = useStableId(key);
  const fresh = { entity: 'entitlement' as const, id, village: member.village, data: {} };
  const form = useRecordForm(
    known ?? fresh,
    key,
    {
      title: member.data.full_name ?? '',
      path: `${home}/entitlement${known === undefined ? '' : `/${known.id}`}`,
      village: member.village,
    },
    known === undefined ? { member: member.id } : {},
  );
  return (
    <FormScreen title={words.addTitle} form={form} home={home}>
      <section class="card">
        <SelectField
          label={words.kind}
          options={choices('entitlement_kind')}
          value={form.values.kind}
          onChange={(kind) => form.set({ kind })}
          error={form.errorOf('kind')}
        />
        <Chips
          label={words.evidence}
          options={choices('entitlement_evidence')}
          value={form.values.evidence}
          onChange={(evidence) => form.set({ evidence })}
        />
        <RecordField form={form} field="valid_from" />
        <RecordField form={form} field="valid_to" />
        <RecordField form={form} field="number" label={words.number} />
      </section>
    </FormScreen>
  );
}
