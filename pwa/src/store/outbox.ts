/** Changes on their way: unsent, sent and kept until a backup has them, or in need of help. Never dropped. */
import { unwrap, type IDBPTransaction } from 'idb';
import type { OutboxRow, PhoneDb, PhoneSchema } from './database';
import type { Change, OutboxEntry, Reason } from './face';
import type { Shown } from './overlay';
import type { Sealed, Sealing } from './sealing';

/** What is sealed of an outbox entry. `quiet`: a rescue, which is not shown over the server's copy. */
export interface Content {
  change: Change;
  status: string | null;
  reasons: readonly Reason[];
  waiting: readonly string[];
  quiet: boolean;
}

export interface Queued {
  row: OutboxRow & { seq: number };
  content: Content;
}

export interface Result {
  id: string;
  status: string;
  rev?: number | undefined;
  waiting?: string[] | undefined;
  reasons?: Reason[] | undefined;
}

export interface Counts {
  unsent: number;
  sentShelf: number;
  needsHelp: number;
}

type WritingOutbox = IDBPTransaction<PhoneSchema, ['outbox'], 'readwrite'>;

const BATCH_CHARACTERS = 900_000;
const SHELF_MILLIS = 30 * 24 * 3600_000;
const BACKUP_MARGIN_MILLIS = 3600_000;

export class Outbox {
  constructor(
    private readonly db: PhoneDb,
    private readonly sealing: Sealing,
  ) {}

  /** Writes changes in one transaction and answers what is shown of them. Sealed first: see sealing.ts. */
  async add(changes: readonly Change[]): Promise<Shown[]> {
    const rows = await this.rowsOf(changes, false);
    const tx = this.db.transaction('outbox', 'readwrite', { durability: 'strict' });
    const asked = addAll(tx, rows);
    await tx.done;
    return changes.map((change, at) => ({ ...shownOf(change), seq: asked[at]?.result as number }));
  }

  /** Rows for changes that are offered without being shown, made before their transaction opens. */
  quietRows(changes: readonly Change[]): Promise<OutboxRow[]> {
    return this.rowsOf(changes, true);
  }

  private rowsOf(changes: readonly Change[], quiet: boolean): Promise<OutboxRow[]> {
    return Promise.all(
      changes.map(async (change) =>
        rowOf(change, await this.sealing.seal(contentOf(change, quiet))),
      ),
    );
  }

  async has(id: string): Promise<boolean> {
    return (await this.db.getKeyFromIndex('outbox', 'id', id)) !== undefined;
  }

  /** Own edits that are shown: what the overlay keeps of those answered, and all that are not. */
  async shown(): Promise<Shown[]> {
    const answered = await this.db.getAll('overlay');
    const kept = new Set(answered.map(({ seq }) => seq));
    const own = [...(await this.rows('unsent')), ...(await this.rows('needs_help'))];
    const edits = await Promise.all([
      ...answered.map(async ({ seq, sealed }) => [
        { ...(await this.sealing.open<Shown>(sealed)), seq },
      ]),
      ...own
        .filter(({ seq }) => !kept.has(seq))
        .map(async ({ seq, sealed }) => {
          const { change, quiet } = await this.sealing.open<Content>(sealed);
          return quiet ? [] : [{ ...shownOf(change), seq }];
        }),
    ]);
    return edits.flat();
  }

  /** What to send next, oldest save first; while a restored server is told again, the shelf before all. */
  async next(
    limit: number,
    resendBefore: number | null,
  ): Promise<{ batch: Queued[]; more: boolean }> {
    const again = resendBefore === null ? [] : await this.rows('sent');
    const rows = [
      ...again.filter(({ round }) => resendBefore !== null && (round ?? 0) < resendBefore),
      ...(await this.rows('unsent')),
    ];
    const batch: Queued[] = [];
    let characters = 0;
    for (const row of rows.slice(0, limit)) {
      const content = await this.sealing.open<Content>(row.sealed);
      characters += JSON.stringify(content.change).length;
      if (batch.length > 0 && characters > BATCH_CHARACTERS) break;
      batch.push({ row, content });
    }
    return { batch, more: batch.length < rows.length };
  }

