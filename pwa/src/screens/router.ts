/* Addresses after the hash: `#/household/<id>/edit`. The phone's own back button works. */
import { signal } from '@preact/signals';
import { goesBackBy } from '../parts/frame';

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
    .map(decoded);
  return { path: clean, parts, query: new URLSearchParams(query) };
}

/** An address cut short or typed by hand must not keep the app from opening. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const place = signal<Place>(readPlace(typeof location === 'undefined' ? '' : location.hash));

const scrolls = new Map<string, number>();

/** How many steps inside the app lie behind this place; kept with each entry of the history. */
let depth = 0;
let replacing = false;

function depthOfEntry(): number | null {
  const state: unknown = history.state;
  if (typeof state !== 'object' || state === null || !('depth' in state)) return null;
  return typeof state.depth === 'number' ? state.depth : null;
}

function noteDepth(): void {
  depth = depthOfEntry() ?? (replacing ? depth : depth + 1);
  replacing = false;
  history.replaceState({ depth }, '');
}

/** Follow the address from now on, and put each place back where it was scrolled to. */
export function followAddress(): void {
  history.scrollRestoration = 'manual';
  depth = depthOfEntry() ?? 0;
  history.replaceState({ depth }, '');
  goesBackBy(back);
  window.addEventListener('hashchange', () => {
    noteDepth();
    scrolls.set(place.value.path, window.scrollY);
    place.value = readPlace(location.hash);
    const known = place.value.path === HOME ? (scrolls.get(HOME) ?? 0) : 0;
    requestAnimationFrame(() => window.scrollTo(0, known));
  });
}

export function go(path: string): void {
  location.hash = `#${path}`;
}

/** Go on without leaving a step behind: back then skips this one. */
export function goInstead(path: string): void {
  if (location.hash === `#${path}`) return;
  replacing = true;
  location.replace(`#${path}`);
}

/** One step back inside the app; opened from outside, to the place named. */
export function back(home: string): void {
  if (depth > 0) history.back();
  else goInstead(home.replace(/^#/, ''));
}

export function depthNow(): number {
  return depth;
}

/** Take the steps back to a depth out of the way, then stand at a new place instead. */
export function goInsteadFrom(entry: number, path: string): void {
  const steps = depth - entry;
  if (steps <= 0) {
    goInstead(path);
    return;
  }
  window.addEventListener('hashchange', () => goInstead(path), { once: true });
  history.go(-steps);
}
