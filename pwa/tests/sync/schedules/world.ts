/** A phone with two tabs, a server with a desk, and everything that happens between them. */
import { unwrap } from 'idb';
import { editOf, newRecord } from '../../../src/store/edits';
import type { Account, Change, Edit, Values } from '../../../src/store/face';
import { newId } from '../../../src/store/ids';
import { PhoneStore } from '../../../src/store/phone_store';
import { SyncEngine } from '../../../src/sync/engine';
import { FakeServer } from '../fake_server';
import type { Action, DiskPlan, Edit as EditAction, Temper } from './actions';
import { Dead, disk, Tab } from './disk';
import { Wire, type RoadFault } from './wire';

const VILLAGES = ['v1', 'v2', 'v3'].map((id) => ({
  id,
  name: `Thôn ${id}`,
  commune: 'Ngọc Phụng',
}));
const DAY = 24 * 3600_000;

interface OpenTab {
  tab: Tab;
  store: PhoneStore;
  engine: SyncEngine;
  wire: Wire;
}

export interface SavedChange {
  id: string;
  record: string;
  set: Values;
}

type Content = ReturnType<FakeServer['backup']>;

export class World {
  readonly server = new FakeServer();
  readonly saved: SavedChange[] = [];
  /** Values the desk has written, by record and field. */
  readonly deskWrote = new Map<string, Set<unknown>>();
  /** What lay on the phone when its server was restored, until it has been offered. */
  owed: { record: string; field: string; value: unknown }[] = [];
  /** Restored since the phone last went through a whole trip. */
  unheard = false;
  acting: OpenTab;
  private readonly other = new FakeServer();
  private readonly tabs: OpenTab[] = [];
  private readonly homes: string[] = [];
  private backups: Content[] = [];
  private road: (RoadFault | null)[] = [];
  private skew = 0;
  private tempered = true;

  private constructor(
    private readonly account: Account,
    readonly happened: Record<string, number>,
  ) {
    this.acting = null as unknown as OpenTab;
  }

  static async begin(happened: Record<string, number>): Promise<World> {
    const user = `user-${newId()}`;
    const account = {
      key: `k.${user}`,
      database: '',
      user: { id: user, name: user, role: 'surveyor' },
      username: user,
      device: newId(),
    };
    const world = new World(account, happened);
    account.database = world.server.database;
    world.settleDown(false);
    world.server.villages = VILLAGES.slice(0, 2);
    world.server.write('school', newId(), 'reference', { name: 'Trường Ngọc Phụng' });
    for (const village of ['v1', 'v2', 'v3']) world.deskMakes(village);
    world.backups = [world.server.backup()];
    for (const at of [0, 1]) world.tabs[at] = await world.open();
    world.acting = world.tabs[0] as OpenTab;
    await world.acting.store.patchState({ epoch: world.server.epoch });
    return world;
  }

  private async open(): Promise<OpenTab> {
    const store = await PhoneStore.open(this.account, { now: () => this.server.now + this.skew });
    const tab = new Tab();
    tab.owns(unwrap(store.db));
    await store.load();
    const wire = new Wire(
      this.server,
      this.other,
      tab,
      () => this.road.shift() ?? null,
      this.happened,
    );
    const engine = new SyncEngine({
      transport: wire,
      token: () => Promise.resolve('token'),
      automatic: false,
    });
    engine.start(store);
    return { tab, store, engine, wire };
  }

  /** A tab that has died is opened again, as a surveyor would. */
  private async revive(): Promise<void> {
    for (const [at, { tab, store }] of this.tabs.entries()) {
      if (!tab.died) continue;
      store.close();
      this.tabs[at] = await this.open();
      if (this.acting.tab === tab) this.acting = this.tabs[at] as OpenTab;
    }
  }

  /** The server judges by what a value says of itself, or takes everything as it is. */
  settleDown(calm: boolean): void {
    this.tempered = !calm;
    const says = (change: Change, temper: Temper) =>
      this.tempered && Object.values(change.set).some((one) => String(one).startsWith(temper));
    this.server.judge = (change) => {
      if (says(change, 'malformed')) return { status: 'malformed' };
      return says(change, 'held') ? { status: 'held' } : null;
    };
    this.server.stumblesOn = (change) => says(change, 'crash');
    if (calm) this.road = [];
  }

