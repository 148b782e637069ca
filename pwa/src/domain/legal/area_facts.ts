/**
 * What is known of a place on a day, from all that was stated of it and of the areas above it.
 * Twin: server/domain/legal/area_facts.py, which tells the order.
 */

import { addDays, FIRST_DAY_EVER } from '../partial';
import type { AreaFacts } from './facts';

/** A dated fact as somebody stated it of an area; an empty side is unbounded. */
export interface Stated {
  readonly fact: string;
  readonly value: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** What was stated of an area, then of the one above it, and so on upwards. */
export type Levels = readonly (readonly Stated[])[];

/** A record of the reference feed. */
export interface AreaRow {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export const HARD_REGIONS: readonly (string | null | undefined)[] = ['II', 'III'];

/** The facts of a village on a day, out of the areas that the phone holds. */
export function areaFactsOf(village: string, day: string, areas: readonly AreaRow[]): AreaFacts {
  return areaFacts(day, levelsOf(village, areas));
}

/** What was stated of a village and of the areas above it, out of the areas the phone holds. */
export function levelsOf(village: string, areas: readonly AreaRow[]): Levels {
  const known = new Map(areas.map((area) => [area.id, area.data]));
  const levels: Stated[][] = [];
  let at: unknown = village;
  while (typeof at === 'string') {
    const data = known.get(at);
    known.delete(at);
    if (!data) break;
    levels.push(Array.isArray(data.facts) ? data.facts.flatMap(statedIn) : []);
    at = data.parent;
  }
  return levels;
}

function statedIn(told: unknown): Stated[] {
  if (typeof told !== 'object' || told === null) return [];
  const { fact, value, valid_from, valid_to } = told as Record<string, unknown>;
  if (typeof fact !== 'string' || typeof value !== 'string') return [];
  return [{ fact, value, validFrom: dayIn(valid_from), validTo: dayIn(valid_to) }];
}

function dayIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The facts that hold on a day, by kind. */
export function statedOn(day: string, levels: Levels): Map<string, Stated> {
  const known = new Map<string, Stated>();
  for (const level of levels) {
    const latestFirst = [...level].sort((one, other) => {
      const [a, b] = [one.validFrom ?? '', other.validFrom ?? ''];
      return Number(a < b) - Number(a > b);
    });
    for (const row of latestFirst)
      if ((row.validFrom ?? '') <= day && (row.validTo === null || day <= row.validTo))
        if (!known.has(row.fact)) known.set(row.fact, row);
  }
  return known;
}

/** What the rules ask of a place, as it stands on the day. */
export function areaFacts(day: string, levels: Levels): AreaFacts {
  const known = statedOn(day, levels);
  const poor = known.get('poor_commune');
  const says = (fact: string) => known.get(fact)?.value === 'yes';
  return {
    region: known.get('region')?.value ?? null,
    specialDifficulty: says('special_difficulty'),
    island: says('island'),
    atk: says('atk'),
    poorCommune: poor ? poor.value === 'yes' : null,
    leftRegionOn: leftRegionOn(day, levels),
  };
}

/** The first day outside region II and III, for a place that was in one before. */
export function leftRegionOn(day: string, levels: Levels): string | null {
  const known = statedOn(day, levels);
  if (isHard(known)) return null;
  const told = known.get('left_region');
  if (told?.value === 'yes' && told.validFrom) return told.validFrom;
  let left: string | null = null;
  let wasHard = false;
  const changes = changeDays(levels, 'region').filter((change) => change <= day);
  for (const change of [FIRST_DAY_EVER, ...changes]) {
    const hard = isHard(statedOn(change, levels));
    if (hard) left = null;
    else if (wasHard) left = change;
    wasHard = hard;
  }
  return left;
}

/** The days on which facts of this kind, or of any, may have changed, in order. */
export function changeDays(levels: Levels, kind?: string): string[] {
  const rows = levels.flat().filter(({ fact }) => kind === undefined || fact === kind);
  const days = rows.flatMap(({ validFrom, validTo }) => [
    ...(validFrom === null ? [] : [validFrom]),
    ...(validTo === null ? [] : [addDays(validTo, 1)]),
  ]);
  return [...new Set(days)].sort();
}

function isHard(known: ReadonlyMap<string, Stated>): boolean {
  return HARD_REGIONS.includes(known.get('region')?.value);
}
