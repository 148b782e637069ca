/* What the rules stand on: the law as the reference feed carries it, and facts of the village. */
import type { AreaFacts, Place } from '../../domain/legal/facts';
import { NO_AREA } from '../../domain/legal/facts';
import { LEGAL_TABLE, tablesOf } from '../../domain/legal/feed';
import type { Tables } from '../../domain/legal/tables';
import type { ReferenceRow, Store } from '../../store/face';

type Reads = Pick<Store, 'reference'>;

/** All that the rules ask beside the people: on which day, where, under which law. */
export interface Ground {
  readonly tables: Tables;
  readonly day: string;
  readonly area: AreaFacts;
  readonly place: Place;
}

export function groundOf(store: Reads, village: string, day: string): Ground {
  const above = lineage(store.reference('area'), village);
  return { tables: lawOn(store), day, area: areaOf(above, day), place: placeOf(above) };
}

let made: { rows: readonly ReferenceRow[]; tables: Tables } | null = null;

/** The tables on this phone; made anew only when a record of them has changed. */
export function lawOn(store: Reads): Tables {
  const rows = store.reference(LEGAL_TABLE);
  const before = made?.rows;
  const same = before?.length === rows.length && rows.every((row, at) => row === before[at]);
  if (!made || !same) made = { rows, tables: tablesOf(rows) };
  return made.tables;
}

/** The area and those above it, upwards, as far as they are on this phone. */
function lineage(rows: readonly ReferenceRow[], village: string): ReferenceRow[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const chain: ReferenceRow[] = [];
  let step = known.get(village);
  while (step && !chain.includes(step)) {
    chain.push(step);
    step = known.get(String(step.data['parent'] ?? ''));
  }
  return chain;
}

/** The facts of the feed that hold on the day; what a village does not say, its commune says. */
export function areaOf(_above: readonly ReferenceRow[], _day: string): AreaFacts {
  return NO_AREA;
}

function placeOf(above: readonly ReferenceRow[]): Place {
  const province = above.find(({ data }) => data['level'] === 'province');
  const code = province?.data['code'];
  return { province: typeof code === 'string' ? code : null, former: null };
}
