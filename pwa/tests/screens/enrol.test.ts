/** Money taken at the door: whom, how much on which day, by which number. */
import { describe, expect, it } from 'vitest';
import { sharesDiffer } from '../../src/domain/enrolment/amounts';
import type { Edit, HouseholdFile, Rec } from '../../src/store/face';
import {
  EMPTY,
  faultsOf,
  hasPaid,
  joinedBefore,
  linesOf,
  mayEnrol,
  numberFaults,
  recordsOf,
  sumOf,
  type Body,
} from '../../src/screens/enrol/model';
import { handedOn, startOf } from '../../src/screens/enrol/start';
import { lacksOfAll } from '../../src/screens/enrol/lacks';
import { withMonths } from '../../src/screens/rights/own_months';
import type { HandedRange } from '../../src/screens/enrol/receipts';
import { standings } from '../../src/screens/rights/people';
import { promiseIsFree, sponsoredOn } from '../../src/screens/rights/sponsored';
import { ground, home, NEVER } from '../support/door';

const FARM = { average_farm: true };
const RANGE: HandedRange = {
  id: 'r1',
  book: 'b1',
  agency: 'Bưu điện',
  series: 'TX-2026',
  first: 101,
  last: 150,
  handedOn: '2026-01-01',
  returnedOn: null,
  collectorCode: 'NV-01',
};
const SIGNED = {
  day: '2026-11-22',
  state: 'submitted' as const,
  receipt: 'rc',
  collector: { id: 'u1', name: 'Lan' },
  code: 'NV-01',
};
const PAPER = { range: RANGE, number: 101, used: [] };

function farmers(count: number): HouseholdFile {
  return home(
    FARM,
    Array.from({ length: count }, (_, at) => ({
      id: `p${at}`,
      member: { ...NEVER, work: 'farm', birth_date: `${1970 + at}-01-01` },
    })),
  );
}

function lines(file: HouseholdFile, day: string, body: Partial<Body> = {}) {
  const on = ground({ day });
  const able = mayEnrol(file, standings(file, on));
  const ids = able.map(({ member }) => member.id);
  return linesOf(on, able, ids, { ...EMPTY, ...body }, 0);
}

function paid(file: HouseholdFile, member: string, more: object = {}): HouseholdFile {
  const data = {
    member,
    state: 'submitted',
    paid_on: '2026-11-20',
    card_to: '2027-12-19',
    ...more,
  };
  return { ...file, enrolments: [{ id: 'e', data }] } as unknown as HouseholdFile;
}

describe('twelve months around the day the base salary rises', () => {
  it.each([
    ['2026-06-30', 1263600, 379080, 884520],
    ['2026-07-01', 1366200, 409860, 956340],
  ])('%s', (day, total, state, own) => {
    const [line] = lines(farmers(1), day);
    expect(line?.amounts).toMatchObject({ total, state_support: state, own_share: own });
  });
});

describe('a household that joins as household', () => {
  const asHousehold = { groups: { p0: 'GD', p1: 'GD', p2: 'GD' } };

  it('goes down the ladder in its order', () => {
    const found = lines(farmers(3), '2026-11-22', asHousehold);
    expect(found.map(({ ladderPlace }) => ladderPlace)).toEqual([1, 2, 3]);
    expect(sumOf(found)).toBe(1366200 + 956340 + 819720);
  });

  it('goes on where those stand who paid this year', () => {
    const file = paid(farmers(2), 'p0', { insurance_group: 'GD' });
    expect(joinedBefore(file, standings(file, ground()), '2026-12-01')).toBe(1);
    expect(joinedBefore(file, standings(file, ground()), '2027-01-02')).toBe(0);
  });
});

describe('who may be enrolled', () => {
  it('is nobody twice', () => {
    const file = paid(farmers(2), 'p0');
    const people = standings(file, ground());
    expect(people.map((one) => hasPaid(file, one))).toEqual([true, false]);
    expect(mayEnrol(file, people).map(({ member }) => member.id)).toEqual(['p1']);
  });

  it('is the person again once the enrolment was cancelled', () => {
    const file = paid(farmers(1), 'p0', { state: 'cancelled' });
    expect(mayEnrol(file, standings(file, ground()))).toHaveLength(1);
  });

  it('is no child under six, whose card is free', () => {
    const file = home(FARM, [{ id: 'child', member: { ...NEVER, birth_date: '2024-05-01' } }]);
    expect(mayEnrol(file, standings(file, ground()))).toEqual([]);
  });
});

