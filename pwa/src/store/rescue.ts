/**
 * A restored server is read into a second generation. Before it takes the first one's place, all
 * that only this phone still knows is offered as a `rescue`: every record the new one lacks, every
 * field that differs. A rescue waits for a person: what stands on the server may be the newer one.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { momentOf } from './clock';
import { changeState } from './database';
import { canonical, same } from './edits';
import type { Change, Values } from './face';
import { Holdings, type Copy } from './holdings';
import { formatId } from './ids';
import type { PhoneStore } from './phone_store';
import { REFERENCE } from './view';

/** Begins to read into a new generation; what an interrupted attempt has left is removed. */
export async function beginSecondGeneration(store: PhoneStore, epoch: string): Promise<void> {
  const { db, state } = store;
  const { generation, nextGeneration } = state.value;
  const next = Math.max(generation, nextGeneration ?? 0) + 1;
  if (nextGeneration !== null) await clearGeneration(store, nextGeneration);
  state.value = await changeState(db, ({ round }) => ({
    epoch,
    last: null,
    round: round + 1,
    nextGeneration: next,
  }));
}

/** Offers what the new generation lacks and puts it in place of the old one, in one transaction. */
export async function swapGenerations(store: PhoneStore): Promise<number> {
  const { db, sealing, state, view, outboxOf } = store;
  const { generation: old, nextGeneration: next } = state.value;
  if (next === null || !view) return 0;
  const fresh = new Holdings(db, sealing, next);
  await fresh.load(async () => undefined);
  const rescues: Change[] = [];
  await eachOldCopy(store, async (copy, village) => {
    const there = (await fresh.read([copy.id])).get(copy.id);
    const change = rescueOf(store, copy, village, there);
    if (change && !(await outboxOf.has(change.id))) rescues.push(change);
  });
  await fresh.fold();
  const rows = await outboxOf.quietRows(rescues);
  const stores = ['chunks', 'log', 'feeds', 'outbox', 'state'] as const;
  const oldLog = await logKeys(store, old);
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
  const kept = await tx.objectStore('state').get('phone');
  const swapped = { ...(kept ?? state.value), generation: next, nextGeneration: null };
  await Promise.all([
    ...rows.map((row) => tx.objectStore('outbox').add(row)),
    ...oldLog.map((seq) => tx.objectStore('log').delete(seq)),
    tx.objectStore('chunks').delete(chunkRange(old)),
    tx.objectStore('feeds').delete(feedRange(old)),
    tx.objectStore('state').put({ ...swapped, foldings: swapped.foldings + 1 }, 'phone'),
    tx.done,
  ]);
  await store.refreshFromDisk(true);
  store.announce('folded');
  return rescues.length;
}

async function eachOldCopy(
  store: PhoneStore,
  look: (copy: Copy, village: string) => Promise<void>,
): Promise<void> {
  const holdings = store.view?.holdings;
  for (const [id, { entity, village }] of holdings?.catalog.places ?? []) {
    // What waits is the server's own, and is made anew from the changes sent again.
    if (village === REFERENCE || entity === 'waiting') continue;
    const copy = (await holdings?.read([id]))?.get(id);
    if (copy) await look(copy, village);
  }
}

function rescueOf(
  store: PhoneStore,
  copy: Copy,
  village: string,
  there: Copy | undefined,
): Change | null {
  const names = new Set([...Object.keys(copy.data), ...Object.keys(there?.data ?? {})]);
  const set: Values = {};
  const was: Values = {};
  for (const name of names) {
    if (same(copy.data[name], there?.data[name])) continue;
    set[name] = copy.data[name] ?? null;
    if (there) was[name] = there.data[name] ?? null;
  }
  if (Object.keys(set).length === 0) return null;
  const { user, device, database } = store.account;
  const id = contentId([database, device, copy.id, canonical(set)]);
  const made = { by: user.id, device, at: momentOf(store.now()), answers: null };
  const place = { entity: copy.entity, record: copy.id, village };
  return { id, ...place, ...made, was, set, rescue: true };
}

/** The same id for the same content, so that a rescue is offered once, however often a server is restored. */
function contentId(parts: string[]): string {
  const bytes = sha256(new TextEncoder().encode(parts.join('\n'))).slice(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return formatId(bytes);
}

async function clearGeneration(store: PhoneStore, generation: number): Promise<void> {
  const keys = await logKeys(store, generation);
  const tx = store.db.transaction(['chunks', 'log', 'feeds'], 'readwrite');
  await Promise.all([
    ...keys.map((seq) => tx.objectStore('log').delete(seq)),
    tx.objectStore('chunks').delete(chunkRange(generation)),
    tx.objectStore('feeds').delete(feedRange(generation)),
    tx.done,
  ]);
}

async function logKeys(store: PhoneStore, generation: number): Promise<number[]> {
  const rows = await store.db.getAll('log');
  return rows.flatMap((row) => (row.generation === generation ? (row.seq ?? []) : []));
}

const chunkRange = (generation: number) =>
  IDBKeyRange.bound([generation, 0], [generation, Infinity]);
const feedRange = (generation: number) =>
  IDBKeyRange.bound([generation, ''], [generation, '\uffff']);
