"""What a phone has downloaded: one generation of it. While a restored server is read, a second
one is filled beside the first."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from schemas.sync import REFERENCE_FEED
from server.domain.change import as_stored
from server.domain.digest import feed_digest

Key = tuple[str, str]
Record = dict[str, Any]


@dataclass
class Copies:
    records: dict[str, dict[Key, Record]] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    """Feeds that were read to their end once."""

    def take(self, village: str, feed: dict[str, Any], *, repair: bool) -> None:
        """A page and its cursor, in one transaction."""
        copy = self.records.setdefault(village, {})
        for record in feed["records"]:
            self._take(copy, record, village, repair=repair)
        for id_ in feed["gone"]:
            for key in [key for key in copy if key[1] == id_]:
                del copy[key]
        self.cursors[village] = feed["next"]
        if not feed["more"]:
            self.complete.add(village)

    def _take(self, copy: dict[Key, Record], record: Record, village: str, *, repair: bool) -> None:
        key = (record["entity"], record["id"])
        if key in copy and copy[key]["rev"] > record["rev"] and not repair:
            return
        if record["deleted"]:
            # It speaks of its own village only: the copy may have arrived elsewhere before.
            copy.pop(key, None)
            return
        for place, others in self.records.items():
            if place != village:
                others.pop(key, None)
        copy[key] = record

    def lose(self, village: str) -> None:
        self.records.pop(village, None)
        self.cursors.pop(village, None)
        self.complete.discard(village)

    def each(self) -> Iterator[tuple[str, Key, Record]]:
        for village, copy in self.records.items():
            for key, record in copy.items():
                yield village, key, record

    def find(self, entity: str, record: str) -> tuple[str, Record] | None:
        for village, copy in self.records.items():
            if (entity, record) in copy:
                return village, copy[entity, record]
        return None

    def digest(self, village: str) -> str:
        copy = self.records.get(village, {})
        return feed_digest((key[1], record["rev"]) for key, record in copy.items())

    def have(self, village: str) -> list[list[Any]]:
        return [[key[1], record["rev"]] for key, record in self.records.get(village, {}).items()]


def rescues(old: Copies, new: Copies, database: str, device: str) -> Iterator[dict[str, Any]]:
    """What only this phone still knows: every record the new generation lacks, every field that
    differs. What waits is the server's own, and is made anew from the changes sent again."""
    for village, (entity, id_), record in old.each():
        if village == REFERENCE_FEED or entity == "waiting":
            continue
        found = new.find(entity, id_)
        there = found[1]["data"] if found else {}
        here = record["data"]
        set_ = {
            name: here.get(name)
            for name in {**here, **there}
            if as_stored(here.get(name)) != as_stored(there.get(name))
        }
        if not set_:
            continue
        yield {
            "id": _content_id(
                database, device, id_, orjson.dumps(set_, option=orjson.OPT_SORT_KEYS)
            ),
            "entity": entity,
            "record": id_,
            "village": village,
            "was": {name: there.get(name) for name in set_} if found else {},
            "set": set_,
            "answers": None,
            "rescue": True,
        }


def _content_id(database: str, device: str, record: str, content: bytes) -> str:
    """The same id for the same content, so that a rescue is offered once."""
    text = "\n".join((database, device, record, content.decode()))
    raw = bytearray(hashlib.sha256(text.encode()).digest()[:16])
    raw[6] = 0x80 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return str(UUID(bytes=bytes(raw)))
