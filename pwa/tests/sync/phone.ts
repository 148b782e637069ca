/** A phone in a test: a store, an engine without timers, and what a surveyor does. */
import 'fake-indexeddb/auto';
import { expect } from 'vitest';
import { editOf, newRecord } from '../../src/store/edits';
import type { Edit, HouseholdFile, Rec } from '../../src/store/face';
import { newId } from '../../src/store/ids';
import { databaseName, PhoneStore } from '../../src/store/phone_store';
import { SyncEngine } from '../../src/sync/engine';
import type { FakeServer } from './fake_server';

export class Phone {
  private constructor(
    readonly server: FakeServer,
    public store: PhoneStore,
    private engine: SyncEngine,
  ) {}

  static async signedIn(server: FakeServer, user = `user-${newId()}`): Promise<Phone> {
    const account = {
      key: `${server.database}.${user}`,
      database: server.database,
      user: { id: user, name: user, role: 'surveyor' },
      username: user,
      device: newId(),
    };
    const store = await openStore(account, server);
    await store.patchState({ epoch: server.epoch, villages: server.villages });
    await store.load();
    return new Phone(server, store, engineFor(store, server));
  }

  /** A phone whose own clock shows something else than the server's. */
  static async withClock(server: FakeServer, now: () => number): Promise<Phone> {
    const phone = await Phone.signedIn(server);
    const { account } = phone.store;
    phone.store.close();
    const store = await PhoneStore.open(account, { now });
    await store.load();
    return new Phone(server, store, engineFor(store, server));
  }

  /** The same phone in another tab. */
  static async over(server: FakeServer, store: PhoneStore): Promise<Phone> {
    await store.load();
    return new Phone(server, store, engineFor(store, server));
  }

  sync(): Promise<boolean> {
    return this.engine.syncNow();
  }

  /** The app is killed and opened again: only what was on disk is left. */
  async reopen(): Promise<void> {
    const { account } = this.store;
    this.store.close();
    this.store = await openStore(account, this.server);
    await this.store.load();
    this.engine = engineFor(this.store, this.server);
  }

  get name(): string {
    return databaseName(this.store.account);
  }

  get trust() {
    return this.store.trust.value;
  }

  async file(id: string): Promise<HouseholdFile> {
    const file = await this.store.household(id);
    if (!file) throw new Error(`no household ${id} here`);
    return file;
  }

  /** A household of one, as the form saves it. */
  async addHousehold(name: string, village = 'v1'): Promise<{ household: string; member: string }> {
    const [household, member] = [newId(), newId()];
    await this.store.save([
      newRecord('household', household, village, { village, address: 'Thôn' }),
      newRecord('member', member, village, { household, full_name: name, relation: 'head' }),
    ]);
    return { household, member };
  }

  async edit(household: string, values: Record<string, unknown>): Promise<Edit | null> {
    const edit = editOf((await this.file(household)).household, values);
    if (edit) await this.store.save([edit]);
    return edit;
  }

  /** Last line of every scenario: another sync neither sends nor changes anything. */
  async isQuiet(): Promise<void> {
    const before = { arrived: this.server.arrived().length, shown: await this.everything() };
    const requests = this.server.requests.length;
    expect(await this.sync()).toBe(true);
    expect(this.server.requests.slice(requests).flatMap(({ changes }) => changes)).toEqual([]);
    expect(this.server.requests.length).toBe(requests + 1);
    expect({ arrived: this.server.arrived().length, shown: await this.everything() }).toEqual(
      before,
    );
  }

  /** Every copy here is the server's, and none is missing. */
  async equalsServer(): Promise<void> {
    const here: Record<string, unknown> = {};
    const holdings = this.store.view?.holdings;
    for (const [id, place] of holdings?.catalog.places ?? []) {
      const copy = (await holdings?.read([id]))?.get(id);
      here[id] = { village: place.village, rev: copy?.rev, data: copy?.data };
    }
    const served = new Set(['reference', ...this.server.villages.map(({ id }) => id)]);
    const there = this.server.all().filter(({ village }) => served.has(village));
    expect(here).toEqual(
      Object.fromEntries(there.map(({ id, village, rev, data }) => [id, { village, rev, data }])),
    );
  }

  async everything(): Promise<Record<string, Rec[]>> {
    const shown: Record<string, Rec[]> = {};
    for (const id of this.store.summaries.value.keys()) {
      const { household, members, cards, visits } = await this.file(id);
      shown[id] = [household, ...members, ...cards, ...visits] as Rec[];
    }
    return shown;
  }
}

async function openStore(account: PhoneStore['account'], server: FakeServer): Promise<PhoneStore> {
  return PhoneStore.open(account, { now: () => server.now });
}

function engineFor(store: PhoneStore, server: FakeServer): SyncEngine {
  const engine = new SyncEngine({
    transport: server,
    token: () => Promise.resolve('token'),
    automatic: false,
  });
  engine.start(store);
  return engine;
}
