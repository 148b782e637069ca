/* Records while they are typed: needed fields may be missing and closed lists are text until they are checked. */
import { newRecord } from '../store/edits';
import type { DataOf, Edit, Entity } from '../store/face';

type Loose<T> = [NonNullable<T>] extends [string]
  ? string | null
  : [NonNullable<T>] extends [readonly { line: string }[]]
    ? FarmLine[] | null
    : NonNullable<T> | null;

export type Typed<E extends Entity> = { [K in keyof DataOf<E>]?: Loose<DataOf<E>[K]> | undefined };

export interface FarmLine {
  line: string;
  revenue?: number | null;
  cost?: number | null;
}

/** The edit that makes a record of what was typed; the checks have been asked before. */
export function made<E extends Entity>(
  entity: E,
  id: string,
  village: string,
  values: Typed<E>,
): Edit {
  return newRecord(entity, id, village, values as DataOf<E>);
}
