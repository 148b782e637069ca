/**
 * Which insurance groups a person falls under on a day. Twin: server/domain/legal/candidates.py,
 * which names the articles.
 */

import { addMonths, firstDay, lastDay } from '../partial';
import { type EntitlementFacts, span } from '../status';
import { reached } from './ages';
import { childSpan } from './card_dates';
import type { PersonFacts } from './facts';
import type { Law } from './law';

const ENTITLED: Readonly<Record<string, string>> = {
  armed_forces: 'QN',
  armed_forces_family: 'TQ',
  police: 'CA',
  police_family: 'TA',
  cipher: 'CY',
  cipher_family: 'TY',
  merit: 'CK',
  merit_relative: 'TC',
  martyr_relative: 'TS',
  veteran: 'CB',
  resistance: 'KC',
  social_allowance: 'BT',
  organ_donor: 'HG',
};
/** Rights that lead to a group only together with other facts, or that name none. */
const BY_OTHER_FACTS = new Set(['survivor_allowance', 'left_region', 'left_poverty', 'other']);

/** A group, and the fact that leads to it as a stable code. */
export interface Reason {
  readonly group: string;
  readonly code: string;
}

/** Groups with their reasons, and the facts without which the answer is not certain. */
export class Found {
  readonly reasons: Reason[] = [];
  readonly needs = new Set<string>();

  add(group: string, code: string): void {
    if (this.reasons.every((reason) => reason.group !== group)) this.reasons.push({ group, code });
  }
}

type Reasons = Generator<readonly [group: string, code: string]>;

/** Every group whose conditions the facts meet and that exists on the day; throws NoValue. */
export function findGroups(law: Law, facts: PersonFacts): Found {
  const found = new Found();
  for (const [group, code] of byFacts(law, facts, found.needs))
    if (law.find('law_group', group)) found.add(group, code);
  return found;
}

function* byFacts(law: Law, facts: PersonFacts, needs: Set<string>): Reasons {
  yield* byWork(law, facts);
  yield* byAge(law, facts, needs);
  yield* byEntitlements(law, facts, needs);
  yield* byLivingClass(law, facts, needs);
  yield* byArea(law, facts, needs);
}

function runs(day: string, from: string | null, to: string | null): boolean {
  const { start, end } = span(from, to);
  return start <= day && (end === null || day <= end);
}

/** The household's living class while the paper that says so runs. */
export function livingClassOn(day: string, facts: PersonFacts): string | null {
  return runs(day, facts.livingClassFrom, facts.livingClassTo) ? facts.livingClass : null;
}

/** True while the household's recognition as an average farm household runs. */
export function averageFarmOn(day: string, facts: PersonFacts): boolean {
  return facts.averageFarm && runs(day, facts.averageFarmFrom, facts.averageFarmTo);
}

/** The entitlements that run on the day. */
export function rightsOn(day: string, facts: PersonFacts): EntitlementFacts[] {
  return facts.entitlements.filter((right) => runs(day, right.validFrom, right.validTo));
}

function* byWork(law: Law, facts: PersonFacts): Reasons {
  const compulsory = facts.socialInsurance === 'compulsory';
  const villageOfficer = rightsOn(law.day, facts).some(({ kind }) => kind === 'village_officer');
  if (facts.work === 'wage_contract') yield ['DN', 'wage_contract'];
  else if (compulsory && facts.work === 'own_business' && !villageOfficer)
    yield ['household_business_owner', 'registered_business'];
  // Village officers are under compulsory social insurance, too, but stand in Đ12 k4 e.
  else if (compulsory && !villageOfficer) yield ['DN', 'compulsory_insurance'];
  if (facts.socialInsurance === 'pension') yield ['HT', 'pension'];
  else if (facts.socialInsurance === 'monthly_allowance') yield ['HT', 'monthly_allowance'];
  if (facts.unemploymentBenefitTo && law.day <= lastDay(facts.unemploymentBenefitTo))
    yield ['TN', 'unemployment_benefit'];
  if (facts.work === 'pupil') yield ['HS', 'pupil'];
  else if (facts.work === 'student') yield ['SV', 'student'];
}

