import type { ComponentChildren } from 'preact';
import { ageOn } from '../../domain/partial';
import { Icon } from '../../parts/icon';
import { StatusWord } from '../../parts/status';
import { Chips } from '../../parts/chips';
import { choices, fieldName, t, wordFor } from '../../words';
import { FormScreen } from '../form_screen';
import { lazyPart } from '../lazy';
import { dayText, shownStatus, statusDay } from '../people';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm } from '../record_form';
import { NoteList } from '../sync/notes';
import { place } from '../router';
import { editOf } from '../../store/edits';
import { useSaving } from '../saving';
import { TalkingPoints } from '../talking';
import type { Typed } from '../typed';
import { Cards } from './cards';
import { Entitlements } from './entitlements';
import { type MemberForm, type Questions, questionsOf } from './questions';
import type { PersonProps } from './routes';

const SponsorNotice = lazyPart<{ file: PersonProps['file']; member?: string }>(
  () => import('../rights/sponsor_notice').then((found) => found.SponsorNotice),
  null,
);

/** One person: cards first, then only the questions that fit this person. */
export function PersonPage({ file, member }: PersonProps) {
  const store = useStore();
  const words = t().member;
  const home = `/household/${file.household.id}`;
  const name = member.data.full_name ?? words.noName;
  const form = useRecordForm(member, `person:${member.id}`, {
    title: name,
    path: `/person/${member.id}`,
    village: member.village,
  });
  const today = store.today();
  const summary = store.summaries.value
    .get(file.household.id)
    ?.members.find(({ id }) => id === member.id);
  const data = form.values;
  const age =
    data.birth_date != null && /^\d{4}/.test(data.birth_date)
      ? ageOn(today, data.birth_date)
      : null;
  const asked = place.value.query.get('ask')?.split(',') ?? [];
  const groups = questionsOf({ file, member, form, store, age });
  const isAsked = ({ fields }: Questions) => fields.some((field) => asked.includes(field));
  return (
    <FormScreen title={name} form={form} home={home}>
      {asked.length > 0 && (
        <p class="notice notice--accent">
          {words.asked(asked.map((field) => fieldName(field)).join(', '))}
        </p>
      )}
      {groups.filter(isAsked).map(({ title, body }) => (
        <Group key={title} title={title} open>
          {body}
        </Group>
      ))}
      {summary !== undefined && (
        <StatusWord shown={shownStatus(summary, today)} day={statusDay(summary)} />
      )}
      {member.waitingFields.length > 0 && <WaitingFields fields={member.waitingFields} />}
      {data.ended_on != null && <Ended member={member} />}
      {file.sponsorships.length > 0 && <SponsorNotice file={file} member={member.id} />}
      <Cards file={file} member={member} />
      {data.ended_on == null && (
        <a class="button button--big" href={`#${home}/price/${member.id}`}>
          <Icon name="coin" />
          {words.price}
        </a>
      )}
      <Group title={words.groups.insurance} open>
        <Insurance
          form={form}
          uninsured={isUninsured(data, summary?.status)}
          today={today}
          village={member.village}
        />
      </Group>
      {groups
        .filter((group) => !isAsked(group))
        .map(({ title, body }) => (
          <Group key={title} title={title}>
            {body}
          </Group>
        ))}
      <Entitlements file={file} member={member} />
      <Notes file={file} member={member} />
      {data.ended_on == null && (
        <a class="button" href={`#/person/${member.id}/end`}>
          {words.endTitle}
        </a>
      )}
    </FormScreen>
  );
}

/** A word to the commune about this person, and what it answered. */
function Notes({ file, member }: { file: PersonProps['file']; member: PersonProps['member'] }) {
  const store = useStore();
  void store.changed.value;
  const notes = store.notes().filter((note) => note.member === member.id);
  return (
    <section class="stack">
      <a class="item" href={`#/household/${file.household.id}/note/${member.id}`}>
        <Icon name="note" />
        <span class="grow">
          <b>{t().fieldNote.ofPerson}</b>
        </span>
        <Icon name="next" />
      </a>
      {notes.length > 0 && <NoteList notes={notes} />}
    </section>
  );
}

/** Reasons are asked of the uninsured only. */
export function isUninsured(data: Typed<'member'>, status: string | undefined): boolean {
  const answer = data.insurance_answer ?? null;
  if (answer === 'had_card' || answer === 'never_had')
    return status !== 'covered' && status !== 'starting';
  return status === 'expired' || status === 'none';
}

function Group({
  title,
  open,
  children,
}: {
  title: string;
  open?: boolean;
  children: ComponentChildren;
}) {
  return (
    <details class="card fold" open={open}>
      <summary>
        {title}
        <Icon name="down" />
      </summary>
      <div class="stack stack--wide">{children}</div>
    </details>
  );
}

function WaitingFields({ fields }: { fields: readonly string[] }) {
  const names = fields.map((field) => t().fields[field] ?? field).join(', ');
  return (
    <p class="notice notice--warn">
      {names}: {t().app.waiting}
    </p>
  );
}

function Ended({ member }: { member: PersonProps['member'] }) {
  const saving = useSaving();
  const today = useStore().today();
  const restore = () =>
    void saving.save([
      editOf(member, { ended_on: null, end_reason: null, end_evidence: null, moved_to: null }),
    ]);
  return (
    <div class="notice">
      <p>
        {t().household.endedMember}: {wordFor('member_end', member.data.end_reason)},{' '}
        {dayText(member.data.ended_on ?? null, today)}
      </p>
      <button type="button" class="button" onClick={restore}>
        {t().member.restore}
      </button>
    </div>
  );
}

function Insurance({
  form,
  uninsured,
  today,
  village,
}: {
  form: MemberForm;
  uninsured: boolean;
  today: string;
  village: string;
}) {
  const answer = (insurance_answer: string | null) =>
    form.set({
      insurance_answer,
      insurance_asked_on: insurance_answer === null ? null : today,
    });
  return (
    <>
      <Chips
        label={t().fields['insurance_answer'] ?? ''}
        options={choices('insurance_answer')}
        value={form.values.insurance_answer}
        onChange={answer}
        hint={
          form.values.insurance_asked_on == null
            ? undefined
            : `${t().fields['insurance_asked_on'] ?? ''}: ${dayText(form.values.insurance_asked_on, today)}`
        }
        error={form.errorOf('insurance_answer')}
      />
      {uninsured && (
        <>
          <RecordField form={form} field="uninsured_reason" />
          <TalkingPoints
            reason={form.values.uninsured_reason}
            village={village}
            title={t().member.talkOf}
          />
          <RecordField form={form} field="intends_to_join" />
          {form.values.intends_to_join === 'yes' && <RecordField form={form} field="join_on" />}
        </>
      )}
    </>
  );
}
