/** The server's copies as they lie here: sealed chunks, and a log of pages not yet folded into them. */
import { digestHex, recordDigest } from '../domain/digest';
import { Catalog } from './catalog';
import { Chunks } from './chunks';
import type { PhoneDb } from './database';
import type { Entity, Values } from './face';
import type { Sealing } from './sealing';

export interface Copy {
  entity: Entity;
  id: string;
  rev: number;
  data: Values;
}

export interface FeedRecord extends Copy {
  deleted: boolean;
}

/** A page as pulled. `repair`: the server was told what lies here, so it may take a revision back. */
export interface Page {
  village: string;
  records: FeedRecord[];
  gone: string[];
  repair: boolean;
  /** The village is no longer served: all its copies leave. */
  lost?: boolean;
}

interface Placed {
  village: string;
  rev: number;
}

/** What admitting a page would do. Made first, so that digests are written with the page. */
export interface Plan {
  put: { village: string; copy: Copy }[];
  removed: string[];
  /** What to XOR into the digest of each village. */
  digests: Map<string, bigint>;
}

export class Holdings {
  readonly catalog = new Catalog();
  readonly chunks: Chunks;
  /** Copies that are not in a chunk yet, or newer than the one there. */
  readonly fresh = new Map<string, Copy>();
  /** Chunks that hold something that has left. */
  private readonly stale = new Set<number>();
  lastSeq = 0;
  /** Log rows of this generation that folding will make superfluous. */
  private logged: number[] = [];

  constructor(
    private readonly db: PhoneDb,
    private readonly sealing: Sealing,
    readonly generation: number,
  ) {
    this.chunks = new Chunks(db, sealing, generation);
  }

  /**
   * Reads all chunks, then the log. `seen` gets the copies of each chunk while they are at hand.
   * Answers what the log has touched, as `replay` does.
   */
  async load(seen: (copies: Map<string, Copy>) => Promise<void>): Promise<string[]> {
    await this.chunks.stream(async ({ row, copies }) => {
      for (const copy of copies.values()) {
        this.place(copy, row.village, row.n);
      }
      await seen(copies);
    });
    return this.replay();
  }

  /**
   * Admits what other tabs have logged, or what lay in the log at opening. Answers the ids touched
   * and what they hung on before: of a member that leaves, the household is shown anew.
   */
  async replay(): Promise<string[]> {
    const rows = await this.db.getAll('log', IDBKeyRange.lowerBound(this.lastSeq, true));
    const touched: string[] = [];
    for (const row of rows) {
      this.lastSeq = row.seq ?? this.lastSeq;
      if (row.generation !== this.generation) continue;
      this.logged.push(this.lastSeq);
      const plan = this.plan(await this.sealing.open<Page>(row.sealed));
      for (const { copy } of plan.put) touched.push(this.catalog.rootOf(copy.id));
      for (const id of plan.removed) touched.push(this.catalog.rootOf(id));
      touched.push(...this.admit(plan));
    }
    return touched;
  }

  /** A page this tab has just logged itself. */
  noteLogged(seq: number): void {
    this.logged.push(seq);
    this.lastSeq = Math.max(this.lastSeq, seq);
  }

  /** What a page changes here, by the rules of the feed. Changes nothing yet. */
  plan(page: Page): Plan {
    const seen = new Map<string, Placed | null>();
    const at = (id: string) => (seen.has(id) ? seen.get(id) : this.catalog.places.get(id)) ?? null;
    const plan: Plan = { put: [], removed: [], digests: new Map() };
    const leave = (id: string) => {
      const copy = at(id);
      // A tombstone speaks of its own village only: the copy may have arrived elsewhere before.
      if (copy?.village !== page.village) return;
      toggle(plan.digests, copy.village, id, copy.rev);
      seen.set(id, null);
      plan.removed.push(id);
    };
    if (page.lost) for (const id of this.idsOf(page.village)) leave(id);
    for (const record of page.records) {
      const held = at(record.id);
      const older = held?.village === page.village && held.rev > record.rev;
      if (older && !page.repair) continue;
      if (record.deleted) {
        leave(record.id);
        continue;
      }
      if (held) toggle(plan.digests, held.village, record.id, held.rev);
      toggle(plan.digests, page.village, record.id, record.rev);
      seen.set(record.id, { village: page.village, rev: record.rev });
      const { entity, id, rev, data } = record;
      plan.put.push({ village: page.village, copy: { entity, id, rev, data } });
    }
    for (const id of page.gone) leave(id);
    return plan;
  }

