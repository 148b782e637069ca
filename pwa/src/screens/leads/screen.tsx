import { useMemo, useState } from 'preact/hooks';
import { isDue } from '../../domain/leads';
import { showDate } from '../../parts/dates';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { Empty } from '../../parts/states';
import { wordFor } from '../../words';
import { leadWords } from '../../words/leads';
import { ageText, householdName, placeOf } from '../people';
import { useStore } from '../phone';
import { useListedVillages, useVillageNames, VillageFilter } from '../rights/village_filter';
import { useSaving } from '../saving';
import { TrustPill } from '../trust';
import { justSaved } from './just_saved';
import { takenBack, type Talk, talksOf } from './model';
import { whyWords } from './words';

const PAGE = 30;

/** People to be talked to about voluntary social insurance, the most pressing first. */
export function LeadsScreen() {
  const store = useStore();
  const words = leadWords();
  const villages = useListedVillages();
  const names = useVillageNames();
  const [limit, setLimit] = useState(PAGE);
  const summaries = store.summaries.value;
  const day = store.today();
  const { open, doneToday } = useMemo(
    () => talksOf(store, villages, day),
    [summaries, villages.join(), day],
  );
  const due = open.filter(({ lead }) => isDue(day, lead.data)).length;
  return (
    <Screen title={words.title} back="#/today" aside={<TrustPill />}>
      <VillageFilter />
      <p class="muted">{words.text}</p>
      {open.length === 0 ? (
        <Empty icon="check" title={words.emptyTitle}>
          <p>{words.emptyText}</p>
        </Empty>
      ) : (
        <p role="status">
          {[words.people(open.length), ...(due > 0 ? [words.due(due)] : [])].join(' · ')}
        </p>
      )}
      <ul class="list">
        {open.slice(0, limit).map((talk) => (
          <li key={talk.lead.id}>
            <Row talk={talk} day={day} village={names.get(talk.summary.village)} />
          </li>
        ))}
      </ul>
      {open.length > limit && (
        <button type="button" class="button" onClick={() => setLimit(limit + PAGE)}>
          {words.more(Math.min(PAGE, open.length - limit))}
        </button>
      )}
      {doneToday.length > 0 && (
        <section class="stack stack--tight">
          <h2>{words.doneToday}</h2>
          <ul class="list">
            {doneToday.map((talk) => (
              <li key={talk.lead.id} class="stack stack--tight">
                <Row talk={talk} day={day} village={names.get(talk.summary.village)} />
                <TakeBack talk={talk} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Screen>
  );
}

interface RowProps {
  talk: Talk;
  day: string;
  village: string | undefined;
}

function Row({ talk: { lead, member, summary, standing }, day, village }: RowProps) {
  const words = leadWords();
  const { data } = lead;
  const place = [householdName(summary), placeOf(summary), village ?? ''];
  const phone = summary.leads.find(({ record }) => record.id === lead.id)?.phone ?? null;
  return (
    <a class="item" href={`#/person/${member.id}/lead/${lead.id}`}>
      <span class="grow stack stack--tight">
        <b>{[member.name, ageText(member.birth, day)].filter(Boolean).join(' · ')}</b>
        <small>{place.filter(Boolean).join(' · ')}</small>
        <small>{phone ?? words.noPhone}</small>
        <span>{whyWords(data, day)}</span>
        <span class="tags">
          <span class={`tag ${TONE[standing] ?? ''}`}>
            {data.outcome != null && data.outcome !== 'call_later'
              ? wordFor('lead_outcome', data.outcome)
              : words.standing[standing]}
          </span>
          {data.outcome === 'call_later' && data.call_on != null && (
            <span class="tag">{words.callOn(showDate(data.call_on))}</span>
          )}
          {data.assigned_to != null && <span class="tag">{words.mine}</span>}
          {lead.waitingFields.length > 0 && <span class="tag tag--warn">{words.waits}</span>}
        </span>
      </span>
      <Icon name="next" />
    </a>
  );
}

const TONE: Readonly<Record<string, string>> = { benefit: 'tag--danger', today: 'tag--warn' };

/** What was tapped by mistake a moment ago, while it is on this phone only. */
function TakeBack({ talk: { lead, member } }: { talk: Talk }) {
  const words = leadWords();
  const saving = useSaving();
  const edits = justSaved.value.get(lead.id);
  if (lead.pending !== 'unsent' || edits === undefined) return null;
  return (
    <button
      type="button"
      class="button"
      aria-label={`${words.undo}: ${member.name}`}
      onClick={() => void saving.save(takenBack(edits), words.undone)}
    >
      {words.undo}
    </button>
  );
}
