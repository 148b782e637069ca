/** The store of one account on this phone: the face for screens, and what a trip needs beneath it. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { Carried, type CarriedRow, type CarryRefusal } from './carried';
import { corrected, dayOf, momentOf } from './clock';
import {
  changeState,
  deletePhoneDb,
  FIRST_STATE,
  openPhoneDb,
  readState,
  type PhoneDb,
  type PhoneState,
} from './database';
import { Drafts } from './drafts';
import { valuesOf } from './edits';
import type {
  Account,
  Change,
  Draft,
  Edit,
  ExportChoice,
  HouseholdFile,
  OutboxEntry,
  PersonHit,
  Rec,
  ReferenceRow,
  Saved,
  SignOutRefusal,
  Store,
  Summary,
  Trust,
  VillageRef,
} from './face';
import { Feeds } from './feeds';
import { newId } from './ids';
import { Ledger, type LedgerPage, type LedgerSection } from './ledger';
import { answerMark, type Note, type Returned } from './letters';
import { markHere, unmark, wasHere } from './marker';
import { Outbox, type Counts } from './outbox';
import type { Shown } from './overlay';
import { painted } from './painted';
import type { SealedFile } from './sealed_file';
import type { Sealing } from './sealing';
import { Tabs, type News } from './tabs';
import { downloadedOf, trustOf, type Live } from './trust';
import { View } from './view';

export interface OpenOptions {
  /** False opens the outbox alone: enough to send what another user of this phone has left. */
  view?: boolean;
  now?: () => number;
}

/** One database an account: of this server's data, of this user. */
export const databaseName = (account: Pick<Account, 'key'>): string => `bao-phu.${account.key}`;

export class PhoneStore implements Store {
  readonly state = signal<PhoneState>(FIRST_STATE);
  readonly live = signal<Live>({
    online: globalThis.navigator?.onLine ?? true,
    syncing: false,
    progress: null,
    trouble: null,
  });
  readonly outboxOf: Outbox;
  readonly carried: Carried;
  readonly feeds: Feeds;
  readonly view: View | null;
  /** Set by whoever can reach the server: called after a save, and before data is removed. */
  onSaved: () => void = () => undefined;
  farewell: () => Promise<void> = async () => undefined;

  private readonly counts = signal<Counts>({ unsent: 0, sentShelf: 0, needsHelp: 0 });
  private readonly complete = signal(false);
  private readonly draftsOf: Drafts;
  private readonly tabs: Tabs;
  private loading: Promise<void> | null = null;
  private filledOn = '';
  private tabWork: Promise<void> = Promise.resolve();
  private showing: Promise<void> = Promise.resolve();

  static async open(account: Account, options: OpenOptions = {}): Promise<PhoneStore> {
    const name = databaseName(account);
    const { db, sealing, fresh } = await openPhoneDb(name);
    const emptied = wasHere(name);
    if (fresh) await changeState(db, { cameBackEmpty: emptied, emptied });
    markHere(name);
    const store = new PhoneStore(account, db, sealing, await readState(db), options);
    await store.recount();
    return store;
  }

  private constructor(
    readonly account: Account,
    readonly db: PhoneDb,
    readonly sealing: Sealing,
    state: PhoneState,
    private readonly options: OpenOptions,
  ) {
    this.state.value = state;
    this.outboxOf = new Outbox(db, sealing);
    this.carried = new Carried(db);
    this.draftsOf = new Drafts(db, sealing);
    this.view =
      options.view === false
        ? null
        : new View(db, sealing, this.outboxOf, () => this.today(), state.generation);
    this.feeds = new Feeds(this);
    this.tabs = new Tabs(databaseName(account), (news) => {
      this.tabWork = this.tabWork.then(() => this.hear(news)).catch(() => undefined);
    });
  }

  /** Fills the view, once. Screens may draw before it ends: summaries come village by village. */
  load(): Promise<void> {
    this.loading ??= this.fill();
    return this.loading;
  }

  private async fill(): Promise<void> {
    this.filledOn = this.today();
    await this.view?.open(this.state.value.generation);
    await this.recount();
  }

  /** Statuses are those of a day: works them out anew when another one has begun. */
  async freshenDay(): Promise<void> {
    if (this.filledOn !== '' && this.filledOn !== this.today()) await this.fill();
  }

  // ── what is shown ────────────────────────────────────────────────────────────────────────────

  private readonly nothing = signal<ReadonlyMap<string, Summary>>(new Map());
  private readonly never = signal(false);
  private readonly zero = signal(0);

