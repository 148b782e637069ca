/** The line of trust: what a surveyor must know at any time about what is on this phone. */
import type { PhoneState } from './database';
import type { Progress, Summary, Trust } from './face';
import type { Counts } from './outbox';
import type { Shown } from './overlay';

/** What is true of this moment only, and kept nowhere. */
export interface Live {
  online: boolean;
  syncing: boolean;
  progress: Progress | null;
  trouble: string | null;
}

interface Downloaded {
  households: number;
  people: number;
}

export interface Grounds {
  state: PhoneState;
  counts: Counts;
  complete: boolean;
  downloaded: Downloaded;
  own: readonly Shown[];
  live: Live;
}

export function trustOf({ state, counts, complete, downloaded, own, live }: Grounds): Trust {
  const { lastSync, lastTrip, persisted, clockOffsetMinutes } = state;
  const { emptied: cameBackEmpty, signInNeeded, standing, repairs } = state;
  const { length: waiting } = own.filter(({ status }) => status === 'held' || status === 'merged');
  const villages = state.villages.length;
  return {
    ...counts,
    waiting,
    ...{ lastSync, lastTrip, persisted, clockOffsetMinutes },
    ...{ cameBackEmpty, signInNeeded, standing, repairs },
    downloaded: { ...downloaded, villages, complete },
    ...live,
  };
}

/** How many lie here. Counted apart: only when summaries change, not with every save and trip. */
export function downloadedOf(summaries: ReadonlyMap<string, Summary>): Downloaded {
  let people = 0;
  for (const { members } of summaries.values()) people += members.length;
  return { households: summaries.size, people };
}
