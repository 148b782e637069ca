/* What voluntary social insurance costs one person, and the bounds of what may be chosen. Pure. */
import { livingClassOn, rightsOn } from '../../domain/legal/candidates';
import { personFacts } from '../../domain/legal/facts';
import { answered, Law } from '../../domain/legal/law';
import type { NotAllowed } from '../../domain/legal/money';
import type { NotKnown } from '../../domain/legal/tables';
import {
  type Eligibility,
  mayJoinVoluntary,
  type VoluntaryCost,
  voluntaryCost,
} from '../../domain/legal/voluntary';
import type { HouseholdFile, Rec } from '../../store/face';
import type { Ground } from '../rights/ground';

/** What the law leaves to choose, and what it gives. Amounts in đồng. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly months: readonly number[];
  readonly supportedMonths: number;
  readonly pensionYears: number | null;
  readonly maternity: number | null;
}

/** What somebody chose; `income` null while the box is empty. */
export interface Choice {
  readonly income: number | null;
  readonly months: number;
  readonly monthsSupported: number;
}

export function boundsOf({ tables, day }: Ground): Bounds | NotKnown {
  return answered(() => {
    const law = new Law(tables, day);
    const told = (item: string) => {
      const row = law.find('voluntary', item);
      return row === null ? null : Number(row.value);
    };
    return {
      least: law.number('voluntary', 'income_min'),
      most: law.number('voluntary', 'income_max_factor') * law.number('base_salary', 'base_salary'),
      months: law.numbers('voluntary', 'months'),
      supportedMonths: law.number('voluntary', 'support_max_months'),
      pensionYears: told('pension_min_years'),
      maternity: told('maternity_allowance'),
    };
  });
}

export function mayJoin(
  { tables, day, area }: Ground,
  file: HouseholdFile,
  member: Rec<'member'>,
): Eligibility | NotKnown {
  const facts = personFacts(member.data, file.household.data, rightsOf(file, member), area);
  return mayJoinVoluntary(tables, day, {
    birthDate: facts.birthDate,
    sex: member.data.sex ?? null,
    socialInsurance: facts.socialInsurance,
    work: facts.work,
    villageOfficer: rightsOn(day, facts).some(({ kind }) => kind === 'village_officer'),
  });
}

export function costOf(
  { tables, day, area, place }: Ground,
  file: HouseholdFile,
  member: Rec<'member'>,
  choice: Choice,
): VoluntaryCost | NotKnown | NotAllowed {
  const facts = personFacts(member.data, file.household.data, rightsOf(file, member), area);
  return voluntaryCost(tables, day, {
    income: choice.income ?? 0,
    months: choice.months,
    livingClass: livingClassOn(day, facts),
    minority: facts.minority === true,
    island: area.island,
    monthsSupported: choice.monthsSupported,
    place,
  });
}

function rightsOf(file: HouseholdFile, member: Rec<'member'>) {
  return file.entitlements
    .filter((right) => file.memberOf(right) === member.id)
    .map(({ data }) => data);
}
