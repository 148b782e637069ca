/* The words of leads in the language spoken now; their screens bring both. */
import { language } from './index';
import { en } from './leads.en';
import { type LeadWords, vi } from './leads.vi';

export function leadWords(): LeadWords {
  return language.value === 'en' ? en : vi;
}
