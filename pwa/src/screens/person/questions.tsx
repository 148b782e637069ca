/* The questions about one person, in groups. */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import type { Store } from '../../store/face';
import { t } from '../../words';
import { BirthField } from '../birth_field';
import { ethnicChoices } from '../ethnic';
import { memberChoices } from '../household/members';
import { RecordField } from '../record_field';
import type { RecordForm } from '../record_form';
import { placeChoices } from '../reference';
import { RelationChips } from '../relation_chips';
import type { PersonProps } from './routes';

const CHILD_YEARS = 6;
const WORKING_YEARS = 15;
const BORN_AT = 'birth_registered_at';

export type MemberForm = RecordForm<'member'>;

/** A group of questions, and those of its fields that papers ask for. */
export interface Questions {
  readonly title: string;
  readonly fields: readonly string[];
  readonly body: ComponentChildren;
}

interface Asking extends Omit<PersonProps, 'rest'> {
  form: MemberForm;
  store: Store;
  age: number | null;
}

/** The questions that fit this person, in the order of the page. */
export function questionsOf({ file, member, form, store, age }: Asking): Questions[] {
  const names = t().member.groups;
  const isChild = age !== null && age < CHILD_YEARS;
  const people = memberChoices(file, member.id);
  const papers = ['personal_id', 'ethnic_group', 'clinic_wanted'];
  const social = {
    title: names.social,
    fields: [],
    body: <Social form={form} member={member.id} />,
  };
  const child = {
    title: names.child,
    fields: ['guardian_name', BORN_AT],
    body: <Child form={form} people={people} />,
  };
  return [
    {
      title: names.basic,
      fields: ['full_name', 'relation', 'sex', 'birth_date'],
      body: <Basic form={form} />,
    },
    { title: names.home, fields: ['registration'], body: <Home form={form} /> },
    { title: names.work, fields: ['work'], body: <Work form={form} store={store} /> },
    ...(age === null || age >= WORKING_YEARS ? [social] : []),
    ...(isChild ? [child] : []),
    {
      title: names.papers,
      fields: isChild ? papers : [...papers, BORN_AT],
      body: <Papers form={form} store={store} bornAt={!isChild} />,
    },
  ];
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

function Papers({ form, store, bornAt }: { form: MemberForm; store: Store; bornAt: boolean }) {
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
      {bornAt && <RecordField form={form} field={BORN_AT} />}
    </>
  );
}
