/* One save, said only after it is on disk; a failure keeps the form as it is. */
import { useRef, useState } from 'preact/hooks';
import { announce } from '../parts/toast';
import type { Edit } from '../store/face';
import { t } from '../words';
import { useStore } from './phone';

/** A save is mostly over before anybody could read that it runs; drawing it would only delay it. */
const SLOW_MILLIS = 400;

interface Saving {
  /** True while a save takes longer than it should. */
  working: boolean;
  failed: boolean;
  /** True when everything is on disk. Nothing to save counts as saved. */
  save(edits: readonly (Edit | null)[], words?: string): Promise<boolean>;
}

export function useSaving(): Saving {
  const store = useStore();
  const [working, setWorking] = useState(false);
  const [failed, setFailed] = useState(false);
  const running = useRef(false);
  return {
    working,
    failed,
    async save(edits, words = t().app.savedHere) {
      if (running.current) return false;
      running.current = true;
      const real = edits.filter((edit): edit is Edit => edit !== null);
      const slow = setTimeout(() => setWorking(true), SLOW_MILLIS);
      setFailed(false);
      try {
        if (real.length > 0) await store.save(real);
        announce(words);
        return true;
      } catch {
        setFailed(true);
        return false;
      } finally {
        running.current = false;
        clearTimeout(slow);
        setWorking(false);
      }
    },
  };
}
