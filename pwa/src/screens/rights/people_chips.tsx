import { Dot } from '../../parts/status';
import type { Standing } from './people';

interface Props {
  label: string;
  hint?: string;
  people: readonly Standing[];
  isChosen: (id: string) => boolean;
  turn: (id: string) => void;
}

/** Who takes part: a tap adds or leaves out; the dot says how each stands. */
export function PeopleChips({ label, hint, people, isChosen, turn }: Props) {
  return (
    <div class="field" role="group" aria-label={label}>
      <span class="label">{label}</span>
      {hint !== undefined && <span class="hint">{hint}</span>}
      <div class="chips">
        {people.map(({ member, name, status, ending }) => (
          <button
            type="button"
            key={member.id}
            class="chip"
            aria-pressed={isChosen(member.id)}
            onClick={() => turn(member.id)}
          >
            <Dot shown={ending === null ? status : 'ending'} />
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}
