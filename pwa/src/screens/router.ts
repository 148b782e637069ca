/* Addresses after the hash: `#/household/<id>/edit`. The phone's own back button works. */
import { signal } from '@preact/signals';
import { countStep } from '../parts/frame';

export interface Place {
  path: string;
  parts: readonly string[];
  query: URLSearchParams;
}

const HOME = '/today';

export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const clean = path === '' || path === '/' ? HOME : path;
  const parts = clean
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  return { path: clean, parts, query: new URLSearchParams(query) };
}

export const place = signal<Place>(readPlace(typeof location === 'undefined' ? '' : location.hash));

const scrolls = new Map<string, number>();

/** Follow the address from now on, and put each place back where it was scrolled to. */
export function followAddress(): void {
  history.scrollRestoration = 'manual';
  window.addEventListener('hashchange', () => {
    scrolls.set(place.value.path, window.scrollY);
    place.value = readPlace(location.hash);
    const known = place.value.path === HOME ? (scrolls.get(HOME) ?? 0) : 0;
    requestAnimationFrame(() => window.scrollTo(0, known));
  });
}

export function go(path: string): void {
  countStep();
  location.hash = `#${path}`;
}

/** Go on without leaving a step behind: back then skips this one. */
export function goInstead(path: string): void {
  location.replace(`#${path}`);
}

/** Leave a finished form: back to where it was opened from. */
export function leaveTo(path: string): void {
  goInstead(path);
}
