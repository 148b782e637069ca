import { useState } from 'preact/hooks';
import { NumberField } from '../../parts/fields';
import { showNumber } from '../../parts/numbers';
import type { FarmLine } from '../typed';
import { t, wordFor } from '../../words';
import { APART, COUNTED, hasCost, perHead, resultOf, totalOf, withLine } from './farm_lines';

interface Props {
  lines: readonly FarmLine[];
  people: number | null;
  onChange: (lines: FarmLine[]) => void;
}

/** Revenue and cost line by line, with running totals. */
export function Worksheet({ lines, people, onChange }: Props) {
  const words = t().farm;
  const heads = perHead(lines, people);
  return (
    <section class="stack">
      {COUNTED.map((line) => (
        <Line key={line} name={line} lines={lines} onChange={onChange} />
      ))}
      <h2 class="small">{words.notCounted}</h2>
      {APART.map((line) => (
        <Line key={line} name={line} lines={lines} onChange={onChange} />
      ))}
      <dl class="card facts" aria-live="polite">
        <dt>{words.total}</dt>
        <dd>
          <b>{lines.length === 0 ? '–' : words.money(showNumber(totalOf(lines)))}</b>
        </dd>
        <dt>{words.perHead}</dt>
        <dd>
          <b>{heads === null || lines.length === 0 ? '–' : words.money(showNumber(heads))}</b>
        </dd>
      </dl>
      <p class="muted small">{words.xaDecides}</p>
    </section>
  );
}

interface LineProps {
  name: string;
  lines: readonly FarmLine[];
  onChange: (lines: FarmLine[]) => void;
}

function Line({ name, lines, onChange }: LineProps) {
  const words = t().farm;
  const line = lines.find((one) => one.line === name);
  const [open, setOpen] = useState(false);
  const title = wordFor('farm_line', name);
  if (line === undefined && !open) {
    return (
      <button type="button" class="button button--line" onClick={() => setOpen(true)}>
        + {title}
      </button>
    );
  }
  const set = (part: Partial<FarmLine>) => onChange(withLine(lines, name, part));
  return (
    <div class="card" role="group" aria-label={title}>
      <div class="row row--between">
        <b>{title}</b>
        <span class="number">{words.money(showNumber(resultOf(line ?? { line: name })))}</span>
      </div>
      <div class={hasCost(name) ? 'two' : undefined}>
        <NumberField
          label={words.revenue}
          money
          value={line?.revenue}
          onChange={(revenue) => set({ revenue })}
        />
        {hasCost(name) && (
          <NumberField
            label={words.cost}
            money
            value={line?.cost}
            onChange={(cost) => set({ cost })}
          />
        )}
      </div>
    </div>
  );
}
