/** One trip: send what is unsent, oldest save first; then read every feed to its end. */
import { momentOf, offsetMinutes } from '../store/clock';
import type { Page } from '../store/holdings';
import type { Queued } from '../store/outbox';
import type { PhoneStore } from '../store/phone_store';
import { beginSecondGeneration, swapGenerations } from '../store/rescue';
import { REFERENCE } from '../store/view';
import {
  CHANGES_A_BATCH,
  PROTOCOL,
  RECORDS_A_PAGE,
  type FeedPage,
  type SyncAnswer,
  type SyncRequest,
} from './protocol';
import { TransportFailure, type Transport } from './transport';

export const APP_VERSION = '1.0.0';
const SYNC_PATH = '/api/v1/sync';
const FAILURES_ALONE = 3;
/** A restore seen again and again in one trip is a server in trouble: later is better. */
const MOST_REOFFERS = 3;

/** Ends a trip that cannot go on, keeping everything as it is. */
export class TripEnded extends Error {
  constructor(readonly code: 'other_database' | 'restored_again' | 'erased') {
    super(code);
  }
}

export interface TripOutcome {
  sent: number;
  serverHas: number;
  records: number;
}

export class Trip {
  private limit = CHANGES_A_BATCH;
  private readonly outcome: TripOutcome = { sent: 0, serverHas: 0, records: 0 };
  private readonly repaired = new Set<string>();
  private reoffers = 0;

  constructor(
    private readonly store: PhoneStore,
    private readonly transport: Transport,
    private readonly token: string,
    /** False for another user's outbox: it is sent, nothing is read for it. */
    private readonly reads: boolean = true,
  ) {}

  /** Runs until there is nothing more to send or to read. Interrupted anywhere, the next one goes on from there. */
  async run(): Promise<TripOutcome> {
    await this.retryAfterUpdate();
    for (;;) {
      const { batch, more } = await this.nextBatch();
      const have = batch.length === 0 ? await this.pendingRepairs() : {};
      const answer = await this.exchange(batch, !more && this.reads, have);
      if (answer === null) continue;
      const goOn = await this.takeIn(batch, answer, have);
      if (more || goOn) continue;
      if (await this.rescued()) continue;
      break;
    }
    return this.outcome;
  }

  private nextBatch(): Promise<{ batch: Queued[]; more: boolean }> {
    const { nextGeneration, round } = this.store.state.value;
    return this.store.outboxOf.next(this.limit, nextGeneration === null ? null : round);
  }

  // ── sending ──────────────────────────────────────────────────────────────────────────────────

  /** Null: the batch was not taken; what goes next time is smaller or without the one at fault. */
  private async exchange(
    batch: Queued[],
    read: boolean,
    have: SyncRequest['have'],
  ): Promise<SyncAnswer | null> {
    try {
      const since = read ? await this.store.feeds.since() : {};
      const answer = await this.post(await this.request(batch, since, have));
      this.limit = Math.min(this.limit * 2, CHANGES_A_BATCH);
      return answer;
    } catch (error) {
      const blamed = error instanceof TransportFailure && error.kind === 'refused';
      if (!blamed || batch.length === 0) throw error;
      await this.narrow(batch, error);
      return null;
    }
  }

  private async narrow(batch: Queued[], error: Error): Promise<void> {
    // An empty trip that fails too says that the server is ill, not what was sent.
    await this.post(await this.request([], {}, {})).catch(() => {
      throw error;
    });
    if (batch.length > 1) {
      this.limit = Math.max(1, Math.floor(batch.length / 2));
      return;
    }
    this.limit = 1;
    const alone = batch[0] as Queued;
    if (await this.store.outboxOf.failedAlone(alone, FAILURES_ALONE)) {
      await this.store.patchState({ helpTriedBy: this.versions() });
    }
    await this.store.recount();
  }

  private post(request: SyncRequest): Promise<SyncAnswer> {
    return this.transport.post<SyncAnswer>(SYNC_PATH, request, this.token);
  }

  private async request(
    batch: Queued[],
    since: Record<string, number>,
    have: SyncRequest['have'],
  ): Promise<SyncRequest> {
    const { store } = this;
    const { epoch, last, persisted, cameBackEmpty } = store.state.value;
    const { unsent, needsHelp } = await store.outboxOf.counts();
    return {
      protocol: PROTOCOL,
      database: store.account.database,
      epoch,
      last,
      sent_at: momentOf(store.rawNow()),
      phone: {
        app: APP_VERSION,
        unsent: unsent + needsHelp,
        persisted,
        came_back_empty: cameBackEmpty,
      },
      changes: batch.map(({ content }) => content.change),
      since,
      have,
      limit: RECORDS_A_PAGE,
    };
  }

  private versions(): string {
    return `${APP_VERSION}/${this.transport.server ?? ''}`;
  }

  /** What needs help is tried again once the app or the server is another one. */
  private async retryAfterUpdate(): Promise<void> {
    const { helpTriedBy } = this.store.state.value;
    if (helpTriedBy === null || this.transport.server === null) return;
    if (helpTriedBy === this.versions()) return;
    await this.store.outboxOf.retry();
    await this.store.patchState({ helpTriedBy: null });
  }

  // ── taking in ────────────────────────────────────────────────────────────────────────────────

