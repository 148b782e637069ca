"""One waiting change beside what is recorded, field by field, as a page shows it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import select

from schemas.kinds import Entity, WaitingState
from schemas.records import PARENT_FIELD, TOGETHER, record_fields
from server.domain.change import as_stored
from server.domain.reading import missing_fields
from server.domain.reviewing import ReviewKind
from server.errors import Problem
from server.pages.scope import own_villages
from server.pages.values import ids_in, names_of, value_words
from server.pages.words import iso_moment_words, sentence, word
from server.review.inputs import Input, input_for
from server.review.lines import Line, lines_of, name_each, reason_words, telling
from server.review.scope import overseer
from server.store.db import db
from server.store.feeds import ChangeRow, Waiting
from server.store.people import Device, User
from server.store.records import TABLES
from server.store.review.queue import Item, may_decide

UNSETTLED = (WaitingState.OPEN.value, WaitingState.RETURNED.value)
LOOKED_BACK = 200
"""How many changes of a record are searched for whoever wrote what it says."""


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote the recorded value, when, and on what."""

    who: str
    at: Any
    device: str


@dataclass(slots=True)
class Beside:
    """One waiting value beside what is recorded and what its author had seen."""

    entity: str
    name: str
    label: str
    recorded: str
    incoming: str
    seen: str
    raw: Any
    recorded_raw: Any
    reasons: list[str]
    input: Input | None
    written: Written | None
    state: str | None
    typed: str | None = None
    error: str = ""


@dataclass(slots=True)
class Unit:
    """Fields that mean something only together are chosen together. `pick`: what is chosen so far:
    recorded, incoming or other."""

    fields: list[Beside]
    pick: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return self.fields[0].name

    @property
    def typeable(self) -> bool:
        return all(each.input is not None for each in self.fields)


@dataclass(slots=True)
class Shown:
    """A waiting change. `doubtful`: what somebody has to look at; `plain`: new values that nothing
    speaks against, taken along with the rest."""

    row: Waiting
    data: dict[str, Any]
    line: Line
    recorded: bool
    page: str | None
    doubtful: list[Unit] = field(default_factory=list)
    plain: list[Unit] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    """What has been written already, where a change was taken and is only looked at."""

    @property
    def unsettled(self) -> bool:
        return self.row.state in UNSETTLED

    @property
    def units(self) -> list[Unit]:
        return [*self.doubtful, *self.plain]

    @property
    def seen(self) -> str:
        """What stands recorded while the page is looked at: a choice is made against it."""
        values = {each.name: each.recorded_raw for unit in self.units for each in unit.fields}
        return orjson.dumps(values).decode()


def waiting_in_scope(waiting_id: str) -> Waiting:
    """One waiting change; not found, or not allowed when it lies elsewhere."""
    row = db.session.get(Waiting, waiting_id)
    if row is None:
        raise Problem("not_found")
    mine = select(Waiting.id).where(Waiting.id == waiting_id, may_decide(overseer()))
    if db.session.scalar(mine) is None:
        raise Problem("not_allowed")
    return row


def shown(row: Waiting) -> Shown:
    """The change with its fields, ready to be decided about."""
    data = orjson.loads(row.data)
    item = Item(row.kind, row.id, row.village_id, row.household_id, row.received_at)
    record = _recorded(row.entity, row.record_id)
    found = Shown(row, data, lines_of([item])[0], bool(record), _record_page(row, record))
    besides = _besides(row, data, record)
    for unit in _units(besides):
        (found.doubtful if _is_doubtful(unit, row, bool(record)) else found.plain).append(unit)
    for unit in found.doubtful:
        unit.pick = _first_pick(row, unit)
    named = {each.name for each in besides}
    found.whole = [reason_words(it) for it in telling(data) if it.get("field") not in named]
    if not besides:
        found.taken = _values_of(db.session.get(ChangeRow, data["change"]))
    return found


def _besides(row: Waiting, data: dict[str, Any], record: dict[str, Any]) -> list[Beside]:
    fields: dict[str, dict[str, Any]] = dict(data.get("fields") or {})
    if row.state in UNSETTLED and not record and fields:
        proposed = {name: it.get("set") for name, it in fields.items()}
        for name in missing_fields(row.entity, proposed):
            fields.setdefault(name, {"was": None, "set": None})
    ids = ids_in(record)
    for values in fields.values():
        ids += [each for each in (values.get("set"), values.get("was")) if isinstance(each, str)]
    names = names_of(ids)
    written = _written(row.record_id, {name: record.get(name) for name in fields})
    reasons: dict[str, list[str]] = defaultdict(list)
    for it in telling(data):
        reasons[it.get("field") or ""].append(sentence(it.get("code")))
    return [
        _beside(row, data, name, fields[name], record, names, written, reasons[name])
        for name in fields
    ]


def _beside(
    row: Waiting,
    data: dict[str, Any],
    name: str,
    values: dict[str, Any],
    record: dict[str, Any],
    names: Mapping[str, str],
    written: Mapping[str, Written],
    reasons: list[str],
) -> Beside:
    def words(value: Any) -> str:
        return value_words(row.entity, name, value, names)

    return Beside(
        row.entity,
        name,
        word("field", name),
        words(record.get(name)),
        words(values.get("set")),
        words(values.get("was")),
        values.get("set"),
        record.get(name),
        reasons,
        input_for(row.entity, name, values.get("set"), data.get("household")),
        written.get(name),
        values.get("state"),
    )


