/** Takes own edits out of what is shown once the feed shows their fate, field by field. */
import type { FeedRow } from './database';
import type { Shown } from './overlay';
import type { PhoneStore } from './phone_store';

/** `readToEnd`: the villages whose feed this answer has read to its end. */
export async function settleOverlay(
  store: PhoneStore,
  readToEnd: ReadonlySet<string> = new Set(),
): Promise<void> {
  const { view, outboxOf, feeds } = store;
  // While a second store is read the first one is shown: it has heard of nothing new.
  if (!view || store.state.value.nextGeneration !== null) return;
  const rows = new Map((await feeds.rows()).map((row) => [row.village, row]));
  const over: Shown[] = [];
  const trimmed: Shown[] = [];
  const kept = new Map<string, Set<string>>();
  const allRead = store.state.value.villages.every(({ id }) => readToEnd.has(id));
  for (const shown of view.overlay.all().sort((a, b) => a.seq - b.seq)) {
    const older = kept.get(shown.record) ?? new Set<string>();
    kept.set(shown.record, older);
    const fields = stillShown(store, shown, rows, { readToEnd, allRead });
    // An older edit that still waits would show through if the newer one left first.
    const needed = Object.keys(shown.set).filter((name) => fields.has(name) || older.has(name));
    for (const name of needed) older.add(name);
    const heard = shown.answers !== null && isHeard(store, shown, readToEnd);
    if (needed.length === 0) over.push(shown);
    else if (heard || needed.length < Object.keys(shown.set).length) {
      trimmed.push({ ...only(shown, needed), answers: heard ? null : shown.answers });
    }
  }
  if (over.length + trimmed.length === 0) return;
  await outboxOf.reshow(trimmed);
  await outboxOf.hide(over.map(({ seq }) => seq));
  await view.put(trimmed);
  await view.drop(over);
}

/** From here on the feed itself says whether what was sent back is answered: it may come back again. */
function isHeard(store: PhoneStore, shown: Shown, readToEnd: ReadonlySet<string>): boolean {
  if (shown.status === 'unsent' || shown.status === 'needs_help') return false;
  const village = store.view?.holdings.catalog.places.get(shown.record)?.village ?? shown.village;
  return readToEnd.has(village) || !store.feeds.serves(village);
}

/** The fields of an own edit that the feed does not speak of yet, or that wait for the commune. */
function stillShown(
  store: PhoneStore,
  shown: Shown,
  rows: ReadonlyMap<string, FeedRow>,
  { readToEnd, allRead }: { readToEnd: ReadonlySet<string>; allRead: boolean },
): Set<string> {
  const all = Object.keys(shown.set);
  if (shown.status === 'unsent' || shown.status === 'needs_help') return new Set(all);
  if (!passed(store, shown, rows, readToEnd)) return new Set(all);
  if (shown.status === 'applied') return new Set();
  const wait = store.view?.waits.get(shown.change);
  if (wait?.over && (allRead || !wait.gone)) return new Set();
  return new Set(shown.waiting.filter((name) => !wait?.settled.includes(name)));
}

function passed(
  store: PhoneStore,
  shown: Shown,
  rows: ReadonlyMap<string, FeedRow>,
  readToEnd: ReadonlySet<string>,
): boolean {
  const place = store.view?.holdings.catalog.places.get(shown.record);
  const village = place?.village ?? shown.village;
  const row = rows.get(village);
  // Not served any more: no feed will ever tell. Otherwise it has only not been read yet.
  if (!row) return !store.feeds.serves(village);
  // The revision may be one of the feed that the record has left: those of two feeds compare with nothing.
  if (village !== shown.village && readToEnd.has(village)) return true;
  return row.complete && row.next >= (shown.rev ?? 0);
}

function only(shown: Shown, names: readonly string[]): Shown {
  const set = Object.fromEntries(names.map((name) => [name, shown.set[name]]));
  return { ...shown, set, waiting: shown.waiting.filter((name) => names.includes(name)) };
}
