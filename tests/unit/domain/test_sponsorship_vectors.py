"""The rules of sponsored cards, held by one set of cases in Python and TypeScript."""

from collections.abc import Callable
from typing import Any

import pytest

from server.domain.enrolment.sponsorships import open_on, state_on, used_by
from tests.support.vectors import cases

Case = dict[str, Any]


def _state(day: str, id: str, sponsorship: Case, enrolments: list[Case]) -> Case:
    return {"state": state_on(day, id, sponsorship, used_by(enrolments))}


def _open(day: str, sponsorships: dict[str, Case], enrolments: list[Case]) -> Case:
    return {"ids": open_on(day, sponsorships, used_by(enrolments))}


RULES: dict[str, Callable[..., Any]] = {"state": _state, "open": _open}


@pytest.mark.parametrize(("given", "then"), cases("sponsorships"))
def test_sponsorships(given: Case, then: Any) -> None:
    told = {name: value for name, value in given.items() if name != "rule"}
    assert RULES[given["rule"]](**told) == then
