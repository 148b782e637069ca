/** What is said at the door about voluntary social insurance. */
import { describe, expect, it } from 'vitest';
import { NotKnown } from '../../src/domain/legal/tables';
import type { VoluntaryCost } from '../../src/domain/legal/voluntary';
import { type Bounds, boundsOf, costOf, mayJoin } from '../../src/screens/voluntary/model';
import type { Values } from '../../src/store/face';
import { DAY, ground, home } from '../support/door';

const LEAST = { income: 1_500_000, months: 12, monthsSupported: 0 };
const ADULT = { birth_date: '1985-04-02', sex: 'female', work: 'farm' };

function asked(member: Values, household: Values = {}, rights: Values[] = []) {
  const file = home(household, [{ id: 'p1', member, rights }]);
  const [person] = file.members;
  if (person === undefined) throw new Error('nobody');
  return { file, person };
}

describe('voluntary social insurance', () => {
  it('names the least and the most income, and what it gives', () => {
    expect(boundsOf(ground())).toEqual({
      least: 1_500_000,
      most: 50_600_000,
      months: [1, 3, 6, 12],
      supportedMonths: 120,
      pensionYears: 15,
      maternity: 2_000_000,
    } satisfies Bounds);
  });

  it('says the table that knows no income for an old day', () => {
    expect(boundsOf(ground({ day: '2020-01-01' }))).toBeInstanceOf(NotKnown);
  });

  it('is supported by the class of the household while its paper runs', () => {
    const { file, person } = asked(ADULT, { living_class: 'poor', living_class_to: DAY });
    const cost = (day: string) => costOf(ground({ day }), file, person, LEAST) as VoluntaryCost;
    expect([cost(DAY).supportedAs, cost(DAY).ownAtMost]).toEqual(['poor', 1_980_000]);
    expect([cost('2026-11-23').supportedAs, cost('2026-11-23').ownAtMost]).toEqual([
      'other',
      3_168_000,
    ]);
  });

  it('says that the support of the province is not known', () => {
    const { file, person } = asked(ADULT);
    const cost = costOf(ground(), file, person, LEAST) as VoluntaryCost;
    expect([cost.local, cost.own, cost.localNotKnown?.table]).toEqual([
      null,
      null,
      'local_support',
    ]);
  });

  it('asks for an income while the box is empty', () => {
    const { file, person } = asked(ADULT);
    expect(costOf(ground(), file, person, { ...LEAST, income: null })).toMatchObject({
      code: 'income_below_least',
    });
  });

  it('is not for pupils under fifteen, village officers, or who has a contract', () => {
    const codes = (member: Values, rights: Values[] = []) => {
      const { file, person } = asked(member, {}, rights);
      const found = mayJoin(ground(), file, person);
      return found instanceof NotKnown ? found.table : found.codes;
    };
    expect(codes({ ...ADULT, birth_date: '2015-01-01' })).toEqual(['too_young']);
    expect(codes({ ...ADULT, work: 'wage_contract' })).toEqual(['employee']);
    expect(codes(ADULT, [{ kind: 'village_officer' }])).toEqual(['village_officer']);
    expect(codes(ADULT)).toEqual([]);
  });
});
