import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newRecord } from '../../src/store/edits';
import { newId } from '../../src/store/ids';
import type { PhoneStore } from '../../src/store/phone_store';
import { accounts, openAccount, signIn } from '../../src/sync/account';
import { SyncEngine } from '../../src/sync/engine';
import { FakeServer } from './fake_server';

let server: FakeServer;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  server = new FakeServer();
});

const enter = (username: string) =>
  signIn({ username, password: 'x', deviceName: 'Điện thoại của Lan' }, server, {
    now: () => server.now,
  });

async function addHousehold(store: PhoneStore): Promise<string> {
  const id = newId();
  await store.save([newRecord('household', id, 'v1', { village: 'v1', address: 'Thôn' })]);
  return id;
}

function syncing(store: PhoneStore): SyncEngine {
  const engine = new SyncEngine({ transport: server, automatic: false });
  engine.start(store);
  return engine;
}

describe('signing in', () => {
  test('opens offline from then on, with all that was saved', async () => {
    const first = await enter('lan');
    const household = await addHousehold(first);
    first.close();
    const again = await openAccount();
    await again?.load();
    expect(again?.account.user.name).toBe('lan');
    expect((await again?.household(household))?.household.data.address).toBe('Thôn');
    expect(again?.villages.value).toEqual(server.villages);
  });

  test('again keeps the device id and the outbox', async () => {
    const first = await enter('lan');
    await addHousehold(first);
    first.close();
    const again = await enter('lan');
    expect(again.account.device).toBe(first.account.device);
    expect(again.trust.value.unsent).toBe(1);
  });

  test('with the capital that a keyboard puts first is the same phone', async () => {
    const first = await enter('lan');
    await addHousehold(first);
    first.close();
    const again = await enter(' Lan ');
    expect(again.account).toEqual(first.account);
    expect(again.trust.value.unsent).toBe(1);
    expect(await accounts()).toHaveLength(1);
  });

  test('after the browser threw everything away is still the same phone, and says it is empty', async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
    const first = await enter('lan');
    first.close();
    globalThis.indexedDB = new IDBFactory();
    const again = await enter('lan');
    vi.unstubAllGlobals();
    expect(again.account.device).toBe(first.account.device);
    expect(again.trust.value.cameBackEmpty).toBe(true);
  });

  test('by another user opens another store, and the outbox of the first goes out as theirs', async () => {
    const lan = await enter('lan');
    const household = await addHousehold(lan);
    lan.close();
    const tam = await enter('tam');
    await tam.load();
    expect(tam.trust.value.unsent).toBe(0);
    expect(await tam.household(household)).toBe(null);

    await syncing(tam).syncNow();
    expect(server.arrived()).toMatchObject([
      { record: household, by: 'user-lan', device: lan.account.device },
    ]);
    tam.close();
    const back = await openAccount(lan.account.key);
    await back?.load();
    expect(back?.trust.value).toMatchObject({ unsent: 0, sentShelf: 1 });
    expect((await back?.household(household))?.household.pending).toBe('sent');
    expect((await accounts()).map(({ username }) => username)).toEqual(['lan', 'tam']);
  });

  test('to another database is another store, never a restore', async () => {
    const here = await enter('lan');
    await addHousehold(here);
    const there = new FakeServer();
    const other = await signIn({ username: 'lan', password: 'x', deviceName: '' }, there);
    expect(other.account.key).not.toBe(here.account.key);
    expect(other.trust.value.unsent).toBe(0);
    expect(there.arrived()).toEqual([]);
  });

  test('a server whose database is another one gets nothing to keep', async () => {
    const store = await enter('lan');
    const engine = new SyncEngine({ transport: new FakeServer(), automatic: false });
    engine.start(store);
    await addHousehold(store);
    expect(await engine.syncNow()).toBe(false);
    expect(store.trust.value).toMatchObject({ unsent: 1, trouble: 'other_database' });
  });

  test('signing out is refused while anything is unsent, and then ends the account here', async () => {
    const store = await enter('lan');
    await addHousehold(store);
    expect(await store.signOut()).toBe('unsent');
    await syncing(store).syncNow();
    expect(await store.signOut()).toBe(null);
    expect(await openAccount()).toBe(null);
  });
});
