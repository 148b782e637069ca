"""When the state's support of a person ends, why, and which group comes next.
Twin: pwa/src/domain/legal/support_end.ts.

The facts on record tell the days on which something ends; on each of them the group of that day is
compared with the group of the day after. Only who is paid for less than before loses support: a
child of a poor household goes from one free card to another and is not named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from server.domain.legal.area_facts import (
    HARD_REGIONS,
    Levels,
    Stated,
    area_facts,
    change_days,
    left_region_on,
)
from server.domain.legal.card_dates import child_span
from server.domain.legal.facts import AreaFacts, PersonFacts
from server.domain.legal.groups import SUPPORTED, GroupAnswer, insurance_group
from server.domain.legal.law import Law, answered, known
from server.domain.legal.money import WHOLE
from server.domain.legal.support import state_percent
from server.domain.legal.tables import NotKnown, Tables
from server.domain.partial import add_days, add_months, first_day, last_day

MOST_DAYS = 90
LAST_GRADE = 12
LEFT_REGION = "minority_in_commune_left_region"
EMPLOYED = 1


@dataclass(frozen=True, slots=True)
class SupportEnd:
    """`last_day`: the last one with the present support. `reasons`: the facts that end on it, as
    stable codes. Shares in hundredths of a percent of the contribution that others pay. The group
    and share after are None where the law of the next day is not known: `lacks` says what of it.
    `needs`: facts that are missing and could change the answer.
    """

    last_day: str
    reasons: tuple[str, ...]
    group: str
    share: int
    group_after: str | None
    share_after: int | None
    needs: tuple[str, ...]
    lacks: NotKnown | None = None


@dataclass(frozen=True, slots=True)
class PlaceAhead:
    """A place on a day, and what ends there up to `until`: worked out once for all its people."""

    day: str
    until: str
    area: AreaFacts
    levels: Levels[Stated]
    ends: tuple[tuple[str, str], ...]


def place_ahead(
    tables: Tables, day: str, levels: Levels[Stated], days: int = MOST_DAYS
) -> PlaceAhead:
    """`levels`: what was stated of a village and of the areas above it, whatever day it is of."""
    until = add_days(day, days)
    ends = (*_area_ends(day, until, levels), *_left_ends(Law(tables, day), until, levels))
    return PlaceAhead(day, until, area_facts(day, levels), levels, ends)


@answered
def support_ends(tables: Tables, place: PlaceAhead, facts: PersonFacts) -> SupportEnd | None:
    """The first end of support of somebody who lives there; None when none is in sight.

    The area in `facts` is not read. NotKnown where the law does not tell the group of the day.
    """
    law = Law(tables, place.day)
    told = (*_ends(law, facts), *place.ends)
    ends = sorted({end for end in told if place.day <= end[0] <= place.until})
    if not ends:
        return None
    now = known(insurance_group(tables, place.day, replace(facts, area=place.area)))
    share = _share(law, now, place.area)
    if now.law_group == EMPLOYED or not share:
        return None
    for last in dict.fromkeys(last for last, _ in ends):
        passed = {reason for on, reason in ends if on <= last}
        found = _after(tables, add_days(last, 1), facts, place.levels, passed)
        reasons = tuple(reason for on, reason in ends if on == last)
        if isinstance(found, NotKnown):
            return SupportEnd(last, reasons, now.group, share, None, None, (), found)
        answer, share_after = found
        if share_after < share:
            after = answer.group
            return SupportEnd(last, reasons, now.group, share, after, share_after, answer.needs)
    return None


@answered
def _after(
    tables: Tables, day: str, facts: PersonFacts, levels: Levels[Stated], passed: set[str]
) -> tuple[GroupAnswer, int]:
    """The group and share of a later day; NotKnown where the law does not tell."""
    area = area_facts(day, levels)
    later = replace(facts, area=area, work=_work(facts, passed))
    answer = known(insurance_group(tables, day, later))
    return answer, _share(Law(tables, day), answer, area)


def _work(facts: PersonFacts, passed: set[str]) -> str | None:
    """Who leaves the last grade is a pupil no more; who is too old for a child's card goes to
    school, unless something else is on record (derived)."""
    if "school" in passed:
        return None
    return "pupil" if "child" in passed and facts.work is None else facts.work


def _share(law: Law, answer: GroupAnswer, area: AreaFacts) -> int:
    """What others pay: all of it in groups 1 to 3, the state's share in group 4, else nothing."""
    if answer.free or answer.law_group == EMPLOYED:
        return WHOLE
    if answer.law_group != SUPPORTED:
        return 0
    return state_percent(law, answer.group, area.poor_commune)


