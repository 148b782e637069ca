import { useEffect, useMemo, useRef } from 'preact/hooks';
import { fold } from '../../domain/text';
import { Chips } from '../../parts/chips';
import { SelectField, TextField } from '../../parts/fields';
import { Icon } from '../../parts/icon';
import { newId } from '../../store/ids';
import { t, type Choice } from '../../words';
import { useStore } from '../phone';
import { newPerson, withName } from './model';
import type { StepProps } from './wizard';

const HAMLETS_OFFERED = 6;

/** All names in one grid, the head first. An empty row always follows, so that Enter has where to go at once. */
export function NamesStep({ household, change }: StepProps) {
  const words = t().wizard;
  const boxes = useRef(new Map<number, HTMLInputElement>());
  const wanted = useRef<number | null>(household.people[0]?.full_name === '' ? 0 : null);
  useEffect(() => {
    if (wanted.current === null) return;
    boxes.current.get(wanted.current)?.focus();
    wanted.current = null;
  });
  const addRow = () => {
    wanted.current = household.people.length;
    change((now) => ({ ...now, people: [...now.people, newPerson(newId, false)] }));
  };
  const remove = (id: string) =>
    change((now) => ({ ...now, people: now.people.filter((person) => person.id !== id) }));
  return (
    <>
      <p class="muted">{words.namesHint}</p>
      <div class="stack">
        {household.people.map((person, index) => (
          <div class="input-row input-row--end" key={person.id}>
            <div class="grow">
              <TextField
                label={words.name(index)}
                value={person.full_name}
                enterKeyHint="next"
                fieldRef={(box) => {
                  if (box === null) boxes.current.delete(index);
                  else boxes.current.set(index, box);
                }}
                onChange={(value) => change((now) => withName(now, person.id, value ?? '', newId))}
                onEnter={() => boxes.current.get(index + 1)?.focus()}
              />
            </div>
            {index > 0 && (
              <button
                type="button"
                class="icon-button"
                aria-label={words.removeRow(person.full_name || words.name(index))}
                onClick={() => remove(person.id)}
              >
                <Icon name="close" />
              </button>
            )}
          </div>
        ))}
        <button type="button" class="button" onClick={addRow}>
          <Icon name="plus" />
          {words.addRow}
        </button>
      </div>
      <Place household={household} change={change} />
    </>
  );
}

function Place({ household, change }: Omit<StepProps, 'said'>) {
  const store = useStore();
  const words = t().wizard;
  const villages = store.villages.value;
  const hamlets = useMemo(() => hamletsOf(store, household.village), [store, household.village]);
  return (
    <section class="card">
      <h2>{words.place}</h2>
      {villages.length > 1 && (
        <SelectField
          label={words.village}
          options={villages.map(({ id, name }): Choice => [id, name])}
          value={household.village}
          onChange={(village) => change((now) => ({ ...now, village: village ?? '' }))}
        />
      )}
      {hamlets.length > 0 && (
        <Chips
          label={words.hamlet}
          options={hamlets.map((name): Choice => [name, name])}
          value={household.hamlet}
          onChange={(hamlet) => change((now) => ({ ...now, hamlet }))}
        />
      )}
      <TextField
        label={words.hamlet}
        quiet={hamlets.length > 0}
        placeholder={words.hamlet}
        value={household.hamlet}
        onChange={(hamlet) => change((now) => ({ ...now, hamlet }))}
      />
      <TextField
        label={words.address}
        value={household.address}
        onChange={(address) => change((now) => ({ ...now, address }))}
      />
    </section>
  );
}

/** The hamlets this village's households name most, for one tap instead of typing. */
function hamletsOf(store: ReturnType<typeof useStore>, village: string): string[] {
  const counts = new Map<string, { name: string; count: number }>();
  for (const summary of store.summaries.value.values()) {
    if (summary.village !== village || summary.hamlet === null) continue;
    const key = fold(summary.hamlet);
    const known = counts.get(key);
    counts.set(key, { name: known?.name ?? summary.hamlet, count: (known?.count ?? 0) + 1 });
  }
  return [...counts.values()]
    .sort((one, other) => other.count - one.count)
    .slice(0, HAMLETS_OFFERED)
    .map(({ name }) => name);
}
