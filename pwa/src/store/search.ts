/** Finds people by parts of their names. One folded key a person, all in memory, nothing awaited. */
import { fold, foldTight, searchKey } from '../domain/text';
import type { PersonHit, Summary } from './face';

interface Entry {
  key: string;
  member: Summary['members'][number];
  summary: Summary;
}

const DEFAULT_LIMIT = 50;

export class SearchIndex {
  private readonly byHousehold = new Map<string, Entry[]>();
  /** Folding is what costs: keys are kept until the words they are made of change. */
  private readonly keys = new Map<string, { words: string; key: string }>();

  /** Not folded yet: the first list is drawn before anybody searches. */
  private readonly unfolded = new Map<string, Summary>();

  put(summary: Summary): void {
    this.unfolded.set(summary.id, summary);
  }

  /** Folds some of what was put in; false when nothing is left. */
  fold(most: number): boolean {
    let left = most;
    for (const summary of this.unfolded.values()) {
      if (left === 0) return true;
      left -= 1;
      this.unfolded.delete(summary.id);
      this.index(summary);
    }
    return false;
  }

  private index(summary: Summary): void {
    const entries = summary.members
      .filter(({ merged }) => !merged)
      .map((member) => ({ key: this.keyOf(summary, member), member, summary }));
    this.byHousehold.set(summary.id, entries);
  }

  drop(household: string): void {
    this.unfolded.delete(household);
    this.byHousehold.delete(household);
  }

  clear(): void {
    this.unfolded.clear();
    this.byHousehold.clear();
  }

  private keyOf(summary: Summary, member: Summary['members'][number]): string {
    const { name, knownAs, personalId, bhxhNumber } = member;
    const texts = [name, knownAs, summary.code, personalId, bhxhNumber];
    const words = texts.join('\n');
    const kept = this.keys.get(member.id);
    if (kept?.words === words) return kept.key;
    const key = searchKey(...texts);
    this.keys.set(member.id, { words, key });
    return key;
  }

  /** Words may stand in any order; those whose words begin as typed come first, the living before the dead. */
  find(
    text: string,
    { limit = DEFAULT_LIMIT, village }: { limit?: number; village?: string },
  ): PersonHit[] {
    const tight = foldTight(text);
    if (tight === '') return [];
    this.fold(Infinity);
    const words = fold(text).split(' ');
    const begins = ` ${fold(text)}`;
    const ranked: PersonHit[][] = [[], [], [], []];
    for (const entries of this.byHousehold.values()) {
      for (const { key, member, summary } of entries) {
        if (village !== undefined && summary.village !== village) continue;
        const inOrder = key.includes(tight);
        if (!inOrder && !words.every((word) => key.includes(` ${word}`))) continue;
        const rank =
          (inOrder && key.includes(begins) ? 0 : 1) + (member.ended || summary.ended ? 2 : 0);
        ranked[rank]?.push({ household: summary.mergedInto ?? summary.id, member, summary });
      }
      if ((ranked[0]?.length ?? 0) >= limit) break;
    }
    return ranked.flat().slice(0, limit);
  }
}
