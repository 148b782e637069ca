/** Sealed chunks of about a hundred households: reading many records costs one decryption. */
import type { ChunkRow, PhoneDb } from './database';
import type { Copy } from './holdings';
import type { Sealing } from './sealing';

export const HOUSEHOLDS_A_CHUNK = 100;
const READ_AHEAD = 4;
const KEPT_OPEN = 3;

export interface OpenChunk {
  row: ChunkRow;
  copies: Map<string, Copy>;
}

export class Chunks {
  /** How full each chunk is, and whose. */
  private readonly filled = new Map<number, { village: string; households: number }>();
  private readonly open = new Map<number, Map<string, Copy>>();
  private highest = 0;

  constructor(
    private readonly db: PhoneDb,
    private readonly sealing: Sealing,
    private readonly generation: number,
  ) {}

  /** Every chunk in order, a few at a time, letting the screen draw in between. */
  async stream(seen: (chunk: OpenChunk) => Promise<void>): Promise<void> {
    const range = IDBKeyRange.bound([this.generation, 0], [this.generation, Infinity]);
    const keys = await this.db.getAllKeys('chunks', range);
    for (let start = 0; start < keys.length; start += READ_AHEAD) {
      const wanted = keys.slice(start, start + READ_AHEAD);
      const rows = await this.db.getAll(
        'chunks',
        IDBKeyRange.bound(wanted[0], wanted[wanted.length - 1]),
      );
      for (const chunk of await Promise.all(rows.map((row) => this.unseal(row)))) {
        this.note(chunk.row.n, chunk.row.village, chunk.copies.values());
        await seen(chunk);
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  private async unseal(row: ChunkRow): Promise<OpenChunk> {
    const list = await this.sealing.open<Copy[]>(row.sealed);
    return { row, copies: new Map(list.map((copy) => [copy.id, copy])) };
  }

  private note(n: number, village: string, copies: Iterable<Copy>): void {
    let households = 0;
    for (const { entity } of copies) if (entity === 'household') households += 1;
    this.filled.set(n, { village, households });
    this.highest = Math.max(this.highest, n);
  }

  /** The copies of one chunk; the last few stay open, a household is mostly asked for twice. */
  async read(n: number): Promise<Map<string, Copy>> {
    const near = this.open.get(n);
    if (near) return near;
    const row = await this.db.get('chunks', [this.generation, n]);
    const copies = row ? (await this.unseal(row)).copies : new Map<string, Copy>();
    const oldest = this.open.keys().next();
    if (this.open.size >= KEPT_OPEN && !oldest.done) this.open.delete(oldest.value);
    this.open.set(n, copies);
    return copies;
  }

  /** The chunk for a household of this village: `near`, where it lies already, or one with room. */
  home(village: string, near: number | null): number {
    if (near !== null && this.filled.get(near)?.village === village) return near;
    for (const [n, chunk] of this.filled) {
      if (chunk.village !== village || chunk.households >= HOUSEHOLDS_A_CHUNK) continue;
      chunk.households += 1;
      return n;
    }
    this.highest += 1;
    this.filled.set(this.highest, { village, households: 1 });
    return this.highest;
  }

  /** Writes these chunks anew and drops what was logged, in one transaction. */
  async rewrite(
    numbers: Iterable<number>,
    logged: readonly number[],
    content: (n: number, old: Map<string, Copy>) => Copy[],
  ): Promise<void> {
    const written: { n: number; row: ChunkRow | null; copies: Copy[] }[] = [];
    for (const n of numbers) {
      const copies = content(n, await this.read(n));
      const village = this.filled.get(n)?.village ?? '';
      const sealed = copies.length > 0 ? await this.sealing.seal(copies) : null;
      const row = sealed && { generation: this.generation, n, village, sealed };
      written.push({ n, row, copies });
    }
    const tx = this.db.transaction(['chunks', 'log', 'state'], 'readwrite', {
      durability: 'strict',
    });
    const state = await tx.objectStore('state').get('phone');
    const writes: Promise<unknown>[] = written.map(({ n, row }) =>
      row
        ? tx.objectStore('chunks').put(row)
        : tx.objectStore('chunks').delete([this.generation, n]),
    );
    for (const seq of logged) writes.push(tx.objectStore('log').delete(seq));
    if (state) {
      writes.push(tx.objectStore('state').put({ ...state, foldings: state.foldings + 1 }, 'phone'));
    }
    await Promise.all([...writes, tx.done]);
    for (const { n, row, copies } of written) {
      this.open.delete(n);
      if (row) this.note(n, row.village, copies);
      else this.filled.delete(n);
    }
  }
}
