/** What a phone could not send goes out as a file that only the server opens; others carry it. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { newId } from '../../src/store/ids';
import { Registry } from '../../src/store/registry';
import type { Change } from '../../src/store/face';
import { sealFiles } from '../../src/store/sealed_file';
import { TransportFailure } from '../../src/sync/transport';
import { FakeServer } from './fake_server';
import { Phone } from './phone';
import { openLetter, suite } from './sealed_letter';

const TOKEN = 'a token of 256 bits';

let server: FakeServer;
let phone: Phone;
let keys: CryptoKeyPair;

beforeEach(async () => {
  server = new FakeServer();
  keys = await suite.kem.generateKeyPair();
  const point = new Uint8Array(await suite.kem.serializePublicKey(keys.publicKey));
  const public_key = Buffer.from(point).toString('base64url');
  server.write('sealing_key', 'sealing_key', 'reference', { key: 'k1', public_key });
  phone = await Phone.signedIn(server);
  const registry = await Registry.open();
  await registry.put({ ...phone.store.account, token: TOKEN, villages: [], epoch: '' }, 1);
  registry.close();
});

/** On one machine all tests share the list of who has signed in: nobody else's outbox may go along. */
async function forgetEverybody(): Promise<void> {
  const registry = await Registry.open();
  for (const { key } of await registry.all()) await registry.dropToken(key);
  registry.close();
}

afterEach(forgetEverybody);

async function opened(blob: Blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return openLetter(bytes, keys.privateKey, TOKEN);
}

describe('out of this phone', () => {
  test('what is unsent goes into a file that only the server opens, and stays here', async () => {
    await phone.sync();
    const { household } = await phone.addHousehold('Quách Thị Lan');
    const [file, ...others] = (await phone.store.exportFiles('unsent')) ?? [];
    expect(others).toEqual([]);
    expect(file?.name).toMatch(/^bao-phu-2026-11-22-[0-9a-f]{6}\.bpx$/);
    expect(await file?.blob.text()).not.toContain('Quách');
    const { header, body, proven } = await opened(file?.blob as Blob);
    const { database, device, user } = phone.store.account;
    expect(header).toMatchObject({ database, device, key: 'k1', count: 2 });
    expect(body).toMatchObject({ user: user.id, device, phone: { unsent: 2 } });
    expect(body.changes).toMatchObject([{ record: household }, {}]);
    expect(proven).toBe(true);
    expect(phone.trust.unsent).toBe(2);
  });

  test('a change in the file is the very change a trip sends', async () => {
    await phone.sync();
    await phone.addHousehold('Quách Thị Lan');
    const [file] = (await phone.store.exportFiles('unsent')) ?? [];
    const { body } = await opened(file?.blob as Blob);
    await phone.sync();
    expect(server.requests.flatMap(({ changes }) => changes)).toEqual(body.changes);
  });

  test('what needs help can go alone', async () => {
    const { household } = await phone.addHousehold('Quách Thị Lan');
    await phone.sync();
    server.judge = () => ({ status: 'malformed' });
    await phone.edit(household, { note: 'khó đọc' });
    await phone.sync();
    await phone.edit(household, { hamlet: 'Xóm Đồng' });
    const [file] = (await phone.store.exportFiles('stuck')) ?? [];
    const { body } = await opened(file?.blob as Blob);
    expect(body.changes).toMatchObject([{ set: { note: 'khó đọc' } }]);
  });

  test('a phone that never learned the key says so', async () => {
    const stranger = await Phone.signedIn(new FakeServer());
    await stranger.addHousehold('Quách Thị Lan');
    expect(await stranger.store.exportFiles('unsent')).toBeNull();
  });

  test('without a token nothing proves whose it is, and it goes out all the same', async () => {
    await phone.sync();
    await forgetEverybody();
    await phone.addHousehold('Quách Thị Lan');
    const [file] = (await phone.store.exportFiles('unsent')) ?? [];
    expect((await opened(file?.blob as Blob)).proven).toBe(false);
  });

  test('more than a trip may carry goes into several files, in order', async () => {
    const changes = Array.from({ length: 4100 }, () => ({ id: newId() }) as Change);
    const point = new Uint8Array(await suite.kem.serializePublicKey(keys.publicKey));
    const key = { key: 'k1', public_key: Buffer.from(point).toString('base64url') };
    const madeAt = '2026-11-22T08:00:00+07:00';
    const sender = { database: 'db', user: 'u', device: newId(), token: null, madeAt };
    const files = await sealFiles(changes, { ...sender, phone: { app: '1', unsent: 4100 } }, key);
    expect(files.map(({ count }) => count)).toEqual([2000, 2000, 100]);
    expect(files[2]?.name).toMatch(/-3\.bpx$/);
    const letters = await Promise.all(files.map(({ blob }) => opened(blob)));
    expect(letters.flatMap(({ body }) => body.changes)).toEqual(changes);
  });
});

