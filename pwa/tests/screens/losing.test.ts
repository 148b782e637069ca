/** Whose support ends soon, as the phone finds them out of a household and its place. */
import { describe, expect, it } from 'vitest';
import { type Levels } from '../../src/domain/legal/area_facts';
import { placeAhead } from '../../src/domain/legal/support_end';
import { tellsOfAnEnd } from '../../src/domain/legal/tells_of_end';
import { byEnd, endsIn, losing, WINDOWS } from '../../src/screens/rights/losing';
import { standings } from '../../src/screens/rights/people';
import type { Values } from '../../src/store/face';
import { DAY, ground, home, type Told } from '../support/door';
import { nationalTables } from '../support/legal_tables';

const CHILD = { id: 'bé', member: { birth_date: '2020-11-15' } };
const POOR = { living_class: 'poor', living_class_to: '2027-01-31' };

function at(levels: Levels) {
  return ground({ ahead: placeAhead(nationalTables(), DAY, levels) });
}

function lost(household: Values, people: Told[], on = ground()) {
  return losing(standings(home(household, people), on), on).sort(byEnd);
}

describe('who loses support', () => {
  it('is a child that grows out of the free card', () => {
    const [found] = lost({}, [CHILD]);
    expect(found?.end).toMatchObject({
      lastDay: '2026-11-30',
      reasons: ['child'],
      groupAfter: 'HS',
    });
  });

  it('is everybody in a poor household whose paper ends, the first to lose it first', () => {
    const found = lost({ ...POOR, living_class_to: '2026-12-31' }, [
      { id: 'a', member: { birth_date: '1980' } },
      { id: 'b', member: { birth_date: '1985' }, rights: [] },
    ]);
    expect(found.map(({ standing, end }) => [standing.name, end.lastDay])).toEqual([
      ['a', '2026-12-31'],
      ['b', '2026-12-31'],
    ]);
  });

  it('is a minority person of a commune that leaves region III', () => {
    const region = { fact: 'region', value: 'III', validFrom: null, validTo: '2026-12-31' };
    const people = [{ id: 'a', member: { birth_date: '1980', ethnic_group: '12' } }];
    const [found] = lost({}, people, at([[], [region]]));
    expect(found?.end).toMatchObject({ group: 'DT', groupAfter: 'DS', reasons: ['region'] });
  });

  it('is nobody whose cards last', () => {
    expect(lost({}, [{ id: 'a', member: { birth_date: '1980' } }])).toEqual([]);
  });

  it('is told in the windows that its day allows', () => {
    const [far] = lost(POOR, [{ id: 'a', member: { birth_date: '1980' } }]);
    const [near] = lost({}, [CHILD]);
    const windows = (one: typeof far) => WINDOWS.filter((days) => one && endsIn(one, DAY, days));
    expect(windows(far)).toEqual([90]);
    expect(windows(near)).toEqual([30, 60, 90]);
  });
});

describe('a record that tells of an end', () => {
  it.each<[string, Values, Values, Values[]]>([
    ['a paper of the household', { living_class_to: '2026-12-31' }, {}, []],
    ['a recognition as a farm household', { average_farm_to: '2026-12-31' }, {}, []],
    ['a jobless benefit', {}, { unemployment_benefit_to: '2026-12' }, []],
    ['the last grade', {}, { school_class: 'Lớp 12B' }, []],
    ['a right with an end', {}, {}, [{ kind: 'merit', valid_to: '2027' }]],
    ['a right that runs for months of the law', {}, {}, [{ kind: 'left_region' }]],
  ])('%s', (_, household, member, rights) => {
    expect(tellsOfAnEnd(household, member, rights)).toBe(true);
  });

  it('others do not', () => {
    expect(
      tellsOfAnEnd({ living_class: 'poor' }, { school_class: '11A' }, [{ kind: 'merit' }]),
    ).toBe(false);
  });
});
