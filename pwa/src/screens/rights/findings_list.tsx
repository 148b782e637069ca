import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { NotKnown } from '../../domain/legal/tables';
import { Screen } from '../../parts/frame';
import { Empty } from '../../parts/states';
import { lawWords, notKnownWords } from '../../words/law';
import { TrustPill } from '../trust';
import type { Ground } from './ground';
import { type Finding, useFindings } from './scan';
import { useListedVillages, useVillageNames, VillageFilter } from './village_filter';

const PAGE = 30;

/** One line of a list: whom it is about, and what was found of that household. */
export interface Listed<One> {
  readonly key: string;
  readonly one: One;
  readonly finding: Finding;
}

interface Words {
  readonly title: string;
  readonly text: string;
  readonly emptyTitle: string;
}

interface Props<One> {
  words: Words;
  emptyText: string;
  /** What of the findings is listed, in the order of the list. */
  rowsOf: (found: readonly Finding[]) => readonly Listed<One>[];
  /** What `rowsOf` goes by beside the findings: when it changes, the list is worked out anew. */
  by?: number;
  counted: (rows: readonly Listed<One>[]) => string;
  more: (count: number) => string;
  row: (listed: Listed<One>, village: string | undefined) => ComponentChildren;
  /** What the law does not say of the day, so that the list may lack people. */
  lacksOf?: (ground: Ground) => NotKnown | null;
  /** What may be chosen above the list. */
  children?: ComponentChildren;
}

/** A list worked out of whole villages: which ones, how many, thirty lines at a time. */
export function FindingsList<One>(props: Props<One>) {
  const { words, rowsOf, by = 0, counted, more, row, children } = props;
  const { found, done } = useFindings(useListedVillages());
  const names = useVillageNames();
  const [shown, setShown] = useState({ by, limit: PAGE });
  const limit = shown.by === by ? shown.limit : PAGE;
  const rows = useMemo(() => rowsOf(found), [found, by]);
  const ground = found[0]?.ground;
  const lacks = ground === undefined ? null : (props.lacksOf?.(ground) ?? null);
  return (
    <Screen title={words.title} back="#/today" aside={<TrustPill />}>
      <VillageFilter />
      <p class="muted">{words.text}</p>
      {children}
      {lacks !== null && <p class="notice notice--warn">{notKnownWords(lacks)}</p>}
      {!done && <p role="status">{lawWords().counting}</p>}
      {done && rows.length === 0 && (
        <Empty icon="check" title={words.emptyTitle}>
          <p>{props.emptyText}</p>
        </Empty>
      )}
      {rows.length > 0 && <p role="status">{counted(rows)}</p>}
      <ul class="list">
        {rows.slice(0, limit).map((listed) => (
          <li key={listed.key}>{row(listed, names.get(listed.finding.summary.village))}</li>
        ))}
      </ul>
      {rows.length > limit && (
        <button type="button" class="button" onClick={() => setShown({ by, limit: limit + PAGE })}>
          {more(Math.min(PAGE, rows.length - limit))}
        </button>
      )}
    </Screen>
  );
}
