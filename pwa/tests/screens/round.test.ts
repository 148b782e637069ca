import { describe, expect, it } from 'vitest';
import { readPlace } from '../../src/screens/router';
import {
  byHamlet,
  chosen,
  countReasons,
  firstOf,
  householdsOf,
} from '../../src/screens/today/round';
import type { Summary, TodayReason } from '../../src/store/face';

function summary(id: string, part: Partial<Summary> = {}): Summary {
  return {
    id,
    village: 'v',
    hamlet: null,
    code: null,
    address: null,
    headName: id,
    members: [],
    enrolments: [],
    leads: [],
    livingClass: null,
    averageFarm: false,
    tellsOfAnEnd: false,
    confirmedOn: null,
    lastVisitOn: null,
    lastOutcome: null,
    comeBackOn: null,
    noticeOn: null,
    reasons: [],
    uninsured: 0,
    notAsked: 0,
    pending: 'none',
    returned: 0,
    ended: false,
    mergedInto: null,
    ...part,
  };
}

const because = (...reasons: TodayReason[]) => ({ reasons });

describe('the round for today', () => {
  it('goes hamlet by hamlet, those without a name last', () => {
    const hamlets = byHamlet([
      summary('a'),
      summary('b', { hamlet: 'Xóm 10' }),
      summary('c', { hamlet: 'Xóm 2' }),
      summary('d', { hamlet: 'xóm 2' }),
    ]);
    expect(hamlets.map(({ households }) => households.map(({ id }) => id))).toEqual([
      ['c', 'd'],
      ['b'],
      ['a'],
    ]);
  });

  it('begins with what the officer sent back', () => {
    const [hamlet] = byHamlet([
      summary('asked', because('never_asked')),
      summary('back', because('returned')),
      summary('again', because('come_back', 'never_asked')),
    ]);
    expect(hamlet?.households.map(({ id }) => id)).toEqual(['back', 'again', 'asked']);
  });

  it('leaves out households that ended, were merged or lie elsewhere', () => {
    const all = [
      summary('here'),
      summary('gone', { ended: true }),
      summary('merged', { mergedInto: 'here' }),
      summary('far', { village: 'w' }),
    ];
    expect(householdsOf(all, 'v').map(({ id }) => id)).toEqual(['here']);
  });

  it('counts and chooses by reason', () => {
    const all = [
      summary('a', because('ending', 'never_asked')),
      summary('b', because('ending')),
      summary('c'),
    ];
    expect(countReasons(all).get('ending')).toBe(2);
    expect(countReasons(all).get('round')).toBe(2);
    expect(chosen(all, 'never_asked').map(({ id }) => id)).toEqual(['a']);
  });

  it('shows a page at a time across hamlets', () => {
    const hamlets = byHamlet(
      ['a', 'b', 'c', 'd'].map((id, index) => summary(id, { hamlet: `Xóm ${index % 2}` })),
    );
    const shown = firstOf(hamlets, 3);
    expect(shown.map(({ households }) => households.length)).toEqual([2, 1]);
  });
});

describe('an address after the hash', () => {
  it('is read into its parts and its question', () => {
    expect(readPlace('#/household/abc/edit')).toMatchObject({
      parts: ['household', 'abc', 'edit'],
    });
    expect(readPlace('#/sign-in?user=lan').query.get('user')).toBe('lan');
    expect(readPlace('#/household/%E0%A4').parts).toEqual(['household', '%E0%A4']);
  });

  it('is Hôm nay when there is none', () => {
    expect(readPlace('').path).toBe('/today');
  });
});
