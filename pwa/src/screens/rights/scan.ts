/* Free cards, renewals and ends of support of whole villages, worked out while nothing else is to
   do. */
import { useEffect, useState } from 'preact/hooks';
import { ageOn } from '../../domain/partial';
import type { MemberSummary, Store, Summary } from '../../store/face';
import { shownStatus } from '../people';
import { useStore } from '../phone';
import { type FreeCard, freeCards, type Renewal, renewals } from './free';
import { type Ground, groundOf } from './ground';
import { losing, type Losing } from './losing';
import { standings } from './people';

/** What a household is to be told of. */
export interface Finding {
  readonly summary: Summary;
  readonly ground: Ground;
  readonly free: readonly FreeCard[];
  readonly renewals: readonly Renewal[];
  readonly losing: readonly Losing[];
}

export interface Findings {
  readonly found: readonly Finding[];
  readonly done: boolean;
}

const NOTHING: Findings = { found: [], done: false };
const SLICE_MILLIS = 8;
const PATIENCE_MILLIS = 1500;
const SHOWN: readonly string[] = ['expired', 'none', 'not_asked', 'ending'];
const POOR: readonly string[] = ['poor', 'near_poor'];
/** From here on a social pension may be due to somebody who pays for a card. */
const OLD = 69;
/** Ages, the oldest a rough birth date allows, between which the free card of a child ends. */
const SIX: readonly number[] = [5, 6, 7];

/** What was worked out of a summary stays true while neither it nor the ground changes. */
const known = new WeakMap<Summary, Finding>();

/** The findings of these villages; what they hold is there when `done`. */
export function useFindings(villages: readonly string[]): Findings {
  const store = useStore();
  const [findings, setFindings] = useState<Findings>(NOTHING);
  const summaries = store.summaries.value;
  const ready = store.ready.value;
  const day = store.today();
  const changed = store.changed.value;
  useEffect(() => {
    if (!ready) return;
    let current = true;
    const stop = whenIdle(() => {
      void scan(store, villages, day, () => current).then((found) => {
        if (current && found !== null) setFindings({ found, done: true });
      });
    });
    return () => {
      current = false;
      stop();
    };
  }, [store, summaries, changed, ready, day, villages.join()]);
  return findings;
}

/** In the order of the lists; null when nobody waits for it any more. */
export async function scan(
  store: Pick<Store, 'reference' | 'household' | 'summaries'>,
  villages: readonly string[],
  day: string,
  wanted: () => boolean = () => true,
): Promise<Finding[] | null> {
  const found: Finding[] = [];
  const grounds = new Map(villages.map((id) => [id, groundOf(store, id, day)]));
  let since = performance.now();
  for (const summary of store.summaries.value.values()) {
    const ground = grounds.get(summary.village);
    if (ground === undefined || !worthALook(summary, ground)) continue;
    const finding = fresh(known.get(summary), ground) ?? (await lookAt(store, summary, ground));
    if (finding !== null && tells(finding)) found.push(finding);
    if (performance.now() - since > SLICE_MILLIS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      since = performance.now();
    }
    if (!wanted()) return null;
  }
  return found;
}

function tells({ free, renewals, losing }: Finding): boolean {
  return free.length + renewals.length + losing.length > 0;
}

async function lookAt(
  store: Pick<Store, 'household'>,
  summary: Summary,
  ground: Ground,
): Promise<Finding | null> {
  const file = await store.household(summary.id);
  if (file === null) return null;
  const people = standings(file, ground);
  const finding = {
    summary,
    ground,
    free: freeCards(people, ground),
    renewals: renewals(people, ground),
    losing: losing(people, ground),
  };
  known.set(summary, finding);
  return finding;
}

function fresh(finding: Finding | undefined, ground: Ground): Finding | undefined {
  if (finding === undefined) return undefined;
  const { tables, ...before } = finding.ground;
  const { tables: now, ...wanted } = ground;
  const same = tables === now && JSON.stringify(before) === JSON.stringify(wanted);
  return same ? finding : undefined;
}

/** Where everybody has a card that lasts, nobody is old or poor and nothing ends, there is nothing
    to tell. */
function worthALook(summary: Summary, { day, ahead }: Ground): boolean {
  if (summary.ended || summary.mergedInto !== null) return false;
  if (summary.tellsOfAnEnd || ahead.ends.length > 0) return true;
  if (POOR.includes(summary.livingClass ?? '')) return true;
  return summary.members.some((member) => member.counted && mayConcern(member, day));
}

function mayConcern(member: MemberSummary, day: string): boolean {
  if (SHOWN.includes(shownStatus(member, day))) return true;
  if (member.birth === null || !/^\d{4}/.test(member.birth)) return false;
  const age = ageOn(day, member.birth);
  return age >= OLD || SIX.includes(age);
}

function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const asked = requestIdleCallback(work, { timeout: PATIENCE_MILLIS });
    return () => cancelIdleCallback(asked);
  }
  const timer = setTimeout(work, 0);
  return () => clearTimeout(timer);
}
