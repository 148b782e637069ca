/** The road between phone and server, with everything that happens on it. */
import type { SyncRequest } from '../../../src/sync/protocol';
import { TransportFailure, type Transport } from '../../../src/sync/transport';
import type { FakeServer } from '../fake_server';
import type { Tab } from './disk';

export const ROAD_FAULTS = [
  'request lost',
  'response lost',
  'duplicated',
  'an older one again',
  'cut in the middle',
  'server error',
  'too large',
  'unreadable answer',
  'unauthorized',
  'busy',
  'other database',
] as const;

export type RoadFault = (typeof ROAD_FAULTS)[number];

export class Wire implements Transport {
  private old: unknown[] = [];
  carried = 0;

  constructor(
    private readonly to: FakeServer,
    private readonly other: FakeServer,
    private readonly tab: Tab,
    /** What happens to the next messages, in order; null lets one through. */
    private readonly faults: () => RoadFault | null,
    private readonly happened: Record<string, number>,
  ) {}

  get server(): string | null {
    return this.to.server;
  }

  /** Nothing older is still under way. */
  forget(): void {
    this.old = [];
  }

  async postFile<T>(): Promise<T> {
    await Promise.resolve();
    throw new TransportFailure('refused', 'no_files_here');
  }

  async remove(): Promise<void> {
    await Promise.resolve();
  }

  async post<T>(path: string, body: unknown, token: string | null): Promise<T> {
    this.tab.step();
    const answer = await this.carry<T>(path, body, token);
    this.tab.step();
    return answer;
  }

  private async carry<T>(path: string, body: unknown, token: string | null): Promise<T> {
    this.carried += 1;
    const fault = this.faults();
    if (fault) this.happened[fault] = (this.happened[fault] ?? 0) + 1;
    const deliver = () => this.to.post<T>(path, body, token);
    switch (fault) {
      case 'request lost':
        throw new TransportFailure('offline', 'no_connection');
      case 'response lost':
        await deliver();
        throw new TransportFailure('offline', 'no_connection');
      case 'cut in the middle':
      case 'unreadable answer':
        await deliver();
        throw new TransportFailure('offline', 'answer_unreadable');
      case 'duplicated':
        await deliver();
        return deliver();
      case 'an older one again':
        if (this.old[0]) await this.to.post(path, this.old[0], token);
        return this.kept(body, deliver);
      case 'server error':
        throw new TransportFailure('refused', 'server_error');
      case 'too large':
        if ((body as SyncRequest).changes.length < 2) return deliver();
        throw new TransportFailure('refused', 'too_large');
      case 'unauthorized':
        throw new TransportFailure('unauthorized', 'not_signed_in');
      case 'busy':
        throw new TransportFailure('busy', 'sync_in_flight');
      case 'other database':
        return this.other.post<T>(path, { ...(body as object), changes: [] }, token);
      default:
        return this.kept(body, deliver);
    }
  }

  private async kept<T>(body: unknown, deliver: () => Promise<T>): Promise<T> {
    this.old.unshift(JSON.parse(JSON.stringify(body)));
    return deliver();
  }
}
