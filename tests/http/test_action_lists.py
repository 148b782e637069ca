"""The lists of the commune: who is on each, what it says of them, tables, views, files."""

import csv
import re
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from server.lists.catalogue import CATALOGUE, PEOPLE
from server.lists.kinds import Link
from server.store.action_list_views import SavedView
from server.store.areas import add_fact
from server.store.db import db, new_id, transaction
from server.store.people import Audit
from server.store.places import Area, School
from server.store.receipts import ReceiptBook, ReceiptRange
from tests import homes

DAY = "2026-11-22"


def listed(desk, path):
    answer = desk.get(f"/lists/{path}{'&' if '?' in path else '?'}on={DAY}")
    assert answer.status_code == 200, answer.text[:2000]
    return re.findall(r'href="/people/[^"]+">([^<]+)<', answer.text.partition("<tbody>")[2])


def taken(desk, key, kind, **fields):
    form = {"format": kind, "on": DAY, **fields}
    answer = desk.submit(f"/lists/{key}/export", form, form_at="/lists/uninsured")
    assert answer.status_code == 200, answer.text[:2000]
    return answer


def csv_rows(answer):
    return list(csv.DictReader(StringIO(answer.get_data().decode("utf-8-sig"), newline="")))


@pytest.fixture
def commune(app, places):
    """One or two for each list, and beside them who is on none of these."""
    first, second = places.villages
    shared = {"personal_id": "038090001234", "sex": "male"}
    homes.write(
        app,
        first,
        homes.covered("Bé Có Thẻ", birth_date="2026-11-02", birth_registration="registered"),
        homes.person("Bé Quá Hạn", birth_date="2026-10-30", birth_registration="birth_paper"),
        homes.person("Bé Còn Hạn", birth_date="2026-11-20"),
        homes.person("Bé Năm Tuổi", birth_date="2021-01-01"),
        homes.never_had("Em Học", birth_date="2014-02-03", work="pupil", school_other="Trường Xa"),
        homes.covered("Ông Công", rights=[{"kind": "merit"}], **shared),
        homes.covered("Ông Trùng", birth_date="1990", **shared),
        homes.never_had("Bà Trợ", rights=[{"kind": "social_allowance"}]),
        homes.never_had("Bà Cũ", rights=[{"kind": "merit", "valid_to": "2026-01-31"}]),
        homes.never_had("Bà Hưu", rights=[{"kind": "social_pension"}]),
        living_class="poor",
    )
    homes.write(
        app,
        second,
        homes.covered("Cụ Lương", birth_date="1940", social_insurance="pension"),
        homes.covered("Bác Lương", birth_date="1960", social_insurance="pension"),
        homes.expired("Anh Thợ", "2026-10-30", work="wage_contract", social_insurance="none"),
        homes.covered("Chị Công Ty", work="wage_contract", social_insurance="compulsory"),
        homes.covered("Chị Xa", presence="abroad"),
        homes.covered("Em Thấy Thẻ", card={"evidence": "card_seen"}, personal_id="038190001235"),
        homes.person("Anh Quân", rights=[{"kind": "armed_forces"}]),
        homes.covered("Em Ba Na", ethnic_group="13", rights=[{"kind": "left_region"}]),
        homes.covered("Em Kinh", rights=[{"kind": "left_region"}]),
        homes.expired("Chị Lâu", "2026-06-01"),
        living_class="near_poor",
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("lapsed", ["Anh Thợ"]),
        ("lapsed?days=366", ["Anh Thợ", "Chị Lâu"]),
        ("newborns", ["Bé Còn Hạn", "Bé Có Thẻ", "Bé Quá Hạn"]),
        ("newborns?days=1", ["Bé Còn Hạn", "Bé Có Thẻ"]),
        ("children?sort=birth", ["Bé Còn Hạn", "Bé Có Thẻ", "Bé Quá Hạn", "Bé Năm Tuổi"]),
        ("pupils", ["Em Học"]),
        ("merit", ["Ông Công"]),
        ("social_protection", ["Bà Trợ"]),
        ("social_pension", ["Bà Hưu"]),
        ("minority", ["Em Ba Na"]),
        ("pensioners", ["Cụ Lương"]),
        ("wage_workers", ["Anh Thợ"]),
        ("supplement?sort=name", ["Anh Quân", "Chị Xa", "Em Thấy Thẻ"]),
        ("supplement?mark=card_seen", ["Em Thấy Thẻ"]),
        ("supplement?status=elsewhere", ["Anh Quân"]),
        ("id_trouble?mark=same_id&sort=name", ["Ông Công", "Ông Trùng"]),
        ("without_id?age=60-79", ["Bác Lương"]),
    ],
)
def test_who_is_on_a_list(as_officer, commune, path, expected):
    assert listed(as_officer, path) == expected


