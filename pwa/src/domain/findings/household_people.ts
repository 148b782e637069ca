/** Checks of the people of one household together. */

import { foldTight } from '../text';
import { type Finding, type RecordData, text, warns, yearsBetween } from './base';

const ADULT_AGE = 15;
const LEAST_AGE_OF_PARENT = 12;

/** Heads, likely duplicates and ages that contradict the relations. All of it warns. */
export function checkHousehold(members: readonly RecordData[], today: string): Finding[] {
  const living = members.filter((data) => !data['ended_on'] && !data['merged_into']);
  if (living.length === 0) return members.length > 0 ? [warns('nobody_left', 'ended_on')] : [];
  return [
    ...head(living),
    ...twice(living),
    ...onlyChildren(living, today),
    ...generations(living),
  ];
}

function head(living: readonly RecordData[]): Finding[] {
  const heads = living.filter((data) => data['relation'] === 'head').length;
  return heads === 1 ? [] : [warns(heads > 0 ? 'two_heads' : 'no_head', 'relation')];
}

function twice(living: readonly RecordData[]): Finding[] {
  const numbers = living.map((data) => text(data, 'personal_id')).filter(Boolean);
  const people = living
    .filter((data) => text(data, 'full_name') && text(data, 'birth_date'))
    .map((data) => `${foldTight(text(data, 'full_name'))} ${text(data, 'birth_date')}`);
  const found: Finding[] = [];
  if (new Set(numbers).size < numbers.length) found.push(warns('personal_id_twice', 'personal_id'));
  if (new Set(people).size < people.length) found.push(warns('person_twice', 'full_name'));
  return found;
}

function onlyChildren(living: readonly RecordData[], today: string): Finding[] {
  const births = living.map((data) => text(data, 'birth_date'));
  const children = births.every((birth) => birth && yearsBetween(birth, today) < ADULT_AGE);
  return children ? [warns('only_children', 'birth_date')] : [];
}

/** Parents are older than their children by at least twelve years. */
function generations(living: readonly RecordData[]): Finding[] {
  const heads = living.filter((data) => data['relation'] === 'head' && text(data, 'birth_date'));
  if (heads.length !== 1) return [];
  const headBirth = text(heads[0] ?? {}, 'birth_date');
  const odd = living.some((data) => {
    const birth = text(data, 'birth_date');
    if (!birth) return false;
    if (data['relation'] === 'child') return yearsBetween(headBirth, birth) < LEAST_AGE_OF_PARENT;
    return data['relation'] === 'parent' && yearsBetween(birth, headBirth) < LEAST_AGE_OF_PARENT;
  });
  return odd ? [warns('generations', 'birth_date')] : [];
}
