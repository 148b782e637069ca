/** Half-filled forms, kept until they are saved or thrown away by hand. */
import type { PhoneDb } from './database';
import type { Draft } from './face';
import type { Sealing } from './sealing';

export class Drafts {
  constructor(
    private readonly db: PhoneDb,
    private readonly sealing: Sealing,
  ) {}

  async get<T>(key: string): Promise<T | null> {
    const row = await this.db.get('drafts', key);
    return row ? this.sealing.open<T>(row.sealed) : null;
  }

  async put(key: string, value: unknown, savedAt: string): Promise<void> {
    const sealed = await this.sealing.seal(value);
    await this.db.put('drafts', { key, savedAt, sealed });
  }

  async drop(key: string): Promise<void> {
    await this.db.delete('drafts', key);
  }

  async all(): Promise<Draft[]> {
    const rows = await this.db.getAll('drafts');
    return Promise.all(
      rows.map(async ({ key, savedAt, sealed }) => ({
        key,
        savedAt,
        value: await this.sealing.open<unknown>(sealed),
      })),
    );
  }
}
