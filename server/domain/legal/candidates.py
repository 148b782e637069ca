"""Which insurance groups a person falls under on a day. Twin: pwa/src/domain/legal/candidates.ts.

Luật BHYT Đ12 (Luật 51/2024/QH15), NĐ 188/2025/NĐ-CP Đ5. Whether a group exists on the day is
said by the table `law_group`; here is only which facts lead to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from server.domain.legal.ages import reached
from server.domain.legal.card_dates import child_span
from server.domain.legal.facts import PersonFacts
from server.domain.legal.law import Law
from server.domain.partial import add_months, first_day, last_day
from server.domain.status import EntitlementFacts, span

ENTITLED = {
    "armed_forces": "QN",
    "armed_forces_family": "TQ",
    "police": "CA",
    "police_family": "TA",
    "cipher": "CY",
    "cipher_family": "TY",
    "merit": "CK",
    "merit_relative": "TC",
    "martyr_relative": "TS",
    "veteran": "CB",
    "resistance": "KC",
    "social_allowance": "BT",
    "organ_donor": "HG",
}
# Rights that lead to a group only together with other facts, or that name none.
BY_OTHER_FACTS = frozenset({"survivor_allowance", "left_region", "left_poverty", "other"})


@dataclass(frozen=True, slots=True)
class Reason:
    """A group, and the fact that leads to it as a stable code."""

    group: str
    code: str


@dataclass(slots=True)
class Found:
    """Groups with their reasons, and the facts without which the answer is not certain."""

    reasons: list[Reason]
    needs: dict[str, None]

    def add(self, group: str, code: str) -> None:
        if all(reason.group != group for reason in self.reasons):
            self.reasons.append(Reason(group, code))


def find_groups(law: Law, facts: PersonFacts) -> Found:
    """Every group whose conditions the facts meet and that exists on the day; raises NoValue."""
    found = Found([], {})
    for group, code in _by_facts(law, facts, found):
        if law.find("law_group", group):
            found.add(group, code)
    return found


def _by_facts(law: Law, facts: PersonFacts, found: Found) -> Iterator[tuple[str, str]]:
    yield from _by_work(law, facts)
    yield from _by_age(law, facts, found)
    yield from _by_entitlements(law, facts, found)
    yield from _by_living_class(law, facts, found)
    yield from _by_area(law, facts, found)


def living_class_on(day: str, facts: PersonFacts) -> str | None:
    """The household's living class while the paper that says so runs."""
    start, end = span(facts.living_class_from, facts.living_class_to)
    return facts.living_class if start <= day and (end is None or day <= end) else None


def average_farm_on(day: str, facts: PersonFacts) -> bool:
    """True while the household's recognition as an average farm household runs."""
    start, end = span(facts.average_farm_from, facts.average_farm_to)
    return facts.average_farm and start <= day and (end is None or day <= end)


def rights_on(day: str, facts: PersonFacts) -> Iterator[EntitlementFacts]:
    """The entitlements that run on the day."""
    for right in facts.entitlements:
        start, end = span(right.valid_from, right.valid_to)
        if start <= day and (end is None or day <= end):
            yield right


def _by_work(law: Law, facts: PersonFacts) -> Iterator[tuple[str, str]]:
    compulsory = facts.social_insurance == "compulsory"
    village_officer = any(right.kind == "village_officer" for right in rights_on(law.day, facts))
    if facts.work == "wage_contract":
        yield "DN", "wage_contract"
    elif compulsory and facts.work == "own_business" and not village_officer:
        yield "household_business_owner", "registered_business"
    elif compulsory and not village_officer:
        # Village officers are under compulsory social insurance, too, but stand in Đ12 k4 e.
        yield "DN", "compulsory_insurance"
    if facts.social_insurance == "pension":
        yield "HT", "pension"
    elif facts.social_insurance == "monthly_allowance":
        yield "HT", "monthly_allowance"
    if facts.unemployment_benefit_to and law.day <= last_day(facts.unemployment_benefit_to):
        yield "TN", "unemployment_benefit"
    if facts.work == "pupil":
        yield "HS", "pupil"
    elif facts.work == "student":
        yield "SV", "student"


