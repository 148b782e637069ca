/** What the rules ask of a person is read off the records under the names of the wire. */

import { expect, it } from 'vitest';
import { NO_AREA, personFacts } from '../../src/domain/legal/facts';
import { FIELDS } from '../../src/wire/fields';

const MEMBER = {
  birth_date: '2010-05',
  registration: 'permanent',
  ethnic_group: '12',
  work: 'pupil',
  school_class: '10A',
  social_insurance: 'none',
  unemployment_benefit_to: '2026-12',
};
const HOUSEHOLD = {
  living_class: 'average',
  living_class_from: '2026-01-01',
  living_class_to: '2026-12-31',
  average_farm: true,
  average_farm_from: '2026-02-01',
  average_farm_to: '2027-01-31',
};

it('every name read is one of the wire', () => {
  expect(Object.keys(FIELDS.member)).toEqual(expect.arrayContaining(Object.keys(MEMBER)));
  expect(Object.keys(FIELDS.household)).toEqual(expect.arrayContaining(Object.keys(HOUSEHOLD)));
});

it('a record gives each fact under its own name', () => {
  const right = { kind: 'merit', valid_to: '2027' };
  expect(personFacts(MEMBER, HOUSEHOLD, [right])).toEqual({
    birthDate: '2010-05',
    registration: 'permanent',
    minority: true,
    work: 'pupil',
    schoolClass: '10A',
    socialInsurance: 'none',
    unemploymentBenefitTo: '2026-12',
    livingClass: 'average',
    livingClassFrom: '2026-01-01',
    livingClassTo: '2026-12-31',
    averageFarm: true,
    averageFarmFrom: '2026-02-01',
    averageFarmTo: '2027-01-31',
    entitlements: [{ kind: 'merit', validFrom: null, validTo: '2027' }],
    area: NO_AREA,
  });
});
