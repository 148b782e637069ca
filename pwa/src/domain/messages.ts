/** The words for a code: of a finding, of a refused value, of a reason to wait. */

import { MESSAGES as EN } from '../wire/messages.en';
import { MESSAGES as VI } from '../wire/messages.vi';

/** One sentence that says what to do; a code of a newer server is its own word. */
export function message(code: string, lang: 'vi' | 'en' = 'vi'): string {
  return (lang === 'en' ? EN : VI)[code] ?? code;
}
