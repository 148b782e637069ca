import type { Summary } from '../store/face';
import type { Returned } from '../store/letters';
import { t } from '../words';
import { householdName, placeOf } from './people';
import { useStore } from './phone';

/** Whom something sent back is about, and where to find them. */
export function ReturnedAbout({ item }: { item: Returned }) {
  const summaries = useStore().summaries.value;
  const summary = item.household === null ? undefined : summaries.get(item.household);
  const name = nameOf(item, summary);
  const home = summary === undefined ? null : householdName(summary);
  const place = [
    home === name ? null : home,
    summary && placeOf(summary),
    useVillageName(item.village),
  ];
  return (
    <>
      <b>{name}</b>
      <small>{place.filter((part) => part != null && part !== '').join(' · ')}</small>
    </>
  );
}

/** The person it is about, else the household, else what kind of record never arrived. */
function nameOf({ data }: Returned, summary: Summary | undefined): string {
  const typed = data.fields?.['full_name']?.set;
  const member = summary?.members.find(({ id }) => id === data.record);
  if (member !== undefined) return member.name;
  if (typeof typed === 'string') return typed;
  return summary === undefined ? (t().entities[data.entity] ?? '') : householdName(summary);
}

/** Named when the phone holds more than one. */
function useVillageName(id: string): string | undefined {
  const villages = useStore().villages.value;
  return villages.length > 1 ? villages.find((one) => one.id === id)?.name : undefined;
}
