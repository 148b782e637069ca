"""Why a person belongs to a group and what it costs, on any day: the facts, the steps, the law."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from schemas.kinds import AreaLevel
from server.desk.law_words import row_value
from server.desk.reading import Shown
from server.domain.legal.area_facts import area_facts
from server.domain.legal.candidates import living_class_on, rights_on
from server.domain.legal.card_dates import CardDates, child_card, paid_card
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.facts import PersonFacts, Place, person_facts
from server.domain.legal.five_years import FiveYears, Period, five_year_date
from server.domain.legal.groups import GroupAnswer, group_names, insurance_group
from server.domain.legal.law import Law, answered, known
from server.domain.legal.school import Pupil, school_card, school_months
from server.domain.legal.support import PUPILS as PUPIL_GROUPS
from server.domain.legal.tables import LegalRow, NotKnown, Tables
from server.domain.legal.voluntary import (
    Eligibility,
    JoinFacts,
    VoluntaryCost,
    VoluntaryFacts,
    may_join_voluntary,
    voluntary_cost,
)
from server.domain.legal.waiting import Waiting, waiting
from server.domain.partial import last_day
from server.domain.status import card_end, card_facts, span
from server.store.areas import facts_on, lineage, stated_above
from server.store.legal import legal_tables

MONTHS = (3, 6, 12)
PUPILS = ("pupil", "student")
VOLUNTARY_MONTHS = (1, 12)


@dataclass(frozen=True, slots=True)
class Cost:
    """One payment on the day; `answer` is NotKnown where the law's tables hold no price."""

    group: str
    months: int
    answer: Contribution | NotKnown


@dataclass(frozen=True, slots=True)
class Voluntary:
    """Voluntary social insurance: whether the person may join, and what the least income costs;
    `lacks`: what the law does not say of it."""

    eligible: Eligibility
    income: int
    costs: list[tuple[int, VoluntaryCost]]
    lacks: NotKnown | None


@dataclass(frozen=True, slots=True)
class Why:
    """All that the page shows. `names`: what the tables call each group on the day. `by_decision`:
    the card begins on the day of the approving decision, so `card` and `waiting` are None.
    `school`: the cards of a pupil or student by months, those of the school year among them."""

    day: str
    facts: PersonFacts
    area_facts: list[tuple[str, str, str]]
    group: GroupAnswer | NotKnown
    names: dict[str, str]
    costs: list[Cost]
    previous_end: str | None
    card: CardDates | NotKnown | None
    school: list[tuple[int, CardDates]]
    by_decision: bool
    waiting: Waiting | NotKnown | None
    five_years: FiveYears | NotKnown | None
    voluntary: Voluntary | NotKnown
    not_known: list[tuple[NotKnown, str]]
    rows: list[tuple[LegalRow, str]]


def why(
    day: str,
    member: dict[str, Any],
    household: dict[str, Any],
    village_id: str,
    cards: Sequence[Shown],
    rights: Sequence[Shown],
) -> Why:
    """The rules asked about one person on one day, with the facts as the records say them now."""
    tables = legal_tables()
    area = area_facts(day, stated_above(village_id))
    facts = person_facts(member, household, [right.data for right in rights], area)
    group = insurance_group(tables, day, facts)
    place = _place(village_id)
    end = _previous_end(day, cards)
    school = _school(tables, day, group, facts, end)
    counts = tuple(count for count, _ in school) or MONTHS
    costs = _costs(tables, day, group, facts, place, counts)
    voluntary = _voluntary(tables, day, member.get("sex"), facts, place)
    paying = isinstance(group, GroupAnswer) and group.law_group in (4, 5)
    decided = _by_decision(group, costs)
    paying = paying and not decided
    card = paid_card(tables, day, 12, end) if paying else _child(tables, day, group, facts)
    if school:
        card = school[-1][1]
    wait = waiting(tables, day, end) if paying else None
    five = five_year_date(tables, _periods(day, cards))
    if school and school[-1][1].rule == "grade_1":
        wait = None
    answers = [group, *(cost.answer for cost in costs), card, *(one for _, one in school)]
    answers += [wait, five]
    names = group_names(tables, day)
    return Why(
        day=day,
        facts=facts,
        area_facts=[(f.fact, f.value, f.source) for f in facts_on(village_id, day).values()],
        group=group,
        names=names,
        costs=costs,
        previous_end=end,
        card=card,
        school=school,
        by_decision=decided and card is None,
        waiting=wait,
        five_years=five,
        voluntary=voluntary,
        not_known=[(what, _name_of(tables, what)) for what in _not_known(answers)],
        rows=[(row, row_value(row, names)) for row in _rows(answers)],
    )


def _place(village_id: str) -> Place:
    """The province above a village; which one it was before the merger is not on record."""
    above = lineage(village_id)
    return Place(next((step.code for step in above if step.level == AreaLevel.PROVINCE), None))


