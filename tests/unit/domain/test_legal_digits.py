"""A wrong digit in a legal table does not pass: at least one vector fails for each of them, in
every cell that a lookup or a rule reads. Sources and notes are for people and are not asked."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from server.domain.farm import versions
from server.domain.farm.due import posting_deadline, recheck_deadline
from server.domain.legal.reading import national_tables
from server.domain.legal.tables import LegalRow, NotKnown, Tables
from server.domain.legal.working_days import Deadline
from tests.support.legal import LEGAL_VECTORS, ReadRows, agrees, answer_of
from tests.support.vectors import VECTORS

Case = dict[str, Any]
Readers = dict[LegalRow, list[Case]]

CELLS = ("item", "where", "value", "valid_from", "valid_to")

# What the office alone computes with; no phone has a twin of it, so no vector.
OFFICE_RULES = {"posting_days": posting_deadline, "recheck_days": recheck_deadline}

# What no rule computes with: names of groups and what a person is told about them.
TOLD_ONLY = {
    ("ages", "social_pension_amount"),
    ("card_start", "yearly_list"),
    *(("farm_lines", item) for item in OFFICE_RULES),
    ("local_support", "hiv"),
    ("voluntary", "maternity_allowance"),
    ("voluntary", "pension_min_years"),
}
TOLD_TABLES = {"benefit", "groups"}


def computed_with(row: LegalRow) -> bool:
    """False for what is only told, and for percentages of years whose income is not known."""
    if row.table in TOLD_TABLES or (row.table, row.item) in TOLD_ONLY:
        return False
    return row.table != "voluntary" or row.valid_from >= "2025-07-01"


@pytest.fixture(scope="module")
def readers() -> dict[bool, Readers]:
    """For lookups (True) and rules (False): the cases that look at each row."""
    found: dict[bool, Readers] = {True: {}, False: {}}
    for name in LEGAL_VECTORS:
        for case in json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8")):
            tables = ReadRows(national_tables().rows)
            answer_of(tables, case["given"])
            for row in tables.read:
                found[name == "legal_lookup"].setdefault(row, []).append(case)
    return found


def other_digits(row: LegalRow, cell: str) -> Iterator[LegalRow]:
    """The row with one digit of a cell changed, for each digit in turn."""
    text = getattr(row, cell)
    for at, letter in enumerate(text):
        if letter.isdecimal():
            wrong = f"{text[:at]}{(int(letter) + 1) % 10}{text[at + 1 :]}"
            yield replace(row, **{cell: wrong})


def notices(wrong: LegalRow, row: LegalRow, cases: list[Case]) -> bool:
    """True when one of the cases fails with the wrong row in the place of the right one."""
    tables = Tables(wrong if one is row else one for one in national_tables().rows)
    return any(not passes(tables, case) for case in cases)


def passes(tables: Tables, case: Case) -> bool:
    try:
        return agrees(answer_of(tables, case["given"]), case["then"])
    except (ValueError, KeyError, IndexError):
        return False


def test_every_digit_that_a_lookup_reads_is_held_by_a_case(readers: dict[bool, Readers]):
    unnoticed = [
        f"{row.table}/{row.item}: {wrong}"
        for row in national_tables().rows
        for cell in CELLS
        for wrong in other_digits(row, cell)
        if not notices(wrong, row, readers[True][row])
    ]
    assert not unnoticed, "\n".join(unnoticed)


def test_every_digit_that_a_rule_computes_with_changes_what_a_rule_answers(
    readers: dict[bool, Readers],
):
    unnoticed = [
        f"{row.table}/{row.item} {row.where} {row.valid_from}: {row.value} as {wrong.value}"
        for row in national_tables().rows
        if computed_with(row)
        for wrong in other_digits(row, "value")
        if not notices(wrong, row, readers[False].get(row, []))
    ]
    assert not unnoticed, "\n".join(unnoticed)


@pytest.mark.parametrize(
    ("item", "ends_on"), [("posting_days", "2026-11-23"), ("recheck_days", "2026-11-19")]
)
def test_the_days_of_a_posting_and_of_a_recheck_are_the_law_s(item: str, ends_on: str):
    rule, tables = OFFICE_RULES[item], national_tables()
    assert last_day(rule(tables, "2026-11-16")) == ends_on
    [row] = [row for row in tables.rows if row.item == item]
    for wrong in other_digits(row, "value"):
        other = Tables(wrong if one is row else one for one in tables.rows)
        assert last_day(rule(other, "2026-11-16")) != ends_on


def last_day(answer: Deadline | NotKnown) -> str | None:
    return answer.on if isinstance(answer, Deadline) else None


def test_every_digit_of_the_days_of_a_procedure_is_held(monkeypatch):
    """The text that governs a request, and the day before it did."""
    [version] = versions.versions()
    assert on_its_first_day() == (None, "qd24-2021")
    for at, letter in enumerate(version.valid_from):
        if letter.isdecimal():
            day = version.valid_from
            day = f"{day[:at]}{(int(letter) + 1) % 10}{day[at + 1 :]}"
            wrong = replace(version, valid_from=day)
            monkeypatch.setattr(versions, "versions", lambda wrong=wrong: (wrong,))
            assert on_its_first_day() != (None, "qd24-2021"), day


def on_its_first_day() -> tuple[str | None, str | None]:
    found = [versions.version_on(day) for day in ("2021-08-31", "2021-09-01")]
    before, after = (one.code if one else None for one in found)
    return before, after
