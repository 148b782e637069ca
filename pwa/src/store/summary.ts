/** What lists, search and tally need of a household, worked out from its records for one day. */
import { belongsOn } from '../domain/counting';
import { tellsOfAnEnd } from '../domain/legal/tells_of_end';
import { lastDay } from '../domain/partial';
import { comeBackOn, ENDING_DAYS, isNewborn, roundReasons } from '../domain/round';
import {
  answerFacts,
  cardFacts,
  cardEnd,
  endsWithin,
  enrolmentFacts,
  entitlementFacts,
  statusOn,
} from '../domain/status';
import type {
  EnrolmentSummary,
  HouseholdFile,
  LeadSummary,
  MemberSummary,
  Pending,
  Rec,
  Summary,
} from './face';

interface Looked {
  summary: MemberSummary;
  ending: boolean;
  newborn: boolean;
  tells: boolean;
}

/** `answered`: changes sent back by the officer that an own edit answers already. */
export function summarize(
  file: HouseholdFile,
  day: string,
  answered: ReadonlySet<string>,
): Summary {
  const { household, visits } = file;
  const data = household.data;
  const ended = Boolean(data.ended_on && lastDay(data.ended_on) < day);
  const looked = lookAtMembers(file, day);
  const members = looked.map(({ summary }) => summary);
  const counted = members.filter((member) => member.counted);
  const last = latestVisit(visits);
  const returned = file.waiting.filter(
    ({ id, data: waits }) =>
      waits.state === 'returned' && !answered.has(id) && !answered.has(waits.change),
  ).length;
  const facts = {
    returned,
    comeBackOn: comeBackOn(last && promise(last), data.confirmed_on ?? null),
    notAsked: counted.filter(({ status }) => status === 'not_asked').length,
  };
  return {
    id: household.id,
    village: household.village,
    hamlet: data.hamlet ?? null,
    code: data.code ?? null,
    address: data.address ?? null,
    headName: headName(members),
    members,
    livingClass: data.living_class ?? null,
    averageFarm: data.average_farm === true,
    tellsOfAnEnd: looked.some(({ summary: { counted }, tells }) => counted && tells),
    confirmedOn: data.confirmed_on ?? null,
    lastVisitOn: last?.data.on ?? null,
    lastOutcome: last?.data.outcome ?? null,
    noticeOn: data.notice_on ?? null,
    ...facts,
    reasons: ended || data.merged_into ? [] : roundReasons(day, { ...facts, ...urgent(looked) }),
    uninsured: counted.filter(({ status }) => status === 'expired' || status === 'none').length,
    pending: pendingOf(file),
    enrolments: file.enrolments.map((enrolment) => enrolled(enrolment, members, file)),
    leads: file.leads.map((lead) => toTalkTo(lead, file)),
    ended,
    mergedInto: data.merged_into ?? null,
  };
}

function enrolled(
  enrolment: Rec<'enrolment'>,
  members: readonly MemberSummary[],
  file: HouseholdFile,
): EnrolmentSummary {
  const { id, data, waitingFields } = enrolment;
  const owner = file.memberOf(enrolment);
  return {
    id,
    member: owner,
    name: members.find((member) => member.id === owner)?.name ?? '',
    state: data.state ?? 'draft',
    paidOn: data.paid_on ?? null,
    own: data.own_share ?? 0,
    payment: data.payment ?? null,
    receipt: data.receipt ?? null,
    book: data.receipt_book ?? null,
    number: data.receipt_number ?? null,
    collectedBy: data.collected_by ?? null,
    waits: waitingFields.length > 0,
  };
}

function toTalkTo(record: Rec<'lead'>, file: HouseholdFile): LeadSummary {
  const member = file.memberOf(record);
  const own = file.members.find(({ id }) => id === member)?.data.phone;
  return { record, member, phone: own ?? file.household.data.phone ?? null };
}

function lookAtMembers(file: HouseholdFile, day: string): Looked[] {
  const cards = grouped(file.cards, file.memberOf);
  const rights = grouped(file.entitlements, file.memberOf);
  const enrolments = grouped(file.enrolments, file.memberOf);
  return file.members.map((member) => {
    const papers = {
      cards: cards.get(member.id) ?? [],
      rights: rights.get(member.id) ?? [],
      enrolments: enrolments.get(member.id) ?? [],
    };
    return lookAt(member, day, papers, file.household);
  });
}

