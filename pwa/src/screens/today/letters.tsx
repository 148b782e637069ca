import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import type { Note, Returned } from '../../store/letters';
import { fieldName, t, wordFor } from '../../words';
import { useStore } from '../phone';
import { ReturnedAbout } from '../returned_about';
import { aboutWhom } from '../sync/notes';
import { askedFields } from '../household/answering';

const FIRST = 5;

/** What the commune sent back or answered, of every village on this phone: before everything else. */
export function Letters({ village }: { village: string | null }) {
  const store = useStore();
  void store.changed.value;
  const nearFirst = (a: { village: string }, b: { village: string }) =>
    Number(b.village === village) - Number(a.village === village);
  const returned = store.returned().sort(nearFirst);
  const answers = store
    .notes()
    .filter(({ unread }) => unread)
    .sort(nearFirst);
  return (
    <>
      {returned.length > 0 && <ReturnedList items={returned} />}
      {answers.length > 0 && <Answers notes={answers} />}
    </>
  );
}

function ReturnedList({ items }: { items: readonly Returned[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, FIRST);
  return (
    <section class="stack stack--tight" aria-label={t().returned.title}>
      <h2>{t().returned.count(items.length)}</h2>
      <ul class="list">
        {shown.map((item) => (
          <li key={item.id}>
            <ReturnedRow item={item} />
          </li>
        ))}
      </ul>
      {shown.length < items.length && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {t().changes.more(items.length - shown.length)}
        </button>
      )}
    </section>
  );
}

function ReturnedRow({ item }: { item: Returned }) {
  const { data } = item;
  const fields = askedFields(data).map(fieldName).join(', ');
  const said = [data.note, ...Object.values(data.notes ?? {})].find(
    (one) => one != null && one !== '',
  );
  const to =
    item.household === null
      ? `#/returned/${item.id}`
      : `#/household/${item.household}/answer/${item.id}`;
  return (
    <a class="item item--returned" href={to}>
      <span class="grow stack stack--tight">
        <ReturnedAbout item={item} />
        {fields !== '' && <span class="small">{fields}</span>}
        {said != null && (
          <span>
            {t().returned.note}: {said}
          </span>
        )}
      </span>
      <Icon name="next" />
    </a>
  );
}

function Answers({ notes }: { notes: readonly Note[] }) {
  const store = useStore();
  const words = t().fieldNote;
  return (
    <section class="stack stack--tight" aria-label={words.unread}>
      <h2>
        {words.unread} ({notes.length})
      </h2>
      <ul class="list">
        {notes.slice(0, FIRST).map((note) => (
          <li key={note.id}>
            <a
              class="item"
              href={note.household === null ? '#/changes' : `#/household/${note.household}`}
            >
              <span class="grow stack stack--tight">
                <b>{aboutWhom(note, store)}</b>
                <small>
                  {wordFor('field_note_kind', note.data.kind)}: {note.data.text}
                </small>
                <span>
                  {words.answer}: {note.data.answer}
                </span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
      {notes.length > FIRST && (
        <a class="button" href="#/changes">
          {t().changes.more(notes.length - FIRST)}
        </a>
      )}
    </section>
  );
}
