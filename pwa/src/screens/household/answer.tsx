import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Screen } from '../../parts/frame';
import { TextField } from '../../parts/fields';
import { Empty } from '../../parts/states';
import { newRecord } from '../../store/edits';
import type { Edit, Entity, HouseholdFile, Rec } from '../../store/face';
import { newId } from '../../store/ids';
import { t, type Choice } from '../../words';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm, type RecordForm } from '../record_form';
import { placeChoices } from '../reference';
import { back } from '../router';
import { SaveDock } from '../save_dock';
import { useSaving } from '../saving';
import { ethnicChoices } from '../ethnic';
import { memberChoices } from './members';
import { FieldNotes } from './returned';
import type { HouseholdProps } from './routes';
import { recordOf, returnedOf, type Anything } from './waiting';

/** Answering the officer: correct the field, or keep it and say why. Either names the change it answers. */
export function Answer({ file, rest }: HouseholdProps) {
  const waiting = returnedOf(file).find(({ id }) => id === rest[1]);
  const home = `/household/${file.household.id}`;
  if (waiting === undefined) {
    return (
      <Screen title={t().returned.replyTitle} back={`#${home}`}>
        <Empty icon="check" title={t().returned.sent} />
      </Screen>
    );
  }
  const record = recordOf(file, waiting.data.record);
  return record === null ? (
    <ReplyOnly file={file} waiting={waiting} />
  ) : (
    <FixOrReply file={file} waiting={waiting} record={record} />
  );
}

interface Props {
  file: HouseholdFile;
  waiting: Rec<'waiting'>;
}

function FixOrReply({ file, waiting, record }: Props & { record: Anything }) {
  const home = `/household/${file.household.id}`;
  const form = useRecordForm<Entity>(record, `answer:${waiting.id}`, {
    title: t().returned.title,
    path: `${home}/answer/${waiting.id}`,
    village: file.household.village,
  });
  const fields = Object.keys(waiting.data.fields ?? {});
  const answers = waiting.data.change;
  const blocked = form.findings.some(
    (finding) => finding.weight === 'blocks' && form.counts(finding),
  );
  const edit = () => {
    const made = form.edit();
    return made === null ? null : { ...made, answers };
  };
  return (
    <AnswerFrame
      file={file}
      waiting={waiting}
      blocked={blocked}
      edit={edit}
      done={() => form.drop()}
    >
      <section class="card">
        {fields.map((field) => (
          <Fix key={field} file={file} form={form} field={field} />
        ))}
      </section>
    </AnswerFrame>
  );
}

function Fix({
  file,
  form,
  field,
}: {
  file: HouseholdFile;
  form: RecordForm<Entity>;
  field: string;
}) {
  const store = useStore();
  const options: Record<string, () => readonly Choice[]> = {
    school: () => placeChoices(store, 'school', 'id'),
    clinic_wanted: () => placeChoices(store, 'clinic', 'code'),
    mother: () => memberChoices(file),
    guardian: () => memberChoices(file),
    ethnic_group: ethnicChoices,
  };
  return <RecordField form={form} field={field as never} options={options[field]?.() ?? []} />;
}

function ReplyOnly({ file, waiting }: Props) {
  return (
    <AnswerFrame
      file={file}
      waiting={waiting}
      blocked={false}
      edit={() => null}
      done={() => Promise.resolve()}
    />
  );
}

interface FrameProps extends Props {
  blocked: boolean;
  edit: () => Edit | null;
  done: () => Promise<void>;
  children?: ComponentChildren;
}

function AnswerFrame({ file, waiting, blocked, edit, done, children }: FrameProps) {
  const words = t().returned;
  const saving = useSaving();
  const [reply, setReply] = useState('');
  const [needed, setNeeded] = useState(false);
  const home = `/household/${file.household.id}`;
  const save = async () => {
    const made = edit();
    if (blocked) return;
    if (made === null && reply.trim() === '') {
      setNeeded(true);
      return;
    }
    const note = reply.trim() === '' ? null : replyNote(file, waiting, reply, made === null);
    if (!(await saving.save([made, note]))) return;
    await done();
    back(home);
  };
  return (
    <Screen
      title={words.replyTitle}
      back={`#${home}`}
      dock={<SaveDock label={words.send} {...saving} onSave={() => void save()} />}
    >
      <section class="notice notice--warn">
        <FieldNotes waiting={waiting} />
        {waiting.data.note != null && (
          <p>
            {words.note}: {waiting.data.note}
          </p>
        )}
      </section>
      {children}
      <section class="card">
        <TextField
          label={words.answer}
          long
          value={reply}
          onChange={(value) => setReply(value ?? '')}
          error={needed && reply.trim() === '' ? words.answerNeeded : undefined}
        />
      </section>
    </Screen>
  );
}

/** The words to the officer; they answer the change by themselves only when no value was corrected. */
function replyNote(
  file: HouseholdFile,
  waiting: Rec<'waiting'>,
  text: string,
  alone: boolean,
): Edit {
  const note = newRecord('field_note', newId(), file.household.village, {
    about: recordOf(file, waiting.data.record)?.id ?? file.household.id,
    kind: 'question',
    text,
    state: 'open',
  });
  return alone ? { ...note, answers: waiting.data.change } : note;
}
