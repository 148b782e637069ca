import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import type { HouseholdFile, Rec } from '../../store/face';
import { fieldName, t } from '../../words';
import { useStore } from '../phone';
import { showValue } from '../show_value';
import { aboutWhom, returnedOf } from './waiting';

/** What the officer sent back for this household, field by field, with the officer's words. */
export function Returned({ file }: { file: HouseholdFile }) {
  const answered = useAnswered();
  const open = returnedOf(file);
  if (open.length === 0) return null;
  return (
    <section class="stack">
      <h2>{t().returned.title}</h2>
      {open.map((waiting) => (
        <One
          key={waiting.id}
          file={file}
          waiting={waiting}
          answered={answered.has(waiting.data.change)}
        />
      ))}
    </section>
  );
}

/** Changes that an own edit answers already, sent or not. */
function useAnswered(): ReadonlySet<string> {
  const store = useStore();
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    let current = true;
    void store.outbox().then((entries) => {
      const named = entries.map(({ change }) => change.answers);
      if (current) setAnswered(new Set(named.filter((id): id is string => id !== null)));
    });
    return () => {
      current = false;
    };
  }, [store, store.changed.value]);
  return answered;
}

interface OneProps {
  file: HouseholdFile;
  waiting: Rec<'waiting'>;
  answered: boolean;
}

function One({ file, waiting, answered }: OneProps) {
  const words = t().returned;
  const { data } = waiting;
  const who = aboutWhom(file, waiting);
  return (
    <article class="notice notice--warn">
      <p>
        <b>
          {t().entities[data.entity]}
          {who !== '' && `: ${who}`}
        </b>
      </p>
      <FieldNotes waiting={waiting} />
      {data.note != null && (
        <p>
          {words.note}: {data.note}
        </p>
      )}
      {answered ? (
        <p>
          <Icon name="check" /> {words.sent}
        </p>
      ) : (
        <div class="row">
          <a
            class="button button--primary"
            href={`#/household/${file.household.id}/answer/${waiting.id}`}
          >
            {words.fix}
          </a>
        </div>
      )}
    </article>
  );
}

/** Each field: what was written, and what the officer says to it. */
export function FieldNotes({ waiting }: { waiting: Rec<'waiting'> }) {
  const words = t().returned;
  const { data } = waiting;
  return (
    <ul class="stack stack--tight">
      {Object.entries(data.fields ?? {}).map(([field, value]) => (
        <li key={field}>
          {fieldName(field)}: {words.yours} “{showValue(data.entity, field, value.set)}”
          {data.notes?.[field] !== undefined && (
            <p>
              {words.note}: {data.notes[field]}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