  async act(action: Action): Promise<void> {
    this.happened[action.do] = (this.happened[action.do] ?? 0) + 1;
    this.acting = this.tabs['tab' in action ? action.tab : 0] as OpenTab;
    const { store, tab } = this.acting;
    switch (action.do) {
      case 'make':
        return this.make(action.village, action.disk);
      case 'edit':
        return this.edit(action);
      case 'sync':
        this.road = [...action.road];
        tab.after(action.disk);
        await Promise.all([this.sync(), action.along && this.edit(action.along)]);
        break;
      case 'both sync':
        this.road = [...action.road];
        await Promise.all(this.tabs.map((one) => this.sync(one)));
        break;
      case 'fold':
        tab.after(action.disk);
        await survive(store.feeds.fold(true));
        break;
      case 'reopen':
        store.close();
        this.tabs[action.tab] = await this.open();
        this.acting = this.tabs[action.tab] as OpenTab;
        break;
      case 'retry':
        await store.retryNeedsHelp();
        break;
      default:
        return this.elsewhere(action);
    }
    await this.afterwards();
  }

  private async afterwards(): Promise<void> {
    for (const { tab } of this.tabs) tab.after(null);
    this.road = [];
    await this.revive();
    await this.acting.store.shown();
  }

  async sync({ store, engine, wire }: OpenTab = this.acting): Promise<boolean> {
    const before = wire.carried;
    const good = (await survive(engine.syncNow())) === true;
    const { nextGeneration, epoch } = store.state.value;
    // Where the other tab was on its way, this one has not gone.
    const went = good && wire.carried > before;
    if (went && nextGeneration === null && epoch === this.server.epoch) this.unheard = false;
    return good;
  }

  private async make(village: number, plan: DiskPlan): Promise<void> {
    const id = newId();
    const home = VILLAGES[village]?.id ?? 'v1';
    const member = {
      household: id,
      full_name: `Người ${this.homes.length}`,
      relation: 'head' as const,
    };
    if (
      await this.save(plan, [
        newRecord('household', id, home, { village: home, address: 'mới' }),
        newRecord('member', newId(), home, member),
      ])
    ) {
      this.homes.push(id);
    }
  }

  private async edit({ pick, field, value, temper, disk: plan }: EditAction): Promise<void> {
    const { store } = this.acting;
    const known = [...store.summaries.value.keys()];
    const id = known[pick % Math.max(1, known.length)];
    const file = id === undefined ? null : await survive(store.household(id));
    if (!file) return;
    const edit = editOf(file.household, { [field]: `${temper} ${value}` });
    if (edit) await this.save(plan, [edit]);
  }

  /** True when the phone has said 'saved'. */
  private async save(plan: DiskPlan, edits: Edit[]): Promise<boolean> {
    const { store, tab } = this.acting;
    if (plan) tab.after(plan);
    const done = await survive(store.save(edits));
    if (done) {
      const kept = new Set(edits.flatMap(({ set }) => Object.keys(set)));
      done.changes.forEach((id, at) => {
        const { record, set } = edits[at] as Edit;
        this.saved.push({ id, record, set });
        this.owed = this.owed.filter((one) => one.record !== record || !kept.has(one.field));
      });
    }
    if (plan) await this.afterwards();
    return done !== null;
  }

  /** What happens without the phone. */
  private async elsewhere(action: Action): Promise<void> {
    const { server } = this;
    const homes = server.all().filter(({ entity }) => entity === 'household');
    const home = 'pick' in action ? homes[action.pick % Math.max(1, homes.length)] : undefined;
    switch (action.do) {
      case 'desk edit':
        if (home) this.deskWrites(home.id, action.field, `desk ${action.value}`);
        break;
      case 'desk make':
        this.deskMakes(VILLAGES[action.village]?.id ?? 'v1');
        break;
      case 'move': {
        const to = VILLAGES[action.village]?.id ?? 'v1';
        if (home && home.village !== to) server.move(home.id, to);
        break;
      }
      case 'settle':
        this.settles(action.pick, action.state);
        break;
      case 'backup':
        // Verified: from now on no older one is ever restored.
        server.now += 2 * 3600_000;
        server.backedUpUntil = new Date(server.now).toISOString();
        this.backups = [server.backup()];
        break;
      case 'restore':
        await this.restore(action.copied);
        break;
      case 'assign':
        server.villages = VILLAGES.filter((_, at) => (action.villages & (1 << at)) !== 0);
        break;
      case 'clock':
        this.skew = action.days * DAY;
        break;
      case 'days pass':
        server.now += action.days * DAY;
        break;
      case 'pages':
        server.pageSize = action.size;
        break;
    }
  }

