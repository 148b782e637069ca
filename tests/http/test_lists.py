"""The uninsured list: who is on it, who never is, who may read it, and what leaves the house."""

import csv
import json
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from server.store.db import new_id
from server.store.people import Audit
from tests import homes

DAY = "2026-11-22"


@pytest.fixture
def people(app, places):
    first, second = places.villages
    homes.write(
        app,
        first,
        homes.expired("Lê Thị Cúc", personal_id="038190001234", uninsured_reason="cannot_afford"),
        homes.never_had("Lê Văn Dũng", birth_date="2022-03", ethnic_group="03"),
        homes.covered("Lê Thị An"),
        homes.covered("Lê Văn Sắp", "2026-12-10", card={"insurance_group": "GD"}),
        homes.person("Lê Thị Én"),
        homes.person("Lê Văn Phú", insurance_answer="has_card", insurance_asked_on="2026-02-01"),
        homes.never_had("Đã chuyển đi", ended_on="2026-01-31", end_reason="moved_away"),
        code="HL-001",
        average_farm=True,
    )
    homes.write(app, second, homes.expired("Vi Thị Khuyên", social_insurance="voluntary"))


def names(page):
    body = page.get_data(as_text=True)
    everybody = ("Cúc", "Dũng", "An<", "Sắp", "Én", "Phú", "Đã chuyển đi", "Khuyên")
    return {name.strip("<") for name in everybody if name in body.partition("<tbody>")[2]}


def test_an_unknown_area_is_not_found(as_officer):
    assert as_officer.get(f"/lists?area={new_id()}").status_code == 404


def test_anothers_village_is_not_listed(as_stranger, as_surveyor, places, people):
    assert as_stranger.get(f"/lists?area={places.villages[0].id}").status_code == 403
    assert as_surveyor.get(f"/lists?area={places.villages[1].id}").status_code == 403
    assert names(as_stranger.get("/lists")) == set()


def test_a_viewer_sees_nobody_by_name(as_viewer, places, people):
    assert as_viewer.get("/lists").status_code == 403
    assert as_viewer.client.post("/lists/export").status_code in (400, 403)


def test_the_plain_list_is_the_expired_and_those_without_a_card(as_officer, people):
    assert names(as_officer.get(f"/lists?on={DAY}")) == {"Cúc", "Dũng", "Khuyên"}


def test_a_surveyor_gets_the_own_village_only(as_surveyor, people):
    assert names(as_surveyor.get(f"/lists?on={DAY}")) == {"Cúc", "Dũng"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=expired", {"Cúc", "Khuyên"}),
        ("status=none", {"Dũng"}),
        ("status=ending&days=30", {"Sắp"}),
        ("status=ending&days=5", set()),
        ("status=not_asked", {"Én"}),
        ("status=unconfirmed", {"Phú"}),
        ("status=covered", {"An", "Sắp"}),
        ("status=covered&group=gd", {"Sắp"}),
        ("under_6=1", {"Dũng"}),
        ("minority=1", {"Dũng"}),
        ("farm=1", {"Cúc", "Dũng"}),
        ("social=voluntary", {"Khuyên"}),
        ("reason=cannot_afford", {"Cúc"}),
        ("sort=name", {"Cúc", "Dũng", "Khuyên"}),
        ("sort=end", {"Cúc", "Dũng", "Khuyên"}),
        ("sort=birth", {"Cúc", "Dũng", "Khuyên"}),
    ],
)
def test_filters_choose_people(as_officer, people, query, expected):
    assert names(as_officer.get(f"/lists?on={DAY}&{query}")) == expected


@pytest.mark.parametrize(
    "query", ["status=all", "days=0", "days=x", "group=ABC", "sort=id", "page=0", "on=2026-13-01",
              "reason=x", "social=x", "page=99999999999"]
)  # fmt: skip
def test_a_filter_nobody_offers_is_refused(as_officer, query):
    assert as_officer.get(f"/lists?{query}").status_code == 400


