/** Whole đồng and percentages without fractions. Twin: server/domain/legal/money.py. */

export const WHOLE = 10_000;

/** The law does not allow what was asked: a stable code, and the field it is about. */
export class NotAllowed {
  constructor(
    readonly code: string,
    readonly field: string,
  ) {}
}

/** Hundredths of a percent: `4.5` is 450. At most two decimals. */
export function hundredths(percent: string): number {
  const [whole = '', decimals = ''] = percent.split('.');
  if (decimals.length > 2) throw new RangeError(`more than two decimals: ${percent}`);
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}

/** So many hundredths of a percent of an amount, rounded half up to a whole đồng. */
export function part(amount: number, share: number): number {
  return Math.floor((amount * share + WHOLE / 2) / WHOLE);
}
