"""The unit's one sheet: what every commune has sent, how old it is, what nobody has answered, and
which communes have been silent."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_login import current_user
from sqlalchemy import ColumnElement, case, func, or_, select

from schemas.kinds import AreaLevel, CardListRowState
from server.domain.card_lists.ageing import WorkingDays
from server.domain.card_lists.answers import HELD
from server.domain.legal.tables import NotKnown
from server.errors import Problem
from server.store.bhxh import CardListAnswer, CardListPull, CardListReceipt
from server.store.card_list_reading import SEALED, sealed_list
from server.store.card_lists import CardList, CardListRow
from server.store.db import db
from server.store.legal import legal_tables
from server.store.places import Area, BhxhUnitCommune

SILENT_DAYS = 7
OPEN = CardListRowState.OPEN.value


@dataclass(frozen=True, slots=True)
class ListLine:
    """One sealed list as the unit sees it. `age`: working days since it was sealed, None where no
    calendar is known; `open`: rows nobody has answered; `held`: answers a person must look at."""

    it: CardList
    commune: str
    pulled: bool
    received: bool
    open: int
    held: int
    age: int | None

    @property
    def done(self) -> bool:
        return self.received and not self.open and not self.held


@dataclass(frozen=True, slots=True)
class CommuneLine:
    """One commune of the unit. `silent`: it sealed nothing for so many days."""

    name: str
    new: int
    rows: int
    open: int
    oldest: int | None
    last_on: str | None
    silent: bool


@dataclass(frozen=True, slots=True)
class Board:
    """`lacks`: what the law does not say of working days, so that nothing has an age."""

    lists: list[ListLine]
    communes: list[CommuneLine]
    lacks: NotKnown | None

    @property
    def unreceived(self) -> int:
        return sum(not line.received for line in self.lists)

    @property
    def open(self) -> int:
        return sum(line.open for line in self.lists)

    @property
    def held(self) -> int:
        return sum(line.held for line in self.lists)

    @property
    def silent(self) -> int:
        return sum(line.silent for line in self.communes)

    @property
    def oldest(self) -> int | None:
        return max((line.oldest for line in self.communes if line.oldest is not None), default=None)


def own_unit() -> str:
    """The unit of the officer at the desk."""
    if not current_user.bhxh_unit_id:
        raise Problem("not_allowed")
    return str(current_user.bhxh_unit_id)


def own_list(number: str) -> CardList:
    """The unit's list of this number; another unit's is not there."""
    return sealed_list(own_unit(), number)


def board(unit_id: str, day: str) -> Board:
    """Everything the unit has from its communes, as of a day."""
    lists = lines_where(CardList.unit_id == unit_id, day)
    lacks = _working_days([str(line.it.sealed_on) for line in lists], day).lacks
    return Board(lists, _communes(unit_id, lists, day), lacks)


def lines_where(chosen: ColumnElement[bool], day: str) -> list[ListLine]:
    """Sealed lists with how far each has come; what still needs somebody first, oldest first."""
    rows = (
        select(CardListRow.list_id, func.sum(case((CardListRow.state == OPEN, 1), else_=0)))
        .join(CardList, CardList.id == CardListRow.list_id)
        .where(chosen, CardList.state == SEALED)
        .group_by(CardListRow.list_id)
    )
    held = (
        select(CardListAnswer.list_id, func.count())
        .join(CardList, CardList.id == CardListAnswer.list_id)
        .where(chosen, CardListAnswer.status == HELD)
        .group_by(CardListAnswer.list_id)
    )
    open_rows: dict[str, int] = dict(db.session.execute(rows).all())
    held_answers: dict[str, int] = dict(db.session.execute(held).all())
    query = (
        select(CardList, Area.name, CardListPull.list_id, CardListReceipt.list_id)
        .join(Area, Area.id == CardList.commune_id)
        .outerjoin(CardListPull, CardListPull.list_id == CardList.id)
        .outerjoin(CardListReceipt, CardListReceipt.list_id == CardList.id)
        .where(chosen, CardList.state == SEALED)
        .order_by(CardList.sealed_on, CardList.number)
    )
    found = db.session.execute(query).all()
    days = _working_days([str(it.sealed_on) for it, *_more in found], day)
    lines = [
        ListLine(
            it,
            commune,
            pulled is not None,
            received is not None,
            int(open_rows.get(it.id) or 0),
            held_answers.get(it.id, 0),
            days.since(str(it.sealed_on)),
        )
        for it, commune, pulled, received in found
    ]
    return sorted(lines, key=lambda line: line.done)


def _working_days(since: list[str], day: str) -> WorkingDays:
    return WorkingDays(legal_tables(), min(since, default=day), day)


def _communes(unit_id: str, lists: list[ListLine], day: str) -> list[CommuneLine]:
    at = BhxhUnitCommune
    query = (
        select(Area.id, Area.name)
        .join(at, at.commune_id == Area.id)
        .where(
            at.unit_id == unit_id,
            or_(at.valid_from.is_(None), at.valid_from <= day),
            or_(at.valid_to.is_(None), at.valid_to >= day),
            Area.level == AreaLevel.COMMUNE,
        )
    )
    names = dict(db.session.execute(query).all())
    names |= {line.it.commune_id: line.commune for line in lists}
    heard = (date.fromisoformat(day) - timedelta(days=SILENT_DAYS)).isoformat()
    found = []
    for id_, name in sorted(names.items(), key=lambda pair: pair[1]):
        own = [line for line in lists if line.it.commune_id == id_]
        last = max((str(line.it.sealed_on) for line in own), default=None)
        ages = [line.age for line in own if not line.done and line.age is not None]
        found.append(
            CommuneLine(
                name,
                sum(not line.received for line in own),
                sum(line.it.row_count or 0 for line in own),
                sum(line.open for line in own),
                max(ages, default=None),
                last,
                last is None or last < heard,
            )
        )
    return found
