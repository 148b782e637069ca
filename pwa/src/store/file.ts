/** Puts the records of a household together, merges followed. */
import type { Catalog } from './catalog';
import type { Entity, HouseholdFile, Rec } from './face';
import type { Copy } from './holdings';
import type { Overlay } from './overlay';

/** `copies`: the server's, of everything under the household. Null when there is no such household. */
export function assemble(
  id: string,
  catalog: Catalog,
  overlay: Overlay,
  copies: ReadonlyMap<string, Copy>,
): HouseholdFile | null {
  const household = show(id);
  if (household?.entity !== 'household') return null;
  const found: { [E in Entity]: Rec<E>[] } = {
    household: [],
    member: [],
    card: [],
    entitlement: [],
    visit: [],
    farm_assessment: [],
    farm_request: [],
    enrolment: [],
    sponsorship: [],
    lead: [],
    listing: [],
    field_note: [],
    waiting: [],
  };
  for (const below of catalog.under(id)) {
    const rec = show(below);
    if (rec) (found[rec.entity] as Rec[]).push(rec);
  }
  return {
    household: household as Rec<'household'>,
    members: found.member,
    cards: found.card,
    entitlements: found.entitlement,
    visits: found.visit,
    assessments: found.farm_assessment,
    farmRequests: found.farm_request,
    enrolments: found.enrolment,
    sponsorships: found.sponsorship,
    leads: found.lead,
    listings: found.listing,
    notes: found.field_note,
    waiting: found.waiting,
    memberOf: (record) => catalog.winner(record.data.member ?? ''),
  };

  function show(record: string): Rec | null {
    return overlay.show(record, copies.get(record), catalog.places.get(record)?.village ?? null);
  }
}