describe('a pupil among farmers', () => {
  const [parent] = farmers(1).members;
  const pupil = { ...NEVER, work: 'pupil', birth_date: '2013-04-02' };
  const file = home(FARM, [
    { id: 'parent', member: { ...parent?.data } },
    { id: 'child', member: pupil },
  ]);
  const months = (found: ReturnType<typeof lines>) => found.map((line) => line.months);

  it('pays for any number of months, on the receipt of those who pay a year', () => {
    const found = lines(file, '2026-11-22', { ownMonths: { child: 9 } });
    expect(months(found)).toEqual([12, 9]);
    expect(found[1]?.amounts).toMatchObject({ total: 1024650, state_support: 512325 });
    expect(found.map(({ card }) => card)).toMatchObject([
      { validTo: '2027-12-21' },
      { validTo: '2027-09-21' },
    ]);
    const paper = { range: null, number: null, used: [] };
    const edits = recordsOf(file, found, EMPTY, paper, SIGNED, () => 'e');
    expect(edits.map(({ set }) => set['months'])).toEqual([12, 9]);
  });

  it('is alone in it: who may not pay nine months pays what everybody pays', () => {
    expect(months(lines(file, '2026-11-22', { ownMonths: { parent: 9 } }))).toEqual([12, 12]);
    expect(months(lines(file, '2026-11-22', { ownMonths: { parent: 3 } }))).toEqual([3, 12]);
  });

  it('follows everybody again once the usual number is tapped', () => {
    expect(withMonths({ child: 9 }, 'child', 12, 12)).toEqual({});
    expect(withMonths({ child: 9 }, 'child', null, 12)).toEqual({});
    expect(withMonths({}, 'child', 5, 12)).toEqual({ child: 5 });
  });
});

describe('another amount', () => {
  const other = (reason: string) => ({ other: { p0: { own: 900000, reason } } });

  it('changes the total by as much, so that the shares still add up', () => {
    const [line] = lines(farmers(1), '2026-11-22', other('BHXH thông báo'));
    expect(line?.amounts).toMatchObject({ total: 1309860, own_share: 900000 });
  });

  it('is not saved without a reason', () => {
    const found = lines(farmers(1), '2026-11-22', other(' '));
    expect(faultsOf(found, '2026-11-22', '2026-11-22', PAPER)).toEqual(['reasonNeeded']);
  });
});

describe('the number of the receipt', () => {
  it.each([
    [{ range: null, number: null, used: [] }, ['noBook']],
    [{ range: RANGE, number: null, used: [] }, ['numberNeeded']],
    [{ range: RANGE, number: 151, used: [] }, ['numberOutside']],
    [{ range: RANGE, number: 101, used: [101] }, ['numberUsed']],
    [{ range: RANGE, number: 102, used: [101] }, []],
  ])('%#', (paper, faults) => {
    expect(numberFaults(paper, '2026-11-22')).toEqual(faults);
  });

  it('is not asked of a draft, nor may money be taken tomorrow', () => {
    const found = lines(farmers(1), '2026-11-23');
    expect(faultsOf(found, '2026-11-23', '2026-11-22', null)).toEqual(['future']);
    expect(faultsOf([], '2026-11-22', '2026-11-22', null)).toEqual(['nobody']);
  });
});

describe('the records of one receipt', () => {
  let made = 0;
  const file = farmers(2);
  const found = lines(file, '2026-11-22');
  const edits: Edit[] = recordsOf(file, found, EMPTY, PAPER, SIGNED, () => `e${(made += 1)}`);

  it('are one a person, all with one receipt and one number', () => {
    expect(edits.map(({ record }) => record)).toEqual(['e1', 'e2']);
    expect(edits.map(({ set }) => [set['receipt'], set['receipt_number']])).toEqual([
      ['rc', 101],
      ['rc', 101],
    ]);
  });

  it('add up to what was taken', () => {
    const sum = edits.reduce((total, { set }) => total + Number(set['own_share']), 0);
    expect(sum).toBe(sumOf(found));
  });
});