interface Papers {
  cards: Rec<'card'>[];
  rights: Rec<'entitlement'>[];
  enrolments: Rec<'enrolment'>[];
}

function lookAt(
  member: Rec<'member'>,
  day: string,
  papers: Papers,
  household: Rec<'household'>,
): Looked {
  const data = member.data;
  const cards = papers.cards.map((card) => cardFacts(card.data));
  const status = statusOn(
    day,
    cards,
    papers.rights.map((right) => entitlementFacts(right.data)),
    answerFacts(data),
    papers.enrolments.map((enrolment) => enrolmentFacts(enrolment.data)),
  );
  const merged = Boolean(data.merged_into);
  const residence = { since: data.since ?? null, endedOn: data.ended_on ?? null, merged };
  const counted =
    !household.data.merged_into && belongsOn(day, residence, household.data.ended_on ?? null);
  const ends = cards.flatMap((card) => cardEnd(card) ?? []).sort();
  const birth = data.birth_date ?? null;
  const summary: MemberSummary = {
    id: member.id,
    name: data.full_name ?? '',
    knownAs: data.known_as ?? null,
    status,
    birth,
    sex: data.sex ?? null,
    relation: data.relation ?? null,
    presence: data.presence ?? null,
    registration: data.registration ?? null,
    ethnicGroup: data.ethnic_group ?? null,
    personalId: data.personal_id ?? null,
    bhxhNumber: data.bhxh_number ?? null,
    unnamed: data.name_is_provisional === true,
    birthIsEstimate: data.birth_is_estimate === true,
    insuranceAnswer: data.insurance_answer ?? null,
    cardTo: ends[ends.length - 1] ?? null,
    counted,
    ended: Boolean(data.ended_on && lastDay(data.ended_on) < day),
    merged,
  };
  const nameIsProvisional = data.name_is_provisional === true;
  return {
    summary,
    ending: counted && endsWithin(day, ENDING_DAYS, cards) !== null,
    newborn: counted && isNewborn(day, { birth, nameIsProvisional, status }),
    tells: tellsOfAnEnd(
      household.data,
      data,
      papers.rights.map((right) => right.data),
    ),
  };
}

function urgent(looked: readonly Looked[]): { newborns: number; ending: number } {
  return {
    newborns: looked.filter(({ newborn }) => newborn).length,
    ending: looked.filter(({ ending }) => ending).length,
  };
}

function promise(visit: Rec<'visit'>): { on: string | null; comeBackOn: string | null } {
  return { on: visit.data.on ?? null, comeBackOn: visit.data.come_back_on ?? null };
}

function latestVisit(visits: readonly Rec<'visit'>[]): Rec<'visit'> | null {
  let latest: Rec<'visit'> | null = null;
  for (const visit of visits) {
    if (latest === null || order(visit) > order(latest)) latest = visit;
  }
  return latest;
}

const order = (visit: Rec<'visit'>): string => `${visit.data.on ?? ''} ${visit.id}`;

function headName(members: readonly MemberSummary[]): string | null {
  const living = members.filter(({ ended, merged }) => !ended && !merged);
  const head = living.find(({ relation }) => relation === 'head') ?? living[0] ?? members[0];
  return head?.name ?? null;
}

const PENDING_ORDER: readonly Pending[] = ['none', 'sent', 'waiting', 'unsent'];

function pendingOf(file: HouseholdFile): Pending {
  const records: readonly Rec[] = [
    file.household,
    ...file.members,
    ...file.cards,
    ...file.entitlements,
    ...file.visits,
    ...file.assessments,
    ...file.enrolments,
    ...file.leads,
    ...file.notes,
  ] as readonly Rec[];
  let worst = 0;
  for (const { pending } of records) worst = Math.max(worst, PENDING_ORDER.indexOf(pending));
  return PENDING_ORDER[worst] ?? 'none';
}

function grouped<R>(records: readonly R[], key: (record: R) => string): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const record of records) {
    const group = groups.get(key(record));
    if (group) group.push(record);
    else groups.set(key(record), [record]);
  }
  return groups;
}
