"""What the rules ask of a person is read off the records under the names of the wire."""

from schemas.records import Household, Member
from server.domain.legal.facts import PersonFacts, person_facts
from server.domain.status import EntitlementFacts

MEMBER = {
    "birth_date": "2010-05",
    "registration": "permanent",
    "ethnic_group": "12",
    "work": "pupil",
    "school_class": "10A",
    "social_insurance": "none",
    "unemployment_benefit_to": "2026-12",
}
HOUSEHOLD = {
    "living_class": "average",
    "living_class_from": "2026-01-01",
    "living_class_to": "2026-12-31",
    "average_farm": True,
    "average_farm_from": "2026-02-01",
    "average_farm_to": "2027-01-31",
}


def test_every_name_read_is_one_of_the_wire():
    assert set(MEMBER) <= set(Member().fields)
    assert set(HOUSEHOLD) <= set(Household().fields)


def test_a_record_gives_each_fact_under_its_own_name():
    facts = person_facts(MEMBER, HOUSEHOLD, [{"kind": "merit", "valid_to": "2027"}])
    told = {**MEMBER, **HOUSEHOLD, "minority": True}
    told.pop("ethnic_group")
    right = EntitlementFacts("merit", None, "2027")
    assert facts == PersonFacts(**told, entitlements=(right,))  # type: ignore[arg-type]


def test_empty_records_say_nothing():
    assert person_facts({}, {}) == PersonFacts()
