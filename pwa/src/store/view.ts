/** What is in memory: where records lie, own edits over them, summaries and the search index. */
import { signal } from '@preact/signals';
import type { PhoneDb } from './database';
import type { HouseholdFile, Rec, ReferenceRow, Summary } from './face';
import { assemble } from './file';
import { Holdings, type Copy, type Plan } from './holdings';
import { Letters } from './letters';
import type { Outbox } from './outbox';
import { Overlay, type Shown } from './overlay';
import type { WaitingData } from './records';
import { SearchIndex } from './search';
import type { Sealing } from './sealing';
import { summarize } from './summary';

export const REFERENCE = 'reference';
const FOLDED_AT_ONCE = 100;

const OPEN_STATES = new Set<string>(['open', 'returned']);

/** What has become of a change that waits, as its feed tells: whole, and field by field. */
interface Wait {
  over: boolean;
  settled: readonly string[];
  /** It has left its feed: it may have moved with its household, and another feed tells of it then. */
  gone?: true;
}

export class View {
  readonly overlay = new Overlay();
  readonly search = new SearchIndex();
  readonly summaries = signal<ReadonlyMap<string, Summary>>(new Map());
  readonly ready = signal(false);
  readonly changed = signal(0);
  /** What has become of changes that wait, by change. */
  readonly waits = new Map<string, Wait>();
  holdings: Holdings;
  private readonly waitOf = new Map<string, string>();
  readonly letters: Letters;
  private readonly referenceRows = new Map<string, ReferenceRow>();
  private readonly listeners = new Set<(households: readonly string[]) => void>();

  constructor(
    private readonly db: PhoneDb,
    private readonly sealing: Sealing,
    private readonly outbox: Outbox,
    private readonly day: () => string,
    generation: number,
  ) {
    this.holdings = new Holdings(db, sealing, generation);
    this.letters = new Letters(this.overlay, {
      villageOf: (id) => this.catalog.places.get(id)?.village ?? null,
      householdOf: (id) => {
        const root = this.catalog.rootOf(id);
        return this.summaries.value.has(root) ? root : null;
      },
      memberOf: (id) => (this.catalog.entityOf(id) === 'member' ? this.catalog.winner(id) : null),
    });
  }

  /** Reads everything; the summaries of the first chunk are there before the second is opened. */
  async open(generation: number): Promise<void> {
    this.ready.value = false;
    this.holdings = new Holdings(this.db, this.sealing, generation);
    await this.readOverlay();
    this.waits.clear();
    this.letters.clear();
    this.referenceRows.clear();
    this.search.clear();
    const summaries = new Map<string, Summary>();
    const later = new Set<string>();
    const touched = await this.holdings.load(async (copies) => {
      const roots = new Set<string>();
      for (const [id, copy] of copies) {
        this.notice(copy);
        const root = this.catalog.rootOf(id);
        if (copies.has(root)) roots.add(root);
        else later.add(root);
      }
      for (const root of roots) this.summarizeInto(summaries, root, copies);
      this.summaries.value = new Map(summaries);
    });
    // Without a chunk nothing has taken the place of what was shown before.
    this.summaries.value = new Map(summaries);
    // What left by the log may have been shown from its chunk.
    for (const id of touched) {
      later.add(id);
      if (!this.catalog.places.has(id)) this.forget(id);
    }
    // Own edits last: some may have been saved while the chunks were read.
    for (const id of [...this.holdings.fresh.keys(), ...this.overlay.records()]) later.add(id);
    for (const copy of this.holdings.fresh.values()) this.notice(copy);
    await this.refresh(later, false);
    this.ready.value = true;
    this.tell([]);
    void this.warmSearch();
  }

