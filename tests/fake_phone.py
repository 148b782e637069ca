"""A phone as the tests need it: the same stores as the real one (outbox, sent shelf, records,
cursors), speaking the real wire to the real application."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from schemas.sync import PROTOCOL, REFERENCE_FEED
from server.domain.digest import feed_digest
from server.store.db import new_id
from tests.actors import Phone

Key = tuple[str, str]


@dataclass
class FakePhone:
    phone: Phone
    villages: list[str] = field(default_factory=list)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[str, dict[Key, dict[str, Any]]] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    database: str | None = None
    epoch: str | None = None
    last: str | None = None
    answer: dict[str, Any] = field(default_factory=dict)

    def save(
        self,
        entity: str,
        values: dict[str, Any],
        record: str | None = None,
        was: dict[str, Any] | None = None,
        village: str | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Put a change into the outbox; what the screen showed is the phone's own copy."""
        record = record or new_id()
        shown = self.shown(entity, record)
        change = {
            "id": new_id(),
            "entity": entity,
            "record": record,
            "village": village or (self.villages[0] if self.villages else None),
            "by": self.phone.user.id,
            "device": self.phone.device.id,
            "at": "2026-11-22T07:41:09+07:00",
            "was": {n: shown.get(n) for n in values} if was is None else was,
            "set": values,
            "answers": None,
            **more,
        }
        self.outbox.append(change)
        return change

    def shown(self, entity: str, record: str) -> dict[str, Any]:
        """The record as the screen shows it: the copy, own unsent edits included."""
        copy: dict[str, Any] = {}
        for village in self.records.values():
            if (entity, record) in village:
                copy = dict(village[entity, record]["data"])
        for change in self.outbox:
            if change["entity"] == entity and change["record"] == record:
                copy.update(change["set"])
        return {name: value for name, value in copy.items() if value is not None}

    def request(self, changes: Iterable[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
        changes = list(changes)
        return {
            "protocol": PROTOCOL,
            "database": self.database,
            "epoch": self.epoch,
            "last": self.last,
            "sent_at": "2026-11-22T08:00:00+07:00",
            "phone": {"app": "1.0.0", "unsent": len(self.outbox), "persisted": True},
            "changes": changes,
            "since": {v: self.cursors.get(v, 0) for v in self.villages},
            "have": {},
            "limit": 1000,
            **more,
        }

    def sync(self, *, limit: int = 1000, repair: bool = False, lose_answer: bool = False) -> Any:
        """One trip; pages are read until nothing is left. Returns the last answer."""
        sending = list(self.outbox)
        while True:
            have = self._have() if repair else {}
            response = self.phone.post(
                "/api/v1/sync", self.request(sending, limit=limit, have=have)
            )
            assert response.status_code == 200, response.get_data(as_text=True)
            if lose_answer:
                return None
            self.answer = response.get_json()
            self._take(self.answer, sending)
            sending, repair = [], False
            if not any(feed.get("more") for feed in self.answer["feeds"].values()):
                break
        fresh = [v["id"] for v in self.answer["villages"] if v["id"] not in self.villages]
        if fresh:
            self.villages += fresh
            return self.sync(limit=limit)
        return self.answer

    def _take(self, answer: dict[str, Any], sending: list[dict[str, Any]]) -> None:
        for change, result in zip(sending, answer["results"], strict=True):
            assert result["id"] == change["id"]
            self.results[change["id"]] = result
            if result["status"] != "malformed":
                self.outbox.remove(change)
                self.sent.append(change)
                self.last = change["id"]
        if not answer["reoffer"]:
            self.database, self.epoch = answer["database"], answer["epoch"]
        for village, feed in answer["feeds"].items():
            self._take_feed(village, feed)

    def _take_feed(self, village: str, feed: dict[str, Any]) -> None:
        if feed.get("gone") is True:
            self.records.pop(village, None)
            self.cursors.pop(village, None)
            self.villages.remove(village)
            return
        copy = self.records.setdefault(village, {})
        for record in feed["records"]:
            key = (record["entity"], record["id"])
            if record["deleted"]:
                copy.pop(key, None)
            else:
                copy[key] = record
        for id_ in feed["gone"]:
            for key in [key for key in copy if key[1] == id_]:
                del copy[key]
        self.cursors[village] = feed["next"]

    def _have(self) -> dict[str, list[list[Any]]]:
        return {
            village: [[key[1], record["rev"]] for key, record in copy.items()]
            for village, copy in self.records.items()
            if village != REFERENCE_FEED
        }

    def digest(self, village: str) -> str:
        copy = self.records.get(village, {})
        return feed_digest((key[1], record["rev"]) for key, record in copy.items())

    def data(self, entity: str, record: str) -> dict[str, Any] | None:
        for copy in self.records.values():
            if (entity, record) in copy:
                return copy[entity, record]["data"]
        return None

    def waiting(self) -> list[dict[str, Any]]:
        return [
            record["data"]
            for copy in self.records.values()
            for (entity, _), record in copy.items()
            if entity == "waiting"
        ]

    def household(self, village: str | None = None, **more: Any) -> str:
        """Record a new household and return its id."""
        village = village or self.villages[0]
        values = {"village": village, "address": "Xóm 2", **more}
        return self.save("household", values, village=village)["record"]

    def member(self, household: str, name: str = "Lò Thị Mai", **more: Any) -> str:
        values = {"household": household, "full_name": name, **more}
        return self.save("member", values)["record"]

    def card(self, member: str, **more: Any) -> str:
        values = {"member": member, "evidence": "card_seen", **more}
        return self.save("card", values)["record"]
