/** What lies in IndexedDB, and how a new version of the app opens what an older one left. */
import {
  deleteDB,
  openDB,
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type StoreNames,
} from 'idb';
import type { CarriedRow } from './carried';
import type { OutboxState, VillageRef } from './face';
import { newSealingKey, sealingWith, type Sealed, type Sealing } from './sealing';

/** About a hundred households and all that hangs on them. */
export interface ChunkRow {
  generation: number;
  n: number;
  village: string;
  sealed: Sealed;
}

/** A page as it was pulled, until it is folded into its chunks. */
export interface LogRow {
  seq?: number;
  generation: number;
  village: string;
  sealed: Sealed;
}

/** How far a feed has been read. `digest`: of what lies here, in 16 hex digits. */
export interface FeedRow {
  generation: number;
  village: string;
  next: number;
  complete: boolean;
  digest: string;
}

/** What is needed to choose and count is plain: ids and states, never what was typed. */
export interface OutboxRow {
  seq?: number;
  id: string;
  village: string;
  state: OutboxState;
  /** The round of offering in which the server answered; see `PhoneState.round`. */
  round: number | null;
  /** Server time of the result. */
  resultAt: string | null;
  /** How often it failed alone while an empty trip passed. */
  alone: number;
  sealed: Sealed;
}

/** What the server answered of an own edit still shown. Unanswered, its outbox entry tells. Keyed alike. */
export interface OverlayRow {
  seq: number;
  sealed: Sealed;
}

export interface PhoneState {
  generation: number;
  /** Set while a restored server's feeds are read into a second generation. */
  nextGeneration: number | null;
  /** Grows with every `reoffer`: what was answered in an earlier round is sent again. */
  round: number;
  /** Grows with every folding, so that another tab sees that its chunk numbers are old. */
  foldings: number;
  epoch: string | null;
  last: string | null;
  villages: VillageRef[];
  /** Not served any more, but in use until what is served now is whole. */
  leaving: VillageRef[];
  clockOffsetMinutes: number;
  lastSync: string | null;
  lastTrip: { sent: number; serverHas: number } | null;
  backedUpUntil: string | null;
  persisted: boolean | null;
  /** For the server, until a trip has told it. */
  cameBackEmpty: boolean;
  /** The same for the surveyor, until they have read it. */
  emptied: boolean;
  repairs: number;
  standing: 'active' | 'closing' | 'erased';
  signInNeeded: boolean;
  /** Which of the commune's answers have been read here, by note. */
  readAnswers: Record<string, string>;
  /** The app and server that last failed what needs help; another one tries again. */
  helpTriedBy: string | null;
}

export const FIRST_STATE: PhoneState = {
  generation: 1,
  nextGeneration: null,
  round: 1,
  foldings: 0,
  epoch: null,
  last: null,
  villages: [],
  leaving: [],
  clockOffsetMinutes: 0,
  lastSync: null,
  lastTrip: null,
  backedUpUntil: null,
  persisted: null,
  cameBackEmpty: false,
  emptied: false,
  repairs: 0,
  standing: 'active',
  signInNeeded: false,
  readAnswers: {},
  helpTriedBy: null,
};

export interface PhoneSchema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  state: { key: string; value: PhoneState };
  chunks: { key: [number, number]; value: ChunkRow };
  log: { key: number; value: LogRow };
  feeds: { key: [number, string]; value: FeedRow };
  outbox: { key: number; value: OutboxRow; indexes: { id: string; state: string } };
  overlay: { key: number; value: OverlayRow };
  drafts: { key: string; value: { key: string; savedAt: string; sealed: Sealed } };
  carried: { key: string; value: CarriedRow };
}

export type PhoneDb = IDBPDatabase<PhoneSchema>;
type Upgrade = (
  db: PhoneDb,
  tx: IDBPTransaction<PhoneSchema, StoreNames<PhoneSchema>[], 'versionchange'>,
) => void;

/** Step n brings a database of version n to n + 1. Steps are added, never changed: old phones run them all. */
const UPGRADES: readonly Upgrade[] = [
  (db) => {
    db.createObjectStore('keys');
    db.createObjectStore('state');
    db.createObjectStore('chunks', { keyPath: ['generation', 'n'] });
    db.createObjectStore('log', { keyPath: 'seq', autoIncrement: true });
    db.createObjectStore('feeds', { keyPath: ['generation', 'village'] });
    const outbox = db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
    outbox.createIndex('id', 'id', { unique: true });
    outbox.createIndex('state', 'state');
    db.createObjectStore('overlay', { keyPath: 'seq' });
    db.createObjectStore('drafts', { keyPath: 'key' });
  },
  (db) => {
    db.createObjectStore('carried', { keyPath: 'id' });
  },
];

export const SCHEMA_VERSION = UPGRADES.length;

export interface Opened {
  db: PhoneDb;
  sealing: Sealing;
  /** True when nothing was there before. */
  fresh: boolean;
}

/** Opens the database of one account, bringing it from any older version to this one, offline. */
export async function openPhoneDb(name: string): Promise<Opened> {
  const db = await openDB<PhoneSchema>(name, SCHEMA_VERSION, {
    upgrade(opened, from, _to, tx) {
      for (const step of UPGRADES.slice(from)) step(opened, tx);
    },
    // Another tab runs a newer version of the app: make way, it will not wait for ever.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  const fresh = (await db.get('state', 'phone')) === undefined;
  return { db, sealing: sealingWith(await sealingKey(db)), fresh };
}

async function sealingKey(db: PhoneDb): Promise<CryptoKey> {
  const made = await newSealingKey();
  const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
  const kept = await tx.store.get('store');
  if (!kept) await tx.store.put(made, 'store');
  await tx.done;
  return kept ?? made;
}

/** The state as kept, with what a newer version added filled in. */
export async function readState(db: PhoneDb): Promise<PhoneState> {
  return { ...FIRST_STATE, ...(await db.get('state', 'phone')) };
}

/** Changes the state in a transaction of its own and answers what it has become. */
export async function changeState(
  db: PhoneDb,
  change: Partial<PhoneState> | ((state: PhoneState) => Partial<PhoneState>),
): Promise<PhoneState> {
  const tx = db.transaction('state', 'readwrite', { durability: 'strict' });
  const before = { ...FIRST_STATE, ...(await tx.store.get('phone')) };
  const after = { ...before, ...(typeof change === 'function' ? change(before) : change) };
  await tx.store.put(after, 'phone');
  await tx.done;
  return after;
}

export const deletePhoneDb = (name: string): Promise<void> => deleteDB(name);
