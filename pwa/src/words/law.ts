/* The words of the law in the language spoken now; screens of the law bring both along. */
import type { LegalRow, NotKnown, Tables } from '../domain/legal/tables';
import { en } from './law.en';
import { vi, type LawWords } from './law.vi';
import { language, t } from './index';

export type { LawWords } from './law.vi';

export function lawWords(): LawWords {
  return language.value === 'en' ? en : vi;
}

/** What a group is called: by a short word, else by the name the table gives it on the day. */
export function groupName(tables: Tables, day: string, group: string): string {
  const named = (row: LegalRow | null) => row?.name_vi || null;
  return lawWords().groups[group] ?? named(tables.inForce(day, 'groups', group)) ?? group;
}

/**
 * A step of the reasoning. A right that leads to a group by itself is named as on its form, and one
 * that no form asks as the table names the group.
 */
export function stepWords(tables: Tables, day: string, code: string): string {
  const rights: Record<string, string> = t().kinds.entitlement_kind;
  return lawWords().steps[code] ?? rights[code] ?? groupName(tables, day, code);
}

/** What people call a legal table. */
export function tableName(table: string): string {
  return lawWords().tables[table] ?? table;
}

export function notKnownWords({ table }: NotKnown): string {
  return lawWords().notKnown(tableName(table));
}
