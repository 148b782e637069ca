import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { Screen } from '../../parts/frame';
import { Empty, Loading } from '../../parts/states';
import type { LedgerEntry, LedgerSection } from '../../store/ledger';
import { t } from '../../words';
import { usePhone, useStore } from '../phone';
import { Entry } from './entry';
import { whoseOf } from './entry_words';
import { NoteList } from './notes';
import { useLedger } from './use_ledger';

const FIRST = 10;
const MORE = 30;

/** Every own change in words: stuck, unsent, before the commune, sent. All of it works offline. */
export function ChangesPage() {
  const { store, doors } = usePhone();
  const { unsent, needsHelp, sentShelf, syncing } = store.trust.value;
  const words = t().changes;
  const notes = store.notes();
  const empty = unsent + needsHelp + sentShelf + notes.length === 0;
  return (
    <Screen
      title={words.title}
      back="#/sync"
      dock={
        unsent > 0 ? (
          <button
            type="button"
            class="button button--primary button--big dock-main"
            aria-disabled={syncing ? 'true' : undefined}
            onClick={() => void doors.syncNow()}
          >
            <Icon name="cloudUp" />
            {syncing ? t().sync.working : words.sendNow}
          </button>
        ) : undefined
      }
    >
      {empty && (
        <Empty icon="check" title={words.emptyTitle}>
          <p>{words.emptyText}</p>
        </Empty>
      )}
      <Section section="needs_help" />
      <Section section="unsent" />
      <Section section="review" />
      {notes.length > 0 && <Notes />}
      <Section section="sent" />
    </Screen>
  );
}

function Section({ section }: { section: LedgerSection }) {
  const [limit, setLimit] = useState(FIRST);
  const page = useLedger(section, limit);
  if (page === null) return section === 'unsent' ? <Loading /> : null;
  if (page.total === 0) return null;
  const left = page.total - page.entries.length;
  return (
    <section class="stack" aria-labelledby={`changes-${section}`}>
      <Head id={`changes-${section}`} section={section} count={page.total} />
      {section === 'needs_help' && page.total > 1 && <RetryAll />}
      <ul class="stack">
        {page.entries.map((entry) => (
          <li key={entry.change.id}>
            <Entry entry={entry}>{entry.state === 'needs_help' && <Retry entry={entry} />}</Entry>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <button type="button" class="button" onClick={() => setLimit(limit + MORE)}>
          {t().changes.more(Math.min(MORE, left))}
        </button>
      )}
    </section>
  );
}

interface HeadProps {
  id: string;
  section: LedgerSection | 'notes';
  count: number;
}

function Head({ id, section, count }: HeadProps) {
  const words = t().changes;
  return (
    <div class="stack stack--tight">
      <h2 id={id}>
        {words.sections[section]} <span class="number">({count})</span>
      </h2>
      <p class="muted small">{words.hints[section]}</p>
    </div>
  );
}

/** Into the queue again, and off at once: waiting for the timer would look like nothing happened. */
function useRetry(): (change?: string) => void {
  const { store, doors } = usePhone();
  return (change) => void store.retryNeedsHelp(change).then(() => doors.syncNow());
}

function Retry({ entry }: { entry: LedgerEntry }) {
  const retry = useRetry();
  const { title } = whoseOf(entry, useStore());
  return (
    <button
      type="button"
      class="button"
      aria-label={t().changes.retryOf(title)}
      onClick={() => retry(entry.change.id)}
    >
      {t().changes.retry}
    </button>
  );
}

function RetryAll() {
  const retry = useRetry();
  return (
    <button type="button" class="button" onClick={() => retry()}>
      {t().changes.retryAll}
    </button>
  );
}

function Notes() {
  const notes = useStore().notes();
  const [limit, setLimit] = useState(FIRST);
  const left = notes.length - limit;
  return (
    <section class="stack" aria-labelledby="changes-notes">
      <Head id="changes-notes" section="notes" count={notes.length} />
      <NoteList notes={notes.slice(0, limit)} named />
      {left > 0 && (
        <button type="button" class="button" onClick={() => setLimit(limit + MORE)}>
          {t().changes.more(Math.min(MORE, left))}
        </button>
      )}
    </section>
  );
}
