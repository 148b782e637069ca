"""Rates of support and the days of a card, as a list says them."""

import pytest

from server.domain.card_lists.dates import Begins, card_span
from server.domain.card_lists.states import (
    APPROVED,
    DRAFT,
    DROPPED,
    SEALED,
    SENT_BACK,
    SUBMITTED,
    may_become,
)
from server.domain.card_lists.support import support_by_law, support_paid
from server.domain.legal.facts import PersonFacts
from server.domain.legal.reading import national_tables
from server.domain.status import EntitlementFacts

LAW = national_tables()
TODAY = "2026-11-22"


@pytest.mark.parametrize(
    ("total", "state", "percent"),
    [(1_366_200, 409_860, "30"), (956_340, 0, "0"), (3, 1, "33.33"), (1_366_200, 1_366_200, "100")],
)
def test_the_rate_is_told_by_what_was_paid(total, state, percent):
    assert support_paid({"total": total, "state_support": state}) == percent


@pytest.mark.parametrize("paid", [{}, {"total": 0, "state_support": 0}, {"total": 5}])
def test_without_amounts_no_rate_is_told(paid):
    assert support_paid(paid) is None


@pytest.mark.parametrize(
    ("group", "poor_commune", "percent"),
    [
        ("TE", None, "100"),
        ("GB", None, "30"),
        ("CN", None, "70"),
        ("CN", True, "100"),
        ("GD", None, "0"),
        ("standing_militia", None, None),
    ],
)
def test_the_rate_of_a_group_is_the_law_s(group, poor_commune, percent):
    assert support_by_law(LAW, TODAY, group, poor_commune) == percent


def span(group, paid=None, **facts):
    return card_span(PersonFacts(**facts), paid or {}, LAW, Begins(group, TODAY, "2026-12-01"))


def test_a_child_s_card_runs_from_birth():
    assert span("TE", birth_date="2023-03-05") == ("2023-03-05", "2029-09-30")


def test_a_child_born_in_a_year_alone_begins_with_the_list():
    assert span("TE", birth_date="2023") == ("2026-12-01", None)


def test_a_poor_household_s_card_runs_as_its_decision_says():
    poor = {"living_class": "poor", "living_class_from": "2026-01-01"}
    assert span("HN", **poor, living_class_to="2026-12-31") == ("2026-01-01", "2026-12-31")


def test_a_right_that_ends_takes_its_card_along():
    right = EntitlementFacts("veteran", "2020", "2027-06-30")
    assert span("CB", entitlements=(right,)) == ("2026-12-01", "2027-06-30")


def test_what_was_paid_for_says_its_own_days():
    paid = {"card_from": "2026-12-20", "card_to": "2027-12-19"}
    assert span("GB", paid) == ("2026-12-20", "2027-12-19")


def test_a_list_takes_one_step_at_a_time_and_none_once_it_is_sealed():
    assert may_become(DRAFT, SUBMITTED)
    assert may_become(SUBMITTED, SENT_BACK)
    assert may_become(SENT_BACK, SUBMITTED)
    assert not may_become(DRAFT, APPROVED)
    assert not may_become(SUBMITTED, SEALED)
    for state in (DRAFT, SUBMITTED, SENT_BACK, APPROVED, DROPPED):
        assert not may_become(SEALED, state)
