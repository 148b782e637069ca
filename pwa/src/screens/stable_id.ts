/* A record being made keeps its id while its form lives, so that saving twice makes it once. */
import { useMemo } from 'preact/hooks';
import { newId } from '../store/ids';

const made = new Map<string, string>();

/** The id of the record a form makes. A finished form gives it up. */
export function useStableId(form: string): string {
  return useMemo(() => {
    const id = made.get(form) ?? newId();
    made.set(form, id);
    return id;
  }, [form]);
}

export function forgetId(form: string): void {
  made.delete(form);
}
