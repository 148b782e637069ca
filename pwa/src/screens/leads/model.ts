/* Whom to talk to about voluntary social insurance, and what an outcome writes. Pure. */
import { orderKey, standing, type Standing } from '../../domain/leads';
import { editOf } from '../../store/edits';
import type { Edit, MemberSummary, Rec, Store, Summary } from '../../store/face';
import type { LeadOutcome } from '../../wire/kinds';

/** One person to talk to, where they live, and how pressing it is. */
export interface Talk {
  readonly lead: Rec<'lead'>;
  readonly member: MemberSummary;
  readonly summary: Summary;
  readonly standing: Standing;
}

export interface Talks {
  /** Still to talk to, the most pressing first. */
  readonly open: readonly Talk[];
  /** What was settled or put off on the day itself. */
  readonly doneToday: readonly Talk[];
}

/** What somebody chose on the page of one lead. */
export interface Said {
  readonly outcome: LeadOutcome | null;
  readonly callOn: string | null;
  readonly mobilisedBy: string | null;
  readonly note: string | null;
  /** Where joined: the register says from now on that the person pays voluntarily. */
  readonly setVoluntary: boolean;
}

export type Lack = 'chooseOutcome' | 'chooseDay' | 'chooseWho';

/** Of these villages those given to this user, and those given to nobody. */
export function talksOf(
  { summaries, account }: Pick<Store, 'summaries' | 'account'>,
  villages: readonly string[],
  day: string,
): Talks {
  const all: [string, Talk][] = [];
  for (const summary of summaries.value.values()) {
    if (summary.leads.length === 0 || !villages.includes(summary.village)) continue;
    for (const { record: lead, member: owner } of summary.leads) {
      const assigned = lead.data.assigned_to ?? null;
      const member = summary.members.find(({ id }) => id === owner);
      if (!member?.counted || (assigned !== null && assigned !== account.user.id)) continue;
      const talk = { lead, member, summary, standing: standing(day, lead.data) };
      all.push([`${orderKey(day, lead.data)} ${lead.id}`, talk]);
    }
  }
  const talks = all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, talk]) => talk);
  const fresh = ({ lead }: Talk) => lead.data.outcome != null && lead.data.outcome_on === day;
  return {
    open: talks.filter((talk) => talk.standing !== 'done' && !fresh(talk)),
    doneToday: talks.filter(fresh),
  };
}

/** What is still missing before an outcome can be saved. */
export function lackOf({ outcome, callOn, mobilisedBy }: Said): Lack | null {
  if (outcome === null) return 'chooseOutcome';
  if (outcome === 'call_later' && callOn === null) return 'chooseDay';
  if (outcome === 'joined' && (mobilisedBy ?? '').trim() === '') return 'chooseWho';
  return null;
}

/** What saving writes: the outcome and, where somebody joined, the person's own record. */
export function editsOf(
  lead: Rec<'lead'>,
  member: Rec<'member'>,
  said: Said,
  day: string,
): (Edit | null)[] {
  const { outcome, callOn, mobilisedBy, note, setVoluntary } = said;
  const joined = outcome === 'joined';
  return [
    editOf(lead, {
      outcome,
      outcome_on: day,
      call_on: outcome === 'call_later' ? callOn : null,
      mobilised_by: joined ? mobilisedBy : null,
      note,
    }),
    joined && setVoluntary ? editOf(member, { social_insurance: 'voluntary' }) : null,
  ];
}

/** Takes edits back by edits of their own: nothing saved is ever erased. */
export function takenBack(edits: readonly (Edit | null)[]): Edit[] {
  return edits
    .filter((edit): edit is Edit => edit !== null)
    .map((edit) => ({ ...edit, was: edit.set, set: edit.was }));
}

/** Names to choose from: one's own, then those written before on this phone, the latest first. */
export function mobilisers(
  { summaries, account }: Pick<Store, 'summaries' | 'account'>,
  most = 4,
): string[] {
  const told = [...summaries.value.values()]
    .flatMap(({ leads }) => leads.map(({ record: { data } }) => data))
    .filter(({ mobilised_by }) => mobilised_by != null)
    .sort((a, b) => ((a.outcome_on ?? '') < (b.outcome_on ?? '') ? 1 : -1))
    .map(({ mobilised_by }) => mobilised_by ?? '');
  return [...new Set([account.user.name, ...told])].slice(0, most);
}
