import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { lawWords } from '../../words/law';
import { useStore } from '../phone';
import { currentVillage } from '../village';

const ALL = 'all';
/** Null: the village worked in now. */
const picked = signal<string | null>(null);

/** The villages a list is about: the one worked in, another, or all on this phone. */
export function useListedVillages(): readonly string[] {
  const store = useStore();
  const ids = store.villages.value.map(({ id }) => id);
  if (picked.value === ALL) return ids;
  if (picked.value !== null && ids.includes(picked.value)) return [picked.value];
  const current = currentVillage(store);
  return current === null ? [] : [current.id];
}

/** One village needs no choosing. */
export function VillageFilter() {
  const store = useStore();
  const id = useId();
  const villages = store.villages.value;
  const listed = useListedVillages();
  if (villages.length < 2) return null;
  const words = lawWords().renew;
  return (
    <div class="field">
      <label for={id}>{words.village}</label>
      <select
        id={id}
        class="input"
        value={picked.value === ALL ? ALL : listed[0]}
        onChange={(event) => (picked.value = event.currentTarget.value)}
      >
        <option value={ALL}>{words.all}</option>
        {villages.map((village) => (
          <option key={village.id} value={village.id}>
            {village.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The name of a household's village, where a list is about more than one. */
export function useVillageNames(): ReadonlyMap<string, string> {
  const villages = useStore().villages.value;
  return new Map(villages.length > 1 ? villages.map(({ id, name }) => [id, name]) : []);
}
