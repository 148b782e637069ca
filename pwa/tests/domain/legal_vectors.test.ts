/** The legal rules, held by one set of cases in Python and TypeScript. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { areaFacts, type Levels } from '../../src/domain/legal/area_facts';
import * as cards from '../../src/domain/legal/card_dates';
import {
  contribution,
  ladderStart,
  type Payment,
  wageContribution,
} from '../../src/domain/legal/contribution';
import { NO_AREA, type PersonFacts } from '../../src/domain/legal/facts';
import { type FarmFacts, farmVerdict } from '../../src/domain/legal/farm_income';
import { copaymentLimit, fiveYearDate, type Period } from '../../src/domain/legal/five_years';
import { insuranceGroup } from '../../src/domain/legal/groups';
import { type Pupil, schoolCard, schoolMonths } from '../../src/domain/legal/school';
import { placeAhead, supportEnds } from '../../src/domain/legal/support_end';
import { NotAllowed } from '../../src/domain/legal/money';
import { type LegalRow, NotKnown, Tables } from '../../src/domain/legal/tables';
import {
  type JoinFacts,
  mayJoinVoluntary,
  type VoluntaryFacts,
  voluntaryCost,
} from '../../src/domain/legal/voluntary';
import { waiting } from '../../src/domain/legal/waiting';
import { householdWays, type Payer } from '../../src/domain/legal/ways';
import { workingAge } from '../../src/domain/legal/working_age';
import {
  calendarDeadline,
  reviewDates,
  workingDayDeadline,
} from '../../src/domain/legal/working_days';
import { nationalTables } from '../support/legal_tables';

const FILES = [
  'legal_lookup',
  'legal_groups',
  'legal_contribution',
  'legal_ways',
  'legal_card_dates',
  'legal_waiting',
  'legal_five_years',
  'legal_voluntary',
  'legal_farm_income',
  'legal_working_age',
  'legal_working_days',
  'legal_area_facts',
  'legal_support_end',
];

type Data = Record<string, unknown>;
/** What a vector tells a rule, with the names of TypeScript. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Given = any;

const TABLES = nationalTables();

const NO_PERSON: PersonFacts = {
  birthDate: null,
  registration: null,
  minority: null,
  work: null,
  schoolClass: null,
  socialInsurance: null,
  unemploymentBenefitTo: null,
  livingClass: null,
  livingClassFrom: null,
  livingClassTo: null,
  averageFarm: false,
  averageFarmFrom: null,
  averageFarmTo: null,
  entitlements: [],
  area: NO_AREA,
};
const NO_PAYMENT = { ladderPlace: 1, pupil: false, minority: false, otherSupport: 0 };
const NO_VOLUNTARY = {
  livingClass: null,
  minority: false,
  island: false,
  monthsSupported: 0,
  place: { province: null, former: null },
};
const NO_JOIN: JoinFacts = {
  birthDate: null,
  sex: null,
  socialInsurance: null,
  work: null,
  villageOfficer: false,
};

function person(told: Given): PersonFacts {
  const rights = (told.entitlements ?? []) as Given[];
  return {
    ...NO_PERSON,
    ...told,
    entitlements: rights.map((right) => ({ validFrom: null, validTo: null, ...right })),
    area: { ...NO_AREA, ...told.area },
  };
}

function pupil(told: Given): Pupil {
  return { schoolClass: null, birthDate: null, previousEnd: null, ...told };
}

function levels(told: Given): Levels {
  return (told as Given[][]).map((level) =>
    level.map((fact) => ({ validFrom: null, validTo: null, ...fact })),
  );
}

function payment(told: Given): Payment {
  return { ...NO_PAYMENT, poorCommune: null, ...told };
}

/** The tables with rows that an administrator added. */
function withRows(added: Given[]): Tables {
  const rows = added.map((row) => renamed(row, snake) as LegalRow);
  return rows.length > 0 ? new Tables([...TABLES.rows, ...rows]) : TABLES;
}

function lookup({ table, item, where, days }: Given): Data {
  return {
    rows: days.map((day: string) => {
      const row = TABLES.inForce(day, table, item, where);
      return row ? [day, row.value, row.valid_from, row.valid_to] : [day, null];
    }),
  };
}

