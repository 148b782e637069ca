"""The rows and people of a tab with all that a page and a file say of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import select

from server.domain.numbers import day_words
from server.domain.reconciling.households import Misplaced
from server.domain.reconciling.pairing import Kind
from server.domain.reconciling.schooling import Schooling
from server.pages.words import word
from server.reconcile.applying import rows_of
from server.reconcile.schooling import Beside, beside
from server.reconcile.tabs import NotListed
from server.reconcile.words import DIFFERENCE, WHY
from server.store.bulk import among
from server.store.db import db
from server.store.imported_lists import ImportedList
from server.store.places import Area
from server.store.reconciling import MatchState, ReconcileMatch
from server.store.records import Household, Member


@dataclass(frozen=True, slots=True)
class Known:
    """A surveyed person as the room shows them."""

    id: str
    data: dict[str, Any]
    village: str
    home: dict[str, Any]
    home_id: str


@dataclass(frozen=True, slots=True)
class MatchLine:
    match: ReconcileMatch
    row: dict[str, Any]
    person: Known | None
    notes: list[str] = field(default_factory=list)
    pupil: Beside | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody not on the list, or a child counted elsewhere (`code`, `belongs`)."""

    person: Known
    note: str
    code: str = ""


def known_people(ids: Collection[str]) -> dict[str, Known]:
    """People with their household and village, by id."""
    query = (
        select(Member.id, Member.data, Area.name, Household.data, Household.id)
        .join(Household, Household.id == Member.household_id)
        .join(Area, Area.id == Member.village_id)
        .where(among(Member.id, set(ids)))
    )
    return {
        id_: Known(id_, orjson.loads(data), village, orjson.loads(home), home_id)
        for id_, data, village, home, home_id in db.session.execute(query)
    }


def match_lines(kept: ImportedList, matches: Sequence[ReconcileMatch]) -> list[MatchLine]:
    rows = rows_of(kept.id, {match.row_number for match in matches})
    people = known_people({match.member_id for match in matches if match.member_id})
    pupils = beside(kept, matches)
    return [
        MatchLine(
            match,
            rows[match.row_number],
            people.get(match.member_id or ""),
            _notes(match, people.get(match.member_id or ""), pupils.get(match.id)),
            pupils.get(match.id),
        )
        for match in matches
    ]


def _notes(match: ReconcileMatch, person: Known | None, pupil: Beside | None) -> list[str]:
    notes = []
    if match.kind == Kind.DIFFERS:
        notes.append(_("Số của người này đứng dưới tên khác"))
    if match.state == MatchState.REJECTED:
        notes.append(_("Đã trả lời: không phải một người"))
    if person is not None and person.data.get("ended_on"):
        ended = word("end_reason", person.data.get("end_reason"))
        notes.append(f"{ended}, {day_words(person.data['ended_on'])}")
    fields = [*match.fields, *(pupil.said if pupil else ())]
    if fields and match.state != MatchState.REJECTED:
        said = ", ".join(str(DIFFERENCE[name]) for name in fields if name in DIFFERENCE)
        notes.append(_("Khác: %(fields)s", fields=said))
    return notes


def not_listed_lines(found: Sequence[NotListed]) -> list[PersonLine]:
    people = known_people({each.person for each in found})
    return [PersonLine(people[each.person], str(WHY[each.why])) for each in found]


def child_lines(found: Sequence[Misplaced]) -> list[PersonLine]:
    people = known_people({each.person for each in found})
    heads = _heads({each.belongs_to for each in found})
    return [
        PersonLine(people[each.person], heads.get(each.belongs_to, "–"), each.code)
        for each in found
    ]


def _heads(homes: Collection[str]) -> dict[str, str]:
    query = select(Member.household_id, Member.full_name).where(
        among(Member.household_id, homes), Member.relation == "head", Member.merged_into.is_(None)
    )
    rows = db.session.execute(query.order_by(Member.id.desc())).all()
    return {home: str(name) for home, name in rows}


def school_words(said: Schooling) -> str:
    """A school and a class in words; a dash when neither is said."""
    parts = [said.name, _("lớp %(name)s", name=said.school_class) if said.school_class else None]
    return ", ".join(part for part in parts if part) or "–"


def period_words(row: dict[str, Any]) -> str:
    """The period of a row in words; a dash when the list says none."""
    if not (row.get("valid_from") or row.get("valid_to")):
        return "–"
    start, end = (
        day_words(row[name]) if row.get(name) else "…" for name in ("valid_from", "valid_to")
    )
    return f"{start} – {end}"
