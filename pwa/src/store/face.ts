/** The face of the phone's store: records in, records out, one `save`. Types only. */
import type { ReadonlySignal } from '@preact/signals';
import type { CarriedRow, CarryRefusal } from './carried';
import type { LedgerPage, LedgerSection } from './ledger';
import type { Note, Returned } from './letters';
import type { DataOf, Entity, Status, Values } from './records';
import type { SealedFile } from './sealed_file';

export type { DataOf, Entity, RecordData, Status, Values } from './records';

/** `unsent`: only on this phone. `sent`: the server has it, the feed not yet. `waiting`: the commune decides. */
export type Pending = 'none' | 'unsent' | 'sent' | 'waiting';

/** A record as it is to be shown: the server's copy with this phone's own edits on top. */
export interface Rec<E extends Entity = Entity> {
  entity: E;
  id: string;
  village: string;
  /** Null for a record the server has not confirmed yet. */
  rev: number | null;
  data: DataOf<E>;
  pending: Pending;
  /** Fields typed here that wait for the commune. */
  waitingFields: readonly string[];
}

/** Everything about one household. Ended and merged records are kept; their data says so. */
export interface HouseholdFile {
  household: Rec<'household'>;
  members: Rec<'member'>[];
  /** Of all members, merged ones too: ask `memberOf` whose they are. */
  cards: Rec<'card'>[];
  entitlements: Rec<'entitlement'>[];
  visits: Rec<'visit'>[];
  assessments: Rec<'farm_assessment'>[];
  farmRequests: Rec<'farm_request'>[];
  enrolments: Rec<'enrolment'>[];
  /** What sponsors pay for people here: read, never written on a phone. */
  sponsorships: Rec<'sponsorship'>[];
  /** Who of them may join voluntary social insurance, and what came of the talk. */
  leads: Rec<'lead'>[];
  /** On which lists to the insurance they stand: read, never written on a phone. */
  listings: Rec<'listing'>[];
  notes: Rec<'field_note'>[];
  waiting: Rec<'waiting'>[];
  /** The member that what hangs on one counts for, merges followed. */
  memberOf(
    record:
      | Rec<'card'>
      | Rec<'entitlement'>
      | Rec<'enrolment'>
      | Rec<'sponsorship'>
      | Rec<'lead'>
      | Rec<'listing'>,
  ): string;
}

/** Why a household is on the round for today, most pressing first. */
export type TodayReason = 'returned' | 'come_back' | 'newborn' | 'ending' | 'never_asked';

export interface MemberSummary {
  id: string;
  name: string;
  knownAs: string | null;
  status: Status;
  birth: string | null;
  sex: string | null;
  relation: string | null;
  presence: string | null;
  registration: string | null;
  ethnicGroup: string | null;
  personalId: string | null;
  bhxhNumber: string | null;
  /** A newborn without a registered name. */
  unnamed: boolean;
  birthIsEstimate: boolean;
  insuranceAnswer: string | null;
  /** The latest end of a card that counts as proven, or null. */
  cardTo: string | null;
  /** Belongs to the count today. */
  counted: boolean;
  ended: boolean;
  merged: boolean;
}

/** What the list of enrolments and the cash sheet need of one. */
export interface EnrolmentSummary {
  id: string;
  member: string;
  name: string;
  state: string;
  paidOn: string | null;
  own: number;
  payment: string | null;
  /** One id for all who stand on one receipt. */
  receipt: string | null;
  book: string | null;
  number: number | null;
  collectedBy: string | null;
  /** Part of it waits for the commune. */
  waits: boolean;
}

/** Somebody to be talked to about voluntary social insurance, and the person it counts for. */
export interface LeadSummary {
  record: Rec<'lead'>;
  member: string;
  phone: string | null;
}

export interface Summary {
  id: string;
  village: string;
  hamlet: string | null;
  code: string | null;
  address: string | null;
  headName: string | null;
  members: readonly MemberSummary[];
  livingClass: string | null;
  averageFarm: boolean;
  /** A paper, a right or a class on record has an end: support may end with it. */
  tellsOfAnEnd: boolean;
  confirmedOn: string | null;
  lastVisitOn: string | null;
  lastOutcome: string | null;
  comeBackOn: string | null;
  noticeOn: string | null;
  reasons: readonly TodayReason[];
  uninsured: number;
  notAsked: number;
  pending: Pending;
  enrolments: readonly EnrolmentSummary[];
  leads: readonly LeadSummary[];
  /** What the officer sent back and nobody has answered. */
  returned: number;
  ended: boolean;
  mergedInto: string | null;
}

export interface PersonHit {
  household: string;
  member: MemberSummary;
  summary: Summary;
}

export interface VillageRef {
  id: string;
  name: string;
  commune: string;
}

export interface Progress {
  village: string;
  /** Records read since this trip began. */
  records: number;
  villagesDone: number;
  villages: number;
}

