"""The rules of enrolling, held by one set of cases in Python and TypeScript."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from server.domain.enrolment import amounts, cash, receipts, states
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.facts import Place
from server.domain.legal.reading import national_tables
from tests.support.vectors import cases

Case = dict[str, Any]


def _amounts(day: str, payment: Case) -> Any:
    share = contribution(
        national_tables(), day, Payment(**{**payment, "place": Place(**payment["place"])})
    )
    assert isinstance(share, Contribution)
    found = amounts.amounts_of(share)
    return None if found is None else asdict(found)


def _law(data: Case, known: list[Case] | None = None) -> Any:
    facts = [amounts.ShareFacts(**{**one, "place": Place(**one["place"])}) for one in known or ()]
    return amounts.against_the_law(national_tables(), data, facts)


def _in_range(ranges: list[Case], book: str, number: int, day: str) -> Case:
    told = [receipts.Range(**one) for one in ranges]
    return {"allowed": receipts.in_a_range(told, book, number, day)}


RULES: dict[str, Callable[..., Any]] = {
    "amounts": _amounts,
    "law": _law,
    "shares": lambda data: {"differ": amounts.shares_differ(data)},
    "next": lambda state, desk: {"states": list(states.next_states(state, desk=desk))},
    "open": lambda state: {"open": state in states.OPEN_TO_FIELD},
    "in_range": _in_range,
    "next_number": lambda range, used: {
        "number": receipts.next_number(receipts.Range(**range), used)
    },
    "printed": lambda number: {"text": receipts.printed(number)},
    "cash": lambda enrolments, handed_over: asdict(cash.cash_sheet(enrolments, handed_over)),
}


@pytest.mark.parametrize(("given", "then"), cases("enrolment"))
def test_enrolment(given: Case, then: Any) -> None:
    told = {name: value for name, value in given.items() if name != "rule"}
    assert RULES[given["rule"]](**told) == then
