/* The language spoken now. Vietnamese is in the first script; another language is fetched when chosen. */
import { computed, signal } from '@preact/signals';
import type { Messages } from '../domain/messages';
import { vi, type Words } from './vi';

export type { Words } from './vi';
export type Language = 'vi' | 'en';

export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: 'vi', name: 'Tiếng Việt' },
  { code: 'en', name: 'English' },
];

const REMEMBERED = 'bao-phu.language';
/** `messages`: the sentences of findings; undefined where the forms bring them along, in Vietnamese. */
interface Spoken {
  code: Language;
  words: Words;
  messages?: Messages;
}

const VIETNAMESE: Spoken = { code: 'vi', words: vi };
const spoken = signal<Spoken>(VIETNAMESE);

export const language = computed(() => spoken.value.code);

/** The words of the language spoken now; a component that reads them follows a change of language. */
export function t(): Words {
  return spoken.value.words;
}

/** The sentences of findings in the language spoken now; undefined for Vietnamese. */
export function messages(): Messages | undefined {
  return spoken.value.messages;
}

/** Speak another language from now on, here and at the next start. */
export async function speak(code: Language): Promise<void> {
  spoken.value = code === 'en' ? await english() : VIETNAMESE;
  if (typeof document !== 'undefined') document.documentElement.lang = code;
  try {
    localStorage.setItem(REMEMBERED, code);
  } catch {
    // A browser that keeps nothing still speaks.
  }
}

async function english(): Promise<Spoken> {
  const [{ en }, { MESSAGES }] = await Promise.all([import('./en'), import('../wire/messages.en')]);
  return { code: 'en', words: en, messages: MESSAGES };
}

/** The language chosen before on this phone; Vietnamese otherwise. */
export async function speakAsBefore(): Promise<void> {
  let code: string | null = null;
  try {
    code = localStorage.getItem(REMEMBERED);
  } catch {
    code = null;
  }
  if (code === 'en') await speak('en');
}

/** The word for a value of a closed list; the value itself when a newer server sends one unknown here. */
export function wordFor(list: keyof Words['kinds'], value: string | null | undefined): string {
  if (value == null) return '';
  const words: Record<string, string> = t().kinds[list];
  return words[value] ?? value;
}

/** A closed list in the order it is offered: value and word. */
export function choices(list: keyof Words['kinds'], only?: readonly string[]): Choice[] {
  const words: Record<string, string> = t().kinds[list];
  const values = only ?? Object.keys(words);
  return values.map((value) => [value, words[value] ?? value]);
}

export type Choice = readonly [value: string, label: string];

export function fieldName(field: string): string {
  return t().fields[field] ?? field;
}
