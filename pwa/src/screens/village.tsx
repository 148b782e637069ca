import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Store, VillageRef } from '../store/face';
import { t } from '../words';
import { useStore } from './phone';

const REMEMBERED = 'bao-phu.village';
const picked = signal<string | null>(remembered());

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

/** The village worked in now: the one chosen last, or the first. Null when none is assigned. */
export function currentVillage(store: Store): VillageRef | null {
  const villages = store.villages.value;
  return villages.find((village) => village.id === picked.value) ?? villages[0] ?? null;
}

export function pickVillage(id: string): void {
  picked.value = id;
  try {
    localStorage.setItem(REMEMBERED, id);
  } catch {
    // Chosen for now; asked again at the next start.
  }
}

/** One village needs no choosing: its name stands there. */
export function VillageSwitch() {
  const store = useStore();
  const id = useId();
  const villages = store.villages.value;
  const current = currentVillage(store);
  if (current === null) return null;
  if (villages.length === 1) return <span class="muted">{current.name}</span>;
  return (
    <span class="village-switch">
      <label for={id} class="visually-hidden">
        {t().today.village}
      </label>
      <select
        id={id}
        class="input"
        value={current.id}
        onChange={(event) => pickVillage(event.currentTarget.value)}
      >
        {villages.map((village) => (
          <option key={village.id} value={village.id}>
            {village.name}
          </option>
        ))}
      </select>
    </span>
  );
}
