"""What waits, as a line of the list: about whom, from whom, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import func, select

from schemas.kinds import Entity, Relation
from server.domain.reviewing import ReviewKind
from server.pages.scope import own_villages
from server.pages.values import ids_in, names_of
from server.pages.words import sentence, word
from server.store.bulk import among
from server.store.db import db
from server.store.duplicates import PossibleDuplicate
from server.store.feeds import ChangeRow, Waiting
from server.store.people import Device, User
from server.store.records import TABLES, FieldNote, Household, Member, Visit
from server.store.review.queue import Item

SNIPPET = 120


@dataclass(slots=True)
class Line:
    item: Item
    entity: str = ""
    about: str = ""
    village: str | None = None
    who: str | None = None
    device: str | None = None
    reasons: list[str] = field(default_factory=list)


def lines_of(items: Sequence[Item]) -> list[Line]:
    """The items with what people call them, in their order."""
    lines = {item.id: Line(item) for item in items}
    for kinds, fill in (
        ({ReviewKind.DUPLICATE}, _fill_pairs),
        ({ReviewKind.NOTE}, _fill_notes),
        ({ReviewKind.WRONG_VILLAGE}, _fill_visits),
        (set(ReviewKind) - {"duplicate", "note", "wrong_village"}, _fill_waiting),
    ):
        chosen = {id_: line for id_, line in lines.items() if line.item.kind in kinds}
        if chosen:
            fill(chosen)
    villages = own_villages()
    for line in lines.values():
        village = villages.get(line.item.village_id or "")
        line.village = village.name if village else None
    return list(lines.values())


def _fill_waiting(lines: dict[str, Line]) -> None:
    rows = list(db.session.scalars(select(Waiting).where(among(Waiting.id, lines.keys()))))
    datas = {row.id: orjson.loads(row.data) for row in rows}
    names = names_of(
        [row.record_id for row in rows] + [id_ for data in datas.values() for id_ in _parents(data)]
    )
    owners = _owners(rows)
    people = name_each(User, (row.user_id for row in rows))
    phones = name_each(Device, (data.get("device") for data in datas.values()))
    for row in rows:
        line, data = lines[row.id], datas[row.id]
        line.entity = row.entity
        line.about = _about(row, data, names, owners)
        line.who = people.get(row.user_id or "")
        line.device = phones.get(data.get("device") or "")
        line.reasons = list(dict.fromkeys(map(reason_words, telling(data))))


def _about(
    row: Waiting, data: dict[str, Any], names: dict[str, str], owners: dict[str, str]
) -> str:
    """What the change is about, by the best name there is: also for what is not recorded yet."""
    fields = data.get("fields") or {}
    for name in ("full_name", "code", "address"):
        named = (fields.get(name) or {}).get("set")
        if isinstance(named, str) and row.record_id not in names:
            return named
    if row.entity == Entity.HOUSEHOLD:
        names = names | households_called([row.record_id])
    known = (names.get(id_) for id_ in (row.record_id, *_parents(data)))
    return owners.get(row.record_id) or next(filter(None, known), word("entity", row.entity))


def _parents(data: dict[str, Any]) -> list[str]:
    """Whom a new record is to hang on, the closest first."""
    fields = data.get("fields") or {}
    asked = [(fields.get(name) or {}).get("set") for name in ("member", "about", "household")]
    return [id_ for id_ in (*asked, data.get("household")) if isinstance(id_, str)]


def _owners(rows: list[Waiting]) -> dict[str, str]:
    """For cards, visits and the like: whose they are."""
    owners: dict[str, str] = {}
    for entity, table in TABLES.items():
        ids = [row.record_id for row in rows if row.entity == entity]
        if not ids or table in (Household, Member):
            continue
        records = db.session.execute(select(table.id, table.data).where(table.id.in_(ids)))
        hangs_on = {id_: orjson.loads(data) for id_, data in records}
        names = names_of(id_ for data in hangs_on.values() for id_ in ids_in(data))
        for id_, data in hangs_on.items():
            owner = data.get("member") or data.get("household") or data.get("about") or ""
            owners[id_] = names.get(owner, "")
    return owners


def _fill_pairs(lines: dict[str, Line]) -> None:
    query = select(PossibleDuplicate).where(among(PossibleDuplicate.id, lines.keys()))
    pairs = list(db.session.scalars(query))
    names = names_of(id_ for pair in pairs for id_ in (pair.one_id, pair.other_id))
    for pair in pairs:
        line = lines[pair.id]
        line.entity = pair.entity
        kind = word("entity", pair.entity)
        line.about = " – ".join(names.get(id_, kind) for id_ in (pair.one_id, pair.other_id))
        line.reasons = [word("duplicate_why", code) for code in pair.reasons]


def _fill_notes(lines: dict[str, Line]) -> None:
    notes = list(db.session.scalars(select(FieldNote).where(among(FieldNote.id, lines.keys()))))
    datas = {note.id: orjson.loads(note.data) for note in notes}
    about = [data["about"] for data in datas.values()]
    names, homes = names_of(about), households_called(about)
    _fill_authors(lines)
    for note in notes:
        data, line = datas[note.id], lines[note.id]
        line.entity = Entity.FIELD_NOTE.value
        line.about = homes.get(data["about"]) or names.get(data["about"]) or _("hộ chưa có mã")
        line.reasons = [f"{word('field_note_kind', data['kind'])}: {_short(data['text'])}"]


def _fill_visits(lines: dict[str, Line]) -> None:
    visits = list(db.session.scalars(select(Visit).where(among(Visit.id, lines.keys()))))
    datas = {visit.id: orjson.loads(visit.data) for visit in visits}
    names = names_of(id_ for data in datas.values() for id_ in ids_in(data))
    homes = households_called([visit.household_id for visit in visits])
    _fill_authors(lines)
    for visit in visits:
        line, there = lines[visit.id], datas[visit.id].get("suggested_village")
        line.entity = Entity.VISIT.value
        line.about = homes.get(visit.household_id) or _("hộ chưa có mã")
        line.reasons = [_("đề nghị %(village)s", village=names[there])] if there in names else []


def households_called(ids: Sequence[str]) -> dict[str, str]:
    """Households of one's villages by their head's name, with the code where there is one."""
    rows = db.session.execute(
        select(Household.id, Household.code, func.min(Member.full_name))
        .outerjoin(
            Member,
            (Member.household_id == Household.id)
            & (Member.relation == Relation.HEAD.value)
            & Member.merged_into.is_(None),
        )
        .where(among(Household.id, set(ids)), Household.village_id.in_(list(own_villages())))
        .group_by(Household.id, Household.code)
    )
    return {id_: _called(head, code) for id_, code, head in rows if head or code}


def _called(head: str | None, code: str | None) -> str:
    return f"{head} ({code})" if head and code else head or code or ""


def _fill_authors(lines: dict[str, Line]) -> None:
    """Who first wrote these records, and on which phone."""
    for id_, (who, device, _at) in authors_of(lines.keys()).items():
        lines[id_].who, lines[id_].device = who, device


def authors_of(records: Iterable[str]) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Name and phone of whoever made each record, and their clock's time."""
    ids = list(records)
    first = (
        select(ChangeRow.record_id, func.min(ChangeRow.seq).label("seq"))
        .where(among(ChangeRow.record_id, ids))
        .group_by(ChangeRow.record_id)
        .subquery()
    )
    made = (
        select(ChangeRow.record_id, ChangeRow.channel, User.name, Device.name, ChangeRow.at)
        .join(first, (first.c.record_id == ChangeRow.record_id) & (first.c.seq == ChangeRow.seq))
        .outerjoin(User, User.id == ChangeRow.user_id)
        .outerjoin(Device, Device.id == ChangeRow.device_id)
    )
    return {
        record: (who or word("channel", channel), device, at)
        for record, channel, who, device, at in db.session.execute(made)
    }


def _short(text: str) -> str:
    return text if len(text) <= SNIPPET else f"{text[:SNIPPET]}…"


def name_each(table: type[User] | type[Device], ids: Iterable[str | None]) -> dict[str, str]:
    wanted = {id_ for id_ in ids if id_}
    found = db.session.execute(select(table.id, table.name).where(among(table.id, wanted)))
    return dict(found.all())


def telling(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The reasons that say something: a field that only waits along with another does not."""
    return [it for it in data.get("reasons") or [] if it.get("code") != "together"]


def reason_words(reason: dict[str, Any]) -> str:
    """A reason with the field it is about; of a clash the field says enough."""
    name = reason.get("field")
    if name and reason.get("code") == "conflict":
        return word("field", name)
    words = sentence(reason.get("code"))
    return f"{word('field', name)}: {words}" if name else words