  private async rows(state: string): Promise<(OutboxRow & { seq: number })[]> {
    const rows = await this.db.getAllFromIndex('outbox', 'state', state);
    return rows.map((row) => ({ ...row, seq: row.seq ?? 0 })).sort((a, b) => a.seq - b.seq);
  }

  /** Keeps the fate of what was sent. Answers what is shown of it from now on. */
  async settle(
    batch: readonly Queued[],
    results: readonly Result[],
    round: number,
    serverTime: string,
    restored = false,
  ): Promise<Shown[]> {
    const byId = new Map(results.map((result) => [result.id, result]));
    const kept = new Set(await this.db.getAllKeys('overlay'));
    const answered: { row: OutboxRow; shown: Shown | null; sealedShown: Sealed | null }[] = [];
    for (const { row, content } of batch) {
      const result = byId.get(row.id);
      if (!result) continue;
      const { status, reasons = [], waiting = [] } = result;
      const sealed = await this.sealing.seal({ ...content, status, reasons, waiting });
      const state = status === 'malformed' ? ('needs_help' as const) : ('sent' as const);
      const waits = status === 'held' || status === 'merged';
      // What had left the overlay comes back when a restored server lets it wait after all.
      const visible = !content.quiet && (row.state !== 'sent' || kept.has(row.seq) || waits);
      const shown = visible ? answeredEdit(content.change, row.seq, result) : null;
      answered.push({
        row: { ...row, state, round, resultAt: serverTime, sealed },
        shown,
        sealedShown: shown && (await this.sealing.seal(shown)),
      });
    }
    // Of what it could not read the server keeps nothing: naming it would look like a restore.
    // And a restored server must go on being told what it does not know, until all is offered again.
    const sent = restored ? [] : answered.filter(({ row }) => row.state === 'sent');
    const last = sent.pop()?.row.id;
    const tx = this.db.transaction(['outbox', 'overlay', 'state'], 'readwrite', {
      durability: 'strict',
    });
    // Read first: a write that fails while something else is awaited would fail unheard.
    const state = await tx.objectStore('state').get('phone');
    const writes: Promise<unknown>[] = answered.map(({ row }) => tx.objectStore('outbox').put(row));
    for (const { shown, sealedShown } of answered) {
      if (shown && sealedShown) {
        writes.push(tx.objectStore('overlay').put({ seq: shown.seq, sealed: sealedShown }));
      }
    }
    if (state && last) writes.push(tx.objectStore('state').put({ ...state, last }, 'phone'));
    await Promise.all([...writes, tx.done]);
    return answered.flatMap(({ shown }) => shown ?? []);
  }

  /** Counts one more failure of a change that went alone; the third puts it on the 'needs help' shelf. */
  async failedAlone(queued: Queued, limit: number): Promise<boolean> {
    const tx = this.db.transaction('outbox', 'readwrite', { durability: 'strict' });
    const row = await tx.store.get(queued.row.seq);
    const alone = (row?.alone ?? 0) + 1;
    const lost = alone >= limit;
    if (row) await tx.store.put({ ...row, alone, state: lost ? 'needs_help' : row.state });
    await tx.done;
    return lost;
  }

  /** Puts what needs help back into the queue: one change, or everything. */
  async retry(change?: string): Promise<number> {
    const tx = this.db.transaction('outbox', 'readwrite', { durability: 'strict' });
    const stuck = await tx.store.index('state').getAll('needs_help');
    const rows = change === undefined ? stuck : stuck.filter(({ id }) => id === change);
    await Promise.all(rows.map((row) => tx.store.put({ ...row, state: 'unsent', alone: 0 })));
    await tx.done;
    return rows.length;
  }

