import { t } from '../words';
import { showDate } from './dates';

export type Shown = keyof ReturnType<typeof t>['status'];

/** Shape alone, for rows of dots; the row carries the words. */
export function Dot({ shown }: { shown: Shown }) {
  return <span class={`dot dot--${shown}`} aria-hidden="true" />;
}

/** Shape and word: a status is never a colour alone. */
export function StatusWord({ shown, day }: { shown: Shown; day?: string | null }) {
  return (
    <span class="status">
      <Dot shown={shown} />
      {statusText(shown, day)}
    </span>
  );
}

export function statusText(shown: Shown, day?: string | null): string {
  const words = t();
  const dated = words.statusOf as Partial<Record<Shown, (day: string) => string>>;
  const say = dated[shown];
  return day != null && say !== undefined ? say(showDate(day)) : words.status[shown];
}
