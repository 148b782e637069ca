/** The words for a code: of a finding, of a refused value, of a reason to wait. */

import { MESSAGES as VI } from '../wire/messages.vi';

export type Messages = Readonly<Record<string, string>>;

/**
 * One sentence that says what to do; a code of a newer server is its own word. Vietnamese is always
 * here, the sentences of another language come with its words.
 */
export function message(code: string, messages: Messages = VI): string {
  return messages[code] ?? code;
}