  /** Takes from the shelf what is thirty days old, in a backup begun an hour later, and shown no more. */
  async clearShelf(now: number, backedUpUntil: string | null): Promise<void> {
    if (backedUpUntil === null) return;
    const backed = Date.parse(backedUpUntil);
    const shown = new Set(await this.db.getAllKeys('overlay'));
    const over = (await this.rows('sent')).filter(({ seq, resultAt }) => {
      const at = Date.parse(resultAt ?? '');
      return at <= now - SHELF_MILLIS && at + BACKUP_MARGIN_MILLIS <= backed && !shown.has(seq);
    });
    if (over.length === 0) return;
    const tx = this.db.transaction('outbox', 'readwrite', { durability: 'strict' });
    await Promise.all([...over.map(({ seq }) => tx.store.delete(seq)), tx.done]);
  }

  /** Keeps what is shown of edits after part of them was settled. */
  async reshow(edits: readonly Shown[]): Promise<void> {
    if (edits.length === 0) return;
    const rows = await Promise.all(
      edits.map(async (shown) => ({ seq: shown.seq, sealed: await this.sealing.seal(shown) })),
    );
    const tx = this.db.transaction('overlay', 'readwrite', { durability: 'strict' });
    await Promise.all([...rows.map((row) => tx.store.put(row)), tx.done]);
  }

  async hide(seqs: readonly number[]): Promise<void> {
    if (seqs.length === 0) return;
    const tx = this.db.transaction('overlay', 'readwrite', { durability: 'strict' });
    await Promise.all([...seqs.map((seq) => tx.store.delete(seq)), tx.done]);
  }

  async counts(): Promise<Counts> {
    const tx = this.db.transaction('outbox');
    const [unsent, sentShelf, needsHelp] = await Promise.all(
      ['unsent', 'sent', 'needs_help'].map((state) => tx.store.index('state').count(state)),
    );
    return { unsent: unsent ?? 0, sentShelf: sentShelf ?? 0, needsHelp: needsHelp ?? 0 };
  }

  /** Villages to which something belongs that the server does not have. */
  async unsentVillages(): Promise<Set<string>> {
    const rows = [...(await this.rows('unsent')), ...(await this.rows('needs_help'))];
    return new Set(rows.map(({ village }) => village));
  }

  async list(): Promise<OutboxEntry[]> {
    const rows = await this.db.getAll('outbox');
    return Promise.all(
      rows.map(async ({ state, sealed }) => {
        const { change, status, reasons, waiting } = await this.sealing.open<Content>(sealed);
        return { change, state, status, reasons, waiting };
      }),
    );
  }
}

/**
 * Asks for all rows and the commit in one breath. Bare requests: each promise of `idb` would wake the
 * page once more before 'saved' may be said.
 */
function addAll(tx: WritingOutbox, rows: readonly OutboxRow[]): IDBRequest<IDBValidKey>[] {
  const store = unwrap(tx.objectStore('outbox')) as unknown as IDBObjectStore;
  try {
    const asked = rows.map((row) => store.add(row));
    store.transaction.commit();
    return asked;
  } catch (error) {
    // Half a save must not commit by itself; one that has ended already is as it should be.
    tx.done.catch(() => undefined);
    try {
      tx.abort();
    } catch {
      // It had ended.
    }
    throw error;
  }
}

function rowOf(change: Change, sealed: Sealed): OutboxRow {
  const { id, village } = change;
  return { id, village, state: 'unsent', round: null, resultAt: null, alone: 0, sealed };
}

function contentOf(change: Change, quiet: boolean): Content {
  return { change, status: null, reasons: [], waiting: [], quiet };
}

function shownOf({ id, entity, record, village, set, at, answers }: Change): Shown {
  const fate = { status: 'unsent' as const, rev: null, waiting: [] };
  return { seq: 0, change: id, entity, record, village, set, at, answers, ...fate };
}

function answeredEdit(change: Change, seq: number, result: Result): Shown {
  const shown = { ...shownOf(change), seq, rev: result.rev ?? null };
  if (result.status === 'malformed') return { ...shown, status: 'needs_help' };
  if (result.status === 'held') {
    return { ...shown, status: 'held', waiting: Object.keys(change.set) };
  }
  if (result.status === 'merged') {
    return { ...shown, status: 'merged', waiting: result.waiting ?? [] };
  }
  return { ...shown, status: 'applied' };
}
