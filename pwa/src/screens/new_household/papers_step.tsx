import { useMemo } from 'preact/hooks';
import { AlikeWarning } from '../alike';
import { Chips } from '../../parts/chips';
import { Icon } from '../../parts/icon';
import { SelectField, TextField } from '../../parts/fields';
import { choices, fieldName, t, type Choice } from '../../words';
import { ethnicChoices } from '../ethnic';
import { named, withPerson, type Person } from './model';
import type { StepProps } from './wizard';

/** Papers last, and all of them may wait. */
export function PapersStep({ household, change, said }: StepProps) {
  const ethnic = useMemo(ethnicChoices, []);
  const forAll = (ethnic_group: string | null) =>
    change((now) => ({
      ...now,
      people: now.people.map((person) => ({ ...person, ethnic_group })),
    }));
  const first = named(household)[0];
  return (
    <>
      <p class="muted">{t().wizard.papersHint}</p>
      <section class="card">
        <TextField
          label={t().wizard.householdPhone}
          type="tel"
          value={household.phone}
          onChange={(phone) => change((now) => ({ ...now, phone }))}
        />
        <SelectField
          label={t().wizard.ethnicOfAll}
          options={ethnic}
          value={first?.ethnic_group}
          onChange={forAll}
        />
      </section>
      {named(household).map((person) => (
        <OnePerson
          key={person.id}
          person={person}
          household={household.id}
          said={(field) => said(person.id, field)}
          ethnic={ethnic}
          set={(part) => change((now) => withPerson(now, person.id, () => part))}
        />
      ))}
    </>
  );
}

interface Props {
  person: Person;
  household: string;
  said: (field: string) => ReturnType<StepProps['said']>;
  ethnic: readonly Choice[];
  set: (part: Partial<Person>) => void;
}

function OnePerson({ person, household, said, ethnic, set }: Props) {
  return (
    <details class="card fold">
      <summary>
        {person.full_name}
        <Icon name="down" />
      </summary>
      <div class="stack stack--wide">
        <TextField
          {...said('personal_id')}
          label={fieldName('personal_id')}
          digits
          limit={12}
          value={person.personal_id}
          onChange={(personal_id) => set({ personal_id })}
        />
        <Chips
          label={fieldName('personal_id_state')}
          options={choices('personal_id_state')}
          value={person.personal_id_state}
          onChange={(personal_id_state) => set({ personal_id_state })}
        />
        <TextField
          {...said('bhxh_number')}
          label={fieldName('bhxh_number')}
          digits
          limit={10}
          value={person.bhxh_number}
          onChange={(bhxh_number) => set({ bhxh_number })}
        />
        <AlikeWarning id={person.id} household={household} typed={{ ...person }} />
        <TextField
          {...said('phone')}
          label={fieldName('phone')}
          type="tel"
          value={person.phone}
          onChange={(phone) => set({ phone })}
        />
        <SelectField
          label={fieldName('ethnic_group')}
          options={ethnic}
          value={person.ethnic_group}
          onChange={(ethnic_group) => set({ ethnic_group })}
        />
      </div>
    </details>
  );
}
