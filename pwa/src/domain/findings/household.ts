/** Checks of a household's own record. */

import {
  ahead,
  blocks,
  endedProperly,
  type Finding,
  longAgo,
  numeral,
  period,
  type RecordData,
  text,
  unusualPhone,
  warns,
} from './base';

/** Viet Nam with its islands, in degrees. */
const LATITUDES = [6.5, 23.5] as const;
const LONGITUDES = [102, 118] as const;

/** Days, class, place and end of a household. */
export function checkHouseholdRecord(data: RecordData, today: string): Finding[] {
  return [
    ...ahead(data, today, ['notice_on', 'confirmed_on', 'ended_on']),
    ...longAgo(data, today, ['notice_on', 'confirmed_on']),
    ...period(data, 'living_class_from', 'living_class_to'),
    ...recognition(data),
    ...place(data),
    ...unusualPhone(data),
    ...endedProperly(data),
  ];
}

function recognition(data: RecordData): Finding[] {
  const other = text(data, 'living_class') && text(data, 'living_class') !== 'average';
  return data['average_farm'] && other ? [warns('average_farm_class', 'living_class')] : [];
}

function place(data: RecordData): Finding[] {
  const [latitude, longitude] = [numeral(data, 'latitude'), numeral(data, 'longitude')];
  if (latitude === null && longitude === null) return [];
  if (latitude === null) return [blocks('half_a_place', 'latitude')];
  if (longitude === null) return [blocks('half_a_place', 'longitude')];
  const inside = within(latitude, LATITUDES) && within(longitude, LONGITUDES);
  return inside ? [] : [warns('outside_vietnam', 'latitude')];
}

function within(value: number, [low, high]: readonly [number, number]): boolean {
  return low <= value && value <= high;
}
