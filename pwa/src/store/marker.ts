/** A mark outside IndexedDB, so that a database the browser has thrown away is noticed. */

const PREFIX = 'bao-phu.was-here.';

/** Private windows and tests may have no localStorage: then nothing can be noticed. */
function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

export const wasHere = (name: string): boolean => storage()?.getItem(PREFIX + name) === '1';
export const markHere = (name: string): void => storage()?.setItem(PREFIX + name, '1');
export const unmark = (name: string): void => storage()?.removeItem(PREFIX + name);

const DEVICE = 'bao-phu.device.';

/** Under which id a user's phone was registered here: an emptied phone is still the same phone. */
export const deviceHere = (username: string): string | null =>
  storage()?.getItem(DEVICE + username) ?? null;
export const markDevice = (username: string, device: string): void =>
  storage()?.setItem(DEVICE + username, device);

/** Asks the browser not to evict what is stored. Null: it cannot say. */
export async function askToPersist(): Promise<boolean | null> {
  const manager = globalThis.navigator?.storage;
  if (!manager?.persist) return null;
  return (await manager.persisted()) || (await manager.persist());
}
