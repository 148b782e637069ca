/** The legal tables as the server ships them, read from its files. */

import { readdirSync, readFileSync } from 'node:fs';
import { type LegalRow, Tables } from '../../src/domain/legal/tables';

const FOLDER = new URL('../../../server/domain/legal/', import.meta.url);

/** Cells of a CSV text; quotes around cells with commas, doubled inside. */
function cells(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.trimEnd().split('\n')) {
    const found = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)];
    rows.push(found.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? ''));
  }
  return rows;
}

function rowsOf(file: string): LegalRow[] {
  const [head = [], ...rows] = cells(readFileSync(new URL(file, FOLDER), 'utf8'));
  return rows.map((row) => {
    const named = Object.fromEntries(head.map((name, index) => [name, row[index] ?? '']));
    return { table: file.replace('.csv', ''), ...named } as LegalRow;
  });
}

/** All tables of the law that come with the program. */
export function nationalTables(): Tables {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.csv'));
  return new Tables(files.sort().flatMap(rowsOf));
}
