/** What the law does not say for a day, at the door: the table is named, nothing is guessed. */
import { describe, expect, it } from 'vitest';
import { placeAhead } from '../../src/domain/legal/support_end';
import type { NotKnown } from '../../src/domain/legal/tables';
import { OPEN, Tables } from '../../src/domain/legal/tables';
import {
  EMPTY,
  faultsOf,
  linesOf,
  mayEnrol,
  recordsOf,
  sumOf,
} from '../../src/screens/enrol/model';
import { lapseLacks } from '../../src/screens/rights/free';
import { losing } from '../../src/screens/rights/losing';
import { standings } from '../../src/screens/rights/people';
import type { Ground } from '../../src/screens/rights/ground';
import { ground, home, NEVER } from '../support/door';
import { nationalTables } from '../support/legal_tables';

const DAY = '2027-01-15';
const FARMER = { id: 'a', member: { ...NEVER, work: 'farm', birth_date: '1980-01-01' } };
const FILE = home({ average_farm: true }, [FARMER]);
const PAPER = { range: null, number: null, used: [] };
const SIGNED = {
  day: DAY,
  state: 'draft' as const,
  receipt: 'rc',
  collector: { id: 'u1', name: 'Lan' },
  code: null,
};

/** The tables with these items of one of them not known from a day on. */
function silent(table: string, since: string, ...items: string[]): Tables {
  const { rows } = nationalTables();
  const added = rows
    .filter((row) => row.table === table && items.includes(row.item))
    .map((row) => ({ ...row, value: OPEN, validFrom: since, validTo: '' }));
  return new Tables([...rows, ...added]);
}

function lines(on: Ground) {
  const able = mayEnrol(FILE, standings(FILE, on));
  return linesOf(on, able, ['a'], EMPTY, 0);
}

describe('money taken on a day whose rate nobody knows', () => {
  const found = lines(ground({ day: DAY }));

  it('names the table for each person, and no amount', () => {
    expect(found.map(({ amounts }) => amounts)).toEqual([null]);
    expect(found.map(({ trouble }) => (trouble as NotKnown).table)).toEqual(['contribution']);
  });

  it('has no sum: nothing is to be taken in that anybody could name', () => {
    expect(sumOf(found)).toBeNull();
  });

  it('is refused because the price is not known, not because of the months', () => {
    expect(faultsOf(found, DAY, DAY, null)).toEqual(['notKnown']);
  });
});

describe('a card whose first day the law does not say', () => {
  const day = '2026-11-22';
  const found = lines(
    ground({ day, tables: silent('card_start', '2026-11-01', 'waiting_days', 'gap_waiting_days') }),
  );

  it('keeps its price and names the table of its days', () => {
    expect(sumOf(found)).toBe(956_340);
    expect(found.map(({ card }) => (card as NotKnown).table)).toEqual(['card_start']);
  });

  it('is written without days', () => {
    const [edit] = recordsOf(FILE, found, EMPTY, PAPER, SIGNED, () => 'e');
    expect(edit?.set).toMatchObject({ total: 1_366_200 });
    expect(edit?.set).not.toHaveProperty('card_from', expect.any(String));
  });
});

describe('cards to renew while the wait is not known', () => {
  const tables = silent('card_start', '2026-11-01', 'waiting_days', 'gap_waiting_days');

  it('say which table keeps those who lapsed off the list', () => {
    expect(lapseLacks(ground({ tables }))).toMatchObject({ table: 'card_start' });
    expect(lapseLacks(ground())).toBeNull();
  });
});

describe('what follows an end of support', () => {
  it('names the table that is silent on the day after', () => {
    const tables = silent('law_group', '2027-03-01', 'GD');
    const on = ground({ day: DAY, tables, ahead: placeAhead(tables, DAY, []) });
    const poor = home({ living_class: 'poor', living_class_to: '2027-02-28' }, [
      { id: 'a', member: { birth_date: '1980' } },
    ]);
    const [found] = losing(standings(poor, on), on);
    expect(found?.end).toMatchObject({ lastDay: '2027-02-28', shareAfter: null });
    expect(found?.end.lacks).toMatchObject({ table: 'law_group', item: 'GD' });
  });
});
