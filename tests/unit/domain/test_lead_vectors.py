"""The order of leads, held by one set of cases in Python and TypeScript."""

from collections.abc import Callable
from typing import Any

import pytest

from server.domain.leads.order import is_due, order_key, standing
from tests.support.vectors import cases

Case = dict[str, Any]


def _standing(day: str, lead: Case) -> Case:
    return {"standing": standing(day, lead), "due": is_due(day, lead)}


def _order(day: str, leads: dict[str, Case]) -> Case:
    return {"ids": sorted(leads, key=lambda id_: (order_key(day, leads[id_]), id_))}


RULES: dict[str, Callable[..., Any]] = {"standing": _standing, "order": _order}


@pytest.mark.parametrize(("given", "then"), cases("leads"))
def test_leads(given: Case, then: Any) -> None:
    told = {name: value for name, value in given.items() if name != "rule"}
    assert RULES[given["rule"]](**told) == then