def test_a_village_in_a_hard_region_supports_its_minorities(app, as_officer, places, commune):
    homes.write(app, places.villages[0], homes.covered("Lò Thị Thái", ethnic_group="03"))
    assert listed(as_officer, "minority") == ["Em Ba Na"]
    with app.app_context(), transaction():
        village = db.session.get_one(Area, places.villages[0].id)
        add_fact(village, "special_difficulty", "yes", source="QĐ", valid_from="2026-01-01")
    assert set(listed(as_officer, "minority")) == {"Em Ba Na", "Lò Thị Thái"}


def test_the_board_of_newborns_counts_their_steps_and_marks_who_is_late(as_officer, commune):
    page = as_officer.get(f"/lists/newborns?on={DAY}").text
    tiles = re.findall(r'<b>([^<]+)</b><span class="tile-number">(\d+)', page)
    assert tiles == [("Đã sinh", "3"), ("Đã khai sinh", "1"), ("Đã có thẻ", "1"),
                     ("Quá tháng sinh chưa có thẻ", "1")]  # fmt: skip
    late = page.partition("Bé Quá Hạn")[2].partition("</tr>")[0]
    assert 'badge--danger">Quá tháng sinh chưa có thẻ' in late


def test_whoever_shares_a_personal_id_is_named_only_where_one_may_look(
    app, as_surveyor, places, commune
):
    far = homes.covered("Người Xa", personal_id="038190005678", sex="female", birth_date="1990")
    near = homes.covered("Người Gần", personal_id="038190005678", sex="female", birth_date="1990")
    homes.write(app, places.villages[1], far)
    homes.write(app, places.villages[0], near)
    page = as_surveyor.get(f"/lists/id_trouble?on={DAY}").text
    row = page.partition("Người Gần")[2].partition("</tr>")[0]
    assert "người ở địa bàn khác" in row
    assert "Người Xa" not in page


def test_the_index_counts_every_list_of_ones_own_areas(as_officer, as_surveyor, commune):
    page = as_officer.get("/lists").text
    for one in CATALOGUE:
        assert f'href="{one.path if isinstance(one, Link) else f"/lists/{one.key}"}"' in page
    sizes = dict(re.findall(r'href="/lists/(\w+)">\s*<b>[^<]*</b>\s*<span[^>]*>([\d.]+)', page))
    assert set(sizes) == set(PEOPLE)
    assert (sizes["merit"], sizes["pensioners"], sizes["supplement"]) == ("1", "1", "3")
    own = as_surveyor.get("/lists").text
    assert "/lists/bought" not in own
    assert re.search(r'href="/lists/pensioners">\s*<b>[^<]*</b>\s*<span[^>]*>0<', own)


def test_a_list_for_the_office_is_not_for_a_surveyor(as_surveyor, as_viewer):
    assert as_surveyor.get("/lists/bought").status_code == 403
    assert as_surveyor.get("/lists/no_collector").status_code == 403
    assert as_viewer.get("/lists").status_code == 403


def test_a_bhxh_officer_reads_the_communes_of_the_unit(as_bhxh, as_stranger, commune):
    assert listed(as_bhxh, "pensioners") == ["Cụ Lương"]
    assert listed(as_stranger, "pensioners") == []


def test_every_list_says_that_it_is_not_to_be_posted(as_officer, commune):
    for key in PEOPLE:
        assert "Không niêm yết công khai" in as_officer.get(f"/lists/{key}").text


# Tables


def table(desk, path):
    body = desk.get(f"/lists/{path}").text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_the_count_by_status_has_the_uncertain_beside_and_a_total(as_officer, commune):
    rows = {row[0]: row[1:] for row in table(as_officer, "statuses")}
    covered, expired, none, uninsured = rows["Cộng"][:4]
    assert int(uninsured) == int(expired) + int(none) == 6
    assert rows["Cộng"][-2:] == ["20", "1"]


def test_the_table_of_categories_counts_each_village_and_the_whole(as_officer, commune):
    rows = {(row[0], row[1]): row[-1] for row in table(as_officer, "categories")}
    assert rows["Cả địa bàn", "Người thuộc hộ nghèo"] == "10"
    assert rows["Hưng Long", "Trẻ dưới 6 tuổi"] == "4"
    assert ("Hưng Long", "Người thuộc hộ cận nghèo") not in rows


