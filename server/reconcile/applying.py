"""What a confirmed pair adds to a person: card periods with the list as evidence, a school where
none is recorded. Written as changes, so that the phones get them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import CardEvidence, ChangeStatus, Entity
from server.domain.reconciling.periods import Period, Step, period_of
from server.domain.reconciling.rows import mended
from server.reconcile.kinds import ListKind, made_on
from server.store.bulk import among
from server.store.changes.write import Author, new_change, write_changes
from server.store.db import db, new_id
from server.store.imported_lists import ImportedList, ImportedRow
from server.store.merged import taken_in
from server.store.reconciling import ReconcileMatch
from server.store.records import Card, Member

SCHOOL = ("school", "school_class")
ASKED_AT_ONCE = 10_000
"""A database takes so many parameters; for more rows the whole list is read."""


@dataclass(frozen=True, slots=True)
class Applied:
    """How many periods were added, how many people got a school, how many periods differ."""

    cards: int = 0
    schools: int = 0
    differ: int = 0
    held: int = 0


def rows_of(list_id: str, numbers: Collection[int] | None = None) -> dict[int, dict[str, Any]]:
    """Rows of a list by number, all of them unless told which."""
    query = select(ImportedRow.row_number, ImportedRow.data).where(ImportedRow.list_id == list_id)
    wanted = None if numbers is None else set(numbers)
    if wanted is not None and len(wanted) <= ASKED_AT_ONCE:
        query = query.where(ImportedRow.row_number.in_(wanted))
    return {
        number: mended(orjson.loads(data))
        for number, data in db.session.execute(query)
        if wanted is None or number in wanted
    }


def cards_of(members: Collection[str]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """The cards of people, those of records merged into them too, by person."""
    merged = taken_in(members)
    query = select(Card.id, Card.member_id, Card.data).where(
        among(Card.member_id, [*members, *merged])
    )
    found: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for id_, member, data in db.session.execute(query.order_by(Card.id)):
        found[merged.get(member, member)].append((id_, orjson.loads(data)))
    return found


def evidence_of(kept: ImportedList) -> str:
    school = kept.kind == ListKind.SCHOOL_ROLL
    return (CardEvidence.SCHOOL if school else CardEvidence.BHXH_LIST).value


def periods_of(kept: ImportedList, matches: Sequence[ReconcileMatch]) -> dict[str, Period]:
    """What the rows of these matches would do to the cards of their people, by match."""
    rows = rows_of(kept.id, {match.row_number for match in matches})
    cards = cards_of({match.member_id for match in matches if match.member_id})
    evidence = evidence_of(kept)
    return {
        match.id: period_of(
            rows[match.row_number], cards.get(match.member_id or "", ()), evidence, made_on(kept)
        )
        for match in matches
    }


def apply(kept: ImportedList, matches: Sequence[ReconcileMatch], author: Author) -> Applied:
    """Write what confirmed matches add. What is known is not written again; what the list ends
    earlier than recorded is left for a person to decide."""
    periods = periods_of(kept, matches)
    cards = [
        new_change(Entity.CARD.value, new_id(), {"member": match.member_id, **period.values})
        for match in matches
        if (period := periods[match.id]).step is Step.ADD
    ]
    schools = list(_school_changes(kept, matches))
    results = write_changes([*cards, *schools], author)
    held = sum(each.status != ChangeStatus.APPLIED.value for each in results)
    differ = sum(each.step is Step.DIFFERS for each in periods.values())
    return Applied(len(cards), len(schools), differ, held)


def _school_changes(
    kept: ImportedList, matches: Iterable[ReconcileMatch]
) -> Iterable[dict[str, Any]]:
    """A pupil's school and class, where none is recorded."""
    if kept.kind != ListKind.SCHOOL_ROLL:
        return
    found = list(matches)
    rows = rows_of(kept.id, {match.row_number for match in found})
    members = select(Member.id, Member.data).where(
        among(Member.id, {match.member_id for match in found if match.member_id})
    )
    known = {id_: orjson.loads(data) for id_, data in db.session.execute(members)}
    for match in found:
        told = school_of(kept, rows[match.row_number])
        member = known.get(match.member_id or "", {})
        new = {name: told[name] for name in SCHOOL if told[name] and not member.get(name)}
        other = member.get("school") not in (None, told["school"])
        if new and not other and not member.get("school_other"):
            was = dict.fromkeys(new)
            yield new_change(Entity.MEMBER.value, str(match.member_id), new, was)


def school_of(kept: ImportedList, row: Mapping[str, Any]) -> dict[str, str | None]:
    return {"school": kept.school_id, "school_class": row.get("school_class")}
