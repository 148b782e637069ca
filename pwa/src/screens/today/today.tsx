import { signal, useComputed } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useHeading } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { Empty, Loading } from '../../parts/states';
import { newId } from '../../store/ids';
import type { Draft, Summary } from '../../store/face';
import { t } from '../../words';
import { isKept, type Kept } from '../drafts';
import { lazyPart } from '../lazy';
import { momentText } from '../people';
import { usePhone, useStore } from '../phone';
import { go } from '../router';
import { CameBackEmpty, TrustLine } from '../trust';
import { currentVillage, VillageSwitch } from '../village';
import {
  byHamlet,
  chosen,
  countReasons,
  firstOf,
  householdsOf,
  REASONS,
  type Wanted,
} from './round';
import { Letters } from './letters';
import { HouseholdRow, PersonRow } from './rows';

const Tiles = lazyPart<{ village: string }>(
  () => import('./tiles').then((found) => found.Tiles),
  <div class="tiles" />,
);

/** Kept outside the screen: coming back from a household finds the same search and the same list. */
const asked = signal('');
const wanted = signal<Wanted>('round');
const PAGE = 30;
/** More than anybody reads before typing another letter. */
const HITS = 24;
/** What the tallest phone shows of them is drawn within the keystroke, the rest once typing rests. */
const SCREENFUL = 8;
const REST_MILLIS = 300;
/** The words whose hits are all drawn: coming back, the page must be as long as it was left. */
const restedOn = signal('');
const limit = signal(PAGE);

export function Today() {
  const words = t().today;
  const heading = useHeading(words.title);
  return (
    <div class="screen">
      <main class="main" id="main">
        <div class="row row--between">
          <h1 ref={heading} tabIndex={-1}>
            {words.title}
          </h1>
          <VillageSwitch />
        </div>
        <TrustLine />
        <CameBackEmpty />
        {usePhone().doors.updateReady.value && (
          <a class="notice notice--accent" href="#/sync">
            {t().sync.update}
          </a>
        )}
        <SearchBox />
        <Listed />
      </main>
      <footer class="dock">
        <a class="button button--big dock-side" href="#/tally">
          <Icon name="chart" />
          {words.tally}
        </a>
        <button
          type="button"
          class="button button--primary button--big dock-main"
          onClick={() => go(`/new/${newId()}/names`)}
        >
          <Icon name="plus" />
          {words.newHousehold}
        </button>
      </footer>
    </div>
  );
}

/** Apart from the screen around it, which a letter typed does not draw anew. */
function Listed() {
  const asking = useComputed(() => asked.value.trim() !== '');
  return asking.value ? <Results /> : <Round />;
}

