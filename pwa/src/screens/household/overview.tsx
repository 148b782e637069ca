import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { Screen } from '../../parts/frame';
import { Empty } from '../../parts/states';
import { StatusWord, type Shown } from '../../parts/status';

import { editOf } from '../../store/edits';
import type { Edit, HouseholdFile, Rec, Summary } from '../../store/face';
import { newId } from '../../store/ids';
import { t, wordFor } from '../../words';
import { lazyPart } from '../lazy';
import { birthText, dayText, shownStatus, statusDay } from '../people';
import { useStore } from '../phone';
import { listingOf } from '../person/listed';
import { useSaving } from '../saving';
import { NoteList } from '../sync/notes';
import { TrustPill } from '../trust';
import { confirmation } from './confirmation';
import { Location } from './location';
import { endedMembers, fileName, livingMembers } from './members';
import { Returned } from './returned';
import type { HouseholdProps } from './routes';

const LACKING: readonly Shown[] = ['expired', 'none', 'ending'];

const RequestLink = lazyPart<{ file: HouseholdFile }>(
  () => import('./farm_request').then((found) => found.RequestLink),
  null,
);

const FreeNotice = lazyPart<{ file: HouseholdFile }>(
  () => import('../free/notice').then((found) => found.FreeNotice),
  null,
);

const SponsorNotice = lazyPart<{ file: HouseholdFile }>(
  () => import('../rights/sponsor_notice').then((found) => found.SponsorNotice),
  null,
);

const Enrolments = lazyPart<{ file: HouseholdFile }>(
  () => import('../enrol/of_household').then((found) => found.OfHousehold),
  null,
);

export function Overview({ file }: HouseholdProps) {
  const words = t().household;
  const name = fileName(file);
  return (
    <Screen
      title={name === '' ? words.untitled : words.title(name)}
      back="#/today"
      aside={<TrustPill />}
      dock={file.household.data.ended_on == null ? <Dock file={file} /> : <Restore file={file} />}
    >
      <Place file={file} />
      <Returned file={file} />
      <HeadNotice file={file} />
      <PriceLink file={file} />
      {file.household.data.ended_on == null && <Enrolments file={file} />}
      {file.household.data.ended_on == null && <FreeNotice file={file} />}
      {file.sponsorships.length > 0 && <SponsorNotice file={file} />}
      <People file={file} />
      {file.farmRequests.length > 0 && <RequestLink file={file} />}
      <Others file={file} />
    </Screen>
  );
}

function useSummary(file: HouseholdFile): Summary | undefined {
  return useStore().summaries.value.get(file.household.id);
}

function Place({ file }: { file: HouseholdFile }) {
  const words = t().household;
  const { data } = file.household;
  const today = useStore().today();
  const summary = useSummary(file);
  const place = [data.hamlet, data.address].filter((part) => part != null).join(' · ');
  const outcome = summary?.lastOutcome ?? null;
  const phone = phoneOf(file);
  return (
    <section class="stack stack--tight">
      {place !== '' && <p>{place}</p>}
      {data.directions != null && <p class="muted">{data.directions}</p>}
      <p class="muted small">
        {outcome === null
          ? words.neverVisited
          : words.last(outcomeWord(outcome), dayText(summary?.lastVisitOn ?? null, today))}
      </p>
      <div class="tags">
        {data.living_class != null && data.living_class !== 'other' && (
          <span class="tag">{wordFor('living_class', data.living_class)}</span>
        )}
        {data.average_farm === true && <span class="tag tag--accent">{words.farm}</span>}
        {file.household.waitingFields.length > 0 && (
          <span class="tag tag--warn">{t().app.waiting}</span>
        )}
        {data.ended_on != null && <span class="tag tag--warn">{words.ended}</span>}
      </div>
      {phone !== null && (
        <a class="button button--soft" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
          <Icon name="phone" />
          {words.call(phone)}
        </a>
      )}
    </section>
  );
}