  get summaries(): ReadonlySignal<ReadonlyMap<string, Summary>> {
    return this.view?.summaries ?? this.nothing;
  }
  get ready(): ReadonlySignal<boolean> {
    return this.view?.ready ?? this.never;
  }
  get changed(): ReadonlySignal<number> {
    return this.view?.changed ?? this.zero;
  }
  readonly villages: ReadonlySignal<readonly VillageRef[]> = computed(() => {
    const { villages, leaving } = this.state.value;
    return [...villages, ...leaving];
  });

  private readonly downloaded = computed(() => downloadedOf(this.summaries.value));

  readonly trust: ReadonlySignal<Trust> = computed(() => {
    void this.changed.value;
    return trustOf({
      state: this.state.value,
      counts: this.counts.value,
      complete: this.complete.value,
      downloaded: this.downloaded.value,
      own: this.view?.overlay.all() ?? [],
      live: this.live.value,
    });
  });

  reference(entity: string): readonly ReferenceRow[] {
    return this.view?.reference(entity) ?? [];
  }

  async household(id: string): Promise<HouseholdFile | null> {
    await this.showing;
    const near = await this.view?.file(id);
    if (near || this.ready.value) return near ?? null;
    await this.load();
    return (await this.view?.file(id)) ?? null;
  }

  async person(id: string): Promise<{ member: Rec<'member'>; file: HouseholdFile } | null> {
    const file = await this.household(id);
    const winner = this.view?.winner(id);
    const member = file?.members.find((one) => one.id === winner);
    return file && member ? { member, file } : null;
  }

  search(text: string, options: { limit?: number; village?: string } = {}): PersonHit[] {
    return this.view?.search.find(text, options) ?? [];
  }

  now(): number {
    return corrected((this.options.now ?? Date.now)(), this.state.value.clockOffsetMinutes);
  }

  /** The phone's own clock, wrong as it may be. */
  rawNow(): number {
    return (this.options.now ?? Date.now)();
  }

  today(): string {
    return dayOf(this.now());
  }

  onChange(listener: (households: readonly string[]) => void): () => void {
    return this.view?.listen(listener) ?? (() => undefined);
  }

  // ── saving ───────────────────────────────────────────────────────────────────────────────────

  async save(edits: readonly Edit[]): Promise<Saved> {
    const changes = edits.flatMap((edit) => this.changeOf(edit) ?? []);
    if (changes.length === 0) return { changes: [] };
    const shown = await this.outboxOf.add(changes);
    // On disk: said at once. The overlay has it now: a quick trip must not take out what is not yet in.
    this.view?.own(shown);
    this.counts.value = { ...this.counts.value, unsent: this.counts.value.unsent + changes.length };
    this.showing = Promise.all([this.showing, this.follow(shown)]).then(() => undefined);
    this.tabs.tell('saved');
    this.onSaved();
    return { changes: changes.map(({ id }) => id) };
  }

  /** What lists show of a save comes behind the frame that says it; whoever opens a record waits. */
  private async follow(shown: readonly Shown[]): Promise<void> {
    await painted();
    const counted = this.recount().catch(() => undefined);
    await this.view?.showOwn(shown).catch(() => undefined);
    await counted;
  }

  private changeOf(edit: Edit): Change | null {
    const values = valuesOf(edit);
    if (values === null) return null;
    const { entity, record, village, answers = null } = edit;
    const { user, device } = this.account;
    const made = { by: user.id, device, at: momentOf(this.now()) };
    return { id: newId(this.rawNow()), entity, record, village, ...made, ...values, answers };
  }

  /** Ends when lists and search show every save so far. */
  shown(): Promise<void> {
    return this.showing;
  }

  draft<T>(key: string): Promise<T | null> {
    return this.draftsOf.get<T>(key);
  }
  saveDraft(key: string, value: unknown): Promise<void> {
    return this.draftsOf.put(key, value, momentOf(this.now()));
  }
  dropDraft(key: string): Promise<void> {
    return this.draftsOf.drop(key);
  }
  drafts(): Promise<Draft[]> {
    return this.draftsOf.all();
  }

  // ── outbox ───────────────────────────────────────────────────────────────────────────────────

  outbox(): Promise<OutboxEntry[]> {
    return this.outboxOf.list();
  }

  async exportFiles(which: ExportChoice): Promise<SealedFile[] | null> {
    const { exportFiles } = await import('./exporting');
    return exportFiles(this, which);
  }

  async carry(file: Blob, name: string): Promise<CarryRefusal | null> {
    const { database } = this.account;
    const refusal = await this.carried.keep(file, name, database, momentOf(this.now()));
    if (refusal === null) this.onSaved();
    return refusal;
  }

