/** The law on one day, remembering which rows were read. Twin: server/domain/legal/law.py. */

import { type LegalRow, NotKnown, NoValue, type Tables } from './tables';

/** What the tables say on a day. `rows` are those a rule has read, in that order. */
export class Law {
  private readonly read = new Set<LegalRow>();

  constructor(
    readonly tables: Tables,
    readonly day: string,
  ) {}

  get rows(): LegalRow[] {
    return [...this.read];
  }

  /** The row in force, even when it says `OPEN`, or null; remembered when there is one. */
  find(table: string, item: string, where = ''): LegalRow | null {
    const row = this.tables.inForce(this.day, table, item, where);
    if (row) this.read.add(row);
    return row;
  }

  /** The row in force with a known value, remembered; throws NoValue. */
  row(table: string, item: string, where = ''): LegalRow {
    const row = this.tables.row(this.day, table, item, where);
    this.read.add(row);
    return row;
  }

  /** A value as text; throws NoValue. */
  text(table: string, item: string, where = ''): string {
    return this.row(table, item, where).value;
  }

  /** A whole number; throws NoValue. */
  number(table: string, item: string, where = ''): number {
    return Number(this.row(table, item, where).value);
  }

  /** The numbers of `prefix_1`, `prefix_2` and so on, as far as rows are in force. */
  numbers(table: string, prefix: string): number[] {
    const found: number[] = [];
    while (this.find(table, `${prefix}_${found.length + 1}`))
      found.push(this.number(table, `${prefix}_${found.length + 1}`));
    if (found.length === 0) throw new NoValue(new NotKnown(table, `${prefix}_1`, '', this.day));
    return found;
  }
}

/** What a rule finds, or NotKnown where no value is known. */
export function answered<Answer>(rule: () => Answer): Answer | NotKnown {
  try {
    return rule();
  } catch (stop) {
    if (stop instanceof NoValue) return stop.what;
    throw stop;
  }
}

/** The value of an answer; throws NoValue when it is not known. Inside rules only. */
export function known<Answer>(answer: Answer | NotKnown): Answer {
  if (answer instanceof NotKnown) throw new NoValue(answer);
  return answer;
}
