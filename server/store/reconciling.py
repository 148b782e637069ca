"""What became of the rows of a kept list, and what people decided about them. A decision is kept by
the person and by who the row is, so that it holds for every later list, too."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import (
    Boolean,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.reconciling.pairing import Kind, Verdict
from server.store.db import Base, db, new_id, now
from server.store.merged import heirs

ID, KEY, DAY = String(36), String(40), String(10)
MOMENT = DateTime(timezone=True)
MATCHED = (Kind.SURE.value, Kind.LIKELY.value)


class MatchState(StrEnum):
    """`rejected`: somebody said that the two are not one."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Asked(StrEnum):
    """What a decision is about: whether the two are one; which period holds; whose facts, whose
    school and class."""

    PAIR = "pair"
    PERIOD = "period"
    FACTS = "facts"
    SCHOOL = "school"


class Answer(StrEnum):
    """Of a pair `same` or `not_same`; of all else whether the list holds, or what is recorded."""

    SAME = "same"
    NOT_SAME = "not_same"
    LIST = "list"
    KEEP = "keep"


class ReconcileRun(Base):
    """The last time a list was compared."""

    __tablename__ = "reconcile_run"
    list_id: Mapped[str] = mapped_column(ForeignKey("imported_list.id"), primary_key=True)
    ran_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    ran_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    people: Mapped[int]


class ReconcileMatch(Base):
    """What a row of a list is. `differences`: a JSON list of fields; `facts_differ`: a number or
    the birth date is among them; `ends`: the last day of the row's period."""

    __tablename__ = "reconcile_match"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    list_id: Mapped[str] = mapped_column(ForeignKey("imported_list.id"))
    row_number: Mapped[int] = mapped_column(Integer)
    row_key: Mapped[str] = mapped_column(KEY)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    score: Mapped[float] = mapped_column(Float)
    differences: Mapped[str] = mapped_column(Text)
    facts_differ: Mapped[bool] = mapped_column(Boolean)
    ends: Mapped[str | None] = mapped_column(DAY)
    household_code: Mapped[str | None] = mapped_column(String(200))
    __table_args__ = (
        UniqueConstraint("list_id", "row_number"),
        Index("ix_reconcile_match_list_id_kind_state", "list_id", "kind", "state"),
        Index("ix_reconcile_match_member_id", "member_id"),
    )

    @property
    def fields(self) -> list[str]:
        """The fields in which list and survey differ."""
        said: list[str] = orjson.loads(self.differences)
        return said


