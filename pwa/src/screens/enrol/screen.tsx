import { useMemo, useState } from 'preact/hooks';
import { printed } from '../../domain/enrolment/receipts';
import { NotKnown } from '../../domain/legal/tables';
import { Chips } from '../../parts/chips';
import { showDate } from '../../parts/dates';
import { DateField, SelectField, TextField } from '../../parts/fields';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { Empty, Loading } from '../../parts/states';
import type { HouseholdFile } from '../../store/face';
import { newId } from '../../store/ids';
import { choices, t } from '../../words';
import { enrolWords } from '../../words/enrol';
import { lawWords, notKnownWords, tableName } from '../../words/law';
import { useDraft } from '../drafts';
import { fileName } from '../household/members';
import type { HouseholdProps } from '../household/routes';
import { Lacking } from '../lacking';
import { useStore } from '../phone';
import { money } from '../price/money';
import { groundOf } from '../rights/ground';
import { HOUSEHOLD } from '../../domain/legal/groups';
import { groupOf, pays, standings, type Standing } from '../rights/people';
import { PeopleChips } from '../rights/people_chips';
import { MONTHS } from '../rights/price';
import { goInstead, place } from '../router';
import { SaveDock } from '../save_dock';
import { useSaving } from '../saving';
import { TrustPill } from '../trust';
import { lacksOfAll } from './lacks';
import { LineCard } from './line_card';
import {
  chosenOf,
  EMPTY,
  faultsOf,
  hasPaid,
  joinedBefore,
  linesOf,
  mayEnrol,
  recordsOf,
  sumOf,
  type Body,
  type Fault,
  type Paper,
} from './model';
import { proposed, rangesOn, usedNumbers, type HandedRange } from './receipts';
import { startOf } from './start';
import '../../styles/rights.css';

const WHOLE_DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_BEFORE = 4;
const EMPLOYED = 1;

/** Money is taken at the door: who joins, what it costs, by which receipt. One save for all of them. */
export function EnrolScreen({ file, rest }: HouseholdProps) {
  const home = `/household/${file.household.id}`;
  const words = enrolWords();
  const name = fileName(file);
  const draft = useDraft<Body>(
    `enrol:${file.household.id}`,
    () => startOf(place.value.query),
    () => ({
      title: t().today.draftOf(name),
      path: `${home}/enrol`,
      village: file.household.village,
    }),
  );
  if (draft.body === undefined) {
    return (
      <Screen title={words.title} back={`#${home}`}>
        <Loading />
      </Screen>
    );
  }
  return (
    <Form
      file={file}
      asked={rest[1] ?? null}
      // A draft of an older version lacks what was added since.
      body={{ ...EMPTY, ...draft.body }}
      change={(next) => draft.change((now) => ({ ...EMPTY, ...now, ...next }))}
      drop={draft.drop}
    />
  );
}

interface FormProps {
  file: HouseholdFile;
  asked: string | null;
  body: Body;
  change: (next: Partial<Body>) => void;
  drop: () => Promise<void>;
}