function household({ day, payers, ladderFrom }: Given): unknown {
  const told = payers.map((one: Payer) => ({ ...one, payment: payment(one.payment) }));
  const found = householdWays(TABLES, day, told, ladderFrom);
  if (!('ways' in found)) return found;
  return { ...found, owns: found.ways.map(({ name, own, ownAtMost }) => [name, own, ownAtMost]) };
}

function group({ day, facts }: Given): unknown {
  const found = insuranceGroup(TABLES, day, person(facts));
  if (found instanceof NotKnown) return found;
  return { ...found, steps: found.steps.map((step) => `${step.code}:${step.group}`) };
}

const RULES: Record<string, (given: Given) => unknown> = {
  lookup,
  insurance_group: group,
  contribution: (given) => contribution(TABLES, given.day, payment(given.payment)),
  ladder_start: (given) => ({ value: ladderStart(given.day, given.earlierPayments) }),
  wage_contribution: (given) => wageContribution(TABLES, given.day, given.wage),
  household_ways: household,
  paid_card: (given) => cards.paidCard(TABLES, given.paidOn, given.months, given.previousEnd),
  child_card: (given) => cards.childCard(TABLES, given.day, given.birth),
  grade_1_card: (given) => cards.grade1Card(TABLES, given.day, given.birth, given.months),
  grade_12_card: (given) => cards.grade12Card(TABLES, given.day, given.year, given.longer),
  first_university_card: (given) =>
    cards.firstUniversityCard(
      TABLES,
      given.day,
      given.enrolledOn,
      given.months,
      given.grade_12End ?? null,
    ),
  last_university_card: (given) =>
    cards.lastUniversityCard(TABLES, given.day, given.courseEnds, given.longer),
  decided_card: (given) => cards.decidedCard(TABLES, given.decidedFrom, given.listedTo ?? null),
  school_card: (given) => schoolCard(TABLES, given.day, given.months, pupil(given.pupil)),
  school_months: (given) => {
    const found = schoolMonths(TABLES, given.day, pupil(given.pupil));
    return found instanceof NotKnown ? found : { value: found };
  },
  waiting: (given) => waiting(TABLES, given.day, given.previousEnd),
  five_year_date: (given) => fiveYearDate(TABLES, given.periods as Period[]),
  copayment_limit: (given) => copaymentLimit(TABLES, given.day),
  voluntary_cost: ({ day, facts, added }) =>
    voluntaryCost(withRows(added ?? []), day, { ...NO_VOLUNTARY, ...facts } as VoluntaryFacts),
  may_join_voluntary: (given) =>
    mayJoinVoluntary(TABLES, given.day, { ...NO_JOIN, ...given.facts } as JoinFacts),
  farm_verdict: ({ day, facts }) =>
    farmVerdict(TABLES, day, { counts: {}, inSector: null, deprived: null, ...facts } as FarmFacts),
  working_age: (given) => workingAge(TABLES, given.day, given.birth, given.sex),
  working_day_deadline: (given) => workingDayDeadline(TABLES, given.start, given.days),
  calendar_deadline: (given) => calendarDeadline(TABLES, given.start, given.days),
  area_facts: (given) => areaFacts(given.day, levels(given.levels)),
  support_ends: ({ day, facts, levels: told, days }) =>
    supportEnds(TABLES, placeAhead(TABLES, day, levels(told ?? []), days), person(facts)),
  review_dates: (given) => reviewDates(TABLES, given.requestedOn),
};

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename));
  if (!isData(value)) return value;
  const entries = Object.entries(value).map(([name, one]) => [
    rename(name),
    // The names of what the commune decided are lines of the worksheet, not fields.
    name === 'counts' ? one : renamed(one, rename),
  ]);
  return Object.fromEntries(entries);
}

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function answerOf({ rule, ...told }: { rule: string } & Data): Data {
  const answer = RULES[rule]?.(renamed(told, camel));
  if (answer instanceof NotKnown) return { not_known: `${answer.table}/${answer.item}` };
  if (answer instanceof NotAllowed) return { not_allowed: answer.code };
  return answer === null ? { none: true } : (renamed(answer, snake) as Data);
}

describe.each(FILES)('%s', (name) => {
  const file = new URL(`../../../tests/vectors/${name}.json`, import.meta.url);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as {
    what: string;
    given: { rule: string } & Data;
    then: Data;
  }[];
  it.each(cases)('$what', ({ given, then }) => {
    expect(answerOf(given)).toMatchObject(then);
  });
});
