/** A server in memory that keeps the contract as far as a phone can see it. */
import { feedDigest } from '../../src/domain/digest';
import { same } from '../../src/store/edits';
import type { Change, Values, VillageRef } from '../../src/store/face';
import type { FeedRecord } from '../../src/store/holdings';
import { newId } from '../../src/store/ids';
import type { Result } from '../../src/store/outbox';
import type { DeviceAnswer, FeedPage, SyncAnswer, SyncRequest } from '../../src/sync/protocol';
import { TransportFailure, type Transport } from '../../src/sync/transport';

interface Row extends FeedRecord {
  village: string;
}

interface Content {
  rows: Row[];
  revs: Record<string, number>;
  fates: [string, { result: Result; change: Change }][];
}

export type Fault = 'lose_request' | 'lose_response' | 'unauthorized' | 'busy' | 'error';

export class FakeServer implements Transport {
  readonly database = newId();
  server: string | null = 'fake-1';
  epoch = newId();
  villages: VillageRef[] = [
    { id: 'v1', name: 'Hưng Long', commune: 'Ngọc Phụng' },
    { id: 'v2', name: 'Xuân Thành', commune: 'Ngọc Phụng' },
  ];
  /** What goes wrong with the next requests, in order; null lets one through. */
  faults: (Fault | null)[] = [];
  /** A batch with such a change makes the server stumble. */
  stumblesOn: (change: Change) => boolean = () => false;
  /** Overrules what would become of a change. */
  judge: (change: Change) => Partial<Result> | null = () => null;
  pageSize = 1000;
  now = Date.parse('2026-11-22T08:00:00+07:00');
  deviceState: SyncAnswer['device']['state'] = 'active';
  /** The device is revoked: it erases itself once it says that nothing else is unsent. */
  revoked = false;
  /** What happens on the phone while the next answer is under way. */
  meanwhile: (() => Promise<unknown>) | null = null;
  backedUpUntil: string | null = null;
  readonly requests: SyncRequest[] = [];
  /** Files of other phones that were brought here, and what becomes of the next ones. */
  readonly files: Uint8Array<ArrayBuffer>[] = [];
  fileFaults: TransportFailure[] = [];
  fileAnswer = { known: 0, applied: 2, waiting: 1, malformed: 0, proven: true };
  readonly devices: { username: string; device: string }[] = [];

  private rows = new Map<string, Row>();
  private tombstones: Row[] = [];
  private revs = new Map<string, number>();
  private fates = new Map<string, { result: Result; change: Change }>();

  async post<T>(path: string, body: unknown, token: string | null): Promise<T> {
    await Promise.resolve();
    const fault = this.faults.shift() ?? null;
    if (fault === 'lose_request') throw new TransportFailure('offline', 'no_connection');
    if (fault === 'unauthorized') throw new TransportFailure('unauthorized', 'not_signed_in');
    if (fault === 'busy') throw new TransportFailure('busy', 'sync_in_flight');
    if (fault === 'error') throw new TransportFailure('refused', 'server_error');
    const answer = path.endsWith('/sync')
      ? this.sync(wire(body) as SyncRequest)
      : this.signIn(body as { username: string; device: string | null });
    const { meanwhile } = this;
    this.meanwhile = null;
    await meanwhile?.();
    if (fault === 'lose_response') throw new TransportFailure('offline', 'no_connection');
    void token;
    return wire(answer) as T;
  }

  async postFile<T>(_path: string, bytes: Uint8Array<ArrayBuffer>): Promise<T> {
    await Promise.resolve();
    const fault = this.fileFaults.shift() ?? null;
    if (fault !== null) throw fault;
    this.files.push(bytes);
    return wire(this.fileAnswer) as T;
  }

  async remove(): Promise<void> {
    await Promise.resolve();
  }

  // ── doors ────────────────────────────────────────────────────────────────────────────────────

  private signIn({ username, device }: { username: string; device: string | null }): DeviceAnswer {
    const known = device ?? newId();
    this.devices.push({ username, device: known });
    return {
      device: known,
      token: `token of ${username}`,
      expires_at: '2027-05-21T08:00:00+07:00',
      user: { id: `user-${username}`, name: username, role: 'surveyor' },
      villages: this.villages,
      database: this.database,
      epoch: this.epoch,
    };
  }

