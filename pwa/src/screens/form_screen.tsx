import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Screen } from '../parts/frame';
import { Loading } from '../parts/states';
import type { Edit, Entity } from '../store/face';
import { fieldName, t } from '../words';
import { said, type Finding } from './checks';
import type { RecordForm } from './record_form';
import { back } from './router';
import { SaveDock } from './save_dock';
import { useSaving } from './saving';
import { TrustPill } from './trust';

interface Props<E extends Entity> {
  title: string;
  form: RecordForm<E>;
  /** Where the form was opened from, and where saving returns to. */
  home: string;
  saveLabel?: string;
  /** Edits that belong to the same save. */
  also?: () => readonly (Edit | null)[];
  /** A reason of this form not to save yet, in words. */
  refuse?: () => string | null;
  children: ComponentChildren;
}

/** A form over one record: blocks stop the save and keep the draft, warnings are confirmed by saving again. */
export function FormScreen<E extends Entity>({
  title,
  form,
  home,
  saveLabel,
  also,
  refuse,
  children,
}: Props<E>) {
  const saving = useSaving();
  const [told, setTold] = useState<readonly Finding[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const save = async () => {
    form.tried();
    const no = refuse?.() ?? null;
    setRefusal(no);
    const pressing = form.findings.filter((finding) => form.counts(finding));
    const blocks = pressing.filter((finding) => finding.weight === 'blocks');
    const fresh = pressing.filter((finding) => !told.some((one) => sameFinding(one, finding)));
    setTold(pressing);
    if (no !== null || blocks.length > 0 || fresh.length > 0) return;
    const here = location.hash;
    if (!(await saving.save([form.edit(), ...(also?.() ?? [])]))) return;
    await form.drop();
    // Whoever has gone on meanwhile is not taken back to the form.
    if (location.hash === here) back(home);
  };
  return (
    <Screen
      title={title}
      back={`#${home}`}
      aside={<TrustPill />}
      dock={<SaveDock label={saveLabel ?? t().app.save} {...saving} onSave={() => void save()} />}
    >
      {form.ready ? children : <Loading />}
      {refusal !== null && (
        <p class="notice notice--danger" role="alert">
          {refusal}
        </p>
      )}
      <Told findings={told.filter((one) => form.findings.some((now) => sameFinding(now, one)))} />
    </Screen>
  );
}

/** What was found at the last attempt, just above the button that was pressed. */
export function Told({ findings }: { findings: readonly Finding[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [findings.length]);
  if (findings.length === 0) return null;
  const blocked = findings.some((finding) => finding.weight === 'blocks');
  const words = t();
  return (
    <div ref={box} class={`notice ${blocked ? 'notice--danger' : 'notice--warn'}`} role="alert">
      <p>
        <b>{blocked ? words.findings.blocks : words.wizard.warnings}</b>
      </p>
      <ul class="stack stack--tight">
        {findings.map((finding) => (
          <li key={`${finding.field} ${finding.code}`}>
            {fieldName(finding.field)}: {said(finding.code)}
          </li>
        ))}
      </ul>
      {!blocked && <p>{words.wizard.warningsHint}</p>}
    </div>
  );
}

function sameFinding(one: Finding, other: Finding): boolean {
  return one.code === other.code && one.field === other.field;
}
