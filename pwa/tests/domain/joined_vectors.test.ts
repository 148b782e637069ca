/** Who joined as household by their cards, held by one set of cases in TypeScript and in SQL. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { joinedByCard } from '../../src/domain/enrolment/joined';

interface Case {
  what: string;
  given: { day: string; cards: Record<string, string>[] };
  then: { joined: boolean };
}

const file = new URL('../../../tests/vectors/joined.json', import.meta.url);
const CASES = JSON.parse(readFileSync(file, 'utf8')) as Case[];

describe('joined as household this year', () => {
  it.each(CASES)('$what', ({ given, then }) => {
    const cards = given.cards.map((card) => ({
      group: card.insurance_group,
      validFrom: card.valid_from,
      validTo: card.valid_to,
      void: card.void_reason !== undefined,
    }));
    expect({ joined: joinedByCard(given.day, cards) }).toEqual(then);
  });
});
