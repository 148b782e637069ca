"""The status rule as SQL, over the lifted columns, on SQLite and PostgreSQL alike.
Twin of server/domain/status.py and of `belongs_on` in counting.py; the same vectors hold all of it.

Merged records are read through: the cards and rights of a loser count for its winner, the people of
a merged household for the household that took its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from schemas.kinds import CardEvidence, InsuranceAnswer, Presence, Registration, Status
from server.domain.partial import add_days
from server.domain.status import INSURED_BY_UNIT, LOOKED_UP, LOOKUP_DAYS, UNPROVEN_ANSWERS
from server.store.db import db
from server.store.records import Card, Enrolment, Entitlement, Household, Member

NO_END = "9999-12-31"
TOLD = CardEvidence.TOLD.value

Villages = Select[Any] | Sequence[str]


@dataclass(frozen=True, slots=True)
class Moment:
    """The day of the question, and the day since which a card looked up is known to hold."""

    day: ColumnElement[str]
    looked_up_since: ColumnElement[str]


def _moment(day: str) -> Moment:
    return Moment(literal(day), literal(add_days(day, -LOOKUP_DAYS)))


def people_on(day: str, villages: Villages, statuses: Sequence[str] = ()) -> CTE:
    """Everybody who belongs to the count of these villages on the day, one row a person: `id`,
    `home` (the household they count with), `village_id`, `status`, `registration`, `presence`.
    With `statuses` only those who stand so."""
    return _people(_moment(day), villages, statuses)


def _people(moment: Moment, villages: Any, statuses: Sequence[str] = ()) -> CTE:
    status = _status(moment, winners(Member, "merged_member"))
    wanted = (status.in_(statuses),) if statuses else ()
    return (
        _belonging(moment, villages)
        .add_columns(status.label("status"))
        .where(*wanted)
        .cte("people")
    )


def belonging_on(day: str, villages: Villages) -> CTE:
    """The people of `people_on` without their status, which costs most of it."""
    return _belonging(_moment(day), villages).cte("belonging")


def ever_belonging(villages: Villages) -> CTE:
    """Everybody who belongs to the count of these villages on any day: `home_last_day` is the last
    day of the household they count with."""
    homes = _homes(villages)
    return (
        _in_homes(homes)
        .add_columns(
            Member.first_day,
            Member.last_day,
            homes.c.last_day.label("home_last_day"),
            Member.insurance_answer,
            Member.insurance_asked_on,
        )
        .cte("ever")
    )


def _belonging(moment: Moment, villages: Any) -> Select[Any]:
    homes, day = _homes(villages), moment.day
    return _in_homes(homes).where(
        or_(Member.first_day.is_(None), Member.first_day <= day),
        or_(Member.last_day.is_(None), Member.last_day >= day),
        or_(homes.c.last_day.is_(None), homes.c.last_day >= day),
    )


def _in_homes(homes: CTE) -> Select[Any]:
    return (
        select(
            Member.id,
            homes.c.home,
            homes.c.village_id,
            Member.registration,
            Member.presence,
        )
        .join(homes, homes.c.id == Member.household_id)
        .where(Member.merged_into.is_(None))
    )


def count_people(day: str, villages: Sequence[str]) -> Sequence[Row[Any]]:
    """One row a village and status: people, and of them abroad, registered, present."""
    moment = {"day": day, "looked_up_since": add_days(day, -LOOKUP_DAYS)}
    return db.session.execute(_counts(), {**moment, "villages": list(villages)}).all()


@cache
def _counts() -> Select[Any]:
    """Made once: putting it together takes a tenth of the time that counting takes."""
    moment = Moment(bindparam("day"), bindparam("looked_up_since"))
    people = _people(moment, bindparam("villages", expanding=True))
    registered = people.c.registration.in_((Registration.PERMANENT, Registration.TEMPORARY))
    return (
        select(
            people.c.village_id,
            people.c.status,
            func.count().label("people"),
            _number_of(people.c.presence == Presence.ABROAD).label("abroad"),
            _number_of(registered).label("registered"),
            _number_of(people.c.presence == Presence.HERE).label("present"),
        )
        .select_from(people)
        .group_by(people.c.village_id, people.c.status)
    )


def owned_by(people: CTE) -> CTE:
    """Of everybody among these people their own record and those merged into it: `id`, `member`."""
    merged = winners(Member, "merged_member")
    others = select(people.c.id, merged.c.id.label("member")).join(
        merged, merged.c.winner == people.c.id
    )
    return union_all(select(people.c.id, people.c.id.label("member")), others).cte("owned")


def read_cards(people: CTE, day: str) -> Select[Any]:
    """Of everybody among these people who has a card: `id`, `last_end` and `last_group` as below,
    and `lasts_to`, the last day of what covers them on the day: `NO_END` where it has no end or
    another card follows."""
    owned = owned_by(people)
    end, covers = func.coalesce(Card.last_day, NO_END), _covers(_moment(day))
    lasts = case((Card.evidence == TOLD, null()), (Card.first_day > day, NO_END), (covers, end))
    return (
        select(
            owned.c.id,
            func.max(Card.last_day).label("last_end"),
            func.substr(func.max(end.concat(Card.insurance_group)), len(NO_END) + 1).label(
                "last_group"
            ),
            func.max(lasts).label("lasts_to"),
        )
        .join(Card, Card.member_id == owned.c.member)
        .where(not_(Card.void))
        .group_by(owned.c.id)
    )


def ends_soon(people: CTE, day: str, days: int) -> ColumnElement[bool]:
    """True for the covered whose last card ends within so many days, with none that follows."""
    merged = winners(Member, "merged_member")
    lasts = or_(Card.last_day.is_(None), Card.last_day > add_days(day, days))
    stays = and_(
        Card.evidence != TOLD, or_(Card.first_day > day, and_(_covers(_moment(day)), lasts))
    )
    return and_(people.c.status == Status.COVERED, not_(_has_card(people.c.id, merged, stays)))


def covers_on(day: str) -> ColumnElement[bool]:
    """True for a card that proves cover on the day, void or not."""
    return _covers(_moment(day))


def of_person(
    table: "Owned",
    person: SQLColumnExpression[str],
    condition: ColumnElement[bool],
    value: SQLColumnExpression[Any] | None = None,
) -> ColumnElement[Any]:
    """The value of the rows of the person with this id that fit, an aggregate; without a value 1
    where there is such a row. Null where there is none. Their own rows are asked first."""
    own, others = (
        select(func.max(literal(1)) if value is None else value)
        .where(of(table), condition)
        .scalar_subquery()
        for of in _owners(person, winners(Member, "merged_member"))
    )
    return func.coalesce(own, others)


def last_end(person: SQLColumnExpression[str]) -> ColumnElement[str | None]:
    """The latest end, told or proven, of the cards of the person with this id."""
    return _greatest_of_cards(person, Card.last_day, true())


def last_group(person: SQLColumnExpression[str]) -> ColumnElement[str]:
    """The insurance group of the card that ends last, of those that tell one."""
    ended = func.coalesce(Card.last_day, NO_END).concat(Card.insurance_group)
    last = _greatest_of_cards(person, ended, Card.insurance_group.is_not(None))
    return func.substr(last, len(NO_END) + 1)


def _greatest_of_cards(
    person: SQLColumnExpression[str], value: SQLColumnExpression[Any], told: ColumnElement[bool]
) -> ColumnElement[Any]:
    own, others = (
        select(func.max(value)).where(of(Card), not_(Card.void), told).scalar_subquery()
        for of in _owners(person, winners(Member, "merged_member"))
    )
    return case(
        (others.is_(None), own), (own.is_(None), others), (own >= others, own), else_=others
    )


@cache
def winners(table: type[Household] | type[Member], name: str) -> CTE:
    """Of every merged record its winner at the end of the chain: `id`, `winner`.
    Made once, because one statement takes one such table only, however often it is asked.
    UNION, so that a circle, which is refused on writing, could not hang a reader."""
    next_one, end = aliased(table), aliased(table)
    steps = (
        select(table.id.label("id"), table.merged_into.label("winner"))
        .where(table.merged_into.is_not(None))
        .cte(f"{name}_steps", recursive=True)
    )
    steps = steps.union(
        select(steps.c.id, next_one.merged_into)
        .join(next_one, next_one.id == steps.c.winner)
        .where(next_one.merged_into.is_not(None))
    )
    return (
        select(steps.c.id, steps.c.winner)
        .join(end, end.id == steps.c.winner)
        .where(end.merged_into.is_(None))
        .cte(name)
    )


def _homes(villages: Any) -> CTE:
    """Households as records, each with the household it counts as."""
    own = select(
        Household.id, Household.id.label("home"), Household.village_id, Household.last_day
    ).where(Household.merged_into.is_(None), Household.village_id.in_(villages))
    merged = winners(Household, "merged_household")
    taken_in = (
        select(merged.c.id, Household.id, Household.village_id, Household.last_day)
        .join(Household, Household.id == merged.c.winner)
        .where(Household.village_id.in_(villages))
    )
    return union_all(own, taken_in).cte("homes")


def _covers(moment: Moment) -> ColumnElement[bool]:
    looked_up = and_(
        Card.last_day.is_(None),
        Card.evidence.in_(sorted(LOOKED_UP)),
        Card.checked_on <= moment.day,
        Card.checked_on >= moment.looked_up_since,
    )
    return and_(
        Card.evidence != TOLD,
        Card.first_day <= moment.day,
        or_(Card.last_day >= moment.day, looked_up),
    )


def _status(moment: Moment, merged: CTE) -> ColumnElement[str]:
    """The rule, first that fits. Each line asks single rows by an index, and only of whom the
    lines above left over."""
    day = moment.day
    said = case((Member.insurance_asked_on <= day, Member.insurance_answer), else_=null())

    def card(condition: ColumnElement[bool]) -> ColumnElement[bool]:
        return _has_card(Member.id, merged, condition)

    unit = and_(
        Entitlement.kind.in_(sorted(INSURED_BY_UNIT)),
        Entitlement.first_day <= day,
        or_(Entitlement.last_day.is_(None), Entitlement.last_day >= day),
    )
    by_unit = or_(*(_exists(Entitlement, of, unit) for of in _owners(Member.id, merged)))
    paid = and_(
        Enrolment.stands,
        Enrolment.first_day <= day,
        or_(Enrolment.last_day.is_(None), Enrolment.last_day >= day),
    )
    enrolled = or_(*(_exists(Enrolment, of, paid) for of in _owners(Member.id, merged)))
    still_open = or_(Card.last_day.is_(None), Card.last_day >= day)
    answer_stands = not_(card(Card.last_day > Member.insurance_asked_on))
    return case(
        (card(_covers(moment)), _word(Status.COVERED)),
        (by_unit, _word(Status.ELSEWHERE)),
        (or_(enrolled, card(Card.first_day > day)), _word(Status.STARTING)),
        (card(still_open), _word(Status.UNCONFIRMED)),
        (and_(said.in_(sorted(UNPROVEN_ANSWERS)), answer_stands), _word(Status.UNCONFIRMED)),
        (or_(said == InsuranceAnswer.HAD_CARD, card(true())), _word(Status.EXPIRED)),
        (said == InsuranceAnswer.NEVER_HAD, _word(Status.NONE)),
        else_=_word(Status.NOT_ASKED),
    )


Owned = type[Card] | type[Entitlement] | type[Enrolment]
Owner = Callable[[Owned], ColumnElement[bool]]


def _owners(person: SQLColumnExpression[str], merged: CTE) -> tuple[Owner, Owner]:
    """Two ways for a row to be a person's: their own, or that of a record merged into theirs."""
    losers = select(merged.c.id).where(merged.c.winner == person)
    return (
        lambda table: table.member_id == person,
        lambda table: table.member_id.in_(losers.correlate_except(merged)),
    )


def _exists(table: Owned, of: Owner, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(literal(1)).where(of(table), condition).exists()


def _has_card(
    person: SQLColumnExpression[str], merged: CTE, condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    kept = and_(not_(Card.void), condition)
    return or_(*(_exists(Card, of, kept) for of in _owners(person, merged)))


def _word(status: Status) -> ColumnElement[str]:
    return literal(status.value)


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
