/* 'Đúng như cũ': what it writes, and what takes a slip of the thumb back. Pure. */
import { editOf, newRecord } from '../../store/edits';
import type { Edit, Rec } from '../../store/face';

interface Confirmation {
  edits: (Edit | null)[];
  /** Nothing saved is ever erased: a second change corrects the first, and the note says why. */
  undo(note: string): Edit[];
}

export function confirmation(
  household: Rec<'household'>,
  visit: string,
  today: string,
): Confirmation {
  const { id, village, data } = household;
  const seen = { household: id, on: today, outcome: 'unchanged' } as const;
  const confirmed = { ...household, data: { ...data, confirmed_on: today } };
  return {
    edits: [editOf(household, { confirmed_on: today }), newRecord('visit', visit, village, seen)],
    undo(note) {
      const made = { entity: 'visit' as const, id: visit, village, data: seen };
      const corrections = [
        editOf(confirmed, { confirmed_on: data.confirmed_on ?? null }),
        editOf(made, { outcome: 'partly', note }),
      ];
      return corrections.filter((edit): edit is Edit => edit !== null);
    },
  };
}
