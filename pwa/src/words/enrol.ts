/* The words of enrolling in the language spoken now; its screens bring both along. */
import { en } from './enrol.en';
import { vi, type EnrolWords } from './enrol.vi';
import { language } from './index';

export function enrolWords(): EnrolWords {
  return language.value === 'en' ? en : vi;
}
