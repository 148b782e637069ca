/* How people and households are spoken of on every screen. */
import { addDays } from '../domain/partial';
import { ageOn, showDate } from '../parts/dates';
import type { Shown } from '../parts/status';
import { momentOf } from '../store/clock';
import type { MemberSummary, Summary } from '../store/face';
import { t } from '../words';

const ENDING_DAYS = 30;

/** The status as it is shown: a covered person whose card ends within thirty days is 'ending'. */
export function shownStatus(member: MemberSummary, today: string): Shown {
  if (member.status !== 'covered' || member.cardTo === null) return member.status;
  return member.cardTo <= addDays(today, ENDING_DAYS) ? 'ending' : 'covered';
}

/** The day that belongs to the shown status. A card without an end has none. */
export function statusDay(member: MemberSummary): string | null {
  return member.status === 'covered' || member.status === 'expired' ? member.cardTo : null;
}

export function ageText(birth: string | null | undefined, today: string): string {
  const age = ageOn(birth, today);
  if (age === null) return '';
  return age.years < 2 && age.months < 24
    ? t().household.months(age.months)
    : t().household.age(age.years);
}

/** Year of birth with the age beside it: `1980 · 46 tuổi`. */
export function birthText(birth: string | null, estimate: boolean, today: string): string {
  if (birth === null) return '';
  const about = estimate ? `${t().birth.about} ` : '';
  return [about + showDate(birth), ageText(birth, today)].filter((part) => part !== '').join(' · ');
}

export function householdName(summary: Summary): string {
  const first = summary.headName ?? summary.members.find((member) => member.counted)?.name;
  return first === undefined ? t().household.untitled : t().household.title(first);
}

export function placeOf(summary: Summary): string {
  return [summary.hamlet, summary.address]
    .filter((part) => part != null && part !== '')
    .join(' · ');
}

export function living(summary: Summary): MemberSummary[] {
  return summary.members.filter((member) => !member.ended && !member.merged);
}

/** `hôm nay`, `hôm qua`, or the date. */
export function dayText(day: string | null, today: string): string {
  if (day === null) return t().app.never;
  if (day === today) return t().app.today;
  if (day === addDays(today, -1)) return t().app.yesterday;
  return showDate(day);
}

/**
 * A moment as hour and minute on the same day, else as a date with them. The time is that of
 * Việt Nam, like the day: a phone's own zone may be as wrong as its clock.
 */
export function momentText(moment: string | null, today: string): string {
  if (moment === null) return t().app.never;
  const [day = '', time = ''] = momentOf(Date.parse(moment)).split('T');
  const clock = time.slice(0, 5);
  return day === today ? clock : `${clock} ${dayText(day, today)}`;
}
