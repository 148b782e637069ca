/* The twelve-month worksheet: sums only. Whether a household falls within a band is the commune's to say. */
import type { FarmLine } from '../typed';

export const COUNTED = [
  'crops',
  'livestock',
  'farm_services',
  'forestry',
  'fishery',
  'salt',
  'wages',
  'non_farm_business',
  'other',
] as const;

/** Lines a rule may leave out (QĐ 24/2021): recorded, kept out of the sum. */
export const APART = ['pension', 'merit_allowance', 'social_allowance', 'gifts'] as const;

export type LineName = (typeof COUNTED)[number] | (typeof APART)[number];

const WITHOUT_COST = new Set<string>(['wages', ...APART]);

export function hasCost(line: string): boolean {
  return !WITHOUT_COST.has(line);
}

export function resultOf(line: FarmLine): number {
  return (line.revenue ?? 0) - (line.cost ?? 0);
}

/** Revenue less cost of the counted lines, đồng in twelve months; a line may be negative. */
export function totalOf(lines: readonly FarmLine[]): number {
  return lines
    .filter((line) => (COUNTED as readonly string[]).includes(line.line))
    .reduce((sum, line) => sum + resultOf(line), 0);
}

/** Đồng per person and month, rounded down; null without people. */
export function perHead(lines: readonly FarmLine[], people: number | null): number | null {
  return people === null || people <= 0 ? null : Math.trunc(totalOf(lines) / people / 12);
}

/** The lines with one of them changed; a line of which nothing is left goes. */
export function withLine(
  lines: readonly FarmLine[],
  line: string,
  part: Partial<FarmLine>,
): FarmLine[] {
  const before = lines.find((one) => one.line === line) ?? { line };
  const after: FarmLine = { ...before, ...part };
  const others = lines.filter((one) => one.line !== line);
  const empty = after.revenue == null && after.cost == null;
  return empty ? others : [...others, after];
}

/** The last whole month before a day: the twelve months that end there. */
export function lastWholeMonth(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}