describe('a card that a sponsor promised', () => {
  const promise = (amount: number, more: object = {}) => ({
    sponsor: 'sp',
    sponsor_name: 'Công ty Chè Hoa',
    amount,
    months: 12,
    insurance_group: 'GB',
    agreed_on: '2026-11-02',
    ends_on: '2026-12-31',
    ...more,
  });
  const farmer = { ...NEVER, work: 'farm', birth_date: '1970-01-01' };
  const sponsored = (amount: number, more: object = {}) =>
    home(FARM, [{ id: 'p0', member: farmer, promises: [promise(amount, more)] }]);
  const DAY = '2026-11-22';
  const shares = (file: HouseholdFile, body: Partial<Body> = {}) =>
    lines(file, DAY, body).map(({ amounts, sponsored }) => [
      amounts?.other_support,
      amounts?.own_share,
      sponsored?.id ?? null,
    ]);
  const ID = 'sponsorship-p0-0';

  it('lowers the own share by as much', () => {
    expect(shares(sponsored(500_000))).toEqual([[500_000, 456_340, ID]]);
    const [line] = lines(sponsored(500_000), DAY);
    expect(line?.amounts).toMatchObject({ total: 1_366_200, state_support: 409_860 });
  });

  it('is used for no more than the own share, and nothing is left to take', () => {
    expect(shares(sponsored(2_000_000))).toEqual([[956_340, 0, ID]]);
    const found = lines(sponsored(2_000_000), DAY);
    expect(sumOf(found)).toBe(0);
    expect(faultsOf(found, DAY, DAY, PAPER)).toEqual([]);
  });

  it.each([
    ['lapsed', { ends_on: '2026-11-21' }],
    ['taken back', { withdrawn_on: '2026-11-10', withdrawn_reason: 'Đã chuyển đi' }],
    ['empty', { amount: 0 }],
  ])('says nothing when it is %s', (_, more) => {
    expect(shares(sponsored(500_000, more))).toEqual([[0, 956_340, null]]);
  });

  it('may be left out by the family', () => {
    expect(shares(sponsored(500_000), { unsponsored: ['p0'] })).toEqual([[0, 956_340, null]]);
  });

  it('proposes its months and its group, which may be chosen otherwise', () => {
    const file = sponsored(500_000, { months: 6, insurance_group: 'GD' });
    const terms = (body: Partial<Body> = {}) =>
      lines(file, DAY, body).map(({ months, group }) => [months, group]);
    expect(terms()).toEqual([[6, 'GD']]);
    expect(terms({ ownMonths: { p0: 12 }, groups: { p0: 'GB' } })).toEqual([[12, 'GB']]);
  });

  it('is named by the record, with the shares that it fills', () => {
    const found = lines(sponsored(500_000), DAY);
    const file = sponsored(500_000);
    const [edit] = recordsOf(file, found, EMPTY, PAPER, SIGNED, () => 'e');
    expect(edit?.set).toMatchObject({
      sponsorship: ID,
      other_support: 500_000,
      own_share: 456_340,
    });
    expect(edit?.set['override_reason'] ?? null).toBe(null);
  });

  it('is not used a second time, nor by a draft once another enrolment has it', () => {
    const file = sponsored(500_000);
    const used = paid(file, 'p0', { sponsorship: ID, card_to: '2026-11-30' });
    expect(sponsoredOn(used, DAY).size).toBe(0);
    expect(sponsoredOn(used, DAY, 'e').size).toBe(1);
    const draft = { id: 'd', data: { member: 'p0', state: 'draft', sponsorship: ID } };
    expect(promiseIsFree(used, draft as unknown as Rec<'enrolment'>)).toBe(false);
    expect(promiseIsFree(file, draft as unknown as Rec<'enrolment'>)).toBe(true);
  });
});

