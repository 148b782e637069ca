/* The other road to the server: files out of this phone, and files of other phones on their way. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CarriedRow } from '../../store/carried';
import { t } from '../../words';
import { Exporting } from './exporting';
import { momentText } from '../people';
import { usePhone, useStore } from '../phone';

export function FileRoad() {
  const { unsent, needsHelp } = useStore().trust.value;
  const words = t().files;
  return (
    <section class="card stack">
      <h2>{words.title}</h2>
      <p class="muted">{words.text}</p>
      {unsent + needsHelp > 0 ? (
        <Exporting which="unsent" label={words.exportUnsent(unsent + needsHelp)} />
      ) : (
        <p>{words.nothing}</p>
      )}
      <Taking />
    </section>
  );
}

function Taking() {
  const { store, doors } = usePhone();
  const words = t().files;
  const chooser = useRef<HTMLInputElement>(null);
  const [rows, setRows] = useState<readonly CarriedRow[]>([]);
  const [said, setSaid] = useState<{ wrong: boolean; text: string } | null>(null);
  const { syncing } = store.trust.value;
  const read = () => void store.carriedFiles().then(setRows);
  useEffect(read, [store, syncing]);
  const take = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      const refusal = await store.carry(file, file.name);
      setSaid({
        wrong: refusal !== null,
        text: refusal === null ? words.taken : (words.troubles[refusal] ?? words.takeFailed),
      });
      read();
      if (refusal === null) void doors.syncNow();
    } catch {
      setSaid({ wrong: true, text: words.takeFailed });
    }
    // The same file may be chosen again.
    input.value = '';
  };
  return (
    <>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={words.take}
        onChange={(event) => void take(event.currentTarget)}
      />
      <button type="button" class="button" onClick={() => chooser.current?.click()}>
        {words.take}
      </button>
      {said !== null && (said.wrong || rows.some(({ state }) => state === 'kept')) && (
        <p
          class={`notice${said.wrong ? ' notice--warn' : ''}`}
          role={said.wrong ? 'alert' : 'status'}
        >
          {said.text}
        </p>
      )}
      {rows.length > 0 && (
        <>
          <h3>{words.carried}</h3>
          <ul class="stack">
            {rows.map((row) => (
              <CarriedFile
                key={row.id}
                row={row}
                onDrop={() => void store.dropCarried(row.id).then(read)}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function CarriedFile({ row, onDrop }: { row: CarriedRow; onDrop: () => void }) {
  const words = t().files;
  const today = useStore().today();
  const { answer, trouble } = row;
  return (
    <li class="stack stack--tight">
      <b>{row.name}</b>
      <span class="muted small">{words.of(row.count, momentText(row.madeAt, today))}</span>
      {row.state === 'kept' && <span>{words.kept}</span>}
      {answer !== null && <span>{words.result(answer.applied, answer.waiting, answer.known)}</span>}
      {answer !== null && answer.malformed > 0 && <span>{words.malformed(answer.malformed)}</span>}
      {answer?.proven === false && <span>{words.unproven}</span>}
      {trouble !== null && <span>{words.troubles[trouble] ?? words.trouble}</span>}
      {row.state !== 'kept' && (
        <button type="button" class="button button--quiet" onClick={onDrop}>
          {words.drop}
        </button>
      )}
    </li>
  );
}