  private sync(request: SyncRequest): SyncAnswer {
    this.requests.push(request);
    if (request.changes.some((change) => this.stumblesOn(change))) {
      throw new TransportFailure('refused', 'server_error');
    }
    const lost =
      request.epoch !== this.epoch ||
      (request.last !== null && !this.fates.has(request.last)) ||
      Object.entries(request.since).some(([village, next]) => next > this.rev(village));
    const results = request.changes.map((change) => this.takeChange(change));
    const state = this.standing(request);
    return {
      database: this.database,
      epoch: this.epoch,
      reoffer: lost,
      server_time: new Date(this.now).toISOString(),
      backed_up_until: this.backedUpUntil,
      device: { state },
      villages: this.villages,
      results,
      feeds: lost || state !== 'active' ? {} : this.feeds(request),
    };
  }

  private standing({ phone, changes }: SyncRequest): SyncAnswer['device']['state'] {
    if (!this.revoked) return this.deviceState;
    return phone.unsent <= changes.length ? 'erase' : 'closing';
  }

  // ── writing ──────────────────────────────────────────────────────────────────────────────────

  private takeChange(change: Change): Result {
    const known = this.fates.get(change.id);
    if (known) return known.result;
    const asked = this.rows.get(change.answers ?? '');
    if (asked?.data.state === 'returned') {
      this.write('waiting', asked.id, asked.village, { state: 'answered' });
    }
    const result = { id: change.id, ...this.decide(change) } as Result;
    if (result.status !== 'malformed') this.fates.set(change.id, { result, change });
    return result;
  }

  private decide(change: Change): Partial<Result> {
    const ordered = this.judge(change);
    if (ordered?.status === 'malformed') return ordered;
    const row = this.rows.get(change.record);
    const held = Object.entries(change.set).filter(([name, value]) =>
      row
        ? !same(row.data[name], change.was[name]) && !same(row.data[name], value)
        : name in change.was,
    );
    const waiting =
      change.rescue || ordered?.status === 'held'
        ? Object.keys(change.set)
        : held.map(([name]) => name);
    const applies = Object.entries(change.set).filter(([name]) => !waiting.includes(name));
    if (applies.length > 0) {
      this.write(change.entity, change.record, change.village, Object.fromEntries(applies));
    }
    if (waiting.length > 0) this.letWait(change, waiting);
    const rev = this.rows.get(change.record)?.rev;
    const status = waiting.length === 0 ? 'applied' : applies.length === 0 ? 'held' : 'merged';
    return { status, ...(rev === undefined ? {} : { rev }), waiting, reasons: [] };
  }

  /** What desk or another phone does. */
  write(entity: string, id: string, village: string, set: Values): Row {
    const before = this.rows.get(id);
    const home = before?.village ?? village;
    const data = { ...before?.data, ...set };
    for (const [name, value] of Object.entries(data)) if (value === null) delete data[name];
    const row = { entity, id, village: home, rev: this.nextRev(home), deleted: false, data } as Row;
    this.rows.set(id, row);
    return row;
  }

  private letWait(change: Change, names: string[]): void {
    const fields = Object.fromEntries(
      names.map((name) => [name, { was: change.was[name] ?? null, set: change.set[name] }]),
    );
    const { id, entity, record, village } = change;
    const household =
      entity === 'household' ? record : (this.rows.get(record)?.data.household ?? null);
    const data = { change: id, entity, record, household, fields, reasons: [], state: 'open' };
    this.write('waiting', newId(), village, data);
  }

  /** What the officer decides of a change that waits. */
  settle(change: string, state: string, apply: boolean): void {
    const wait = [...this.rows.values()].find(({ data }) => data.change === change) as Row;
    if (apply) {
      const fields = wait.data.fields as Record<string, { set: unknown }>;
      const set = Object.fromEntries(Object.entries(fields).map(([name, { set }]) => [name, set]));
      this.write(wait.data.entity as string, wait.data.record as string, wait.village, set);
    }
    this.write('waiting', wait.id, wait.village, { state });
  }

  /** One field of a change is settled, the others go on waiting. */
  settleField(change: string, name: string, state: string): void {
    const wait = [...this.rows.values()].find(({ data }) => data.change === change) as Row;
    const fields = wait.data.fields as Record<string, Values>;
    this.write('waiting', wait.id, wait.village, {
      fields: { ...fields, [name]: { ...fields[name], state } },
    });
  }

