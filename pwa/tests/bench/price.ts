/** What the price screen works out for a household of five when it is opened: for the bench. */

import { NO_AREA } from '../../src/domain/legal/facts';
import { placeAhead } from '../../src/domain/legal/support_end';
import type { Tables } from '../../src/domain/legal/tables';
import type { Ground } from '../../src/screens/rights/ground';
import { standings } from '../../src/screens/rights/people';
import { ladderPlaces, offersOf, waitingOf, waysOf } from '../../src/screens/rights/price';
import type { HouseholdFile, Rec, Values } from '../../src/store/face';

const DAY = '2026-11-22';
const MONTHS = () => 12;
const BORN = ['1950-03-01', '1978-07-12', '1981', '2011-10-05', '1999-02-20'];
const WORK = ['farm', 'farm', 'farm', 'pupil', 'farm'];

/** A recognised farm household of five whose cards ended in May, as the phone's store reads it. */
export function file(): HouseholdFile {
  const members = BORN.map((birth_date, at) => {
    const told = { work: WORK[at], registration: 'permanent', ethnic_group: '13' };
    return record('member', `m${at}`, { household: 'h', full_name: `m${at}`, birth_date, ...told });
  });
  const cards = members.map(({ id }) =>
    record('card', `c-${id}`, {
      member: id,
      evidence: 'bhxh_list',
      insurance_group: 'GB',
      valid_from: '2025-06-01',
      valid_to: '2026-05-31',
    }),
  );
  return {
    household: record('household', 'h', { average_farm: true, living_class: 'average' }),
    members,
    cards,
    entitlements: [],
    enrolments: [],
    sponsorships: [],
    visits: [],
    assessments: [],
    farmRequests: [],
    notes: [],
    waiting: [],
    memberOf: ({ data }: { data: Values }) => String(data['member']),
  } as unknown as HouseholdFile;
}

/** Who stands where, what each may join under and for how much, the ways side by side. */
export function price(tables: Tables, home: HouseholdFile): number {
  const ahead = placeAhead(tables, DAY, []);
  const place = { province: '52', former: null };
  const ground: Ground = { tables, day: DAY, area: NO_AREA, ahead, place };
  const people = standings(home, ground);
  const places = ladderPlaces(people, 1);
  for (const one of people) {
    offersOf(ground, one, places.get(one.member.id) ?? 1);
    waitingOf(ground, one);
  }
  const found = waysOf(ground, people, MONTHS, 1);
  return 'ways' in found ? found.ways.length : 0;
}

function record(entity: string, id: string, data: Values): Rec {
  const kept = { entity, id, village: 'v', rev: 1, pending: 'none', waitingFields: [] };
  return { ...kept, data } as unknown as Rec;
}