export interface Trust {
  unsent: number;
  /** Sent, and kept here until a backup has them. */
  sentShelf: number;
  needsHelp: number;
  /** Own changes that wait for the commune. */
  waiting: number;
  /** ISO time of the last whole trip, by the corrected clock. */
  lastSync: string | null;
  /** 'Sent 43, the server has 43'. */
  lastTrip: { sent: number; serverHas: number } | null;
  /** Null: not asked yet, or the browser cannot say. */
  persisted: boolean | null;
  downloaded: { households: number; people: number; villages: number; complete: boolean };
  /** Minutes to add to this phone's clock. Say so beyond a day. */
  clockOffsetMinutes: number;
  /** The browser had thrown the data away; true until the surveyor has read so. */
  cameBackEmpty: boolean;
  online: boolean;
  syncing: boolean;
  progress: Progress | null;
  /** The token is not good any more: go on working, ask to sign in again. */
  signInNeeded: boolean;
  /** `closing`: this phone may only send. `erased`: its data was removed on order of the administrator. */
  standing: 'active' | 'closing' | 'erased';
  /** Times a feed had to be repaired. */
  repairs: number;
  /** A stable code of why the last trip failed, or null. */
  trouble: string | null;
}

/** One edit of one record, as the screen makes it. */
export interface Edit {
  entity: Entity;
  record: string;
  village: string;
  /** For each field of `set`, the value the screen showed. */
  was: Values;
  /** Null takes a field away. */
  set: Values;
  /** The change (`waiting.change`) this one answers. */
  answers?: string | null;
}

export interface Saved {
  /** Ids of the changes, in order. Empty when nothing differed. */
  changes: string[];
}

export type OutboxState = 'unsent' | 'sent' | 'needs_help';

export interface OutboxEntry {
  change: Change;
  state: OutboxState;
  /** The server's answer: `applied`, `merged`, `held`, `malformed`, or null. */
  status: string | null;
  reasons: readonly Reason[];
  /** Fields that wait. */
  waiting: readonly string[];
}

export interface Reason {
  field: string | null;
  code: string;
  message: string;
}

export interface Change {
  id: string;
  entity: Entity;
  record: string;
  village: string;
  by: string;
  device: string;
  at: string;
  was: Values;
  set: Values;
  answers: string | null;
  /** Offered from what a restored server had lost: always waits for a person. */
  rescue?: true;
}

/** One row of the reference feed. */
export interface ReferenceRow {
  id: string;
  entity: string;
  data: Values;
}

export interface Draft<T = unknown> {
  key: string;
  savedAt: string;
  value: T;
}

export interface Account {
  key: string;
  database: string;
  user: { id: string; name: string; role: string };
  username: string;
  device: string;
}

/** Why signing out is refused. */
export type SignOutRefusal = 'unsent' | 'needs_help' | 'carried' | 'sent_shelf';

/** `stuck`: what needs help. `unsent`: everything the server does not have. */
export type ExportChoice = 'stuck' | 'unsent';

export interface Store {
  readonly account: Account;
  readonly summaries: ReadonlySignal<ReadonlyMap<string, Summary>>;
  /** False while the summaries are still being read; the first village is there early. */
  readonly ready: ReadonlySignal<boolean>;
  readonly trust: ReadonlySignal<Trust>;
  readonly villages: ReadonlySignal<readonly VillageRef[]>;
  /** Grows with every change of what is shown, here or in another tab. */
  readonly changed: ReadonlySignal<number>;

  /** Rows of the reference feed: `area`, `school`, `clinic`, `code`, `target`, `notice` … */
  reference(entity: string): readonly ReferenceRow[];
  household(id: string): Promise<HouseholdFile | null>;
  /** The member as shown and the household it belongs to, merges followed. */
  person(id: string): Promise<{ member: Rec<'member'>; file: HouseholdFile } | null>;
  /** By parts of a name without accents, what the village calls them, code or numbers. Synchronous. */
  search(text: string, options?: { limit?: number; village?: string }): PersonHit[];
  /** Resolves when record and outbox entry are on disk; rejects having written neither. */
  save(edits: readonly Edit[]): Promise<Saved>;

  draft<T>(key: string): Promise<T | null>;
  saveDraft(key: string, value: unknown): Promise<void>;
  dropDraft(key: string): Promise<void>;
  drafts(): Promise<Draft[]>;

  outbox(): Promise<OutboxEntry[]>;
  /** Files that only the server opens; null while this phone has not learned the server's key. */
  exportFiles(which: ExportChoice): Promise<SealedFile[] | null>;
  /** Keeps a file of another phone for the next trip; or says why not. */
  carry(file: Blob, name: string): Promise<CarryRefusal | null>;
  carriedFiles(): Promise<CarriedRow[]>;
  dropCarried(id: string): Promise<void>;
  /** One change that needs help, or all of them, goes into the queue again. */
  retryNeedsHelp(change?: string): Promise<void>;
  /** Own changes of one section: the first `limit` of them, and how many there are. */
  ledger(section: LedgerSection, limit: number): Promise<LedgerPage>;
  /** What the commune sent back to the villages on this phone and nobody here has answered. */
  returned(): Returned[];
  /** What was sent back and an own edit answers that the feed has not passed yet. */
  answered(): ReadonlySet<string>;
  /** Words written to the commune, newest first, with its answers. */
  notes(): Note[];
  /** The surveyor has read the commune's answer to this note. */
  readAnswer(note: string): Promise<void>;
  /** The surveyor has read that this phone came back empty. */
  readEmptied(): Promise<void>;
  /** The day in Việt Nam by the corrected clock, `YYYY-MM-DD`. */
  today(): string;
  /** Null when signed out; otherwise why not. */
  signOut(): Promise<SignOutRefusal | null>;
  /** Called with the ids of households whose shown data changed; returns how to stop. */
  onChange(listener: (households: readonly string[]) => void): () => void;
  close(): void;
}
