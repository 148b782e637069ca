/** Text as it is stored, and text as it is searched. Twin: server/domain/text.py. */

// eslint-disable-next-line no-control-regex -- taking these out is the point
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}]/gu;

/** Letters that Unicode does not take apart into a letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ƀ: 'b',
  ł: 'l',
  ø: 'o',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
};
const ODD_LETTERS = /[đðƀłøħıŧ]/g;
const MARKS = /\p{Mn}/gu;
const NO_WORD = /[^\p{Ll}\p{Lu}\p{Lt}\p{Lo}\p{N}]+/gu;
const PLAIN_WORDS = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/**
 * The text as it is stored: NFC, trimmed, without control characters and lone surrogates.
 * New lines and tabs stay. A text of which nothing is left is null.
 */
export function cleanText(value: string): string | null {
  return value.replace(UNWANTED, '').normalize('NFC').trim() || null;
}

/** The words of a text without accents, tones, case, hyphens and apostrophes, one space between. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (PLAIN_WORDS.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(ODD_LETTERS, (letter) => LETTERS[letter] ?? letter)
    .replace(NO_WORD, ' ')
    .trim();
}

/** `fold` without spaces: `H'Mông`, `H Mông` and `hmong` are all `hmong`. */
export function foldTight(text: string): string {
  return fold(text).replace(/ /g, '');
}

/**
 * One key to find somebody by part of any of these texts, each as ` its words|itswords`.
 * `key.includes(foldTight(query))` finds; `key.includes(' ' + fold(query))` says that a word
 * begins with it, which ranks first.
 */
export function searchKey(...texts: (string | null | undefined)[]): string {
  return texts
    .map((text) => fold(text ?? ''))
    .filter(Boolean)
    .map((words) => ` ${words}|${words.replace(/ /g, '')}`)
    .join('\n');
}