describe('for another phone', () => {
  let carrier: Phone;
  let file: Blob;

  beforeEach(async () => {
    await phone.sync();
    await phone.addHousehold('Quách Thị Lan');
    const [made] = (await phone.store.exportFiles('unsent')) ?? [];
    file = made?.blob as Blob;
    await forgetEverybody();
    carrier = await Phone.signedIn(server);
  });

  async function carried() {
    return (await carrier.store.carriedFiles()).map(({ state, answer, trouble }) => ({
      state,
      answer,
      trouble,
    }));
  }

  test('a file is kept without a connection and goes with the next trip', async () => {
    expect(await carrier.store.carry(file, 'a.bpx')).toBeNull();
    await carrier.reopen();
    expect(await carried()).toEqual([{ state: 'kept', answer: null, trouble: null }]);
    expect(await carrier.sync()).toBe(true);
    expect(server.files).toEqual([new Uint8Array(await file.arrayBuffer())]);
    expect(await carried()).toEqual([{ state: 'sent', answer: server.fileAnswer, trouble: null }]);
    await carrier.isQuiet();
    expect(server.files).toHaveLength(1);
  });

  test('taken twice it is there once', async () => {
    await carrier.store.carry(file, 'a.bpx');
    await carrier.store.carry(file, 'b.bpx');
    expect(await carried()).toHaveLength(1);
  });

  test('its own trip goes on while the server stumbles over a file, which is tried again', async () => {
    await carrier.store.carry(file, 'a.bpx');
    server.fileFaults = [new TransportFailure('refused', 'server_error')];
    await carrier.addHousehold('Hà Văn Chưa');
    expect(await carrier.sync()).toBe(true);
    expect(carrier.trust.unsent).toBe(0);
    expect(await carried()).toEqual([{ state: 'kept', answer: null, trouble: 'server_error' }]);
    await carrier.sync();
    expect(await carried()).toEqual([{ state: 'sent', answer: server.fileAnswer, trouble: null }]);
  });

  test('what the server refuses for good is not sent again, and can be dropped', async () => {
    await carrier.store.carry(file, 'a.bpx');
    server.fileFaults = [new TransportFailure('refused', 'sealed_damaged')];
    await carrier.sync();
    await carrier.sync();
    expect(server.files).toEqual([]);
    expect(await carried()).toMatchObject([{ state: 'refused', trouble: 'sealed_damaged' }]);
    const [row] = await carrier.store.carriedFiles();
    await carrier.store.dropCarried(row?.id ?? '');
    expect(await carried()).toEqual([]);
  });

  test('a phone that still holds a file does not sign out', async () => {
    await carrier.sync();
    await carrier.store.carry(file, 'a.bpx');
    expect(await carrier.store.signOut()).toBe('carried');
  });

  test('what is no such file is not kept, and says why', async () => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { store } = carrier;
    expect(await store.carry(new Blob(['%PDF-1.7']), 'a.pdf')).toBe('sealed_unreadable');
    expect(await store.carry(new Blob([]), 'a.bpx')).toBe('sealed_unreadable');
    expect(await store.carry(new Blob(['BPX2....']), 'a.bpx')).toBe('sealed_too_new');
    expect(await store.carry(new Blob([bytes.slice(0, 20)]), 'a.bpx')).toBe('sealed_damaged');
    expect(await store.carry(new Blob(['BPX1\0\x02{}.']), 'a.bpx')).toBe('sealed_damaged');
    const large = new Blob([bytes, new Uint8Array(4 * 1024 * 1024)]);
    expect(await store.carry(large, 'a.bpx')).toBe('too_large');
    const elsewhere = await Phone.signedIn(new FakeServer());
    expect(await elsewhere.store.carry(file, 'a.bpx')).toBe('sealed_other_database');
    expect(await carried()).toEqual([]);
  });
});

describe('sealed', () => {
  interface Given {
    private_key: string;
    token: string;
    file: string;
  }
  const from = new URL('../../../tests/vectors/sealed.json', import.meta.url);
  const cases = JSON.parse(readFileSync(from, 'utf8')) as {
    what: string;
    given: Given;
    then: { user: string; changes: string[]; proven: boolean };
  }[];

  it.each(cases)('$what', async ({ given, then }) => {
    const ec = { name: 'ECDH', namedCurve: 'P-256' };
    const der = new Uint8Array(Buffer.from(given.private_key, 'base64'));
    const key = await crypto.subtle.importKey('pkcs8', der, ec, true, ['deriveBits']);
    const file = new Uint8Array(Buffer.from(given.file, 'base64'));
    const { body, proven } = await openLetter(file, key, given.token);
    const changes = body.changes.map(({ id }) => id);
    expect({ user: body.user, changes, proven }).toEqual(then);
  });
});
