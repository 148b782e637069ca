/** Signing in, opening what is signed in, and other users' stores on the same phone. */
import type { Account } from '../store/face';
import { askToPersist, deviceHere, markDevice } from '../store/marker';
import { PhoneStore, type OpenOptions } from '../store/phone_store';
import { Registry, type SignedIn } from '../store/registry';
import type { DeviceAnswer } from './protocol';
import { HttpTransport, type Transport } from './transport';

const DEVICES_PATH = '/api/v1/devices';

export interface Credentials {
  username: string;
  password: string;
  deviceName: string;
}

/** Everybody who has signed in on this phone, the last one first. */
export async function accounts(): Promise<Account[]> {
  const registry = await Registry.open();
  try {
    return await registry.all();
  } finally {
    registry.close();
  }
}

/**
 * The store of the account used last, or of this one; null when nobody is signed in. Works offline.
 * It answers at once and goes on filling itself: see `ready`.
 */
export async function openAccount(
  key?: string,
  options: OpenOptions = {},
): Promise<PhoneStore | null> {
  const registry = await Registry.open();
  try {
    const all = await registry.all();
    const account =
      key === undefined ? all.find(({ token }) => token !== null) : await registry.get(key);
    if (!account) return null;
    if (key !== undefined) await registry.put(account, Date.now());
    return await openStore(account, options);
  } finally {
    registry.close();
  }
}

/**
 * Signs in online. The same user of the same database gets the same store and device id back.
 * Rejects with a `TransportFailure`: `unauthorized` for a wrong name or password, `busy` after
 * too many attempts, `offline` without a connection.
 */
export async function signIn(
  { username, password, deviceName }: Credentials,
  transport: Transport = new HttpTransport(),
  options: OpenOptions = {},
): Promise<PhoneStore> {
  const registry = await Registry.open();
  try {
    const name = asKept(username);
    const known = (await registry.all()).find((account) => asKept(account.username) === name);
    const here = known?.device ?? deviceHere(name) ?? deviceHere(username);
    const answer = await transport.post<DeviceAnswer>(
      DEVICES_PATH,
      { username: name, password, name: deviceName, device: here },
      null,
    );
    const account = accountOf(name, answer);
    markDevice(name, answer.device);
    await registry.put(account, Date.now());
    const store = await openStore(account, options);
    await store.patchState({ signInNeeded: false, standing: 'active' });
    return store;
  } finally {
    registry.close();
  }
}

/** As the server keeps it: a keyboard that begins with a capital does not make another phone. */
function asKept(username: string): string {
  return username.trim().toLowerCase();
}

function accountOf(username: string, answer: DeviceAnswer): SignedIn {
  const { database, user, device, token, villages, epoch } = answer;
  return {
    key: `${database}.${user.id}`,
    database,
    user,
    username,
    device,
    token,
    villages,
    epoch,
  };
}

async function openStore(account: SignedIn, options: OpenOptions): Promise<PhoneStore> {
  const store = await PhoneStore.open(publicPart(account), options);
  if (store.state.value.epoch === null) {
    await store.patchState({ epoch: account.epoch, villages: account.villages });
  }
  // Not awaited: the first screen does not wait for the last village, nor for the browser's answer.
  void store.load().catch(() => undefined);
  void keepStorage(store).catch(() => undefined);
  store.farewell = async () => {
    await signDeviceOut(account.key);
  };
  return store;
}

async function keepStorage(store: PhoneStore): Promise<void> {
  const persisted = await askToPersist();
  if (persisted !== store.state.value.persisted) await store.patchState({ persisted });
}

function publicPart({ key, database, user, username, device }: SignedIn): Account {
  return { key, database, user, username, device };
}

/** The token goes even when the server cannot be told: it ends by itself after 180 days. */
async function signDeviceOut(
  key: string,
  transport: Transport = new HttpTransport(),
): Promise<void> {
  const registry = await Registry.open();
  const account = await registry.get(key);
  await registry.dropToken(key);
  registry.close();
  if (!account?.token) return;
  await transport.remove(`${DEVICES_PATH}/${account.device}`, account.token).catch(() => undefined);
}

export async function dropToken(key: string): Promise<void> {
  const registry = await Registry.open();
  await registry.dropToken(key);
  registry.close();
}

/** Other users' outboxes that still have something to send, each as its own user. */
export async function othersWithUnsent(key: string): Promise<PhoneStore[]> {
  const registry = await Registry.open();
  const others = (await registry.all()).filter((one) => one.key !== key && one.token !== null);
  registry.close();
  const stores: PhoneStore[] = [];
  for (const account of others) {
    const store = await PhoneStore.open(publicPart(account), { view: false });
    const { unsent } = await store.outboxOf.counts();
    if (unsent + (await store.carried.kept()).length > 0) stores.push(store);
    else store.close();
  }
  return stores;
}