function Form({ file, asked, body, change, drop }: FormProps) {
  const store = useStore();
  const words = enrolWords();
  const saving = useSaving();
  const [told, setTold] = useState<readonly Fault[]>([]);
  const today = store.today();
  const day = body.day !== null && WHOLE_DAY.test(body.day) ? body.day : today;
  const changed = store.changed.value;
  const ground = useMemo(() => groundOf(store, file.household.village, day), [day, changed, file]);
  const people = useMemo(() => standings(file, ground), [file, ground]);
  const able = mayEnrol(file, people);
  const chosen = chosenOf(body, able, asked);
  const before = body.before ?? joinedBefore(file, people, day);
  const lines = linesOf(ground, able, chosen, body, before);
  const ranges = rangesOn(store, day);
  const paper = paperOf(body, ranges, (range) => proposed(store, range));
  const whole: Paper = {
    ...paper,
    used: paper.range === null ? [] : usedNumbers(store, paper.range.book),
  };
  const sum = sumOf(lines);
  const signedBy = (state: 'draft' | 'submitted', receipt: string) => ({
    day,
    state,
    receipt,
    collector: store.account.user,
    code: body.code ?? paper.range?.collectorCode ?? null,
  });
  const lacks = lacksOfAll(
    file,
    recordsOf(file, lines, body, whole, signedBy('submitted', ''), () => ''),
  );
  const faultsFor = (state: 'draft' | 'submitted') =>
    faultsOf(lines, day, today, state === 'draft' ? null : whole);
  const save = async (state: 'draft' | 'submitted') => {
    const faults = faultsFor(state);
    setTold(faults);
    if (faults.length > 0) return;
    const receipt = newId();
    const kept = state === 'draft' ? { ...paper, number: null, used: [] } : whole;
    const edits = recordsOf(file, lines, body, kept, signedBy(state, receipt), newId);
    if (!(await saving.save(edits, state === 'draft' ? words.draftSaved : words.saved))) return;
    await drop();
    const next = state === 'draft' ? '' : `/receipt/${receipt}`;
    goInstead(`/household/${file.household.id}${next}`);
  };
  // What was put right since is not said any more.
  const stillTold = told.filter((fault) => faultsFor('submitted').includes(fault));
  return (
    <Screen
      title={words.title}
      back={`#/household/${file.household.id}`}
      aside={<TrustPill />}
      dock={
        <SaveDock
          {...saving}
          label={sum !== null && sum > 0 ? words.save(money(sum)) : words.saveFree}
          onSave={() => void save('submitted')}
        />
      }
    >
      <p class="muted">{t().household.title(fileName(file))}</p>
      {ground.tables.rows.length === 0 ? (
        <p class="notice notice--warn">{lawWords().noTables}</p>
      ) : (
        <>
          <Who file={file} people={people} able={able} chosen={chosen} change={change} />
          <Terms body={body} day={day} before={before} lines={lines} change={change} />
          {lines.map((line) => (
            <LineCard
              key={line.standing.member.id}
              ground={ground}
              line={line}
              body={body}
              change={change}
              open={lines.length === 1}
            />
          ))}
          {lines.some(({ amounts }) => amounts?.at_most === true) && (
            <p class="muted small">{words.atMost(tableName('local_support'))}</p>
          )}
          {lines.length > 0 && sum !== null && (
            <p class="row row--between sum">
              <span>
                {words.sum} ({words.people(lines.length)})
              </span>
              <b>{money(sum)}</b>
            </p>
          )}
          <ReceiptPart body={body} ranges={ranges} paper={paper} change={change} />
          <Lacking title={lawWords().lacks.list} file={file} lacks={lacks} />
          <button type="button" class="button" onClick={() => void save('draft')}>
            {words.saveDraft}
          </button>
        </>
      )}
      {stillTold.length > 0 && (
        <div class="notice notice--danger" role="alert">
          {stillTold.map((fault) => (
            <p key={fault}>{words[fault]}</p>
          ))}
        </div>
      )}
    </Screen>
  );
}

/** The book and number of the receipt: as typed, else the next free number of the first book. */
function paperOf(
  body: Body,
  ranges: readonly HandedRange[],
  next: (range: HandedRange) => number | null,
): { range: HandedRange | null; number: number | null } {
  const range = ranges.find(({ id }) => id === body.range) ?? ranges[0] ?? null;
  if (range === null) return { range, number: null };
  if (body.number === null) return { range, number: next(range) };
  const digits = body.number.trim();
  return { range, number: /^\d{1,8}$/.test(digits) ? Number(digits) : null };
}

interface WhoProps {
  file: HouseholdFile;
  people: readonly Standing[];
  able: readonly Standing[];
  chosen: readonly string[];
  change: (next: Partial<Body>) => void;
}

