/** Sixty people over two years: every month-end is counted as the server counts it. */

import { expect, it } from 'vitest';
import vectors from '../../../tests/vectors/coverage.json';
import { residenceFacts, tally, type PersonFacts } from '../../src/domain/counting';
import { answerFacts, cardFacts, enrolmentFacts, entitlementFacts } from '../../src/domain/status';

const cases = vectors as unknown as {
  given: { people: Given[] };
  then: { days: ({ on: string } & Record<string, number | string>)[] };
}[];

type Data = Record<string, string>;

interface Given {
  member: Data;
  cards: Data[];
  entitlements: Data[];
  enrolments: Data[];
  household_ended_on: string | null;
}

function facts({
  member,
  cards,
  entitlements,
  enrolments,
  household_ended_on,
}: Given): PersonFacts {
  return {
    cards: cards.map(cardFacts),
    entitlements: entitlements.map(entitlementFacts),
    enrolments: enrolments.map(enrolmentFacts),
    answer: answerFacts(member),
    residence: residenceFacts(member),
    householdEndedOn: household_ended_on,
    registration: member['registration'] ?? null,
    presence: member['presence'] ?? null,
  };
}

for (const { given, then } of cases) {
  const people = given.people.map(facts);
  it.each(then.days)('counts the people of $on', ({ on, ...counts }) => {
    expect(tally(on, people)).toEqual(counts);
  });
}