  private deskMakes(village: string): void {
    const id = newId();
    this.server.write('household', id, village, { village, address: 'của xã' });
    this.server.write('member', newId(), village, { household: id, full_name: 'Người của xã' });
    this.homes.push(id);
  }

  private deskWrites(record: string, field: string, value: unknown): void {
    const key = `${record} ${field}`;
    this.deskWrote.set(key, (this.deskWrote.get(key) ?? new Set()).add(value));
    this.server.write('household', record, '', { [field]: value });
    this.owed = this.owed.filter((one) => one.record !== record || one.field !== field);
  }

  private settles(pick: number, state: string): void {
    const open = this.server
      .all()
      .filter(({ entity, data }) => entity === 'waiting' && data.state === 'open');
    const wait = open[pick % Math.max(1, open.length)];
    if (!wait) return;
    const { change, record, fields } = wait.data as {
      change: string;
      record: string;
      fields: Record<string, { set: unknown }>;
    };
    this.server.settle(change, state, state === 'applied');
    if (state !== 'applied') return;
    for (const [field, { set }] of Object.entries(fields)) {
      const key = `${record} ${field}`;
      this.deskWrote.set(key, (this.deskWrote.get(key) ?? new Set()).add(set));
      this.owed = this.owed.filter((one) => one.record !== record || one.field !== field);
    }
  }

  private async restore(asked: boolean): Promise<void> {
    const { server } = this;
    const { epoch } = server;
    const backup = this.backups[0] as Content;
    const { last } = this.acting.store.state.value;
    // A file copied back tells nobody: it is noticed where the phone holds a result it does not know.
    const copied = asked && last !== null && !backup.fates.some(([id]) => id === last);
    if (copied) for (const { wire } of this.tabs) wire.forget();
    // What others had said is sure to come back only where the server says that it was restored.
    else this.owed.push(...(await this.copies()));
    server.restore(backup);
    if (copied) server.epoch = epoch;
    this.happened[copied ? 'copied back' : 'restored'] =
      (this.happened[copied ? 'copied back' : 'restored'] ?? 0) + 1;
    this.unheard = true;
  }

  /** What lies on the phone of other people's making; its own unsent edits will overrule the rest. */
  private async copies(): Promise<World['owed']> {
    const { store } = this.acting;
    const own = new Set<string>();
    for (const { change, state } of await store.outbox()) {
      if (state === 'sent') continue;
      for (const field of Object.keys(change.set)) own.add(`${change.record} ${field}`);
    }
    const found: World['owed'] = [];
    for (const [record, { entity, village }] of store.view?.holdings.catalog.places ?? []) {
      if (village === 'reference' || (entity !== 'household' && entity !== 'member')) continue;
      const copy = (await store.view?.holdings.read([record]))?.get(record);
      for (const [field, value] of Object.entries(copy?.data ?? {})) {
        const overruled = field === 'village' || own.has(`${record} ${field}`);
        if (!overruled) found.push({ record, field, value });
      }
    }
    return found;
  }

  /** Nothing goes wrong any more, and nobody holds anything back: until all is said. */
  async quieten(): Promise<void> {
    this.settleDown(true);
    await this.revive();
    this.acting = this.tabs[0] as OpenTab;
    this.server.server = `fake-${newId()}`;
    await this.acting.store.retryNeedsHelp();
    for (let trip = 0; trip < 8; trip += 1) {
      const good = await this.sync();
      const { unsent, needsHelp } = this.acting.store.trust.value;
      if (good && unsent + needsHelp === 0 && trip > 0) return;
    }
    throw new Error(
      `not quiet after eight trips: ${JSON.stringify(this.acting.store.trust.value)}`,
    );
  }

  end(): void {
    for (const { store } of this.tabs) store.close();
    for (const what of ['kill', 'full'] as const) {
      this.happened[what] = (this.happened[what] ?? 0) + disk.happened[what];
      disk.happened[what] = 0;
    }
  }
}

/** What a step ends with; null where the tab died or the disk was full under it. */
async function survive<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Dead || error instanceof DOMException) return null;
    throw error;
  }
}
