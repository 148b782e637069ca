/* A section of the ledger, read again when something changes; never twice at once. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LedgerPage, LedgerSection } from '../../store/ledger';
import { useStore } from '../phone';

export function useLedger(section: LedgerSection, limit: number): LedgerPage | null {
  const store = useStore();
  const [page, setPage] = useState<LedgerPage | null>(null);
  const reading = useRef(false);
  const again = useRef(false);
  const { unsent, needsHelp, sentShelf, waiting } = store.trust.value;
  useEffect(() => {
    let current = true;
    const read = async () => {
      if (reading.current) {
        again.current = true;
        return;
      }
      reading.current = true;
      try {
        do {
          again.current = false;
          const found = await store.ledger(section, limit);
          if (current) setPage(found);
        } while (again.current);
      } finally {
        reading.current = false;
      }
    };
    void read();
    return () => {
      current = false;
      again.current = false;
    };
  }, [store, section, limit, store.changed.value, unsent, needsHelp, sentShelf, waiting]);
  return page;
}
