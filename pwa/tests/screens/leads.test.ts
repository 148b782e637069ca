/** Whom the phone lists to be talked to, and what an outcome writes. */
import { describe, expect, it } from 'vitest';
import {
  editsOf,
  lackOf,
  mobilisers,
  type Said,
  takenBack,
  talksOf,
} from '../../src/screens/leads/model';
import { summarize } from '../../src/store/summary';
import type { Rec, Store, Values } from '../../src/store/face';
import { DAY, home } from '../support/door';

const ME = { id: 'me', name: 'Lan', role: 'surveyor' };
const SAID: Said = {
  outcome: 'joined',
  callOn: null,
  mobilisedBy: 'Ông Hà',
  note: null,
  setVoluntary: true,
};

function phone(...people: [string, Values, ...Values[]][]) {
  const file = home(
    { phone: '0900 000 001' },
    people.map(([id, member, ...leads]) => ({ id, member, leads })),
  );
  const summary = summarize(file, DAY, new Set());
  return {
    file,
    store: {
      summaries: { value: new Map([['h', summary]]) },
      account: { user: ME },
    } as unknown as Store,
  };
}

function listed(...people: [string, Values, ...Values[]][]) {
  const { open, doneToday } = talksOf(phone(...people).store, ['v1'], DAY);
  return [open, doneToday].map((talks) => talks.map(({ member }) => member.id));
}

describe('who is to be talked to', () => {
  it('are those given to me or to nobody, the most pressing first', () => {
    expect(
      listed(
        ['survey', {}, { kind: 'survey', assigned_to: 'me' }],
        ['another', {}, { kind: 'survey', assigned_to: 'minh' }],
        ['jobless', {}, { kind: 'jobless', benefit_to: '2026-12' }],
      ),
    ).toEqual([['jobless', 'survey'], []]);
  });

  it('is nobody who lives here no more', () => {
    const gone = { ended_on: '2026-01-01', end_reason: 'deceased' };
    expect(listed(['gone', gone, { kind: 'survey' }])).toEqual([[], []]);
  });

  it('is nobody whose outcome is older than today', () => {
    const no = { kind: 'survey', outcome: 'no', outcome_on: '2026-11-20' };
    expect(listed(['no', {}, no])).toEqual([[], []]);
  });

  it('leaves what was written today where it can be taken back', () => {
    const later = { outcome: 'call_later', outcome_on: DAY, call_on: '2026-11-29' };
    expect(listed(['later', {}, { kind: 'survey', ...later }])).toEqual([[], ['later']]);
  });

  it('is nobody of another village', () => {
    const { store } = phone(['a', {}, { kind: 'survey' }]);
    expect(talksOf(store, ['v2'], DAY).open).toEqual([]);
  });

  it("has the household's phone where the person has none", () => {
    const { store } = phone(['a', {}, { kind: 'survey' }]);
    expect(talksOf(store, ['v1'], DAY).open[0]?.summary.leads[0]?.phone).toBe('0900 000 001');
  });
});

describe('what came of a talk', () => {
  const { file } = phone([
    'a',
    {},
    { kind: 'survey', outcome: 'call_later', call_on: '2026-11-20' },
  ]);
  const [lead] = file.leads as [Rec<'lead'>];
  const [member] = file.members as [Rec<'member'>];

  it('names who mobilised, and the register learns that the person pays', () => {
    const edits = editsOf(lead, member, SAID, DAY);
    expect(edits.map((edit) => edit?.set)).toEqual([
      { outcome: 'joined', outcome_on: DAY, call_on: null, mobilised_by: 'Ông Hà' },
      { social_insurance: 'voluntary' },
    ]);
  });

  it('leaves the register alone where that was not wanted', () => {
    const [, register] = editsOf(lead, member, { ...SAID, setVoluntary: false }, DAY);
    expect(register).toBeNull();
  });

  it('keeps no name and no day that belong to another outcome', () => {
    const [edit] = editsOf(lead, member, { ...SAID, outcome: 'no', callOn: '2026-12-01' }, DAY);
    expect(edit?.set).toMatchObject({ outcome: 'no', call_on: null, mobilised_by: null });
  });

  it('is taken back whole, by changes of its own', () => {
    const back = takenBack(editsOf(lead, member, SAID, DAY));
    expect(back.map(({ set }) => set)).toMatchObject([
      { outcome: 'call_later', outcome_on: null, call_on: '2026-11-20', mobilised_by: null },
      { social_insurance: null },
    ]);
    expect(back[0]?.was).toMatchObject({ outcome: 'joined', outcome_on: DAY });
  });

  it.each([
    ['chooseOutcome', { outcome: null }],
    ['chooseDay', { outcome: 'call_later' }],
    ['chooseWho', { mobilisedBy: ' ' }],
    [null, {}],
    [null, { outcome: 'not_found', mobilisedBy: null }],
  ] as const)('lacks %s', (lack, more) => {
    expect(lackOf({ ...SAID, ...more })).toBe(lack);
  });

  it('proposes oneself, then names written before', () => {
    const told = { kind: 'survey', outcome: 'joined', mobilised_by: 'Ông Hà' };
    expect(mobilisers(phone(['a', {}, told]).store)).toEqual(['Lan', 'Ông Hà']);
  });
});
