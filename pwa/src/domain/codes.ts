/** Ethnic groups by what people type. Twin: server/domain/codes.py. */

import { ETHNIC_GROUPS, type EthnicGroup } from '../wire/codes';
import { foldTight } from './text';

let names: Map<string, string> | null = null;

function namesOfGroups(): Map<string, string> {
  const known = new Map<string, string>();
  const learn = (name: string, code: string) => {
    const key = foldTight(name);
    if (key && !known.has(key)) known.set(key, code);
  };
  for (const group of ETHNIC_GROUPS)
    [group.name, group.names[0] ?? ''].forEach((name) => learn(name, group.code));
  for (const group of ETHNIC_GROUPS) group.names.forEach((name) => learn(name, group.code));
  return known;
}

/** The code of 1979 of what somebody typed: a code, a name or an alias; null when unknown. */
export function ethnicCode(typed: string): string | null {
  const text = typed.trim();
  if (/^\d+$/.test(text)) {
    const code = text.padStart(2, '0');
    return ethnicGroup(code) ? code : null;
  }
  names ??= namesOfGroups();
  return names.get(foldTight(text)) ?? null;
}

export function ethnicGroup(code: string): EthnicGroup | undefined {
  return ETHNIC_GROUPS.find((group) => group.code === code);
}