  carriedFiles(): Promise<CarriedRow[]> {
    return this.carried.all();
  }

  dropCarried(id: string): Promise<void> {
    return this.carried.drop(id);
  }

  async retryNeedsHelp(change?: string): Promise<void> {
    await this.outboxOf.retry(change);
    await this.recount();
    this.tabs.tell('saved');
    this.onSaved();
  }

  async ledger(section: LedgerSection, limit: number): Promise<LedgerPage> {
    await this.load();
    if (!this.view) return { entries: [], total: 0 };
    return new Ledger(this.db, this.sealing, this.view).page(section, limit);
  }

  // ── letters ──────────────────────────────────────────────────────────────────────────────────

  answered(): ReadonlySet<string> {
    return this.view?.answered() ?? new Set();
  }

  returned(): Returned[] {
    return this.view?.letters.returned(this.view.answered()) ?? [];
  }

  notes(): Note[] {
    return this.view?.letters.notes(this.state.value.readAnswers) ?? [];
  }

  async readAnswer(note: string): Promise<void> {
    await this.load();
    const notes = this.notes();
    const answer = notes.find(({ id }) => id === note)?.data.answer;
    const held = new Set(notes.map(({ id }) => id));
    await this.patchState(({ readAnswers }) => ({
      readAnswers: {
        ...Object.fromEntries(Object.entries(readAnswers).filter(([id]) => held.has(id))),
        [note]: answerMark(answer),
      },
    }));
    this.tabs.tell('saved');
  }

  async readEmptied(): Promise<void> {
    await this.patchState({ emptied: false });
  }

  /** Counts again what the line of trust tells. */
  async recount(): Promise<void> {
    this.counts.value = await this.outboxOf.counts();
    this.complete.value = await this.feeds.complete();
  }

  async patchState(
    change: Partial<PhoneState> | ((state: PhoneState) => Partial<PhoneState>),
  ): Promise<void> {
    this.state.value = await changeState(this.db, change);
  }

  async refreshState(): Promise<void> {
    this.state.value = await readState(this.db);
  }

  patchLive(change: Partial<Live>): void {
    this.live.value = { ...this.live.value, ...change };
  }

  // ── leaving ──────────────────────────────────────────────────────────────────────────────────

  async signOut(): Promise<SignOutRefusal | null> {
    const { unsent, needsHelp } = await this.outboxOf.counts();
    if (unsent > 0) return 'unsent';
    if (needsHelp > 0) return 'needs_help';
    if ((await this.carried.kept()).length > 0) return 'carried';
    await this.farewell();
    await this.erase(false);
    return null;
  }

  /** Removes this account's data. What is sent but in no backup yet stays sealed, unless `all` goes. */
  async erase(all: boolean): Promise<void> {
    const { sentShelf, unsent, needsHelp } = await this.outboxOf.counts();
    const name = databaseName(this.account);
    const kept = (await this.carried.kept()).length;
    unmark(name);
    if (all || sentShelf + unsent + needsHelp + kept === 0) {
      this.close();
      await deletePhoneDb(name);
      return;
    }
    // By order nothing stays readable; whoever signs out finds what waits shown again later.
    const ordered = this.state.value.standing === 'erased';
    const stores = [
      ...(['chunks', 'log', 'feeds', 'drafts'] as const),
      ...(ordered ? (['overlay'] as const) : []),
    ];
    const tx = this.db.transaction(stores, 'readwrite', { durability: 'strict' });
    await Promise.all([...stores.map((store) => tx.objectStore(store).clear()), tx.done]);
    await this.view?.open(this.state.value.generation);
    await this.recount();
    this.tabs.tell('folded');
  }

  close(): void {
    this.tabs.close();
    this.db.close();
  }

  // ── other tabs ───────────────────────────────────────────────────────────────────────────────

  /** Tells other tabs what lies on disk now and they have not in memory. */
  announce(news: News): void {
    this.tabs.tell(news);
  }

  private async hear(news: News): Promise<void> {
    await this.refreshFromDisk(news === 'folded');
  }

  /** Brings memory up to what another tab has written. */
  async refreshFromDisk(everything = false): Promise<void> {
    await this.load();
    const before = this.state.value;
    this.state.value = await readState(this.db);
    const { foldings, generation } = this.state.value;
    const moved = foldings !== before.foldings || generation !== before.generation;
    if (moved || everything) await this.view?.open(generation);
    else await this.view?.catchUp();
    await this.recount();
  }
}
