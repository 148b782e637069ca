/** How far each village's feed is read, and what its pages do to what lies here. */
import type { FeedRow, PhoneState } from './database';
import { NO_RECORDS, xorHex } from './digests';
import type { VillageRef } from './face';
import type { Page } from './holdings';
import type { PhoneStore } from './phone_store';
import { REFERENCE } from './view';

/** Folding rewrites whole chunks: not for a handful of records, but not too late for a slow phone. */
const WORTH_FOLDING = 200;

export class Feeds {
  constructor(private readonly store: PhoneStore) {}

  /** The generation pages go to: the second one while a restored server's feeds are read. */
  private generation(state: PhoneState = this.store.state.value): number {
    return state.nextGeneration ?? state.generation;
  }

  async rows(generation = this.generation()): Promise<FeedRow[]> {
    return this.store.db.getAll(
      'feeds',
      IDBKeyRange.bound([generation, ''], [generation, '\uffff']),
    );
  }

  /** The cursor of every feed to read, assigned villages first. */
  async since(): Promise<Record<string, number>> {
    const next = new Map((await this.rows()).map((row) => [row.village, row.next]));
    const since: Record<string, number> = {};
    for (const id of this.wanted()) since[id] = next.get(id) ?? 0;
    return since;
  }

  /** The reference feed first: it is small, and every screen needs its words. */
  private wanted(): string[] {
    return [REFERENCE, ...this.store.state.value.villages.map(({ id }) => id)];
  }

  serves(village: string): boolean {
    return this.wanted().includes(village);
  }

  /** True when every feed has been read to its end once. */
  async complete(): Promise<boolean> {
    const done = new Set((await this.rows()).flatMap((row) => (row.complete ? row.village : [])));
    return this.wanted().every((village) => done.has(village));
  }

  /** Writes a page and its cursor in one transaction, then shows it. */
  async take(page: Page, next: number, more: boolean): Promise<void> {
    const { db, sealing, view, state } = this.store;
    const generation = this.generation();
    const live = view !== null && generation === state.value.generation;
    const plan = live ? view.holdings.plan(page) : null;
    const empty = page.records.length === 0 && page.gone.length === 0 && !page.lost;
    // Only whoever makes the trip writes these rows, so they may be read before the transaction.
    const rows = new Map((await this.rows(generation)).map((row) => [row.village, row]));
    const before = rows.get(page.village);
    if (empty && before?.next === next && before.complete === !more) return;
    const sealed = empty ? null : await sealing.seal(page);

    const tx = db.transaction(['log', 'feeds'], 'readwrite', { durability: 'strict' });
    const feeds = tx.objectStore('feeds');
    const writes: Promise<unknown>[] = [];
    const logged = sealed
      ? tx.objectStore('log').add({ generation, village: page.village, sealed })
      : null;
    const touched = new Set([page.village, ...(plan?.digests.keys() ?? [])]);
    for (const village of touched) {
      const key: [number, string] = [generation, village];
      const row = rows.get(village) ?? emptyRow(generation, village);
      const digest = xorHex(row.digest, plan?.digests.get(village) ?? 0n);
      const complete = row.complete || !more;
      const read = village === page.village ? { next, complete } : {};
      if (page.lost && village === page.village) writes.push(feeds.delete(key));
      else writes.push(feeds.put({ ...row, ...read, digest }));
    }
    const [seq] = await Promise.all([logged, ...writes, tx.done]);
    if (plan && view) {
      if (typeof seq === 'number') view.holdings.noteLogged(seq);
      await view.admit(plan);
    }
  }

  /** Assigned villages as the server tells them. Those held and no longer served go on being used. */
  async adopt(villages: VillageRef[]): Promise<void> {
    const { state } = this.store;
    const before = [...state.value.villages, ...state.value.leaving];
    const served = new Set(villages.map(({ id }) => id));
    const held = new Set((await this.rows(state.value.generation)).map(({ village }) => village));
    const leaving = before.filter(({ id }) => !served.has(id) && held.has(id));
    const now = JSON.stringify([state.value.villages, state.value.leaving]);
    if (JSON.stringify([villages, leaving]) === now) return;
    await this.store.patchState({ villages, leaving });
  }

  /** What is no longer served leaves once all that is served is whole: until then it is of use. */
  async leaveBehind(): Promise<void> {
    const { nextGeneration } = this.store.state.value;
    if (nextGeneration !== null || !(await this.complete())) return;
    for (const { village } of await this.rows())
      if (!this.serves(village)) await this.lose(village);
  }

  /** But not while something of it has not been sent. */
  private async lose(village: string): Promise<void> {
    if ((await this.store.outboxOf.unsentVillages()).has(village)) return;
    await this.take({ village, records: [], gone: [], repair: false, lost: true }, 0, false);
    await this.store.patchState(({ leaving }) => ({
      leaving: leaving.filter(({ id }) => id !== village),
    }));
  }

  /** True when what lies here is not what the server has, though the cursors are equal. */
  async differs(village: string, digest: string): Promise<boolean> {
    const { db, view, state } = this.store;
    if (!view || state.value.nextGeneration !== null) return false;
    const generation = this.generation();
    const row = await db.get('feeds', [generation, village]);
    if (row?.digest === digest) return false;
    // What is kept beside the copies may itself be wrong: ask the copies.
    const real = view.holdings.digestOf(village);
    if (row && row.digest !== real) await db.put('feeds', { ...row, digest: real });
    return real !== digest;
  }

  /** Reads a feed from the start again; what lies here stays in use meanwhile. */
  async rewind(village: string): Promise<void> {
    const row = await this.store.db.get('feeds', [this.generation(), village]);
    if (row) await this.store.db.put('feeds', { ...row, next: 0 });
  }

  /** After such a reading: what it did not show leaves. */
  async keepOnly(village: string, ids: ReadonlySet<string>): Promise<void> {
    const gone = this.have(village).flatMap(([id]) => (ids.has(id) ? [] : id));
    if (gone.length === 0) return;
    const row = await this.store.db.get('feeds', [this.generation(), village]);
    await this.take({ village, records: [], gone, repair: true }, row?.next ?? 0, false);
  }

  have(village: string): [string, number][] {
    return this.store.view?.holdings.have(village) ?? [];
  }

  /** Folds the log into its chunks when that is worth it, or when asked to. */
  async fold(force = false): Promise<void> {
    const { view, state, db } = this.store;
    if (!view || (view.holdings.unfolded < WORTH_FOLDING && !force)) return;
    if (view.holdings.unfolded === 0) return;
    await view.holdings.fold();
    const kept = await db.get('state', 'phone');
    if (kept) state.value = kept;
    this.store.announce('folded');
  }
}

function emptyRow(generation: number, village: string): FeedRow {
  return { generation, village, next: 0, complete: false, digest: NO_RECORDS };
}
