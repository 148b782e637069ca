import type { FreeCard } from '../rights/free';
import type { Ground } from '../rights/ground';
import { lawWords, stepWords } from '../../words/law';

/** Why somebody may have a free card: the reason in words with its article, or the age. */
export function reasonsOf({ reasons, hints }: FreeCard, { tables, day }: Ground): string {
  const words = lawWords();
  const steps = reasons.map(({ code, source }) =>
    [stepWords(tables, day, code), source === '' ? '' : `(${source})`].join(' ').trim(),
  );
  return [...steps, ...hints.map((hint) => words.hints[hint] ?? hint)].join(' ');
}
