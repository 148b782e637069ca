/**
 * Checks of a request for recognition as an average farm household: days in their order, and what a
 * decision cannot do without. Twin: server/domain/findings/farm_request.py.
 */

import { ahead, blocks, type Finding, longAgo, period, type RecordData, text, warns } from './base';

const STEPS = ['checked_on', 'posted_on', 'objected_on', 'rechecked_on', 'decided_on'] as const;

/** QĐ 24/2021/QĐ-TTg Đ6: request, check, posting, objection and recheck, decision. */
export function checkFarmRequest(data: RecordData, today: string): Finding[] {
  const asked = text(data, 'requested_on');
  const early = STEPS.filter((step) => text(data, step) && text(data, step) < asked);
  return [
    ...ahead(data, today, ['requested_on', ...STEPS]),
    ...longAgo(data, today, ['requested_on']),
    ...early.map((step) => warns('before_request', step)),
    ...period(data, 'posted_on', 'posting_ends_on'),
    ...period(data, 'valid_from', 'valid_to'),
    ...decided(data),
  ];
}

function decided(data: RecordData): Finding[] {
  const state = text(data, 'state');
  if (state === 'refused' && !data['refusal_reason'])
    return [blocks('refused_without_reason', 'refusal_reason')];
  if (state === 'approved' && !(data['decision_number'] && data['decided_on']))
    return [blocks('decision_incomplete', 'decision_number')];
  return [];
}