/** The household's number, else that of the first of its people who has one. */
function phoneOf(file: HouseholdFile): string | null {
  const all: unknown[] = [file.household, ...livingMembers(file)].map(({ data }) => data.phone);
  // A broken version may have written something else: it must not take the screen down.
  return all.find((phone): phone is string => typeof phone === 'string') ?? null;
}

export function outcomeWord(outcome: string): string {
  const words: Record<string, string> = t().visit.outcomes;
  return words[outcome] ?? outcome;
}

/** The question at the door: what does it cost us, who pays, from when does it count? */
function PriceLink({ file }: { file: HouseholdFile }) {
  const words = t().household;
  const today = useStore().today();
  const lacking = useSummary(file)?.members.filter(
    (member) => member.counted && LACKING.includes(shownStatus(member, today)),
  );
  if (lacking === undefined || lacking.length === 0) return null;
  return (
    <a class="item item--price" href={`#/household/${file.household.id}/price`}>
      <Icon name="coin" />
      <span class="grow">
        <b>{words.price}</b>
        <small>{words.priceFor(lacking.length)}</small>
      </span>
      <Icon name="next" />
    </a>
  );
}

function HeadNotice({ file }: { file: HouseholdFile }) {
  const people = livingMembers(file);
  const heads = people.filter(({ data }) => data.relation === 'head').length;
  if (people.length === 0 || heads === 1) return null;
  return (
    <p class="notice notice--warn">
      {heads === 0 ? t().household.headMissing : t().household.headMany}
    </p>
  );
}

function People({ file }: { file: HouseholdFile }) {
  const words = t().household;
  const people = livingMembers(file);
  const gone = endedMembers(file);
  const base = `#/household/${file.household.id}`;
  return (
    <section class="stack">
      <h2>{words.members}</h2>
      {people.length === 0 && (
        <Empty title={words.noMembers}>
          <p>{words.noMembersText}</p>
        </Empty>
      )}
      <ul class="list">
        {people.map((member) => (
          <li key={member.id}>
            <MemberRow file={file} member={member} />
          </li>
        ))}
        {gone.map((member) => (
          <li key={member.id}>
            <GoneRow member={member} />
          </li>
        ))}
      </ul>
      <div class="row">
        <a class="button grow" href={`${base}/add`}>
          <Icon name="plus" />
          {words.addMember}
        </a>
        <a class="button grow" href={`${base}/newborn`}>
          <Icon name="plus" />
          {words.newborn}
        </a>
      </div>
    </section>
  );
}

function MemberRow({ file, member }: { file: HouseholdFile; member: Rec<'member'> }) {
  const today = useStore().today();
  const { data } = member;
  const summary = useSummary(file)?.members.find(({ id }) => id === member.id);
  const listing = listingOf(file, member.id, today);
  const facts = [
    wordFor('relation', data.relation),
    birthText(data.birth_date ?? null, data.birth_is_estimate === true, today),
    data.presence != null && data.presence !== 'here' ? wordFor('presence', data.presence) : '',
  ];
  return (
    <a class="item" href={`#/person/${member.id}`}>
      <span class="grow stack stack--tight">
        <b>
          {data.full_name}
          {data.known_as != null && ` (${data.known_as})`}
        </b>
        <small>{facts.filter((fact) => fact !== '').join(' · ')}</small>
        {summary !== undefined && (
          <StatusWord shown={shownStatus(summary, today)} day={statusDay(summary)} />
        )}
        {listing !== null && (
          <small>{t().card.listed(wordFor('listing_state', listing.state))}</small>
        )}
        {(member.pending === 'waiting' || member.waitingFields.length > 0) && (
          <span class="tags">
            <span class="tag tag--warn">{t().app.waiting}</span>
          </span>
        )}
      </span>
      <Icon name="next" />
    </a>
  );
}

function GoneRow({ member }: { member: Rec<'member'> }) {
  const { data } = member;
  return (
    <a class="item item--ended" href={`#/person/${member.id}`}>
      <span class="grow">
        {data.full_name}
        <small>
          {wordFor('member_end', data.end_reason)}{' '}
          {dayText(data.ended_on ?? null, useStore().today())}
        </small>
      </span>
    </a>
  );
}

