import { addDays, addMonths } from '../../domain/partial';
import { Chips } from '../../parts/chips';
import { Icon } from '../../parts/icon';
import { t, type Choice } from '../../words';
import { EvidenceChips } from '../evidence_chips';
import { FormScreen } from '../form_screen';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm, type RecordForm } from '../record_form';
import { useStableId } from '../stable_id';
import type { Typed } from '../typed';
import { cardsOf } from './cards';
import type { PersonProps } from './routes';

/** A new card, the renewal of one that ends, or the correction of one. */
export function CardForm({ file, member, rest }: PersonProps) {
  const store = useStore();
  const words = t().card;
  const known = file.cards.find((card) => card.id === rest[1]);
  const home = `/person/${member.id}`;
  const key = known === undefined ? `card:${member.id}` : `card:${known.id}`;
  const id = useStableId(key);
  const last = cardsOf(file, member.id).find(({ data }) => data.void_reason == null);
  const fresh = { entity: 'card' as const, id, village: member.village, data: {} };
  const form = useRecordForm(
    known ?? fresh,
    key,
    {
      title: member.data.full_name ?? '',
      path: `${home}/card${known === undefined ? '' : `/${known.id}`}`,
      village: member.village,
    },
    known === undefined
      ? { member: member.id, valid_from: nextStart(last?.data ?? null, store.today()) }
      : {},
  );
  const title =
    known !== undefined ? words.editTitle : last === undefined ? words.addTitle : words.renewTitle;
  return (
    <FormScreen title={title} form={form} home={home}>
      <section class="card">
        <Until form={form} />
        <Evidence form={form} today={store.today()} />
        <RecordField form={form} field="valid_from" label={words.from} />
      </section>
      <details class="card fold">
        <summary>
          {words.moreFields}
          <Icon name="down" />
        </summary>
        <div class="stack stack--wide">
          <RecordField form={form} field="number" />
          <RecordField form={form} field="insurance_group" />
          <RecordField form={form} field="benefit_level" />
          <RecordField form={form} field="first_clinic" />
          <RecordField form={form} field="five_year_on" />
        </div>
      </details>
      {known !== undefined && (
        <a class="button" href={`#/person/${member.id}/void/${known.id}`}>
          {words.void}
        </a>
      )}
    </FormScreen>
  );
}

/** A renewal begins the day after the card before, when that has not ended yet. */
function nextStart(last: Typed<'card'> | null, today: string): string | null {
  const end = last?.valid_to ?? null;
  return end !== null && end.length === 10 && end >= today ? addDays(end, 1) : null;
}

function Until({ form }: { form: RecordForm<'card'> }) {
  const words = t().card;
  const today = useStore().today();
  const from = form.values.valid_from ?? today;
  const start = /^\d{4}-\d{2}-\d{2}$/.test(from) ? from : today;
  const ends: Choice[] = [
    [addDays(addMonths(start, 12), -1), words.oneYear],
    [addDays(addMonths(start, 6), -1), words.sixMonths],
    [addDays(addMonths(start, 3), -1), words.threeMonths],
  ];
  return (
    <>
      <RecordField form={form} field="valid_to" label={words.until} />
      <Chips
        label={words.until}
        quiet
        options={ends}
        value={form.values.valid_to}
        onChange={(valid_to) => form.set({ valid_to, valid_from: start })}
      />
    </>
  );
}

/** Looking a card up in the app proves it for a month: the day of looking is today. */
function Evidence({ form, today }: { form: RecordForm<'card'>; today: string }) {
  return (
    <EvidenceChips
      value={form.values.evidence}
      onChange={(evidence) => form.set({ evidence, checked_on: evidence === 'app' ? today : null })}
      error={form.errorOf('evidence')}
    />
  );
}

/** Entered in error: the card stays, and counts no longer. */
export function VoidCard({ file, member, rest }: PersonProps) {
  const words = t().card;
  const card = file.cards.find(({ id }) => id === rest[1]);
  const home = `/person/${member.id}`;
  const key = `card-void:${rest[1] ?? ''}`;
  const form = useRecordForm(
    card ?? { entity: 'card', id: rest[1] ?? '', village: member.village, data: {} },
    key,
    {
      title: member.data.full_name ?? '',
      path: `${home}/void/${rest[1] ?? ''}`,
      village: member.village,
    },
  );
  const reason = (form.values.void_reason ?? '').trim();
  return (
    <FormScreen
      title={words.voidTitle}
      form={form}
      home={home}
      refuse={() => (reason === '' ? words.voidNeeded : null)}
    >
      <p class="notice">{words.voidText}</p>
      <RecordField form={form} field="void_reason" label={words.voidReason} />
    </FormScreen>
  );
}
