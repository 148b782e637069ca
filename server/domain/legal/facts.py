"""What the rules ask of a person, a household and a place. Twin: pwa/src/domain/legal/facts.ts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain.codes import is_minority
from server.domain.status import EntitlementFacts, entitlement_facts


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """Dated facts of the village or its commune, as they stand on the day.

    `region` I, II or III of the ethnic-minority and mountain area, None outside it.
    `poor_commune`: on the Prime Minister's list; None where the list is not known.
    """

    region: str | None = None
    special_difficulty: bool = False
    island: bool = False
    atk: bool = False
    poor_commune: bool | None = None
    left_region_on: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where support is granted: province code of 2025, and the code before the merger."""

    province: str | None = None
    former: str | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """All that the insurance group of a person hangs on. Dates may be partial.

    Entitlements are those of the records; one whose kind is the id of a group in the table
    `groups` counts as that group (what a paper proves and no field asks).
    """

    birth_date: str | None = None
    registration: str | None = None
    minority: bool | None = None
    work: str | None = None
    school_class: str | None = None
    social_insurance: str | None = None
    unemployment_benefit_to: str | None = None
    living_class: str | None = None
    living_class_from: str | None = None
    living_class_to: str | None = None
    average_farm: bool = False
    average_farm_from: str | None = None
    average_farm_to: str | None = None
    entitlements: tuple[EntitlementFacts, ...] = ()
    area: AreaFacts = AreaFacts()


def person_facts(
    member: Mapping[str, Any],
    household: Mapping[str, Any],
    entitlements: Sequence[Mapping[str, Any]] = (),
    area: AreaFacts | None = None,
) -> PersonFacts:
    """The facts of a member from the records."""
    ethnic_group = member.get("ethnic_group")
    return PersonFacts(
        birth_date=member.get("birth_date"),
        registration=member.get("registration"),
        minority=is_minority(ethnic_group) if ethnic_group else None,
        work=member.get("work"),
        school_class=member.get("school_class"),
        social_insurance=member.get("social_insurance"),
        unemployment_benefit_to=member.get("unemployment_benefit_to"),
        living_class=household.get("living_class"),
        living_class_from=household.get("living_class_from"),
        living_class_to=household.get("living_class_to"),
        average_farm=bool(household.get("average_farm")),
        average_farm_from=household.get("average_farm_from"),
        average_farm_to=household.get("average_farm_to"),
        entitlements=tuple(entitlement_facts(right) for right in entitlements),
        area=area or AreaFacts(),
    )
