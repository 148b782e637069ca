/* From nothing to the first screen: language, store, trips. Works without a connection. */
import { signal } from '@preact/signals';
import { render } from 'preact';
import { registerWorker } from '../offline/register';
import { applyUpdate, updateReady } from '../offline/update';
import type { PhoneStore } from '../store/phone_store';
import { openAccount, signIn } from '../sync/account';
import { SyncEngine } from '../sync/engine';
import { TransportFailure } from '../sync/transport';
import { speakAsBefore, t } from '../words';
import { App, Entrance } from './app';
import { usedBytes, askToKeep } from './browser_storage';
import type { Doors, Phone, SignInForm, SignInTrouble } from './phone';
import { followAddress, goInstead } from './router';
import { SignIn } from './sign_in';

type Situation =
  { at: 'opening' } | { at: 'entrance' } | { at: 'closed' } | { at: 'inside'; phone: Phone };

const situation = signal<Situation>({ at: 'opening' });
const engine = new SyncEngine();

const doors: Doors = {
  signIn: enter,
  syncNow: async () => void (await engine.syncNow()),
  askToKeep,
  usedBytes,
  updateReady,
  update: applyUpdate,
  leave() {
    engine.stop();
    goInstead('/today');
    situation.value = { at: 'entrance' };
  },
};

export async function start(root: HTMLElement): Promise<void> {
  followAddress();
  await speakAsBefore().catch(() => undefined);
  render(<Root />, root);
  try {
    const store = await openAccount();
    if (store === null) situation.value = { at: 'entrance' };
    else goInside(store);
  } catch {
    situation.value = { at: 'closed' };
  }
  void registerWorker().catch(() => undefined);
}

async function enter({ username, password, device }: SignInForm): Promise<SignInTrouble | null> {
  try {
    const store = await signIn({ username, password, deviceName: device });
    goInside(store);
    goInstead('/today');
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

function goInside(store: PhoneStore): void {
  const before = situation.value;
  situation.value = { at: 'inside', phone: { store, doors } };
  void store.load().catch(() => (situation.value = { at: 'closed' }));
  engine.start(store);
  // Signing in again opens the same data anew; the old handle must not hold it.
  if (before.at === 'inside') before.phone.store.close();
}

function troubleOf(error: unknown): SignInTrouble {
  if (!(error instanceof TransportFailure)) return 'server';
  if (error.kind === 'unauthorized') return 'wrong';
  if (error.kind === 'busy') return error.code === 'database_busy' ? 'server' : 'too_many';
  return error.kind === 'offline' ? 'offline' : 'server';
}

function Root() {
  const now = situation.value;
  switch (now.at) {
    case 'inside':
      return <App phone={now.phone} />;
    case 'entrance':
      return (
        <Entrance>
          <SignIn doors={doors} onDone={() => undefined} />
        </Entrance>
      );
    case 'closed':
      return <Closed />;
    default:
      return (
        <main class="main" id="main">
          <p class="empty" role="status">
            {t().app.loading}
          </p>
        </main>
      );
  }
}

/** The store would not open: nothing is lost, nothing is deleted. */
function Closed() {
  const words = t().trouble;
  return (
    <main class="main" id="main">
      <div class="empty" role="alert">
        <h1>{words.storeTitle}</h1>
        <p>{words.storeText}</p>
        <button type="button" class="button button--primary" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </div>
    </main>
  );
}
