import { signal } from '@preact/signals';

const said = signal('');
let timer: ReturnType<typeof setTimeout> | undefined;

/** Say something in passing, to eyes and to screen readers. */
export function announce(text: string): void {
  said.value = text;
  clearTimeout(timer);
  timer = setTimeout(() => (said.value = ''), 4000);
}

/** Stands in the page from the start: a live region added later is not read out. */
export function Toast() {
  return (
    <div role="status" aria-live="polite" class={said.value === '' ? 'visually-hidden' : 'toast'}>
      {said.value}
    </div>
  );
}
