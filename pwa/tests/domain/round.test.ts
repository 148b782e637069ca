/** Why a household is on the round for today. */

import { describe, expect, it } from 'vitest';
import { comeBackOn, isNewborn, roundReasons } from '../../src/domain/round';

const TODAY = '2026-11-22';
const NOTHING = { returned: 0, comeBackOn: null, newborns: 0, ending: 0, notAsked: 0 };

describe('the reasons of a household', () => {
  it('are none when nothing is to be done', () => {
    expect(roundReasons(TODAY, NOTHING)).toEqual([]);
  });

  it('are all listed, the most pressing first', () => {
    const facts = { returned: 1, comeBackOn: TODAY, newborns: 1, ending: 2, notAsked: 3 };
    expect(roundReasons(TODAY, facts)).toEqual([
      'returned',
      'come_back',
      'newborn',
      'ending',
      'never_asked',
    ]);
  });

  it.each([
    ['2026-11-21', ['come_back']],
    ['2026-11-22', ['come_back']],
    ['2026-11-23', []],
  ])('a promise for %s', (day, reasons) => {
    expect(roundReasons(TODAY, { ...NOTHING, comeBackOn: day })).toEqual(reasons);
  });
});

describe('a promise to come back', () => {
  const visit = { on: '2026-11-18', comeBackOn: '2026-11-22' };

  it('stands after the visit that made it', () => {
    expect(comeBackOn(visit, null)).toBe('2026-11-22');
    expect(comeBackOn(visit, '2026-11-18')).toBe('2026-11-22');
  });

  it('ends when the household was confirmed since', () => {
    expect(comeBackOn(visit, '2026-11-19')).toBeNull();
  });

  it('was never made without a visit, or by a visit without one', () => {
    expect(comeBackOn(null, null)).toBeNull();
    expect(comeBackOn({ ...visit, comeBackOn: null }, null)).toBeNull();
  });
});

describe('a newborn', () => {
  it.each([
    ['born 90 days ago', '2026-08-24', false, 'not_asked', true],
    ['born 91 days ago', '2026-08-23', false, 'not_asked', false],
    ['born this month', '2026-11', false, 'none', true],
    ['of an unknown month', '2026', false, 'none', false],
    ['of an unknown year', null, true, 'none', false],
    ['insured already', '2026-11-01', false, 'covered', false],
    ['insured by the unit of a parent', '2026-11-01', false, 'elsewhere', false],
    ['half a year old without a registered name', '2026-05-01', true, 'not_asked', true],
    ['two years old without a registered name', '2024-05-01', true, 'not_asked', false],
  ] as const)('%s', (_what, birth, nameIsProvisional, status, newborn) => {
    expect(isNewborn(TODAY, { birth, nameIsProvisional, status })).toBe(newborn);
  });
});