describe('support from another source', () => {
  const DAY = '2026-11-22';
  const support = (amount: number, reason = 'Bác trưởng thôn góp') => ({
    support: { p0: { amount, reason } },
  });

  it('takes from the own share and leaves the total', () => {
    const [line] = lines(farmers(1), DAY, support(200_000));
    expect(line?.amounts).toMatchObject({
      total: 1_366_200,
      state_support: 409_860,
      other_support: 200_000,
      own_share: 756_340,
    });
    expect(sharesDiffer({ ...line?.amounts })).toBe(false);
  });

  it('needs to say whose it is', () => {
    const found = lines(farmers(1), DAY, support(200_000, ' '));
    expect(faultsOf(found, DAY, DAY, PAPER)).toEqual(['supportReasonNeeded']);
  });

  it('is at most the own share', () => {
    expect(faultsOf(lines(farmers(1), DAY, support(956_340)), DAY, DAY, PAPER)).toEqual([]);
    const found = lines(farmers(1), DAY, support(956_341));
    expect(faultsOf(found, DAY, DAY, PAPER)).toEqual(['supportTooMuch']);
  });

  it('does not come on top of a sponsor, whose card is the sponsor’s alone', () => {
    const promise = { sponsor_name: 'Hội Khuyến học', amount: 300_000, months: 12 };
    const farmer = { ...NEVER, work: 'farm', birth_date: '1970-01-01' };
    const file = home(FARM, [{ id: 'p0', member: farmer, promises: [promise] }]);
    const [line] = lines(file, DAY, support(200_000));
    expect(line?.amounts).toMatchObject({ other_support: 300_000, own_share: 656_340 });
    const [left] = lines(file, DAY, { ...support(200_000), unsponsored: ['p0'] });
    expect(left?.amounts).toMatchObject({ other_support: 200_000, own_share: 756_340 });
    expect(left?.sponsored).toBe(null);
  });

  it('stands beside another amount, both with their reason', () => {
    const both = { ...support(200_000), other: { p0: { own: 700_000, reason: 'Theo BHXH' } } };
    const found = lines(farmers(1), DAY, both);
    expect(found[0]?.amounts).toMatchObject({ other_support: 200_000, own_share: 700_000 });
    expect(sharesDiffer({ ...found[0]?.amounts })).toBe(false);
    const [edit] = recordsOf(farmers(1), found, EMPTY, PAPER, SIGNED, () => 'e');
    expect(edit?.set['override_reason']).toBe('Theo BHXH; Bác trưởng thôn góp');
  });
});

it('the list for the insurance asks of each person what is not recorded', () => {
  const file = farmers(2);
  const [first] = file.members;
  const known = { sex: 'female', personal_id: '038180000111', clinic_wanted: '38-001' };
  if (first !== undefined) Object.assign(first.data, known, { bhxh_number: '3820000111' });
  const found = lines(file, '2026-11-22');
  const edits = recordsOf(file, found, EMPTY, PAPER, SIGNED, () => 'new');
  const lacks = lacksOfAll(file, edits).map(({ record, field }) => `${record} ${field}`);
  expect(lacks.filter((lack) => lack.startsWith('p0'))).toEqual([]);
  expect(lacks).toContain('p1 personal_id');
  expect(lacks).toContain('p1 sex');
});

describe('what the price screen hands on', () => {
  const begun = (address: string) => startOf(new URLSearchParams(address));

  it('is what the form begins with', () => {
    const chosen = {
      months: 6,
      ownMonths: { child: 9 },
      day: '2026-11-20',
      chosen: new Set(['a', 'child']),
      paid: 2,
    };
    expect(begun(handedOn(chosen))).toEqual({
      ...EMPTY,
      months: 6,
      ownMonths: { child: 9 },
      day: '2026-11-20',
      chosen: ['a', 'child'],
      before: 2,
    });
  });

  it('is nothing where the form is opened by itself, or the address is no such thing', () => {
    expect(begun('')).toEqual(EMPTY);
    expect(begun('months=many&day=hôm nay&own=x&before=-1')).toEqual(EMPTY);
  });
});
