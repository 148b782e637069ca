import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openPhoneDb, SCHEMA_VERSION, type OutboxRow } from '../../src/store/database';
import { editOf, newRecord } from '../../src/store/edits';
import type { Edit } from '../../src/store/face';
import { newId } from '../../src/store/ids';
import { databaseName, PhoneStore } from '../../src/store/phone_store';

const NOW = Date.parse('2026-11-22T08:00:00+07:00');
let store: PhoneStore;

function account() {
  const user = newId();
  return {
    key: `db.${user}`,
    database: 'db',
    user: { id: user, name: 'Lan', role: 'surveyor' },
    username: 'lan',
    device: newId(),
  };
}

/** Saves, and waits until lists and search show it. */
async function saved(edits: Edit[]): Promise<void> {
  await store.save(edits);
  await store.shown();
}

async function reopened(): Promise<PhoneStore> {
  const { account: same } = store;
  store.close();
  store = await PhoneStore.open(same, { now: () => NOW });
  await store.load();
  return store;
}

beforeEach(async () => {
  store = await PhoneStore.open(account(), { now: () => NOW });
  await store.load();
});
afterEach(() => store.close());

const household = newId();
const [binh, mai] = [newId(), newId()];

function family(): Edit[] {
  const card = { member: binh, evidence: 'card_seen' as const, valid_to: '2026-12-10' };
  const asked = { insurance_answer: 'never_had' as const, insurance_asked_on: '2026-11-22' };
  return [
    newRecord('household', household, 'v1', { village: 'v1', code: 'NP-017', hamlet: 'Bản Lát' }),
    newRecord('member', binh, 'v1', { household, full_name: 'Nguyễn Văn Bình', relation: 'head' }),
    newRecord('member', mai, 'v1', {
      household,
      full_name: "H'Mai Êban",
      known_as: 'Mế Đào',
      ...asked,
    }),
    newRecord('card', newId(), 'v1', card),
  ];
}

describe('saving', () => {
  test('writes the record and its outbox entry together', async () => {
    await saved(family());
    await reopened();
    expect(store.trust.value.unsent).toBe(4);
    const file = await store.household(household);
    expect(file?.members.map(({ data }) => data.full_name)).toEqual([
      'Nguyễn Văn Bình',
      "H'Mai Êban",
    ]);
    expect(file?.household.pending).toBe('unsent');
    expect((await store.outbox()).map(({ change }) => change.entity)).toEqual([
      'household',
      'member',
      'member',
      'card',
    ]);
  });

  test.each([
    ['a row cannot be stored', (row: OutboxRow) => ({ ...row, sealed: () => undefined })],
    ['the disk refuses a row', (row: OutboxRow, first: OutboxRow) => ({ ...row, id: first.id })],
    [
      'the transaction ends early',
      (row: OutboxRow, _: OutboxRow, tx: IDBTransaction) => {
        tx.abort();
        return row;
      },
    ],
  ])('writes nothing of it when %s in the middle', async (_, breaks) => {
    const { add } = IDBObjectStore.prototype;
    const asked: OutboxRow[] = [];
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: IDBObjectStore,
      row,
    ) {
      asked.push(row);
      return add.call(
        this,
        asked.length === 3 ? breaks(row, asked[0] as OutboxRow, this.transaction) : row,
      );
    });
    await expect(store.save(family())).rejects.toThrow();
    vi.restoreAllMocks();
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(store.trust.value.unsent).toBe(0);
    await reopened();
    expect(await store.outbox()).toEqual([]);
    expect(store.summaries.value.size).toBe(0);
  });

  test('asks the disk, not only its cache', async () => {
    const spy = vi.spyOn(store.db, 'transaction');
    await saved(family());
    const writing = spy.mock.calls.find(([names]) => String(names).includes('outbox'));
    expect(writing?.[2]).toEqual({ durability: 'strict' });
  });

  test('keeps fields that did not change out of the edit', async () => {
    await saved(family());
    const shown = (await store.household(household))?.household;
    if (!shown) throw new Error('not saved');
    expect(editOf(shown, { code: ' NP-017 ', hamlet: 'Bản Lát' })).toBe(null);
    const edit = editOf(shown, { code: 'NP-018', hamlet: '' });
    expect(edit).toMatchObject({
      was: { code: 'NP-017', hamlet: 'Bản Lát' },
      set: { code: 'NP-018', hamlet: null },
    });
    await saved([edit as Edit]);
    expect((await store.household(household))?.household.data).toEqual({
      village: 'v1',
      code: 'NP-018',
    });
  });

  test('cleans text as the server stores it', async () => {
    const id = newId();
    const decomposed = '  Bình\u0000 '.normalize('NFD');
    await saved([newRecord('household', id, 'v1', { village: 'v1', address: decomposed })]);
    expect((await store.household(id))?.household.data.address).toBe('Bình');
  });

  test('nothing readable lies in the database', async () => {
    await saved(family());
    await store.saveDraft('form', { full_name: 'Nguyễn Văn Bình' });
    const rows = [
      ...(await store.db.getAll('outbox')),
      ...(await store.db.getAll('overlay')),
      ...(await store.db.getAll('drafts')),
    ];
    const text = rows
      .map((row) => JSON.stringify(row) + new TextDecoder('latin1').decode(row.sealed))
      .join();
    expect(text).not.toContain('Bình');
    expect(text).not.toContain('NP-017');
    const key = await store.db.get('keys', 'store');
    expect(key?.extractable).toBe(false);
  });
});

