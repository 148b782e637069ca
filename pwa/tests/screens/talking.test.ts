/** What may be said on hearing a reason: the commune's sentences, else the usual ones. */
import { describe, expect, it } from 'vitest';
import { communeOf, TALKING_POINT, talkingPoints } from '../../src/screens/talking';
import type { ReferenceRow } from '../../src/store/face';

const row = (entity: string, id: string, data: ReferenceRow['data']): ReferenceRow => ({
  id,
  entity,
  data,
});
const ROWS = [
  row('area', 'v1', { parent: 'c1' }),
  row(TALKING_POINT, 'a', { commune: null, reason: 'away', vi: ['một', 'hai'], en: ['one'] }),
  row(TALKING_POINT, 'b', { commune: 'c1', reason: 'away', vi: ['của xã'] }),
  row(TALKING_POINT, 'c', { commune: 'c1', reason: 'other', vi: 'hỏng' }),
];
const store = {
  reference: (entity: string) => ROWS.filter((one) => one.entity === entity),
};

describe('what may be said', () => {
  it('is what the commune says, where it says something of its own', () => {
    expect(talkingPoints(store, 'c1', 'away')).toEqual(['của xã']);
    expect(talkingPoints(store, 'c2', 'away')).toEqual(['một', 'hai']);
    expect(talkingPoints(store, null, 'away')).toEqual(['một', 'hai']);
  });

  it('is nothing where nothing can be read', () => {
    expect(talkingPoints(store, 'c1', 'other')).toEqual([]);
    expect(talkingPoints(store, 'c1', 'lapsed')).toEqual([]);
  });

  it('is that of the commune the village lies in', () => {
    expect(communeOf(store, 'v1')).toBe('c1');
    expect(communeOf(store, 'v2')).toBe(null);
  });
});
