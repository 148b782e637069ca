/* What the rules stand on: the law as the reference feed carries it, and facts of the village. */
import { levelsOf } from '../../domain/legal/area_facts';
import type { AreaFacts, Place } from '../../domain/legal/facts';
import { LEGAL_TABLE, tablesOf } from '../../domain/legal/feed';
import { type PlaceAhead, placeAhead } from '../../domain/legal/support_end';
import type { Tables } from '../../domain/legal/tables';
import type { ReferenceRow, Store } from '../../store/face';

type Reads = Pick<Store, 'reference'>;

const NOWHERE: Place = { province: null, former: null };

/** All that the rules ask beside the people: on which day, where, under which law. */
export interface Ground {
  readonly tables: Tables;
  readonly day: string;
  readonly area: AreaFacts;
  /** What is stated of the area, and what of it ends within ninety days. */
  readonly ahead: PlaceAhead;
  readonly place: Place;
}

export function groundOf(store: Reads, village: string, day: string): Ground {
  const areas = store.reference('area');
  const tables = lawOn(store);
  const ahead = placeAhead(tables, day, levelsOf(village, areas));
  return { tables, day, area: ahead.area, ahead, place: placeOf(areas, village) };
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

function placeOf(areas: readonly ReferenceRow[], village: string): Place {
  const known = new Map(areas.map(({ id, data }) => [id, data]));
  let at: unknown = village;
  while (typeof at === 'string') {
    const data = known.get(at);
    known.delete(at);
    const { level, code, parent } = data ?? {};
    if (level === 'province' && typeof code === 'string') return { province: code, former: null };
    at = parent;
  }
  return NOWHERE;
}