describe('what lists need', () => {
  test('each household has its statuses, its head and why it is on the round', async () => {
    await saved(family());
    const summary = store.summaries.value.get(household);
    expect(summary).toMatchObject({ headName: 'Nguyễn Văn Bình', hamlet: 'Bản Lát', uninsured: 1 });
    expect(summary?.members.map(({ status }) => status)).toEqual(['covered', 'none']);
    expect(summary?.members[0]?.cardTo).toBe('2026-12-10');
    expect(summary?.reasons).toEqual(['ending']);
  });

  test('a promise to come back is on the round until a later visit', async () => {
    await saved(family());
    const visit = { household, on: '2026-11-01', outcome: 'absent' as const };
    await saved([newRecord('visit', newId(), 'v1', { ...visit, come_back_on: '2026-11-20' })]);
    expect(store.summaries.value.get(household)?.reasons).toContain('come_back');
    await saved([
      newRecord('visit', newId(), 'v1', { household, on: '2026-11-22', outcome: 'met' }),
    ]);
    expect(store.summaries.value.get(household)).toMatchObject({
      comeBackOn: null,
      lastOutcome: 'met',
    });
  });

  test('a merged member counts through the one it was merged into, cards included', async () => {
    await saved(family());
    const [double, card] = [newId(), newId()];
    await saved([
      newRecord('member', double, 'v1', { household, full_name: 'Mai', merged_into: mai }),
      newRecord('card', card, 'v1', { member: double, evidence: 'app', valid_to: '2027-06-30' }),
    ]);
    const summary = store.summaries.value.get(household);
    expect(summary?.members.find(({ id }) => id === mai)?.status).toBe('covered');
    expect(summary?.members.find(({ id }) => id === double)?.counted).toBe(false);
    expect((await store.person(double))?.member.id).toBe(mai);
  });

  test('a household merged into another shows there', async () => {
    await saved(family());
    const [double, guest] = [newId(), newId()];
    await saved([
      newRecord('household', double, 'v1', { village: 'v1', merged_into: household }),
      newRecord('member', guest, 'v1', { household: double, full_name: 'Khách' }),
    ]);
    expect([...store.summaries.value.keys()]).toEqual([household]);
    expect(store.summaries.value.get(household)?.members).toHaveLength(3);
    expect((await store.household(double))?.household.id).toBe(household);
  });
});

test('an edit is shown before any trip can hear of it, however fast the saves follow', async () => {
  const seen: number[] = [];
  store.onSaved = () => seen.push(store.view?.['overlay'].all().length ?? 0);
  const [first, second] = [newId(), newId()];
  await store.save([newRecord('household', first, 'v1', { village: 'v1' })]);
  await store.save([newRecord('household', second, 'v1', { village: 'v1' })]);
  expect(seen).toEqual([1, 2]);
  await store.shown();
  expect([...store.summaries.value.keys()].sort()).toEqual([first, second].sort());
});

describe('searching', () => {
  test('finds by parts of a name without accents, in any order, and by what the village says', async () => {
    await saved(family());
    const names = (text: string) => store.search(text).map(({ member }) => member.name);
    for (const text of ['binh', 'van binh', 'binh nguyen', 'NGUYỄN', 'np 017']) {
      expect(names(text)).toContain('Nguyễn Văn Bình');
    }
    for (const text of ['hmai', "h'mai", 'me dao', 'eban']) {
      expect(names(text)).toContain("H'Mai Êban");
    }
    expect(names('khong co')).toEqual([]);
    expect(names('  ')).toEqual([]);
  });

  test('follows a changed name', async () => {
    await saved(family());
    const file = await store.household(household);
    const member = file?.members[0];
    if (!member) throw new Error('not saved');
    await saved([editOf(member, { full_name: 'Nguyễn Văn Đức' }) as Edit]);
    expect(store.search('duc')).toHaveLength(1);
    expect(store.search('van binh')).toEqual([]);
  });
});

describe('drafts and the database', () => {
  test('a half-filled form survives closing', async () => {
    await store.saveDraft('new-household', { names: ['Lò'] });
    await reopened();
    expect(await store.draft('new-household')).toEqual({ names: ['Lò'] });
    expect(await store.drafts()).toHaveLength(1);
    await store.dropDraft('new-household');
    expect(await store.draft('new-household')).toBe(null);
  });

  test('a database the browser has thrown away is noticed', async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
    const mine = account();
    const first = await PhoneStore.open(mine);
    expect(first.trust.value.cameBackEmpty).toBe(false);
    first.close();
    indexedDB.deleteDatabase(databaseName(mine));
    const again = await PhoneStore.open(mine);
    expect(again.trust.value.cameBackEmpty).toBe(true);
    // A trip tells the server; the surveyor has read it only when they say so.
    await again.patchState({ cameBackEmpty: false });
    expect(again.trust.value.cameBackEmpty).toBe(true);
    await again.readEmptied();
    expect(again.trust.value.cameBackEmpty).toBe(false);
    again.close();
    vi.unstubAllGlobals();
  });

  test('the database says its version, and every older one is brought to it', async () => {
    const { db } = await openPhoneDb(`bao-phu.${newId()}`);
    expect(db.version).toBe(SCHEMA_VERSION);
    expect([...db.objectStoreNames]).toEqual([
      'carried',
      'chunks',
      'drafts',
      'feeds',
      'keys',
      'log',
      'outbox',
      'overlay',
      'state',
    ]);
    db.close();
  });
});

describe('ids', () => {
  test('grow even when the clock is set back', () => {
    const ids = [newId(2_000), newId(1_000), newId(1_000), newId(3_000)];
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
