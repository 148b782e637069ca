import { useState } from 'preact/hooks';
import { Chips } from '../../parts/chips';
import { choices, fieldName, t } from '../../words';
import { AlikeWarning } from '../alike';
import { BirthField } from '../birth_field';
import { RelationChips } from '../relation_chips';
import { named, withHead, withPerson, type Person } from './model';
import type { StepProps } from './wizard';

/** Row by row: relation, sex, birth. Registration and presence are assumed and changed only when they differ. */
export function PeopleStep({ household, change, said }: StepProps) {
  return (
    <>
      {named(household).map((person) => (
        <OnePerson
          key={person.id}
          person={person}
          household={household.id}
          said={(field) => said(person.id, field)}
          set={(part) => change((now) => withPerson(now, person.id, () => part))}
          makeHead={() => change((now) => withHead(now, person.id))}
        />
      ))}
    </>
  );
}

interface Props {
  person: Person;
  household: string;
  said: (field: string) => ReturnType<StepProps['said']>;
  set: (part: Partial<Person>) => void;
  makeHead: () => void;
}

function OnePerson({ person, household, said, set, makeHead }: Props) {
  const head = person.relation === 'head';
  return (
    <section class="card" aria-label={person.full_name}>
      <div class="row row--between">
        <h2>{person.full_name}</h2>
        {head && <span class="tag tag--accent">{t().kinds.relation.head}</span>}
      </div>
      {!head && (
        <RelationChips
          withHead={false}
          value={person.relation}
          onChange={(relation) => set({ relation })}
        />
      )}
      <Chips
        label={fieldName('sex')}
        options={choices('sex')}
        value={person.sex}
        onChange={(sex) => set({ sex })}
      />
      <BirthField
        {...said('birth_date')}
        value={person.birth_date}
        estimate={person.birth_is_estimate === true}
        onChange={(birth_date, birth_is_estimate) => set({ birth_date, birth_is_estimate })}
      />
      <AlikeWarning id={person.id} household={household} typed={{ ...person }} />
      <Living person={person} set={set} makeHead={makeHead} />
    </section>
  );
}

function Living({ person, set, makeHead }: Omit<Props, 'household' | 'said'>) {
  const words = t().wizard;
  const usual = person.registration === 'permanent' && person.presence === 'here';
  const [open, setOpen] = useState(!usual);
  if (!open) {
    return (
      <div class="row row--between">
        <span class="muted small">{words.defaults}</span>
        <button
          type="button"
          class="button button--quiet"
          aria-label={`${words.different}: ${person.full_name}`}
          onClick={() => setOpen(true)}
        >
          {words.different}
        </button>
      </div>
    );
  }
  return (
    <>
      <Chips
        label={fieldName('registration')}
        options={choices('registration')}
        value={person.registration}
        onChange={(registration) => set({ registration })}
      />
      <Chips
        label={fieldName('presence')}
        options={choices('presence')}
        value={person.presence}
        onChange={(presence) => set({ presence })}
      />
      {person.relation !== 'head' && (
        <button type="button" class="button" onClick={makeHead}>
          {words.setHead}
        </button>
      )}
    </>
  );
}
