/* Numbers as written here: thousands with a dot, decimals with a comma. */

export function showNumber(value: number): string {
  const sign = value < 0 ? '−' : '';
  const digits = String(Math.abs(Math.trunc(value)));
  return sign + digits.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
}

/** Whole đồng from what was typed; dots, spaces and đ are passed over. Null when there is no number. */
export function readMoney(typed: string): number | null {
  const digits = typed.replace(/[.\s,đ₫]/gi, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** `95,57 %` from counts; a dash when nobody is counted. Rounded half up, as the server does. */
export function showPercent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const hundredths = Math.floor((part * 10_000 * 2 + whole) / (whole * 2));
  return `${Math.floor(hundredths / 100)},${String(hundredths % 100).padStart(2, '0')} %`;
}
