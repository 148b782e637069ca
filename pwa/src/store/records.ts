/** What `data` of each kind of record holds. Fields a newer server sends are kept, too. */
import type { components } from '../wire/api';
import type { WaitingState } from '../wire/kinds';

export type { Status } from '../wire/kinds';
type Schemas = components['schemas'];

export type Values = Record<string, unknown>;

/** A change that waits for the commune, as its feed tells of it. */
export interface WaitingData {
  change: string;
  entity: string;
  record: string;
  household?: string | null;
  /** A field that is settled before the others says so in a `state` of its own. */
  fields?: Record<string, { was?: unknown; set?: unknown; state?: WaitingState }>;
  reasons?: { field: string | null; code: string; message: string }[];
  by?: string | null;
  device?: string | null;
  at?: string | null;
  state: WaitingState;
  note?: string | null;
  /** What the officer says of single fields. */
  notes?: Record<string, string> | null;
}

export interface RecordData {
  household: Schemas['Household'];
  member: Schemas['Member'];
  card: Schemas['Card'];
  entitlement: Schemas['Entitlement'];
  visit: Schemas['Visit'];
  farm_assessment: Schemas['FarmAssessment'];
  farm_request: Schemas['FarmRequest'];
  enrolment: Schemas['Enrolment'];
  sponsorship: Schemas['Sponsorship'];
  lead: Schemas['Lead'];
  listing: Schemas['Listing'];
  field_note: Schemas['FieldNote'];
  waiting: WaitingData;
}

export type Entity = keyof RecordData;
export type DataOf<E extends Entity> = RecordData[E];