  /** Folds names while nothing else is to do, so that the first keystroke finds them folded. */
  private async warmSearch(): Promise<void> {
    while (this.search.fold(FOLDED_AT_ONCE)) {
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  private get catalog() {
    return this.holdings.catalog;
  }

  private notice(copy: Copy): void {
    this.letters.notice(copy);
    if (copy.entity === 'waiting') {
      const { change, state, fields = {} } = copy.data as unknown as WaitingData;
      const settled = Object.entries(fields).flatMap(([name, field]) =>
        OPEN_STATES.has(field.state ?? 'open') ? [] : name,
      );
      this.waits.set(change, { over: !OPEN_STATES.has(state), settled });
      this.waitOf.set(copy.id, change);
    } else if (this.catalog.places.get(copy.id)?.village === REFERENCE) {
      this.referenceRows.set(copy.id, { id: copy.id, entity: copy.entity, data: copy.data });
    }
  }

  /** Takes a plan in after its page is on disk. */
  async admit(plan: Plan): Promise<void> {
    const before = this.rootsOf([...plan.removed, ...plan.put.map(({ copy }) => copy.id)]);
    const touched = this.holdings.admit(plan);
    for (const { copy } of plan.put) this.notice(copy);
    for (const id of plan.removed) this.forget(id);
    await this.refresh([...before, ...touched]);
  }

  /** Admits pages another tab has logged. */
  async catchUp(): Promise<void> {
    await this.readOverlay();
    const touched = await this.holdings.replay();
    for (const id of touched) {
      const copy = this.holdings.fresh.get(id);
      if (copy) this.notice(copy);
      else if (!this.catalog.places.has(id)) this.forget(id);
    }
    await this.refresh([...touched, ...this.overlay.records(), ...this.pendingHouseholds()]);
  }

  /** As it lies on disk. Read again where something was saved or settled here meanwhile. */
  private async readOverlay(): Promise<void> {
    let edits: Shown[];
    let version: number;
    do {
      version = this.overlay.version;
      edits = await this.outbox.shown();
    } while (version !== this.overlay.version);
    this.overlay.clear();
    for (const shown of edits) this.overlay.put(shown);
  }

  private forget(id: string): void {
    this.referenceRows.delete(id);
    this.letters.forget(id);
    const change = this.waitOf.get(id);
    if (change !== undefined) this.waits.set(change, { over: true, settled: [], gone: true });
  }

  private pendingHouseholds(): string[] {
    return [...this.summaries.value.values()].flatMap(({ id, pending }) =>
      pending === 'none' ? [] : id,
    );
  }

  private rootsOf(ids: Iterable<string>): Set<string> {
    return new Set([...ids].map((id) => this.catalog.rootOf(id)));
  }

  async put(edits: readonly Shown[]): Promise<void> {
    this.own(edits);
    await this.showOwn(edits);
  }

  /** Takes own edits in; lists and search follow with `showOwn`. */
  own(edits: readonly Shown[]): void {
    for (const shown of edits) this.overlay.put(shown);
  }

  async showOwn(edits: readonly Shown[]): Promise<void> {
    const records = edits.map(({ record }) => record);
    await this.refresh([...this.rootsOf(records), ...records]);
  }

  async drop(edits: readonly Shown[]): Promise<void> {
    const before = this.rootsOf(edits.map(({ record }) => record));
    for (const { seq } of edits) this.overlay.drop(seq);
    await this.refresh([...before, ...edits.map(({ record }) => record)]);
  }

  /** Works out anew what is shown of the households these records belong to. */
  async refresh(ids: Iterable<string>, tell = true): Promise<void> {
    const touched = new Set(ids);
    await this.relink(touched);
    const roots = this.rootsOf(touched);
    for (const id of touched) roots.add(id);
    const wanted = [...roots].flatMap((root) => this.catalog.under(root));
    const copies = await this.holdings.read(wanted);
    const summaries = new Map(this.summaries.value);
    for (const root of roots) this.summarizeInto(summaries, root, copies);
    this.summaries.value = summaries;
    if (tell) this.tell([...roots]);
  }

  /** Own edits may hang a record elsewhere, or make one the server does not know. */
  private async relink(ids: Iterable<string>): Promise<void> {
    const mine = [...ids];
    const copies = await this.holdings.read(mine);
    for (const id of mine) {
      const rec = this.show(id, copies);
      if (rec) this.catalog.link(id, rec.entity, rec.data as Record<string, unknown>);
      else this.catalog.unlink(id);
    }
  }

  private show(id: string, copies: ReadonlyMap<string, Copy>): Rec | null {
    return this.overlay.show(id, copies.get(id), this.catalog.places.get(id)?.village ?? null);
  }

  private summarizeInto(
    summaries: Map<string, Summary>,
    id: string,
    copies: ReadonlyMap<string, Copy>,
  ): void {
    const file = assemble(id, this.catalog, this.overlay, copies);
    if (!file || file.household.data.merged_into) {
      if (summaries.delete(id)) this.search.drop(id);
      return;
    }
    const summary = summarize(file, this.day(), this.answered());
    summaries.set(id, summary);
    this.search.put(summary);
  }

  /** The waiting records of these changes; one may wait in more than one place. */
  waitingIdsOf(changes: ReadonlySet<string>): string[] {
    return [...this.waitOf].flatMap(([id, change]) => (changes.has(change) ? id : []));
  }

  /** What was sent back and an own edit answers, until the feed has passed that edit. */
  answered(): Set<string> {
    return new Set(this.overlay.all().flatMap(({ answers }) => answers ?? []));
  }

  async file(id: string): Promise<HouseholdFile | null> {
    const root = this.catalog.rootOf(id);
    const copies = await this.holdings.read(this.catalog.under(root));
    return assemble(root, this.catalog, this.overlay, copies);
  }

  winner(id: string): string {
    return this.catalog.winner(id);
  }

  reference(entity: string): ReferenceRow[] {
    return [...this.referenceRows.values()].filter((row) => row.entity === entity);
  }

  listen(listener: (households: readonly string[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(households: readonly string[]): void {
    this.changed.value += 1;
    for (const listener of this.listeners) listener(households);
  }
}
