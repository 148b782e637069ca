import { describe, expect, it } from 'vitest';
import { editOf, valuesOf } from '../../src/store/edits';
import type { DataOf, Edit } from '../../src/store/face';

function card(data: Partial<DataOf<'card'>>) {
  return { entity: 'card' as const, id: 'c', village: 'v', data: data as DataOf<'card'> };
}

describe('an edit of fields that mean something only together', () => {
  const shown = card({ member: 'm', valid_from: '2026-01-01', valid_to: '2026-12-31' });

  it('carries the whole group with what was seen when one of them changes', () => {
    const edit = editOf(shown, { valid_to: '2027-12-31' }) as Edit;
    expect(edit.set).toEqual({ valid_to: '2027-12-31', valid_from: '2026-01-01' });
    expect(edit.was).toEqual({ valid_to: '2026-12-31', valid_from: '2026-01-01' });
    expect(valuesOf(edit)).toEqual({ was: edit.was, set: edit.set });
  });

  it('says of an empty companion that it was seen empty', () => {
    const edit = editOf(card({ member: 'm', valid_from: '2026-01-01' }), {
      valid_from: '2026-02-01',
    }) as Edit;
    expect(edit.set).toEqual({ valid_from: '2026-02-01', valid_to: null });
    expect(edit.was).toEqual({ valid_from: '2026-01-01', valid_to: null });
  });

  it('leaves a field that was emptied on purpose empty', () => {
    const edit = editOf(shown, { valid_from: null, valid_to: null }) as Edit;
    expect(edit.set).toEqual({ valid_from: null, valid_to: null });
  });

  it('keeps to the fields of its kind of record', () => {
    const edit = editOf(
      {
        entity: 'member',
        id: 'm',
        village: 'v',
        data: { household: 'h', full_name: 'Lan', ended_on: '2026' } as DataOf<'member'>,
      },
      { end_reason: 'deceased' },
    ) as Edit;
    expect(Object.keys(edit.set).sort()).toEqual(['end_reason', 'ended_on']);
  });

  it('leaves a group alone that nothing of was changed', () => {
    expect(editOf(shown, { number: '0123456789' })?.set).toEqual({ number: '0123456789' });
    expect(editOf(shown, { valid_to: '2026-12-31' })).toBe(null);
  });

  it('asks nothing of a record that is new', () => {
    expect(editOf(card({}), { member: 'm', valid_to: '2026-12-31' })?.set).toEqual({
      member: 'm',
      valid_to: '2026-12-31',
    });
  });
});
