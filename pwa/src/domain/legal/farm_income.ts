/**
 * A farm household's income, its band and the verdict. Twin: server/domain/legal/farm_income.py,
 * which says what each field means.
 */

import { answered, Law } from './law';
import { NotAllowed } from './money';
import { type LegalRow, NotKnown, NoValue, OPEN, type Tables } from './tables';

const MONTHS = 12;

/** A line of the worksheet, đồng of twelve months. */
export interface FarmLine {
  readonly line: string;
  readonly revenue: number;
  readonly cost: number;
}

export interface FarmFacts {
  readonly settlement: string;
  readonly lines: readonly FarmLine[];
  readonly people: number;
  readonly counts: Readonly<Record<string, boolean>>;
  readonly inSector: boolean | null;
  readonly deprived: number | null;
}

export interface FarmVerdict {
  readonly verdict: string;
  readonly band: string | null;
  readonly total: number;
  readonly perPersonMonth: number;
  readonly sectorTotal: number;
  readonly leftOut: readonly string[];
  readonly undecidedLines: readonly string[];
  readonly reasons: readonly string[];
  readonly notKnown: NotKnown | null;
  readonly rows: readonly LegalRow[];
}

interface Sum {
  total: number;
  sector: number;
  least: number;
  most: number;
  leftOut: string[];
  undecided: string[];
}

/** The verdict by the bands of the day of the determination. */
export function farmVerdict(
  tables: Tables,
  day: string,
  facts: FarmFacts,
): FarmVerdict | NotKnown | NotAllowed {
  return answered(() => {
    if (facts.people < 1) return new NotAllowed('no_people', 'people');
    if (facts.lines.some(({ revenue, cost }) => revenue < 0 || cost < 0))
      return new NotAllowed('negative_amount', 'lines');
    const law = new Law(tables, day);
    const sum = add(law, facts);
    const notKnown = openLimit(law, facts);
    const band = notThrowing(() => bandOf(law, facts, sum.total));
    const [verdict, reasons] = verdictOf(law, facts, sum, band, notKnown);
    return {
      verdict,
      band,
      total: sum.total,
      perPersonMonth: Math.floor(sum.total / (facts.people * MONTHS)),
      sectorTotal: sum.sector,
      leftOut: sum.leftOut,
      undecidedLines: sum.undecided,
      reasons,
      notKnown,
      rows: law.rows,
    };
  });
}

function add(law: Law, facts: FarmFacts): Sum {
  const sum: Sum = { total: 0, sector: 0, least: 0, most: 0, leftOut: [], undecided: [] };
  for (const { line, revenue, cost } of facts.lines) {
    const result = revenue - cost;
    const row = law.find('farm_lines', line);
    if (!row) throw new NoValue(new NotKnown('farm_lines', line, '', law.day));
    const counts = row.value === OPEN ? facts.counts[line] : row.value === 'yes';
    if (counts === undefined) {
      sum.undecided.push(line);
      sum.least += Math.min(result, 0);
      sum.most += Math.max(result, 0);
    } else if (counts) {
      sum.total += result;
      if (law.find('farm_lines', `sector_${line}`)) sum.sector += result;
    } else sum.leftOut.push(line);
  }
  return sum;
}

/** Without both limits of the average class nothing is concluded, not even 'below it'. */
function openLimit(law: Law, facts: FarmFacts): NotKnown | null {
  const limits = answered(() =>
    ['average_above', 'average_to'].map((item) => law.number('poverty', item, facts.settlement)),
  );
  return limits instanceof NotKnown ? limits : null;
}

function notThrowing(band: () => string): string | null {
  const found = answered(band);
  return found instanceof NotKnown ? null : found;
}

/** Low bound exclusive, high bound inclusive. */
function bandOf(law: Law, facts: FarmFacts, total: number): string {
  const months = facts.people * MONTHS;
  if (total <= law.number('poverty', 'poor_to', facts.settlement) * months) {
    if (facts.deprived === null) return 'poor_or_near_poor';
    return facts.deprived >= law.number('poverty', 'poor_indicators') ? 'poor' : 'near_poor';
  }
  const above = law.number('poverty', 'average_above', facts.settlement) * months;
  const to = law.number('poverty', 'average_to', facts.settlement) * months;
  return above < total && total <= to ? 'average' : 'above';
}

function verdictOf(
  law: Law,
  facts: FarmFacts,
  sum: Sum,
  band: string | null,
  notKnown: NotKnown | null,
): readonly [string, string[]] {
  if (notKnown) return ['not_known', ['band_not_known']];
  const extremes = [sum.least, sum.most].map((more) => bandOf(law, facts, sum.total + more));
  if (sum.undecided.length > 0 && extremes.some((other) => other !== band))
    return ['undecided', ['lines_undecided']];
  if (band !== 'average') return ['not_average', [`band_${band}`]];
  if (facts.inSector === null) return ['undecided', ['band_average', 'sector_undecided']];
  if (!facts.inSector) return ['not_in_sector', ['band_average', 'not_in_sector']];
  return ['candidate', ['band_average', 'in_sector']];
}