@pytest.fixture
def moves(app, places):
    end = {"ended_on": "2026-11-10", "end_reason": "deceased"}
    homes.write(
        app,
        places.villages[0],
        homes.person("Bé Sinh", birth_date="2026-11-05", birth_registration="registered"),
        homes.person("Anh Đến", since="2026-11-03", since_reason="moved_in"),
        homes.covered("Ông Mất", end_evidence="family", **end),
        homes.covered("Bà Mất", end_evidence="certificate", **end),
        homes.covered("Chị Đi", ended_on="2026-10-10", end_reason="moved_away"),
    )


def test_what_was_told_at_the_door_is_to_be_checked_and_cuts_no_card(as_officer, moves):
    rows = {row[1]: (row[0], row[-1]) for row in table(as_officer, "changes?month=2026-11")}
    assert rows == {
        "Bé Sinh": ("Tăng: mới sinh", ""),
        "Anh Đến": ("Tăng: chuyển đến", ""),
        "Ông Mất": ("Giảm: đã mất", "cần đối chiếu hộ tịch"),
        "Bà Mất": ("Giảm: đã mất", ""),
    }
    assert [row[1] for row in table(as_officer, "changes?month=2026-10")] == ["Chị Đi"]


def test_a_village_has_a_collector_once_somebody_holds_receipts(
    app, as_officer, as_surveyor, places
):
    assert {row[1] for row in table(as_officer, "no_collector")} == {"Hưng Long", "Xuân Thắng"}
    with app.app_context(), transaction():
        book = ReceiptBook(commune_id=places.commune.id, agency="Bưu điện", series="A",
                           first_number=1, last_number=50, added_by=as_officer.user.id)  # fmt: skip
        db.session.add(book)
        db.session.flush()
        db.session.add(ReceiptRange(book_id=book.id, user_id=as_surveyor.user.id, first_number=1,
                                    last_number=50, handed_on="2026-01-01",
                                    handed_by=as_officer.user.id))  # fmt: skip
    assert {row[1] for row in table(as_officer, "no_collector")} == {"Xuân Thắng"}


def test_what_was_bought_is_added_up_by_collector(as_officer, places):
    page = as_officer.get("/lists/bought?month=2026-11").text
    assert "Không có dòng nào" in page


# Files


@pytest.mark.parametrize("key", ["supplement", "statuses", "changes", "categories"])
def test_every_kind_of_list_is_taken_away_in_every_form(as_officer, commune, moves, key, ask):
    for kind, start in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF")):
        assert taken(as_officer, key, kind).get_data().startswith(start)
    assert len(ask(select(Audit.id).where(Audit.kind == "export"))) == 3


def test_a_workbook_of_people_carries_their_ids_out_of_sight(as_officer, commune, ask):
    book = load_workbook(BytesIO(taken(as_officer, "merit", "xlsx").get_data()))
    sheet = book["Danh sách"]
    assert sheet["A1"].value == "Mã bản ghi"
    assert sheet.column_dimensions["A"].hidden
    assert re.fullmatch(r"[0-9a-f-]{36}", sheet["A2"].value)
    assert "Mã bản ghi" not in csv_rows(taken(as_officer, "merit", "csv"))[0]


def test_each_school_gets_its_own_pupils_only(app, as_officer, places, commune):
    with app.app_context(), transaction():
        school = School(name="Trường Gần", search="truong gan", commune_id=places.commune.id)
        db.session.add(school)
        db.session.flush()
        id_ = school.id
    near = homes.covered("Em Gần", birth_date="2013-05-06", work="pupil", school=id_)
    homes.write(app, places.villages[0], near)
    files = ZipFile(BytesIO(taken(as_officer, "pupils", "zip").get_data()))
    read = {
        name: [cell.value for cell in load_workbook(files.open(name))["Danh sách"]["G"]][1:]
        for name in files.namelist()
    }
    assert sorted(read.values()) == [["Em Gần"], ["Em Học"]]
    assert any("truonggan" in name for name in read)


def test_only_a_list_by_school_comes_as_many_files(as_officer, commune):
    form = {"format": "zip"}
    sent = as_officer.submit("/lists/merit/export", form, form_at="/lists/uninsured")
    assert sent.status_code == 400


# Saved views


@pytest.fixture
def saved(as_officer, places, ask):
    """A view of the officer's, shared with the commune."""
    as_officer.submit(
        "/lists/uninsured/views",
        {"name": " Nữ  chưa có thẻ ", "sex": "female", "shared": "1"},
        form_at="/lists/uninsured",
    )
    return ask(select(SavedView.id))[0].id


def test_a_view_is_opened_in_one_click_with_its_filters(as_officer, saved):
    page = as_officer.get("/lists").text
    assert 'href="/lists/uninsured?sex=female"><b>Nữ chưa có thẻ</b>' in page
    assert "Nữ chưa có thẻ" in as_officer.get("/lists/uninsured").text
    assert "Nữ chưa có thẻ" not in as_officer.get("/lists/expired").text


