/** The rules of enrolling, held by one set of cases in Python and TypeScript. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  againstTheLaw,
  amountsOf,
  type ShareFacts,
  sharesDiffer,
} from '../../src/domain/enrolment/amounts';
import { cashSheet } from '../../src/domain/enrolment/cash';
import { inARange, nextNumber, printed, type Range } from '../../src/domain/enrolment/receipts';
import { nextStates, openToField } from '../../src/domain/enrolment/states';
import { contribution, type Contribution, type Payment } from '../../src/domain/legal/contribution';
import type { Place } from '../../src/domain/legal/facts';
import { nationalTables } from '../support/legal_tables';

type Data = Record<string, unknown>;
interface Case {
  what: string;
  given: Data & { rule: string };
  then: unknown;
}

const file = new URL('../../../tests/vectors/enrolment.json', import.meta.url);
const CASES = JSON.parse(readFileSync(file, 'utf8')) as Case[];
const TABLES = nationalTables();

function payment(told: Data): Payment {
  return {
    group: String(told['group']),
    months: Number(told['months']),
    ladderPlace: Number(told['ladder_place']),
    place: told['place'] as Place,
    pupil: false,
    minority: false,
    poorCommune: null,
    otherSupport: Number(told['other_support'] ?? 0),
  };
}

function facts(told: Data): ShareFacts {
  return {
    place: told['place'] as Place,
    pupil: told['pupil'] === true,
    minority: told['minority'] === true,
    poorCommune: told['poor_commune'] as boolean | null,
  };
}

function range(told: Data): Range {
  return {
    book: String(told['book']),
    first: Number(told['first']),
    last: Number(told['last']),
    handedOn: String(told['handed_on']),
    returnedOn: told['returned_on'] as string | null,
  };
}

const RULES: Record<string, (given: never) => unknown> = {
  amounts: ({ day, payment: told }: { day: string; payment: Data }) =>
    amountsOf(contribution(TABLES, day, payment(told)) as Contribution),
  law: ({ data, known }: { data: Data; known?: Data[] }) =>
    againstTheLaw(TABLES, data, (known ?? []).map(facts)),
  shares: ({ data }: { data: Data }) => ({ differ: sharesDiffer(data) }),
  next: ({ state, desk }: { state: string | null; desk: boolean }) => ({
    states: nextStates(state, desk),
  }),
  open: ({ state }: { state: string | null }) => ({ open: openToField(state) }),
  in_range: (given: { ranges: Data[]; book: string; number: number; day: string }) => ({
    allowed: inARange(given.ranges.map(range), given.book, given.number, given.day),
  }),
  next_number: (given: { range: Data; used: number[] }) => ({
    number: nextNumber(range(given.range), given.used),
  }),
  printed: ({ number }: { number: number }) => ({ text: printed(number) }),
  cash: (given: { enrolments: Data[]; handed_over: number[] }) =>
    cashSheet(given.enrolments, given.handed_over),
};

describe('enrolment', () => {
  it.each(CASES)('$what', ({ given, then }) => {
    expect(RULES[given.rule]?.(given as never)).toEqual(then);
  });
});
