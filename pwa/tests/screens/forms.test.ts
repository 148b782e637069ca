import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkRecord } from '../../src/screens/checks';
import { Keeper } from '../../src/screens/drafts';
import { lastWholeMonth, perHead, totalOf, withLine } from '../../src/screens/household/farm_lines';
import { headsMissing } from '../../src/screens/reference';

const TODAY = '2026-11-22';

function codes(entity: 'member' | 'card' | 'visit', data: Record<string, unknown>) {
  return checkRecord(entity, data, TODAY).map(
    ({ field, code, weight }) => `${field} ${code} ${weight}`,
  );
}

describe('what a form says before it saves', () => {
  it('names a needed field that is missing or blank', () => {
    expect(codes('visit', { household: crypto.randomUUID(), on: TODAY })).toContain(
      'outcome needed blocks',
    );
    expect(codes('member', { household: crypto.randomUUID(), full_name: '  ' })).toContain(
      'full_name needed blocks',
    );
  });

  it('refuses what cannot be read and asks the rules of the rest', () => {
    const found = codes('card', {
      member: crypto.randomUUID(),
      evidence: 'card_seen',
      valid_from: '2026-05',
      valid_to: '2026-01-31',
      number: '12',
    });
    expect(found).toContain('number wrong_format blocks');
    expect(found).toContain('valid_to ends_before_start blocks');
  });

  it('keeps a field of a newer server without a word', () => {
    expect(codes('member', { household: crypto.randomUUID(), full_name: 'A', future: 1 })).toEqual(
      [],
    );
  });
});

describe('a draft', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function notebook() {
    const written = new Map<string, unknown>();
    const store = {
      saveDraft: async (key: string, value: unknown) => void written.set(key, value),
      dropDraft: async (key: string) => void written.delete(key),
    };
    return { written, keeper: new Keeper(store, 'new:1') };
  }

  it('is written a breath after the last keystroke', async () => {
    const { written, keeper } = notebook();
    keeper.keep('H');
    keeper.keep('Hà');
    await vi.advanceTimersByTimeAsync(300);
    expect(written.get('new:1')).toBe('Hà');
  });

  it('is written at once when the page goes away', async () => {
    const { written, keeper } = notebook();
    keeper.keep('Hà');
    keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(written.get('new:1')).toBe('Hà');
  });

  it('is gone after saving, whatever was still being written', async () => {
    const { written, keeper } = notebook();
    keeper.keep('Hà');
    keeper.flush();
    keeper.keep('Hà Văn');
    await keeper.drop();
    await vi.advanceTimersByTimeAsync(300);
    expect(written.size).toBe(0);
  });
});

describe('the income worksheet', () => {
  const lines = [
    { line: 'crops', revenue: 95_000_000, cost: 38_000_000 },
    { line: 'livestock', revenue: 60_000_000, cost: 41_000_000 },
    { line: 'wages', revenue: 42_000_000 },
    { line: 'social_allowance', revenue: 6_000_000 },
  ];

  it('adds revenue less cost and leaves social allowances out', () => {
    expect(totalOf(lines)).toBe(118_000_000);
    expect(perHead(lines, 5)).toBe(1_966_666);
  });

  it('cannot be shared among nobody', () => {
    expect(perHead(lines, 0)).toBeNull();
  });

  it('drops a line of which nothing is left', () => {
    expect(withLine([{ line: 'salt', revenue: 1 }], 'salt', { revenue: null })).toEqual([]);
  });

  it('covers the twelve months before this one', () => {
    expect(lastWholeMonth(TODAY)).toBe('2026-10');
    expect(lastWholeMonth('2027-01-03')).toBe('2026-12');
  });
});

describe('heads missing', () => {
  const target = {
    population: 1604,
    planned: 1556,
    goalPercent: '95',
    deadline: null,
    source: null,
  };

  it('are counted to the planned number', () => {
    expect(headsMissing({ covered: 1500, people: 1600 }, target)).toBe(56);
  });

  it('are counted to the goal where nothing was planned', () => {
    expect(headsMissing({ covered: 90, people: 101 }, { ...target, planned: null })).toBe(6);
  });
});
