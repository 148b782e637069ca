/** Checks of a sponsored card. Twin: server/domain/findings/sponsorship.py. */

import { GREATEST } from '../enrolment/amounts';
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

/** Amount, days and reason of what one sponsor pays for one person. */
export function checkSponsorship(data: RecordData, today: string): Finding[] {
  const unexplained = text(data, 'withdrawn_on') && !data['withdrawn_reason'];
  return [
    ...amount(data),
    ...ahead(data, today, ['agreed_on', 'withdrawn_on']),
    ...longAgo(data, today, ['agreed_on']),
    ...period(data, 'agreed_on', 'ends_on'),
    ...(unexplained ? [blocks('withdrawn_without_reason', 'withdrawn_reason')] : []),
  ];
}

function amount(data: RecordData): Finding[] {
  const given = numeral(data, 'amount') ?? 0;
  if (given < 0) return [blocks('sponsored_negative', 'amount')];
  if (given > GREATEST) return [blocks('sponsored_too_much', 'amount')];
  return given === 0 ? [warns('sponsored_nothing', 'amount')] : [];
}
