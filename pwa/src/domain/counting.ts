/** Who belongs to the count on a day, and the count itself. Twin: server/domain/counting.py. */

import type { Status } from '../wire/kinds';
import { firstDay, lastDay } from './partial';
import {
  statusOn,
  type AnswerFacts,
  type CardFacts,
  type EnrolmentFacts,
  type EntitlementFacts,
} from './status';

type Maybe<T> = T | null | undefined;

/** Where a person belongs in time: partial dates as recorded. */
export interface Residence {
  readonly since: string | null;
  readonly endedOn: string | null;
  readonly merged: boolean;
}

/** All that the count asks of one person. */
export interface PersonFacts {
  readonly cards: readonly CardFacts[];
  readonly entitlements: readonly EntitlementFacts[];
  readonly enrolments: readonly EnrolmentFacts[];
  readonly answer: AnswerFacts;
  readonly residence: Residence;
  readonly householdEndedOn: string | null;
  readonly registration: string | null;
  readonly presence: string | null;
}

/** One person as a screen knows them already, with the status worked out. */
export interface Counted {
  readonly status: Status;
  readonly registration: string | null;
  readonly presence: string | null;
}

interface ResidenceData {
  since?: Maybe<string>;
  ended_on?: Maybe<string>;
  merged_into?: Maybe<string>;
}

/** Where a member's record says the person belongs. */
export function residenceFacts(data: ResidenceData): Residence {
  return {
    since: data.since ?? null,
    endedOn: data.ended_on ?? null,
    merged: Boolean(data.merged_into),
  };
}

/** The same names as the counts of the coverage API. */
export type Tally = Record<
  | Status
  | 'people'
  | 'uninsured'
  | 'abroad'
  | 'registered'
  | 'registered_covered'
  | 'present'
  | 'present_covered',
  number
>;

/** True when the person belongs to the count on the day. */
export function belongsOn(
  day: string,
  residence: Residence,
  householdEndedOn: Maybe<string> = null,
): boolean {
  if (residence.merged || (residence.since && firstDay(residence.since) > day)) return false;
  return ![residence.endedOn, householdEndedOn].some((end) => end && lastDay(end) < day);
}

/** True for the population registered here, permanently or temporarily. */
export function inRegistered(registration: Maybe<string>): boolean {
  return registration === 'permanent' || registration === 'temporary';
}

/** True for the population really present. */
export function inPresent(presence: Maybe<string>): boolean {
  return presence === 'here';
}

/** Count one person who belongs. */
export function addTo(counts: Tally, { status, registration, presence }: Counted): void {
  const covered = status === 'covered' ? 1 : 0;
  counts.people += 1;
  counts[status] += 1;
  if (status === 'expired' || status === 'none') counts.uninsured += 1;
  if (presence === 'abroad') counts.abroad += 1;
  if (inRegistered(registration)) {
    counts.registered += 1;
    counts.registered_covered += covered;
  }
  if (inPresent(presence)) {
    counts.present += 1;
    counts.present_covered += covered;
  }
}

/** Count the people who belong on the day. */
export function tally(day: string, people: Iterable<PersonFacts>): Tally {
  const counts = emptyTally();
  for (const person of people) {
    if (!belongsOn(day, person.residence, person.householdEndedOn)) continue;
    const { cards, entitlements, answer, enrolments } = person;
    const status = statusOn(day, cards, entitlements, answer, enrolments);
    addTo(counts, { status, registration: person.registration, presence: person.presence });
  }
  return counts;
}

export function emptyTally(): Tally {
  return {
    people: 0,
    covered: 0,
    elsewhere: 0,
    starting: 0,
    unconfirmed: 0,
    expired: 0,
    none: 0,
    not_asked: 0,
    uninsured: 0,
    abroad: 0,
    registered: 0,
    registered_covered: 0,
    present: 0,
    present_covered: 0,
  };
}
