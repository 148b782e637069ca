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

interface Owned {
  readonly own: number | null;
  readonly ownAtMost: number;
}

/** What is paid oneself; where the province's support is not known, at most how much. */
export function ownWords({ own, ownAtMost }: Owned): string {
  return own === null ? lawWords().price.atMost(showNumber(ownAtMost)) : showNumber(own);
}