function Others({ file }: { file: HouseholdFile }) {
  const words = t().household;
  const { data, id } = file.household;
  const today = useStore().today();
  const base = `#/household/${id}`;
  return (
    <section class="stack">
      {data.notice_on == null ? (
        <a class="item" href={`${base}/notice`}>
          <Icon name="note" />
          <span class="grow">
            <b>{words.notice}</b>
          </span>
          <Icon name="next" />
        </a>
      ) : (
        <p class="muted small">{words.noticeDone(dayText(data.notice_on, today))}</p>
      )}
      <details class="card fold">
        <summary>
          {words.more}
          <Icon name="down" />
        </summary>
        <div class="stack">
          <a class="button" href={`${base}/farm`}>
            {words.assess}
          </a>
          <a class="button" href={`${base}/request`}>
            {t().farm.ask}
          </a>
          <Location file={file} />
          <a class="button" href={`${base}/end`}>
            {words.end}
          </a>
        </div>
      </details>
      <Notes file={file} />
    </section>
  );
}

/** A complaint or a question is written where it comes up, and its answer is read there. */
function Notes({ file }: { file: HouseholdFile }) {
  const store = useStore();
  void store.changed.value;
  const { id } = file.household;
  const notes = store.notes().filter(({ household }) => household === id);
  return (
    <section class="stack">
      <a class="item" href={`#/household/${id}/note`}>
        <Icon name="note" />
        <span class="grow">
          <b>{t().fieldNote.ofHousehold}</b>
        </span>
        <Icon name="next" />
      </a>
      {notes.length > 0 && <NoteList notes={notes} />}
    </section>
  );
}

function Dock({ file }: { file: HouseholdFile }) {
  const store = useStore();
  const words = t().household;
  const saving = useSaving();
  const { household } = file;
  const today = store.today();
  const done = household.data.confirmed_on === today;
  const [undo, setUndo] = useState<readonly Edit[] | null>(null);
  const base = `#/household/${household.id}`;
  const confirm = async () => {
    // What was saved a moment ago is not yet in the file that is shown.
    if (done || undo !== null) return;
    const made = confirmation(household, newId(), today);
    if (await saving.save(made.edits, words.sameSaved)) {
      setUndo(made.undo(words.sameUndoneNote));
    }
  };
  const sameWord = !done ? words.same : undo === null ? words.sameDone : words.sameNow;
  const takeBack = async () => {
    if (undo !== null && (await saving.save(undo, words.sameUndone))) setUndo(null);
  };
  return (
    <>
      {saving.failed && (
        <p class="notice notice--danger dock-wide" role="alert">
          {t().app.saveFailed}
        </p>
      )}
      <a class="button button--big" href={`${base}/edit`}>
        {words.edit}
      </a>
      <a class="button button--big" href={`${base}/visit`}>
        {words.away}
      </a>
      {livingMembers(file).length > 0 && (
        <div class="row dock-wide dock-first">
          <button
            type="button"
            class="button button--primary button--big grow"
            aria-disabled={done || saving.working ? 'true' : undefined}
            onClick={() => void confirm()}
          >
            <Icon name="check" />
            {sameWord}
          </button>
          {done && undo !== null && (
            <button
              type="button"
              class="button button--big dock-side"
              onClick={() => void takeBack()}
            >
              {words.sameUndo}
            </button>
          )}
        </div>
      )}
    </>
  );
}

function Restore({ file }: { file: HouseholdFile }) {
  const saving = useSaving();
  const [asked, setAsked] = useState(false);
  const restore = () => {
    setAsked(true);
    void saving.save([editOf(file.household, { ended_on: null, end_reason: null })]);
  };
  return (
    <button
      type="button"
      class="button button--primary button--big"
      aria-disabled={asked && saving.working ? 'true' : undefined}
      onClick={restore}
    >
      {t().household.restore}
    </button>
  );
}
