import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import type { FieldProps } from '../../parts/fields';
import { Screen } from '../../parts/frame';
import { Loading } from '../../parts/states';
import { newId } from '../../store/ids';
import { t } from '../../words';
import { said } from '../checks';
import { useDraft } from '../drafts';
import { useStore } from '../phone';
import { depthNow, go, goInstead, goInsteadFrom } from '../router';
import { TrustPill } from '../trust';
import { currentVillage } from '../village';
import { FarmStep } from './farm_step';
import { InsuranceStep } from './insurance_step';
import {
  findingsOf,
  named,
  newHousehold,
  STEPS,
  titleOf,
  type NewHousehold,
  type Step,
} from './model';
import { NamesStep } from './names_step';
import { PapersStep } from './papers_step';
import { PeopleStep } from './people_step';
import { ReviewStep } from './review_step';

export interface StepProps {
  household: NewHousehold;
  change: (step: (now: NewHousehold) => NewHousehold) => void;
  /** What is wrong with a field of one of the people, in words. */
  said: (person: string, field: string) => Pick<FieldProps, 'error' | 'warning'>;
}

const BODY: Readonly<Record<Exclude<Step, 'review'>, (props: StepProps) => JSX.Element>> = {
  names: NamesStep,
  people: PeopleStep,
  insurance: InsuranceStep,
  farm: FarmStep,
  papers: PapersStep,
};

/** A new household in six short steps; every keystroke is kept until it is saved. */
export function Wizard({ id, step }: { id: string; step: string }) {
  const store = useStore();
  const village = currentVillage(store);
  const draft = useDraft<NewHousehold>(
    `new:${id}`,
    () => newHousehold(id, village?.id ?? '', newId),
    (body) => ({ title: label(body), path: `/new/${id}/${known(step)}`, village: body.village }),
  );
  const [entry] = useState(depthNow);
  const saved = useRef(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const now = known(step);
  const household = draft.body;
  useEffect(() => setRefusal(null), [now, household]);
  useEffect(() => {
    // Reached again by the back button: what is saved is edited on its own page, never made twice.
    if (!saved.current && store.summaries.value.has(id)) goInstead(`/household/${id}`);
  }, [id]);
  useEffect(() => {
    // Nobody to ask about: a later step opened by its address starts at the first.
    if (household !== undefined && now !== 'names' && named(household).length === 0) {
      goInstead(`/new/${id}/names`);
    }
    // Going on is kept too: a draft opens again at the step it was left at.
    else if (household !== undefined && now !== 'names') draft.change((body) => body);
  }, [household === undefined, now]);
  const asked = { today: store.today(), noticeVersion: null };
  const words = t().wizard;
  const at = STEPS.indexOf(now);
  const title = words.steps[now];
  if (household === undefined) {
    return (
      <Screen title={title} back="#/today">
        <Loading />
      </Screen>
    );
  }
  const leave = () => {
    saved.current = true;
    goInsteadFrom(entry, `/household/${id}`);
  };
  if (now === 'review')
    return (
      <ReviewStep household={household} change={draft.change} drop={draft.drop} leave={leave} />
    );
  const next = () => {
    const no = refuse(now, household);
    setRefusal(no);
    const following = STEPS[at + 1];
    if (no === null && following !== undefined) go(`/new/${id}/${following}`);
  };
  const Body = BODY[now];
  return (
    <Screen
      title={title}
      back="#/today"
      aside={<TrustPill />}
      dock={
        <>
          {refusal !== null && (
            <p class="notice notice--danger dock-wide" role="alert">
              {refusal}
            </p>
          )}
          <button type="button" class="button button--primary button--big" onClick={next}>
            {now === 'papers' && !hasPapers(household) ? words.skipPapers : t().app.next}
            <Icon name="next" />
          </button>
        </>
      }
    >
      <StepLine at={at} />
      <Body household={household} change={draft.change} said={saidOf(household, asked)} />
    </Screen>
  );
}

function saidOf(
  household: NewHousehold,
  asked: Parameters<typeof findingsOf>[1],
): StepProps['said'] {
  const findings = findingsOf(household, asked);
  return (person, field) => {
    const found = findings.find((finding) => finding.person === person && finding.field === field);
    if (found === undefined) return {};
    return found.weight === 'blocks' ? { error: said(found.code) } : { warning: said(found.code) };
  };
}

export function StepLine({ at }: { at: number }) {
  return (
    <div class="stack stack--tight">
      <span class="muted small">{t().wizard.step(at + 1, STEPS.length)}</span>
      <progress
        value={at + 1}
        max={STEPS.length}
        aria-label={t().wizard.step(at + 1, STEPS.length)}
      />
    </div>
  );
}

function known(step: string): Step {
  return STEPS.find((one) => one === step) ?? 'names';
}

function label(household: NewHousehold): string {
  const name = titleOf(household);
  return name === '' ? t().today.draftNew : t().today.draftOf(name);
}

function refuse(step: Step, household: NewHousehold): string | null {
  if (step !== 'names') return null;
  if (household.village === '') return t().wizard.village_needed;
  return named(household).length === 0 ? t().wizard.needName : null;
}

function hasPapers(household: NewHousehold): boolean {
  return named(household).some(
    (person) =>
      (person.personal_id ?? person.bhxh_number ?? person.phone ?? person.ethnic_group) !== null,
  );
}
