/** Checks of a person's place on a list. Twin: server/domain/findings/listing.py. */

import { ahead, type Finding, type RecordData } from './base';

/** A list takes no step on a day to come. */
export function checkListing(data: RecordData, today: string): Finding[] {
  return ahead(data, today, ['state_on']);
}
