/** The legal tables reach the phone as records of the reference feed. */

import { expect, it } from 'vitest';
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
