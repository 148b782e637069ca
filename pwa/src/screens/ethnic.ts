import { ETHNIC_GROUPS } from '../wire/codes';
import type { Choice } from '../words';

/** The ethnic groups of the 1979 list, by name; aliases are searched, never shown. */
export function ethnicChoices(): Choice[] {
  return ETHNIC_GROUPS.map(({ code, name }): Choice => [code, name]);
}
