/* The words of voluntary social insurance in the language spoken now; its screen brings both. */
import { language } from './index';
import { en } from './voluntary.en';
import { vi, type VoluntaryWords } from './voluntary.vi';

export function voluntaryWords(): VoluntaryWords {
  return language.value === 'en' ? en : vi;
}