function SearchBox() {
  const words = t().today;
  return (
    <div class="search" role="search">
      <Icon name="search" />
      <input
        class="input"
        type="text"
        inputMode="search"
        enterkeyhint="search"
        autocomplete="off"
        aria-label={words.search}
        placeholder={words.search}
        value={asked.value}
        onInput={(event) => (asked.value = event.currentTarget.value)}
      />
      {asked.value !== '' && (
        <button
          type="button"
          class="icon-button"
          aria-label={words.clearSearch}
          onClick={() => (asked.value = '')}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

function Results() {
  const store = useStore();
  const changed = store.changed.value;
  const hits = useMemo(() => store.search(asked.value, { limit: HITS }), [asked.value, changed]);
  const drawn = restedOn.value === asked.value ? hits : hits.slice(0, SCREENFUL);
  useEffect(() => {
    const words = asked.value;
    const timer = setTimeout(() => (restedOn.value = words), REST_MILLIS);
    return () => clearTimeout(timer);
  }, [asked.value]);
  const words = t().today;
  const today = store.today();
  const villages = store.villages.value;
  const names = new Map(villages.length > 1 ? villages.map(({ id, name }) => [id, name]) : []);
  return (
    <section aria-label={words.results(hits.length)}>
      <p class="visually-hidden" role="status">
        {words.results(hits.length)}
      </p>
      {hits.length === 0 ? (
        <Empty icon="search" title={words.noResults}>
          <p>{words.noResultsText}</p>
        </Empty>
      ) : (
        <ul class="list">
          {drawn.map((hit) => (
            <li key={hit.member.id}>
              <PersonRow hit={hit} today={today} village={names.get(hit.summary.village)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Round() {
  const store = useStore();
  const summaries = store.summaries.value;
  const village = currentVillage(store);
  const households = useMemo(
    () => (village === null ? [] : householdsOf(summaries.values(), village.id)),
    [summaries, village?.id],
  );
  const words = t().today;
  if (households.length === 0 && !store.ready.value) return <Loading />;
  return (
    <>
      <Letters village={village?.id ?? null} />
      <Drafts />
      {households.length === 0 ? (
        <Empty icon="home" title={words.noneTitle}>
          <p>{words.noneText}</p>
        </Empty>
      ) : (
        <>
          <Tiles village={village?.id ?? ''} />
          <RoundList households={households} />
        </>
      )}
    </>
  );
}

function RoundList({ households }: { households: readonly Summary[] }) {
  const store = useStore();
  const words = t().today;
  const counts = useMemo(() => countReasons(households), [households]);
  // A reason that has run out must not leave an empty page behind.
  const want = (counts.get(wanted.value) ?? 0) > 0 ? wanted.value : 'round';
  const hamlets = useMemo(() => byHamlet(chosen(households, want)), [households, want]);
  const total = counts.get(want) ?? 0;
  const today = store.today();
  return (
    <section class="stack" aria-label={words.round}>
      <WantedChips counts={counts} want={want} />
      {total === 0 && (
        <Empty icon="check" title={words.emptyTitle}>
          <p>{words.emptyText}</p>
        </Empty>
      )}
      {firstOf(hamlets, limit.value).map((hamlet) => (
        <section key={hamlet.name ?? ''} class="stack stack--tight">
          <div class="group-head">
            <h2>{hamlet.name ?? words.hamletNone}</h2>
          </div>
          <ul class="list">
            {hamlet.households.map((summary) => (
              <li key={summary.id}>
                <HouseholdRow summary={summary} today={today} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {total > limit.value && (
        <button type="button" class="button" onClick={() => (limit.value += PAGE)}>
          {words.showMore(Math.min(PAGE, total - limit.value))}
        </button>
      )}
    </section>
  );
}

function WantedChips({ counts, want }: { counts: ReadonlyMap<Wanted, number>; want: Wanted }) {
  const words = t().today;
  const offered: [Wanted, string][] = [['round', words.round]];
  for (const reason of REASONS) offered.push([reason, words.groups[reason]]);
  offered.push(['all', words.all]);
  return (
    <div class="chips chips--scroll" role="group" aria-label={words.round}>
      {offered
        .filter(([value]) => value === 'round' || (counts.get(value) ?? 0) > 0)
        .map(([value, word]) => (
          <button
            type="button"
            key={value}
            class="chip"
            aria-pressed={value === want}
            onClick={() => {
              wanted.value = value;
              limit.value = PAGE;
            }}
          >
            {word} <span class="number">{counts.get(value) ?? 0}</span>
          </button>
        ))}
    </div>
  );
}

function Drafts() {
  const store = useStore();
  const [drafts, setDrafts] = useState<Draft<Kept<unknown>>[]>([]);
  const read = () =>
    void store.drafts().then((found) => {
      setDrafts(found.filter((draft): draft is Draft<Kept<unknown>> => isKept(draft.value)));
    });
  useEffect(read, [store, store.changed.value]);
  if (drafts.length === 0) return null;
  const drop = (key: string) => void store.dropDraft(key).then(read);
  return (
    <section class="stack stack--tight">
      <h2>{t().today.drafts}</h2>
      <ul class="list">
        {drafts.map((draft) => (
          <DraftRow key={draft.key} draft={draft} onDrop={() => drop(draft.key)} />
        ))}
      </ul>
    </section>
  );
}

/** Which form a draft belongs to, told from where it opens. */
function formName(path: string): string {
  const words = t();
  const [first, , form] = path.split('/').filter((part) => part !== '');
  const names: Record<string, string> = {
    edit: words.household.editTitle,
    visit: words.visit.title,
    add: words.member.addTitle,
    newborn: words.member.newbornTitle,
    end: words.member.endTitle,
    note: words.fieldNote.title,
    farm: words.farm.title,
    answer: words.returned.replyTitle,
    card: words.card.addTitle,
    void: words.card.voidTitle,
    entitlement: words.entitlement.addTitle,
  };
  if (first === 'new') return words.wizard.title;
  return names[form ?? ''] ?? words.member.groups.basic;
}

function DraftRow({ draft, onDrop }: { draft: Draft<Kept<unknown>>; onDrop: () => void }) {
  const [sure, setSure] = useState(false);
  const words = t().today;
  const { title, path } = draft.value;
  if (sure) {
    return (
      <li class="notice notice--warn">
        <p>{words.dropSure}</p>
        <div class="row">
          <button type="button" class="button button--danger" onClick={onDrop}>
            {words.dropDraft}
          </button>
          <button type="button" class="button" onClick={() => setSure(false)}>
            {t().app.cancel}
          </button>
        </div>
      </li>
    );
  }
  return (
    <li class="row">
      <a class="item grow" href={`#${path}`}>
        <Icon name="edit" />
        <span class="grow">
          <b>{title === '' ? words.draftUnnamed : title}</b>
          <small>
            {formName(path)} · {momentText(draft.savedAt, useStore().today())}
          </small>
        </span>
        <span class="tag tag--warn">{words.resume}</span>
      </a>
      <button
        type="button"
        class="icon-button"
        aria-label={`${words.dropDraft}: ${title}`}
        onClick={() => setSure(true)}
      >
        <Icon name="trash" />
      </button>
    </li>
  );
}
