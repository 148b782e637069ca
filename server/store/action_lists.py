"""Who is on which action list, and what put them there: each list a condition in SQL over people
who belong to the count on the day. Their status is not asked here; lists combine the two."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, cast, false, func, literal, null, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from schemas.kinds import LivingClass, Presence, SocialInsurance, Work
from schemas.sync import REFERENCE_FEED
from server.domain.codes import ethnic_groups
from server.domain.findings.member import check_personal_id
from server.domain.legal.area_facts import area_facts
from server.domain.partial import add_months, last_day
from server.domain.status import INSURED_BY_UNIT, LOOKED_UP
from server.domain.steering.entitled import survivor_months, under_six_months
from server.store.areas import stated_above_each
from server.store.bulk import among
from server.store.db import db, is_sqlite, only_reads
from server.store.kept import KeptByVillage, where_feeds_stand
from server.store.legal import legal_tables
from server.store.losing import losing
from server.store.records import Card, Entitlement, Household, Member
from server.store.search import holds
from server.store.status_sql import belonging_on, covers_on, last_group, of_person, winners

MOST_MARKS = 600_000
"""People kept on all lists together by one process; a person stands on three lists or so."""

OLD_AGE, NEWBORN_MONTHS = 80, 12
NO_SCHOOL, ABROAD, SAME_ID = "no_school", "abroad", "same_id"
HARD_REGIONS = frozenset({"II", "III"})
MERIT = ("merit", "merit_relative", "martyr_relative", "veteran", "resistance")
SOCIAL_PROTECTION = ("social_allowance", "survivor_allowance")
SUPPORTED_CARDS = ("DT", "DK", "DS", "XD")
"""Cards of the law for where people of the minorities live (Luật BHYT Đ12 k3 o, k4 g)."""

Marks = dict[str, str]
"""By id of the member what put them on the list; several things with a comma between."""


class Base(NamedTuple):
    """The condition of a list over `Member` and the `Household` a person counts with."""

    where: ColumnElement[bool]
    mark: ColumnElement[Any]


Condition = Callable[[str, Sequence[str]], Base]
"""Of a day and the villages asked about."""

NO_MARK = literal("")


def children(day: str, villages: Sequence[str]) -> Base:
    months = under_six_months(legal_tables(), day)
    if not isinstance(months, int):
        return Base(false(), NO_MARK)
    return Base(Member.birth_date > add_months(day, -months), NO_MARK)


def newborns(day: str, villages: Sequence[str]) -> Base:
    """Born this month or in the eleven before; of whom only the year is known, this year."""
    return Base(born_since(newborn_month(day, NEWBORN_MONTHS), day), NO_MARK)


def newborn_month(day: str, months: int) -> str:
    """The first of so many months that end with the month of the day."""
    return add_months(f"{day[:7]}-01", 1 - months)[:7]


def born_since(month: str, day: str) -> ColumnElement[bool]:
    return or_(Member.birth_date >= month, Member.birth_date == day[:4])


def pupils(day: str, villages: Sequence[str]) -> Base:
    at_school = or_(*(_says(Member, "work", work) for work in (Work.PUPIL, Work.STUDENT)))
    school = func.coalesce(_told(Member, "school"), _told(Member, "school_other"), NO_SCHOOL)
    return Base(at_school, school)


def living(kind: LivingClass) -> Condition:
    """People of households of this class, while the paper that says so runs."""
    return lambda day, villages: Base(_class_on(day, kind), NO_MARK)


def _class_on(day: str, *kinds: LivingClass) -> ColumnElement[bool]:
    """`living_class_on` of the rules of law, in SQL."""
    return and_(Household.living_class.in_(kinds), _runs(day, "living_class"))


def farm_households(day: str, villages: Sequence[str]) -> Base:
    """People of recognised farm households, while the recognition runs: `average_farm_on`."""
    return Base(and_(Household.average_farm.is_(True), _runs(day, "average_farm")), NO_MARK)


def _runs(day: str, name: str) -> ColumnElement[bool]:
    since, until = _told(Household, f"{name}_from"), _told(Household, f"{name}_to")
    return and_(
        or_(since.is_(None), since <= day),
        or_(until.is_(None), until >= day),
    )


def minority(day: str, villages: Sequence[str]) -> Base:
    """People of the minorities whom the law supports for where they live or how, by what says so:
    the place, a place that left the list, a class of the household, the card."""
    levels = stated_above_each(list(villages))
    facts = {village: area_facts(day, levels[village]) for village in villages}
    hard = [v for v, it in facts.items() if it.region in HARD_REGIONS or it.special_difficulty]
    left = [v for v, it in facts.items() if it.left_region_on]
    right = _right(day, villages, ("left_region",))
    poor = _class_on(day, LivingClass.POOR, LivingClass.NEAR_POOR)
    mark = case(
        (among(Member.village_id, hard), "hard_region"),
        (or_(among(Member.village_id, left), right.is_not(None)), "left_region"),
        (poor, Household.living_class),
        (last_group(Member.id).in_(SUPPORTED_CARDS), "card"),
        else_=null(),
    )
    return Base(and_(Member.ethnic_group.in_(minorities()), mark.is_not(None)), mark)


def minorities() -> set[str]:
    return {group.code for group in ethnic_groups().values() if group.minority}


def rights(*kinds: str) -> Condition:
    """Who holds one of these on the day."""

    def condition(day: str, villages: Sequence[str]) -> Base:
        mark = _right(day, villages, kinds)
        return Base(mark.is_not(None), mark)

    return condition


def social_protection(day: str, villages: Sequence[str]) -> Base:
    """Who receives a social allowance, and of those with a survivor's allowance who is old enough
    for a card from the budget (Luật BHYT Đ12 k3 s)."""
    allowance = _right(day, villages, ("social_allowance",))
    survivor = and_(_right(day, villages, ("survivor_allowance",)).is_not(None), _old_enough(day))
    mark = case((allowance.is_not(None), allowance), (survivor, "survivor_allowance"))
    return Base(mark.is_not(None), mark)


def _old_enough(day: str) -> ColumnElement[bool]:
    months = survivor_months(legal_tables(), day)
    if not isinstance(months, tuple):
        return false()
    anybody, near_poor = months
    old = _certainly_by(Member.birth_date, add_months(day, -anybody))
    if near_poor is None:
        return old
    younger = _certainly_by(Member.birth_date, add_months(day, -near_poor))
    return or_(old, and_(_class_on(day, LivingClass.NEAR_POOR), younger))


def _certainly_by(partial: Any, day: str) -> ColumnElement[bool]:
    """True where the last day that a partial date may mean has come."""
    uncertain = [rough for rough in (day[:4], day[:7]) if last_day(rough) > day]
    return and_(partial <= day, partial.not_in(uncertain))


def supplement(day: str, villages: Sequence[str]) -> Base:
    """Insured by what was seen at the door, not by BHXH's own word: armed forces and relatives,
    people abroad, cards of a school, an employer, a unit, a receipt or a card that was shown."""
    unit = _right(day, villages, INSURED_BY_UNIT)
    covering = and_(Card.void.is_(False), covers_on(day))
    proven = of_person(Card, Member.id, and_(covering, Card.evidence.in_(sorted(LOOKED_UP))))
    seen = of_person(Card, Member.id, covering, func.min(Card.evidence))
    mark = case(
        (unit.is_not(None), unit),
        (Member.presence == Presence.ABROAD, ABROAD),
        (proven.is_not(None), null()),
        else_=seen,
    )
    return Base(mark.is_not(None), mark)


def without_id(day: str, villages: Sequence[str]) -> Base:
    state = func.coalesce(_told(Member, "personal_id_state"), "")
    return Base(Member.personal_id.is_(None), state)


def pensioners(day: str, villages: Sequence[str]) -> Base:
    old = Member.birth_date <= add_months(day, -12 * OLD_AGE)
    return Base(and_(Member.social_insurance == SocialInsurance.PENSION, old), NO_MARK)


OWED = (SocialInsurance.NONE, SocialInsurance.PAUSED, SocialInsurance.LUMP_SUM_TAKEN,
        SocialInsurance.VOLUNTARY)  # fmt: skip


def wage_workers(day: str, villages: Sequence[str]) -> Base:
    """Who works for a wage and pays no compulsory social insurance, or was not asked about it."""
    works = [(_says(Member, "work", work), work.value)
             for work in (Work.WAGE_CONTRACT, Work.WAGE_NO_CONTRACT)]  # fmt: skip
    owed = or_(Member.social_insurance.is_(None), Member.social_insurance.in_(OWED))
    return Base(and_(owed, or_(*(says for says, _ in works))), case(*works))


CATEGORIES: Mapping[str, Condition] = {
    "children": children,
    "pupils": pupils,
    "poor": living(LivingClass.POOR),
    "near_poor": living(LivingClass.NEAR_POOR),
    "farm_households": farm_households,
    "minority": minority,
    "merit": rights(*MERIT),
    "social_protection": social_protection,
    "social_pension": rights("social_pension"),
}
"""Who counts as what, by the key of the list: lists, heads and the 100 % board all ask here."""


def marks_of(
    conditions: Mapping[str, Condition], day: str, villages: Sequence[str]
) -> dict[str, dict[str, Marks]]:
    """Who is on each list, by its key and by village in the order asked: what is not known of any
    is read in one pass."""
    read: dict[str, dict[str, Marks]] = {}

    def of_list(key: str, missing: Sequence[str]) -> dict[str, Marks]:
        if not read:
            read.update(_read(conditions, day, villages))
        return {village: read[key][village] for village in missing}

    found = {}
    moved = where_feeds_stand(villages, MOVES_WITH) if only_reads() else None
    for key in conditions:
        kept = _kept.setdefault(key, KeptByVillage[Marks](MOST_MARKS, len, also=MOVES_WITH))
        found[key] = kept.of(day, villages, partial(of_list, key), moved)
    return found


MOVES_WITH = (REFERENCE_FEED,)
"""What lists hang on beside their villages: what is stated of places, the law."""

_kept: dict[str, KeptByVillage[Marks]] = {}


def _read(
    conditions: Mapping[str, Condition], day: str, villages: Sequence[str]
) -> dict[str, dict[str, Marks]]:
    people = belonging_on(day, villages)
    bases = [condition(day, villages) for condition in conditions.values()]
    marks = [case((base.where, func.coalesce(base.mark, ""))) for base in bases]
    query = (
        select(people.c.village_id, people.c.id, *marks)
        .join(Member, Member.id == people.c.id)
        .join(Household, Household.id == people.c.home)
    )
    if len(bases) == 1:
        query = query.where(bases[0].where)
    found: dict[str, dict[str, Marks]] = {
        key: {village: {} for village in villages} for key in conditions
    }
    lists = list(found.values())
    same: dict[str, str] = {}
    for village, id_, *told in db.session.execute(query):
        for on_list, mark in zip(lists, told, strict=True):
            if mark is not None:
                on_list[village][id_] = same.setdefault(mark, mark)
    return found


def losing_days(day: str, villages: Sequence[str]) -> dict[str, Marks]:
    """Who loses support within ninety days, and after which day."""
    return {
        village: {id_: end.last_day for id_, end in people.items()}
        for village, people in losing(day, villages).items()
    }


def id_trouble(day: str, villages: Sequence[str]) -> dict[str, Marks]:
    """Whose personal id does not fit what else is known of them, or is also another's."""
    found = {
        village: dict(marks)
        for village, marks in _doubted.of(
            day, villages, lambda missing: _read_doubts(day, missing)
        ).items()
    }
    for village, id_ in _sharing_an_id(day, found):
        before = found[village].get(id_)
        found[village][id_] = f"{before},{SAME_ID}" if before else SAME_ID
    return found


