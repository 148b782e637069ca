/** The order of leads, held by one set of cases in Python and TypeScript. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isDue, type Lead, orderKey, standing } from '../../src/domain/leads';

interface Given {
  rule: 'standing' | 'order';
  day: string;
  lead: Lead;
  leads: Record<string, Lead>;
}
interface Case {
  what: string;
  given: Given;
  then: unknown;
}

const file = new URL('../../../tests/vectors/leads.json', import.meta.url);
const CASES = JSON.parse(readFileSync(file, 'utf8')) as Case[];

const RULES = {
  standing: ({ day, lead }: Given) => ({ standing: standing(day, lead), due: isDue(day, lead) }),
  order: ({ day, leads }: Given) => ({
    ids: Object.entries(leads)
      .map(([id, lead]) => [`${orderKey(day, lead)} ${id}`, id])
      .sort()
      .map(([, id]) => id),
  }),
};

describe('a lead', () => {
  it.each(CASES)('$what', ({ given, then }) => {
    expect(RULES[given.rule](given)).toEqual(then);
  });
});
