/** Where every record lies and what it hangs on, without its content. Held in memory. */
import type { Entity, Values } from './face';

/** The server's copy of a record: where it lies. `chunk` is null while it is only in the log. */
export interface Place {
  entity: Entity;
  village: string;
  rev: number;
  chunk: number | null;
}

interface Link {
  entity: Entity;
  parent: string | null;
  mergedInto: string | null;
}

const PARENT_FIELD: Partial<Record<string, string>> = {
  member: 'household',
  card: 'member',
  entitlement: 'member',
  visit: 'household',
  farm_assessment: 'household',
  farm_request: 'household',
  enrolment: 'member',
  sponsorship: 'member',
  lead: 'member',
  listing: 'member',
  field_note: 'about',
  waiting: 'household',
};
const DEEPEST = 16;

/** Own unsent records stand here as links without a place. */
export class Catalog {
  readonly places = new Map<string, Place>();
  private readonly links = new Map<string, Link>();
  private readonly below = new Map<string, Set<string>>();

  /** Notes what a record as shown hangs on; call again whenever that may have changed. */
  link(id: string, entity: Entity, data: Values): void {
    this.unlink(id);
    const field = PARENT_FIELD[entity];
    // Rows of the reference feed hang on nothing.
    const parent = field == null ? null : (text(data[field]) ?? text(data.record));
    const link = { entity, parent, mergedInto: text(data.merged_into) };
    this.links.set(id, link);
    for (const above of [link.parent, link.mergedInto]) {
      if (above === null) continue;
      const ids = this.below.get(above);
      if (ids) ids.add(id);
      else this.below.set(above, new Set([id]));
    }
  }

  unlink(id: string): void {
    const link = this.links.get(id);
    if (!link) return;
    if (link.parent !== null) this.below.get(link.parent)?.delete(id);
    if (link.mergedInto !== null) this.below.get(link.mergedInto)?.delete(id);
    this.links.delete(id);
  }

  /** What a record hangs on directly, as it says itself. */
  parentOf(id: string): string | null {
    return this.links.get(id)?.parent ?? null;
  }

  entityOf(id: string): Entity | undefined {
    return this.links.get(id)?.entity;
  }

  /** The record that counts for this one: merges followed. A circle, which the server refuses, ends the walk. */
  winner(id: string): string {
    let current = id;
    for (let step = 0; step < DEEPEST; step += 1) {
      const next = this.links.get(current)?.mergedInto;
      if (!next || !this.links.has(next)) return current;
      current = next;
    }
    return current;
  }

  /** The household a record hangs on, merges followed, or the highest record known above it. */
  rootOf(id: string): string {
    let current = this.winner(id);
    for (let step = 0; step < DEEPEST; step += 1) {
      const parent = this.links.get(current)?.parent;
      if (!parent || !this.links.has(parent)) return current;
      current = this.winner(parent);
    }
    return current;
  }

  /** A record and everything that hangs on it or was merged into it. */
  under(root: string): string[] {
    const found = new Set([root]);
    for (const id of found) for (const child of this.below.get(id) ?? []) found.add(child);
    return [...found];
  }

  /** All households, merged and ended ones too. */
  *households(): Generator<string> {
    for (const [id, link] of this.links) if (link.entity === 'household') yield id;
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
