"""The insurance group of a person by the order of the law. Twin: pwa/src/domain/legal/groups.ts.

Luật BHYT Đ13 k5 (Luật 51/2024/QH15 Đ1 k11), in force from 1/7/2025: the first group in the order
of Đ12 (a) except parts (c), pensions (d), letters s, t, u (đ), the free choice of the household
group (e, h), and of several supported groups the one with the highest support (g). The order
within one clause of Đ12 is that of the rows of the table `law_group`.
"""

from dataclasses import dataclass

from server.domain.legal.ages import reached
from server.domain.legal.candidates import Found, Reason, find_groups, living_class_on
from server.domain.legal.facts import PersonFacts
from server.domain.legal.law import Law, answered
from server.domain.legal.support import state_percent, support_category
from server.domain.legal.tables import OPEN, LegalRow, Tables

HOUSEHOLD = "GD"
NEAR_POOR = "CN"
FREE = (2, 3)
FREE_TO_OWN = (2, 3, 4, 5)
SUPPORTED = 4
INSURED = ("pension", "monthly_allowance")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reasoning: a stable code, the group it speaks of, its article of law."""

    code: str
    group: str
    source: str


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """The group of a person on a day.

    `applies`: every group that fits, in the order of law. `choices`: more than one where the law
    lets the person choose, the group by the order of law first. `card_code` and
    `benefit_percent` are None where the law's value is not known. `free`: nobody asks the person
    for money. `needs`: facts that are missing and could change the answer. `hints`: free cards
    that age or class may open and that nobody has asked for.
    """

    day: str
    group: str
    law_group: int
    card_code: str | None
    benefit_percent: int | None
    free: bool
    choices: tuple[str, ...]
    applies: tuple[str, ...]
    steps: tuple[Step, ...]
    needs: tuple[str, ...]
    hints: tuple[str, ...]
    rows: tuple[LegalRow, ...]


@answered
def insurance_group(tables: Tables, day: str, facts: PersonFacts) -> GroupAnswer:
    """The group of a person on a day, or NotKnown where the law's row is missing or open."""
    law = Law(tables, day)
    found = find_groups(law, facts)
    if not found.reasons:
        _without_group(facts, found)
    ordered = _in_order(tables, found.reasons)
    steps = [_applying(law, reason) for reason in ordered]
    group, why = _choose(law, [reason.group for reason in ordered], facts)
    choices, may = _choices(law, group, [reason.group for reason in ordered])
    law_group = law.number("law_group", group)
    return GroupAnswer(
        day=day,
        group=group,
        law_group=law_group,
        card_code=_known(law.find("groups", group)),
        benefit_percent=_number(law.find("benefit", group)),
        free=law_group in FREE,
        choices=choices,
        applies=tuple(reason.group for reason in ordered),
        steps=(*steps, *why, *may),
        needs=tuple(need for need in found.needs if need != "poor_commune" or group == NEAR_POOR),
        hints=_hints(law, facts),
        rows=law.rows,
    )


def _without_group(facts: PersonFacts, found: Found) -> None:
    """Whoever falls under nothing else joins with the household, Đ12 k5 a, or alone, k5 d."""
    if facts.registration == "none":
        found.add("other_own", "no_residence")
        return
    if facts.registration in (None, "not_known"):
        found.needs["registration"] = None
    found.add(HOUSEHOLD, "household")


def _in_order(tables: Tables, reasons: list[Reason]) -> list[Reason]:
    place = {item: index for index, item in enumerate(tables.items("law_group"))}
    return sorted(reasons, key=lambda reason: place[reason.group])


def _applying(law: Law, reason: Reason) -> Step:
    row = law.find("law_group", reason.group)
    return Step(reason.code, reason.group, row.source if row else "")


def _choose(law: Law, groups: list[str], facts: PersonFacts) -> tuple[str, list[Step]]:
    if len(groups) == 1:
        # No order is needed, and none is known before 1/7/2025.
        law.number("law_group", groups[0])
        return groups[0], []
    for item in ("d", "đ"):
        row = law.row("group_order", item)
        first = next((group for group in groups if group in row.value.split()), None)
        if first:
            return first, [Step(f"order_{item}", first, row.source)]
    others = [group for group in groups if law.number("law_group", group) in FREE_TO_OWN]
    if "XK" in groups and others:
        return _first(law, "c", others)
    group, steps = _first(law, "a", groups)
    if law.number("law_group", group) == law.number("group_order", "g"):
        return _highest_support(law, groups, facts)
    return group, steps


def _first(law: Law, item: str, groups: list[str]) -> tuple[str, list[Step]]:
    row = law.row("group_order", item)
    order = [int(number) for number in row.value.split()]
    first = min(groups, key=lambda group: order.index(law.number("law_group", group)))
    return first, [Step(f"order_{item}", first, row.source)]


def _highest_support(law: Law, groups: list[str], facts: PersonFacts) -> tuple[str, list[Step]]:
    supported = [group for group in groups if law.number("law_group", group) == SUPPORTED]
    poor_commune = facts.area.poor_commune
    best = max(supported, key=lambda group: state_percent(law, group, poor_commune))
    if len(supported) == 1:
        row = law.row("group_order", "a")
        return best, [Step("order_a", best, row.source)]
    return best, [Step("order_g", best, law.row("group_order", "g").source)]


def _choices(law: Law, group: str, applies: list[str]) -> tuple[tuple[str, ...], list[Step]]:
    """Letter e: whoever has a supported group of the named letters may join as household instead.

    Pupils and students may not, also when another supported group of theirs gives more.
    """
    joins = law.find("group_order", "h")
    if joins and group in joins.value.split():
        return (group, HOUSEHOLD), [Step("may_join_as_household", group, joins.source)]
    if law.number("law_group", group) != SUPPORTED:
        return (group,), []
    for other in applies:
        choice = law.find("household_choice", support_category(other))
        if choice and choice.value != "yes":
            return (group,), [Step("may_not_choose_household", other, choice.source)]
    source = law.row("household_choice", support_category(group)).source
    return (group, law.text("group_order", "e")), [Step("may_choose_household", group, source)]


def _hints(law: Law, facts: PersonFacts) -> tuple[str, ...]:
    """A social pension, and with it a free card, that age opens and nobody has recorded."""
    if law.find("ages", "social_pension") is None or facts.social_insurance in INSURED:
        return ()
    if any(right.kind == "social_pension" for right in facts.entitlements):
        return ()
    if reached(law.day, facts.birth_date, law.number("ages", "social_pension") * 12):
        return ("social_pension_age",)
    poor = living_class_on(law.day, facts) in ("poor", "near_poor")
    if poor and reached(law.day, facts.birth_date, law.number("ages", "social_pension_poor") * 12):
        return ("social_pension_poor_age",)
    return ()


def group_names(tables: Tables, day: str) -> dict[str, str]:
    """What the law calls each group on a day, by its code."""
    rows = (tables.in_force(day, "groups", item) for item in tables.items("groups"))
    return {row.item: row.name_vi for row in rows if row}


def _known(row: LegalRow | None) -> str | None:
    return row.value if row and row.value != OPEN else None


def _number(row: LegalRow | None) -> int | None:
    known = _known(row)
    return int(known) if known else None
