import { useId } from 'preact/hooks';
import { t, type Choice } from '../words';

interface ChipsProps {
  label: string;
  options: readonly Choice[];
  value: string | null | undefined;
  onChange: (value: string | null) => void;
  /** The label is read out but not shown, where the place says it already. */
  quiet?: boolean;
  hint?: string | undefined;
  error?: string | undefined;
  warning?: string | undefined;
}

/** One choice of a few, one tap each; a second tap takes it back. */
export function Chips({
  label,
  options,
  value,
  onChange,
  quiet,
  hint,
  error,
  warning,
}: ChipsProps) {
  const id = useId();
  return (
    <div class="field" role="group" aria-labelledby={id}>
      <span id={id} class={quiet === true ? 'visually-hidden' : 'label'}>
        {label}
      </span>
      {hint !== undefined && <span class="hint">{hint}</span>}
      <div class="chips">
        {options.map(([choice, word]) => (
          <button
            type="button"
            key={choice}
            class="chip"
            aria-pressed={choice === value}
            onClick={() => onChange(choice === value ? null : choice)}
          >
            {word}
          </button>
        ))}
      </div>
      {error !== undefined && <span class="error">{error}</span>}
      {warning !== undefined && <span class="warning">{warning}</span>}
    </div>
  );
}

interface YesNoProps extends Omit<ChipsProps, 'options' | 'value' | 'onChange'> {
  value: boolean | null | undefined;
  onChange: (value: boolean | null) => void;
}

export function YesNo({ value, onChange, ...rest }: YesNoProps) {
  const options: Choice[] = [
    ['yes', t().app.yes],
    ['no', t().app.no],
  ];
  const shown = value == null ? null : value ? 'yes' : 'no';
  return (
    <Chips
      {...rest}
      options={options}
      value={shown}
      onChange={(choice) => onChange(choice === null ? null : choice === 'yes')}
    />
  );
}
