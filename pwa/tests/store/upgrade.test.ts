import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../src/store/database';
import { newId } from '../../src/store/ids';
import { databaseName, PhoneStore } from '../../src/store/phone_store';
import { HELD, OLD_DATABASES, UNSENT } from './old_databases';

describe('a new version of the app, offline', () => {
  test.each(Object.keys(OLD_DATABASES))(
    'opens what version %s left, unsent changes included',
    async (version) => {
      const user = { id: newId(), name: 'Lan', role: 'surveyor' };
      const account = { key: `db.${user.id}`, database: 'db', user, username: 'lan', device: 'd' };
      await OLD_DATABASES[Number(version)]?.(databaseName(account));

      const store = await PhoneStore.open(account);
      await store.load();
      expect(store.db.version).toBe(SCHEMA_VERSION);
      expect((await store.household(HELD.household))?.household).toMatchObject({
        pending: 'unsent',
        data: { code: HELD.code, address: UNSENT.address },
      });
      expect((await store.outbox()).map(({ change }) => change.id)).toEqual([UNSENT.change]);
      expect(await store.draft('form')).toEqual({ names: ['Lò'] });
      expect(store.trust.value).toMatchObject({ unsent: 1, cameBackEmpty: false });
      store.close();
    },
  );

  test('every schema version so far has its old database', () => {
    expect(Object.keys(OLD_DATABASES).map(Number)).toEqual(
      Array.from({ length: SCHEMA_VERSION }, (_, at) => at + 1),
    );
  });
});
