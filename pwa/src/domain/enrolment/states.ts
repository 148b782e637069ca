/**
 * How far an enrolment has come, and who may take it further. Twin:
 * server/domain/enrolment/states.py, which tells the order.
 */

import type { EnrolmentState } from '../../wire/kinds';

/** Submitted and not cancelled: the person waits for a card. */
export const STANDING: readonly string[] = [
  'submitted',
  'checked',
  'on_list',
  'issued',
  'returned',
];

type Steps = Readonly<Record<string, readonly EnrolmentState[]>>;

const FIELD: Steps = {
  '': ['draft', 'submitted'],
  draft: ['submitted', 'cancelled'],
  submitted: ['cancelled'],
  returned: ['submitted', 'cancelled'],
};
const DESK: Steps = {
  '': ['draft', 'submitted'],
  draft: ['submitted', 'cancelled'],
  submitted: ['checked', 'returned', 'cancelled'],
  checked: ['submitted', 'on_list', 'returned', 'cancelled'],
  on_list: ['checked', 'issued', 'returned', 'cancelled'],
  issued: ['on_list'],
  returned: ['submitted', 'checked', 'cancelled'],
  cancelled: ['submitted'],
};

/** The states an enrolment may go to from here; null: it does not exist yet. */
export function nextStates(state: string | null, desk = false): readonly EnrolmentState[] {
  return (desk ? DESK : FIELD)[state ?? ''] ?? [];
}

/** True while who took the money may still correct what was written. */
export function openToField(state: string | null): boolean {
  return state === null || state === 'draft' || state === 'returned';
}
