/** What this phone could not send, as files for another road. Fetched only when somebody exports. */
import { APP_VERSION } from '../domain/app_version';
import { momentOf } from './clock';
import type { ExportChoice, OutboxState } from './face';
import type { PhoneStore } from './phone_store';
import { tokenOf } from './registry';
import { sealFiles, type SealedFile, type ServerKey } from './sealed_file';

const STATES: Readonly<Record<ExportChoice, readonly OutboxState[]>> = {
  stuck: ['needs_help'],
  unsent: ['unsent', 'needs_help'],
};

/** Null while this phone has not learned the server's key. Nothing leaves the outbox by it. */
export async function exportFiles(
  store: PhoneStore,
  which: ExportChoice,
): Promise<SealedFile[] | null> {
  await store.load();
  const key = store.reference('sealing_key')[0]?.data as unknown as ServerKey | undefined;
  if (!key) return null;
  const { database, user, device, key: account } = store.account;
  const { unsent, needsHelp } = await store.outboxOf.counts();
  const entries = (await store.outbox()).filter(({ state }) => STATES[which].includes(state));
  const changes = entries.map(({ change }) => change);
  const sender = {
    ...{ database, device, user: user.id, token: await tokenOf(account) },
    phone: { app: APP_VERSION, unsent: unsent + needsHelp },
    madeAt: momentOf(store.now()),
  };
  return sealFiles(changes, sender, key);
}