def _costs(
    tables: Tables,
    day: str,
    group: GroupAnswer | NotKnown,
    facts: PersonFacts,
    place: Place,
    counts: tuple[int, ...],
) -> list[Cost]:
    if isinstance(group, NotKnown):
        return []
    costs: list[Cost] = []
    for choice in group.choices:
        for months in counts:
            payment = Payment(
                choice,
                months,
                place=place,
                pupil=facts.work in PUPILS,
                minority=bool(facts.minority),
                poor_commune=facts.area.poor_commune,
            )
            answer = contribution(tables, day, payment)
            if isinstance(answer, (Contribution, NotKnown)):
                costs.append(Cost(choice, months, answer))
    return costs


@answered
def _voluntary(
    tables: Tables, day: str, sex: str | None, facts: PersonFacts, place: Place
) -> Voluntary:
    officer = any(right.kind == "village_officer" for right in rights_on(day, facts))
    told = JoinFacts(facts.birth_date, sex, facts.social_insurance, facts.work, officer)
    eligible = known(may_join_voluntary(tables, day, told))
    income = Law(tables, day).number("voluntary", "income_min")
    asked = VoluntaryFacts(
        income,
        1,
        living_class=living_class_on(day, facts),
        minority=bool(facts.minority),
        island=facts.area.island,
        place=place,
    )
    answers = [
        (months, voluntary_cost(tables, day, replace(asked, months=months)))
        for months in VOLUNTARY_MONTHS
        if eligible.may_join is not False
    ]
    costs = [(months, cost) for months, cost in answers if isinstance(cost, VoluntaryCost)]
    silent = [cost for _, cost in answers if isinstance(cost, NotKnown)]
    silent += [cost.local_not_known for _, cost in costs if cost.local_not_known]
    return Voluntary(eligible, income, costs, next(iter(silent), None))


def _by_decision(group: GroupAnswer | NotKnown, costs: Iterable[Cost]) -> bool:
    """True for who has a card without paying: of groups 2 and 3, or wholly supported."""
    if isinstance(group, NotKnown):
        return False
    own = [cost.answer for cost in costs if cost.group == group.group]
    return group.free or any(isinstance(one, Contribution) and one.by_decision for one in own)


def _school(
    tables: Tables, day: str, group: GroupAnswer | NotKnown, facts: PersonFacts, end: str | None
) -> list[tuple[int, CardDates]]:
    """The cards a pupil or student may buy on the day; empty for everybody else and where the law
    does not tell."""
    if isinstance(group, NotKnown) or group.group not in PUPIL_GROUPS:
        return []
    pupil = Pupil(facts.work, facts.school_class, facts.birth_date, end)
    own = school_months(tables, day, pupil)
    own = () if isinstance(own, NotKnown) else own
    counts = sorted({*own, *(count for count in MONTHS if not own or count <= max(own))})
    cards = [(count, school_card(tables, day, count, pupil)) for count in counts]
    return [(count, card) for count, card in cards if isinstance(card, CardDates)]


def _child(tables: Tables, day: str, group: GroupAnswer | NotKnown, facts: PersonFacts) -> Any:
    if isinstance(group, GroupAnswer) and group.group == "TE" and facts.birth_date:
        return child_card(tables, day, facts.birth_date)
    return None


def _previous_end(day: str, cards: Iterable[Shown]) -> str | None:
    """The latest proven end of a card that had begun by the day."""
    ends = [
        end
        for card in cards
        if (end := card_end(card_facts(card.data)))
        and span(card.data.get("valid_from"), card.data.get("valid_to"))[0] <= day
    ]
    return max(ends, default=None)


def _periods(day: str, cards: Iterable[Shown]) -> list[Period]:
    """Cards that prove both ends and had begun by the day."""
    return [
        Period(last_day(card.data["valid_from"]), end)
        for card in cards
        if card.data.get("valid_from")
        and last_day(card.data["valid_from"]) <= day
        and (end := card_end(card_facts(card.data)))
    ]


def _name_of(tables: Tables, what: NotKnown) -> str:
    """What the table calls the item that lacks a value; where no row names it, its key."""
    rows = (row for row in tables.rows if row.table == what.table)
    return next((row.name_vi for row in rows if row.item == what.item), what.item)


def _not_known(answers: Iterable[Any]) -> list[NotKnown]:
    found = [answer for answer in answers if isinstance(answer, NotKnown)]
    local = [answer.local_not_known for answer in answers if isinstance(answer, Contribution)]
    return list(dict.fromkeys([*found, *filter(None, local)]))


def _rows(answers: Iterable[Any]) -> list[LegalRow]:
    read = [row for answer in answers for row in getattr(answer, "rows", ())]
    return list(dict.fromkeys(read))
