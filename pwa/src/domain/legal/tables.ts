/**
 * Legal tables: dated rows, looked up by day only. Twin: server/domain/legal/tables.py, which says
 * what the columns hold. The rows reach the phone as data; none are built into the program.
 */

export const OPEN = 'OPEN';

/** One value of the law. An empty `valid_from` or `valid_to` leaves that side unbounded. */
export interface LegalRow {
  readonly table: string;
  readonly item: string;
  readonly where: string;
  readonly value: string;
  readonly unit: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly source: string;
  readonly confidence: string;
  readonly name_vi: string;
  readonly note: string;
}

/** No value is known for this day: what somebody must add, and to which table. */
export class NotKnown {
  constructor(
    readonly table: string,
    readonly item: string,
    readonly where: string,
    readonly day: string,
  ) {}
}

/**
 * Thrown inside a rule, never out of one: `answered` turns it into the answer NotKnown. No Error:
 * it is thrown for every person of a province without a resolution, and a stack costs time.
 */
export class NoValue {
  constructor(readonly what: NotKnown) {}
}

function inForce(row: LegalRow, day: string): boolean {
  return row.valid_from <= day && (row.valid_to === '' || day <= row.valid_to);
}

/** All rows, found by table, item and place; the row that began last speaks. */
export class Tables {
  private readonly found = new Map<string, Map<string, LegalRow[]>>();

  constructor(readonly rows: readonly LegalRow[]) {
    for (const row of rows) {
      let table = this.found.get(row.table);
      if (!table) this.found.set(row.table, (table = new Map()));
      const known = table.get(keyOf(row.item, row.where));
      if (known) known.push(row);
      else table.set(keyOf(row.item, row.where), [row]);
    }
    // Sorting is stable: of two rows that begin together the later one stays the later one.
    for (const table of this.found.values())
      for (const known of table.values())
        known.sort(
          (a, b) => Number(a.valid_from > b.valid_from) - Number(a.valid_from < b.valid_from),
        );
  }

  /** The items of a table in the order in which they first stand there. */
  items(table: string): string[] {
    const known = [...(this.found.get(table)?.values() ?? [])];
    return [...new Set(known.map(([row]) => row?.item ?? ''))];
  }

  /** The row in force on the day, even when it says `OPEN`; null when there is none. */
  inForce(day: string, table: string, item: string, where = ''): LegalRow | null {
    const known = this.found.get(table)?.get(keyOf(item, where));
    if (!known) return null;
    for (let index = known.length - 1; index >= 0; index -= 1) {
      const row = known[index];
      if (row && inForce(row, day)) return row;
    }
    return null;
  }

  /** The row with a known value; throws NoValue. */
  row(day: string, table: string, item: string, where = ''): LegalRow {
    const row = this.inForce(day, table, item, where);
    if (!row || row.value === OPEN) throw new NoValue(new NotKnown(table, item, where, day));
    return row;
  }
}

function keyOf(item: string, where: string): string {
  return where === '' ? item : `${item} ${where}`;
}
