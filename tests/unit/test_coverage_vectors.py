"""Sixty people over two years: the count of a day and the steps of a village give every month-end
what the phone gives it (pwa/tests/domain/coverage_vectors.test.ts runs the same file)."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from server.domain.counting import PersonFacts, Residence, tally
from server.domain.coverage.steps import Known, Life, steps_of, tally_of
from server.domain.partial import FIRST_DAY_EVER, first_day, last_day
from server.domain.status import (
    CardFacts,
    answer_facts,
    card_facts,
    enrolment_facts,
    entitlement_facts,
    span,
)

[CASE] = json.loads((Path(__file__).parents[1] / "vectors/coverage.json").read_text("utf-8"))


def facts(person):
    member = person["member"]
    return PersonFacts(
        [card_facts(card) for card in person["cards"]],
        [entitlement_facts(right) for right in person["entitlements"]],
        answer_facts(member),
        Residence(member.get("since"), member.get("ended_on"), "merged_into" in member),
        person["household_ended_on"],
        member["registration"],
        member["presence"],
        [enrolment_facts(paid) for paid in person["enrolments"]],
    )


def life(one: PersonFacts) -> Life:
    """As the tables hold the days of a person."""
    since, ended, home = one.residence.since, one.residence.ended_on, one.household_ended_on
    return Life(
        first_day(since) if since else None,
        last_day(ended) if ended else None,
        last_day(home) if home else None,
        one.registration,
        one.presence,
        Known(
            tuple(map(card_days, (card for card in one.cards if not card.void))),
            tuple((right.kind, *span(right.valid_from, right.valid_to))
                  for right in one.entitlements),
            tuple((paid.paid_on or FIRST_DAY_EVER, paid.card_to)
                  for paid in one.enrolments if paid.stands),
            one.answer.answer,
            one.answer.asked_on,
        ),
    )  # fmt: skip


def card_days(card: CardFacts):
    return card.evidence, *span(card.valid_from, card.valid_to), card.checked_on


PEOPLE = [facts(person) for person in CASE["given"]["people"]]


@pytest.mark.parametrize("then", CASE["then"]["days"], ids=lambda then: then["on"])
def test_a_month_end_is_counted(then):
    counts = tally(then["on"], PEOPLE)
    assert {"on": then["on"], **asdict(counts), "uninsured": counts.uninsured} == then


def test_the_steps_give_the_same_counts():
    steps = steps_of([life(one) for one in PEOPLE if not one.residence.merged], {})
    for then in CASE["then"]["days"]:
        assert tally_of(steps.on(then["on"]))[0] == tally(then["on"], PEOPLE), then["on"]
