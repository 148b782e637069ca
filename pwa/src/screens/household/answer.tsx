import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Screen } from '../../parts/frame';
import { TextField } from '../../parts/fields';
import { Empty } from '../../parts/states';
import { newRecord } from '../../store/edits';
import type { Edit, Entity, HouseholdFile, Values } from '../../store/face';
import { newId } from '../../store/ids';
import type { Returned } from '../../store/letters';
import { t } from '../../words';
import { useStore } from '../phone';
import { useRecordForm, type Shown } from '../record_form';
import { ReturnedAbout } from '../returned_about';
import { back } from '../router';
import { SaveDock } from '../save_dock';
import { useSaving } from '../saving';
import type { Typed } from '../typed';
import { askedFields, confirmEdit, waitingValues } from './answering';
import { AskedField } from './asked_field';
import type { HouseholdProps } from './routes';
import { recordOf, type Anything } from './waiting';

/** Answering the officer: correct it, say it is right, or reply in words. Each names what it answers. */
export function Answer({ file, rest }: HouseholdProps) {
  return <AnswerTo id={rest[1] ?? ''} file={file} />;
}

/** What was sent back may be about a record that never reached the server: then no household is here. */
export function AnswerTo({ id, file }: { id: string; file: HouseholdFile | null }) {
  const store = useStore();
  const item = store.returned().find((one) => one.id === id);
  const home = file === null ? '/today' : `/household/${file.household.id}`;
  if (item === undefined) {
    return (
      <Screen title={t().returned.replyTitle} back={`#${home}`}>
        <Empty icon="check" title={store.ready.value ? t().returned.gone : t().app.loading} />
      </Screen>
    );
  }
  const record = file === null ? null : recordOf(file, item.data.record);
  return <AnswerForm key={id} item={item} file={file} record={record} home={home} />;
}

interface Props {
  item: Returned;
  file: HouseholdFile | null;
  home: string;
}

function AnswerForm({ item, file, home, record }: Props & { record: Anything | null }) {
  const store = useStore();
  const { data } = item;
  // Held as a whole, the server has no record to correct: all of it goes again.
  const unborn = record?.rev == null;
  const base = { entity: data.entity as Entity, id: data.record, village: item.village };
  const shown = unborn ? { ...base, data: {} } : (record as Shown<Entity>);
  const again = { ...waitingValues(data), ...(record?.data as Values | undefined) };
  const form = useRecordForm<Entity>(
    shown,
    `answer:${item.id}`,
    {
      title: t().returned.title,
      path: file === null ? `/returned/${item.id}` : `${home}/answer/${item.id}`,
      village: item.village,
    },
    (unborn ? again : {}) as Typed<Entity>,
  );
  const asked = askedFields(data);
  const confirm = () => confirmEdit({ ...shown, data: shown.data as Values }, item, store.today());
  return (
    <AnswerFrame
      item={item}
      file={file}
      home={home}
      ready={form.ready}
      mayGo={() => {
        form.tried();
        return !form.findings.some((one) => one.weight === 'blocks' && form.counts(one));
      }}
      edit={() => answering(form.edit(), item)}
      confirm={unborn || form.dirty ? null : confirm}
      done={() => form.drop()}
    >
      {record === null && <p class="notice">{t().returned.orphan}</p>}
      {asked.length > 0 && (
        <section class="card stack--wide">
          {asked.map((field) => (
            <AskedField key={field} file={file} form={form} item={item} field={field} />
          ))}
        </section>
      )}
      {record !== null && (
        <a class="button" href={record.entity === 'member' ? `#/person/${record.id}` : `#${home}`}>
          {t().returned.openRecord}
        </a>
      )}
    </AnswerFrame>
  );
}

function answering(edit: Edit | null, item: Returned): Edit | null {
  return edit === null ? null : { ...edit, answers: item.id };
}

interface FrameProps extends Props {
  ready: boolean;
  mayGo: () => boolean;
  edit: () => Edit | null;
  /** Null when there is nothing recorded to say so of, or something was corrected. */
  confirm: (() => Edit | null) | null;
  done: () => Promise<void>;
  children?: ComponentChildren;
}

function AnswerFrame({ item, file, home, mayGo, edit, confirm, done, ...rest }: FrameProps) {
  const words = t().returned;
  const saving = useSaving();
  const [reply, setReply] = useState('');
  const [needed, setNeeded] = useState(false);
  const save = async (made: Edit | null, said?: string) => {
    if (made === null && reply.trim() === '') {
      setNeeded(true);
      return;
    }
    const note = reply.trim() === '' ? null : replyNote(file, item, reply, made === null);
    const here = location.hash;
    if (!(await saving.save([made, note], said))) return;
    await done();
    // Whoever has gone on meanwhile is not taken back to the form.
    if (location.hash === here) back(home);
  };
  return (
    <Screen
      title={words.replyTitle}
      back={`#${home}`}
      dock={
        <>
          {confirm !== null && (
            <button
              type="button"
              class="button button--big dock-wide"
              aria-disabled={saving.working ? 'true' : undefined}
              onClick={() => void save(confirm(), words.sameSaved)}
            >
              {words.same}
            </button>
          )}
          <SaveDock label={words.send} {...saving} onSave={() => mayGo() && void save(edit())} />
        </>
      }
    >
      <div class="stack stack--tight">
        <ReturnedAbout item={item} />
      </div>
      {item.data.note != null && item.data.note !== '' && (
        <p class="notice notice--warn">
          {words.note}: {item.data.note}
        </p>
      )}
      {rest.ready && rest.children}
      {file !== null && (
        <section class="card">
          <TextField
            label={words.answer}
            long
            value={reply}
            onChange={(value) => setReply(value ?? '')}
            error={needed && reply.trim() === '' ? words.answerNeeded : undefined}
          />
        </section>
      )}
    </Screen>
  );
}

/** The words to the officer; they answer by themselves only when no value goes with them. */
function replyNote(
  file: HouseholdFile | null,
  { data, id, village }: Returned,
  text: string,
  alone: boolean,
): Edit {
  const note = newRecord('field_note', newId(), village, {
    about: file === null ? data.record : (recordOf(file, data.record)?.id ?? file.household.id),
    kind: 'question',
    text,
    state: 'open',
  });
  return alone ? { ...note, answers: id } : note;
}
