/** Registers the service worker and watches for a new version of the app. */
import { offerUpdate } from './update';

const WORKER = '/app/sw.js';
const SCOPE = '/app/';
const LOOK_EVERY_MILLIS = 6 * 3600_000;

/** Without service workers (an old browser, plain HTTP) the app runs, online only. */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  watch(registration);
  setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MILLIS);
}

function watch(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && navigator.serviceWorker.controller) {
    offerUpdate(registration.waiting);
  }
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      // Without a controller this is the first installation, not an update.
      if (coming.state === 'installed' && navigator.serviceWorker.controller) offerUpdate(coming);
    });
  });
}
