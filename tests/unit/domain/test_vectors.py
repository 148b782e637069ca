"""The rules that exist in Python and TypeScript, held by one set of cases."""

import json
from typing import Any

import pytest

from server.domain import alike, digest, findings, partial, reading, status, text
from tests.support.vectors import VECTORS, cases

Case = dict[str, Any]


@pytest.mark.parametrize(("given", "then"), cases("text"))
def test_text(given: Case, then: Case) -> None:
    if "clean" in given:
        assert text.clean_text(given["clean"]) == then["text"]
    else:
        assert text.fold(given["fold"]) == then["words"]
        assert text.fold_tight(given["fold"]) == then["tight"]


@pytest.mark.parametrize(("given", "then"), cases("days"))
def test_days(given: Case, then: Case) -> None:
    [(rule, arguments)] = given.items()
    arguments = arguments if isinstance(arguments, list) else [arguments]
    assert getattr(partial, rule)(*arguments) == next(iter(then.values()))


@pytest.mark.parametrize(("given", "then"), cases("digest"))
def test_digest(given: Case, then: Case) -> None:
    assert digest.feed_digest([(record, rev) for record, rev in given["records"]]) == then["digest"]


@pytest.mark.parametrize(("given", "then"), cases("status"))
def test_status(given: Case, then: Case) -> None:
    found = status.status_on(
        given["day"],
        [status.card_facts(card) for card in given["cards"]],
        [status.entitlement_facts(right) for right in given["entitlements"]],
        status.answer_facts(given["member"]),
        [status.enrolment_facts(one) for one in given.get("enrolments", ())],
    )
    assert found == then["status"]


@pytest.mark.parametrize(("given", "then"), cases("refusals"))
def test_refusals(given: Case, then: Case) -> None:
    _, refusals = reading.read_set(given["entity"], {given["field"]: given["value"]})
    assert refusals.get(given["field"]) == then["code"]


@pytest.mark.parametrize(("given", "then"), cases("findings"))
def test_findings(given: Case, then: Case) -> None:
    found = findings.check_record(given["entity"], given["data"], given["today"])
    assert plain(found) == then["findings"]


@pytest.mark.parametrize(("given", "then"), cases("household_findings"))
def test_findings_of_a_household(given: Case, then: Case) -> None:
    assert plain(findings.check_household(given["members"], given["today"])) == then["findings"]


@pytest.mark.parametrize(("given", "then"), cases("alike"))
def test_alike(given: Case, then: Case) -> None:
    typed, known = alike.person_of(given["typed"]), alike.person_of(given["known"])
    assert alike.compare_names(typed, known) == then["name"]
    assert alike.compare_births(typed, known) == then["birth"]
    assert alike.surely_two(typed, known) == alike.surely_two(known, typed) == then["two"]
    assert alike.looks_like(typed, known) == then["looks"]


@pytest.mark.parametrize("name", ["findings", "refusals", "status", "text", "days", "digest"])
def test_every_case_says_something_else(name: str) -> None:
    rows = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    assert len({row["what"] for row in rows}) == len(rows)


def plain(found: list[findings.Finding]) -> list[dict[str, str]]:
    return [
        {"code": finding.code, "field": finding.field, "weight": finding.weight.value}
        for finding in found
    ]