def test_a_shared_view_is_seen_in_the_commune_and_nowhere_else(
    as_surveyor, as_bhxh, as_stranger, saved
):
    assert "Nữ chưa có thẻ" in as_surveyor.get("/lists/uninsured").text
    assert "Nữ chưa có thẻ" in as_bhxh.get("/lists/uninsured").text
    assert "Nữ chưa có thẻ" not in as_stranger.get("/lists/uninsured").text


def test_a_view_of_ones_own_is_nobody_elses(as_officer, as_surveyor, places):
    mine = {"name": "Của Lan", "area": places.villages[0].id}
    as_surveyor.submit("/lists/expired/views", mine, form_at="/lists/expired")
    assert "Của Lan" in as_surveyor.get("/lists/expired").text
    assert "Của Lan" not in as_officer.get("/lists/expired").text


def change(desk, view, act, **fields):
    form = {"name": "Tên khác", **fields}
    return desk.submit(f"/lists/views/{view}/{act}", form, form_at="/lists/uninsured")


def test_a_view_is_renamed_and_deleted(as_officer, saved, ask):
    assert change(as_officer, saved, "rename").status_code == 302
    assert ask(select(SavedView.name))[0].name == "Tên khác"
    assert change(as_officer, saved, "delete").status_code == 302
    assert ask(select(SavedView.id)) == []


@pytest.mark.parametrize("act", ["rename", "delete"])
def test_who_may_not_change_a_view_changes_nothing(as_surveyor, as_stranger, saved, ask, act):
    assert change(as_surveyor, saved, act).status_code == 403
    assert change(as_stranger, saved, act).status_code == 403
    assert change(as_surveyor, new_id(), act).status_code == 404
    assert ask(select(SavedView.name))[0].name == "Nữ chưa có thẻ"


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_view_needs_a_name_that_fits(as_officer, ask, name):
    form = {"name": name}
    sent = as_officer.submit("/lists/uninsured/views", form, form_at="/lists/uninsured")
    assert sent.status_code == 400
    assert ask(select(SavedView.id)) == []


def test_a_view_is_saved_only_of_a_list_and_ground_one_may_see(as_surveyor, places):
    def save(key, **fields):
        form = {"name": "x", **fields}
        return as_surveyor.submit(f"/lists/{key}/views", form, form_at="/lists/uninsured")

    assert save("everybody").status_code == 404
    assert save("bought").status_code == 403
    assert save("uninsured", area=places.villages[1].id).status_code == 403


def test_a_view_sent_twice_is_saved_once(as_officer, ask):
    form = {"name": "Hai lần", "once": new_id()}
    for _ in range(2):
        as_officer.submit("/lists/uninsured/views", form, form_at="/lists/uninsured")
    assert len(ask(select(SavedView.id))) == 1


def test_a_class_or_a_recognition_counts_only_while_its_paper_runs(app, places, as_officer):
    first, second = places.villages
    for name, to in (("Còn Nghèo", DAY), ("Hết Nghèo", "2026-11-21"), ("Nghèo Mãi", None)):
        more = {"living_class_to": to} if to else {}
        homes.write(app, first, homes.never_had(name), living_class="poor", **more)
    for name, days in (
        ("Hộ Đang", {"average_farm_from": "2026-01-01", "average_farm_to": "2026-12-31"}),
        ("Hộ Chưa", {"average_farm_from": "2026-12-01"}),
        ("Hộ Hết", {"average_farm_to": "2025-12-31"}),
    ):
        homes.write(app, second, homes.never_had(name), average_farm=True, **days)
    assert sorted(listed(as_officer, "poor")) == ["Còn Nghèo", "Nghèo Mãi"]
    assert listed(as_officer, "farm_households") == ["Hộ Đang"]


def test_a_survivors_allowance_brings_a_card_only_from_the_age_of_the_law(app, places, as_officer):
    right: dict[str, Any] = {"rights": [{"kind": "survivor_allowance"}]}
    village = places.villages[0]
    homes.write(app, village, homes.never_had("Bà Già", birth_date="1951-11-22", **right))
    homes.write(app, village, homes.never_had("Bà Trẻ", birth_date="1960-01-01", **right))
    homes.write(
        app,
        village,
        homes.never_had("Bà Bảy Mươi", birth_date="1956-11-01", **right),
        living_class="near_poor",
    )
    assert sorted(listed(as_officer, "social_protection")) == ["Bà Bảy Mươi", "Bà Già"]
