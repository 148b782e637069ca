import { Chips } from '../../parts/chips';
import { DateField } from '../../parts/fields';
import { choices, fieldName, t } from '../../words';
import { EVIDENCE } from '../person/evidence';
import { isUninsuredAnswer, named, withAnswer, withPerson, type Person } from './model';
import type { StepProps } from './wizard';

/** Cards for everybody on one page; reasons only for the uninsured. Whoever is not asked stays 'not asked'. */
export function InsuranceStep({ household, change, said }: StepProps) {
  return (
    <>
      <p class="muted">{t().wizard.insuranceHint}</p>
      {named(household).map((person) => (
        <OnePerson
          key={person.id}
          person={person}
          said={(field) => said(person.id, field)}
          set={(step) => change((now) => withPerson(now, person.id, step))}
        />
      ))}
    </>
  );
}

interface Props {
  person: Person;
  said: (field: string) => ReturnType<StepProps['said']>;
  set: (step: (now: Person) => Partial<Person>) => void;
}

function OnePerson({ person, said, set }: Props) {
  const answer = person.insurance_answer;
  return (
    <section class="card" aria-label={person.full_name}>
      <Chips
        label={person.full_name}
        options={choices('insurance_answer')}
        value={answer}
        onChange={(next) => set((now) => withAnswer(now, next))}
      />
      {(answer === 'has_card' || answer === 'had_card') && (
        <Card person={person} said={said} set={set} current={answer === 'has_card'} />
      )}
      {isUninsuredAnswer(answer) && <Reasons person={person} said={said} set={set} />}
    </section>
  );
}

const NO_END = 'no_end';

function Card({ person, said, set, current }: Props & { current: boolean }) {
  const words = t().wizard;
  const { card } = person;
  return (
    <>
      <DateField
        {...said('valid_to')}
        label={words.until}
        value={card.until}
        onChange={(until) => set((now) => ({ card: { ...now.card, until, noEnd: false } }))}
      />
      {current && (
        <>
          <Chips
            label={words.until}
            quiet
            options={[[NO_END, t().card.noEnd]]}
            value={card.noEnd ? NO_END : null}
            onChange={(choice) =>
              set((now) => ({ card: { ...now.card, noEnd: choice === NO_END, until: null } }))
            }
          />
          <Chips
            label={t().card.evidence}
            options={choices('card_evidence', EVIDENCE)}
            value={card.evidence}
            onChange={(evidence) => set((now) => ({ card: { ...now.card, evidence } }))}
          />
        </>
      )}
    </>
  );
}

function Reasons({ person, set }: Props) {
  return (
    <>
      <Chips
        label={fieldName('uninsured_reason')}
        options={choices('uninsured_reason')}
        value={person.uninsured_reason}
        onChange={(uninsured_reason) => set(() => ({ uninsured_reason }))}
      />
      <Chips
        label={fieldName('intends_to_join')}
        options={choices('intention')}
        value={person.intends_to_join}
        onChange={(intends_to_join) => set(() => ({ intends_to_join }))}
      />
    </>
  );
}