  /** True when there is more to read. */
  private async takeIn(
    batch: Queued[],
    answer: SyncAnswer,
    have: SyncRequest['have'],
  ): Promise<boolean> {
    const { store } = this;
    if (answer.database !== store.account.database) throw new TripEnded('other_database');
    const state = store.state.value;
    await this.keepResults(batch, answer, state.round);
    await store.patchState({
      clockOffsetMinutes: offsetMinutes(answer.server_time, store.rawNow()),
      backedUpUntil: answer.backed_up_until,
      standing: answer.device.state === 'closing' ? 'closing' : 'active',
      ...(state.epoch === null ? { epoch: answer.epoch } : {}),
    });
    if (answer.device.state === 'erase') await this.obeyErase();
    if (answer.reoffer) return this.offerAgain(answer.epoch);
    const repairs = Object.keys(have).length > 0;
    let more = false;
    if (this.reads && answer.device.state === 'active') {
      for (const village of await store.feeds.adopt(answer.villages)) {
        await store.feeds.lose(village);
      }
      for (const [village, page] of Object.entries(answer.feeds)) {
        more = (await this.takePage(village, page, village in have)) || more;
      }
      // A village just assigned is not in this answer yet.
      const asked = new Set(Object.keys(answer.feeds));
      const gained = answer.villages.some(({ id }) => !asked.has(id));
      more = more || (gained && asked.size > 0);
    }
    await store.feeds.settle();
    if (batch.length > 0 || more || repairs) store.announce('pulled');
    await store.recount();
    return more || this.wanting.size > 0;
  }

  private async keepResults(batch: Queued[], answer: SyncAnswer, round: number): Promise<void> {
    if (batch.length === 0) return;
    const { store } = this;
    const shown = await store.outboxOf.settle(batch, answer.results, round, answer.server_time);
    await store.refreshState();
    await store.view?.put(shown);
    this.outcome.sent += batch.length;
    this.outcome.serverHas += answer.results.filter(({ status }) => status !== 'malformed').length;
    // A server that answers less than it was sent would be asked for ever.
    if (
      answer.results.length < batch.length &&
      !answer.results.some(({ id }) => inBatch(batch, id))
    )
      throw new TransportFailure('refused', 'results_missing');
  }

  private async takePage(village: string, told: FeedPage, repair: boolean): Promise<boolean> {
    const { feeds } = this.store;
    if (told.gone === true) {
      // A server without a reference feed has nothing to wait for.
      if (village === REFERENCE) await feeds.take(emptyPage(village), 0, false);
      else await feeds.lose(village);
      return false;
    }
    const { records = [], gone = [], next = 0, more = false, digest = null } = told;
    const reread = village === REFERENCE ? this.reread : null;
    for (const { id } of records) reread?.add(id);
    const page = { village, records, gone, repair: repair || reread !== null };
    await feeds.take(page, next, more);
    this.outcome.records += records.length;
    await this.showProgress(village);
    if (more) return true;
    await feeds.fold();
    return this.compare(village, digest);
  }

  private async showProgress(village: string): Promise<void> {
    const rows = await this.store.feeds.rows();
    this.store.patchLive({
      progress: {
        village,
        records: this.outcome.records,
        villagesDone: rows.filter(({ complete }) => complete).length,
        villages: this.store.state.value.villages.length + 1,
      },
    });
  }

  // ── healing ──────────────────────────────────────────────────────────────────────────────────

  private readonly wanting = new Set<string>();
  /** What a second reading of the reference feed has shown so far. */
  private reread: Set<string> | null = null;

  /** A feed read to its end is compared, once a trip. True when it is to be read again now. */
  private async compare(village: string, digest: string | null): Promise<boolean> {
    const { feeds } = this.store;
    if (village === REFERENCE && this.reread) {
      await feeds.keepOnly(village, this.reread);
      this.reread = null;
    }
    if (digest === null || this.repaired.has(village)) return false;
    if (!(await feeds.differs(village, digest))) return false;
    if (village !== REFERENCE) {
      this.wanting.add(village);
      return false;
    }
    // Which rows a phone gets depends on its provinces: this feed is read again from the start.
    this.repaired.add(village);
    this.reread = new Set();
    await feeds.rewind(village);
    await this.store.patchState(({ repairs }) => ({ repairs: repairs + 1 }));
    return true;
  }

  private async pendingRepairs(): Promise<SyncRequest['have']> {
    const have: SyncRequest['have'] = {};
    for (const village of this.wanting) {
      have[village] = this.store.feeds.have(village);
      this.repaired.add(village);
    }
    const count = this.wanting.size;
    this.wanting.clear();
    if (count > 0) await this.store.patchState(({ repairs }) => ({ repairs: repairs + count }));
    return have;
  }

  /** The server was restored: all results are void, the shelf goes again, feeds are read from the start. */
  private async offerAgain(epoch: string): Promise<boolean> {
    this.reoffers += 1;
    if (this.reoffers > MOST_REOFFERS) throw new TripEnded('restored_again');
    await beginSecondGeneration(this.store, epoch);
    return true;
  }

  /** True when rescues were put into the outbox, which go on this same trip. */
  private async rescued(): Promise<boolean> {
    const { store } = this;
    if (store.state.value.nextGeneration === null || !store.view) return false;
    if (!(await store.feeds.complete())) return false;
    await swapGenerations(store);
    return true;
  }

  private async obeyErase(): Promise<void> {
    const { unsent, needsHelp } = await this.store.outboxOf.counts();
    // With something unsent the order can only mean 'stolen': then all of it goes.
    await this.store.patchState({ standing: 'erased' });
    await this.store.erase(unsent + needsHelp > 0);
    throw new TripEnded('erased');
  }
}

function emptyPage(village: string): Page {
  return { village, records: [], gone: [], repair: false };
}

function inBatch(batch: readonly Queued[], id: string): boolean {
  return batch.some(({ row }) => row.id === id);
}
