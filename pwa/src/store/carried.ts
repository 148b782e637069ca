/** Files from other phones, kept as they came until a trip has brought them to the server. */
import type { PhoneDb } from './database';

/** `kept`: still to be sent. `refused`: the server will not take it, whatever one does. */
export type CarriedState = 'kept' | 'sent' | 'refused';

export interface CarriedAnswer {
  known: number;
  applied: number;
  waiting: number;
  malformed: number;
  /** False: nothing shows whose it is, so all of it waits for the commune. */
  proven: boolean;
}

export interface CarriedRow {
  /** SHA-256 of the bytes: the same file again is the same row. */
  id: string;
  name: string;
  device: string;
  count: number;
  madeAt: string;
  takenAt: string;
  state: CarriedState;
  /** Null once the server has them. Sealed by the phone they come from: nobody here can read them. */
  bytes: Uint8Array<ArrayBuffer> | null;
  answer: CarriedAnswer | null;
  /** The code of what the server said last, where it did not take the file. */
  trouble: string | null;
}

/** Why a file is not even kept. */
export type CarryRefusal =
  'too_large' | 'sealed_unreadable' | 'sealed_too_new' | 'sealed_damaged' | 'sealed_other_database';

const LARGEST = 4 * 1024 * 1024;
const MAGIC = 'BPX';
const VERSION = '1';
const START = 6;

interface Header {
  database: string;
  device: string;
  count: number;
  made_at: string;
}

export class Carried {
  constructor(private readonly db: PhoneDb) {}

  /** Keeps a file, on disk when it resolves; or says why not. */
  async keep(
    file: Blob,
    name: string,
    database: string,
    now: string,
  ): Promise<CarryRefusal | null> {
    if (file.size > LARGEST) return 'too_large';
    const bytes = new Uint8Array(await file.arrayBuffer());
    const header = readHeader(bytes);
    if (typeof header === 'string') return header;
    if (header.database !== database) return 'sealed_other_database';
    const id = hex(await crypto.subtle.digest('SHA-256', bytes));
    const { device, count, made_at: madeAt } = header;
    const row: CarriedRow = {
      ...{ id, name, device, count, madeAt, takenAt: now, bytes },
      ...{ state: 'kept', answer: null, trouble: null },
    };
    const tx = this.db.transaction('carried', 'readwrite', { durability: 'strict' });
    // Taken again it is sent again: the server answers what has become of it by now.
    await Promise.all([tx.store.put(row), tx.done]);
    return null;
  }

  /** The latest first. */
  async all(): Promise<CarriedRow[]> {
    const rows = await this.db.getAll('carried');
    return rows.sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1));
  }

  /** Still to be sent, the oldest first. */
  async kept(): Promise<CarriedRow[]> {
    return (await this.all()).filter(({ state }) => state === 'kept').reverse();
  }

  async note(row: CarriedRow, change: Partial<CarriedRow>): Promise<void> {
    const tx = this.db.transaction('carried', 'readwrite', { durability: 'strict' });
    await Promise.all([tx.store.put({ ...row, ...change }), tx.done]);
  }

  async drop(id: string): Promise<void> {
    await this.db.delete('carried', id);
  }
}

/** What stands readable at the head of a file; schemas/sealed.py says how it is built. */
function readHeader(bytes: Uint8Array<ArrayBuffer>): Header | CarryRefusal {
  const text = new TextDecoder();
  if (text.decode(bytes.subarray(0, 3)) !== MAGIC) return 'sealed_unreadable';
  if (text.decode(bytes.subarray(3, 4)) !== VERSION) return 'sealed_too_new';
  const end = START + ((bytes[4] ?? 0) << 8) + (bytes[5] ?? 0);
  if (bytes.length <= end) return 'sealed_damaged';
  try {
    const header = JSON.parse(text.decode(bytes.subarray(START, end))) as Partial<Header> | null;
    const { database, device, made_at, count } = header ?? {};
    if (typeof database !== 'string' || typeof device !== 'string') return 'sealed_damaged';
    if (typeof made_at !== 'string' || typeof count !== 'number') return 'sealed_damaged';
    return { database, device, made_at, count };
  } catch {
    return 'sealed_damaged';
  }
}

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
