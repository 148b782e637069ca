/* A half-filled form survives closing the app: every keystroke is kept, a breath later. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Store } from '../store/face';
import { useStore } from './phone';

/** What is kept of a form: enough to list it on Hôm nay and to open it again. */
export interface Kept<T> {
  title: string;
  path: string;
  village: string;
  body: T;
}

export function isKept(value: unknown): value is Kept<unknown> {
  return typeof value === 'object' && value !== null && 'path' in value && 'body' in value;
}

const PAUSE = 250;

/** Writes the latest value of one draft after a pause, at once when the page goes away. */
export class Keeper {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pending: unknown = undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Pick<Store, 'saveDraft' | 'dropDraft'>,
    private readonly key: string,
  ) {}

  keep(value: unknown): void {
    this.pending = value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  flush = (): void => {
    clearTimeout(this.timer);
    if (this.pending === undefined) return;
    const value = this.pending;
    this.pending = undefined;
    this.writing = this.writing
      .then(() => this.store.saveDraft(this.key, value))
      .catch(() => undefined);
  };

  /** Forget the draft, after what is being written is written. */
  async drop(): Promise<void> {
    clearTimeout(this.timer);
    this.pending = undefined;
    await this.writing;
    await this.store.dropDraft(this.key);
  }
}

interface DraftHandle<T> {
  /** Undefined until the kept draft has been read. */
  body: T | undefined;
  /** From the newest body, not from the one that was drawn: two quick taps must both count. */
  change(step: (now: T) => T): void;
  drop(): Promise<void>;
}

/** The body of a form, from its draft when there is one. `label` says how Hôm nay lists it. */
export function useDraft<T>(
  key: string,
  start: () => T,
  label: (body: T) => Omit<Kept<T>, 'body'>,
): DraftHandle<T> {
  const store = useStore();
  const keeper = useRef<Keeper | null>(null);
  const newest = useRef<T | undefined>(undefined);
  const [body, setBody] = useState<T | undefined>(undefined);
  useEffect(() => {
    const mine = new Keeper(store, key);
    keeper.current = mine;
    let current = true;
    newest.current = undefined;
    setBody(undefined);
    void store.draft<Kept<T>>(key).then((kept) => {
      if (!current) return;
      newest.current = kept?.body ?? start();
      setBody(newest.current);
    });
    const hidden = () => document.visibilityState === 'hidden' && mine.flush();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', mine.flush);
    return () => {
      current = false;
      mine.flush();
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', mine.flush);
    };
  }, [store, key]);
  return {
    body,
    change(step) {
      if (newest.current === undefined) return;
      const next = step(newest.current);
      newest.current = next;
      setBody(next);
      keeper.current?.keep({ ...label(next), body: next });
    },
    drop: async () => keeper.current?.drop(),
  };
}
