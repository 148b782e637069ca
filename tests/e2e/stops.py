"""Holds the app at one step of a save or of a trip, to be killed there: no clock decides."""

from playwright.sync_api import Page

# A transaction is known by the stores it names. Before its commit it is kept open by reading on
# and on; after it, the app is not told.
STOPS = """
(() => {
  let tell = () => undefined;
  const stopped = () => tell(true);
  window.stopNext = (at) => {
    window.stopAt = at;
    window.hasStopped = new Promise((done) => { tell = done; });
  };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const tx = begin.call(this, stores, mode, options);
    const named = [].concat(stores);
    const at = window.stopAt;
    const meant = at && mode === 'readwrite' && at.all.every((one) => named.includes(one))
      && !at.none.some((one) => named.includes(one));
    if (!meant) return tx;
    window.stopAt = null;
    if (at.when === 'before the commit') {
      tx.commit = () => undefined;
      const readOn = () => {
        stopped();
        tx.objectStore(named[0]).count().onsuccess = readOn;
      };
      tx.objectStore(named[0]).count().onsuccess = readOn;
    } else {
      const listen = tx.addEventListener;
      tx.addEventListener = (kind, hear, ...more) => listen.call(tx, kind,
        kind === 'complete' ? stopped : hear, ...more);
    }
    return tx;
  };
})();
"""

BEFORE, AFTER = "before the commit", "after the commit"
SAVE = (["outbox"], ["state", "chunks"])
RESULTS = (["outbox", "state"], ["chunks"])
PAGE = (["log", "feeds"], ["chunks"])
SWAP: tuple[list[str], list[str]] = (["chunks", "outbox"], [])


def stop_at(page: Page, step: tuple[list[str], list[str]], when: str) -> None:
    """The next transaction over these stores is the last thing the app does."""
    plan = {"all": step[0], "none": step[1], "when": when}
    page.evaluate("(plan) => window.stopNext(plan)", plan)


def wait_until_stopped(page: Page) -> None:
    page.evaluate("window.hasStopped")
