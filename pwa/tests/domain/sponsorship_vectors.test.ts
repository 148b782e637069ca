/** How a sponsored card stands, held by one set of cases in Python and TypeScript. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openOn, stateOn, usedBy } from '../../src/domain/enrolment/sponsorships';

type Data = Record<string, unknown>;
interface Given {
  rule: 'state' | 'open';
  day: string;
  id: string;
  sponsorship: Data;
  sponsorships: Record<string, Data>;
  enrolments: Data[];
}
interface Case {
  what: string;
  given: Given;
  then: unknown;
}

const file = new URL('../../../tests/vectors/sponsorships.json', import.meta.url);
const CASES = JSON.parse(readFileSync(file, 'utf8')) as Case[];

const RULES = {
  state: ({ day, id, sponsorship, enrolments }: Given) => ({
    state: stateOn(day, id, sponsorship, usedBy(enrolments)),
  }),
  open: ({ day, sponsorships, enrolments }: Given) => ({
    ids: openOn(day, sponsorships, usedBy(enrolments)),
  }),
};

describe('a sponsored card', () => {
  it.each(CASES)('$what', ({ given, then }) => {
    expect(RULES[given.rule](given)).toEqual(then);
  });
});
