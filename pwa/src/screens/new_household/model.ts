/* A new household while it is being asked, and the one save it becomes. Pure: time and ids are passed in. */
import type { Edit, Values } from '../../store/face';
import { lastWholeMonth } from '../household/farm_lines';
import { made, type FarmLine, type Typed } from '../typed';
import { checkHousehold } from '../../domain/findings';
import { checkRecord, type Finding } from '../checks';

export const STEPS = ['names', 'people', 'insurance', 'farm', 'papers', 'review'] as const;
export type Step = (typeof STEPS)[number];

export interface Person {
  id: string;
  full_name: string;
  relation: string | null;
  sex: string | null;
  birth_date: string | null;
  birth_is_estimate: boolean | null;
  registration: string | null;
  presence: string | null;
  insurance_answer: string | null;
  /** Only of somebody who has a card. */
  card: { id: string; until: string | null; noEnd: boolean; evidence: string | null };
  uninsured_reason: string | null;
  intends_to_join: string | null;
  personal_id: string | null;
  personal_id_state: string | null;
  bhxh_number: string | null;
  ethnic_group: string | null;
  phone: string | null;
}

export interface FarmAnswers {
  works: boolean | null;
  main: boolean | null;
  living: 'poor' | 'near_poor' | 'neither' | null;
  workers: number | null;
  activity: string | null;
  lines: FarmLine[];
}

export interface NewHousehold {
  id: string;
  village: string;
  visit: string;
  assessment: string;
  hamlet: string | null;
  address: string | null;
  phone: string | null;
  people: Person[];
  farm: FarmAnswers;
  notice: boolean;
}

export type MakeId = () => string;

export function newPerson(makeId: MakeId, head: boolean): Person {
  return {
    id: makeId(),
    full_name: '',
    relation: head ? 'head' : null,
    sex: null,
    birth_date: null,
    birth_is_estimate: null,
    registration: 'permanent',
    presence: 'here',
    insurance_answer: null,
    card: { id: makeId(), until: null, noEnd: false, evidence: null },
    uninsured_reason: null,
    intends_to_join: null,
    personal_id: null,
    personal_id_state: null,
    bhxh_number: null,
    ethnic_group: null,
    phone: null,
  };
}

export function newHousehold(id: string, village: string, makeId: MakeId): NewHousehold {
  return {
    id,
    village,
    visit: makeId(),
    assessment: makeId(),
    hamlet: null,
    address: null,
    phone: null,
    people: [newPerson(makeId, true), newPerson(makeId, false)],
    farm: { works: null, main: null, living: null, workers: null, activity: null, lines: [] },
    notice: false,
  };
}

/** Rows with a name; empty rows of the grid are nobody. */
export function named(household: NewHousehold): Person[] {
  return household.people.filter((person) => person.full_name.trim() !== '');
}

export function titleOf(household: NewHousehold): string {
  const people = named(household);
  const head = people.find((person) => person.relation === 'head') ?? people[0];
  return head?.full_name.trim() ?? '';
}

export function withPerson(
  household: NewHousehold,
  id: string,
  step: (now: Person) => Partial<Person>,
): NewHousehold {
  const people = household.people.map((person) =>
    person.id === id ? { ...person, ...step(person) } : person,
  );
  return { ...household, people };
}

/** A name typed; when it is the last row's, an empty row follows. */
export function withName(
  household: NewHousehold,
  id: string,
  full_name: string,
  makeId: MakeId,
): NewHousehold {
  const next = withPerson(household, id, () => ({ full_name }));
  const last = next.people[next.people.length - 1];
  if (last === undefined || last.full_name === '') return next;
  return { ...next, people: [...next.people, newPerson(makeId, false)] };
}

/** One head only: who was head before has no relation until asked again. */
export function withHead(household: NewHousehold, id: string): NewHousehold {
  const people = household.people.map((person) => {
    if (person.id === id) return { ...person, relation: 'head' };
    return person.relation === 'head' ? { ...person, relation: null } : person;
  });
  return { ...household, people };
}

/** The card and the reasons follow the answer: what was said under another answer must not ride along. */
export function withAnswer(person: Person, insurance_answer: string | null): Person {
  const has = insurance_answer === 'has_card' || insurance_answer === 'had_card';
  const lacks = isUninsuredAnswer(insurance_answer);
  return {
    ...person,
    insurance_answer,
    card: has ? person.card : { ...person.card, until: null, noEnd: false, evidence: null },
    uninsured_reason: lacks ? person.uninsured_reason : null,
    intends_to_join: lacks ? person.intends_to_join : null,
  };
}

/** The nearest person before whose card may be taken over, as long as nothing is said of this one's. */
export function cardToCopy(household: NewHousehold, person: Person): Person | null {
  if (isTold(person)) return null;
  const people = named(household);
  const before = people
    .slice(
      0,
      people.findIndex(({ id }) => id === person.id),
    )
    .reverse();
  return before.find((one) => one.insurance_answer === 'has_card' && isTold(one)) ?? null;
}

function isTold({ card }: Person): boolean {
  return card.until !== null || card.noEnd || card.evidence !== null;
}