function* byAge(law: Law, facts: PersonFacts, needs: Set<string>): Reasons {
  if (!facts.birthDate) {
    needs.add('birth_date');
    return;
  }
  if (firstDay(facts.birthDate) > law.day) return;
  const over = overSix(law, facts.birthDate);
  if (over === null) needs.add('birth_date');
  else if (!over) yield ['TE', 'under_six'];
}

/** A child's card outlasts the 72 months a little; null when the birth date is too rough. */
function overSix(law: Law, birth: string): boolean | null {
  if (!law.find('card_start', 'child_months'))
    return reached(law.day, birth, law.number('ages', 'under_six'));
  const { earliest, latest } = childSpan(law, birth);
  if (law.day > latest) return true;
  return law.day <= earliest ? false : null;
}

function* byEntitlements(law: Law, facts: PersonFacts, needs: Set<string>): Reasons {
  for (const { kind, validFrom } of rightsOn(law.day, facts)) {
    const group = ENTITLED[kind];
    if (group) yield [group, kind];
    else if (kind === 'survivor_allowance') yield* survivor(law, facts, needs);
    else if (kind === 'trafficking_victim') {
      if (withinLimit(law, kind, validFrom)) yield [kind, kind];
    } else if (!BY_OTHER_FACTS.has(kind)) yield [kind, kind];
  }
}

/** Đ12 k3 s: from 75, near-poor from 70; before 1/7/2025 from 80. */
function* survivor(law: Law, facts: PersonFacts, needs: Set<string>): Reasons {
  const items = ['survivor_allowance'];
  if (livingClassOn(law.day, facts) === 'near_poor') items.push('survivor_allowance_near_poor');
  for (const item of items) {
    if (!law.find('ages', item)) continue;
    const oldEnough = reached(law.day, facts.birthDate, law.number('ages', item) * 12);
    if (oldEnough) {
      yield ['CT', item];
      return;
    }
    if (oldEnough === null) needs.add('birth_date');
  }
}

function* byLivingClass(law: Law, facts: PersonFacts, needs: Set<string>): Reasons {
  const livingClass = livingClassOn(law.day, facts);
  const inMountains = Boolean(facts.area.region) || facts.area.specialDifficulty;
  if (livingClass === 'poor') yield ['HN', 'poor_household'];
  else if (livingClass === 'near_poor') {
    yield ['CN', 'near_poor_household'];
    if (facts.minority && inMountains)
      yield ['minority_near_poor', 'near_poor_minority_in_mountains'];
    else if (facts.area.poorCommune === null) needs.add('poor_commune');
    if (facts.minority === null && inMountains) needs.add('ethnic_group');
  }
  if (averageFarmOn(law.day, facts)) yield ['GB', 'average_farm_household'];
}

/** Đ12 k3 o for people who live in hard areas; k4 g where the commune left them. */
function* byArea(law: Law, facts: PersonFacts, needs: Set<string>): Reasons {
  const { area, minority } = facts;
  if (area.specialDifficulty || area.region === 'III') yield ['DK', 'special_difficulty'];
  if (area.specialDifficulty || area.region === 'II' || area.region === 'III') {
    if (minority) yield ['DT', 'minority_in_hard_area'];
    else if (minority === null) needs.add('ethnic_group');
  }
  if (area.island) yield ['XD', 'island'];
  if (area.atk && facts.registration === 'permanent') yield ['atk_resident', 'atk'];
  const left = leftRegionOn(law, facts);
  if (!left || left > law.day) return;
  if (minority === null) needs.add('ethnic_group');
  else if (minority && withinLimit(law, 'minority_in_commune_left_region', left))
    yield ['DS', 'commune_left_region'];
}

function leftRegionOn(law: Law, facts: PersonFacts): string | null {
  if (facts.area.leftRegionOn) return facts.area.leftRegionOn;
  for (const { kind, validFrom } of rightsOn(law.day, facts))
    if (kind === 'left_region' && validFrom) return firstDay(validFrom);
  return null;
}

/** True while the months of a limited support run; without a known start, while it is held. */
function withinLimit(law: Law, item: string, since: string | null): boolean {
  if (!law.find('support_months', item)) return false;
  const months = law.text('support_months', item);
  if (months === 'none' || !since) return true;
  return law.day < addMonths(firstDay(since), Number(months));
}
