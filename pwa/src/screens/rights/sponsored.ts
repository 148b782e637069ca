/* What sponsors pay for the people of a household, as far as it is still open. Pure. */
import { openOn, usedBy } from '../../domain/enrolment/sponsorships';
import type { HouseholdFile, Rec } from '../../store/face';

/** A promise for one person's card: whole đồng for all its months. */
export interface Sponsored {
  readonly id: string;
  readonly sponsor: string;
  readonly amount: number;
  readonly months: number | null;
  readonly group: string | null;
  readonly endsOn: string | null;
}

/**
 * The open promise of each person, what lapses first in front. `but`: an enrolment that is being
 * put right, whose own promise is not spent yet.
 */
export function sponsoredOn(
  file: HouseholdFile,
  day: string,
  but: string | null = null,
): ReadonlyMap<string, Sponsored> {
  if (file.sponsorships.length === 0) return new Map();
  const records = new Map(file.sponsorships.map((record) => [record.id, record]));
  const enrolments = file.enrolments.filter(({ id }) => id !== but);
  const told = Object.fromEntries([...records].map(([id, { data }]) => [id, data]));
  const open = openOn(day, told, usedBy(enrolments.map(({ data }) => data)));
  const found = new Map<string, Sponsored>();
  for (const id of open) {
    const record = records.get(id);
    if (record === undefined || (record.data.amount ?? 0) <= 0) continue;
    const member = file.memberOf(record);
    if (!found.has(member)) found.set(member, said(record));
  }
  return found;
}

/** False once another enrolment has used the promise that this one names. */
export function promiseIsFree(file: HouseholdFile, enrolment: Rec<'enrolment'>): boolean {
  const { sponsorship } = enrolment.data;
  const others = file.enrolments.filter(({ id }) => id !== enrolment.id);
  return sponsorship == null || !usedBy(others.map(({ data }) => data)).has(sponsorship);
}

function said({ id, data }: Rec<'sponsorship'>): Sponsored {
  return {
    id,
    sponsor: data.sponsor_name ?? '',
    amount: data.amount ?? 0,
    months: data.months ?? null,
    group: data.insurance_group ?? null,
    endsOn: data.ends_on ?? null,
  };
}
