"""The uninsured list: who is on it, who never is, who may read it, and what leaves the house."""

import csv
import json
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from server.store import roll
from server.store.areas import add_fact
from server.store.db import db, new_id, transaction
from server.store.people import Audit
from server.store.places import Area
from tests import homes

DAY = "2026-11-22"


@pytest.fixture
def people(app, places):
    first, second = places.villages
    homes.write(
        app,
        first,
        homes.expired(
            "Lê Thị Cúc",
            personal_id="038190001234",
            uninsured_reason="cannot_afford",
            sex="female",
        ),
        homes.never_had("Lê Văn Dũng", birth_date="2022-03", ethnic_group="03"),
        homes.covered("Lê Thị An"),
        homes.covered("Lê Văn Sắp", "2026-12-10", card={"insurance_group": "GD"}),
        homes.person("Lê Thị Én"),
        homes.person("Lê Văn Phú", insurance_answer="has_card", insurance_asked_on="2026-02-01"),
        homes.never_had("Đã chuyển đi", ended_on="2026-01-31", end_reason="moved_away"),
        code="HL-001",
        average_farm=True,
    )
    khuyen = homes.expired("Vi Thị Khuyên", social_insurance="voluntary", presence="abroad")
    homes.write(app, second, khuyen, living_class="near_poor")


def names(page):
    body = page.get_data(as_text=True)
    everybody = ("Cúc", "Dũng", "An<", "Sắp", "Én", "Phú", "Đã chuyển đi", "Khuyên")
    return {name.strip("<") for name in everybody if name in body.partition("<tbody>")[2]}


def test_an_unknown_area_is_not_found(as_officer):
    assert as_officer.get(f"/lists/uninsured?area={new_id()}").status_code == 404


def test_anothers_village_is_not_listed(as_stranger, as_surveyor, places, people):
    assert as_stranger.get(f"/lists/uninsured?area={places.villages[0].id}").status_code == 403
    assert as_surveyor.get(f"/lists/uninsured?area={places.villages[1].id}").status_code == 403
    assert names(as_stranger.get("/lists/uninsured")) == set()


def test_a_viewer_sees_nobody_by_name(as_viewer, places, people):
    assert as_viewer.get("/lists/uninsured").status_code == 403
    assert as_viewer.client.post("/lists/uninsured/export").status_code in (400, 403)


def test_the_plain_list_is_the_expired_and_those_without_a_card(as_officer, people):
    assert names(as_officer.get(f"/lists/uninsured?on={DAY}")) == {"Cúc", "Dũng", "Khuyên"}


def test_a_surveyor_gets_the_own_village_only(as_surveyor, people):
    assert names(as_surveyor.get(f"/lists/uninsured?on={DAY}")) == {"Cúc", "Dũng"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("expired?", {"Cúc", "Khuyên"}),
        ("none?", {"Dũng"}),
        ("ending?days=30", {"Sắp"}),
        ("ending?days=5", set()),
        ("not_asked?", {"Én"}),
        ("unconfirmed?", {"Phú"}),
        ("covered?", {"An", "Sắp"}),
        ("covered?group=gd", {"Sắp"}),
        ("uninsured?status=none", {"Dũng"}),
        ("uninsured?age=0-5", {"Dũng"}),
        ("uninsured?age=80", set()),
        ("uninsured?minority=1", {"Dũng"}),
        ("uninsured?farm=1", {"Cúc", "Dũng"}),
        ("uninsured?sex=female", {"Cúc"}),
        ("uninsured?living=near_poor", {"Khuyên"}),
        ("uninsured?presence=abroad", {"Khuyên"}),
        ("uninsured?social=voluntary", {"Khuyên"}),
        ("uninsured?reason=cannot_afford", {"Cúc"}),
        ("uninsured?sort=name", {"Cúc", "Dũng", "Khuyên"}),
        ("uninsured?sort=end", {"Cúc", "Dũng", "Khuyên"}),
        ("uninsured?sort=birth", {"Cúc", "Dũng", "Khuyên"}),
        ("children?", {"Dũng"}),
        ("near_poor?", {"Khuyên"}),
    ],
)
def test_filters_choose_people(as_officer, people, path, expected):
    assert names(as_officer.get(f"/lists/{path}&on={DAY}")) == expected


def test_a_filter_that_a_list_does_not_offer_is_left_out(as_officer, people):
    page = as_officer.get(f"/lists/children?reason=cannot_afford&on={DAY}")
    assert names(page) == {"Dũng"}


@pytest.mark.parametrize(
    "query", ["uninsured?status=covered", "ending?days=0", "ending?days=x", "expired?group=ABC",
              "expired?sort=id", "expired?page=0", "expired?on=2026-13-01", "expired?reason=x",
              "expired?social=x", "expired?age=7", "expired?page=99999999999",
              "changes?month=2026-13", "changes?month=2026"]
)  # fmt: skip
def test_a_filter_nobody_offers_is_refused(as_officer, query):
    assert as_officer.get(f"/lists/{query}").status_code == 400


