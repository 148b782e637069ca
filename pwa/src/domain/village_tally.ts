/** The tally of one village on the phone, from what its lists know of every household. */

import { addTo, emptyTally, type Counted, type Tally } from './counting';

/** A household as the lists know it; `counted`: the member belongs to the count today. */
export interface TalliedHousehold {
  readonly village: string;
  readonly members: readonly (Counted & { readonly counted: boolean })[];
}

export interface VillageTally extends Tally {
  readonly households: number;
}

/** Count a village; households in which nobody belongs to the count are not counted. */
export function villageTally(
  village: string,
  households: Iterable<TalliedHousehold>,
): VillageTally {
  const counts = emptyTally();
  let lived = 0;
  for (const household of households) {
    if (household.village !== village) continue;
    const people = household.members.filter(({ counted }) => counted);
    people.forEach((person) => addTo(counts, person));
    if (people.length > 0) lived += 1;
  }
  return { ...counts, households: lived };
}
