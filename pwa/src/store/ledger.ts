/** Own changes as a book to be read: what is unsent, stuck, before the commune, and sent. */
import type { OutboxRow, PhoneDb } from './database';
import type { Change, OutboxState, Reason } from './face';
import type { Content } from './outbox';
import type { WaitingData } from './records';
import type { Sealing } from './sealing';
import type { View } from './view';

export type LedgerSection = 'unsent' | 'needs_help' | 'review' | 'sent';

export interface LedgerEntry {
  change: Change;
  state: OutboxState;
  status: string | null;
  reasons: readonly Reason[];
  waiting: readonly string[];
  /** Server time of the answer. */
  sentAt: string | null;
  /** How often it failed alone. */
  tries: number;
  /** What the feed tells of it while it waits and after; empty when nothing of it ever waited. */
  verdicts: readonly WaitingData[];
  /** Whose record it is, as far as this phone knows: to be named and opened. */
  household: string | null;
  member: string | null;
}

export interface LedgerPage {
  entries: readonly LedgerEntry[];
  total: number;
}

type Row = OutboxRow & { seq: number };

const UNSETTLED = new Set<string>(['open', 'returned']);

export class Ledger {
  constructor(
    private readonly db: PhoneDb,
    private readonly sealing: Sealing,
    private readonly view: View,
  ) {}

  /** Only what is shown is unsealed: thousands of entries cost their count, not their content. */
  async page(section: LedgerSection, limit: number): Promise<LedgerPage> {
    const rows = await this.rows(section);
    const shown = rows.slice(0, limit);
    const verdicts = await this.verdictsOf(new Set(shown.map(({ id }) => id)));
    const entries = await Promise.all(shown.map((row) => this.entry(row, verdicts)));
    return { entries, total: rows.length };
  }

  private async rows(section: LedgerSection): Promise<Row[]> {
    const state = section === 'review' ? 'sent' : section;
    const found = await this.db.getAllFromIndex('outbox', 'state', state);
    const rows = found.map((row) => ({ ...row, seq: row.seq ?? 0 })).sort((a, b) => a.seq - b.seq);
    if (state !== 'sent') return rows;
    const waits = this.changesThatWaited();
    const mine = rows.reverse().filter(({ id }) => waits.has(id) === (section === 'review'));
    if (section === 'sent') return mine;
    const open = (row: Row) => (waits.get(row.id) === true ? 0 : 1);
    return mine.sort((a, b) => open(a) - open(b));
  }

  /** Changes of which something waits (true) or has waited (false). */
  private changesThatWaited(): Map<string, boolean> {
    const found = new Map<string, boolean>();
    for (const [change, { over }] of this.view.waits) found.set(change, !over);
    for (const { change, status } of this.view.overlay.all()) {
      if (status !== 'held' && status !== 'merged') continue;
      if (!found.has(change)) found.set(change, true);
    }
    return found;
  }

  private async verdictsOf(changes: ReadonlySet<string>): Promise<Map<string, WaitingData[]>> {
    const ids = this.view.waitingIdsOf(changes);
    const found = new Map<string, WaitingData[]>();
    for (const { data } of (await this.view.holdings.read(ids)).values()) {
      const waiting = data as unknown as WaitingData;
      found.set(waiting.change, [...(found.get(waiting.change) ?? []), waiting]);
    }
    for (const list of found.values()) {
      list.sort((a, b) => Number(UNSETTLED.has(b.state)) - Number(UNSETTLED.has(a.state)));
    }
    return found;
  }

  private async entry(row: Row, verdicts: Map<string, WaitingData[]>): Promise<LedgerEntry> {
    const { change, status, reasons, waiting } = await this.sealing.open<Content>(row.sealed);
    return {
      change,
      state: row.state,
      status,
      reasons,
      waiting,
      sentAt: row.resultAt,
      tries: row.alone,
      verdicts: verdicts.get(row.id) ?? [],
      ...this.whose(change),
    };
  }

  private whose({ entity, record, set }: Change): {
    household: string | null;
    member: string | null;
  } {
    const { catalog } = this.view.holdings;
    const above = text(set.household) ?? text(set.member) ?? text(set.about);
    const known = catalog.entityOf(record) === undefined && above !== null ? above : record;
    const root = catalog.rootOf(known);
    const household = this.view.summaries.value.has(root) ? root : null;
    const hangs = entity === 'member' ? record : (text(set.member) ?? catalog.parentOf(record));
    const member = hangs !== null && catalog.entityOf(hangs) === 'member' ? hangs : null;
    return { household, member: member === null ? null : catalog.winner(member) };
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