def test_a_list_nobody_keeps_is_not_found(as_officer):
    assert as_officer.get("/lists/everybody").status_code == 404
    sent = as_officer.submit("/lists/x/export", {"format": "csv"}, form_at="/lists/uninsured")
    assert sent.status_code == 404


def test_pages_of_fifty_hold_everybody_once(app, as_officer, places):
    crowd = [homes.never_had(f"Người {n:03}") for n in range(103)]
    homes.write(app, places.villages[0], *crowd)
    seen = [
        line
        for page in (1, 2, 3)
        for line in as_officer.get(f"/lists/uninsured?page={page}")
        .get_data(as_text=True)
        .splitlines()
        if "Người " in line and "/people/" in line
    ]
    assert len(seen) == len(set(seen)) == 103
    beyond = as_officer.get("/lists/uninsured?page=9")
    assert beyond.status_code == 302
    assert "page=3" in beyond.headers["Location"]


def exported(desk, kind, key="uninsured", **fields):
    form = {"format": kind, "on": DAY, **fields}
    answer = desk.submit(f"/lists/{key}/export", form, form_at="/lists/uninsured")
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
    ids = [cell.value for cell in sheet["L"]]
    assert "038190001234" in ids
    assert sheet.column_dimensions["G"].width > 20
    told = {row[0].value: row[1].value for row in notes.iter_rows() if row[0].value}
    assert told["Người chưa được hỏi"] == "1"
    assert told["Số người"] == "3"
    assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d", str(told["Xuất lúc"]))


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"])
def test_no_cell_runs_as_a_formula(app, as_officer, places, name):
    homes.write(app, places.villages[0], homes.never_had(name))
    assert csv_rows(exported(as_officer, "csv"))[0]["Họ và tên"] == "'" + name
    sheet = load_workbook(BytesIO(exported(as_officer, "xlsx").get_data()))["Danh sách"]
    assert sheet["G2"].value == "'" + name
    assert sheet["G2"].data_type == "s"


def test_every_export_is_logged_with_who_what_and_how_many(as_officer, places, people, ask):
    exported(as_officer, "csv", "expired", area=places.villages[0].id)
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
    assert json.loads(line.detail)["key"] == "expired"


def test_an_export_of_another_village_writes_nothing(as_surveyor, places, people, ask):
    page_token = {"format": "csv", "area": places.villages[1].id}
    answer = as_surveyor.submit("/lists/uninsured/export", page_token, form_at="/lists/uninsured")
    assert answer.status_code == 403
    assert ask(select(Audit.id).where(Audit.kind == "export")) == []


def test_an_export_without_the_pages_token_is_refused(as_officer, people):
    assert (
        as_officer.client.post("/lists/uninsured/export", data={"format": "csv"}).status_code == 400
    )


# Who loses support


@pytest.fixture
def losers(app, places, people):
    village = places.villages[0]
    year = {"living_class": "poor", "living_class_from": "2026-01-01"}
    homes.write(app, village, homes.covered("Vi Văn Nghèo"), living_class_to="2026-12-31", **year)
    homes.write(app, village, homes.covered("Vi Thị Lâu"), living_class_to="2027-06-30", **year)
    homes.write(
        app,
        village,
        homes.covered("Vi Bé Sáu", birth_date="2020-11-15"),
        homes.covered("Vi Chị Cả", birth_date="2009-02-03", work="pupil", school_class="12A"),
    )
    far = homes.covered("Hà Bé Bảy", birth_date="2016-01-02")
    homes.write(app, places.villages[1], far, living_class_to="2027-02-15", **year)


def losing(page):
    body = page.get_data(as_text=True).partition("<tbody>")[2]
    everybody = ("Vi Văn Nghèo", "Vi Thị Lâu", "Vi Bé Sáu", "Vi Chị Cả", "Hà Bé Bảy")
    return [name for name in everybody if name in body]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"on={DAY}", ["Vi Văn Nghèo", "Vi Bé Sáu", "Hà Bé Bảy"]),
        (f"on={DAY}&days=60", ["Vi Văn Nghèo", "Vi Bé Sáu"]),
        (f"on={DAY}&days=30", ["Vi Bé Sáu"]),
        ("on=2026-11-30&days=30", ["Vi Bé Sáu"]),
        ("on=2026-12-01&days=30", ["Vi Văn Nghèo"]),
        ("on=2027-01-01", ["Hà Bé Bảy"]),
        ("on=2027-09-01&days=30", ["Vi Chị Cả"]),
    ],
)
def test_who_loses_support_is_named_in_time(as_officer, losers, query, expected):
    assert losing(as_officer.get(f"/lists/losing?{query}")) == expected


def test_the_list_tells_the_day_the_reason_and_the_group_after(as_officer, losers):
    page = as_officer.get(f"/lists/losing?on={DAY}&days=60").get_data(as_text=True)
    for words in ("31/12/2026", ">39<", "Hết hạn trong danh sách hộ nghèo, cận nghèo",
                  "Trẻ hết tuổi hưởng thẻ miễn phí", "Tham gia theo hộ gia đình"):  # fmt: skip
        assert words in page


