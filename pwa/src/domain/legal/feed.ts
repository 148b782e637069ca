/** The legal tables as the reference feed carries them. Twin: server/store/legal.py. */

import { type LegalRow, Tables } from './tables';

export const LEGAL_TABLE = 'legal_table';

interface Carried {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables of all records of the feed; records of other kinds or shapes are left out. */
export function tablesOf(records: readonly { readonly data: unknown }[]): Tables {
  return new Tables(records.flatMap(({ data }) => (isCarried(data) ? rowsOf(data) : [])));
}

function rowsOf({ name, columns, rows }: Carried): LegalRow[] {
  return rows.map((cells) => {
    const named = columns.map((column, at) => [column, cells[at] ?? ''] as const);
    return { ...NO_ROW, ...Object.fromEntries(named), table: name };
  });
}

const NO_ROW: LegalRow = {
  table: '',
  item: '',
  where: '',
  value: '',
  unit: '',
  valid_from: '',
  valid_to: '',
  source: '',
  confidence: '',
  name_vi: '',
  note: '',
};

function isCarried(data: unknown): data is Carried {
  const told = data as Partial<Carried> | null;
  return typeof told?.name === 'string' && Array.isArray(told.columns) && Array.isArray(told.rows);
}
