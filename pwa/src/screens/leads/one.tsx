import { useMemo, useState } from 'preact/hooks';
import { addDays, addMonths } from '../../domain/partial';
import { Chips } from '../../parts/chips';
import { showDate } from '../../parts/dates';
import { DateField, TextField } from '../../parts/fields';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { Empty } from '../../parts/states';
import { NotKnown } from '../../domain/legal/tables';
import type { Rec } from '../../store/face';
import { choices, t, wordFor, type Choice } from '../../words';
import { leadWords } from '../../words/leads';
import { ageText } from '../people';
import type { PersonProps } from '../person/routes';
import { useStore } from '../phone';
import { groundOf } from '../rights/ground';
import { back } from '../router';
import { SaveDock } from '../save_dock';
import { useSaving } from '../saving';
import { TrustPill } from '../trust';
import type { LeadOutcome } from '../../wire/kinds';
import { mayJoin } from '../voluntary/model';
import { remember } from './just_saved';
import { editsOf, lackOf, mobilisers, type Said } from './model';
import { whyWords } from './words';
import '../../styles/rights.css';

const LIST = '#/leads';

/** One person to be talked to, why, and what came of it. */
export function LeadPage({ file, member, rest }: PersonProps) {
  const lead = file.leads.find(({ id }) => id === rest[1]);
  const words = leadWords();
  if (lead === undefined) {
    return (
      <Screen title={words.over} back={LIST}>
        <Empty icon="check" title={words.over}>
          <p>{words.overText}</p>
        </Empty>
      </Screen>
    );
  }
  return <Found key={lead.id} {...{ file, member, lead }} />;
}

interface FoundProps extends Pick<PersonProps, 'file' | 'member'> {
  lead: Rec<'lead'>;
}

function Found({ file, member, lead }: FoundProps) {
  const store = useStore();
  const words = leadWords();
  const day = store.today();
  const saving = useSaving();
  const names = useMemo(() => mobilisers(store), []);
  const [said, setSaid] = useState<Said>({ ...saidBefore(lead, names[0] ?? '') });
  const [asked, setAsked] = useState(false);
  const change = (more: Partial<Said>) => setSaid((before) => ({ ...before, ...more }));
  const lack = lackOf(said);
  const save = async () => {
    setAsked(true);
    if (lack !== null) return;
    const edits = editsOf(lead, member, said, day);
    if (!(await saving.save(edits, words.saved))) return;
    remember(lead.id, edits);
    back(LIST);
  };
  return (
    <Screen
      title={member.data.full_name ?? ''}
      back={LIST}
      aside={<TrustPill />}
      dock={
        <SaveDock
          label={words.save}
          working={saving.working}
          failed={saving.failed}
          onSave={() => void save()}
        />
      }
    >
      <About {...{ file, member, lead, day }} />
      <section class="card stack stack--wide">
        <Outcomes
          value={said.outcome}
          onChange={(outcome) => change({ outcome: outcome as LeadOutcome | null })}
          error={asked && lack === 'chooseOutcome' ? words.chooseOutcome : undefined}
        />
        {said.outcome === 'call_later' && (
          <CallDay
            value={said.callOn}
            onChange={(callOn) => change({ callOn })}
            error={asked && lack === 'chooseDay' ? words.chooseDay : undefined}
          />
        )}
        {said.outcome === 'joined' && (
          <>
            <Mobiliser
              names={names}
              value={said.mobilisedBy}
              onChange={(mobilisedBy) => change({ mobilisedBy })}
              error={asked && lack === 'chooseWho' ? words.chooseWho : undefined}
            />
            {member.data.social_insurance !== 'voluntary' && (
              <label class="check">
                <input
                  type="checkbox"
                  checked={said.setVoluntary}
                  onChange={(event) => change({ setVoluntary: event.currentTarget.checked })}
                />
                <span>{words.setVoluntary}</span>
              </label>
            )}
          </>
        )}
        <TextField
          label={words.note}
          long
          limit={2000}
          value={said.note}
          onChange={(note) => change({ note })}
        />
      </section>
    </Screen>
  );
}

function saidBefore({ data }: Rec<'lead'>, me: string): Said {
  return {
    outcome: data.outcome ?? null,
    callOn: data.call_on ?? null,
    mobilisedBy: data.mobilised_by ?? me,
    note: data.note ?? null,
    setVoluntary: true,
  };
}

