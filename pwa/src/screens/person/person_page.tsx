import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { ageOn } from '../../domain/partial';
import { Icon } from '../../parts/icon';
import { StatusWord } from '../../parts/status';
import { Chips } from '../../parts/chips';
import type { Store } from '../../store/face';
import { choices, fieldName, t, wordFor } from '../../words';
import { BirthField } from '../birth_field';
import { ethnicChoices } from '../ethnic';
import { FormScreen } from '../form_screen';
import { memberChoices } from '../household/members';
import { lazyPart } from '../lazy';
import { dayText, shownStatus, statusDay } from '../people';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm, type RecordForm } from '../record_form';
import { NoteList } from '../sync/notes';
import { placeChoices } from '../reference';
import { RelationChips } from '../relation_chips';
import { place } from '../router';
import { editOf } from '../../store/edits';
import { useSaving } from '../saving';
import { TalkingPoints } from '../talking';
import type { Typed } from '../typed';
import { Cards } from './cards';
import { Entitlements } from './entitlements';
import type { PersonProps } from './routes';

const SponsorNotice = lazyPart<{ file: PersonProps['file']; member?: string }>(
  () => import('../rights/sponsor_notice').then((found) => found.SponsorNotice),
  null,
);

const CHILD_YEARS = 6;
const WORKING_YEARS = 15;
/** Fields that papers ask for, by the group they stand in. */
const BASIC = ['full_name', 'relation', 'sex', 'birth_date'];
const HOME = ['registration'];
const WORK = ['work'];
const BORN_AT = 'birth_registered_at';
const CHILD = ['guardian_name', BORN_AT];
const PAPERS = ['personal_id', 'ethnic_group', 'clinic_wanted'];

export type MemberForm = RecordForm<'member'>;

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
  const isChild = age !== null && age < CHILD_YEARS;
  const asked = place.value.query.get('ask')?.split(',') ?? [];
  const asks = (fields: readonly string[]) => fields.some((field) => asked.includes(field));
  return (
    <FormScreen title={name} form={form} home={home}>
      {asked.length > 0 && (
        <p class="notice notice--accent">
          {words.asked(asked.map((field) => fieldName(field)).join(', '))}
        </p>
      )}
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
      <Group title={words.groups.basic} asks={asks(BASIC)}>
        <Basic form={form} />
      </Group>
      <Group title={words.groups.home} asks={asks(HOME)}>
        <Home form={form} />
      </Group>
      <Group title={words.groups.work} asks={asks(WORK)}>
        <Work form={form} store={store} />
      </Group>
      {(age === null || age >= WORKING_YEARS) && (
        <Group title={words.groups.social}>
          <Social form={form} member={member.id} />
        </Group>
      )}
      {isChild && (
        <Group title={words.groups.child} asks={asks(CHILD)}>
          <Child form={form} people={memberChoices(file, member.id)} />
        </Group>
      )}
      <Group title={words.groups.papers} asks={asks(isChild ? PAPERS : [...PAPERS, BORN_AT])}>
        <Papers form={form} store={store} />
        {!isChild && <RecordField form={form} field={BORN_AT} />}
      </Group>
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

interface GroupProps {
  title: string;
  open?: boolean;
  /** A paper asks for a field of this group: it stands open. */
  asks?: boolean;
  children: ComponentChildren;
}

function Group({ title, open, asks, children }: GroupProps) {
  return (
    <details class="card fold" open={open === true || asks === true}>
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

function Basic({ form }: { form: MemberForm }) {
  return (
    <>
      <RecordField form={form} field="full_name" hint={t().member.nameHint} />
      <RecordField form={form} field="known_as" />
      {form.values.name_is_provisional === true && (
        <RecordField form={form} field="name_is_provisional" />
      )}
      <RelationChips
        value={form.values.relation}
        onChange={(relation) => form.set({ relation })}
        error={form.errorOf('relation')}
        warning={form.warningOf('relation')}
      />
      <RecordField form={form} field="sex" />
      <BirthField
        value={form.values.birth_date ?? null}
        estimate={form.values.birth_is_estimate === true}
        onChange={(birth_date, birth_is_estimate) => form.set({ birth_date, birth_is_estimate })}
        error={form.errorOf('birth_date')}
        warning={form.warningOf('birth_date')}
      />
      <RecordField form={form} field="phone" />
      <RecordField form={form} field="note" />
    </>
  );
}

function Home({ form }: { form: MemberForm }) {
  const away = form.values.presence != null && form.values.presence !== 'here';
  return (
    <>
      <RecordField form={form} field="registration" />
      <RecordField form={form} field="presence" />
      {away && <RecordField form={form} field="away_since" />}
      {away && form.values.presence !== 'military' && (
        <RecordField form={form} field="away_place" />
      )}
      <RecordField form={form} field="since" />
      <RecordField form={form} field="since_reason" />
    </>
  );
}

function Work({ form, store }: { form: MemberForm; store: Store }) {
  const schools = useMemo(() => placeChoices(store, 'school', 'id'), [store]);
  const learns = form.values.work === 'pupil' || form.values.work === 'student';
  return (
    <>
      <RecordField form={form} field="work" />
      {learns && (
        <>
          {schools.length > 0 && <RecordField form={form} field="school" options={schools} />}
          {form.values.school == null && <RecordField form={form} field="school_other" />}
          <RecordField form={form} field="school_class" />
          <RecordField form={form} field="boards" />
        </>
      )}
    </>
  );
}

function Social({ form, member }: { form: MemberForm; member: string }) {
  const kind = form.values.social_insurance;
  const open = kind == null || kind === 'none' || kind === 'paused' || kind === 'lump_sum_taken';
  return (
    <>
      <RecordField form={form} field="social_insurance" />
      {kind === 'voluntary' && <RecordField form={form} field="voluntary_paid_to" />}
      {open && <RecordField form={form} field="voluntary_interest" />}
      {(open || kind === 'voluntary') && (
        <a class="button" href={`#/person/${member}/voluntary`}>
          <Icon name="coin" />
          {t().member.voluntary}
        </a>
      )}
      {kind === 'compulsory' && <RecordField form={form} field="unemployment_insurance" />}
      {form.values.work === 'unemployed' && (
        <RecordField form={form} field="unemployment_benefit_to" />
      )}
    </>
  );
}

function Child({ form, people }: { form: MemberForm; people: ReturnType<typeof memberChoices> }) {
  return (
    <>
      <RecordField form={form} field="mother" options={people} />
      <RecordField form={form} field="guardian" options={people} />
      {form.values.guardian == null && <RecordField form={form} field="guardian_name" />}
      <RecordField form={form} field="birth_registration" />
      {form.values.birth_registration === 'registered' && (
        <RecordField form={form} field="birth_registered_at" />
      )}
    </>
  );
}

function Papers({ form, store }: { form: MemberForm; store: Store }) {
  const clinics = useMemo(() => placeChoices(store, 'clinic', 'code'), [store]);
  const ethnic = useMemo(ethnicChoices, []);
  return (
    <>
      <RecordField form={form} field="personal_id" />
      <RecordField form={form} field="personal_id_state" />
      <RecordField form={form} field="bhxh_number" />
      <RecordField form={form} field="old_id_number" />
      <RecordField form={form} field="ethnic_group" options={ethnic} />
      <RecordField form={form} field="nationality" />
      {clinics.length > 0 && <RecordField form={form} field="clinic_wanted" options={clinics} />}
      <RecordField form={form} field="living_area" />
    </>
  );
}
