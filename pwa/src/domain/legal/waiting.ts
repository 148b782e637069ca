/** What is lost by waiting. Twin: server/domain/legal/waiting.py. */

import { addDays, daysBetween, lastDay } from '../partial';
import { paidCard } from './card_dates';
import { lastDayUnbroken } from './five_years';
import { answered, known, Law } from './law';
import type { LegalRow, NotKnown, Tables } from './tables';

/** The last payment days that keep something, and what paying on the day means. */
export interface Waiting {
  readonly startIfToday: string;
  readonly rule: string;
  readonly lastWithoutBreak: string | null;
  readonly lastWithoutWait: string | null;
  readonly lastKeepingFiveYears: string | null;
  readonly keepsFiveYears: boolean;
  readonly uncoveredIfToday: number;
  readonly rows: readonly LegalRow[];
}

/** What a person keeps by paying on the day, and until when; without a card before, nothing. */
export function waiting(
  tables: Tables,
  day: string,
  previousEnd: string | null,
): Waiting | NotKnown {
  return answered(() => {
    const today = known(paidCard(tables, day, 1, previousEnd));
    const law = new Law(tables, day);
    const end = previousEnd ? lastDay(previousEnd) : null;
    const unbroken = end && lastDayUnbroken(law, end);
    const gap = law.number('card_start', 'gap_waiting_days');
    return {
      startIfToday: today.validFrom,
      rule: today.rule,
      lastWithoutBreak: end && addDays(end, 1),
      lastWithoutWait: end && addDays(end, gap),
      lastKeepingFiveYears: unbroken,
      keepsFiveYears: unbroken !== null && day <= unbroken,
      uncoveredIfToday: daysBetween(end ? addDays(end, 1) : day, today.validFrom),
      rows: [...new Set([...today.rows, ...law.rows])],
    };
  });
}
