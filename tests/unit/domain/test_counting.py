"""Who belongs to the count, what is counted, and when cover ends."""

import pytest

from server.domain.counting import PersonFacts, Residence, belongs_on, tally
from server.domain.status import AnswerFacts, CardFacts, EntitlementFacts, ends_within

TODAY = "2026-11-22"
COVERED = (CardFacts("app", "2026-01-01", "2026-12-10"),)


@pytest.mark.parametrize(
    ("residence", "household_ended_on", "belongs"),
    [
        (Residence(), None, True),
        (Residence(since="2026-11-22"), None, True),
        (Residence(since="2026-11-23"), None, False),
        (Residence(since="2026"), None, True),
        (Residence(since="2027"), None, False),
        (Residence(ended_on="2026-11-22"), None, True),
        (Residence(ended_on="2026-11-21"), None, False),
        (Residence(ended_on="2026-11"), None, True),
        (Residence(ended_on="2026-10"), None, False),
        (Residence(merged=True), None, False),
        (Residence(), "2026-11-21", False),
        (Residence(), "2026-11-22", True),
    ],
)
def test_a_person_belongs_while_living_here(
    residence: Residence, household_ended_on: str | None, belongs: bool
) -> None:
    assert belongs_on(TODAY, residence, household_ended_on) is belongs


def test_the_tally_keeps_every_line_apart() -> None:
    people = [
        PersonFacts(COVERED, registration="permanent", presence="here"),
        PersonFacts(COVERED, registration="temporary", presence="abroad"),
        PersonFacts(answer=AnswerFacts("never_had", TODAY), registration="none", presence="here"),
        PersonFacts(answer=AnswerFacts("had_card", TODAY)),
        PersonFacts(entitlements=(EntitlementFacts("police"),)),
        PersonFacts(),
        PersonFacts(COVERED, residence=Residence(merged=True)),
    ]

    counts = tally(TODAY, people)

    assert (counts.people, counts.covered, counts.none, counts.expired) == (6, 2, 1, 1)
    assert (counts.elsewhere, counts.not_asked, counts.uninsured) == (1, 1, 2)
    assert (counts.registered, counts.registered_covered) == (2, 2)
    assert (counts.present, counts.present_covered, counts.abroad) == (2, 1, 1)


@pytest.mark.parametrize(
    ("days", "cards", "end"),
    [
        (30, COVERED, "2026-12-10"),
        (18, COVERED, "2026-12-10"),
        (17, COVERED, None),
        (30, (*COVERED, CardFacts("receipt", "2026-12-11", "2027-12-10")), None),
        (30, (*COVERED, CardFacts("receipt", "2026-06-01", "2027-05-31")), None),
        (30, (*COVERED, CardFacts("told", "2026-12-11", "2027-12-10")), "2026-12-10"),
        (30, (*COVERED, CardFacts("app", None, None, TODAY)), None),
        (30, (CardFacts("told", "2026-01-01", "2026-12-10"),), None),
        (30, (CardFacts("app", "2026-01-01", "2026-11-21"),), None),
        (30, (), None),
    ],
)
def test_cover_ends_soon_only_when_nothing_proven_follows(
    days: int, cards: tuple[CardFacts, ...], end: str | None
) -> None:
    assert ends_within(TODAY, days, cards) == end
