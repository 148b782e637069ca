/**
 * When the state's support of a person ends, why, and which group comes next.
 * Twin: server/domain/legal/support_end.py, which tells what counts as a loss.
 */

import { addDays, addMonths, firstDay, lastDay } from '../partial';
import { areaFacts, changeDays, HARD_REGIONS, leftRegionOn, type Levels } from './area_facts';
import { childSpan } from './card_dates';
import type { AreaFacts, PersonFacts } from './facts';
import { gradeOf, LAST_GRADE } from './tells_of_end';
import { type GroupAnswer, insuranceGroup, SUPPORTED } from './groups';
import { answered, known, Law } from './law';
import { WHOLE } from './money';
import { statePercent } from './support';
import { NotKnown, type Tables } from './tables';

export const MOST_DAYS = 90;
const LEFT_REGION = 'minority_in_commune_left_region';
const EMPLOYED = 1;

/** The twin says what each field means. */
export interface SupportEnd {
  readonly lastDay: string;
  readonly reasons: readonly string[];
  readonly group: string;
  readonly share: number;
  readonly groupAfter: string | null;
  readonly shareAfter: number | null;
  readonly needs: readonly string[];
  readonly lacks: NotKnown | null;
}

type End = readonly [last: string, reason: string];

/** A place on a day, and what ends there up to `until`: worked out once for all its people. */
export interface PlaceAhead {
  readonly day: string;
  readonly until: string;
  readonly area: AreaFacts;
  readonly levels: Levels;
  readonly ends: readonly End[];
}

/** `levels`: what was stated of a village and of the areas above it, whatever day it is of. */
export function placeAhead(
  tables: Tables,
  day: string,
  levels: Levels,
  days: number = MOST_DAYS,
): PlaceAhead {
  const until = addDays(day, days);
  const ends = [...areaEnds(day, until, levels), ...leftEnds(new Law(tables, day), until, levels)];
  return { day, until, area: areaFacts(day, levels), levels, ends };
}

/** The first end of support of somebody who lives there; null when none is in sight. */
export function supportEnds(
  tables: Tables,
  place: PlaceAhead,
  facts: PersonFacts,
): SupportEnd | NotKnown | null {
  return answered(() => {
    const { day, area } = place;
    const law = new Law(tables, day);
    const ends = inSight(place, endsOf(law, facts));
    if (ends.length === 0) return null;
    const now = known(insuranceGroup(tables, day, { ...facts, area }));
    const share = shareOf(law, now, area);
    if (now.lawGroup === EMPLOYED || share === 0) return null;
    for (const last of new Set(ends.map(([on]) => on))) {
      const passed = new Set(ends.flatMap(([on, reason]) => (on <= last ? reason : [])));
      const found = after(tables, addDays(last, 1), facts, place.levels, passed);
      const lacks = found instanceof NotKnown ? found : null;
      const told = found instanceof NotKnown ? null : found;
      if (told !== null && told.share >= share) continue;
      return {
        lastDay: last,
        reasons: ends.flatMap(([on, reason]) => (on === last ? reason : [])),
        group: now.group,
        share,
        groupAfter: told?.answer.group ?? null,
        shareAfter: told?.share ?? null,
        needs: told?.answer.needs ?? [],
        lacks,
      };
    }
    return null;
  });
}

/** The ends of a person and of the place in their order, each once. */
function inSight({ day, until, ends }: PlaceAhead, own: Iterable<End>): End[] {
  const coming = new Map<string, End>();
  for (const end of [...own, ...ends])
    if (day <= end[0] && end[0] <= until) coming.set(end.join(' '), end);
  return [...coming].sort(([a], [b]) => Number(a > b) - Number(a < b)).map(([, end]) => end);
}

/** The group and share of a later day; NotKnown where the law does not tell. */
function after(
  tables: Tables,
  day: string,
  facts: PersonFacts,
  levels: Levels,
  passed: ReadonlySet<string>,
): { answer: GroupAnswer; share: number } | NotKnown {
  return answered(() => {
    const area = areaFacts(day, levels);
    const later = { ...facts, area, work: workOf(facts, passed) };
    const answer = known(insuranceGroup(tables, day, later));
    return { answer, share: shareOf(new Law(tables, day), answer, area) };
  });
}

