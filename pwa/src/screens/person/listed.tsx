import { type Listing, standingOn } from '../../domain/listings';
import { Icon } from '../../parts/icon';
import type { HouseholdFile } from '../../store/face';
import { t, wordFor } from '../../words';
import { dayText } from '../people';
import { useStore } from '../phone';

/** The list on which a person stands, merges followed. */
export function listingOf(file: HouseholdFile, member: string, day: string): Listing | null {
  const own = file.listings.filter((listing) => file.memberOf(listing) === member);
  return standingOn(
    day,
    own.map(({ id, data }) => [id, data] as const),
  );
}

/** 'Where is my card?' On which list, and how far that has come. */
export function Listed({ file, member }: { file: HouseholdFile; member: string }) {
  const today = useStore().today();
  const listing = listingOf(file, member, today);
  if (listing === null) return null;
  return (
    <p class="row small">
      <Icon name="list" />
      <span class="grow">
        {t().card.onList(listing.list_number ?? '')}
        <br />
        <span class="muted">
          {wordFor('listing_state', listing.state)} · {dayText(listing.state_on ?? null, today)}
        </span>
      </span>
    </p>
  );
}
