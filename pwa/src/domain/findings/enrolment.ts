/** Checks of an enrolment. Twin: server/domain/findings/enrolment.py. */

import { AMOUNTS, GREATEST, sharesDiffer } from '../enrolment/amounts';
import { STANDING } from '../enrolment/states';
import {
  ahead,
  blocks,
  type Finding,
  longAgo,
  numeral,
  period,
  type RecordData,
  text,
  warns,
} from './base';

const WHAT_A_RECEIPT_SAYS = [
  'insurance_group',
  'months',
  'paid_on',
  'total',
  'own_share',
  'payment',
  'receipt_number',
];

/** Amounts, days and reasons of one enrolment. */
export function checkEnrolment(data: RecordData, today: string): Finding[] {
  const standing = STANDING.includes(text(data, 'state'));
  const incomplete = standing && WHAT_A_RECEIPT_SAYS.some((name) => data[name] == null);
  return [
    ...amounts(data),
    ...ahead(data, today, ['paid_on', 'state_on']),
    ...longAgo(data, today, ['paid_on']),
    ...period(data, 'card_from', 'card_to'),
    ...reasons(data),
    ...(incomplete ? [warns('enrolment_incomplete', 'state')] : []),
  ];
}

function amounts(data: RecordData): Finding[] {
  const found = AMOUNTS.flatMap((name) => {
    const amount = numeral(data, name) ?? 0;
    if (amount < 0) return [blocks('paid_negative', name)];
    return amount > GREATEST ? [blocks('paid_too_much', name)] : [];
  });
  if (found.length === 0 && sharesDiffer(data)) found.push(blocks('shares_do_not_add_up', 'total'));
  return found;
}

function reasons(data: RecordData): Finding[] {
  const state = text(data, 'state');
  if (state === 'cancelled' && !data['cancelled_reason'])
    return [blocks('cancelled_without_reason', 'cancelled_reason')];
  if (state === 'returned' && !data['return_reason'])
    return [blocks('returned_without_reason', 'return_reason')];
  return [];
}
