/** What the phone knows of a village, out of the areas of its reference feed. */

import { expect, it } from 'vitest';
import { areaFactsOf, levelsOf, type AreaRow } from '../../src/domain/legal/area_facts';
import { NO_AREA } from '../../src/domain/legal/facts';

const region = { fact: 'region', value: 'III', valid_from: '2021-06-04', valid_to: '2025-12-31' };
const island = { fact: 'island', value: 'yes', valid_from: null, valid_to: null };

const AREAS: AreaRow[] = [
  { id: 'province', data: { level: 'province', parent: null, facts: [island] } },
  { id: 'commune', data: { level: 'commune', parent: 'province', facts: [region] } },
  { id: 'village', data: { level: 'village', parent: 'commune', facts: [] } },
];

it('a village has the facts of its commune and its province', () => {
  const facts = areaFactsOf('village', '2025-12-31', AREAS);
  expect(facts).toEqual({ ...NO_AREA, region: 'III', island: true });
});

it('on the day after, the commune has left the region', () => {
  expect(areaFactsOf('village', '2026-01-01', AREAS).leftRegionOn).toBe('2026-01-01');
});

it('a village this phone holds no area of has no facts', () => {
  expect(areaFactsOf('elsewhere', '2026-01-01', AREAS)).toEqual(NO_AREA);
});

it('areas of an older server say nothing of their facts', () => {
  const old = [{ id: 'village', data: { level: 'village', parent: null } }];
  expect(areaFactsOf('village', '2026-01-01', old)).toEqual(NO_AREA);
});

it('areas that lie in each other end somewhere, and a fact of no shape is left out', () => {
  const circle = [
    { id: 'one', data: { parent: 'two', facts: [null, 3, { fact: 'region' }] } },
    { id: 'two', data: { parent: 'one', facts: 'none' } },
  ];
  expect(levelsOf('one', circle)).toEqual([[], []]);
});
