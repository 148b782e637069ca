/** Sends batches, and finds the one change that a server stumbles on. */
import { APP_VERSION } from '../domain/app_version';
import { momentOf } from '../store/clock';
import type { Queued } from '../store/outbox';
import type { PhoneStore } from '../store/phone_store';
import {
  CHANGES_A_BATCH,
  PROTOCOL,
  RECORDS_A_PAGE,
  type SyncAnswer,
  type SyncRequest,
} from './protocol';
import { TransportFailure, type Transport } from './transport';

const SYNC_PATH = '/api/v1/sync';
const FAILURES_ALONE = 3;

export class Courier {
  private limit = CHANGES_A_BATCH;
  /** True when the last message said that more is unsent than it carried. */
  private keptBack = false;

  constructor(
    private readonly store: PhoneStore,
    private readonly transport: Transport,
    private readonly token: string,
  ) {}

  /** What goes next; while a restored server is told again, the sent shelf goes before the unsent. */
  nextBatch(): Promise<{ batch: Queued[]; more: boolean }> {
    const { nextGeneration, round } = this.store.state.value;
    return this.store.outboxOf.next(this.limit, nextGeneration === null ? null : round);
  }

  /** Null: the batch was not taken; what goes next time is smaller or without the one at fault. */
  async exchange(
    batch: Queued[],
    read: boolean,
    have: SyncRequest['have'],
  ): Promise<SyncAnswer | null> {
    try {
      const since = read ? await this.store.feeds.since() : {};
      const request = await this.request(batch, since, have);
      const answer = await this.post(request);
      this.keptBack = request.phone.unsent > request.changes.length;
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
    if (await this.store.outboxOf.failedAlone(alone, FAILURES_ALONE)) await this.noteHelp();
    await this.store.recount();
  }

  /** Remembers who could not read what now needs help: another app or server may. */
  async noteHelp(): Promise<void> {
    await this.store.patchState({ helpTriedBy: this.versions() });
  }

  /**
   * True when an order to erase is to be obeyed at once. Told that something is kept back, a server
   * orders it of a stolen phone only; otherwise it waits for what was saved meanwhile, and for all
   * that a restored server is to be told again.
   */
  async mayErase(reoffer: boolean): Promise<boolean> {
    if (this.keptBack) return true;
    if (reoffer) return false;
    const { needsHelp } = await this.store.outboxOf.counts();
    return needsHelp === 0 && (await this.nextBatch()).batch.length === 0;
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
  async retryAfterUpdate(): Promise<void> {
    const { helpTriedBy } = this.store.state.value;
    if (helpTriedBy === null || this.transport.server === null) return;
    if (helpTriedBy === this.versions()) return;
    await this.store.outboxOf.retry();
    await this.store.patchState({ helpTriedBy: null });
  }
}
