/** The rules that exist in Python and TypeScript, held by one set of cases. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  compareBirths,
  compareNames,
  looksLike,
  personOf,
  surelyTwo,
} from '../../src/domain/alike';
import { feedDigest } from '../../src/domain/digest';
import { checkHousehold, checkRecord } from '../../src/domain/findings';
import * as partial from '../../src/domain/partial';
import { refusalOf } from '../../src/domain/reading';
import {
  answerFacts,
  cardFacts,
  enrolmentFacts,
  entitlementFacts,
  statusOn,
} from '../../src/domain/status';
import { cleanText, fold, foldTight } from '../../src/domain/text';
import type { RecordEntity } from '../../src/wire/fields';

interface Case<Given, Then> {
  what: string;
  given: Given;
  then: Then;
}

function run<Given, Then>(name: string, rule: (given: Given) => Then): void {
  const file = new URL(`../../../tests/vectors/${name}.json`, import.meta.url);
  // Read, not imported: the bundler does not take the lone surrogates of text.json.
  const cases = JSON.parse(readFileSync(file, 'utf8')) as Case<Given, Then>[];
  describe(name, () => {
    it.each(cases)('$what', ({ given, then }) => {
      expect(rule(given)).toEqual(then);
    });
  });
}

type Data = Record<string, unknown>;

run('text', (given: { clean?: string; fold?: string }) =>
  given.fold === undefined
    ? { text: cleanText(given.clean ?? '') }
    : { words: fold(given.fold), tight: foldTight(given.fold) },
);

const DAY_RULES: Record<string, (...given: never[]) => Data> = {
  first_day: (day: string) => ({ day: partial.firstDay(day) }),
  last_day: (day: string) => ({ day: partial.lastDay(day) }),
  add_days: (day: string, count: number) => ({ day: partial.addDays(day, count) }),
  add_months: (day: string, count: number) => ({ day: partial.addMonths(day, count) }),
  days_between: (start: string, end: string) => ({ days: partial.daysBetween(start, end) }),
  age_on: (day: string, birth: string) => ({ years: partial.ageOn(day, birth) }),
};

run('days', (given: Data) => {
  const [rule, value] = Object.entries(given)[0] ?? ['', null];
  return DAY_RULES[rule]?.(...((Array.isArray(value) ? value : [value]) as never[]));
});

run('digest', (given: { records: [string, number][] }) => ({
  digest: feedDigest(given.records),
}));

interface Person {
  day: string;
  cards: Data[];
  entitlements: Data[];
  member: Data;
  enrolments?: Data[];
}

run('status', (given: Person) => ({
  status: statusOn(
    given.day,
    given.cards.map(cardFacts),
    given.entitlements.map(entitlementFacts),
    answerFacts(given.member),
    (given.enrolments ?? []).map(enrolmentFacts),
  ),
}));

run('refusals', (given: { entity: RecordEntity; field: string; value: unknown }) => ({
  code: refusalOf(given.entity, given.field, given.value),
}));

run('findings', (given: { entity: RecordEntity; data: Data; today: string }) => ({
  findings: checkRecord(given.entity, given.data, given.today),
}));

run('household_findings', (given: { members: Data[]; today: string }) => ({
  findings: checkHousehold(given.members, given.today),
}));

run('alike', (given: { typed: Data; known: Data }) => {
  const [typed, known] = [personOf(given.typed), personOf(given.known)];
  return {
    name: compareNames(typed, known),
    birth: compareBirths(typed, known),
    two: surelyTwo(typed, known),
    looks: looksLike(typed, known),
  };
});
