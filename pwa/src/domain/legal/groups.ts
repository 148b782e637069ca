/**
 * The insurance group of a person by the order of the law. Twin: server/domain/legal/groups.py,
 * which tells the order.
 */

import { reached } from './ages';
import { type Found, findGroups, livingClassOn, type Reason } from './candidates';
import type { PersonFacts } from './facts';
import { answered, Law } from './law';
import { statePercent, supportCategory } from './support';
import { type LegalRow, type NotKnown, OPEN, type Tables } from './tables';

export const HOUSEHOLD = 'GD';
export const NEAR_POOR = 'CN';
export const FREE: readonly number[] = [2, 3];
export const SUPPORTED = 4;
const FREE_TO_OWN: readonly number[] = [2, 3, 4, 5];
const INSURED: readonly (string | null)[] = ['pension', 'monthly_allowance'];

/** One step of the reasoning: a stable code, the group it speaks of, its article of law. */
export interface Step {
  readonly code: string;
  readonly group: string;
  readonly source: string;
}

/** The group of a person on a day; the twin says what each field means. */
export interface GroupAnswer {
  readonly day: string;
  readonly group: string;
  readonly lawGroup: number;
  readonly cardCode: string | null;
  readonly benefitPercent: number | null;
  readonly free: boolean;
  readonly choices: readonly string[];
  readonly applies: readonly string[];
  readonly steps: readonly Step[];
  readonly needs: readonly string[];
  readonly hints: readonly string[];
  readonly rows: readonly LegalRow[];
}

type Chosen = readonly [group: string, steps: Step[]];

/** The group of a person on a day, or NotKnown where the law's row is missing or open. */
export function insuranceGroup(
  tables: Tables,
  day: string,
  facts: PersonFacts,
): GroupAnswer | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    const found = findGroups(law, facts);
    if (found.reasons.length === 0) withoutGroup(facts, found);
    const ordered = inOrder(tables, found.reasons);
    const steps = ordered.map((reason) => applying(law, reason));
    const applies = ordered.map(({ group }) => group);
    const [group, why] = choose(law, applies, facts);
    const [choices, may] = choicesOf(law, group, applies);
    const lawGroup = law.number('law_group', group);
    const benefit = valueOf(law.find('benefit', group));
    const cardCode = valueOf(law.find('groups', group));
    return {
      day,
      group,
      lawGroup,
      cardCode,
      benefitPercent: benefit === null ? null : Number(benefit),
      free: FREE.includes(lawGroup),
      choices,
      applies,
      steps: [...steps, ...why, ...may],
      needs: [...found.needs].filter((need) => need !== 'poor_commune' || group === NEAR_POOR),
      hints: hintsFor(law, facts),
      rows: law.rows,
    };
  });
}

/** Whoever falls under nothing else joins with the household, Đ12 k5 a, or alone, k5 d. */
function withoutGroup(facts: PersonFacts, found: Found): void {
  if (facts.registration === 'none') {
    found.add('other_own', 'no_residence');
    return;
  }
  if (!facts.registration || facts.registration === 'not_known') found.needs.add('registration');
  found.add(HOUSEHOLD, 'household');
}

function inOrder(tables: Tables, reasons: readonly Reason[]): Reason[] {
  const items = tables.items('law_group');
  return [...reasons].sort((a, b) => items.indexOf(a.group) - items.indexOf(b.group));
}

function applying(law: Law, { code, group }: Reason): Step {
  return { code, group, source: law.find('law_group', group)?.source ?? '' };
}

function choose(law: Law, groups: readonly string[], facts: PersonFacts): Chosen {
  const [only = HOUSEHOLD] = groups;
  if (groups.length === 1) {
    // No order is needed, and none is known before 1/7/2025.
    law.number('law_group', only);
    return [only, []];
  }
  for (const item of ['d', 'đ']) {
    const row = law.row('group_order', item);
    const named = row.value.split(' ');
    const first = groups.find((group) => named.includes(group));
    if (first) return [first, [{ code: `order_${item}`, group: first, source: row.source }]];
  }
  const others = groups.filter((group) => FREE_TO_OWN.includes(law.number('law_group', group)));
  if (groups.includes('XK') && others.length > 0) return firstOf(law, 'c', others);
  const chosen = firstOf(law, 'a', groups);
  const several = law.number('group_order', 'g');
  return law.number('law_group', chosen[0]) === several
    ? highestSupport(law, groups, facts)
    : chosen;
}

function firstOf(law: Law, item: string, groups: readonly string[]): Chosen {
  const row = law.row('group_order', item);
  const order = row.value.split(' ').map(Number);
  const first = best(groups, (group) => -order.indexOf(law.number('law_group', group)));
  return [first, [{ code: `order_${item}`, group: first, source: row.source }]];
}

function highestSupport(law: Law, groups: readonly string[], facts: PersonFacts): Chosen {
  const supported = groups.filter((group) => law.number('law_group', group) === SUPPORTED);
  const group = best(supported, (one) => statePercent(law, one, facts.area.poorCommune));
  const item = supported.length === 1 ? 'a' : 'g';
  const { source } = law.row('group_order', item);
  return [group, [{ code: `order_${item}`, group, source }]];
}

/** The first of those with the greatest weight. */
function best(groups: readonly string[], weight: (group: string) => number): string {
  let [found = ''] = groups;
  for (const group of groups) if (weight(group) > weight(found)) found = group;
  return found;
}

/** Letter e; pupils and students may not, also when another supported group gives more. */
function choicesOf(
  law: Law,
  group: string,
  applies: readonly string[],
): readonly [string[], Step[]] {
  const joins = law.find('group_order', 'h');
  if (joins?.value.split(' ').includes(group))
    return [[group, HOUSEHOLD], [{ code: 'may_join_as_household', group, source: joins.source }]];
  if (law.number('law_group', group) !== SUPPORTED) return [[group], []];
  for (const other of applies) {
    const choice = law.find('household_choice', supportCategory(other));
    if (choice && choice.value !== 'yes')
      return [[group], [{ code: 'may_not_choose_household', group: other, source: choice.source }]];
  }
  const { source } = law.row('household_choice', supportCategory(group));
  const household = law.text('group_order', 'e');
  return [[group, household], [{ code: 'may_choose_household', group, source }]];
}

/** A social pension, and with it a free card, that age opens and nobody has recorded. */
function hintsFor(law: Law, facts: PersonFacts): string[] {
  if (!law.find('ages', 'social_pension') || INSURED.includes(facts.socialInsurance)) return [];
  if (facts.entitlements.some(({ kind }) => kind === 'social_pension')) return [];
  const old = (item: string) => reached(law.day, facts.birthDate, law.number('ages', item) * 12);
  if (old('social_pension')) return ['social_pension_age'];
  const livingClass = livingClassOn(law.day, facts);
  const poor = livingClass === 'poor' || livingClass === 'near_poor';
  return poor && old('social_pension_poor') ? ['social_pension_poor_age'] : [];
}

function valueOf(row: LegalRow | null): string | null {
  return row && row.value !== OPEN ? row.value : null;
}
