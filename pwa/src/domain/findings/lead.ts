/**
 * Checks of somebody who may join voluntary social insurance: the days of what came of it. Twin:
 * server/domain/findings/lead.py.
 */

import { addMonths } from '../partial';
import { ahead, type Finding, longAgo, type RecordData, text, warns } from './base';

const CALL_MONTHS = 12;

/** An outcome has its day, and a call later a day that can be kept. */
export function checkLead(data: RecordData, today: string): Finding[] {
  const found = [
    ...ahead(data, today, ['asked_on', 'outcome_on']),
    ...longAgo(data, today, ['outcome_on']),
  ];
  const [outcome, on, call] = [
    text(data, 'outcome'),
    text(data, 'outcome_on'),
    text(data, 'call_on'),
  ];
  if (outcome && !on) found.push(warns('outcome_without_day', 'outcome_on'));
  if (outcome === 'call_later' && !call) found.push(warns('call_without_day', 'call_on'));
  if (on && call && call < on) found.push(warns('call_before_outcome', 'call_on'));
  if (on && call && call > addMonths(on, CALL_MONTHS)) found.push(warns('far_ahead', 'call_on'));
  return found;
}