/** Who leaves the last grade is a pupil no more; who is too old for a child's card is one. */
function workOf(facts: PersonFacts, passed: ReadonlySet<string>): string | null {
  if (passed.has('school')) return null;
  return passed.has('child') && facts.work === null ? 'pupil' : facts.work;
}

/** What others pay: all of it in groups 1 to 3, the state's share in group 4, else nothing. */
function shareOf(law: Law, answer: GroupAnswer, area: AreaFacts): number {
  if (answer.free || answer.lawGroup === EMPLOYED) return WHOLE;
  if (answer.lawGroup !== SUPPORTED) return 0;
  return statePercent(law, answer.group, area.poorCommune);
}

/** Last days that the facts of a person tell, each with its reason, near and far ones. */
function* endsOf(law: Law, facts: PersonFacts): Generator<End> {
  const { livingClass, livingClassTo, averageFarmTo, unemploymentBenefitTo } = facts;
  if ((livingClass === 'poor' || livingClass === 'near_poor') && livingClassTo)
    yield [lastDay(livingClassTo), 'living_class'];
  if (facts.averageFarm && averageFarmTo) yield [lastDay(averageFarmTo), 'farm'];
  if (unemploymentBenefitTo) yield [lastDay(unemploymentBenefitTo), 'unemployment'];
  if (facts.birthDate) yield [childEnd(law, facts.birthDate), 'child'];
  if (facts.work === 'pupil' && gradeOf(facts.schoolClass) === LAST_GRADE) yield* schoolEnd(law);
  yield* rightsEnd(law, facts);
}

/** The earliest last day of the free card that the birth date allows. */
function childEnd(law: Law, birth: string): string {
  if (law.find('card_start', 'child_months')) return childSpan(law, birth).earliest;
  return addDays(addMonths(firstDay(birth), law.number('ages', 'under_six')), -1);
}

/** The next end of a school year; in September the earlier day is the safe one (derived). */
function* schoolEnd(law: Law): Generator<End> {
  if (!law.find('card_start', 'grade_12_end')) return;
  const end = `${law.day.slice(0, 4)}-${law.text('card_start', 'grade_12_end')}`;
  yield [end >= law.day ? end : addMonths(end, 12), 'school'];
}

function* rightsEnd(law: Law, facts: PersonFacts): Generator<End> {
  for (const { kind, validFrom, validTo } of facts.entitlements) {
    if (validTo) yield [lastDay(validTo), 'entitlement'];
    if (!validFrom) continue;
    if (kind === 'left_region') yield* monthsEnd(law, firstDay(validFrom));
    if (kind === 'trafficking_victim')
      for (const last of limitOf(law, kind, firstDay(validFrom))) yield [last, 'entitlement'];
  }
}

function* areaEnds(day: string, until: string, levels: Levels): Generator<End> {
  const isHard = (on: string) => HARD_REGIONS.includes(areaFacts(on, levels).region);
  for (const change of changeDays(levels)) {
    const last = addDays(change, -1);
    if (last < day || last > until) continue;
    yield [last, isHard(last) && !isHard(change) ? 'region' : 'area'];
  }
}

function* leftEnds(law: Law, until: string, levels: Levels): Generator<End> {
  const left = new Set([leftRegionOn(law.day, levels), leftRegionOn(until, levels)]);
  for (const since of left) if (since) yield* monthsEnd(law, since);
}

function* monthsEnd(law: Law, since: string): Generator<End> {
  for (const last of limitOf(law, LEFT_REGION, since)) yield [last, 'region_months'];
}

/** The last day of a support of so many months, where the law of the day limits it. */
function limitOf(law: Law, item: string, since: string): string[] {
  const value = law.find('support_months', item)?.value ?? '';
  return /^[0-9]+$/.test(value) ? [addDays(addMonths(since, Number(value)), -1)] : [];
}
