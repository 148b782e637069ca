import { showNumber, showPercent } from '../../parts/numbers';
import { lawWords } from '../../words/law';

/** `956.340 đ`. */
export function money(amount: number): string {
  return lawWords().money(showNumber(amount));
}

/** `80 %` from whole percent. */
export function percent(whole: number): string {
  return showPercent(whole, 100).replace(',00', '');
}