  /** A household and all that hangs on it goes to another village. */
  move(household: string, to: string): void {
    const members = new Set(
      this.all().flatMap(({ id, data }) => (data.household === household ? id : [])),
    );
    for (const row of this.all()) {
      const hangs = [row.data.household, row.data.member].some(
        (above) => above === household || members.has(above as string),
      );
      if (row.id !== household && !hangs) continue;
      this.tombstones.push({ ...row, rev: this.nextRev(row.village), deleted: true, data: {} });
      const data = row.id === household ? { ...row.data, village: to } : row.data;
      this.rows.set(row.id, { ...row, village: to, data, rev: this.nextRev(to) });
    }
  }

  private nextRev(village: string): number {
    const rev = this.rev(village) + 1;
    this.revs.set(village, rev);
    return rev;
  }

  private rev(village: string): number {
    return this.revs.get(village) ?? 0;
  }

  // ── reading ──────────────────────────────────────────────────────────────────────────────────

  private feeds(request: SyncRequest): Record<string, FeedPage> {
    const served = new Set(['reference', ...this.villages.map(({ id }) => id)]);
    const feeds: Record<string, FeedPage> = {};
    let left = Math.min(request.limit, this.pageSize);
    for (const [village, since] of Object.entries(request.since)) {
      if (!served.has(village)) {
        feeds[village] = { gone: true };
        continue;
      }
      feeds[village] = this.page(village, since, left, request.have[village]);
      left -= feeds[village].records?.length ?? 0;
    }
    return feeds;
  }

  private page(village: string, since: number, limit: number, have?: [string, number][]): FeedPage {
    const live = this.all().filter((row) => row.village === village);
    const digest = feedDigest(live.map(({ id, rev }) => [id, rev] as const));
    if (have) {
      const held = new Map(have);
      const records = live.filter(({ id, rev }) => held.get(id) !== rev);
      const ids = new Set(live.map(({ id }) => id));
      const gone = have.flatMap(([id]) => (ids.has(id) ? [] : id));
      return { records: records.map(plain), gone, next: this.rev(village), more: false, digest };
    }
    const buried = this.tombstones.filter((row) => row.village === village);
    const news = [...live, ...buried]
      .filter(({ rev }) => rev > since)
      .sort((a, b) => a.rev - b.rev);
    const records = news.slice(0, limit);
    const more = records.length < news.length;
    const next = more ? (records[records.length - 1]?.rev ?? since) : this.rev(village);
    return { records: records.map(plain), gone: [], next, more, digest: more ? null : digest };
  }

  all(): Row[] {
    return [...this.rows.values()];
  }

  record(id: string): Row | undefined {
    return this.rows.get(id);
  }

  /** Changes whose fate is known, in the order of arrival. */
  arrived(): Change[] {
    return [...this.fates.values()].map(({ change }) => change);
  }

  fate(change: string): Result | undefined {
    return this.fates.get(change)?.result;
  }

  /** True while a person has still to decide about this field of a change. */
  waitsFor(change: string, field: string): boolean {
    return this.all().some(({ entity, data }) => {
      if (entity !== 'waiting' || data.change !== change) return false;
      const fields = data.fields as Record<string, { state?: string }>;
      const open = (state: unknown) => state === 'open' || state === 'returned';
      return open(data.state) && field in fields && open(fields[field]?.state ?? 'open');
    });
  }

  /** Every value that waits or has waited for a field of a record. */
  waitingValues(record: string, field: string): unknown[] {
    return this.all().flatMap(({ entity, data }) => {
      if (entity !== 'waiting' || data.record !== record) return [];
      const fields = data.fields as Record<string, { set?: unknown }>;
      return field in fields ? [fields[field]?.set] : [];
    });
  }

  // ── disasters ────────────────────────────────────────────────────────────────────────────────

  backup(): Content {
    const content = {
      rows: this.all(),
      revs: Object.fromEntries(this.revs),
      fates: [...this.fates],
    };
    return wire(content) as Content;
  }

  restore(content: Content): void {
    const { rows, revs, fates } = wire(content) as Content;
    this.rows = new Map(rows.map((row) => [row.id, row]));
    this.revs = new Map(Object.entries(revs));
    this.fates = new Map(fates);
    this.tombstones = [];
    this.epoch = newId();
  }

  /** The database forgets a record without telling anybody, as a bad migration would. */
  forget(id: string): void {
    this.rows.delete(id);
  }

  /** A feed tells an old revision again. */
  rewind(id: string, rev: number, data: Values): void {
    const row = this.rows.get(id) as Row;
    this.rows.set(id, { ...row, rev, data });
  }
}

const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const plain = ({ entity, id, rev, deleted, data }: Row): FeedRecord => ({
  entity,
  id,
  rev,
  deleted,
  data,
});
