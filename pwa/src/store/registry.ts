/** Who has signed in on this phone. Tokens are sealed; every account has a database of its own. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Account, VillageRef } from './face';
import { newSealingKey, sealingWith, type Sealed, type Sealing } from './sealing';

export interface SignedIn extends Account {
  /** Null after signing out, or when the server no longer knows it. */
  token: string | null;
  villages: VillageRef[];
  epoch: string;
}

interface RegistrySchema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  accounts: { key: string; value: { key: string; usedAt: number; sealed: Sealed } };
}

const NAME = 'bao-phu.accounts';

export class Registry {
  private constructor(
    private readonly db: IDBPDatabase<RegistrySchema>,
    private readonly sealing: Sealing,
  ) {}

  static async open(): Promise<Registry> {
    const db = await openDB<RegistrySchema>(NAME, 1, {
      upgrade(opened) {
        opened.createObjectStore('keys');
        opened.createObjectStore('accounts', { keyPath: 'key' });
      },
    });
    const made = await newSealingKey();
    const tx = db.transaction('keys', 'readwrite');
    const kept = await tx.store.get('accounts');
    if (!kept) await tx.store.put(made, 'accounts');
    await tx.done;
    return new Registry(db, sealingWith(kept ?? made));
  }

  /** All accounts, the one used last first. */
  async all(): Promise<SignedIn[]> {
    const rows = (await this.db.getAll('accounts')).sort((a, b) => b.usedAt - a.usedAt);
    return Promise.all(rows.map(({ sealed }) => this.sealing.open<SignedIn>(sealed)));
  }

  async get(key: string): Promise<SignedIn | null> {
    const row = await this.db.get('accounts', key);
    return row ? this.sealing.open<SignedIn>(row.sealed) : null;
  }

  /** Keeps an account as the one in use. */
  async put(account: SignedIn, usedAt: number): Promise<void> {
    const sealed = await this.sealing.seal(account);
    await this.db.put('accounts', { key: account.key, usedAt, sealed });
  }

  async dropToken(key: string): Promise<void> {
    const account = await this.get(key);
    const row = await this.db.get('accounts', key);
    if (account && row) await this.put({ ...account, token: null }, row.usedAt);
  }

  close(): void {
    this.db.close();
  }
}

export async function tokenOf(key: string): Promise<string | null> {
  const registry = await Registry.open();
  const account = await registry.get(key);
  registry.close();
  return account?.token ?? null;
}