_doubted = KeptByVillage[Marks](MOST_MARKS, len)


def _read_doubts(day: str, villages: Sequence[str]) -> dict[str, Marks]:
    people = belonging_on(day, villages)
    query = (
        select(
            people.c.village_id,
            people.c.id,
            Member.personal_id,
            Member.sex,
            Member.birth_date,
            _says(Member, "personal_id_state", "not_issued"),
        )
        .join(Member, Member.id == people.c.id)
        .where(Member.personal_id.is_not(None))
    )
    found: dict[str, Marks] = {village: {} for village in villages}
    for village, id_, number, sex, birth, not_issued in db.session.execute(query):
        told = {"personal_id": number, "sex": sex, "birth_date": birth}
        state = {"personal_id_state": "not_issued"} if not_issued else {}
        codes = [finding.code for finding in check_personal_id({**told, **state})]
        if codes:
            found[village][id_] = ",".join(codes)
    return found


def _sharing_an_id(day: str, villages: Iterable[str]) -> list[tuple[str, str]]:
    """Village and id of those of these villages whose personal id somebody else has, too,
    wherever that is: asked anew each time, as it may be a village that moved meanwhile."""
    asked = list(villages)
    twice = (
        select(Member.personal_id)
        .where(Member.personal_id.is_not(None), *_lives(day))
        .group_by(Member.personal_id)
        .having(func.count() > 1)
    )
    people = belonging_on(day, asked)
    query = (
        select(people.c.village_id, people.c.id)
        .join(Member, Member.id == people.c.id)
        .where(Member.personal_id.in_(list(db.session.scalars(twice))))
    )
    return [(village, id_) for village, id_ in db.session.execute(query)]


