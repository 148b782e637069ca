/* What the officer sent back, and the record it is about. */
import type { HouseholdFile, Rec } from '../../store/face';

export type Anything =
  | Rec<'household'>
  | Rec<'member'>
  | Rec<'card'>
  | Rec<'entitlement'>
  | Rec<'visit'>
  | Rec<'farm_assessment'>
  | Rec<'farm_request'>
  | Rec<'enrolment'>
  | Rec<'sponsorship'>
  | Rec<'lead'>
  | Rec<'listing'>
  | Rec<'field_note'>;

export function returnedOf(file: HouseholdFile): Rec<'waiting'>[] {
  return file.waiting.filter(({ data }) => data.state === 'returned');
}

/** The record a waiting change is about, when it is on this phone. */
export function recordOf(file: HouseholdFile, id: string): Anything | null {
  const all: Anything[] = [
    file.household,
    ...file.members,
    ...file.cards,
    ...file.entitlements,
    ...file.visits,
    ...file.assessments,
    ...file.farmRequests,
    ...file.enrolments,
    ...file.sponsorships,
    ...file.leads,
    ...file.listings,
    ...file.notes,
  ];
  return all.find((record) => record.id === id) ?? null;
}

/** Whom or what a waiting change is about, in a few words. */
export function aboutWhom(file: HouseholdFile, waiting: Rec<'waiting'>): string {
  const record = recordOf(file, waiting.data.record);
  if (record === null) return '';
  if (record.entity === 'member') return (record as Rec<'member'>).data.full_name ?? '';
  if (['card', 'entitlement', 'lead'].includes(record.entity)) {
    const owner = file.memberOf(record as Rec<'card'>);
    return file.members.find(({ id }) => id === owner)?.data.full_name ?? '';
  }
  return '';
}
