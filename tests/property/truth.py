"""What the database says, read once a step, and what must hold of it after every step."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import select

from schemas.kinds import Entity
from server.domain.change import as_stored
from server.domain.digest import feed_digest
from server.domain.merge import UNIT_OF
from server.store.changes.workspace import UNSETTLED
from server.store.db import db
from server.store.feeds import ChangeRow, Instance, Tombstone, VillageFeed, Waiting
from server.store.records import TABLES

PLACE_FIELDS = ("village", "household", "member", "merged_into")
Values = dict[str, Any]


@dataclass
class Record:
    entity: Entity
    village: str
    household: str
    rev: int
    data: Values


@dataclass
class Logged:
    """A change in the log."""

    record: str
    status: str
    was: Values
    set: Values
    rescue: bool


@dataclass
class Wait:
    id: str
    village: str | None
    household: str | None
    rev: int
    change: str
    record: str
    user: str | None
    missing: str | None
    data: Values


@dataclass
class Truth:
    """The whole of what sync is about, at one moment."""

    database: str
    epoch: str
    records: dict[str, Record]
    waits: list[Wait]
    log: dict[str, Logged]
    heads: dict[str, tuple[int, str]]
    graves: list[tuple[str, str]]

    @classmethod
    def of(cls, app: Flask) -> "Truth":
        with app.app_context():
            instance = db.session.scalars(select(Instance)).one()
            records: dict[str, Record] = {}
            for entity, table in TABLES.items():
                columns = (table.id, table.village_id, table.household_id, table.rev, table.data)
                for id_, village, household, rev, data in db.session.execute(select(*columns)):
                    assert id_ not in records, "one id, two records"
                    records[id_] = Record(entity, village, household, rev, orjson.loads(data))
            found = Truth(
                instance.database,
                instance.epoch,
                records,
                [_wait(row) for row in db.session.scalars(select(Waiting).order_by(Waiting.seq))],
                {row.id: _logged(row) for row in db.session.scalars(select(ChangeRow))},
                {f.village_id: (f.rev, f.digest) for f in db.session.scalars(select(VillageFeed))},
                [(t.village_id, t.record_id) for t in db.session.scalars(select(Tombstone))],
            )
            db.session.rollback()
            return found

    def feed(self, village: str) -> dict[str, tuple[Values, int]]:
        """What a phone that serves the village must hold: data and revision by id."""
        live = {i: (r.data, r.rev) for i, r in self.records.items() if r.village == village}
        return live | {w.id: (w.data, w.rev) for w in self.waits if w.village == village}

    def head(self, village: str) -> tuple[int, str]:
        return self.heads.get(village, (0, feed_digest([])))

    # ── what must hold after every step ──────────────────────────────────────────────────────────

    def every_fate_has_its_place(self) -> None:
        """Applied, or named by what waits: there is no third."""
        named = {wait.change for wait in self.waits}
        for id_, logged in self.log.items():
            assert logged.status in ("applied", "merged", "held")
            if logged.status != "applied" and id_ not in named:
                assert logged.rescue, f"nowhere: {logged}"
                assert self._offered(logged), f"nowhere: {logged}"

    def _offered(self, rescue: Logged) -> bool:
        """What one phone offers, another may have offered before: it waits once."""
        said = [(name, as_stored(value)) for name, value in rescue.set.items()]
        return all(self.knows(rescue.record, name, value) for name, value in said)

    def feeds_hold_what_their_digests_say(self, villages: list[str]) -> None:
        for village in villages:
            live, (rev, digest) = self.feed(village), self.head(village)
            revs = [at for _, at in live.values()]
            assert len(set(revs)) == len(revs)
            assert max(revs, default=0) <= rev
            assert feed_digest((id_, at) for id_, (_, at) in live.items()) == digest
        for village, id_ in self.graves:
            assert id_ not in self.feed(village)

    def everything_lies_where_its_household_lies(self) -> None:
        for id_, record in self.records.items():
            home = self.records[record.household]
            assert home.entity is Entity.HOUSEHOLD
            assert home.village == record.village
            if record.entity is Entity.HOUSEHOLD:
                assert record.data["village"] == record.village
                assert record.household == id_
            if record.entity is Entity.MEMBER:
                assert record.data["household"] == record.household
        for wait in self.waits:
            if wait.household in self.records and wait.village is not None:
                assert self.records[wait.household].village == wait.village

    def everything_was_said_by_a_change(self) -> None:
        """No record, and no value in it, that nobody ever saved."""
        said: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for logged in self.log.values():
            for name, value in logged.set.items():
                said[logged.record][name].append(as_stored(value))
        for id_, record in self.records.items():
            for name, value in record.data.items():
                assert name == "village" or value in said[id_][name], f"{name} came from nowhere"

    def nothing_unseen_was_overwritten(self, before: "Truth") -> None:
        """From the value that stood to the one that stands leads a chain of changes each of whose
        authors saw what they changed."""
        steps: dict[tuple[str, str], list[tuple[Any, Any]]] | None = None
        for id_, old in before.records.items():
            new = self.records.get(id_)
            assert new is not None, "a record vanished"
            if new.data == old.data:
                continue
            if steps is None:
                steps = self._steps()
            for name in old.data.keys() | new.data.keys():
                was, now = old.data.get(name), new.data.get(name)
                if was != now and name != "village":
                    told = f"{name}: {was!r} became {now!r} unseen"
                    assert _leads(was, now, steps[id_, name]), told

    def _steps(self) -> dict[tuple[str, str], list[tuple[Any, Any]]]:
        steps: dict[tuple[str, str], list[tuple[Any, Any]]] = defaultdict(list)
        for logged in self.log.values():
            if logged.rescue:
                continue
            for name, value in logged.set.items():
                step = (as_stored(logged.was.get(name)), as_stored(value))
                steps[logged.record, name].append(step)
        return steps

    def what_arrived_is_waited_for_no_longer(self) -> None:
        for wait in self.waits:
            assert wait.data["state"] != "open" or wait.missing not in self.records

    def could_apply(self) -> dict[tuple[str, str], Wait]:
        """The fields that wait although the record holds what their author saw."""
        return {
            (wait.id, name): wait
            for wait in self.waits
            if wait.data["state"] == "open"
            for name, it in wait.data["fields"].items()
            if "state" not in it and name not in PLACE_FIELDS and name not in UNIT_OF
            if {"field": name, "code": "conflict"} in wait.data["reasons"]
            if self.records[wait.record].data.get(name) == it["was"]
        }

    def knows(self, record: str, name: str, value: Any) -> bool:
        """The value stands in the record, waits, or was replaced by somebody who saw it."""
        found = self.records.get(record)
        if found is not None and found.data.get(name) == value:
            return True
        for wait in self.waits:
            it = wait.data["fields"].get(name)
            if wait.record == record and it is not None and it["set"] == value:
                return True
        return any(
            value in (as_stored(it.set[name]), as_stored(it.was.get(name)))
            for it in self.log.values()
            if it.record == record and name in it.set and not it.rescue and it.status != "held"
        )


def _leads(start: Any, end: Any, steps: list[tuple[Any, Any]]) -> bool:
    reached = [start]
    for value in reached:
        for was, set_ in steps:
            if was == value and set_ not in reached:
                reached.append(set_)
    return end in reached


def _wait(row: Waiting) -> Wait:
    return Wait(
        row.id,
        row.village_id,
        row.household_id,
        row.rev,
        row.change_id,
        row.record_id,
        row.user_id,
        row.missing_id if row.state in UNSETTLED else None,
        orjson.loads(row.data),
    )


def _logged(row: ChangeRow) -> Logged:
    body = orjson.loads(row.body)
    return Logged(
        row.record_id,
        row.status,
        body.get("was") or {},
        body.get("set") or {},
        bool(body.get("rescue")),
    )
