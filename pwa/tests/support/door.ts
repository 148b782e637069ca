/** A household as its file, and the ground of the rules, for tests of what is said at the door. */
import { NO_AREA } from '../../src/domain/legal/facts';
import { placeAhead } from '../../src/domain/legal/support_end';
import type { Ground } from '../../src/screens/rights/ground';
import type { HouseholdFile, Rec, Values } from '../../src/store/face';
import { nationalTables } from './legal_tables';

export const DAY = '2026-11-22';
const TABLES = nationalTables();

export function ground(more: Partial<Ground> = {}): Ground {
  return {
    tables: TABLES,
    day: DAY,
    area: NO_AREA,
    ahead: placeAhead(TABLES, DAY, []),
    place: { province: null, former: null },
    ...more,
  };
}

export interface Told {
  id: string;
  member: Values;
  cards?: Values[];
  rights?: Values[];
  promises?: Values[];
  leads?: Values[];
  listings?: Values[];
}

function record(entity: string, id: string, data: Values): Rec {
  return {
    entity,
    id,
    village: 'v1',
    rev: 1,
    data,
    pending: 'none',
    waitingFields: [],
  } as unknown as Rec;
}

/** Members stand in the order told; each has a card only where told so. */
export function home(household: Values, people: readonly Told[]): HouseholdFile {
  const rows = (entity: string, of: (person: Told) => Values[] | undefined) =>
    people.flatMap((person) =>
      (of(person) ?? []).map((data, at) =>
        record(entity, `${entity}-${person.id}-${at}`, { member: person.id, ...data }),
      ),
    );
  const members = people.map(({ id, member }) =>
    record('member', id, { household: 'h', full_name: id, registration: 'permanent', ...member }),
  );
  return {
    household: record('household', 'h', household),
    members,
    cards: rows('card', ({ cards }) => cards),
    entitlements: rows('entitlement', ({ rights }) => rights),
    enrolments: [],
    sponsorships: rows('sponsorship', ({ promises }) => promises),
    leads: rows('lead', ({ leads }) => leads),
    listings: rows('listing', ({ listings }) => listings),
    farmRequests: [],
    visits: [],
    assessments: [],
    notes: [],
    waiting: [],
    memberOf: ({ data }: { data: Values }) => String(data['member']),
  } as unknown as HouseholdFile;
}

export const NEVER = { insurance_answer: 'never_had', insurance_asked_on: '2026-11-01' };

export function card(valid_to: string, more: Values = {}): Values {
  return { evidence: 'app', valid_from: '2025-01-01', valid_to, ...more };
}
