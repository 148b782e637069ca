/**
 * What the rules ask of a person, a household and a place. Twin: server/domain/legal/facts.py,
 * which says what each field means.
 */

import { ethnicGroup } from '../codes';
import { type EntitlementFacts, entitlementFacts } from '../status';

export interface AreaFacts {
  readonly region: string | null;
  readonly specialDifficulty: boolean;
  readonly island: boolean;
  readonly atk: boolean;
  readonly poorCommune: boolean | null;
  readonly leftRegionOn: string | null;
}

export const NO_AREA: AreaFacts = {
  region: null,
  specialDifficulty: false,
  island: false,
  atk: false,
  poorCommune: null,
  leftRegionOn: null,
};

/** Where support is granted: province code of 2025, and the code before the merger. */
export interface Place {
  readonly province: string | null;
  readonly former: string | null;
}

export interface PersonFacts {
  readonly birthDate: string | null;
  readonly registration: string | null;
  readonly minority: boolean | null;
  readonly work: string | null;
  readonly schoolClass: string | null;
  readonly socialInsurance: string | null;
  readonly unemploymentBenefitTo: string | null;
  readonly livingClass: string | null;
  readonly livingClassFrom: string | null;
  readonly livingClassTo: string | null;
  readonly averageFarm: boolean;
  readonly averageFarmFrom: string | null;
  readonly averageFarmTo: string | null;
  readonly entitlements: readonly EntitlementFacts[];
  readonly area: AreaFacts;
}

type Data = Readonly<Record<string, unknown>>;

function text(data: Data, field: string): string | null {
  const value = data[field];
  return typeof value === 'string' && value ? value : null;
}

/** The facts of a member from the records. */
export function personFacts(
  member: Data,
  household: Data,
  entitlements: readonly Data[] = [],
  area: AreaFacts = NO_AREA,
): PersonFacts {
  const group = text(member, 'ethnic_group');
  return {
    birthDate: text(member, 'birth_date'),
    registration: text(member, 'registration'),
    minority: group ? (ethnicGroup(group)?.minority ?? false) : null,
    work: text(member, 'work'),
    schoolClass: text(member, 'school_class'),
    socialInsurance: text(member, 'social_insurance'),
    unemploymentBenefitTo: text(member, 'unemployment_benefit_to'),
    livingClass: text(household, 'living_class'),
    livingClassFrom: text(household, 'living_class_from'),
    livingClassTo: text(household, 'living_class_to'),
    averageFarm: household.average_farm === true,
    averageFarmFrom: text(household, 'average_farm_from'),
    averageFarmTo: text(household, 'average_farm_to'),
    entitlements: entitlements.map(entitlementFacts),
    area,
  };
}
