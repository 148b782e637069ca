/** Voluntary social insurance. Twin: server/domain/legal/voluntary.py, with the law of each. */

import { reached } from './ages';
import type { Place } from './facts';
import { answered, Law } from './law';
import { hundredths, NotAllowed, part } from './money';
import { localVoluntaryPercent } from './support';
import { type LegalRow, NotKnown, type Tables } from './tables';
import { workingAge } from './working_age';

const EXCLUDED: Readonly<Record<string, string>> = {
  compulsory: 'under_compulsory',
  pension: 'has_pension',
  monthly_allowance: 'has_monthly_allowance',
};

/** `monthsSupported`: months of the state's support that the person has had before. */
export interface VoluntaryFacts {
  readonly income: number;
  readonly months: number;
  readonly livingClass: string | null;
  readonly minority: boolean;
  readonly island: boolean;
  readonly monthsSupported: number;
  readonly place: Place;
}

/**
 * Đồng for all months: `due = state + local + own`. `local` and `own` are null where the province's
 * support is not known (`localNotKnown`); `ownAtMost` is the own share without it.
 */
export interface VoluntaryCost {
  readonly monthDue: number;
  readonly monthState: number;
  readonly due: number;
  readonly state: number;
  readonly local: number | null;
  readonly own: number | null;
  readonly ownAtMost: number;
  readonly supportedAs: string;
  readonly localNotKnown: NotKnown | null;
  readonly rows: readonly LegalRow[];
}

/** `codes` say why not, or what is missing; empty when the person may join. */
export interface Eligibility {
  readonly mayJoin: boolean | null;
  readonly isLead: boolean | null;
  readonly codes: readonly string[];
  readonly rows: readonly LegalRow[];
}

export interface JoinFacts {
  readonly birthDate: string | null;
  readonly sex: string | null;
  readonly socialInsurance: string | null;
  readonly work: string | null;
  readonly villageOfficer: boolean;
}

/** What is paid on a day for so many months, each amount of a month rounded half up. */
export function voluntaryCost(
  tables: Tables,
  day: string,
  facts: VoluntaryFacts,
): VoluntaryCost | NotKnown | NotAllowed {
  return answered(() => {
    const law = new Law(tables, day);
    const least = law.number('voluntary', 'income_min');
    const factor = law.number('voluntary', 'income_max_factor');
    if (facts.income < least) return new NotAllowed('income_below_least', 'income');
    if (facts.income > factor * law.number('base_salary', 'base_salary'))
      return new NotAllowed('income_above_most', 'income');
    if (!law.numbers('voluntary', 'months').includes(facts.months))
      return new NotAllowed('months_not_allowed', 'months');
    const rate = hundredths(law.text('voluntary', 'contribution_rate'));
    const kinds = kindsOf(facts);
    const [supportedAs, percent] = supportOf(law, kinds);
    const monthDue = part(facts.income, rate);
    const supported = part(least, rate);
    const monthState = part(supported, percent);
    const left = Math.max(0, law.number('voluntary', 'support_max_months') - facts.monthsSupported);
    const due = monthDue * facts.months;
    const state = monthState * Math.min(facts.months, left);
    const added = localOf(law, facts.place, kinds, supportedAs, supported);
    const localNotKnown = added instanceof NotKnown ? added : null;
    const local = added instanceof NotKnown ? null : Math.min(added * facts.months, due - state);
    return {
      monthDue,
      monthState,
      due,
      state,
      local,
      own: local === null ? null : due - state - local,
      ownAtMost: due - state,
      supportedAs,
      localNotKnown,
      rows: law.rows,
    };
  });
}

/** What the province adds a month, of the contribution from the least income. */
function localOf(
  law: Law,
  place: Place,
  kinds: readonly string[],
  supportedAs: string,
  supported: number,
): number | NotKnown {
  return answered(() => part(supported, localVoluntaryPercent(law, place, kinds, supportedAs)));
}

/** As whom the person may be supported; everybody as `other`. */
function kindsOf(facts: VoluntaryFacts): string[] {
  const kinds = ['other'];
  if (facts.livingClass === 'poor' || facts.island) kinds.push('poor');
  if (facts.livingClass === 'near_poor') kinds.push('near_poor');
  if (facts.minority) kinds.push('ethnic_minority');
  return kinds;
}

function supportOf(law: Law, kinds: readonly string[]): readonly [string, number] {
  let [best, most] = ['', -1];
  for (const kind of kinds) {
    const percent = hundredths(law.text('voluntary', `support_percent_${kind}`));
    if (percent > most) [best, most] = [kind, percent];
  }
  return [best, most];
}

/** Whether a person may join, and whether to ask them; null where a fact is missing. */
export function mayJoinVoluntary(
  tables: Tables,
  day: string,
  facts: JoinFacts,
): Eligibility | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    const oldEnough = reached(day, facts.birthDate, law.number('voluntary', 'min_age') * 12);
    const codes: string[] = [];
    if (oldEnough === false) codes.push('too_young');
    const excluded = EXCLUDED[facts.socialInsurance ?? ''];
    if (excluded) codes.push(excluded);
    else if (facts.villageOfficer) codes.push('village_officer');
    else if (facts.work === 'wage_contract') codes.push('employee');
    if (codes.length > 0) return { mayJoin: false, isLead: false, codes, rows: law.rows };
    if (oldEnough === null)
      return { mayJoin: null, isLead: null, codes: ['birth_date'], rows: law.rows };
    const age = workingAge(tables, day, facts.birthDate, facts.sex);
    if (age instanceof NotKnown)
      return { mayJoin: true, isLead: null, codes: ['not_known'], rows: law.rows };
    const rows = [...law.rows, ...age.rows];
    if (age.code === 'in') return { mayJoin: true, isLead: true, codes: [], rows };
    if (age.code === 'above')
      return { mayJoin: true, isLead: false, codes: ['past_retirement'], rows };
    return { mayJoin: true, isLead: null, codes: [age.code], rows };
  });
}
