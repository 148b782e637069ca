import type { ComponentChildren, JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t, type Choice } from '../words';
import { readDate, showDate } from './dates';
import { readMoney, showNumber } from './numbers';

export interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  warning?: string | undefined;
  quiet?: boolean | undefined;
}

interface Aria {
  id: string;
  'aria-invalid': 'true' | undefined;
  'aria-describedby': string | undefined;
}

interface WrapProps extends FieldProps {
  children: (aria: Aria) => ComponentChildren;
}

/** Label, field, and what is wrong with it, tied together for screen readers. */
export function Field({ label, hint, error, warning, quiet, children }: WrapProps) {
  const id = useId();
  const said = error ?? warning;
  const described = [hint === undefined ? '' : `${id}-hint`, said === undefined ? '' : `${id}-said`]
    .filter((part) => part !== '')
    .join(' ');
  const aria: Aria = {
    id,
    'aria-invalid': error === undefined ? undefined : 'true',
    'aria-describedby': described === '' ? undefined : described,
  };
  return (
    <div class="field">
      <label for={id} class={quiet === true ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children(aria)}
      {said !== undefined && (
        <span class={error === undefined ? 'warning' : 'error'} id={`${id}-said`}>
          {said}
        </span>
      )}
    </div>
  );
}

interface TextProps extends FieldProps {
  value: string | null | undefined;
  onChange: (value: string | null) => void;
  type?: 'text' | 'tel' | 'password';
  digits?: boolean;
  long?: boolean;
  limit?: number;
  autocomplete?: string;
  placeholder?: string;
  enterKeyHint?: 'next' | 'done' | 'go';
  onEnter?: () => void;
  fieldRef?: (element: HTMLInputElement | null) => void;
}

export function TextField({ value, onChange, long, digits, ...rest }: TextProps) {
  const {
    type = 'text',
    limit,
    autocomplete,
    placeholder,
    enterKeyHint,
    onEnter,
    fieldRef,
    ...field
  } = rest;
  // Nobody is told off in the middle of a word: what is wrong is said when the field is left.
  const [inside, setInside] = useState(false);
  const quiet = inside ? { error: undefined, warning: undefined } : {};
  const typed = (event: JSX.TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onChange(event.currentTarget.value);
  return (
    <Field {...field} {...quiet}>
      {(aria) =>
        long === true ? (
          <textarea
            class="input"
            {...aria}
            value={value ?? ''}
            maxLength={limit ?? 2000}
            onInput={typed}
          />
        ) : (
          <input
            class="input"
            {...aria}
            ref={fieldRef ?? null}
            type={type}
            inputMode={digits === true ? 'numeric' : undefined}
            maxLength={limit ?? 200}
            autocomplete={autocomplete ?? 'off'}
            placeholder={placeholder}
            enterkeyhint={enterKeyHint}
            value={value ?? ''}
            onInput={typed}
            onFocus={() => setInside(true)}
            onBlur={() => setInside(false)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || onEnter === undefined) return;
              event.preventDefault();
              onEnter();
            }}
          />
        )
      }
    </Field>
  );
}

interface DateProps extends FieldProps {
  example?: string;
  value: string | null | undefined;
  onChange: (value: string | null) => void;
}

/**
 * A date typed freely. What cannot be read is handed on as typed, so that a half-typed date survives
 * and the check refuses it in words instead of losing it.
 */
export function DateField({ value, onChange, example, ...field }: DateProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const unread = typed === null && value != null && value !== '' && readDate(value) === null;
  const words = t().birth;
  return (
    <Field
      {...field}
      error={typed === null ? (unread ? words.unreadable : field.error) : undefined}
      warning={typed === null ? field.warning : undefined}
      hint={field.hint ?? words.hint}
    >
      {(aria) => (
        <input
          class="input"
          {...aria}
          type="text"
          inputMode="numeric"
          autocomplete="off"
          placeholder={example ?? words.dayExample}
          value={typed ?? showDate(value)}
          onInput={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            onChange(text.trim() === '' ? null : (readDate(text) ?? text));
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  );
}

interface NumberProps extends FieldProps {
  value: number | null | undefined;
  onChange: (value: number | null) => void;
  money?: boolean;
}

/** A whole number; money gets its thousand dots while it is typed. */
export function NumberField({ value, onChange, money, ...field }: NumberProps) {
  return (
    <Field {...field}>
      {(aria) => (
        <input
          class="input input--number"
          {...aria}
          type="text"
          inputMode="numeric"
          autocomplete="off"
          maxLength={money === true ? 20 : 4}
          value={value == null ? '' : money === true ? showNumber(value) : String(value)}
          onInput={(event) => {
            const read = readMoney(event.currentTarget.value);
            onChange(read);
            // Preact leaves the box alone when the value stays the same, letters and all.
            event.currentTarget.value =
              read === null ? '' : money === true ? showNumber(read) : String(read);
          }}
        />
      )}
    </Field>
  );
}

interface SelectProps extends FieldProps {
  value: string | null | undefined;
  onChange: (value: string | null) => void;
  options: readonly Choice[];
}

/** A long list: the phone's own picker is the quickest. */
export function SelectField({ value, onChange, options, ...field }: SelectProps) {
  return (
    <Field {...field}>
      {(aria) => (
        <select
          class="input"
          {...aria}
          value={value ?? ''}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        >
          <option value="">–</option>
          {options.map(([choice, word]) => (
            <option key={choice} value={choice}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
