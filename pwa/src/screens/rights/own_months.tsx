import { Chips } from '../../parts/chips';
import { Fold } from '../../parts/fold';
import { lawWords } from '../../words/law';
import { MONTHS } from './price';

const USUAL = MONTHS.length;

/** Numbers of months that single people chose, by member; everybody else pays for the usual ones. */
export type MonthsChosen = Readonly<Record<string, number>>;

/** The months of one person: their own number where the group allows it, else the usual one. */
export function monthsFor(
  chosen: MonthsChosen,
  id: string,
  allowed: readonly number[],
  usual: number,
): number {
  const own = chosen[id];
  return own !== undefined && allowed.includes(own) ? own : usual;
}

/** After a tap: the usual number, or the same one again, is no choice of one's own. */
export function withMonths(
  chosen: MonthsChosen,
  id: string,
  picked: number | null,
  usual: number,
): MonthsChosen {
  const others = Object.entries(chosen).filter(([member]) => member !== id);
  const own: [string, number][] = picked === null || picked === usual ? [] : [[id, picked]];
  return Object.fromEntries([...others, ...own]);
}

interface Props {
  allowed: readonly number[];
  months: number;
  usual: number;
  onChange: (picked: number | null) => void;
}

/** Another number of months for one person: pupils and students may pay any number up to twelve. */
export function OwnMonths({ allowed, months, usual, onChange }: Props) {
  const words = lawWords().months;
  const any = allowed.length > USUAL;
  const [first, last] = [Math.min(...allowed), Math.max(...allowed)];
  return (
    <Fold
      open={months !== usual}
      title={
        <span class="grow">
          {words.pays(months)}
          <small class="muted"> · {any ? words.any(first, last) : words.other}</small>
        </span>
      }
    >
      <Chips
        label={words.label}
        quiet
        options={allowed.map((count) => [String(count), String(count)])}
        value={String(months)}
        onChange={(choice) => onChange(choice === null ? null : Number(choice))}
      />
    </Fold>
  );
}
