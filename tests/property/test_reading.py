"""The fast reader accepts and refuses what the marshmallow schema accepts and refuses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.kinds import Entity
from schemas.records import RECORDS, record_fields
from server.domain.reading import read_set
from server.domain.text import clean_text

ODD_TEXT = st.text(alphabet="aZ0 -\n\x00\x07\ud800\u0301\u1ec7đơ\ufeff\u3000😀", max_size=12)
LONG_TEXT = st.integers(198, 2002).map("ế".__mul__)
DATES = st.from_regex(r"(18|20|21)\d\d(-[01]\d(-[0-3]\d)?)?", fullmatch=True)
KNOWN = st.sampled_from(
    ["head", "male", "app", "met", "crops", "told", "poor", "062089012345", "GB4646400123456"]
)
IDS = st.uuids().map(str)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | ODD_TEXT
    | LONG_TEXT
    | DATES
    | KNOWN
    | IDS
)
ROW = st.dictionaries(st.sampled_from(["line", "revenue", "cost", "odd"]), SCALARS, max_size=4)
VALUES = SCALARS | st.lists(ROW | SCALARS, max_size=3) | ROW
PADDED = st.tuples(st.sampled_from(["", " ", "\x00", "\n"]), KNOWN | DATES | IDS).map("".join)


def cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_cleaned_row(row) for row in value]
    return value


def _cleaned_row(row: Any) -> Any:
    return {key: cleaned(cell) for key, cell in row.items()} if isinstance(row, dict) else row


@pytest.mark.parametrize("entity", list(RECORDS))
@given(data=st.data())
def test_reader_and_schema_judge_every_field_alike(entity: Entity, data: st.DataObject) -> None:
    names = list(record_fields(entity))
    raw = data.draw(st.dictionaries(st.sampled_from(names), VALUES | PADDED, max_size=6))

    values, refusals = read_set(entity, raw)
    errors = RECORDS[entity]().validate({name: cleaned(value) for name, value in raw.items()})

    assert refusals == {name: messages[0] for name, messages in errors.items()}
    assert values.keys() == raw.keys() - refusals.keys()


@given(raw=st.dictionaries(ODD_TEXT, VALUES, max_size=4))
def test_a_field_nobody_declared_is_refused_and_costs_nothing_else(raw: dict[str, Any]) -> None:
    values, refusals = read_set("household", {**raw, "hamlet": " Làng  "})

    assert values["hamlet"] == "Làng"
    assert all(refusals.get(name) for name in raw if name not in values)
