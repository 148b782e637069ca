/* How the law sees each person of a household on a day. Pure. */
import { belongsOn, residenceFacts } from '../../domain/counting';
import { joinedByCard, runningGroups } from '../../domain/enrolment/joined';
import { personFacts, type PersonFacts } from '../../domain/legal/facts';
import { insuranceGroup, type GroupAnswer } from '../../domain/legal/groups';
import { NotKnown } from '../../domain/legal/tables';
import { ENDING_DAYS } from '../../domain/round';
import {
  answerFacts,
  cardEnd,
  cardFacts,
  endsWithin,
  enrolmentFacts,
  entitlementFacts,
  span,
  statusOn,
} from '../../domain/status';
import type { HouseholdFile, Rec, Status } from '../../store/face';
import { livingMembers } from '../household/members';
import type { Ground } from './ground';
import { type Sponsored, sponsoredOn } from './sponsored';

export const PAYING: readonly number[] = [4, 5];

/** A person as the law sees them: what they have, until when, and what they may have. */
export interface Standing {
  readonly member: Rec<'member'>;
  readonly name: string;
  readonly facts: PersonFacts;
  readonly status: Status;
  /** The day the cover ends, when that is near and nothing follows. */
  readonly ending: string | null;
  /** The latest proven end of a card that had begun by the day. */
  readonly previousEnd: string | null;
  /** The groups of the cards that run today, where they say one. */
  readonly groups: readonly string[];
  /** A card of this year tells that the person joined as household. */
  readonly joined: boolean;
  readonly group: GroupAnswer | NotKnown;
  /** What a sponsor pays for this person's next card. */
  readonly sponsored: Sponsored | null;
}

/**
 * Everybody of the household who belongs to the count, in the order of the household. `putRight`: an
 * enrolment that is being corrected, so that what it was given is open to it again.
 */
export function standings(
  file: HouseholdFile,
  ground: Ground,
  putRight: string | null = null,
): Standing[] {
  const { household } = file;
  const sponsored = sponsoredOn(file, ground.day, putRight);
  return livingMembers(file)
    .filter(({ data }) =>
      belongsOn(ground.day, residenceFacts(data), household.data.ended_on ?? null),
    )
    .map((member) => standingOf(file, member, ground, sponsored.get(member.id) ?? null));
}

function standingOf(
  file: HouseholdFile,
  member: Rec<'member'>,
  { tables, day, area }: Ground,
  sponsored: Sponsored | null,
): Standing {
  const cards = file.cards.filter((card) => file.memberOf(card) === member.id);
  const rights = file.entitlements
    .filter((right) => file.memberOf(right) === member.id)
    .map(({ data }) => data);
  const periods = cards.map(({ data }) => cardFacts(data));
  const paid = file.enrolments
    .filter((enrolment) => file.memberOf(enrolment) === member.id)
    .map(({ data }) => enrolmentFacts(data));
  const facts = personFacts(member.data, file.household.data, rights, area);
  const told = cards.map(({ data }) => ({
    group: data.insurance_group,
    validFrom: data.valid_from,
    validTo: data.valid_to,
    void: data.void_reason != null,
  }));
  return {
    member,
    name: member.data.full_name ?? '',
    facts,
    status: statusOn(day, periods, rights.map(entitlementFacts), answerFacts(member.data), paid),
    ending: endsWithin(day, ENDING_DAYS, periods),
    previousEnd: periods
      .flatMap((card) => {
        const end = cardEnd(card);
        return end !== null && span(card.validFrom, card.validTo).start <= day ? end : [];
      })
      .reduce<string | null>((last, end) => (last !== null && last > end ? last : end), null),
    groups: runningGroups(day, told),
    joined: joinedByCard(day, told),
    group: insuranceGroup(tables, day, facts),
    sponsored,
  };
}

/** Uninsured, or soon to be: whom the price is for. */
export function lacksCover({ status, ending }: Standing): boolean {
  return status === 'expired' || status === 'none' || ending !== null;
}

/** The group of the order of law, or null where the tables do not tell it. */
export function groupOf({ group }: Standing): GroupAnswer | null {
  return group instanceof NotKnown ? null : group;
}

/** True when the person pays, with or without support; false also where the group is not known. */
export function pays(standing: Standing): boolean {
  return PAYING.includes(groupOf(standing)?.lawGroup ?? 0);
}
