/** Checks of insurance periods and of dated rights. */

import { addMonths, lastDay } from '../partial';
import {
  ahead,
  type Finding,
  longAgo,
  oneDigit,
  period,
  type RecordData,
  text,
  warns,
} from './base';

const LONGEST_MONTHS = 13;
const AHEAD_MONTHS = 13;
/** Groups whose cards run as long as the money paid; the others may hold a card for years. */
const PAID_BY_THE_MONTH = ['GD', 'GB', 'HS', 'SV', 'CN'];

/** Dates, proof and number of one insurance period. */
export function checkCard(data: RecordData, today: string): Finding[] {
  return [
    ...period(data, 'valid_from', 'valid_to'),
    ...length(data, today),
    ...ahead(data, today, ['checked_on']),
    ...longAgo(data, today, ['checked_on']),
    ...proof(data),
    ...oneDigit(data, ['number']),
    ...number(data),
  ];
}

/** Dates of a right. */
export function checkEntitlement(data: RecordData): Finding[] {
  return period(data, 'valid_from', 'valid_to');
}

function groupOf(data: RecordData): string {
  const printed = text(data, 'number');
  return text(data, 'insurance_group') || (printed.length === 15 ? printed.slice(0, 2) : '');
}

function length(data: RecordData, today: string): Finding[] {
  const [start, end, group] = [text(data, 'valid_from'), text(data, 'valid_to'), groupOf(data)];
  const found: Finding[] = [];
  if (start > addMonths(today, AHEAD_MONTHS)) found.push(warns('far_ahead', 'valid_from'));
  const byTheMonth = !group || PAID_BY_THE_MONTH.includes(group);
  if (start && end && byTheMonth && lastDay(end) > addMonths(lastDay(start), LONGEST_MONTHS))
    found.push(warns('card_very_long', 'valid_to'));
  return found;
}

/** Without an end and without the day of looking it up, a period proves nothing. */
function proof(data: RecordData): Finding[] {
  const lookedUp = ['app', 'bhxh_list', 'bhxh_issued'].includes(text(data, 'evidence'));
  return lookedUp && !data['valid_to'] && !data['checked_on']
    ? [warns('not_looked_up', 'checked_on')]
    : [];
}

/** The 15 characters begin with the group and the benefit level. */
function number(data: RecordData): Finding[] {
  const printed = text(data, 'number');
  if (printed.length !== 15) return [];
  const [group, level] = [text(data, 'insurance_group'), text(data, 'benefit_level')];
  const found: Finding[] = [];
  if (group && group !== printed.slice(0, 2)) found.push(warns('group_differs', 'insurance_group'));
  if (level && level !== printed[2]) found.push(warns('level_differs', 'benefit_level'));
  return found;
}
