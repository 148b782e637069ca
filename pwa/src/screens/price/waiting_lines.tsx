import { NotKnown } from '../../domain/legal/tables';
import type { Waiting } from '../../domain/legal/waiting';
import { showDate } from '../../parts/dates';
import { lawWords, notKnownWords } from '../../words/law';
import type { Ground } from '../rights/ground';

interface Props {
  ground: Ground;
  waiting: Waiting | NotKnown | null;
}

/** Until when paying loses nothing, and what is lost after that. */
export function WaitingLines({ ground, waiting }: Props) {
  if (waiting === null) return null;
  if (waiting instanceof NotKnown)
    return <p class="notice notice--warn">{notKnownWords(waiting)}</p>;
  const lines = waitingLines(ground, waiting);
  if (lines.length === 0) return null;
  return (
    <ul class="said">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function waitingLines(ground: Ground, waiting: Waiting): string[] {
  const { day } = ground;
  const words = lawWords().wait;
  const { lastWithoutBreak, lastWithoutWait, lastKeepingFiveYears, keepsFiveYears } = waiting;
  const lines: string[] = [];
  if (lastWithoutBreak !== null && day <= lastWithoutBreak)
    lines.push(words.unbroken(showDate(lastWithoutBreak)));
  if (lastWithoutWait !== null && day <= lastWithoutWait) {
    lines.push(`${words.noWait(showDate(lastWithoutWait))} ${thenWaitWords(ground)}`.trim());
  }
  if (lastKeepingFiveYears !== null)
    lines.push(
      keepsFiveYears ? words.fiveYears(showDate(lastKeepingFiveYears)) : words.fiveYearsLost,
    );
  return lines;
}

/** How long the wait is after the last day on which the card begins at once. */
export function thenWaitWords({ tables, day }: Ground): string {
  const days = Number(tables.inForce(day, 'card_start', 'waiting_days')?.value);
  return Number.isNaN(days) ? '' : lawWords().wait.thenWait(days);
}
