/** Who belongs to the count, what is counted, and when cover ends. */

import { describe, expect, it } from 'vitest';
import { belongsOn, residenceFacts, tally, type PersonFacts } from '../../src/domain/counting';
import { cardFacts, endsWithin, NO_ANSWER } from '../../src/domain/status';
import { villageTally } from '../../src/domain/village_tally';

const TODAY = '2026-11-22';
const COVERED = cardFacts({ evidence: 'app', valid_from: '2026-01-01', valid_to: '2026-12-10' });
const NEXT = { valid_from: '2026-12-11', valid_to: '2027-12-10' };
const NOBODY: PersonFacts = {
  cards: [],
  entitlements: [],
  enrolments: [],
  answer: NO_ANSWER,
  residence: residenceFacts({}),
  householdEndedOn: null,
  registration: null,
  presence: null,
};

it.each([
  [{}, null, true],
  [{ since: '2026-11-22' }, null, true],
  [{ since: '2026-11-23' }, null, false],
  [{ since: '2026' }, null, true],
  [{ since: '2027' }, null, false],
  [{ ended_on: '2026-11-22' }, null, true],
  [{ ended_on: '2026-11-21' }, null, false],
  [{ ended_on: '2026-11' }, null, true],
  [{ ended_on: '2026-10' }, null, false],
  [{ merged_into: 'x' }, null, false],
  [{}, '2026-11-21', false],
  [{}, '2026-11-22', true],
])('%j with a household ended on %s belongs: %s', (member, householdEndedOn, belongs) => {
  expect(belongsOn(TODAY, residenceFacts(member), householdEndedOn)).toBe(belongs);
});

it('the tally keeps every line apart', () => {
  const counts = tally(TODAY, [
    { ...NOBODY, cards: [COVERED], registration: 'permanent', presence: 'here' },
    { ...NOBODY, cards: [COVERED], registration: 'temporary', presence: 'abroad' },
    { ...NOBODY, answer: { answer: 'never_had', askedOn: TODAY }, presence: 'here' },
    { ...NOBODY, answer: { answer: 'had_card', askedOn: TODAY } },
    { ...NOBODY, entitlements: [{ kind: 'police', validFrom: null, validTo: null }] },
    NOBODY,
    { ...NOBODY, cards: [COVERED], residence: residenceFacts({ merged_into: 'x' }) },
  ]);
  expect(counts).toMatchObject({ people: 6, covered: 2, none: 1, expired: 1, uninsured: 2 });
  expect(counts).toMatchObject({ elsewhere: 1, not_asked: 1, abroad: 1 });
  expect(counts).toMatchObject({ registered: 2, registered_covered: 2 });
  expect(counts).toMatchObject({ present: 2, present_covered: 1 });
});

it('a village is tallied from what its lists know', () => {
  const person = { status: 'none', registration: 'permanent', presence: 'here' } as const;
  const counts = villageTally('a', [
    {
      village: 'a',
      members: [
        { ...person, counted: true },
        { ...person, counted: false },
      ],
    },
    { village: 'a', members: [{ ...person, counted: false }] },
    { village: 'b', members: [{ ...person, counted: true }] },
  ]);
  expect(counts).toMatchObject({ households: 1, people: 1, none: 1, uninsured: 1 });
});

describe('cover ends soon', () => {
  it.each([
    ['the end lies in the days asked for', 18, [], '2026-12-10'],
    ['the end lies one day beyond', 17, [], null],
    ['a later card follows', 30, [{ evidence: 'receipt', ...NEXT }], null],
    ['a told card follows and proves nothing', 30, [{ evidence: 'told', ...NEXT }], '2026-12-10'],
    ['a card without an end covers too', 30, [{ evidence: 'app', checked_on: TODAY }], null],
  ])('%s', (_what, days, others, end) => {
    expect(endsWithin(TODAY, days, [COVERED, ...others.map(cardFacts)])).toBe(end);
  });
});