  /** Does what a plan says, in memory. Answers the ids touched. */
  admit(plan: Plan): string[] {
    const put = new Set(plan.put.map(({ copy }) => copy.id));
    for (const { village, copy } of plan.put) {
      this.fresh.set(copy.id, copy);
      this.place(copy, village, this.catalog.places.get(copy.id)?.chunk ?? null);
    }
    for (const id of plan.removed) if (!put.has(id)) this.remove(id);
    return [...put, ...plan.removed];
  }

  private place(copy: Copy, village: string, chunk: number | null): void {
    const { entity, id, rev } = copy;
    this.catalog.places.set(id, { entity, village, rev, chunk });
    this.catalog.link(id, entity, copy.data);
  }

  private remove(id: string): void {
    const chunk = this.catalog.places.get(id)?.chunk ?? null;
    if (chunk !== null) this.stale.add(chunk);
    this.fresh.delete(id);
    this.catalog.places.delete(id);
    this.catalog.unlink(id);
  }

  /** The copies of these records, those that are here. */
  async read(ids: Iterable<string>, at?: Map<string, Copy>): Promise<Map<string, Copy>> {
    const found = new Map<string, Copy>();
    const wanted = new Map<number, string[]>();
    for (const id of ids) {
      const near = this.fresh.get(id) ?? at?.get(id);
      const chunk = this.catalog.places.get(id)?.chunk;
      if (near) found.set(id, near);
      else if (chunk != null) wanted.set(chunk, [...(wanted.get(chunk) ?? []), id]);
    }
    for (const [n, inside] of wanted) {
      const copies = await this.chunks.read(n);
      for (const id of inside) {
        const copy = copies.get(id);
        if (copy) found.set(id, copy);
      }
    }
    return found;
  }

  idsOf(village: string): string[] {
    const ids: string[] = [];
    for (const [id, place] of this.catalog.places) if (place.village === village) ids.push(id);
    return ids;
  }

  /** Ids and revisions of a village's feed as they lie here. */
  have(village: string): [string, number][] {
    return this.idsOf(village).map((id) => [id, this.catalog.places.get(id)?.rev ?? 0]);
  }

  /** The digest of a village from the copies themselves, not from what was kept beside them. */
  digestOf(village: string): string {
    let digest = 0n;
    for (const [id, rev] of this.have(village)) digest ^= recordDigest(id, rev);
    return digestHex(digest);
  }

  /** True when folding is worth the writing. */
  get unfolded(): number {
    return this.fresh.size + this.stale.size;
  }

  /** Moves what is fresh into its chunks and empties the log, in one transaction. */
  async fold(): Promise<void> {
    if (this.unfolded === 0 && this.logged.length === 0) return;
    const homes = this.homesOfFresh();
    const touched = new Set([...this.stale, ...homes.values()]);
    for (const id of this.fresh.keys()) {
      const chunk = this.catalog.places.get(id)?.chunk;
      if (chunk != null) touched.add(chunk);
    }
    await this.chunks.rewrite(touched, this.logged, (n, old) => [
      ...[...old.values()].filter(
        ({ id }) => this.catalog.places.get(id)?.chunk === n && !this.fresh.has(id),
      ),
      ...[...this.fresh.values()].filter(({ id }) => homes.get(id) === n),
    ]);
    for (const [id, home] of homes) {
      const place = this.catalog.places.get(id);
      if (place) place.chunk = home;
    }
    this.fresh.clear();
    this.stale.clear();
    this.logged = [];
  }

  /** The chunk each fresh record belongs in: that of its household, so that they are read together. */
  private homesOfFresh(): Map<string, number> {
    const ofRoot = new Map<string, number>();
    const homes = new Map<string, number>();
    for (const id of this.fresh.keys()) {
      const village = this.catalog.places.get(id)?.village;
      if (village === undefined) continue;
      const root = this.catalog.rootOf(id);
      const key = `${village}/${root}`;
      const near = this.catalog.places.get(root)?.chunk ?? null;
      const home = ofRoot.get(key) ?? this.chunks.home(village, near);
      ofRoot.set(key, home);
      homes.set(id, home);
    }
    return homes;
  }
}

function toggle(digests: Map<string, bigint>, village: string, id: string, rev: number): void {
  digests.set(village, (digests.get(village) ?? 0n) ^ recordDigest(id, rev));
}
