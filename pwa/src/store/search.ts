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

  put(summary: Summary): void {
    const entries = summary.members
      .filter(({ merged }) => !merged)
      .map((member) => ({ key: this.keyOf(summary, member), member, summary }));
    this.byHousehold.set(summary.id, entries);
  }

  drop(household: string): void {
    this.byHousehold.delete(household);
  }

  clear(): void {
    this.byHousehold.clear();
  }

  private keyOf(summary: Summary, member: Summary['members'][number]): string {
    const texts = [member.name, member.knownAs, summary.code, member.personalId];
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
