"""Pupils whose school or class the roll says otherwise than recorded; taking the roll's over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import and_, or_, select

from schemas.kinds import Entity
from server.domain.reconciling.pairing import Kind
from server.domain.reconciling.schooling import Schooling, differences, recorded, taken_over
from server.reconcile.applying import rows_of
from server.reconcile.kinds import ListKind
from server.store.bulk import among
from server.store.changes.write import Author, Result, new_change
from server.store.db import db
from server.store.imported_lists import ImportedList
from server.store.places import School
from server.store.reconciling import Asked, MatchState, ReconcileDecision, ReconcileMatch
from server.store.records import Member
from server.store.review.writing import write_all_or_nothing


@dataclass(frozen=True, slots=True)
class Beside:
    """What the roll says of a pupil, and the record. `said`: the fields that differ."""

    told: Schooling
    known: Schooling
    said: tuple[str, ...]


def beside(kept: ImportedList, matches: Sequence[ReconcileMatch]) -> dict[str, Beside]:
    """School and class of both sides, by match; nothing of a list that is no school's roll."""
    if kept.kind != ListKind.SCHOOL_ROLL:
        return {}
    rows = rows_of(kept.id, {match.row_number for match in matches})
    members = {match.member_id for match in matches if match.member_id}
    query = select(Member.id, Member.data).where(among(Member.id, members))
    people = {id_: orjson.loads(data) for id_, data in db.session.execute(query)}
    names = _names({kept.school_id, *(each.get("school") for each in people.values())})
    found = {}
    for match in matches:
        if match.member_id not in people:
            continue
        given = rows[match.row_number].get("school_class")
        told = Schooling(kept.school_id, names.get(kept.school_id or ""), given)
        known = recorded(people[match.member_id], names)
        found[match.id] = Beside(told, known, differences(told, known))
    return found


def _names(schools: Collection[str | None]) -> dict[str, str]:
    query = select(School.id, School.name).where(among(School.id, {id_ for id_ in schools if id_}))
    return dict(db.session.execute(query).all())


def differing(kept: ImportedList) -> dict[str, Beside]:
    """The pupils of the roll, known to be who they are, whose school or class differs and about
    whom nobody has decided what this roll says."""
    match, decision = ReconcileMatch, ReconcileDecision
    known = or_(
        and_(match.kind == Kind.SURE, match.state == MatchState.OPEN),
        match.state == MatchState.CONFIRMED,
    )
    query = (
        select(match)
        .join(Member, Member.id == match.member_id)
        .where(match.list_id == kept.id, known, Member.last_day.is_(None))
        .where(Member.merged_into.is_(None))
    )
    matches = {each.id: each for each in db.session.scalars(query)}
    same = and_(match.member_id == decision.member_id, match.row_key == decision.row_key)
    answered = (
        select(decision.member_id, decision.row_key, decision.about)
        .join(match, same)
        .where(match.list_id == kept.id, decision.asked == Asked.SCHOOL.value)
    )
    decided = {(one, key, about) for one, key, about in db.session.execute(answered)}
    return {
        id_: each
        for id_, each in beside(kept, list(matches.values())).items()
        if each.said
        and (matches[id_].member_id, matches[id_].row_key, each.told.about) not in decided
    }


def take_over(
    found: Sequence[tuple[ReconcileMatch, Beside]], author: Author
) -> tuple[list[Result], set[int]]:
    """Write the roll's school and class over what is recorded; the results, and the places of those
    refused: with one refused nothing is written."""
    return write_all_or_nothing([_change(match, each) for match, each in found], author)


def _change(match: ReconcileMatch, each: Beside) -> dict[str, object]:
    new = taken_over(each.told, each.said)
    member = orjson.loads(db.session.get_one(Member, match.member_id).data)
    was = {name: member.get(name) for name in new}
    return new_change(Entity.MEMBER.value, str(match.member_id), new, was)