function Who({ file, people, able, chosen, change }: WhoProps) {
  const words = enrolWords();
  const others = people.filter((standing) => !able.includes(standing));
  const turn = (id: string) =>
    change({
      chosen: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id],
    });
  return (
    <section class="card">
      <PeopleChips
        label={words.who}
        hint={words.whoHint}
        people={able}
        isChosen={(id) => chosen.includes(id)}
        turn={turn}
      />
      {others.map((standing) => (
        <p key={standing.member.id} class="muted small">
          {whyNot(file, standing)}
        </p>
      ))}
    </section>
  );
}

function whyNot(file: HouseholdFile, standing: Standing): string {
  const words = enrolWords();
  const group = groupOf(standing);
  if (standing.group instanceof NotKnown)
    return `${words.unknown(standing.name)} ${notKnownWords(standing.group)}`;
  if (group === null) return words.unknown(standing.name);
  if (group.lawGroup === EMPLOYED) return words.byWage(standing.name);
  if (pays(standing) && hasPaid(file, standing)) return words.already(standing.name);
  return words.notPaying(standing.name);
}

interface TermsProps {
  body: Body;
  day: string;
  before: number;
  lines: readonly { group: string }[];
  change: (next: Partial<Body>) => void;
}

function Terms({ body, day, before, lines, change }: TermsProps) {
  const words = enrolWords();
  return (
    <section class="card">
      <Chips
        label={words.months}
        options={MONTHS.map((count) => [String(count), words.month(count)])}
        value={String(body.months)}
        onChange={(choice) => choice !== null && change({ months: Number(choice) })}
      />
      {lines.some(({ group }) => group === HOUSEHOLD) && (
        <Chips
          label={words.before}
          hint={words.beforeHint}
          options={Array.from({ length: MOST_BEFORE + 1 }, (_, count) => [
            String(count),
            String(count),
          ])}
          value={String(Math.min(before, MOST_BEFORE))}
          onChange={(choice) => choice !== null && change({ before: Number(choice) })}
        />
      )}
      <p class="muted small">
        {words.day}: <b>{showDate(day)}</b>
      </p>
      <details class="fold">
        <summary>
          {words.otherDay}
          <Icon name="down" />
        </summary>
        <DateField
          label={words.day}
          hint={t().birth.dayHint}
          value={body.day}
          onChange={(next) => change({ day: next })}
        />
      </details>
    </section>
  );
}

interface ReceiptProps {
  body: Body;
  ranges: readonly HandedRange[];
  paper: { range: HandedRange | null; number: number | null };
  change: (next: Partial<Body>) => void;
}

function ReceiptPart({ body, ranges, paper, change }: ReceiptProps) {
  const words = enrolWords();
  const { range, number } = paper;
  return (
    <section class="card">
      <Chips
        label={words.payment}
        options={choices('payment_way')}
        value={body.payment}
        onChange={(choice) => choice !== null && change({ payment: choice as Body['payment'] })}
      />
      {range === null ? (
        <Empty title={words.noBook}>
          <p>{words.noBookText}</p>
        </Empty>
      ) : (
        <>
          {ranges.length > 1 && (
            <SelectField
              label={words.book}
              options={ranges.map((one) => [one.id, bookName(one)])}
              value={range.id}
              onChange={(id) => change({ range: id, number: null })}
            />
          )}
          <TextField
            label={`${words.number} · ${range.series}`}
            hint={words.numberHint(range.first, range.last)}
            value={body.number ?? (number === null ? '' : printed(number))}
            onChange={(typed) => change({ number: typed, range: range.id })}
            digits
            limit={8}
            error={body.number === null && number === null ? words.full : undefined}
          />
        </>
      )}
      <TextField
        label={words.code}
        value={body.code ?? range?.collectorCode ?? ''}
        onChange={(code) => change({ code })}
        limit={40}
      />
      <TextField
        label={words.mobilised}
        value={body.mobilised}
        onChange={(mobilised) => change({ mobilised: mobilised ?? '' })}
      />
    </section>
  );
}

function bookName({ series, first, last }: HandedRange): string {
  return `${series} (${first}–${last})`;
}
