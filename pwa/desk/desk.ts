// Behaviour the desk's pages share. Everything works without it; with it, less typing.
import './desk.css';
import { keys } from './keys';

/** A filter form sends itself when a choice in it changes. */
function sendFiltersOnChange(): void {
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (!(field instanceof HTMLSelectElement || field instanceof HTMLInputElement)) return;
    const form = field.form;
    if (form?.matches('[data-send-on-change]')) form.requestSubmit();
  });
}

/** A form that cannot be undone asks first, in the page's own words. */
function askBeforeSending(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const question = form.dataset['confirm'];
    if (question !== undefined && !window.confirm(question)) event.preventDefault();
  });
}

/** A second press on a slow line must not send the form twice. */
function sendOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    if (form.method !== 'post' || form.dataset['download'] !== undefined) return;
    if (form.dataset['sent'] !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset['sent'] = '';
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
      delete form.dataset['sent'];
    }
  });
}

function printOnRequest(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-print]') : null;
    if (button !== null) window.print();
  });
}

/** Puts the text of a field where the next paste takes it from; without a clipboard it is marked. */
function copyOnRequest(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
    if (!(button instanceof HTMLElement)) return;
    const field = document.getElementById(button.dataset['copy'] ?? '');
    if (!(field instanceof HTMLTextAreaElement)) return;
    field.select();
    const said = button.parentElement?.querySelector<HTMLElement>('[role=status]');
    void copied(field).then((done) => {
      if (said) said.hidden = !done;
    });
  });
}

async function copied(field: HTMLTextAreaElement): Promise<boolean> {
  try {
    // Absent where the desk is served without TLS: then the text stays marked, to be copied by hand.
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return false;
  }
}

/** Long details begin folded on a phone; paper has them all. */
function foldOnPhones(): void {
  const fold = (open: boolean): void => {
    const all = document.querySelectorAll<HTMLDetailsElement>('details[data-fold-small]');
    for (const each of all) each.open = open;
  };
  if (window.matchMedia('(max-width: 600px)').matches) fold(false);
  window.addEventListener('beforeprint', () => fold(true));
}

/** Where chips stand in one line, the chosen one may lie beyond the edge. */
function showChosenChip(): void {
  for (const chosen of document.querySelectorAll('nav .chip[aria-current]')) {
    const row = chosen.closest('.chips');
    const [chip, line] = [chosen.getBoundingClientRect(), row?.getBoundingClientRect()];
    if (row && line) row.scrollLeft += chip.left - line.left - (line.width - chip.width) / 2;
  }
}

function chooseAllRows(): void {
  document.addEventListener('change', (event) => {
    const head = event.target;
    if (!(head instanceof HTMLInputElement) || head.dataset['checkAll'] === undefined) return;
    const boxes = document.querySelectorAll<HTMLInputElement>(
      `input[type=checkbox][name="${head.dataset['checkAll']}"]`,
    );
    for (const box of boxes) box.checked = head.checked;
  });
}

sendFiltersOnChange();
askBeforeSending();
sendOnce();
printOnRequest();
copyOnRequest();
foldOnPhones();
showChosenChip();
chooseAllRows();
keys();
