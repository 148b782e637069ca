/* One save, said only after it is on disk; a failure keeps the form as it is. */
import { useState } from 'preact/hooks';
import { announce } from '../parts/toast';
import type { Edit } from '../store/face';
import { t } from '../words';
import { useStore } from './phone';

interface Saving {
  working: boolean;
  failed: boolean;
  /** True when everything is on disk. Nothing to save counts as saved. */
  save(edits: readonly (Edit | null)[], words?: string): Promise<boolean>;
}

export function useSaving(): Saving {
  const store = useStore();
  const [working, setWorking] = useState(false);
  const [failed, setFailed] = useState(false);
  return {
    working,
    failed,
    async save(edits, words = t().app.savedHere) {
      if (working) return false;
      const real = edits.filter((edit): edit is Edit => edit !== null);
      setWorking(true);
      setFailed(false);
      try {
        if (real.length > 0) await store.save(real);
        announce(words);
        return true;
      } catch {
        setFailed(true);
        return false;
      } finally {
        setWorking(false);
      }
    },
  };
}
