/** Free cards nobody asks for, and cards to renew in time. */
import { describe, expect, it } from 'vitest';
import { NO_AREA } from '../../src/domain/legal/facts';
import { byLastDay, freeCards, renewals } from '../../src/screens/rights/free';
import { standings } from '../../src/screens/rights/people';
import type { Values } from '../../src/store/face';
import { card, ground, home, NEVER, type Told } from '../support/door';

function free(household: Values, people: Told[], on = ground()) {
  return freeCards(standings(home(household, people), on), on).map((found) => [
    found.standing.name,
    found.group,
    found.reasons.map(({ code }) => code),
    found.hints,
  ]);
}

describe('a free card nobody asked for', () => {
  it('is that of a child under six without a card, not of one with a card', () => {
    const birth_date = '2023-05-01';
    const people = [
      { id: 'bé', member: { birth_date } },
      { id: 'anh', member: { birth_date }, cards: [card('2029-05-31')] },
    ];
    expect(free({}, people)).toEqual([['bé', 'TE', ['under_six'], []]]);
  });

  it('is everybody’s in a poor household', () => {
    const found = free({ living_class: 'poor' }, [{ id: 'a', member: NEVER }]);
    expect(found).toEqual([['a', 'HN', ['poor_household'], []]]);
  });

  it('is that of a minority in a hard area', () => {
    const on = ground({ area: { ...NO_AREA, region: 'III' } });
    const found = free({}, [{ id: 'a', member: { ...NEVER, ethnic_group: '12' } }], on);
    expect(found.map(([name]) => name)).toEqual(['a']);
  });

  it('may follow from the age of a social pension nobody recorded', () => {
    const old = { ...NEVER, birth_date: '1950-01-01' };
    expect(free({}, [{ id: 'bà', member: old }])).toEqual([
      ['bà', null, [], ['social_pension_age']],
    ]);
  });

  it('is told to who pays for a card though the law gives one', () => {
    const paying = { id: 'a', member: {}, cards: [card('2027-05-01', { insurance_group: 'GD' })] };
    expect(free({ living_class: 'poor' }, [paying]).map(([name]) => name)).toEqual(['a']);
  });

  it('is nobody’s who has to pay', () => {
    expect(free({ average_farm: true }, [{ id: 'a', member: NEVER }])).toEqual([]);
  });
});

describe('a card to renew', () => {
  const listed = (people: Told[], household: Values = {}) => {
    const found = renewals(standings(home(household, people), ground()), ground());
    return found
      .sort(byLastDay)
      .map(({ standing, state, lastDay }) => [standing.name, state, lastDay]);
  };
  const ends = (id: string, end: string) => ({ id, member: {}, cards: [card(end)] });

  it('ends within thirty days: paid by the day after, no day is uncovered', () => {
    expect(listed([ends('a', '2026-12-22'), ends('b', '2026-12-23')])).toEqual([
      ['a', 'ending', '2026-12-23'],
    ]);
  });

  it('has lapsed while the ninety days run, to the day', () => {
    // 90 days after the end the card would still begin at once; the five years end a day later.
    expect(listed([ends('a', '2026-08-24')])).toEqual([['a', 'lapsed', '2026-11-22']]);
    expect(listed([ends('a', '2026-08-23')])).toEqual([['a', 'lapsed', '2026-11-22']]);
    expect(listed([ends('a', '2026-08-22')])).toEqual([]);
  });

  it('stands in the order of the last day', () => {
    const rows = listed([
      ends('later', '2026-12-20'),
      ends('first', '2026-08-30'),
      ends('b', '2026-11-30'),
    ]);
    expect(rows.map(([name]) => name)).toEqual(['first', 'b', 'later']);
  });

  it('names no last day where others pay', () => {
    const child = { id: 'bé', member: { birth_date: '2023-05-01' }, cards: [card('2026-12-01')] };
    expect(listed([child])).toEqual([['bé', 'ending', null]]);
  });

  it('is nobody’s with a card that follows', () => {
    const next = card('2027-12-31', { valid_from: '2026-12-23' });
    expect(listed([{ id: 'a', member: {}, cards: [card('2026-12-22'), next] }])).toEqual([]);
  });
});