def _ends(law: Law, facts: PersonFacts) -> Iterator[tuple[str, str]]:
    """Last days that the facts of a person tell, each with its reason, near and far ones."""
    if facts.living_class in ("poor", "near_poor") and facts.living_class_to:
        yield last_day(facts.living_class_to), "living_class"
    if facts.average_farm and facts.average_farm_to:
        yield last_day(facts.average_farm_to), "farm"
    if facts.unemployment_benefit_to:
        yield last_day(facts.unemployment_benefit_to), "unemployment"
    if facts.birth_date:
        yield _child_end(law, facts.birth_date), "child"
    if facts.work == "pupil" and grade_of(facts.school_class) == LAST_GRADE:
        yield from _school_end(law)
    yield from _rights_end(law, facts)


def _child_end(law: Law, birth: str) -> str:
    """The earliest last day of the free card that the birth date allows."""
    if law.find("card_start", "child_months"):
        return child_span(law, birth)[0]
    return add_days(add_months(first_day(birth), law.number("ages", "under_six")), -1)


def grade_of(school_class: str | None) -> int | None:
    """The grade that a class as people write it tells: 12 of `12A1` or `Lớp 12`."""
    found = re.search(r"[0-9]{1,2}", school_class or "")
    return int(found.group()) if found else None


def _school_end(law: Law) -> Iterator[tuple[str, str]]:
    """The next end of a school year; in September, where a class may be that of the old or of
    the new year, the earlier day is the safe one (derived)."""
    if law.find("card_start", "grade_12_end"):
        end = f"{law.day[:4]}-{law.text('card_start', 'grade_12_end')}"
        yield end if end >= law.day else add_months(end, 12), "school"


def _rights_end(law: Law, facts: PersonFacts) -> Iterator[tuple[str, str]]:
    for right in facts.entitlements:
        if right.valid_to:
            yield last_day(right.valid_to), "entitlement"
        if right.kind == "left_region" and right.valid_from:
            yield from _months_end(law, first_day(right.valid_from))
        if right.kind == "trafficking_victim" and right.valid_from:
            for last in _limit(law, right.kind, first_day(right.valid_from)):
                yield last, "entitlement"


def _area_ends(day: str, until: str, levels: Levels[Stated]) -> Iterator[tuple[str, str]]:
    for change in change_days(levels):
        last = add_days(change, -1)
        if day <= last <= until:
            was_hard, hard = (
                area_facts(on, levels).region in HARD_REGIONS for on in (last, change)
            )
            yield last, "region" if was_hard and not hard else "area"


def _left_ends(law: Law, until: str, levels: Levels[Stated]) -> Iterator[tuple[str, str]]:
    for left in {left_region_on(law.day, levels), left_region_on(until, levels)}:
        if left:
            yield from _months_end(law, left)


def _months_end(law: Law, left: str) -> Iterator[tuple[str, str]]:
    for last in _limit(law, LEFT_REGION, left):
        yield last, "region_months"


def _limit(law: Law, item: str, since: str) -> Iterator[str]:
    """The last day of a support of so many months, where the law of the day limits it."""
    row = law.find("support_months", item)
    if row and row.value.isdecimal():
        yield add_days(add_months(since, int(row.value)), -1)