def _units(besides: list[Beside]) -> list[Unit]:
    order = list(record_fields(Entity(besides[0].entity))) if besides else []
    rank = {name: place for place, name in enumerate(order)}
    ranked = sorted(besides, key=lambda each: rank.get(each.name, len(rank)))
    by_name = {each.name: each for each in ranked}
    units: list[Unit] = []
    while by_name:
        name = next(iter(by_name))
        group = next((unit for unit in TOGETHER if name in unit), frozenset({name}))
        here = sorted(group & by_name.keys(), key=lambda each: rank.get(each, len(rank)))
        units.append(Unit([by_name.pop(each) for each in here]))
    return units


def _is_doubtful(unit: Unit, row: Waiting, recorded: bool) -> bool:
    if any(each.reasons for each in unit.fields):
        return True
    parent = PARENT_FIELD[Entity(row.entity)]
    if not recorded:
        no_parent = row.kind == ReviewKind.MISSING and unit.name == parent
        return no_parent or any(each.raw is None for each in unit.fields)
    return any(each.recorded_raw != as_stored(each.raw) for each in unit.fields)


def _first_pick(row: Waiting, unit: Unit) -> str:
    """A clash is for people to choose in; a value that broke a rule is there to be mended."""
    if row.kind == ReviewKind.CONFLICT:
        return ""
    faulty = any(each.reasons for each in unit.fields) or any(it.raw is None for it in unit.fields)
    mendable = row.kind in (ReviewKind.HELD, ReviewKind.MISSING)
    return "other" if faulty and mendable and unit.typeable else "incoming"


def _recorded(entity: str, record_id: str) -> dict[str, Any]:
    """The record as it stands; empty when there is none, or when it lies in another's village."""
    table = TABLES[Entity(entity)]
    own = table.village_id.in_(list(own_villages()))
    text = db.session.scalar(select(table.data).where(table.id == record_id, own))
    read: dict[str, Any] = orjson.loads(text) if text else {}
    return read


def _record_page(row: Waiting, record: dict[str, Any]) -> str | None:
    """Where the record itself is shown, or whom it belongs to."""
    owner = record.get("member") or (row.record_id if row.entity == Entity.MEMBER else None)
    if record and owner:
        return f"/people/{owner}"
    return f"/households/{row.household_id}" if record and row.household_id else None


def _written(record_id: str, values: Mapping[str, Any]) -> dict[str, Written]:
    """For each field whoever last set it to what it says now."""
    found: dict[str, Written] = {}
    wanted = {name for name, value in values.items() if value is not None}
    rows = db.session.execute(
        select(ChangeRow.body, ChangeRow.received_at, ChangeRow.channel, User.name, Device.name)
        .outerjoin(User, User.id == ChangeRow.user_id)
        .outerjoin(Device, Device.id == ChangeRow.device_id)
        .where(ChangeRow.record_id == record_id)
        .order_by(ChangeRow.seq.desc())
        .limit(LOOKED_BACK)
    )
    for body, at, channel, who, device in rows:
        raw = orjson.loads(body)
        said = raw.get("set") if isinstance(raw, dict) else None
        set_: dict[str, Any] = said if isinstance(said, dict) else {}
        for name in wanted & set_.keys():
            if as_stored(set_[name]) == values[name]:
                where = device or word("channel", channel)
                found[name] = Written(who or word("channel", channel), at, where)
                wanted.discard(name)
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    """What the field answered: who, when, and the values."""

    who: str | None
    device: str | None
    at: str | None
    values: list[tuple[str, str]]


def answer_to(data: Mapping[str, Any]) -> Answer | None:
    """The change that answered what was returned; None while nobody has."""
    change = data.get("answer") and db.session.get(ChangeRow, data["answer"])
    if not change:
        return None
    who = name_each(User, [change.user_id]).get(change.user_id or "")
    device = name_each(Device, [change.device_id]).get(change.device_id or "")
    return Answer(who, device, data.get("answered_at"), _values_of(change))


def _values_of(change: ChangeRow | None) -> list[tuple[str, str]]:
    """What a change set, in words."""
    if change is None:
        return []
    set_: dict[str, Any] = orjson.loads(change.body).get("set") or {}
    names = names_of(ids_in(set_))
    known = record_fields(Entity(change.entity))
    return [
        (word("field", name), value_words(change.entity, name, value, names))
        for name, value in set_.items()
        if name in known
    ]


def notes_words(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The notes by field that went to the village."""
    notes: dict[str, str] = data.get("notes") or {}
    return [(word("field", name), text) for name, text in notes.items()]


def decided_words(data: Mapping[str, Any]) -> str:
    """Who decided and when, for whoever comes second."""
    who = name_each(User, [data.get("decided_by")]).get(data.get("decided_by") or "")
    if not data.get("decided_at"):
        return _("Việc này đã tự được xử lý: giá trị đã có trong hồ sơ hoặc đã có bản sau.")
    at = iso_moment_words(data["decided_at"])
    if who is None:
        return _("Việc này đã được xử lý lúc %(at)s.", at=at)
    return _("Việc này đã được %(who)s xử lý lúc %(at)s.", who=who, at=at)
