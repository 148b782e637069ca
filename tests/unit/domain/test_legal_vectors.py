"""The legal rules, held by one set of cases in Python and TypeScript."""

import json
from typing import Any

import pytest

from server.domain.legal.reading import national_tables
from tests.support.legal import LEGAL_VECTORS, RULES, agrees, answer_of
from tests.support.vectors import VECTORS, cases

Case = dict[str, Any]


@pytest.mark.parametrize(
    ("given", "then"), [case for name in LEGAL_VECTORS for case in cases(name)]
)
def test_the_rule_answers_so(given: Case, then: Case) -> None:
    answer = answer_of(national_tables(), given)
    assert agrees(answer, then), answer


def test_every_file_of_legal_cases_is_run():
    assert {path.stem for path in VECTORS.glob("legal_*.json")} == set(LEGAL_VECTORS)


def test_every_rule_has_cases_of_its_own():
    told = {
        case["given"]["rule"]
        for name in LEGAL_VECTORS
        for case in json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    }
    assert told == set(RULES)
