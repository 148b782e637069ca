import { Chips } from '../../parts/chips';
import { DateField } from '../../parts/fields';
import { choices, fieldName, t } from '../../words';
import { EvidenceChips } from '../evidence_chips';
import { TalkingPoints } from '../talking';
import { cardToCopy, isUninsuredAnswer, named, withAnswer, withPerson, type Person } from './model';
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
          copy={cardToCopy(household, person)}
          village={household.village}
          said={(field) => said(person.id, field)}
          set={(step) => change((now) => withPerson(now, person.id, step))}
        />
      ))}
    </>
  );
}

interface Props {
  person: Person;
  /** Somebody before whose card is told already: families often join on one day. */
  copy: Person | null;
  village: string;
  said: (field: string) => ReturnType<StepProps['said']>;
  set: (step: (now: Person) => Partial<Person>) => void;
}

function OnePerson({ person, copy, village, said, set }: Props) {
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
        <Card person={person} copy={copy} said={said} set={set} current={answer === 'has_card'} />
      )}
      {isUninsuredAnswer(answer) && <Reasons person={person} set={set} village={village} />}
    </section>
  );
}

const NO_END = 'no_end';

function Card({ person, copy, said, set, current }: Omit<Props, 'village'> & { current: boolean }) {
  const words = t().wizard;
  const { card } = person;
  return (
    <>
      {current && copy !== null && (
        <button
          type="button"
          class="button button--soft"
          onClick={() => set((now) => ({ card: { ...copy.card, id: now.card.id } }))}
        >
          {words.sameCard(copy.full_name.trim())}
        </button>
      )}
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
          <EvidenceChips
            value={card.evidence}
            onChange={(evidence) => set((now) => ({ card: { ...now.card, evidence } }))}
          />
        </>
      )}
    </>
  );
}

function Reasons({ person, set, village }: Pick<Props, 'person' | 'set' | 'village'>) {
  return (
    <>
      <Chips
        label={fieldName('uninsured_reason')}
        options={choices('uninsured_reason')}
        value={person.uninsured_reason}
        onChange={(uninsured_reason) => set(() => ({ uninsured_reason }))}
      />
      <TalkingPoints reason={person.uninsured_reason} village={village} title={t().member.talkOf} />
      <Chips
        label={fieldName('intends_to_join')}
        options={choices('intention')}
        value={person.intends_to_join}
        onChange={(intends_to_join) => set(() => ({ intends_to_join }))}
      />
    </>
  );
}
