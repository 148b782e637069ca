"""What households pay adds up to the đồng, from one person's shares to the collector's day."""

from dataclasses import asdict
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.domain.enrolment.amounts import (
    SHARES,
    Amounts,
    against_the_law,
    amounts_of,
    shares_differ,
)
from server.domain.enrolment.cash import cash_sheet
from server.domain.enrolment.receipts import Range, next_number
from server.domain.enrolment.states import STANDING
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.facts import Place
from server.domain.legal.reading import national_tables

TABLES = national_tables()
PRICED = st.dates(date(2025, 7, 1), date(2026, 12, 31)) | st.sampled_from(
    [date(2026, 6, 30), date(2026, 7, 1)]
)
GROUPS = st.sampled_from(["GD", "GB", "CN", "HS", "SV", "DS", "mine_victim", "village_officer"])
PLACES = st.sampled_from([Place(), Place("52", "64"), Place("38")])
STATES = st.sampled_from(
    ["draft", "submitted", "checked", "on_list", "issued", "returned", "cancelled"]
)
SUMS = st.integers(0, 2_000_000)
PAYMENTS = st.builds(
    Payment,
    group=GROUPS,
    months=st.sampled_from([3, 6, 12]),
    ladder_place=st.integers(1, 9),
    place=PLACES,
    pupil=st.booleans(),
    minority=st.booleans(),
    poor_commune=st.sampled_from([None, True, False]),
    other_support=SUMS,
)


def enrolled(day: str, payment: Payment) -> tuple[Amounts, dict[str, Any]]:
    """The amounts of a payment, and the record a phone would make of them."""
    share = contribution(TABLES, day, payment)
    assert isinstance(share, Contribution)
    amounts = amounts_of(share)
    assert amounts is not None
    data = asdict(amounts) | {
        "paid_on": day,
        "insurance_group": payment.group,
        "months": payment.months,
        "ladder_place": payment.ladder_place,
    }
    return amounts, data


@given(PRICED, PAYMENTS)
def test_the_shares_of_an_enrolment_are_its_total_and_never_negative(day: date, payment: Payment):
    amounts, data = enrolled(day.isoformat(), payment)
    shares = [data[name] for name in SHARES]
    assert sum(shares) == amounts.total
    assert min(shares) >= 0
    assert not shares_differ(data)


@given(PRICED, PAYMENTS)
def test_the_law_finds_nothing_to_say_of_amounts_that_the_rule_made(day: date, payment: Payment):
    _, data = enrolled(day.isoformat(), payment)
    assert against_the_law(TABLES, data) == {}


@given(PRICED, PAYMENTS, st.integers(-3_000_000, 3_000_000).filter(bool))
def test_any_other_total_needs_a_reason(day: date, payment: Payment, more: int):
    amounts, data = enrolled(day.isoformat(), payment)
    data["total"] = amounts.total + more
    assert against_the_law(TABLES, data) == {"total": "total_differs"}
    assert against_the_law(TABLES, {**data, "override_reason": "Theo thông báo"}) == {}


@given(
    st.lists(st.tuples(STATES, SUMS, st.sampled_from(["cash", "transfer"])), max_size=30),
    st.lists(SUMS, max_size=5),
)
def test_a_day_of_a_collector_adds_up(taken: list[tuple[str, int, str]], handed: list[int]):
    enrolments = [
        {"state": state, "own_share": own, "payment": way, "receipt": str(number // 2)}
        for number, (state, own, way) in enumerate(taken)
    ]
    sheet = cash_sheet(enrolments, handed)
    assert sheet.cash + sheet.transfer == sum(own for state, own, _ in taken if state in STANDING)
    assert sheet.difference + sheet.handed_over == sheet.cash
    assert sheet.receipts <= sheet.people


@given(st.integers(1, 500), st.integers(0, 60), st.data())
def test_a_book_is_used_up_number_by_number_and_never_twice(first: int, size: int, data: Any):
    book = Range("b", first, first + size, "2026-01-01")
    used = data.draw(st.lists(st.integers(first, first + size), unique=True, max_size=10))
    given_out: list[int] = []
    while (number := next_number(book, [*used, *given_out])) is not None:
        given_out.append(number)
    assert sorted([*used, *given_out]) == list(range(first, first + size + 1))
