/** Deadlines over weekends and holidays. Twin: server/domain/legal/working_days.py. */

import { addDays, addMonths } from '../partial';
import { answered, known, Law } from './law';
import type { LegalRow, NotKnown, Tables } from './tables';

const REST = [0, 6];
const OFF = ['holiday', 'swap_off', 'compensation'];

/** `on` when no doubtful day is off, `atLatest` when all are; `rows`: days that counted. */
export interface Deadline {
  readonly on: string;
  readonly atLatest: string;
  readonly rows: readonly LegalRow[];
}

/** When the review of a farm household's request opens, work starts and the result is due. */
export interface ReviewDates {
  readonly opensOn: string;
  readonly workStartsOn: string;
  readonly due: Deadline;
}

type IsWorking = (day: string) => boolean;

function isWorking(
  tables: Tables,
  day: string,
  doubtfulWorks: boolean,
): readonly [boolean, LegalRow | null] {
  const law = new Law(tables, day);
  law.row('days_off', 'calendar');
  const row = law.find('days_off', 'day');
  if (row?.value === 'working_saturday') return [true, row];
  if (row && (OFF.includes(row.value) || !doubtfulWorks)) return [false, row];
  return [!REST.includes(new Date(`${day}T00:00:00Z`).getUTCDay()), null];
}

function both(tables: Tables, find: (working: IsWorking) => string): Deadline {
  const rows = new Set<LegalRow>();
  const working = (doubtfulWorks: boolean) => (day: string) => {
    const [works, row] = isWorking(tables, day, doubtfulWorks);
    if (row) rows.add(row);
    return works;
  };
  const on = find(working(true));
  const atLatest = find(working(false));
  const sorted = [...rows].sort((a, b) => (a.valid_from < b.valid_from ? -1 : 1));
  return { on, atLatest, rows: sorted };
}

/** The end of so many working days after a day, which is not counted itself. */
export function workingDayDeadline(
  tables: Tables,
  start: string,
  days: number,
): Deadline | NotKnown {
  return answered(() =>
    both(tables, (working) => {
      let [day, left] = [start, days];
      while (left > 0) {
        day = addDays(day, 1);
        if (working(day)) left -= 1;
      }
      return day;
    }),
  );
}

/** The end of so many days after a day, moved to the next working day. */
export function calendarDeadline(tables: Tables, start: string, days: number): Deadline | NotKnown {
  return answered(() =>
    both(tables, (working) => {
      let day = addDays(start, days);
      while (!working(day)) day = addDays(day, 1);
      return day;
    }),
  );
}

/** When the review of a request opens and its result is due; a request of the 15th is in time. */
export function reviewDates(tables: Tables, requestedOn: string): ReviewDates | NotKnown {
  return answered(() => {
    const law = new Law(tables, requestedOn);
    const reviewDay = law.number('farm_lines', 'review_day');
    let month = requestedOn.slice(0, 7);
    if (Number(requestedOn.slice(8)) > reviewDay) month = addMonths(`${month}-01`, 1).slice(0, 7);
    const opensOn = `${month}-${String(reviewDay).padStart(2, '0')}`;
    const starts = known(calendarDeadline(tables, opensOn, 0));
    const days = law.number('farm_lines', 'review_days');
    return {
      opensOn,
      workStartsOn: starts.on,
      due: known(calendarDeadline(tables, opensOn, days)),
    };
  });
}
