"""What a file lacks against a second answer: the blanks on the printed form, and the columns of the
insurance's list filled in one by one."""

from collections.abc import Sequence
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from server.domain.lacking import LACKS, Filed, Lack, enrolment_lacks, request_lacks
from server.farm.lines import Line
from server.farm.papers import request_paper
from server.pages.papers.blocks import Field, Paper, Table
from server.store.farm import Home
from server.store.records import FarmRequest, Member

SHEET = {"months_to": "2026-10", "people": 3, "main_activity": "Trồng lúa"}
SHEET_LINES = [{"line": "crops", "revenue": 9_000_000}]


def maybe(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *values])


PEOPLE = st.fixed_dictionaries(
    {
        "full_name": st.sampled_from(["A Bùi", "Y Blan", "Lê Văn Tám"]),
        "sex": maybe("male", "female"),
        "birth_date": maybe("1975", "1980-05", "1990-01-05", "2020-12-31", "2021-01-01", "2026"),
        "ethnic_group": maybe("01", "13"),
        "personal_id": maybe("038075000123"),
        "old_id_number": maybe("123456789"),
        "registration": maybe("permanent", "temporary", "none", "not_known"),
        "relation": maybe("head", "child"),
        "work": maybe("farm", "pupil", "unable"),
        "bhxh_number": maybe("3812345678"),
        "clinic_wanted": maybe("Trạm y tế xã"),
        "birth_registered_at": maybe("Thường Xuân"),
        "mother": maybe("m9"),
    }
)


def record(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None}


@given(st.lists(PEOPLE, min_size=1, max_size=5), maybe("Hộ làm ruộng"), st.integers(-1, 4))
def test_what_a_request_lacks_is_blank_on_the_form(
    told: list[dict[str, Any]], reason: str | None, applicant: int
):
    people = [Filed(f"m{at}", record(one)) for at, one in enumerate(told)]
    data = record({"requested_on": "2026-11-02", "applicant": f"m{applicant}", "reason": reason})
    lacks = request_lacks(
        Filed("r", data), "h", people, Filed("s", {**SHEET, "lines": SHEET_LINES})
    )
    paper = printed(data, people)
    asks = next((one for one in people if one.id == data["applicant"]), people[0])
    assert blanks_of_who_asks(paper, asks) == lacking_of(lacks, asks.id, WHO_ASKS)
    for person, cells in zip(people, rows_of(paper), strict=True):
        blank = {name for name, cell in zip(MEMBER_ROW, cells, strict=True) if not cell}
        if "work" in blank and (person.data.get("birth_date") or "0") >= "2021":
            blank.remove("work")
        assert blank == lacking_of(lacks, person.id, MEMBER_ROW)
    assert (Field("Lý do đề nghị", "") in paper.blocks) == (reason is None)
    assert any(one.field == "reason" for one in lacks) == (reason is None)


WHO_ASKS = {
    "Giới tính": "sex",
    "Sinh ngày": "birth_date",
    "Dân tộc": "ethnic_group",
    "Số CCCD/CMND": "personal_id",
}
MEMBER_ROW = ("no", "full_name", "sex", "birth_date", "relation", "work")


def printed(data: dict[str, Any], people: list[Filed]) -> Paper:
    rows = [
        Member(
            id=one.id,
            full_name=one.data["full_name"],
            sex=one.data.get("sex"),
            birth_date=one.data.get("birth_date"),
            relation=one.data.get("relation"),
            data=orjson.dumps(one.data).decode(),
        )
        for one in people
    ]
    home = Home("h", "v", "HL-1", people[0].data["full_name"], None, len(people), {})
    line = Line(FarmRequest(id="r"), data, home, "Hưng Long", "Xã Thường Xuân", None)
    return request_paper(line, "Xã Thường Xuân", rows, data)


def blanks_of_who_asks(paper: Paper, asks: Filed) -> set[str]:
    fields = [block for block in paper.blocks if isinstance(block, Field)]
    blank = {WHO_ASKS[one.label] for one in fields if one.label in WHO_ASKS and not one.value}
    # What stands beside 'Nơi thường trú' tells nothing of who is not asked where they live.
    if asks.data.get("registration") in (None, "not_known"):
        assert any(one.label == "Nơi thường trú" and not one.value for one in fields)
    return blank


def rows_of(paper: Paper) -> Sequence[Sequence[str]]:
    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    return table.rows


def lacking_of(lacks: list[Lack], person: str, names: Any) -> set[str]:
    """The fields of a person of which nothing is recorded, as far as the form asks them here."""
    asked = set(names.values()) if isinstance(names, dict) else set(names)
    return {one.field for one in lacks if one.record == person and one.code == LACKS} & asked


ENROLMENTS = st.fixed_dictionaries(
    {
        "insurance_group": maybe("GB", "GD", "TE"),
        "paid_on": maybe("2026-11-20"),
        "receipt_number": maybe(101),
        "card_from": maybe("2026-12-20"),
        "months": maybe(3, 12),
        "collector_code": maybe("NV-01"),
    }
)
CARDS = st.lists(
    st.fixed_dictionaries(
        {"first_clinic": maybe("BVĐK Thường Xuân"), "void_reason": maybe("ghi nhầm")}
    ),
    max_size=2,
)


@given(PEOPLE, ENROLMENTS, CARDS)
def test_what_an_enrolment_lacks_is_an_empty_column_of_the_list(
    person: dict[str, Any], enrolment: dict[str, Any], cards: list[dict[str, Any]]
):
    """D03-TS by its columns, TK1-TS by its items; `False`: must be filled in and is not."""
    standing = [card for card in cards if card["void_reason"] is None]
    first_time = not standing and person["bhxh_number"] is None
    group = enrolment["insurance_group"]
    filled = {
        "2": person["personal_id"] is not None,
        "3": person["birth_date"] is not None,
        "4": person["sex"] is not None,
        "6": bool(person["clinic_wanted"]) or any(card["first_clinic"] for card in standing),
        "05": not first_time or person["ethnic_group"] is not None,
        "09": not first_time or person["birth_registered_at"] is not None,
        "10": group != "TE" or person["mother"] is not None,
        "PL": group != "GD" or person["relation"] is not None,
        **{name: value is not None for name, value in enrolment.items()},
    }
    lacks = enrolment_lacks(
        Filed("e", record(enrolment)),
        Filed("m", record(person)),
        [record(card) for card in cards],
    )
    assert len(lacks) == sum(not done for done in filled.values())
    column = {"personal_id": "2", "birth_date": "3", "sex": "4", "clinic_wanted": "6"}
    column |= {"ethnic_group": "05", "birth_registered_at": "09", "guardian_name": "10"}
    column |= {"relation": "PL"}
    named = {column.get(one.field, one.field) for one in lacks}
    assert named == {name for name, done in filled.items() if not done}
