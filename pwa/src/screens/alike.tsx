import { useMemo } from 'preact/hooks';
import { isNameless, looksLike, personOf, type Person } from '../domain/alike';
import { cleanText } from '../domain/text';
import type { MemberSummary, PersonHit, Store } from '../store/face';
import { t } from '../words';
import { householdName, placeOf } from './people';
import { useStore } from './phone';
import type { Typed } from './typed';

const SHOWN = 3;
const SHORTEST_NAME = 4;
const NUMBER_LENGTHS = new Set([10, 12]);

interface Props {
  /** The record that is being typed: nobody is a double of themselves. */
  id: string;
  household: string;
  typed: Typed<'member'>;
}

/** Says who on this phone looks like the person being typed. A hint with links; it stops nothing. */
export function AlikeWarning({ id, household, typed }: Props) {
  const store = useStore();
  const { full_name, known_as, birth_date, birth_is_estimate, sex, personal_id } = typed;
  const { bhxh_number, name_is_provisional } = typed;
  const found = useMemo(
    () => lookAlikes(store, id, household, typed),
    [
      store.changed.value,
      id,
      full_name,
      known_as,
      birth_date,
      birth_is_estimate,
      sex,
      personal_id,
      bhxh_number,
      name_is_provisional,
    ],
  );
  if (found.length === 0) return null;
  return (
    <section class="notice notice--warn" role="status">
      <p>
        <b>{t().alike.title}</b>
      </p>
      <ul class="list">
        {found.slice(0, SHOWN).map((hit) => (
          <li key={hit.member.id}>
            <LookAlike hit={hit} village={villageName(store, hit)} />
          </li>
        ))}
      </ul>
      <p class="small">{t().alike.hint}</p>
    </section>
  );
}

function LookAlike({ hit, village }: { hit: PersonHit; village: string }) {
  const { member, summary } = hit;
  const words = t().alike;
  const about = [
    member.birth === null ? null : words.born(member.birth.slice(0, 4)),
    householdName(summary),
    village,
    placeOf(summary) || null,
  ];
  return (
    <a class="item" href={`#/person/${member.id}`}>
      <span class="grow stack stack--tight">
        <b>{member.name}</b>
        <small>{about.filter((part) => part !== null).join(' · ')}</small>
      </span>
    </a>
  );
}

/** Everybody on this phone who may be the person typed, by number, by name, and in the same house. */
export function lookAlikes(
  store: Store,
  id: string,
  household: string,
  typed: Typed<'member'>,
): PersonHit[] {
  const person = personOf({ ...cleaned(typed), household });
  const hits = new Map<string, PersonHit>();
  for (const text of questions(person)) {
    for (const hit of store.search(text)) hits.set(hit.member.id, hit);
  }
  const home = store.summaries.value.get(household);
  for (const member of home?.members ?? []) {
    if (home !== undefined && !member.merged) {
      hits.set(member.id, { household, member, summary: home });
    }
  }
  hits.delete(id);
  return [...hits.values()].filter((hit) => looksLike(person, known(hit)) !== null);
}

/** A search goes over every name of the phone: it is asked only what can lead to somebody. */
function questions(person: Person): string[] {
  const asked: string[] = [];
  const dated = person.birthDate !== null && !isNameless(person.fullName);
  for (const name of [person.fullName, person.knownAs ?? '']) {
    if (dated && name.length >= SHORTEST_NAME) asked.push(name);
  }
  for (const number of [person.personalId, person.bhxhNumber]) {
    if (number !== null && NUMBER_LENGTHS.has(number.length)) asked.push(number);
  }
  return asked;
}

function cleaned(typed: Typed<'member'>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      typeof value === 'string' ? cleanText(value) : value,
    ]),
  );
}

function known({ member, summary }: PersonHit): Person {
  return {
    fullName: member.name,
    knownAs: member.knownAs,
    unnamed: member.unnamed || isNameless(member.name),
    birthDate: birthOf(member),
    birthIsEstimate: member.birthIsEstimate,
    sex: member.sex,
    personalId: member.personalId,
    bhxhNumber: member.bhxhNumber,
    household: summary.id,
  };
}

/** A date that waits as it was typed may not be one. */
function birthOf({ birth }: MemberSummary): string | null {
  return birth !== null && /^\d{4}(-\d\d(-\d\d)?)?$/.test(birth) ? birth : null;
}

function villageName(store: Store, { summary }: PersonHit): string {
  return store.villages.value.find(({ id }) => id === summary.village)?.name ?? '';
}