class ReconcileDecision(Base):
    """What somebody decided. `about`: what exactly, so that a later list that says something else
    is asked again."""

    __tablename__ = "reconcile_decision"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    row_key: Mapped[str] = mapped_column(KEY)
    asked: Mapped[str] = mapped_column(String(10))
    about: Mapped[str] = mapped_column(String(80), default="")
    answer: Mapped[str] = mapped_column(String(10))
    list_id: Mapped[str] = mapped_column(ForeignKey("imported_list.id"))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    __table_args__ = (
        UniqueConstraint("member_id", "row_key", "asked", "about"),
        Index("ix_reconcile_decision_commune_id_asked", "commune_id", "asked"),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list as a run found it."""

    number: int
    key: str
    verdict: Verdict
    ends: str | None
    household_code: str | None


FACTS = ("personal_id", "bhxh_number", "birth_date")


def put_matches(list_id: str, rows: Iterable[Row], same: Collection[tuple[str, str]]) -> None:
    """The matches of a list, in place of those of its last run. `same`: confirmed before, by person
    and key."""
    db.session.execute(delete(ReconcileMatch).where(ReconcileMatch.list_id == list_id))
    values = [_values(list_id, row, same) for row in rows]
    if values:
        db.session.execute(insert(ReconcileMatch), values)


def _values(list_id: str, row: Row, same: Collection[tuple[str, str]]) -> dict[str, Any]:
    found = row.verdict
    confirmed = found.person is not None and (found.person, row.key) in same
    return {
        "id": new_id(),
        "list_id": list_id,
        "row_number": row.number,
        "row_key": row.key,
        "kind": found.kind.value,
        "state": (MatchState.CONFIRMED if confirmed else MatchState.OPEN).value,
        "member_id": found.person,
        "score": found.score,
        "differences": orjson.dumps(list(found.differences)).decode(),
        "facts_differ": bool(set(found.differences) & set(FACTS)),
        "ends": row.ends,
        "household_code": row.household_code,
    }


def note_run(list_id: str, people: int, by: str | None) -> None:
    run = db.session.get(ReconcileRun, list_id)
    if run is None:
        db.session.add(ReconcileRun(list_id=list_id, people=people, ran_by=by))
    else:
        run.people, run.ran_by, run.ran_at = people, by, now()


def decided_pairs(commune: str) -> dict[Answer, set[tuple[str, str]]]:
    """Person and row key of every pair decided in the commune, a merged person's under the one they
    were merged into."""
    query = select(
        ReconcileDecision.member_id, ReconcileDecision.row_key, ReconcileDecision.answer
    ).where(ReconcileDecision.commune_id == commune, ReconcileDecision.asked == Asked.PAIR.value)
    rows = db.session.execute(query).all()
    heir = heirs({member for member, _key, _answer in rows})
    found: dict[Answer, set[tuple[str, str]]] = {Answer.SAME: set(), Answer.NOT_SAME: set()}
    for member, key, answer in rows:
        found[Answer(answer)].add((heir.get(member, member), key))
    return found


def decide(
    commune: str,
    match: ReconcileMatch,
    asked: Asked,
    answer: Answer,
    by: str | None,
    about: str = "",
) -> None:
    """Remember an answer; a later one to the same question takes its place."""
    query = select(ReconcileDecision).where(
        ReconcileDecision.member_id == match.member_id,
        ReconcileDecision.row_key == match.row_key,
        ReconcileDecision.asked == asked.value,
        ReconcileDecision.about == about,
    )
    known = db.session.scalar(query)
    if known is None:
        db.session.add(
            ReconcileDecision(
                commune_id=commune,
                member_id=match.member_id,
                row_key=match.row_key,
                asked=asked.value,
                about=about,
                answer=answer.value,
                list_id=match.list_id,
                decided_by=by,
            )
        )
    else:
        known.answer, known.decided_by, known.decided_at = answer.value, by, now()
        known.list_id = match.list_id
    db.session.flush()


def decide_pairs(commune: str, matches: Sequence[ReconcileMatch], by: str | None) -> None:
    """Remember that many pairs are one."""
    known = decided_pairs(commune)[Answer.SAME]
    rows = [
        {
            "id": new_id(),
            "commune_id": commune,
            "member_id": match.member_id,
            "row_key": match.row_key,
            "asked": Asked.PAIR.value,
            "about": "",
            "answer": Answer.SAME.value,
            "list_id": match.list_id,
            "decided_by": by,
            "decided_at": now(),
        }
        for match in matches
        if (match.member_id, match.row_key) not in known
    ]
    if rows:
        db.session.execute(insert(ReconcileDecision), rows)


def set_state(match: ReconcileMatch, state: MatchState) -> None:
    """In this list and in every other list that holds the same pair."""
    db.session.execute(
        update(ReconcileMatch)
        .where(ReconcileMatch.member_id == match.member_id, ReconcileMatch.row_key == match.row_key)
        .values(state=state.value)
    )


def forget_pair(match: ReconcileMatch) -> None:
    """Take a decision about a pair back."""
    db.session.execute(
        delete(ReconcileDecision).where(
            ReconcileDecision.member_id == match.member_id,
            ReconcileDecision.row_key == match.row_key,
            ReconcileDecision.asked == Asked.PAIR.value,
        )
    )
    set_state(match, MatchState.OPEN)


def counts_by_kind(lists: Collection[str]) -> dict[str, dict[tuple[str, str], int]]:
    """How many rows of each list are of a kind and in a state."""
    query = (
        select(ReconcileMatch.list_id, ReconcileMatch.kind, ReconcileMatch.state, func.count())
        .where(ReconcileMatch.list_id.in_(list(lists)))
        .group_by(ReconcileMatch.list_id, ReconcileMatch.kind, ReconcileMatch.state)
    )
    found: dict[str, dict[tuple[str, str], int]] = {id_: {} for id_ in lists}
    for list_id, kind, state, count in db.session.execute(query):
        found[list_id][kind, state] = count
    return found
