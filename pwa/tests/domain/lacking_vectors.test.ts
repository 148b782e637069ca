/** What a file still lacks, held by one set of cases in Python and TypeScript. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RecordData } from '../../src/domain/findings/base';
import { enrolmentLacks, type Filed, type Lack, requestLacks } from '../../src/domain/lacking';

interface OfRequest {
  paper: 'request';
  request: Filed;
  household: string;
  people: Filed[];
  sheet: Filed | null;
}
interface OfEnrolment {
  paper: 'enrolment';
  enrolment: Filed;
  member: Filed;
  cards: RecordData[];
}
interface Case {
  what: string;
  given: OfRequest | OfEnrolment;
  then: { lacks: unknown };
}

const file = new URL('../../../tests/vectors/lacking.json', import.meta.url);
const CASES = JSON.parse(readFileSync(file, 'utf8')) as Case[];

function lacksOf(given: OfRequest | OfEnrolment): Lack[] {
  return given.paper === 'request'
    ? requestLacks(given.request, given.household, given.people, given.sheet)
    : enrolmentLacks(given.enrolment, given.member, given.cards);
}

describe('what a file lacks', () => {
  it.each(CASES)('$what', ({ given, then }) => {
    const found = lacksOf(given).map(({ entity, record, field, code }) => [
      entity,
      record,
      field,
      code,
    ]);
    expect(found).toEqual(then.lacks);
  });
});
