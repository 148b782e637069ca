/** The legal tables reach the phone as records of the reference feed. */

import { expect, it } from 'vitest';
import { contribution, type Payment } from '../../src/domain/legal/contribution';
import { insuranceGroup } from '../../src/domain/legal/groups';
import { personFacts } from '../../src/domain/legal/facts';
import { tablesOf } from '../../src/domain/legal/feed';
import { NotKnown, type LegalRow } from '../../src/domain/legal/tables';
import { nationalTables } from '../support/legal_tables';

const COLUMNS = [
  'item',
  'where',
  'value',
  'unit',
  'valid_from',
  'valid_to',
  'source',
  'confidence',
  'name_vi',
] as const;

function carried(rows: readonly LegalRow[]) {
  const names = [...new Set(rows.map(({ table }) => table))];
  return names.map((name) => ({
    data: {
      name,
      columns: [...COLUMNS],
      rows: rows.filter(({ table }) => table === name).map((row) => COLUMNS.map((at) => row[at])),
    },
  }));
}

it('reads back every row but its note', () => {
  const { rows } = nationalTables();
  const read = tablesOf(carried(rows)).rows;
  expect(read).toEqual(rows.map((row) => ({ ...row, note: '' })));
});

it('leaves out what is no table', () => {
  expect(tablesOf([{ data: null }, { data: {} }, { data: { name: 'x', rows: 3 } }]).rows).toEqual(
    [],
  );
});

it('says not known for everything before the tables have come', () => {
  const answer = insuranceGroup(tablesOf([]), '2026-11-22', personFacts({}, {}));
  expect(answer).toEqual(new NotKnown('law_group', 'GD', '', '2026-11-22'));
});

const YEAR_OF_A_FARMER: Payment = {
  group: 'GB',
  months: 12,
  ladderPlace: 1,
  place: { province: '38', former: null },
  pupil: false,
  minority: false,
  poorCommune: null,
  otherSupport: 0,
};

function added(row: Partial<LegalRow>): LegalRow {
  const known = nationalTables().rows.find(({ table }) => table === row.table);
  return { ...known!, valid_to: '', ...row };
}

it('lets an added row speak from its first day on, and the older ones before', () => {
  const raise = added({ table: 'base_salary', value: '2700000', valid_from: '2026-12-01' });
  const tables = tablesOf(carried([...nationalTables().rows, raise]));
  const said = ['2026-11-30', '2026-12-01'].map(
    (day) => tables.inForce(day, 'base_salary', 'base_salary')?.value,
  );
  expect(said).toEqual(['2530000', '2700000']);
});

it('lets an added row replace one of the program that begins on the same day', () => {
  const other = added({ table: 'base_salary', value: '2600000', valid_from: '2026-07-01' });
  const tables = tablesOf(carried([...nationalTables().rows, other]));
  expect(tables.inForce('2026-07-01', 'base_salary', 'base_salary')?.value).toBe('2600000');
});

it('takes the support a province has just decided off what its people pay', () => {
  const support = added({
    table: 'local_support',
    item: 'average_farm',
    where: '38',
    value: '20',
    valid_from: '2026-12-01',
  });
  const tables = tablesOf(carried([...nationalTables().rows, support]));
  const own = ['2026-11-30', '2026-12-01'].map((day) => {
    const answer = contribution(tables, day, YEAR_OF_A_FARMER);
    return 'own' in answer ? answer.own : undefined;
  });
  expect(own).toEqual([null, 683_100]);
});
