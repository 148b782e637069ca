/** The messages of one round trip, as schemas/sync.py defines them. */
import type { Change, VillageRef } from '../store/face';
import type { FeedRecord } from '../store/holdings';
import type { Result } from '../store/outbox';

export const PROTOCOL = 1;
export const RECORDS_A_PAGE = 1000;
export const CHANGES_A_BATCH = 2000;

export interface SyncRequest {
  protocol: number;
  database: string;
  epoch: string | null;
  last: string | null;
  sent_at: string;
  phone: { app: string; unsent: number; persisted: boolean | null; came_back_empty: boolean };
  changes: Change[];
  since: Record<string, number>;
  have: Record<string, [string, number][]>;
  limit: number;
}

/** `gone` is true for a village not served, otherwise the ids its feed does not have. */
export interface FeedPage {
  records?: FeedRecord[];
  gone?: true | string[];
  next?: number;
  more?: boolean;
  digest?: string | null;
}

export interface SyncAnswer {
  database: string;
  epoch: string;
  reoffer: boolean;
  server_time: string;
  backed_up_until: string | null;
  device: { state: 'active' | 'closing' | 'erase' };
  villages: VillageRef[];
  results: Result[];
  feeds: Record<string, FeedPage>;
}

export interface DeviceAnswer {
  device: string;
  token: string;
  expires_at: string;
  user: { id: string; name: string; role: string };
  villages: VillageRef[];
  database: string;
  epoch: string;
}
