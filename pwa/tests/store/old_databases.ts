/**
 * Databases as older versions of the app left them, built by hand and never changed: what a phone
 * in the field holds does not follow the code. A new schema version adds a builder here.
 */
import { openDB, type IDBPDatabase } from 'idb';
import { newSealingKey, sealingWith } from '../../src/store/sealing';

export const OLD_DATABASES: Record<number, (name: string) => Promise<void>> = {
  1: version1,
  2: version2,
};

export const HELD = { household: '01930000-0000-7000-8000-000000000001', code: 'NP-001' };
export const UNSENT = { change: '01930000-0000-7000-8000-0000000000c1', address: 'Ngõ 7' };

function version1(name: string): Promise<void> {
  return fill(name, 1, () => undefined);
}

/** Since then a phone carries files of other phones. */
function version2(name: string): Promise<void> {
  return fill(name, 2, (made) => {
    made.createObjectStore('carried', { keyPath: 'id' });
  });
}

async function fill(
  name: string,
  version: number,
  more: (made: IDBPDatabase) => void,
): Promise<void> {
  const db = await openDB(name, version, {
    upgrade(made) {
      made.createObjectStore('keys');
      made.createObjectStore('state');
      made.createObjectStore('chunks', { keyPath: ['generation', 'n'] });
      made.createObjectStore('log', { keyPath: 'seq', autoIncrement: true });
      made.createObjectStore('feeds', { keyPath: ['generation', 'village'] });
      const outbox = made.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
      outbox.createIndex('id', 'id', { unique: true });
      outbox.createIndex('state', 'state');
      made.createObjectStore('overlay', { keyPath: 'seq' });
      made.createObjectStore('drafts', { keyPath: 'key' });
      more(made);
    },
  });
  const key = await newSealingKey();
  const { seal } = sealingWith(key);
  const { household: id, code } = HELD;
  const copy = { entity: 'household', id, rev: 7, data: { village: 'v1', code } };
  const set = { address: UNSENT.address };
  const edit = {
    entity: 'household',
    record: id,
    village: 'v1',
    set,
    at: '2026-11-22T08:00:00+07:00',
  };
  const change = { id: UNSENT.change, ...edit, by: 'u', device: 'd', was: {}, answers: null };
  const content = { change, status: null, reasons: [], waiting: [], quiet: false };
  const shown = {
    seq: 1,
    change: UNSENT.change,
    ...edit,
    answers: null,
    status: 'unsent',
    rev: null,
  };
  const rows = {
    chunk: await seal([copy]),
    outbox: await seal(content),
    overlay: await seal({ ...shown, waiting: [] }),
    draft: await seal({ names: ['Lò'] }),
  };
  const village = 'v1';
  await db.put('keys', key, 'store');
  await db.put('state', { generation: 1, round: 1, epoch: 'e', villages: [] }, 'phone');
  await db.put('chunks', { generation: 1, n: 1, village, sealed: rows.chunk });
  await db.put('feeds', {
    generation: 1,
    village,
    next: 7,
    complete: true,
    digest: '0'.repeat(16),
  });
  const fate = { state: 'unsent', round: null, resultAt: null, alone: 0 };
  await db.put('outbox', { id: UNSENT.change, village, ...fate, sealed: rows.outbox });
  await db.put('overlay', { seq: 1, sealed: rows.overlay });
  await db.put('drafts', { key: 'form', savedAt: edit.at, sealed: rows.draft });
  db.close();
}
