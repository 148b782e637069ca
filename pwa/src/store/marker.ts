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

/** Asks the browser not to evict what is stored. Null: it cannot say. */
export async function askToPersist(): Promise<boolean | null> {
  const manager = globalThis.navigator?.storage;
  if (!manager?.persist) return null;
  return (await manager.persisted()) || (await manager.persist());
}
