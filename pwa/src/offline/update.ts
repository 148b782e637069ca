/** A new version waits here until the person agrees and no form is open. */
import { signal, type ReadonlySignal } from '@preact/signals';

const ready = signal(false);
let waiting: ServiceWorker | null = null;

/** True when a new version of the app lies ready. */
export const updateReady: ReadonlySignal<boolean> = ready;

export function offerUpdate(worker: ServiceWorker): void {
  waiting = worker;
  ready.value = true;
}

/** Starts the new version. Call when the person agrees and no form is open: the page reloads. */
export function applyUpdate(): void {
  if (waiting === null) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  });
  waiting.postMessage('skip-waiting');
}
