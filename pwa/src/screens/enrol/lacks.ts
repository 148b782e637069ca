/* What the insurance's list still asks of an enrolment, made or about to be. Pure. */
import { enrolmentLacks, type Filed, type Lack } from '../../domain/lacking';
import type { Edit, HouseholdFile, Rec } from '../../store/face';

/** Of an enrolment on record. */
export function lacksOf(file: HouseholdFile, enrolment: Rec<'enrolment'>): Lack[] {
  return ofPerson(file, enrolment, file.memberOf(enrolment));
}

/** Of everybody a receipt would be written for, in its order. */
export function lacksOfAll(file: HouseholdFile, edits: readonly Edit[]): Lack[] {
  return edits.flatMap(({ record, set }) =>
    ofPerson(file, { id: record, data: set }, String(set['member'])),
  );
}

function ofPerson(file: HouseholdFile, enrolment: Filed, id: string): Lack[] {
  const member = file.members.find((one) => one.id === id);
  if (member === undefined) return [];
  const cards = file.cards.filter((card) => file.memberOf(card) === id);
  return enrolmentLacks(
    enrolment,
    member,
    cards.map(({ data }) => data),
  );
}
