/**
 * The disk under a phone, as it fails: a commit that finds it full, a tab that dies between any two
 * steps. A step is a transaction about to begin, about to commit, or a message about to go or come.
 */
import 'fake-indexeddb/auto';

/** What a dead tab would have done next never happens. */
export class Dead extends Error {}

interface Doomed {
  _abort(name: string): void;
  _markFinished(): void;
}

type Plan = { what: 'kill' | 'full'; at: number } | null;

class Disk {
  private readonly dead = new WeakSet<IDBDatabase>();
  private readonly tabs = new WeakMap<IDBDatabase, Tab>();
  readonly happened: Record<'kill' | 'full', number> = { kill: 0, full: 0 };

  install(): void {
    const begin = IDBDatabase.prototype.transaction;
    const { dead, tabs } = this;
    const watch = this.watch.bind(this);
    IDBDatabase.prototype.transaction = function (...given) {
      if (dead.has(this)) throw new Dead('a dead tab reads and writes nothing');
      const tab = tabs.get(this);
      tab?.step();
      const tx = begin.apply(this, given);
      if (given[1] === 'readwrite' && tab) watch(tx as unknown as Doomed, tab);
      return tx;
    };
  }

  /** A write may fail where a real one does: when it is committed, all of it or nothing. */
  private watch(tx: Doomed, tab: Tab): void {
    const finish = tx._markFinished.bind(tx);
    tx._markFinished = () => {
      tx._markFinished = finish;
      const fate = tab.commits();
      if (fate === null) finish();
      else tx._abort(fate);
    };
  }

  /** The connections a tab uses; they share its fate. */
  own(tab: Tab, connection: IDBDatabase): void {
    this.tabs.set(connection, tab);
  }

  bury(connection: IDBDatabase): void {
    this.dead.add(connection);
  }
}

export const disk = new Disk();
disk.install();

/** One tab of the app, which may be told to die or to find the disk full after so many steps. */
export class Tab {
  private connection: IDBDatabase | null = null;
  private plan: Plan = null;
  private steps = 0;
  died = false;

  owns(connection: IDBDatabase): void {
    this.connection = connection;
    disk.own(this, connection);
  }

  after(plan: Plan): void {
    this.plan = plan;
    this.steps = 0;
  }

  /** Counts a step; dies here when its time has come. */
  step(): void {
    if (this.died) throw new Dead('a dead tab does nothing');
    this.steps += 1;
    if (this.plan?.what === 'kill' && this.steps >= this.plan.at) {
      this.die();
      throw new Dead('killed');
    }
  }

  /** The name of what stops a commit, or null. */
  commits(): string | null {
    if (this.died) return 'AbortError';
    this.steps += 1;
    if (this.plan === null || this.steps < this.plan.at) return null;
    if (this.plan.what === 'full') {
      this.plan = null;
      disk.happened.full += 1;
      return 'QuotaExceededError';
    }
    this.die();
    return 'AbortError';
  }

  private die(): void {
    this.died = true;
    this.plan = null;
    disk.happened.kill += 1;
    if (this.connection) disk.bury(this.connection);
  }
}

/** What Web Locks promise, for a runtime without them: one holder a name, others may look and leave. */
export function installLocks(): void {
  const held = new Set<string>();
  const request = async (
    name: string,
    _options: { ifAvailable: true },
    work: (lock: object | null) => Promise<unknown>,
  ) => {
    if (held.has(name)) return work(null);
    held.add(name);
    try {
      return await work({ name });
    } finally {
      held.delete(name);
    }
  };
  Object.defineProperty(globalThis, 'navigator', {
    value: { onLine: true, locks: { request } },
    configurable: true,
  });
}
