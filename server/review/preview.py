"""What a move would take along, and what it would change, before anybody does it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from schemas.kinds import Indicator, Relation, Role, Status, WaitingState
from server.domain.numbers import number_words
from server.errors import Problem
from server.pages.plurals import said as _
from server.pages.scope import own_villages
from server.store.bulk import among
from server.store.counts import counts_by_village
from server.store.db import db, today
from server.store.feeds import Waiting
from server.store.people import Device, User, UserArea
from server.store.plans import Target
from server.store.records import Card, Household, Member, Visit
from server.store.review.moving import merged_into
from server.store.status_sql import people_on

MOST = 1_000
"""How many households one page offers, and one move takes."""
UNSETTLED = (WaitingState.OPEN.value, WaitingState.RETURNED.value)
UNINSURED = (Status.EXPIRED.value, Status.NONE.value)


@dataclass(slots=True)
class HouseholdLine:
    id: str
    code: str | None
    hamlet: str | None
    village: str
    head: str | None = None
    people: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    people: int
    covered: int
    uninsured: int


@dataclass(slots=True)
class Change:
    """A village before and after; `target`: how many insured its plan for the year asks for."""

    village: str
    name: str
    before: Tally
    after: Tally
    target: int | None
    phones: list[tuple[str, str, datetime | None]]


@dataclass(slots=True)
class Preview:
    households: list[HouseholdLine]
    to: str
    to_name: str
    people: int
    cards: int
    visits: int
    waiting: int
    changes: list[Change] = field(default_factory=list)

    def words(self) -> str:
        """What goes where; of what there is none nothing is said."""
        cards, visits, waiting = map(number_words, (self.cards, self.visits, self.waiting))
        homes = _("%(n)s hộ", n=number_words(len(self.households)))
        what = f"{homes}, {_('%(n)s người', n=number_words(self.people))}"
        along = [
            (self.cards, _("%(n)s thẻ", n=cards)),
            (self.visits, _("%(n)s lượt đến", n=visits)),
            (self.waiting, _("%(n)s mục đang chờ xét", n=waiting)),
        ]
        *more, last = [words for number, words in along if number] or [""]
        if not last:
            return _("%(what)s sẽ về %(village)s.", what=what, village=self.to_name)
        if more:
            last = _("%(some)s và %(last)s", some=", ".join(more), last=last)
        return _(
            "%(what)s, cùng %(more)s sẽ về %(village)s.",
            what=what,
            more=last,
            village=self.to_name,
        )


def households_in(village: str, hamlet: str, only: str = "") -> list[HouseholdLine]:
    """The living households of a village, of one hamlet or all; `only`: just this one."""
    query = select(Household.id, Household.code, Household.hamlet, Household.village_id).where(
        Household.village_id == village,
        Household.merged_into.is_(None),
        or_(Household.last_day.is_(None), Household.last_day >= today()),
    )
    if only:
        query = query.where(Household.id == only)
    if hamlet:
        query = query.where(Household.hamlet == hamlet)
    ordered = query.order_by(Household.hamlet, Household.code, Household.id).limit(MOST)
    return _with_people([HouseholdLine(*row) for row in db.session.execute(ordered)])


def households_of(ids: Collection[str]) -> list[HouseholdLine]:
    """These households; not found, or not allowed when one lies elsewhere."""
    query = select(Household.id, Household.code, Household.hamlet, Household.village_id)
    found = [
        HouseholdLine(*row)
        for row in db.session.execute(
            query.where(among(Household.id, ids)).order_by(Household.code, Household.id)
        )
    ]
    if len(found) < len(set(ids)) or not found:
        raise Problem("not_found")
    if any(line.village not in own_villages() for line in found):
        raise Problem("not_allowed")
    return _with_people(found)


def _with_people(found: list[HouseholdLine]) -> list[HouseholdLine]:
    lines = {line.id: line for line in found}
    taken_in = merged_into(set(lines))
    people = select(Member.household_id, Member.full_name, Member.relation).where(
        among(Member.household_id, {*lines, *taken_in}), *_living()
    )
    for home, name, relation in db.session.execute(people.order_by(Member.id)):
        line = lines[taken_in.get(home, home)]
        line.people += 1
        if home in taken_in and line.head is not None:
            continue
        if relation == Relation.HEAD or line.head is None:
            line.head = name
    return found


def _living() -> tuple[ColumnElement[bool], ...]:
    return (
        Member.merged_into.is_(None),
        or_(Member.last_day.is_(None), Member.last_day >= today()),
    )


def hamlets_in(village: str) -> list[str]:
    found = select(Household.hamlet).where(
        Household.village_id == village, Household.hamlet.is_not(None)
    )
    return [
        name for name in db.session.scalars(found.distinct().order_by(Household.hamlet)) if name
    ]


def preview(ids: Collection[str], to: str) -> Preview:
    """What moving these households there takes along and changes; nothing is written."""
    villages = own_villages()
    if to not in villages:
        raise Problem("not_allowed")
    lines = [line for line in households_of(ids) if line.village != to]
    if not lines:
        raise Problem("nothing_to_move")
    homes = {line.id for line in lines}
    moved = homes | merged_into(homes).keys()
    found = Preview(
        lines,
        to,
        villages[to].name,
        sum(line.people for line in lines),
        _number(Card, Card.household_id, moved),
        _number(Visit, Visit.household_id, moved),
        db.session.scalar(
            select(func.count()).where(
                among(Waiting.household_id, moved), Waiting.state.in_(UNSETTLED)
            )
        )
        or 0,
    )
    found.changes = _changes(lines, to)
    return found


def _number(table: Any, column: Any, households: Collection[str]) -> int:
    query = select(func.count()).select_from(table).where(among(column, households))
    return db.session.scalar(query) or 0


def _changes(lines: list[HouseholdLine], to: str) -> list[Change]:
    """The villages the households leave, and the one they go to."""
    day = today()
    sources = sorted({line.village for line in lines})
    villages = [*sources, to]
    before: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for count in counts_by_village(day, villages):
        before[count.village_id][count.status] += count.people
    people = people_on(day, sources)
    going: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    homes = {line.id for line in lines}
    counted = (
        select(people.c.village_id, people.c.status, func.count())
        .where(among(people.c.home, homes))
        .group_by(people.c.village_id, people.c.status)
    )
    for village, status, number in db.session.execute(counted):
        going[village][status] += number
        going[to][status] -= number
    targets = _targets(villages, day)
    names = own_villages()
    return [
        Change(
            village,
            names[village].name,
            _tally(before[village]),
            _tally({s: before[village][s] - going[village][s] for s in map(str, Status)}),
            targets.get(village),
            phones_of(village),
        )
        for village in villages
    ]


def _tally(statuses: dict[str, int]) -> Tally:
    return Tally(
        sum(statuses.values()),
        statuses.get(Status.COVERED.value, 0),
        sum(statuses.get(status, 0) for status in UNINSURED),
    )


def _targets(villages: list[str], day: str) -> dict[str, int]:
    rows = db.session.execute(
        select(Target.area_id, Target.planned)
        .where(
            among(Target.area_id, set(villages)),
            Target.indicator == Indicator.BHYT_COVERAGE.value,
            Target.month.is_(None),
            Target.year <= int(day[:4]),
            Target.planned.is_not(None),
        )
        .order_by(Target.year)
    )
    return {area: planned for area, planned in rows if planned is not None}


def phones_of(village: str) -> list[tuple[str, str, datetime | None]]:
    """The surveyors' phones that carry the village today: phone, whose, last sync."""
    day = today()
    found = db.session.execute(
        select(Device.name, User.name, Device.last_sync_at)
        .join(User, User.id == Device.user_id)
        .join(UserArea, UserArea.user_id == User.id)
        .where(
            UserArea.area_id == village,
            UserArea.valid_from <= day,
            or_(UserArea.valid_to.is_(None), UserArea.valid_to >= day),
            User.role == Role.SURVEYOR.value,
            Device.revoked_at.is_(None),
            Device.signed_out_at.is_(None),
        )
        .order_by(User.name)
    )
    return [(name, who, at) for name, who, at in found]
