/**
 * Where a lead stands on a day, and the order in which a collector goes through them. Twin:
 * server/domain/leads/order.py.
 */

import { addDays, lastDay } from './partial';

/** What the rules ask of a lead, in wire form. */
export interface Lead {
  readonly kind?: string | null;
  readonly benefit_to?: string | null;
  readonly asked_on?: string | null;
  readonly outcome?: string | null;
  readonly call_on?: string | null;
}

export type Standing = 'done' | 'later' | 'new' | 'today' | 'benefit';

const RANKS: Readonly<Record<Standing, number>> = {
  benefit: 0,
  today: 1,
  new: 2,
  later: 3,
  done: 4,
};
const KINDS = ['paused', 'lapsed', 'jobless', 'survey'];
/** How long before the end of a jobless benefit, and after it, it is the time to talk. */
const [AHEAD_DAYS, AFTER_DAYS] = [60, 90];

/** True while somebody is still to talk to the person. */
export function isOpen({ outcome }: Lead): boolean {
  return outcome == null || outcome === 'call_later';
}

/** `done`; `later`: to be called on a later day; `benefit`: a jobless benefit ends about now;
    `today`: the day of the promised call has come; `new`: the rest. */
export function standing(day: string, lead: Lead): Standing {
  if (!isOpen(lead)) return 'done';
  const calls = lead.outcome === 'call_later';
  if (calls && lead.call_on != null && lead.call_on > day) return 'later';
  if (benefitEnds(day, lead)) return 'benefit';
  return calls ? 'today' : 'new';
}

/** True when it should not wait beyond the day. */
export function isDue(day: string, lead: Lead): boolean {
  return ['benefit', 'today'].includes(standing(day, lead));
}

/** Leads sorted by it stand in the order to go through them; then by id. */
export function orderKey(day: string, lead: Lead): string {
  const at = standing(day, lead);
  const by = at === 'benefit' ? lead.benefit_to : ['today', 'later'].includes(at) && lead.call_on;
  const kind = KINDS.indexOf(lead.kind ?? '');
  return [
    RANKS[at],
    by ? lastDay(by) : '',
    kind < 0 ? KINDS.length : kind,
    lead.asked_on ?? '',
  ].join(' ');
}

function benefitEnds(day: string, { kind, benefit_to: month }: Lead): boolean {
  if (kind !== 'jobless' || !month) return false;
  const end = lastDay(month);
  return addDays(day, -AFTER_DAYS) <= end && end <= addDays(day, AHEAD_DAYS);
}
