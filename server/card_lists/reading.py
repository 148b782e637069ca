"""Lists as the pages show them: the index, one list with its checks and its history."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import func, select

from server.card_lists.acting import may_confirm, stops_sealing, unconfirmed
from server.domain.card_lists.digest import totals_of
from server.domain.card_lists.states import DROPPED, SEALED
from server.domain.card_lists.would_return import Fault
from server.store.bulk import among
from server.store.card_list_checks import faults_in
from server.store.card_list_rows import listed, live_rows, stored_rows
from server.store.card_list_waiting import Waiting
from server.store.card_lists import CardList, CardListRow
from server.store.db import db
from server.store.people import Audit, User
from server.store.records import Member

ALL, FAULTY = "", "faulty"


@dataclass(frozen=True, slots=True)
class Line:
    """One list of the index."""

    it: CardList
    commune: str
    rows: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for which rows would come back: how many, and who must act. `open`: how many of them
    may be let go for it at once and have not been."""

    reason: str
    acts: tuple[str, ...]
    count: int
    open: int


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of the page: what the list says of the person, and what it would come back for.
    `open`: nobody has confirmed that it goes out all the same."""

    row: CardListRow
    said: Mapping[str, Any]
    faults: Sequence[Fault]
    open: bool

    @property
    def stops(self) -> bool:
        """It cannot go out as it is, whoever signs."""
        return stops_sealing(self.row, self.faults)


@dataclass(frozen=True, slots=True)
class Opened:
    """A list with everything that its page says. `open`: rows that nobody has confirmed yet."""

    it: CardList
    lines: list[RowLine]
    totals: dict[str, int]
    reasons: list[Reason]
    faulty: int
    open: int

    @property
    def fresh(self) -> list[RowLine]:
        """The rows that nobody has confirmed: of an approved list, those that came to fail."""
        return [line for line in self.lines if line.open]

    def shown(self, show: str) -> list[RowLine]:
        """All rows, those that would come back, or those that would for one reason."""
        if show == ALL:
            return self.lines
        if show == FAULTY:
            return [line for line in self.lines if line.faults]
        return [line for line in self.lines if show in {one.reason for one in line.faults}]


@dataclass(frozen=True, slots=True)
class Step:
    """Who took which step, and when."""

    at: Any
    who: str
    kind: str
    count: int | None
    same_person: bool


def lines_of(communes: Mapping[str, str], state: str) -> tuple[list[Line], dict[str, int]]:
    """The lists of these communes in a state (all but dropped ones without), the newest first, and
    how many stand in each."""
    own = among(CardList.commune_id, communes)
    counted = select(CardList.state, func.count()).where(own).group_by(CardList.state)
    numbers: dict[str, int] = dict(db.session.execute(counted).all())
    rows = select(func.count()).where(CardListRow.list_id == CardList.id).scalar_subquery()
    wanted = CardList.state == state if state else CardList.state != DROPPED
    query = (
        select(CardList, rows)
        .where(own, wanted)
        .order_by(CardList.created_at.desc(), CardList.id.desc())
    )
    found = db.session.execute(query)
    return [Line(it, communes[it.commune_id], count) for it, count in found], numbers


def opened(card_list: CardList) -> Opened:
    """The list as its page shows it: a sealed one as it was sealed, without checks."""
    rows = stored_rows(card_list)
    faults: Mapping[str, Sequence[Fault]] = {}
    if card_list.state == SEALED:
        said = [orjson.loads(row.data or "{}") for row in rows]
    else:
        found = listed(rows)
        said = live_rows(card_list, found)
        faults = faults_in(card_list, found) if card_list.state != DROPPED else {}
    still = unconfirmed(rows, faults)
    lines = [
        RowLine(row, one, faults.get(row.id, ()), row.id in still)
        for row, one in zip(rows, said, strict=True)
    ]
    return Opened(card_list, lines, totals_of(said), _reasons(lines), len(faults), len(still))


def _reasons(lines: Sequence[RowLine]) -> list[Reason]:
    counted, open_ = Counter[str](), Counter[str]()
    acts: dict[str, dict[str, None]] = {}
    for line in lines:
        for one in line.faults:
            counted[one.reason] += 1
            open_[one.reason] += may_confirm(line.row, one)
            acts.setdefault(one.reason, {})[str(one.acts)] = None
    return [
        Reason(reason, tuple(acts[reason]), count, open_[reason])
        for reason, count in counted.most_common()
    ]


def steps_of(card_list: CardList) -> list[Step]:
    """What was done with a list, the latest first."""
    query = (
        select(Audit, User.name)
        .outerjoin(User, User.id == Audit.user_id)
        .where(
            Audit.area_id == card_list.commune_id,
            Audit.subject == card_list.id,
            Audit.kind.startswith("card_list_", autoescape=True),
            Audit.at >= card_list.created_at,
        )
        .order_by(Audit.at.desc(), Audit.id.desc())
    )
    return [
        Step(one.at, name or "–", one.kind, one.count, _said(one).get("same_person", False))
        for one, name in db.session.execute(query)
    ]


def _said(act: Audit) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(act.detail or "{}")
    return told


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody who waits, as the page that makes a list names them."""

    one: Waiting
    name: str
    birth: str | None
    number: str | None


def proposed(found: Sequence[Waiting]) -> list[Proposed]:
    """These people by name."""
    ids = {one.member for one in found}
    query = select(Member.id, Member.full_name, Member.birth_date, Member.personal_id)
    told = {row.id: row for row in db.session.execute(query.where(among(Member.id, ids)))}
    people = [
        Proposed(one, row.full_name, row.birth_date, row.personal_id)
        for one in found
        for row in (told[one.member],)
    ]
    return sorted(people, key=lambda each: (each.one.kind != "increase", each.name))


def titles_of(lists: Collection[str]) -> dict[str, str]:
    """What lists are called, by id: their number once they have one."""
    query = select(CardList.id, CardList.number, CardList.title)
    rows = db.session.execute(query.where(among(CardList.id, lists)))
    return {id_: number or title for id_, number, title in rows}
