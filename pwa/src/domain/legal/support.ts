/**
 * What the state and the province pay of a supported share, in hundredths of a percent.
 * Twin: server/domain/legal/support.py.
 */

import type { Place } from './facts';
import type { Law } from './law';
import { hundredths } from './money';
import { type LegalRow, NotKnown, NoValue, OPEN } from './tables';

const CATEGORY: Readonly<Record<string, string>> = {
  CN: 'near_poor',
  HS: 'student',
  SV: 'student',
  GB: 'average_farm',
  DS: 'minority_in_commune_left_region',
};
const POOR_PLACES = ['near_poor_in_poor_commune', 'near_poor_in_poor_district'];
export const PUPILS = ['HS', 'SV'];
/** Before the kind of person, the items of what a province adds to voluntary social insurance. */
const VOLUNTARY = 'voluntary_';

/** The item of the support tables under which a supported group stands. */
export function supportCategory(group: string): string {
  return CATEGORY[group] ?? group;
}

/** The least share the state pays; all of it for near-poor people in a poor commune. */
export function statePercent(law: Law, group: string, poorCommune: boolean | null): number {
  if (group === 'CN' && poorCommune) {
    for (const item of POOR_PLACES)
      if (law.find('state_support', item)) return hundredths(law.text('state_support', item));
  }
  return hundredths(law.text('state_support', supportCategory(group)));
}

/** What the province adds, of the full share; throws NoValue where no resolution is known. */
export function localPercent(
  law: Law,
  place: Place,
  group: string,
  pupil: boolean,
  minority: boolean,
): number {
  return hundredths(localRow(law, place, itemsOf(group, pupil, minority)).value);
}

function itemsOf(group: string, pupil: boolean, minority: boolean): string[] {
  let items = [supportCategory(group)];
  if (group === 'DS') {
    items = ['minority_in_commune_left_region'];
    if (pupil) items.unshift('student_minority_left_region');
  } else if (PUPILS.includes(group)) {
    items = minority ? ['student_minority', 'student'] : ['student'];
  }
  return [...items, 'every_other_group'];
}

function localRow(law: Law, place: Place, items: readonly string[]): LegalRow {
  for (const where of placesOf(place)) {
    for (const item of items) {
      const row = law.find('local_support', item, where);
      if (!row) continue;
      if (row.value === OPEN)
        throw new NoValue(new NotKnown('local_support', item, where, law.day));
      return row;
    }
  }
  const [item = ''] = items;
  throw new NoValue(new NotKnown('local_support', item, place.province ?? '', law.day));
}

/**
 * What the province adds to voluntary social insurance, of the contribution from the least income:
 * the highest of what it names for these kinds of person. Throws NoValue where none is known, naming
 * the kind `told`, and where one is open.
 */
export function localVoluntaryPercent(
  law: Law,
  place: Place,
  kinds: readonly string[],
  told: string,
): number {
  for (const where of placesOf(place)) {
    const named = kinds.flatMap((kind) => law.find('local_support', VOLUNTARY + kind, where) ?? []);
    for (const { item, value } of named)
      if (value === OPEN) throw new NoValue(new NotKnown('local_support', item, where, law.day));
    if (named.length > 0) return Math.max(...named.map(({ value }) => hundredths(value)));
  }
  throw new NoValue(new NotKnown('local_support', VOLUNTARY + told, place.province ?? '', law.day));
}

/** The province, then the one it was before, as the table names them. */
function placesOf({ province, former }: Place): string[] {
  return [province ?? '', former ? `former ${former}` : ''].filter((where) => where !== '');
}
