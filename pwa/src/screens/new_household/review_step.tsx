import { useMemo, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { Screen } from '../../parts/frame';
import { StatusWord, type Shown } from '../../parts/status';
import { answerFacts, cardFacts, statusOn } from '../../domain/status';
import { fieldName, t, wordFor } from '../../words';
import { said } from '../checks';
import { birthText } from '../people';
import { useStore } from '../phone';
import { currentNotice } from '../reference';
import { SaveDock } from '../save_dock';
import { useSaving } from '../saving';
import { editsOf, findingsOf, named, STEPS, titleOf, type Person, type Placed } from './model';
import { StepLine, type StepProps } from './wizard';

interface Props extends Omit<StepProps, 'said'> {
  drop: () => Promise<void>;
  /** After saving: on to the household, the steps of the form out of the way. */
  leave: () => void;
}

/** Everything once more, what is wrong with it, and one save for all of it. */
export function ReviewStep({ household, change, drop, leave }: Props) {
  const store = useStore();
  const words = t().wizard;
  const saving = useSaving();
  const [told, setTold] = useState(false);
  const asked = { today: store.today(), noticeVersion: currentNotice(store)?.version ?? null };
  const findings = useMemo(() => findingsOf(household, asked), [household, asked.today]);
  const blocks = findings.filter((finding) => finding.weight === 'blocks');
  const notice = (read: boolean) => change((now) => ({ ...now, notice: read }));
  const save = async () => {
    if (blocks.length > 0 || (findings.length > 0 && !told)) {
      setTold(true);
      return;
    }
    const here = location.hash;
    if (!(await saving.save(editsOf(household, asked), words.saved(titleOf(household))))) return;
    await drop();
    if (location.hash === here) leave();
  };
  return (
    <Screen
      title={words.steps.review}
      back="#/today"
      dock={
        <SaveDock
          label={
            told && blocks.length === 0 && findings.length > 0 ? words.confirmWarnings : words.save
          }
          {...saving}
          onSave={() => void save()}
        />
      }
    >
      <StepLine at={STEPS.length - 1} />
      <section class="card">
        <p>
          {[household.hamlet, household.address]
            .filter((part) => part != null && part !== '')
            .join(' · ')}
        </p>
        <ul class="stack">
          {named(household).map((person) => (
            <Row key={person.id} person={person} today={asked.today} />
          ))}
        </ul>
        <p class="muted">{words.review(named(household).length)}</p>
      </section>
      {asked.noticeVersion !== null && (
        <label class="check card">
          <input
            type="checkbox"
            checked={household.notice}
            onChange={(event) => notice(event.currentTarget.checked)}
          />
          {words.notice}
        </label>
      )}
      {findings.length > 0 && (
        <Findings findings={findings} id={household.id} blocked={blocks.length > 0} />
      )}
    </Screen>
  );
}

function Row({ person, today }: { person: Person; today: string }) {
  const facts = [
    wordFor('relation', person.relation),
    wordFor('sex', person.sex),
    birthText(person.birth_date, person.birth_is_estimate === true, today),
  ];
  return (
    <li class="stack stack--tight">
      <b>{person.full_name}</b>
      <small class="muted">{facts.filter((fact) => fact !== '').join(' · ')}</small>
      <StatusWord shown={statusOf(person, today)} day={person.card.until} />
    </li>
  );
}

/** The status this person will have, by the one rule. */
function statusOf(person: Person, today: string): Shown {
  const { until, noEnd, evidence } = person.card;
  const recorded = until !== null || noEnd || evidence !== null;
  const card = { evidence, valid_to: until, checked_on: evidence === 'app' ? today : null };
  const answer = { insurance_answer: person.insurance_answer, insurance_asked_on: today };
  return statusOn(today, recorded ? [cardFacts(card)] : [], [], answerFacts(answer));
}

function Findings({
  findings,
  id,
  blocked,
}: {
  findings: readonly Placed[];
  id: string;
  blocked: boolean;
}) {
  const words = t();
  return (
    <section class={`notice ${blocked ? 'notice--danger' : 'notice--warn'}`} role="alert">
      <p>
        <b>{blocked ? words.wizard.fixFirst : words.wizard.warnings}</b>
      </p>
      <ul class="stack">
        {findings.map((finding) => (
          <li
            key={`${finding.person ?? ''} ${finding.field} ${finding.code}`}
            class="stack stack--tight"
          >
            <span>
              {finding.name !== '' && <b>{finding.name}: </b>}
              {fieldName(finding.field)}. {said(finding.code)}
            </span>
            <a class="button" href={`#/new/${id}/${finding.step}`}>
              <Icon name="edit" />
              {words.wizard.fix}
            </a>
          </li>
        ))}
      </ul>
      {!blocked && <p>{words.wizard.warningsHint}</p>}
    </section>
  );
}
