// The keyboard on the desk's pages. A page names its keys in its markup: an element with
// `data-key` is pressed (a link, a button, a fold) or entered (a field) by that key; the rows of a
// `[data-rows]` are walked with j and k. Nothing here is the only way to anything.

const SWITCH = 'baophu.desk.keys';
const FIELDS = 'input:not([type=checkbox], [type=radio], [type=hidden]), textarea, select';

/** Single keys can get in the way of dictation and the like: they can be turned off. */
function enabled(): boolean {
  try {
    return localStorage.getItem(SWITCH) !== 'off';
  } catch {
    return true;
  }
}

function bindSwitch(): void {
  const box = document.querySelector<HTMLInputElement>('[data-keys-switch]');
  if (box === null) return;
  box.checked = enabled();
  box.addEventListener('change', () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? 'on' : 'off');
    } catch {
      // A browser that keeps nothing forgets this with the page.
    }
  });
}

function rows(): HTMLElement[] {
  const chosen = document.querySelectorAll<HTMLElement>('[data-rows] > tr');
  return [...chosen].filter((row) => entry(row) !== null);
}

/** What of a row takes the focus: its link, or the box that chooses it. */
function entry(row: HTMLElement): HTMLElement | null {
  return row.querySelector<HTMLElement>('a[href]') ?? row.querySelector('input[type=checkbox]');
}

function walk(step: number): boolean {
  const all = rows();
  if (all.length === 0) return false;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
  const row = all[Math.min(Math.max(next, 0), all.length - 1)];
  if (row === undefined) return false;
  entry(row)?.focus();
  row.scrollIntoView({ block: 'nearest' });
  return true;
}

function tickRow(): boolean {
  const row = rows().find((each) => each.contains(document.activeElement));
  const box = row?.querySelector<HTMLInputElement>('input[type=checkbox]');
  box?.click();
  return box !== null && box !== undefined;
}

function press(key: string): boolean {
  const target = [...document.querySelectorAll<HTMLElement>('[data-key]')].find(
    (each) => each.dataset['key'] === key && each.offsetParent !== null,
  );
  if (target === undefined) return false;
  if (target.matches(FIELDS)) target.focus();
  else target.click();
  if (target.tagName === 'SUMMARY') enterFold(target);
  return true;
}

/** An opened fold is there to be typed into. */
function enterFold(summary: HTMLElement): void {
  const fold = summary.parentElement;
  if (fold instanceof HTMLDetailsElement && fold.open) {
    fold.querySelector<HTMLElement>(FIELDS)?.focus();
  }
}

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function onKey(event: KeyboardEvent): void {
  const { activeElement: focused } = document;
  const typing = focused instanceof HTMLElement && focused.matches(FIELDS);
  if (typing) {
    if (event.key === 'Escape') focused.blur();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      (focused as HTMLTextAreaElement).form?.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !enabled()) return;
  const step = STEPS[event.key];
  const radios = focused instanceof HTMLInputElement && focused.type === 'radio';
  if (step !== undefined && radios && event.key.startsWith('Arrow')) return;
  const done =
    step !== undefined ? walk(step) : press(event.key) || (event.key === 'x' && tickRow());
  if (done) event.preventDefault();
}

/** What is typed as another value chooses that value. */
function pickWhatIsTyped(): void {
  document.addEventListener('input', (event) => {
    const typed = event.target instanceof Element ? event.target : null;
    const body = typed?.closest<HTMLElement>('.option-body[data-picks]');
    const radio = body && document.getElementById(body.dataset['picks'] ?? '');
    if (radio instanceof HTMLInputElement && typed !== radio) radio.checked = true;
  });
}

export function keys(): void {
  document.addEventListener('keydown', onKey);
  bindSwitch();
  pickWhatIsTyped();
  document.querySelector<HTMLElement>('[data-focus]')?.focus();
}