interface AboutProps extends FoundProps {
  day: string;
}

function About({ file, member, lead: { data }, day }: AboutProps) {
  const store = useStore();
  const words = leadWords();
  const ground = useMemo(() => groundOf(store, member.village, day), [day, member]);
  const eligible = mayJoin(ground, file, member);
  const home = file.household.data;
  const phone = member.data.phone ?? home.phone ?? null;
  const place = [ageText(member.data.birth_date, day), home.hamlet, home.address];
  const interest = member.data.voluntary_interest;
  return (
    <section class="card stack">
      <p class="muted">{place.filter(Boolean).join(' · ')}</p>
      <p>{whyWords(data, day)}</p>
      {interest != null && <p>{words.interest[interest]}</p>}
      {data.outcome === 'call_later' && data.call_on != null && (
        <p class="notice">{words.callOn(showDate(data.call_on))}</p>
      )}
      {!(eligible instanceof NotKnown) && eligible.mayJoin === false && (
        <p class="notice notice--warn">{words.mayNot}</p>
      )}
      {data.source != null && (
        <p class="muted small">
          {words.source}: {data.source}
          {data.asked_on != null && ` · ${words.askedOn} ${showDate(data.asked_on)}`}
        </p>
      )}
      <div class="row">
        {phone === null ? (
          <span class="muted">{words.noPhone}</span>
        ) : (
          <a class="button button--soft" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
            {words.call} {phone}
          </a>
        )}
        <a class="button" href={`#/person/${member.id}/voluntary`}>
          <Icon name="coin" />
          {words.cost}
        </a>
        <a class="button" href={`#/household/${file.household.id}`}>
          <Icon name="home" />
          {words.home}
        </a>
      </div>
    </section>
  );
}

interface ChoiceProps {
  value: string | null;
  onChange: (value: string | null) => void;
  error: string | undefined;
}

/** Four large targets, one tap each. */
function Outcomes({ value, onChange, error }: ChoiceProps) {
  const words = leadWords();
  return (
    <div class="field" role="group" aria-label={words.question}>
      <h2>{words.question}</h2>
      <div class="outcomes">
        {choices('lead_outcome').map(([outcome]) => (
          <button
            type="button"
            key={outcome}
            class="chip outcome"
            aria-pressed={outcome === value}
            onClick={() => onChange(outcome === value ? null : outcome)}
          >
            {wordFor('lead_outcome', outcome)}
          </button>
        ))}
      </div>
      {error !== undefined && (
        <span class="error" role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

function CallDay({ value, onChange, error }: ChoiceProps) {
  const words = t().visit;
  const today = useStore().today();
  const days: Choice[] = [
    [addDays(today, 1), words.days.tomorrow],
    [addDays(today, 3), words.days.three],
    [addDays(today, 7), words.days.week],
    [addMonths(today, 1), words.days.month],
  ];
  const [other, setOther] = useState(value !== null && !days.some(([day]) => day === value));
  return (
    <>
      <Chips
        label={leadWords().callWhen}
        options={[...days, ['other', words.otherDay]]}
        value={other ? 'other' : value}
        onChange={(day) => {
          setOther(day === 'other');
          onChange(day === 'other' ? null : day);
        }}
        error={error}
      />
      {other && (
        <DateField
          label={words.otherDay}
          hint={t().birth.dayHint}
          value={value}
          onChange={onChange}
        />
      )}
    </>
  );
}

interface MobiliserProps extends ChoiceProps {
  names: readonly string[];
}

function Mobiliser({ names, value, onChange, error }: MobiliserProps) {
  const words = leadWords();
  const [other, setOther] = useState(value !== null && !names.includes(value));
  return (
    <>
      <Chips
        label={words.who}
        hint={words.whoHint}
        options={[...names.map((name): Choice => [name, name]), ['', words.otherPerson]]}
        value={other ? '' : value}
        onChange={(name) => {
          setOther(name === '');
          onChange(name === '' ? null : name);
        }}
        error={other ? undefined : error}
      />
      {other && (
        <TextField label={words.otherName} value={value} onChange={onChange} error={error} />
      )}
    </>
  );
}
