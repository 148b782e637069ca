"""What a file still lacks, held by one set of cases in Python and TypeScript."""

import json
from typing import Any

import pytest

from server.domain.codes import CODES
from server.domain.field_words import FIELD
from server.domain.lacking import Filed, Lack, enrolment_lacks, request_lacks
from tests.support.vectors import VECTORS, cases

Case = dict[str, Any]


def lacks_of(given: Case) -> list[Lack]:
    if given["paper"] == "request":
        sheet = Filed(**given["sheet"]) if given["sheet"] else None
        people = [Filed(**one) for one in given["people"]]
        return request_lacks(Filed(**given["request"]), given["household"], people, sheet)
    return enrolment_lacks(Filed(**given["enrolment"]), Filed(**given["member"]), given["cards"])


@pytest.mark.parametrize(("given", "then"), cases("lacking"))
def test_what_a_file_lacks(given: Case, then: Case) -> None:
    found = [[one.entity, one.record, one.field, one.code] for one in lacks_of(given)]
    assert found == then["lacks"]


def test_every_lack_has_words_for_its_field_and_its_code():
    rows = json.loads((VECTORS / "lacking.json").read_text(encoding="utf-8"))
    told = [lack for row in rows for lack in row["then"]["lacks"]]
    messages = json.loads((CODES / "messages.json").read_text(encoding="utf-8"))
    assert {field for _, _, field, _ in told} <= FIELD.keys()
    assert {code for *_, code in told} <= messages.keys()