export function isUninsuredAnswer(answer: string | null): boolean {
  return answer === 'had_card' || answer === 'never_had';
}

/** Whether the income worksheet is worth asking: a farming household of neither poor class. Null: not known yet. */
export function farmCandidate({ works, main, living }: FarmAnswers): boolean | null {
  if (works === false || main === false || living === 'poor' || living === 'near_poor')
    return false;
  return works === true && main === true && living === 'neither' ? true : null;
}

interface Asked {
  today: string;
  noticeVersion: string | null;
}

/** Household, members, cards, visit and assessment: one list, for one save. Unknown fields are left out. */
export function editsOf(household: NewHousehold, asked: Asked): Edit[] {
  const people = named(household);
  const { village } = household;
  const visit = {
    household: household.id,
    on: asked.today,
    outcome: people.every((person) => person.insurance_answer !== null) ? 'met' : 'partly',
  };
  return [
    made('household', household.id, village, householdData(household, asked)),
    ...people.map((person) =>
      made('member', person.id, village, memberData(household.id, person, asked.today)),
    ),
    ...people.flatMap((person) => cardEdits(village, person, asked.today)),
    made('visit', household.visit, village, visit),
    ...assessmentEdits(household, asked.today),
  ];
}

function householdData(
  household: NewHousehold,
  { today, noticeVersion }: Asked,
): Typed<'household'> {
  const { living } = household.farm;
  const known = living === 'poor' || living === 'near_poor';
  const noticed = household.notice && noticeVersion !== null;
  return {
    village: household.village,
    hamlet: household.hamlet,
    address: household.address,
    phone: household.phone,
    living_class: known ? living : null,
    living_class_source: known ? 'told' : null,
    notice_version: noticed ? noticeVersion : null,
    notice_on: noticed ? today : null,
  };
}

function memberData(household: string, person: Person, today: string): Typed<'member'> {
  const told: Partial<Person> = { ...person };
  delete told.id;
  delete told.card;
  return {
    household,
    ...told,
    insurance_asked_on: person.insurance_answer === null ? null : today,
  };
}

/** A card is recorded when its proof is known; the answer alone says that there is one. */
function cardEdits(village: string, person: Person, today: string): Edit[] {
  const { id, until, noEnd, evidence } = person.card;
  const told = person.insurance_answer === 'has_card' || person.insurance_answer === 'had_card';
  if (!told || (until === null && !noEnd && evidence === null)) return [];
  const data = {
    member: person.id,
    evidence: evidence ?? 'told',
    valid_to: noEnd ? null : until,
    checked_on: evidence === 'app' ? today : null,
  };
  return [made('card', id, village, data)];
}

function assessmentEdits(household: NewHousehold, today: string): Edit[] {
  const { farm } = household;
  const people = named(household).length;
  const told = farm.lines.length > 0 || farm.workers !== null || farm.activity !== null;
  if (farm.works !== true || !told) return [];
  const data = {
    household: household.id,
    months_to: lastWholeMonth(today),
    lines: farm.lines.length > 0 ? farm.lines : null,
    people,
    farm_workers: farm.workers,
    main_activity: farm.activity,
  };
  return [made('farm_assessment', household.assessment, household.village, data)];
}

/** A finding and the step where it can be mended. */
export interface Placed extends Finding {
  step: Step;
  person: string | null;
  name: string;
}

const PAPERS = new Set([
  'personal_id',
  'personal_id_state',
  'bhxh_number',
  'ethnic_group',
  'phone',
]);
const INSURANCE = new Set(['insurance_answer', 'uninsured_reason', 'intends_to_join']);

/** Everything there is to say about the household as it would be saved, people by people. */
export function findingsOf(household: NewHousehold, asked: Asked): Placed[] {
  const people = named(household);
  const placed = editsOf(household, asked).flatMap((edit) => {
    const person = personOf(people, edit);
    return checkRecord(edit.entity, edit.set, asked.today).map((finding) => ({
      ...finding,
      step: stepOf(edit, finding.field),
      person: person?.id ?? null,
      name: person?.full_name.trim() ?? '',
    }));
  });
  const members = people.map((person) => memberData(household.id, person, asked.today) as Values);
  const together = checkHousehold(members, asked.today).map((finding): Placed => ({
    ...finding,
    step: stepOfMember(finding.field),
    person: null,
    name: '',
  }));
  return [...placed, ...together];
}

function personOf(people: readonly Person[], edit: Edit): Person | undefined {
  const id = edit.entity === 'card' ? (edit.set as Values)['member'] : edit.record;
  return people.find((person) => person.id === id);
}

function stepOf(edit: Edit, field: string): Step {
  if (edit.entity === 'household') return 'names';
  if (edit.entity === 'card') return 'insurance';
  if (edit.entity === 'farm_assessment') return 'farm';
  return edit.entity === 'member' ? stepOfMember(field) : 'review';
}

function stepOfMember(field: string): Step {
  if (field === 'full_name') return 'names';
  if (PAPERS.has(field)) return 'papers';
  return INSURANCE.has(field) ? 'insurance' : 'people';
}
