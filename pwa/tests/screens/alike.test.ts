import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAlikes } from '../../src/screens/alike';
import { newRecord } from '../../src/store/edits';
import { newId } from '../../src/store/ids';
import { PhoneStore } from '../../src/store/phone_store';

const NOW = Date.parse('2026-11-22T08:00:00+07:00');
const [home, elsewhere, hoa, baby] = [newId(), newId(), newId(), newId()];
let store: PhoneStore;

beforeAll(async () => {
  const user = { id: newId(), name: 'Lan', role: 'surveyor' };
  const account = { key: `db.${user.id}`, database: 'db', user, username: 'lan', device: newId() };
  store = await PhoneStore.open(account, { now: () => NOW });
  await store.load();
  await store.save([
    newRecord('household', home, 'v1', { village: 'v1' }),
    newRecord('household', elsewhere, 'v2', { village: 'v2' }),
    newRecord('member', hoa, 'v2', {
      household: elsewhere,
      full_name: 'Nguyễn Thị Hoa',
      known_as: 'Mế Đào',
      birth_date: '1980-05-17',
      personal_id: '038180001234',
      bhxh_number: '0123456789',
    }),
    newRecord('member', baby, 'v1', {
      household: home,
      full_name: 'Bé gái',
      birth_date: '2026-10-01',
    }),
  ]);
  await store.shown();
});
afterAll(() => store.close());

type Typed = Parameters<typeof lookAlikes>[3];
const found = (typed: Typed, id = newId(), at = home) =>
  lookAlikes(store, id, at, typed).map(({ member }) => member.id);

describe('while a person is typed', () => {
  it('finds who has the same name and year, accents or none, in any village', () => {
    expect(found({ full_name: 'nguyen thi hoa ', birth_date: '1980' })).toEqual([hoa]);
  });

  it('finds who is known by that name', () => {
    expect(found({ full_name: 'Bà Mế Đào', birth_date: '1980' })).toEqual([]);
    expect(found({ full_name: 'Mế Đào', birth_date: '1980' })).toEqual([hoa]);
  });

  it('finds either number whatever the name', () => {
    expect(found({ full_name: 'X', personal_id: '038180001234' })).toEqual([hoa]);
    expect(found({ full_name: 'X', bhxh_number: '0123456789' })).toEqual([hoa]);
  });

  it('says nothing of a name alone, another age or another sex', () => {
    expect(found({ full_name: 'Nguyễn Thị Hoa' })).toEqual([]);
    expect(found({ full_name: 'Nguyễn Thị Hoa', birth_date: '1995' })).toEqual([]);
  });

  it('finds the newborn that had no name yet in this house only', () => {
    const named = { full_name: 'Lê Gia Hân', birth_date: '2026-10-01' };
    expect(found(named)).toEqual([baby]);
    expect(found(named, newId(), elsewhere)).toEqual([]);
  });

  it('never says that somebody is like themselves', () => {
    expect(found({ full_name: 'Nguyễn Thị Hoa', birth_date: '1980' }, hoa)).toEqual([]);
  });
});
