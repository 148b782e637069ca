/* A form over one record: what was touched, what the screen showed when it was touched, what is wrong with it. */
import { useMemo, useState } from 'preact/hooks';
import { companions, editOf } from '../store/edits';
import type { DataOf, Edit, Entity, Values } from '../store/face';
import { checkRecord, said, type Finding } from './checks';
import { useDraft, type Kept } from './drafts';
import { useStore } from './phone';
import { forgetId } from './stable_id';
import type { Typed } from './typed';

/** A record as shown, or one to be made: that has no `rev` at all. */
export interface Shown<E extends Entity> {
  entity: E;
  id: string;
  village: string;
  data: Typed<E>;
  rev?: number | null;
}

/** `was` is taken when a field is first touched: a pull in between must not hide what the person saw. */
export interface Touched {
  touched: Values;
  was: Values;
}

export interface RecordForm<E extends Entity> {
  ready: boolean;
  dirty: boolean;
  values: Typed<E>;
  set(values: Typed<E>): void;
  /** Words of the finding of a field, with the weight deciding their colour. */
  errorOf(field: string): string | undefined;
  warningOf(field: string): string | undefined;
  findings: readonly Finding[];
  /** Saving was tried: from now on every field says what is wrong with it. */
  tried(): void;
  /** Whether a finding matters to this save: an old record blocks only on what was touched. */
  counts(finding: Finding): boolean;
  edit(): Edit | null;
  drop(): Promise<void>;
}

export function useRecordForm<E extends Entity>(
  shown: Shown<E>,
  key: string,
  label: Omit<Kept<unknown>, 'body'>,
  start: Typed<E> = {},
): RecordForm<E> {
  const store = useStore();
  const before = shown.data as Values;
  const isNew = shown.rev === undefined;
  const draft = useDraft<Touched>(
    key,
    () => ({ touched: { ...start }, was: snapshot(before, Object.keys(start)) }),
    () => label,
  );
  const body = draft.body ?? { touched: {}, was: {} };
  const values = { ...before, ...body.touched } as Typed<E>;
  const findings = useMemo(
    () => checkRecord(shown.entity, values as Values, store.today()),
    [shown.data, body],
  );
  const [tried, setTried] = useState(false);
  const counts = (finding: Finding) =>
    isNew || finding.field in body.touched || finding.code.startsWith('end');
  const of = (field: string, weight: Finding['weight']) => {
    const found = findings.find((one) => one.field === field && one.weight === weight);
    const shows = field in body.touched || (tried && found !== undefined && counts(found));
    return found !== undefined && shows ? said(found.code) : undefined;
  };
  return {
    ready: draft.body !== undefined,
    dirty: Object.keys(body.touched).length > 0,
    values,
    set(next) {
      // What belongs together is taken together: a pull in between must not change half of it.
      const fields = Object.keys(next);
      const along = isNew ? [] : fields.flatMap((field) => companions(shown.entity, field));
      draft.change((now) => ({
        touched: { ...snapshot(before, along), ...now.touched, ...next },
        was: { ...snapshot(before, [...fields, ...along]), ...now.was },
      }));
    },
    errorOf: (field) => of(field, 'blocks'),
    warningOf: (field) => of(field, 'warns'),
    findings,
    tried: () => setTried(true),
    counts,
    edit() {
      const data = { ...before, ...body.was } as DataOf<E>;
      return editOf<E>({ ...shown, data }, body.touched as Partial<DataOf<E>>);
    },
    async drop() {
      forgetId(key);
      await draft.drop();
    },
  };
}

function snapshot(data: Values, fields: readonly string[]): Values {
  return Object.fromEntries(fields.map((field) => [field, data[field] ?? null]));
}
