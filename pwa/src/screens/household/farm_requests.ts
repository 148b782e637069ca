/* Which of a household's requests for recognition, and which worksheet, its screens speak of. */
import type { HouseholdFile, Rec } from '../../store/face';

/** The request made last, those taken back left out. */
export function latestRequest(file: HouseholdFile): Rec<'farm_request'> | null {
  const asked = file.farmRequests.filter(({ data }) => data.state !== 'cancelled');
  return asked.sort((one, other) => key(other).localeCompare(key(one)))[0] ?? null;
}

/** The request that is under way or was granted; null when the household may ask anew. */
export function standingRequest(file: HouseholdFile): Rec<'farm_request'> | null {
  const latest = latestRequest(file);
  return latest?.data.state === 'refused' ? null : latest;
}

function key({ data, id }: Rec<'farm_request'>): string {
  return `${data.requested_on ?? ''} ${id}`;
}

/** The worksheet of the latest twelve months. */
export function newestWorksheet(file: HouseholdFile): Rec<'farm_assessment'> | null {
  const months = ({ data }: Rec<'farm_assessment'>) => data.months_to ?? '';
  const sorted = [...file.assessments].sort((one, other) =>
    months(other).localeCompare(months(one)),
  );
  return sorted[0] ?? null;
}
