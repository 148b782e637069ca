/**
 * Findings: what is wrong or odd about a record as it would be after a change. A finding that
 * blocks makes its field wait for review; one that warns is shown and kept.
 * Twin: server/domain/findings/.
 */

import type { RecordEntity } from '../../wire/fields';
import type { Finding, RecordData } from './base';
import { checkCard, checkEntitlement } from './card';
import { checkEnrolment } from './enrolment';
import { checkFarmRequest } from './farm_request';
import { checkHouseholdRecord } from './household';
import { checkLead } from './lead';
import { checkListing } from './listing';
import { checkMember } from './member';
import { checkSponsorship } from './sponsorship';
import { checkFarmAssessment, checkFieldNote, checkVisit } from './visit';

export type { Finding, RecordData } from './base';
export { checkHousehold } from './household_people';

const CHECKS: Readonly<Record<RecordEntity, (data: RecordData, today: string) => Finding[]>> = {
  household: checkHouseholdRecord,
  member: checkMember,
  card: checkCard,
  entitlement: checkEntitlement,
  visit: checkVisit,
  farm_assessment: checkFarmAssessment,
  farm_request: checkFarmRequest,
  enrolment: checkEnrolment,
  sponsorship: checkSponsorship,
  lead: checkLead,
  listing: checkListing,
  field_note: checkFieldNote,
};

/**
 * What there is to say about one record, in the order of its questions. `data` is the record in
 * wire form, readable by its fields; `today` is the corrected day of the phone.
 */
export function checkRecord(entity: RecordEntity, data: RecordData, today: string): Finding[] {
  return CHECKS[entity](data, today);
}
