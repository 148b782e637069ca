/** Brings files of other phones to the server. Their trouble never holds up this phone's own trip. */
import type { CarriedAnswer, CarriedRow } from '../store/carried';
import type { PhoneStore } from '../store/phone_store';
import { TransportFailure, type Transport } from './transport';

const SEALED_PATH = '/api/v1/sealed';

/** With these, sending the same file again can never go better. */
const FOR_GOOD = new Set([
  'too_large',
  'too_many_changes',
  'malformed',
  'not_json',
  'sealed_unreadable',
  'sealed_damaged',
  'sealed_other_database',
  'sealed_key_unknown',
]);

export async function bringCarried(
  store: PhoneStore,
  transport: Transport,
  token: string,
): Promise<void> {
  for (const row of await store.carried.kept()) {
    try {
      await bring(row, store, transport, token);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      // No connection, or not welcome: the trip that follows finds out and says so.
      if (error.kind !== 'refused') return;
      const state = FOR_GOOD.has(error.code) ? 'refused' : 'kept';
      await store.carried.note(row, { state, trouble: error.code });
    }
  }
}

async function bring(
  row: CarriedRow,
  store: PhoneStore,
  transport: Transport,
  token: string,
): Promise<void> {
  if (row.bytes === null) return;
  const told = await transport.postFile<CarriedAnswer>(SEALED_PATH, row.bytes, token);
  const { known, applied, waiting, malformed, proven } = told;
  const answer = { known, applied, waiting, malformed, proven };
  await store.carried.note(row, { state: 'sent', bytes: null, answer, trouble: null });
}
