import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { editOf } from '../../store/edits';
import type { HouseholdFile } from '../../store/face';
import { t } from '../../words';
import { useSaving } from '../saving';

type State = 'idle' | 'working' | 'failed' | 'refused';

/** Where the house stands, only when the surveyor asks for it. */
export function Location({ file }: { file: HouseholdFile }) {
  const words = t().household;
  const saving = useSaving();
  const [state, setState] = useState<State>('idle');
  const { data } = file.household;
  const take = () => {
    setState('working');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('idle');
        const place = {
          latitude: rounded(coords.latitude),
          longitude: rounded(coords.longitude),
          accuracy_m: Math.round(coords.accuracy),
        };
        void saving.save([editOf(file.household, place)], words.locationDone(place.accuracy_m));
      },
      (error) => setState(error.code === error.PERMISSION_DENIED ? 'refused' : 'failed'),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    );
  };
  if (!('geolocation' in navigator)) return null;
  return (
    <div class="stack stack--tight">
      <button
        type="button"
        class="button"
        aria-disabled={state === 'working' ? 'true' : undefined}
        onClick={take}
      >
        <Icon name="pin" />
        {state === 'working'
          ? words.locationWorking
          : data.latitude == null
            ? words.location
            : words.locationAgain}
      </button>
      {data.accuracy_m != null && <p class="muted small">{words.locationDone(data.accuracy_m)}</p>}
      {state === 'failed' && (
        <p class="error" role="alert">
          {words.locationFailed}
        </p>
      )}
      {state === 'refused' && (
        <p class="error" role="alert">
          {words.locationRefused}
        </p>
      )}
    </div>
  );
}

/** Six decimals are a tenth of a metre; more is noise. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
