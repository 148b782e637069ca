import type { LegalRow } from '../../domain/legal/tables';
import { Icon } from '../../parts/icon';
import { lawWords } from '../../words/law';

/** The articles behind the answer, each once. */
export function Basis({ rows }: { rows: readonly LegalRow[] }) {
  const sources = new Map<string, string[]>();
  for (const { source, name_vi } of rows) {
    const named = sources.get(source);
    if (named === undefined) sources.set(source, [name_vi]);
    else if (!named.includes(name_vi)) named.push(name_vi);
  }
  if (sources.size === 0) return null;
  return (
    <details class="fold">
      <summary>
        {lawWords().price.basis}
        <Icon name="down" />
      </summary>
      <ul class="said small">
        {[...sources].map(([source, names]) => (
          <li key={source}>
            {names.join('; ')} <span class="muted">({source})</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
