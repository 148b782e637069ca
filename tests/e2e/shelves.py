"""Puts changes into a phone's outbox as its own app would: sealed with the key that never leaves
the browser. For what no screen can type: changes of a broken version, or hundreds at once."""

from typing import Any

from server.store.db import new_id
from tests.e2e.handset import Handset

_FILL = """
async (changes) => {
  const names = (await indexedDB.databases()).map(({name}) => name);
  const name = names.find((one) => one !== 'bao-phu.accounts' && one.startsWith('bao-phu.'));
  const done = (asked) => new Promise((good, bad) => {
    asked.onsuccess = () => good(asked.result);
    asked.onerror = () => bad(asked.error);
  });
  const db = await done(indexedDB.open(name));
  const key = await done(db.transaction('keys').objectStore('keys').get('store'));
  const seal = async (value) => {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const text = await crypto.subtle.encrypt({name: 'AES-GCM', iv: nonce}, key, plain);
    const sealed = new Uint8Array(13 + text.byteLength);
    sealed[0] = 1;
    sealed.set(nonce, 1);
    sealed.set(new Uint8Array(text), 13);
    return sealed;
  };
  const rows = await Promise.all(changes.map(async (change) => ({
    outbox: {id: change.id, village: change.village, state: 'unsent', round: null, resultAt: null,
      alone: 0, sealed: await seal({change, status: null, reasons: [], waiting: [], quiet: false})},
    shown: await seal({...change, seq: 0, change: change.id, status: 'unsent', rev: null,
      waiting: []}),
  })));
  const tx = db.transaction(['outbox', 'overlay'], 'readwrite', {durability: 'strict'});
  for (const {outbox, shown} of rows) {
    const seq = await done(tx.objectStore('outbox').add(outbox));
    tx.objectStore('overlay').add({seq, sealed: shown});
  }
  await new Promise((good, bad) => { tx.oncomplete = good; tx.onabort = () => bad(tx.error); });
  db.close();
}
"""


def change(entity: str, record: str, village: str, values: dict[str, Any], **more: Any):
    return {
        "id": new_id(),
        "entity": entity,
        "record": record,
        "village": village,
        "by": "",
        "device": "",
        "at": "2026-11-22T08:00:00+07:00",
        "was": {},
        "set": values,
        "answers": None,
        **more,
    }


def fill_outbox(phone: Handset, changes: list[dict[str, Any]]) -> None:
    """They are there when the app is opened the next time."""
    phone.page.evaluate(_FILL, changes)
