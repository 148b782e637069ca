"""What households pay adds up to the đồng, from one person's shares to the collector's day."""

from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.domain.enrolment.amounts import (
    SHARES,
    Amounts,
    ShareFacts,
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
from tests.property import law_again as again

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


def known(payment: Payment) -> ShareFacts:
    return ShareFacts(payment.place, payment.pupil, payment.minority, payment.poor_commune)


@given(PRICED, PAYMENTS, st.lists(PAYMENTS.map(known), max_size=3))
def test_shares_that_the_rule_made_are_right_whatever_else_may_have_been_known(
    day: date, payment: Payment, others: list[ShareFacts]
):
    _, data = enrolled(day.isoformat(), payment)
    assert against_the_law(TABLES, data, [known(payment)]) == {}
    assert against_the_law(TABLES, data, [*others, known(payment)]) == {}


@given(PRICED, PAYMENTS, st.integers(-3_000_000, 3_000_000).filter(bool))
def test_a_share_moved_to_the_state_needs_a_reason(day: date, payment: Payment, more: int):
    amounts, data = enrolled(day.isoformat(), payment)
    data |= {"state_support": amounts.state_support + more, "own_share": amounts.own_share - more}
    assert not shares_differ(data)
    assert against_the_law(TABLES, data, [known(payment)]) == {"state_support": "share_differs"}
    reason = {"override_reason": "Theo thông báo"}
    assert against_the_law(TABLES, {**data, **reason}, [known(payment)]) == {}


@given(PRICED, PAYMENTS, st.integers(-3_000_000, 3_000_000).filter(bool))
def test_a_share_moved_to_the_province_needs_a_reason_where_its_support_is_known(
    day: date, payment: Payment, more: int
):
    amounts, data = enrolled(day.isoformat(), payment)
    data |= {"local_support": amounts.local_support + more, "own_share": amounts.own_share - more}
    found = against_the_law(TABLES, data, [known(payment)])
    if not amounts.at_most:
        assert found == {"local_support": "share_differs"}
    elif amounts.other_support <= amounts.total - amounts.state_support - data["local_support"]:
        assert found == {}
    else:
        assert found == {"other_support": "share_differs"}


@given(
    PRICED,
    GROUPS,
    st.sampled_from([3, 6, 12]),
    st.integers(1, 9),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    SUMS,
)
def test_a_sponsor_pays_what_state_and_province_leave_and_no_more(
    day: date,
    group: str,
    months: int,
    place: int,
    pupil: bool,
    minority: bool,
    poor: bool,
    gift: int,
):
    """Reckoned apart, to the đồng; in the area of the old Gia Lai, whose support is known."""
    payment = Payment(
        group, months, place, Place("52", "64"), pupil, minority, poor, other_support=gift
    )
    amounts, data = enrolled(day.isoformat(), payment)
    total = again.month_of(day, group, place) * months
    state = again.whole(total * again.state_share(day, group, poor))
    share = again.gia_lai_share(day, group, pupil, minority)
    local = min(again.whole(total * (share or Fraction(0))), total - state)
    other = min(gift, total - state - local)
    own = total - state - local - other
    assert [amounts.total, *(data[name] for name in SHARES)] == [total, state, local, other, own]
    over = {**data, "other_support": other + own + 1, "own_share": -1}
    found = against_the_law(TABLES, over, [known(payment)])
    assert found == {"other_support": "share_differs"}


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