def _by_age(law: Law, facts: PersonFacts, found: Found) -> Iterator[tuple[str, str]]:
    if not facts.birth_date:
        found.needs["birth_date"] = None
        return
    if first_day(facts.birth_date) > law.day:
        return
    over = _over_six(law, facts.birth_date)
    if over is None:
        found.needs["birth_date"] = None
    elif not over:
        yield "TE", "under_six"


def _over_six(law: Law, birth: str) -> bool | None:
    """A child's card outlasts the 72 months a little; None when the birth date is too rough."""
    if law.find("card_start", "child_months") is None:
        return reached(law.day, birth, law.number("ages", "under_six"))
    earliest, latest = child_span(law, birth)
    if law.day > latest:
        return True
    return False if law.day <= earliest else None


def _by_entitlements(law: Law, facts: PersonFacts, found: Found) -> Iterator[tuple[str, str]]:
    for right in rights_on(law.day, facts):
        if right.kind in ENTITLED:
            yield ENTITLED[right.kind], right.kind
        elif right.kind == "survivor_allowance":
            yield from _survivor(law, facts, found)
        elif right.kind == "trafficking_victim":
            if _within_limit(law, right.kind, right.valid_from):
                yield right.kind, right.kind
        elif right.kind not in BY_OTHER_FACTS:
            yield right.kind, right.kind


def _survivor(law: Law, facts: PersonFacts, found: Found) -> Iterator[tuple[str, str]]:
    """Đ12 k3 s: from 75, near-poor from 70; before 1/7/2025 from 80."""
    items = ["survivor_allowance"]
    if living_class_on(law.day, facts) == "near_poor":
        items.append("survivor_allowance_near_poor")
    for item in items:
        if law.find("ages", item) is None:
            continue
        old_enough = reached(law.day, facts.birth_date, law.number("ages", item) * 12)
        if old_enough:
            yield "CT", item
            return
        if old_enough is None:
            found.needs["birth_date"] = None


def _by_living_class(law: Law, facts: PersonFacts, found: Found) -> Iterator[tuple[str, str]]:
    living_class = living_class_on(law.day, facts)
    if living_class == "poor":
        yield "HN", "poor_household"
    elif living_class == "near_poor":
        yield "CN", "near_poor_household"
        if facts.minority and _in_mountains(facts):
            yield "minority_near_poor", "near_poor_minority_in_mountains"
        elif facts.area.poor_commune is None:
            found.needs["poor_commune"] = None
        if facts.minority is None and _in_mountains(facts):
            found.needs["ethnic_group"] = None
    if average_farm_on(law.day, facts):
        yield "GB", "average_farm_household"


def _in_mountains(facts: PersonFacts) -> bool:
    return bool(facts.area.region) or facts.area.special_difficulty


def _by_area(law: Law, facts: PersonFacts, found: Found) -> Iterator[tuple[str, str]]:
    """Đ12 k3 o for people who live in hard areas; k4 g where the commune left them."""
    area = facts.area
    if area.special_difficulty or area.region == "III":
        yield "DK", "special_difficulty"
    if area.special_difficulty or area.region in ("II", "III"):
        if facts.minority:
            yield "DT", "minority_in_hard_area"
        elif facts.minority is None:
            found.needs["ethnic_group"] = None
    if area.island:
        yield "XD", "island"
    if area.atk and facts.registration == "permanent":
        yield "atk_resident", "atk"
    left = _left_region_on(law, facts)
    if left is None or left > law.day:
        return
    if facts.minority is None:
        found.needs["ethnic_group"] = None
    elif facts.minority and _within_limit(law, "minority_in_commune_left_region", left):
        yield "DS", "commune_left_region"


def _left_region_on(law: Law, facts: PersonFacts) -> str | None:
    if facts.area.left_region_on:
        return facts.area.left_region_on
    for right in rights_on(law.day, facts):
        if right.kind == "left_region" and right.valid_from:
            return first_day(right.valid_from)
    return None


def _within_limit(law: Law, item: str, since: str | None) -> bool:
    """True while the months of a limited support run; without a known start, while it is held."""
    if law.find("support_months", item) is None:
        return False
    months = law.text("support_months", item)
    return months == "none" or not since or law.day < add_months(first_day(since), int(months))