def test_a_surveyor_sees_who_loses_support_in_the_own_village_only(as_surveyor, places, losers):
    assert losing(as_surveyor.get(f"/lists/losing?on={DAY}")) == ["Vi Văn Nghèo", "Vi Bé Sáu"]
    other = f"/lists/losing?area={places.villages[1].id}"
    assert as_surveyor.get(other).status_code == 403


def test_sorted_by_end_the_first_to_lose_stands_first(as_officer, losers):
    body = as_officer.get(f"/lists/losing?on={DAY}&sort=end").get_data(as_text=True)
    order = [body.index(name) for name in ("Vi Bé Sáu", "Vi Văn Nghèo", "Hà Bé Bảy")]
    assert order == sorted(order)


@pytest.mark.parametrize("days", ["91", "0", "x"])
def test_support_is_not_foretold_beyond_ninety_days(as_officer, days):
    assert as_officer.get(f"/lists/losing?days={days}").status_code == 400


def test_the_copy_of_the_list_has_the_reason_too(as_officer, losers):
    rows = csv_rows(exported(as_officer, "csv", "losing", days="30"))
    assert [row["Họ và tên"] for row in rows] == ["Vi Bé Sáu"]
    assert rows[0]["Hết hỗ trợ sau ngày"] == "30/11/2026"
    assert rows[0]["Vì sao hết hỗ trợ"] == "Trẻ hết tuổi hưởng thẻ miễn phí"
    assert (rows[0]["Nhóm đang hưởng"], rows[0]["Nhóm sau đó"]) == (
        "Trẻ em dưới 6 tuổi",
        "Học sinh",
    )
    sheet = load_workbook(BytesIO(exported(as_officer, "xlsx", "losing").get_data()))
    assert sheet["Danh sách"]["AB1"].value == "Nhóm sau đó"


def test_the_list_follows_what_is_stated_of_the_commune_and_its_people(app, as_officer, places):
    page = f"/lists/losing?on={DAY}"
    village = places.villages[0]
    home = homes.write(app, village, homes.covered("Vi Thị Thái", ethnic_group="03"))
    assert "Vi Thị Thái" not in as_officer.get(page).get_data(as_text=True)
    with app.app_context(), transaction():
        commune = db.session.get_one(Area, places.commune.id)
        span = {"valid_from": "2021-06-04", "valid_to": "2026-12-31"}
        add_fact(commune, "region", "III", source="QĐ 861/QĐ-TTg", **span)
    seen = as_officer.get(page).get_data(as_text=True)
    assert "Vi Thị Thái" in seen
    assert "Xã ra khỏi khu vực II, III" in seen
    homes.edit(app, "household", home, {"ended_on": "2026-11-01", "end_reason": "moved_away"})
    assert "Vi Thị Thái" not in as_officer.get(page).get_data(as_text=True)


def test_rights_of_a_record_merged_into_another_end_for_that_person(app, as_officer, places):
    right = {"kind": "social_allowance", "valid_from": "2024-01-01", "valid_to": "2026-12-31"}
    kept, double = homes.covered("Lò Thị Một"), homes.person("Lò Thị Hai", rights=[right])
    homes.write(app, places.villages[0], kept, double)
    homes.edit(app, "member", double["id"], {"merged_into": kept["id"]})
    body = as_officer.get(f"/lists/losing?on={DAY}").get_data(as_text=True)
    assert "Lò Thị Một" in body
    assert "Hết thời gian hưởng chế độ" in body
    assert "Lò Thị Hai" not in body


@pytest.mark.parametrize("query", ["", "&days=30", "&sort=end", "&sort=name", "&minority=1"])
def test_too_many_people_to_keep_give_the_same_list(as_officer, losers, monkeypatch, query):
    page = f"/lists/losing?on={DAY}{query}"
    kept = as_officer.get(page).get_data(as_text=True)
    monkeypatch.setattr(roll, "MOST_PEOPLE", 0)
    asked = as_officer.get(page).get_data(as_text=True)
    assert names_in_order(asked) == names_in_order(kept)


def names_in_order(page):
    return re.findall(r'href="/people/([^"/]+)">', page.partition("<tbody>")[2])


def test_an_empty_list_says_what_to_do(as_officer, places):
    page = as_officer.get("/lists/uninsured").get_data(as_text=True)
    assert "Không có ai trong danh sách này" in page


def test_an_officer_without_the_lists_room_sees_the_list_but_carries_nothing_away(
    make, places, desk_of
):
    desk = desk_of(make.user("officer", areas=[places.commune], lists_room=False))
    page = desk.get("/lists/uninsured")
    assert page.status_code == 200
    assert "/lists/uninsured/export" not in page.get_data(as_text=True)
    refused = desk.submit("/lists/uninsured/export", {"format": "csv"}, form_at="/")
    assert refused.status_code == 403
