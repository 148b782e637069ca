import type { ComponentChildren } from 'preact';
import { Icon } from '../../parts/icon';
import type { LedgerEntry } from '../../store/ledger';
import { t } from '../../words';
import { momentText } from '../people';
import { useStore } from '../phone';
import {
  isNew,
  linesOf,
  officerWords,
  reasonsOf,
  standingOf,
  whoseOf,
  type FieldLine,
  type Said,
} from './entry_words';

const SHOWN_FIELDS = 4;

const STANDING_TAG: Readonly<Record<string, string>> = {
  returned: 'tag tag--danger',
  rejected: 'tag tag--danger',
  open: 'tag tag--warn',
  applied: 'tag tag--accent',
};

/** One change: whose, what, when, and what has become of it. A tap opens the record. */
export function Entry({ entry, children }: { entry: LedgerEntry; children?: ComponentChildren }) {
  const store = useStore();
  const { change } = entry;
  const whose = whoseOf(entry, store);
  const today = store.today();
  const words = t().changes;
  const when =
    entry.sentAt === null
      ? words.saved(momentText(change.at, today))
      : words.sent(momentText(entry.sentAt, today));
  return (
    <article class="card entry">
      <Opens to={recordPath(entry)}>
        <span class="grow stack stack--tight">
          <b>{whose.title}</b>
          <small>
            {[t().entities[change.entity], whose.place, when]
              .filter((part) => part !== '')
              .join(' · ')}
          </small>
          <Tags entry={entry} />
        </span>
      </Opens>
      <Fields lines={linesOf(entry, store)} />
      <Answer entry={entry} />
      {children}
    </article>
  );
}

/** A card or a right is shown on its person's page, everything else of a household on its own. */
function recordPath({ change, household, member }: LedgerEntry): string | null {
  const personal = ['member', 'card', 'entitlement'].includes(change.entity);
  if (personal && member !== null && household !== null) return `#/person/${member}`;
  return household === null ? null : `#/household/${household}`;
}

function Opens({ to, children }: { to: string | null; children: ComponentChildren }) {
  if (to === null) return <div class="entry-head">{children}</div>;
  return (
    <a class="entry-head" href={to}>
      {children}
      <Icon name="next" />
    </a>
  );
}

function Tags({ entry }: { entry: LedgerEntry }) {
  const words = t().changes;
  const standing = standingOf(entry);
  const made = isNew(entry);
  if (standing === null && !made && entry.change.rescue !== true) return null;
  return (
    <span class="tags">
      {standing !== null && (
        <span class={STANDING_TAG[standing] ?? 'tag'}>{words.states[standing] ?? standing}</span>
      )}
      {made && <span class="tag">{words.made}</span>}
      {entry.change.rescue === true && <span class="tag">{words.rescue}</span>}
    </span>
  );
}

function Fields({ lines }: { lines: readonly FieldLine[] }) {
  if (lines.length === 0) return null;
  const rest = lines.slice(SHOWN_FIELDS);
  return (
    <>
      <FieldList lines={lines.slice(0, SHOWN_FIELDS)} />
      {rest.length > 0 && (
        <details class="fold entry-more">
          <summary>
            {t().changes.others(rest.length)}
            <Icon name="down" />
          </summary>
          <FieldList lines={rest} />
        </details>
      )}
    </>
  );
}

function FieldList({ lines }: { lines: readonly FieldLine[] }) {
  return (
    <dl class="entry-fields">
      {lines.map(({ field, label, value }) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Answer({ entry }: { entry: LedgerEntry }) {
  const words = t().changes;
  const settled = ['applied', 'superseded', 'answered'].includes(standingOf(entry) ?? '');
  const reasons = settled ? [] : reasonsOf(entry);
  const officer = officerWords(entry);
  const alone = entry.state !== 'sent' && entry.tries > 0;
  if (reasons.length + officer.length === 0 && !alone) return null;
  return (
    <div class="entry-said">
      {alone && entry.state === 'needs_help' && <p>{words.stumbles}</p>}
      {alone && <p class="muted">{words.tries(entry.tries)}</p>}
      {reasons.map((line) => (
        <Line key={line.key} line={line} />
      ))}
      {officer.map((line) => (
        <Line key={line.key} line={{ ...line, text: words.officer(line.text) }} strong />
      ))}
    </div>
  );
}

function Line({ line, strong }: { line: Said; strong?: boolean }) {
  const text = line.label === null ? line.text : `${line.label}: ${line.text}`;
  return <p>{strong === true ? <b>{text}</b> : text}</p>;
}