def test_pages_of_fifty_hold_everybody_once(app, as_officer, places):
    crowd = [homes.never_had(f"Người {n:03}") for n in range(103)]
    homes.write(app, places.villages[0], *crowd)
    seen = [
        line
        for page in (1, 2, 3)
        for line in as_officer.get(f"/lists?page={page}").get_data(as_text=True).splitlines()
        if "Người " in line and "/people/" in line
    ]
    assert len(seen) == len(set(seen)) == 103
    beyond = as_officer.get("/lists?page=9")
    assert beyond.status_code == 302
    assert "page=3" in beyond.headers["Location"]


def exported(desk, kind, **fields):
    answer = desk.submit("/lists/export", {"format": kind, "on": DAY, **fields}, form_at="/lists")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer


def csv_rows(answer):
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_csv_opens_in_excel_and_keeps_leading_zeros(as_officer, people):
    answer = exported(as_officer, "csv")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    row = next(row for row in csv_rows(answer) if row["Họ và tên"] == "Lê Thị Cúc")
    assert row["Số định danh"] == "038190001234"
    assert row["Ngày hết hạn gần nhất"] == "31/12/2020"


def test_the_workbook_has_a_frozen_header_filters_text_cells_and_its_notes(as_officer, people):
    book = load_workbook(BytesIO(exported(as_officer, "xlsx").get_data()))
    sheet, notes = book["Danh sách"], book["Ghi chú"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    ids = [cell.value for cell in sheet["K"]]
    assert "038190001234" in ids
    assert sheet.column_dimensions["F"].width > 20
    told = {row[0].value: row[1].value for row in notes.iter_rows() if row[0].value}
    assert told["Người chưa được hỏi"] == "1"
    assert told["Số người"] == "3"
    assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d", str(told["Xuất lúc"]))


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"])
def test_no_cell_runs_as_a_formula(app, as_officer, places, name):
    homes.write(app, places.villages[0], homes.never_had(name))
    assert csv_rows(exported(as_officer, "csv"))[0]["Họ và tên"] == "'" + name
    sheet = load_workbook(BytesIO(exported(as_officer, "xlsx").get_data()))["Danh sách"]
    assert sheet["F2"].value == "'" + name
    assert sheet["F2"].data_type == "s"


def test_every_export_is_logged_with_who_what_and_how_many(as_officer, places, people, ask):
    exported(as_officer, "csv", area=places.villages[0].id, status="expired")
    [line] = ask(
        select(Audit.user_id, Audit.area_id, Audit.count, Audit.detail).where(
            Audit.kind == "export"
        )
    )
    assert (line.user_id, line.area_id, line.count) == (
        as_officer.user.id,
        places.villages[0].id,
        1,
    )
    assert json.loads(line.detail)["status"] == "expired"


def test_an_export_of_another_village_writes_nothing(as_surveyor, places, people, ask):
    page_token = {"format": "csv", "area": places.villages[1].id}
    answer = as_surveyor.submit("/lists/export", page_token, form_at="/lists")
    assert answer.status_code == 403
    assert ask(select(Audit.id).where(Audit.kind == "export")) == []


def test_an_export_without_the_pages_token_is_refused(as_officer, people):
    assert as_officer.client.post("/lists/export", data={"format": "csv"}).status_code == 400


def test_an_empty_list_says_what_to_do(as_officer, places):
    assert "Không có ai trong danh sách này" in as_officer.get("/lists").get_data(as_text=True)


def test_an_officer_without_the_lists_room_sees_the_list_but_carries_nothing_away(
    make, places, desk_of
):
    desk = desk_of(make.user("officer", areas=[places.commune], lists_room=False))
    page = desk.get("/lists")
    assert page.status_code == 200
    assert "/lists/export" not in page.get_data(as_text=True)
    refused = desk.submit("/lists/export", {"format": "csv"}, form_at="/")
    assert refused.status_code == 403
