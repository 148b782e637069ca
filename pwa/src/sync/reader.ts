/** Reads the feeds of an answer, and heals what differs from the server at an equal cursor. */
import type { Page } from '../store/holdings';
import type { PhoneStore } from '../store/phone_store';
import { REFERENCE } from '../store/view';
import type { FeedPage, SyncAnswer, SyncRequest } from './protocol';

export class Reader {
  /** Records read since the trip began. */
  records = 0;
  private readonly repaired = new Set<string>();
  private readonly wanting = new Set<string>();
  /** What a second reading of the reference feed has shown so far. */
  private reread: Set<string> | null = null;

  constructor(private readonly store: PhoneStore) {}

  /** True when there is more to read. */
  async take(answer: SyncAnswer, have: SyncRequest['have']): Promise<boolean> {
    const { feeds } = this.store;
    await feeds.adopt(answer.villages);
    let more = false;
    for (const [village, page] of Object.entries(answer.feeds)) {
      more = (await this.takePage(village, page, village in have)) || more;
    }
    await feeds.leaveBehind();
    // A village just assigned is not in this answer yet.
    const asked = new Set(Object.keys(answer.feeds));
    const gained = asked.size > 0 && answer.villages.some(({ id }) => !asked.has(id));
    return more || gained || this.wanting.size > 0;
  }

  private async takePage(village: string, told: FeedPage, repair: boolean): Promise<boolean> {
    const { feeds } = this.store;
    if (told.gone === true) {
      // A server without a reference feed has nothing to wait for.
      if (village === REFERENCE) await feeds.take(emptyPage(village), 0, false);
      return false;
    }
    const { records = [], gone = [], next = 0, more = false, digest = null } = told;
    const reread = village === REFERENCE ? this.reread : null;
    for (const { id } of records) reread?.add(id);
    const page = { village, records, gone, repair: repair || reread !== null };
    await feeds.take(page, next, more);
    this.records += records.length;
    await this.showProgress(village);
    if (more) return true;
    await feeds.fold();
    return this.compare(village, digest);
  }

  /** In villages: the feed of codes and areas is none. */
  private async showProgress(village: string): Promise<void> {
    const rows = await this.store.feeds.rows();
    this.store.patchLive({
      progress: {
        village,
        records: this.records,
        villagesDone: rows.filter(({ complete, village }) => complete && village !== REFERENCE)
          .length,
        villages: this.store.state.value.villages.length,
      },
    });
  }

  /** A feed read to its end is compared, once a trip. True when it is to be read again now. */
  private async compare(village: string, digest: string | null): Promise<boolean> {
    const { feeds } = this.store;
    if (village === REFERENCE && this.reread) {
      await feeds.keepOnly(village, this.reread);
      this.reread = null;
    }
    if (digest === null || this.repaired.has(village)) return false;
    if (!(await feeds.differs(village, digest))) return false;
    if (village !== REFERENCE) {
      this.wanting.add(village);
      return false;
    }
    // Which rows a phone gets depends on its provinces: this feed is read again from the start.
    this.repaired.add(village);
    this.reread = new Set();
    await feeds.rewind(village);
    await this.store.patchState(({ repairs }) => ({ repairs: repairs + 1 }));
    return true;
  }

  /** What lies here of the feeds to be repaired, for the server to compare. */
  async pendingRepairs(): Promise<SyncRequest['have']> {
    const have: SyncRequest['have'] = {};
    for (const village of this.wanting) {
      have[village] = this.store.feeds.have(village);
      this.repaired.add(village);
    }
    const count = this.wanting.size;
    this.wanting.clear();
    if (count > 0) await this.store.patchState(({ repairs }) => ({ repairs: repairs + count }));
    return have;
  }
}

function emptyPage(village: string): Page {
  return { village, records: [], gone: [], repair: false };
}
