/** Own edits that are shown over the server's copies, held in memory and kept beside the outbox. */
import type { DataOf, Entity, Pending, Rec, Values } from './face';
import type { Copy } from './holdings';

/** One own edit, until the feed has passed its result and nothing of it waits any more. */
export interface Shown {
  seq: number;
  change: string;
  entity: Entity;
  record: string;
  village: string;
  set: Values;
  at: string;
  answers: string | null;
  status: 'unsent' | 'needs_help' | 'applied' | 'merged' | 'held';
  /** Revision of the result; null while there is none or the server gave none. */
  rev: number | null;
  waiting: string[];
}

export class Overlay {
  private readonly edits = new Map<number, Shown>();
  private readonly byRecord = new Map<string, Set<number>>();
  /** Grows with every change, so that a reading of the disk sees that it is out of date. */
  version = 0;

  put(shown: Shown): void {
    this.version += 1;
    this.edits.set(shown.seq, shown);
    const seqs = this.byRecord.get(shown.record);
    if (seqs) seqs.add(shown.seq);
    else this.byRecord.set(shown.record, new Set([shown.seq]));
  }

  drop(seq: number): void {
    const shown = this.edits.get(seq);
    if (!shown) return;
    this.version += 1;
    this.edits.delete(seq);
    const seqs = this.byRecord.get(shown.record);
    seqs?.delete(seq);
    if (seqs?.size === 0) this.byRecord.delete(shown.record);
  }

  clear(): void {
    this.edits.clear();
    this.byRecord.clear();
  }

  all(): Shown[] {
    return [...this.edits.values()];
  }

  records(): Iterable<string> {
    return this.byRecord.keys();
  }

  /** Own edits of a record, oldest first. */
  of(record: string): Shown[] {
    const seqs = [...(this.byRecord.get(record) ?? [])].sort((a, b) => a - b);
    return seqs.flatMap((seq) => this.edits.get(seq) ?? []);
  }

  /** The record as it is to be shown; null when neither the server nor this phone has it. */
  show(id: string, copy: Copy | undefined, village: string | null): Rec | null {
    const edits = this.byRecord.size === 0 ? [] : this.of(id);
    const last = edits[edits.length - 1];
    if (!copy && !last) return null;
    const data: Values = edits.length > 0 ? withEdits(copy?.data ?? {}, edits) : (copy?.data ?? {});
    return {
      entity: (copy?.entity ?? last?.entity) as Entity,
      id,
      village: village ?? last?.village ?? '',
      rev: copy?.rev ?? null,
      data: data as DataOf<Entity>,
      pending: pendingOf(edits),
      waitingFields: edits.flatMap((edit) => edit.waiting),
    };
  }
}

function withEdits(base: Values, edits: readonly Shown[]): Values {
  const data = { ...base };
  for (const { set } of edits) {
    for (const [name, value] of Object.entries(set)) {
      if (value === null) delete data[name];
      else data[name] = value;
    }
  }
  return data;
}

function pendingOf(edits: readonly Shown[]): Pending {
  if (edits.length === 0) return 'none';
  if (edits.some(({ status }) => status === 'unsent' || status === 'needs_help')) return 'unsent';
  return edits.some(({ status }) => status !== 'applied') ? 'waiting' : 'sent';
}
