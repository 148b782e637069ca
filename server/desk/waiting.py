"""What waits for review: the list, oldest first, and one waiting change beside what is recorded."""

from dataclasses import dataclass
from typing import Any

import orjson
from flask_babel import get_locale
from flask_login import current_user
from sqlalchemy import Select, func, or_, select

from schemas.kinds import Entity, Role, WaitingState
from server.domain.messages import message
from server.errors import Problem
from server.pages.paging import Page, asked_page
from server.pages.scope import chosen_villages, own_villages
from server.pages.values import ids_in, names_of, value_words
from server.pages.words import word
from server.store.db import db
from server.store.feeds import Waiting
from server.store.people import Device, User, UserArea
from server.store.records import TABLES, Household, Member
from server.store.scope import Village

NO_VILLAGE = "none"
"""Asks for what could not be placed in any village."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    row: Waiting
    data: dict[str, Any]
    about: str
    village: str | None
    who: str | None
    device: str | None
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class FieldBeside:
    """One waiting value beside what is recorded and what its author had seen."""

    label: str
    recorded: str
    incoming: str
    seen: str
    reasons: list[str]


def waiting_lines(state: str, village: str) -> tuple[list[WaitingLine], Page, dict[str, Village]]:
    """A page of what waits in one's villages, the oldest first."""
    villages = own_villages()
    query = select(Waiting).where(visible(villages), Waiting.state == state)
    if village == NO_VILLAGE:
        query = query.where(Waiting.village_id.is_(None))
    elif village:
        query = query.where(Waiting.village_id.in_(chosen_villages(villages, village)))
    page = asked_page(_count(query))
    ordered = query.order_by(Waiting.received_at, Waiting.seq)
    rows = list(db.session.scalars(ordered.limit(page.per_page).offset(page.offset)))
    return _lines(rows), page, villages


def visible(villages: dict[str, Village]) -> Any:
    """What lies in one's villages; and what found no village, if its author serves one's areas."""
    placeless: Any = Waiting.village_id.is_(None)
    if current_user.role != Role.ADMIN:
        parents = {village.parent_id for village in villages.values()}
        authors = select(UserArea.user_id).where(UserArea.area_id.in_([*villages, *parents]))
        placeless = placeless & Waiting.user_id.in_(authors)
    return or_(Waiting.village_id.in_(list(villages)), placeless)


def waiting_in_scope(waiting_id: str) -> WaitingLine:
    """One waiting change; not found, or not allowed when it lies elsewhere."""
    if db.session.get(Waiting, waiting_id) is None:
        raise Problem("not_found")
    mine = select(Waiting).where(Waiting.id == waiting_id, visible(own_villages()))
    row = db.session.scalar(mine)
    if row is None:
        raise Problem("not_allowed")
    return _lines([row])[0]


def beside(line: WaitingLine) -> list[FieldBeside]:
    """Field by field: what is recorded now, what came in, what its author had seen."""
    entity = line.row.entity
    recorded = _recorded(entity, line.row.record_id)
    fields: dict[str, dict[str, Any]] = line.data.get("fields") or {}
    ids = ids_in(recorded)
    for values in fields.values():
        ids += [each for each in values.values() if isinstance(each, str)]
    names = names_of(ids)
    return [
        FieldBeside(
            word("field", field),
            value_words(entity, field, recorded.get(field), names),
            value_words(entity, field, values.get("set"), names),
            value_words(entity, field, values.get("was"), names),
            [sentence(each) for each in _reasons(line.data) if each.get("field") == field],
        )
        for field, values in fields.items()
    ]


def recorded_page(line: WaitingLine) -> str | None:
    """Where the record itself is shown, if it is recorded at all and has a page of its own."""
    pages = {Entity.HOUSEHOLD.value: "households", Entity.MEMBER.value: "people"}
    home = pages.get(line.row.entity)
    known = home and _recorded(line.row.entity, line.row.record_id)
    return f"/{home}/{line.row.record_id}" if known else None


def _recorded(entity: str, record_id: str) -> dict[str, Any]:
    """The record as it stands; empty when there is none, or when it lies in another's village."""
    table = TABLES[Entity(entity)]
    own = table.village_id.in_(list(own_villages()))
    text = db.session.scalar(select(table.data).where(table.id == record_id, own))
    read: dict[str, Any] = orjson.loads(text) if text else {}
    return read


def _lines(rows: list[Waiting]) -> list[WaitingLine]:
    datas = [orjson.loads(row.data) for row in rows]
    names = names_of(
        [row.village_id or "" for row in rows]
        + [row.record_id for row in rows]
        + [id_ for data in datas for id_ in _parents(data)]
    )
    people = _names(User, {row.user_id for row in rows})
    phones = _names(Device, {data.get("device") for data in datas})
    owners = _owners(rows)
    return [
        WaitingLine(
            row,
            data,
            _about(row, data, names, owners),
            names.get(row.village_id or ""),
            people.get(row.user_id or ""),
            phones.get(data.get("device") or ""),
            list(dict.fromkeys(reason_words(reason) for reason in _reasons(data))),
        )
        for row, data in zip(rows, datas, strict=True)
    ]


def _about(
    row: Waiting, data: dict[str, Any], names: dict[str, str], owners: dict[str, str]
) -> str:
    """What the change is about, by the best name there is: also for what is not recorded yet."""
    fields = data.get("fields") or {}
    for field in ("full_name", "code", "address"):
        named = (fields.get(field) or {}).get("set")
        if isinstance(named, str) and row.record_id not in names:
            return named
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


def _names(table: type[User] | type[Device], ids: set[str | None]) -> dict[str, str]:
    wanted = [id_ for id_ in ids if id_]
    found = db.session.execute(select(table.id, table.name).where(table.id.in_(wanted)))
    return dict(found.all())


def _reasons(data: dict[str, Any]) -> list[dict[str, Any]]:
    return data.get("reasons") or []


def reasons_of_the_whole(line: WaitingLine) -> list[str]:
    """Reasons that are no single waiting field's."""
    fields = line.data.get("fields") or {}
    return [reason_words(each) for each in _reasons(line.data) if each.get("field") not in fields]


def reason_words(reason: dict[str, Any]) -> str:
    """A reason with the field it is about."""
    field = reason.get("field")
    return f"{word('field', field)}: {sentence(reason)}" if field else sentence(reason)


def sentence(reason: dict[str, Any]) -> str:
    """A reason in the reader's language."""
    return message(str(reason.get("code")), str(get_locale()))


def waiting_by_village(villages: dict[str, Village], state: WaitingState) -> dict[str | None, int]:
    """How many wait in each village; None: those without a village."""
    counts = (
        select(Waiting.village_id, func.count())
        .where(visible(villages), Waiting.state == state)
        .group_by(Waiting.village_id)
    )
    return dict(db.session.execute(counts).all())


def _count(query: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
