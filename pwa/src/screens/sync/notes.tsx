import { Icon } from '../../parts/icon';
import type { Store } from '../../store/face';
import type { Note } from '../../store/letters';
import { t, wordFor } from '../../words';
import { householdName } from '../people';
import { useStore } from '../phone';

interface Props {
  notes: readonly Note[];
  /** Say whom each is about: not needed on the page of that very record. */
  named?: boolean;
}

/** What was written to the commune, how it stands, and what the commune answered. */
export function NoteList({ notes, named = false }: Props) {
  return (
    <ul class="stack">
      {notes.map((note) => (
        <li key={note.id}>
          <NoteCard note={note} named={named} />
        </li>
      ))}
    </ul>
  );
}

function NoteCard({ note, named }: { note: Note; named: boolean }) {
  const store = useStore();
  const words = t().fieldNote;
  const { data, household } = note;
  const about = aboutWhom(note, store);
  return (
    <article class={`card entry${note.unread ? ' entry--new' : ''}`}>
      {named && household !== null && (
        <a class="entry-head" href={`#/household/${household}`}>
          <b class="grow">{about}</b>
          <Icon name="next" />
        </a>
      )}
      <span class="tags">
        <span class="tag">{wordFor('field_note_kind', data.kind)}</span>
        <span class={`tag${data.state === 'answered' ? ' tag--accent' : ''}`}>
          {note.pending === 'unsent'
            ? words.unsent
            : wordFor('field_note_state', data.state ?? 'open')}
        </span>
        {!named && note.member !== null && <span class="tag">{about}</span>}
      </span>
      <p>{data.text}</p>
      {data.answer != null && (
        <p class="entry-said">
          <b>
            {words.answer}: {data.answer}
          </b>
        </p>
      )}
      {note.unread && (
        <button type="button" class="button" onClick={() => void store.readAnswer(note.id)}>
          <Icon name="check" />
          {words.read}
        </button>
      )}
    </article>
  );
}

export function aboutWhom(note: Note, store: Pick<Store, 'summaries'>): string {
  const summary = note.household === null ? undefined : store.summaries.value.get(note.household);
  if (summary === undefined) return t().entities['field_note'] ?? '';
  const member = summary.members.find(({ id }) => id === note.member);
  return member?.name ?? householdName(summary);
}
