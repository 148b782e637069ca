import { useState } from 'preact/hooks';
import { DateField, NumberField } from '../parts/fields';
import { t } from '../words';
import { useStore } from './phone';

interface Props {
  label?: string;
  value: string | null;
  estimate: boolean;
  onChange: (birth: string | null, estimate: boolean | null) => void;
  byAge?: boolean;
  error?: string | undefined;
  warning?: string | undefined;
}

/** A birth date as people tell it: a year, a whole date, or an age, which becomes a year marked as estimated. */
export function BirthField({
  label,
  value,
  estimate,
  onChange,
  byAge = true,
  error,
  warning,
}: Props) {
  const words = t().birth;
  const year = Number(useStore().today().slice(0, 4));
  const [asAge, setAsAge] = useState(estimate);
  const age = estimate && value !== null && /^\d{4}$/.test(value) ? year - Number(value) : null;
  return (
    <div class="stack stack--tight">
      {asAge ? (
        <NumberField
          label={words.age}
          value={age}
          onChange={(typed) =>
            onChange(typed === null ? null : String(year - typed), typed === null ? null : true)
          }
          hint={age === null ? undefined : words.estimate(year - age)}
          error={error}
          warning={warning}
        />
      ) : (
        <DateField
          label={label ?? words.label}
          example={words.example}
          value={value}
          onChange={(birth) => onChange(birth, null)}
          error={error}
          warning={warning}
        />
      )}
      {byAge && (
        <button
          type="button"
          class="button button--quiet button--start"
          onClick={() => setAsAge(!asAge)}
        >
          {asAge ? words.byDate : words.byAge}
        </button>
      )}
    </div>
  );
}
