/* What was written of each lead since the app was opened, so that a slip of the thumb can be taken
   back whole, the person's own record with it. */
import { signal } from '@preact/signals';
import type { Edit } from '../../store/face';

type Edits = readonly (Edit | null)[];

export const justSaved = signal<ReadonlyMap<string, Edits>>(new Map());

export function remember(lead: string, edits: Edits): void {
  justSaved.value = new Map([...justSaved.value, [lead, edits]]);
}
