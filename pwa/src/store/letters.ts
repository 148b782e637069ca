/** What goes to and fro between the surveyor and the commune, held in memory: it is little. */
import { canonical } from './edits';
import type { DataOf, Pending, Rec } from './face';
import type { Copy } from './holdings';
import type { Overlay } from './overlay';
import type { WaitingData } from './records';

/** A record the officer sent back to the field. */
export interface Returned {
  id: string;
  village: string;
  /** The household it is about, when it is on this phone. */
  household: string | null;
  data: WaitingData;
}

/** A word to the commune. */
export interface Note {
  id: string;
  village: string;
  household: string | null;
  member: string | null;
  data: DataOf<'field_note'>;
  pending: Pending;
  /** The commune has answered, and nobody has read it here. */
  unread: boolean;
}

/** Where a record lies, as the view knows it. */
export interface Places {
  villageOf(id: string): string | null;
  householdOf(id: string): string | null;
  memberOf(id: string): string | null;
}

export class Letters {
  private readonly copies = new Map<string, Copy>();

  constructor(
    private readonly overlay: Overlay,
    private readonly places: Places,
  ) {}

  notice(copy: Copy): void {
    const returned = copy.entity === 'waiting' && copy.data.state === 'returned';
    if (returned || copy.entity === 'field_note') this.copies.set(copy.id, copy);
    else this.copies.delete(copy.id);
  }

  forget(id: string): void {
    this.copies.delete(id);
  }

  clear(): void {
    this.copies.clear();
  }

  returned(answered: ReadonlySet<string>): Returned[] {
    const found: Returned[] = [];
    for (const { id, entity, data } of this.copies.values()) {
      if (entity !== 'waiting') continue;
      const waiting = data as unknown as WaitingData;
      if (answered.has(id) || answered.has(waiting.change)) continue;
      const household = this.places.householdOf(id);
      found.push({ id, village: this.places.villageOf(id) ?? '', household, data: waiting });
    }
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** `read`: the answers already read, by note. */
  notes(read: Readonly<Record<string, string>>): Note[] {
    const ids = new Set<string>();
    for (const { id, entity } of this.copies.values()) if (entity === 'field_note') ids.add(id);
    for (const { record, entity } of this.overlay.all()) {
      if (entity === 'field_note') ids.add(record);
    }
    const notes = [...ids].flatMap((id) => this.note(id, read) ?? []);
    return notes.sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  private note(id: string, read: Readonly<Record<string, string>>): Note | null {
    const rec = this.overlay.show(id, this.copies.get(id), this.places.villageOf(id));
    if (rec === null) return null;
    const { data, village, pending } = rec as Rec<'field_note'>;
    const about = data.about ?? '';
    const unread = data.state === 'answered' && read[id] !== answerMark(data.answer);
    return {
      id,
      village,
      household: this.places.householdOf(about),
      member: this.places.memberOf(about),
      data,
      pending,
      unread,
    };
  }
}

/** Tells one answer from another without keeping its words in the clear. */
export function answerMark(answer: unknown): string {
  let mark = 0;
  for (const letter of canonical(answer)) {
    mark = (Math.imul(mark, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  }
  return mark.toString(36);
}
