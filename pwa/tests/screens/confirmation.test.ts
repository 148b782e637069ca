import { describe, expect, it } from 'vitest';
import { confirmation } from '../../src/screens/household/confirmation';
import type { Rec } from '../../src/store/face';

const TODAY = '2026-11-22';
const household: Rec<'household'> = {
  entity: 'household',
  id: 'h',
  village: 'v',
  rev: 7,
  data: { village: 'v', confirmed_on: '2026-05-02' },
  pending: 'none',
  waitingFields: [],
};

describe('a household found exactly as recorded', () => {
  it('is confirmed for today by one change, and visited by another', () => {
    const [confirmed, visited] = confirmation(household, 'visit', TODAY).edits;
    expect(confirmed).toMatchObject({
      was: { confirmed_on: '2026-05-02' },
      set: { confirmed_on: TODAY },
    });
    expect(visited?.set).toEqual({ household: 'h', on: TODAY, outcome: 'unchanged' });
  });

  it('is unconfirmed again by changes that say what they correct and why', () => {
    const [back, visit] = confirmation(household, 'visit', TODAY).undo('Bấm nhầm');
    expect(back).toMatchObject({
      was: { confirmed_on: TODAY },
      set: { confirmed_on: '2026-05-02' },
    });
    expect(visit).toMatchObject({
      record: 'visit',
      was: { outcome: 'unchanged', note: null },
      set: { outcome: 'partly', note: 'Bấm nhầm' },
    });
  });

  it('had never been confirmed: then it is empty again', () => {
    const fresh = { ...household, data: { village: 'v' } };
    const [back] = confirmation(fresh, 'visit', TODAY).undo('Bấm nhầm');
    expect(back?.set).toEqual({ confirmed_on: null });
  });
});