def sharers(day: str, ids: Collection[str]) -> dict[str, list[tuple[str, str, str]]]:
    """Of each of these people with whom they share a personal id: id, name and village."""
    asked = select(Member.id, Member.personal_id).where(among(Member.id, ids))
    numbers = {id_: number for id_, number in db.session.execute(asked) if number}
    query = select(Member.personal_id, Member.id, Member.full_name, Member.village_id).where(
        among(Member.personal_id, set(numbers.values())), *_lives(day)
    )
    by_number: dict[str, list[tuple[str, str, str]]] = {}
    for number, id_, name, village in db.session.execute(query):
        by_number.setdefault(number or "", []).append((id_, name, village))
    return {
        id_: [other for other in by_number.get(number, ()) if other[0] != id_]
        for id_, number in numbers.items()
    }


def _lives(day: str) -> tuple[ColumnElement[bool], ...]:
    return Member.merged_into.is_(None), or_(Member.last_day.is_(None), Member.last_day >= day)


def _right(day: str, villages: Sequence[str], kinds: Collection[str]) -> ColumnElement[Any]:
    """The first of these rights that a person holds on the day, or null."""
    held = and_(
        Entitlement.kind.in_(sorted(kinds)),
        or_(Entitlement.first_day.is_(None), Entitlement.first_day <= day),
        or_(Entitlement.last_day.is_(None), Entitlement.last_day >= day),
    )
    first = of_person(Entitlement, Member.id, held, func.min(Entitlement.kind))
    # Few hold any: to look for each person by person takes ten times as long.
    return case((Member.id.in_(_with_rights(villages, held)), first))


def _with_rights(villages: Sequence[str], held: ColumnElement[bool]) -> Any:
    """Whose own record in these villages, or one merged into it wherever that lies, holds one."""
    merged = winners(Member, "merged_member")
    own = select(Entitlement.member_id).where(among(Entitlement.village_id, villages), held)
    others = select(merged.c.winner).join(Entitlement, Entitlement.member_id == merged.c.id)
    return own.union(others.where(held))


def _says(table: type[Household] | type[Member], field: str, code: str) -> ColumnElement[bool]:
    """True where the record holds this code, read off the text of the record: a quotation mark
    inside what somebody typed stands there with a stroke before it."""
    return holds(table.data, f'"{field}":"{code}"')


def _told(table: type[Household] | type[Member], field: str) -> ColumnElement[Any]:
    if is_sqlite():
        return func.json_extract(table.data, f"$.{field}")
    return cast(table.data, JSONB)[field].astext
