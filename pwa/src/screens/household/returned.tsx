import { Icon } from '../../parts/icon';
import type { HouseholdFile, Rec } from '../../store/face';
import { fieldName, t } from '../../words';
import { useStore } from '../phone';
import { showValue } from '../show_value';
import { askedFields } from './answering';
import { aboutWhom, recordOf, returnedOf } from './waiting';

/** What the officer sent back for this household, field by field, with the officer's words. */
export function Returned({ file }: { file: HouseholdFile }) {
  const answered = useStore().answered();
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
          answered={answered.has(waiting.id) || answered.has(waiting.data.change)}
        />
      ))}
    </section>
  );
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
      {data.note != null && data.note !== '' && (
        <p>
          {words.note}: {data.note}
        </p>
      )}
      <FieldNotes file={file} waiting={waiting} />
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

/** Each field asked about: what was written, and what the officer says to it. */
function FieldNotes({ file, waiting }: { file: HouseholdFile; waiting: Rec<'waiting'> }) {
  const words = t().returned;
  const { data } = waiting;
  const now = (recordOf(file, data.record)?.data ?? {}) as Record<string, unknown>;
  const fields = askedFields(data);
  if (fields.length === 0) return null;
  return (
    <ul class="stack stack--tight">
      {fields.map((field) => {
        const typed = data.fields?.[field];
        const value = typed === undefined ? now[field] : typed.set;
        return (
          <li key={field}>
            {fieldName(field)}: {typed === undefined ? words.nowRecorded : words.recorded} “
            {showValue(data.entity, field, value)}”
            {data.notes?.[field] !== undefined && (
              <p>
                {words.note}: {data.notes[field]}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
