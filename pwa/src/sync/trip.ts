/** One trip: send what is unsent, oldest save first; then read every feed to its end. */
import { offsetMinutes } from '../store/clock';
import type { Queued } from '../store/outbox';
import type { PhoneStore } from '../store/phone_store';
import { beginSecondGeneration, swapGenerations } from '../store/rescue';
import { settleOverlay } from '../store/settling';
import { Courier } from './courier';
import type { SyncAnswer, SyncRequest } from './protocol';
import { Reader } from './reader';
import { TransportFailure, type Transport } from './transport';

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
}

export class Trip {
  private readonly outcome: TripOutcome = { sent: 0, serverHas: 0 };
  private readonly courier: Courier;
  private readonly reader: Reader;
  private reoffers = 0;

  constructor(
    private readonly store: PhoneStore,
    transport: Transport,
    token: string,
    /** False for another user's outbox: it is sent, nothing is read for it. */
    private readonly reads: boolean = true,
  ) {
    this.courier = new Courier(store, transport, token);
    this.reader = new Reader(store);
  }

  /** Runs until there is nothing more to send or to read. Interrupted anywhere, the next one goes on. */
  async run(): Promise<TripOutcome> {
    await this.courier.retryAfterUpdate();
    for (;;) {
      const { batch, more } = await this.courier.nextBatch();
      const have = batch.length === 0 ? await this.reader.pendingRepairs() : {};
      const answer = await this.courier.exchange(batch, !more && this.reads, have);
      if (answer === null) continue;
      const goOn = await this.takeIn(batch, answer, have);
      if (more || goOn) continue;
      if (await this.rescued()) continue;
      return this.outcome;
    }
  }

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
      standing: answer.device.state === 'active' ? 'active' : 'closing',
      ...(state.epoch === null ? { epoch: answer.epoch } : {}),
    });
    const erasing = answer.device.state === 'erase';
    if (erasing && (await this.courier.mayErase(answer.reoffer))) await this.obeyErase();
    if (answer.reoffer) return this.offerAgain(answer.epoch);
    const reading = this.reads && answer.device.state === 'active';
    const more = reading && (await this.reader.take(answer, have));
    const read = reading ? Object.entries(answer.feeds) : [];
    await settleOverlay(
      store,
      new Set(read.flatMap(([village, { more }]) => (more === false ? village : []))),
    );
    if (batch.length > 0 || more || Object.keys(have).length > 0) store.announce('pulled');
    await store.recount();
    return more || erasing;
  }

  private async keepResults(batch: Queued[], answer: SyncAnswer, round: number): Promise<void> {
    if (batch.length === 0) return;
    const { store } = this;
    const shown = await store.outboxOf.settle(
      batch,
      answer.results,
      round,
      answer.server_time,
      answer.reoffer,
    );
    await store.refreshState();
    await store.view?.put(shown);
    this.outcome.sent += batch.length;
    this.outcome.serverHas += answer.results.filter(({ status }) => status !== 'malformed').length;
    if (answer.results.some(({ status }) => status === 'malformed')) await this.courier.noteHelp();
    // A server that answers less than it was sent would be asked for ever.
    if (
      answer.results.length < batch.length &&
      !answer.results.some(({ id }) => inBatch(batch, id))
    )
      throw new TransportFailure('refused', 'results_missing');
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
    // Obeyed with something unsent, the order can only mean 'stolen': then all of it goes.
    await this.store.patchState({ standing: 'erased' });
    await this.store.erase(unsent + needsHelp > 0);
    throw new TripEnded('erased');
  }
}

function inBatch(batch: readonly Queued[], id: string): boolean {
  return batch.some(({ row }) => row.id === id);
}
