/** When to sync: on opening, on reconnect, when looked at, after a save, on a timer, by a button. */
import { momentOf } from '../store/clock';
import type { PhoneStore } from '../store/phone_store';
import { tokenOf } from '../store/registry';
import { dropToken, othersWithUnsent } from './account';
import { bringCarried } from './carrying';
import { HttpTransport, TransportFailure, type Transport } from './transport';
import { Trip, TripEnded } from './trip';

const REGULAR_MILLIS = 5 * 60_000;
const AFTER_SAVE_MILLIS = 3_000;
const FIRST_PAUSE_MILLIS = 5_000;
const LONGEST_PAUSE_MILLIS = 15 * 60_000;

export interface EngineOptions {
  transport?: Transport;
  /** The token to use; that of the account where none is given. */
  token?: (key: string) => Promise<string | null>;
  /** False leaves out timers and events: for tests that call `syncNow` themselves. */
  automatic?: boolean;
}

export class SyncEngine {
  private store: PhoneStore | null = null;
  private running: Promise<boolean> | null = null;
  private again = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopListening: () => void = () => undefined;
  private readonly transport: Transport;
  private readonly token: (key: string) => Promise<string | null>;

  constructor(private readonly options: EngineOptions = {}) {
    this.transport = options.transport ?? new HttpTransport();
    this.token = options.token ?? tokenOf;
  }

  /** Takes a store on and syncs it for the first time. */
  start(store: PhoneStore): void {
    this.stop();
    this.store = store;
    if (this.options.automatic === false) return;
    store.onSaved = () => this.plan(AFTER_SAVE_MILLIS);
    const look = () => {
      store.patchLive({ online: navigator.onLine });
      if (document.visibilityState === 'visible') {
        void store.freshenDay();
        void this.syncNow();
      } else void store.feeds.fold().catch(() => undefined);
    };
    const connected = () => {
      this.failures = 0;
      look();
    };
    const gone = () => store.patchLive({ online: false });
    window.addEventListener('online', connected);
    window.addEventListener('offline', gone);
    document.addEventListener('visibilitychange', look);
    this.stopListening = () => {
      window.removeEventListener('online', connected);
      window.removeEventListener('offline', gone);
      document.removeEventListener('visibilitychange', look);
    };
    void this.syncNow();
  }

  stop(): void {
    this.stopListening();
    this.stopListening = () => undefined;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.store = null;
  }

  /** Runs a trip, or waits for the one that runs and whatever it missed. True when it went through. */
  async syncNow(): Promise<boolean> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.trips();
    try {
      return await this.running;
    } finally {
      this.running = null;
    }
  }

  private async trips(): Promise<boolean> {
    let good = false;
    try {
      do {
        this.again = false;
        good = await this.oneTrip();
      } while (this.again && good);
      return good;
    } finally {
      if (this.store) this.plan(good ? REGULAR_MILLIS : this.pause());
    }
  }

  /** Growing pauses, shaken a little so that a village of phones does not knock at once. */
  private pause(): number {
    const grown = FIRST_PAUSE_MILLIS * 2 ** Math.min(this.failures, 10);
    return Math.min(grown, LONGEST_PAUSE_MILLIS) * (0.8 + Math.random() * 0.4);
  }

  private plan(millis: number): void {
    if (this.options.automatic === false) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.syncNow(), millis);
  }

  private async oneTrip(): Promise<boolean> {
    const { store } = this;
    if (!store || store.state.value.standing === 'erased') return false;
    return alone(`bao-phu.trip.${store.account.key}`, async () => {
      store.patchLive({ syncing: true });
      try {
        // Another tab may have made the last trip.
        await store.refreshFromDisk();
        await this.travel(store, true);
        this.failures = 0;
        store.patchLive({ online: true, trouble: null });
        await this.sendForOthers(store.account.key);
        return true;
      } catch (error) {
        await this.note(store, error);
        return false;
      } finally {
        store.patchLive({ syncing: false, progress: null });
      }
    });
  }

  private async travel(store: PhoneStore, reads: boolean): Promise<void> {
    const token = await this.token(store.account.key);
    if (token === null) throw new TransportFailure('unauthorized', 'not_signed_in');
    await bringCarried(store, this.transport, token);
    const outcome = await new Trip(store, this.transport, token, reads).run();
    const { backedUpUntil } = store.state.value;
    await store.patchState(({ lastTrip }) => ({
      lastSync: momentOf(store.now()),
      lastTrip: outcome.sent > 0 ? { sent: outcome.sent, serverHas: outcome.serverHas } : lastTrip,
      cameBackEmpty: false,
      signInNeeded: false,
    }));
    await store.freshenDay();
    await store.outboxOf.clearShelf(store.now(), backedUpUntil);
    await store.recount();
  }

  private async note(store: PhoneStore, error: unknown): Promise<void> {
    this.failures += 1;
    const failure = error instanceof TransportFailure ? error : null;
    const ended = error instanceof TripEnded ? error : null;
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    const trouble = failure?.code ?? ended?.code ?? (full ? 'storage_full' : 'phone_error');
    if (failure?.kind === 'offline') store.patchLive({ online: false });
    store.patchLive({ trouble });
    if (ended?.code === 'erased') return dropToken(store.account.key);
    if (failure?.kind === 'unauthorized') await store.patchState({ signInNeeded: true });
    await store.recount();
    if (!failure && !ended && !full) throw error;
  }

  /** What another user of this phone has saved goes out as theirs. Their trouble is not ours. */
  private async sendForOthers(key: string): Promise<void> {
    for (const other of await othersWithUnsent(key)) {
      try {
        await alone(`bao-phu.trip.${other.account.key}`, async () => {
          await this.travel(other, false);
          return true;
        });
      } catch {
        // Kept in their outbox, and seen by them when they open the app.
      } finally {
        other.close();
      }
    }
  }
}

/** One trip at a time over all tabs. Where another tab is on its way, this one need not go. */
async function alone(name: string, work: () => Promise<boolean>): Promise<boolean> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  let good = true;
  await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock !== null) good = await work();
  });
  return good;
}
