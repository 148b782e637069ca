"""The 100 % board: who must all have a card, how many have one, and what is done next for each who
has none."""

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from server.store.card_lists import CardListRow
from server.store.db import db, new_id, transaction
from server.store.people import Audit
from server.store.records import Member
from tests import homes
from tests.sealed_lists import sealed
from tests.silent_law import silence

DAY = "2026-11-22"


@pytest.fixture
def people(app, places):
    """In Hưng Long a poor household of four and an average farm household; a pupil in the other."""
    first, second = places.villages
    homes.write(
        app,
        first,
        homes.covered("Lê Thị Đủ"),
        homes.never_had("Lê Văn Lập", personal_id="038090001234"),
        homes.never_had("Lê Văn Giấy"),
        homes.person("Bé Khai Sinh", birth_date="2025-03-01", birth_registration="birth_paper"),
        homes.person("Chú Quân", rights=[{"kind": "armed_forces"}]),
        living_class="poor",
        code="HL-01",
    )
    homes.write(app, first, homes.expired("Cô Vừa Hết", "2026-10-31", personal_id="038190001235"),
                homes.person("Cô Chưa Hỏi"), average_farm=True)  # fmt: skip
    homes.write(app, second, homes.never_had("Em Học", work="pupil", personal_id="038214000001"))


def opened(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 200, answer.text[:2000]
    return re.sub(r"[ \n]+", " ", answer.text)


def named(desk, group, area):
    """Each name on the page of a group, with the step that stands beside it."""
    page = opened(desk, f"/full-cover/{group}?area={area.id}&on={DAY}")
    rows = re.findall(r'href="/people/[^"]+">([^<]+)<.*?Việc tiếp theo">([^<]*)<', page)
    return dict(rows)


def numbers(desk, area):
    taken = desk.submit("/full-cover/export", {"area": area.id, "on": DAY}, form_at="/full-cover")
    sheet = load_workbook(BytesIO(taken.data))["Bảng 100 %"]
    return {(row[0], row[1]): row[2:6] for row in sheet.iter_rows(min_row=2, values_only=True)}


def test_each_group_has_its_own_denominator_and_everybody_without_a_card_is_missing(
    as_officer, places, people
):
    told = numbers(as_officer, places.commune)
    assert told["Xã Thường Xuân", "Hộ nghèo"] == (5, 2, 3, "40,00\xa0%")
    assert told["Hưng Long", "Trẻ dưới 6 tuổi"] == (1, 0, 1, "0,00\xa0%")
    assert told["Xuân Thắng", "Học sinh, sinh viên"] == (1, 0, 1, "0,00\xa0%")
    assert told["Xuân Thắng", "Hộ nghèo"] == (0, 0, 0, "–")


def test_the_board_counts_as_the_table_of_categories_does(as_officer, places, people):
    form = {"area": places.commune.id, "on": DAY, "format": "xlsx"}
    taken = as_officer.submit("/lists/categories/export", form, form_at="/lists/uninsured")
    rows: list[Any] = list(load_workbook(BytesIO(taken.data))["Bảng"].iter_rows(values_only=True))
    lists = {row[1]: (row[-1], row[2] + row[3]) for row in rows if row[0] == "Cả địa bàn"}
    told = numbers(as_officer, places.commune)
    for title, ours in (
        ("Trẻ dưới 6 tuổi", "Trẻ dưới 6 tuổi"),
        ("Học sinh, sinh viên theo trường", "Học sinh, sinh viên"),
        ("Người thuộc hộ nghèo", "Hộ nghèo"),
        ("Người thuộc hộ cận nghèo", "Hộ cận nghèo"),
        ("Người thuộc hộ nông nghiệp mức sống trung bình", "Hộ nông nghiệp mức sống trung bình"),
        ("Người dân tộc thiểu số được hỗ trợ", "Dân tộc thiểu số được hỗ trợ"),
        ("Người có công và thân nhân", "Người có công và thân nhân"),
        ("Người hưởng trợ cấp xã hội, tiền tuất", "Trợ cấp xã hội, tiền tuất"),
    ):
        assert told["Xã Thường Xuân", ours][:2] == lists[title], title


def test_a_cell_names_each_missing_one_with_the_next_step(as_officer, places, people, ask):
    assert named(as_officer, "poor", places.villages[0]) == {
        "Bé Khai Sinh": "Chưa có giấy khai sinh: nhắc gia đình đăng ký",
        "Lê Văn Lập": "Ngân sách đóng: lập danh sách D03",
        "Lê Văn Giấy": "Chưa có số định danh: xin xem giấy tờ rồi ghi",
    }
    assert named(as_officer, "farm_households", places.commune) == {
        "Cô Vừa Hết": "Vận động đóng tiếp trước hết ngày 29/01/2027 để thẻ có hiệu lực ngay",
        "Cô Chưa Hỏi": "Chưa hỏi: thăm nhà",
    }
    assert named(as_officer, "pupils", places.commune) == {
        "Em Học": "Nhà trường thu và lập danh sách: báo cho trường"
    }
    looks = ask(select(Audit.count).where(Audit.subject == "full_cover").order_by(Audit.at))
    assert looks == [(3,), (2,), (1,)]


def test_whose_card_is_on_its_way_waits_and_who_came_back_is_mended(
    app, make, as_officer, places, people, ask
):
    ids = [
        ask(select(Member.id).where(Member.full_name == name))[0][0]
        for name in ("Lê Văn Lập", "Lê Văn Giấy")
    ]
    lot = sealed(make, places.unit, places.commune, as_officer.user, ids)
    with app.app_context(), transaction():
        row = db.session.scalars(select(CardListRow).where(CardListRow.member_id == ids[1])).one()
        row.state, row.return_reason = "returned", "birth_date_mismatch"
    told = named(as_officer, "poor", places.villages[0])
    assert told["Lê Văn Lập"].startswith(f"Đã gửi trong danh sách số {lot.number} ngày")
    assert told["Lê Văn Giấy"].startswith(
        f"Trong danh sách số {lot.number}, BHXH trả lại: ngày sinh không khớp. Xin xem giấy tờ"
    )


def test_where_the_law_does_not_know_a_group_nothing_is_counted(
    app, as_admin, as_officer, places, people
):
    silence(app, as_admin.user.id, "law_group", DAY, "HN")
    told = numbers(as_officer, places.commune)
    assert told["Xã Thường Xuân", "Hộ nghèo"][:3] == (None, None, None)
    assert "chưa biết cho ngày này" in told["Hưng Long", "Hộ nghèo"][3]
    assert "chưa biết cho ngày này" in opened(as_officer, f"/full-cover?on={DAY}")
    assert named(as_officer, "poor", places.commune) == {}
    form = {"area": places.commune.id, "on": DAY}
    gone = as_officer.submit("/full-cover/poor/export", form, form_at="/full-cover")
    assert gone.status_code == 403


def test_a_viewer_sees_numbers_and_no_names(as_viewer, places, people):
    page = opened(as_viewer, f"/full-cover?area={places.commune.id}&on={DAY}")
    assert "2/5" in page
    assert "/full-cover/poor" not in page
    assert as_viewer.get("/full-cover/poor").status_code == 403
    assert numbers(as_viewer, places.commune)["Hưng Long", "Hộ nghèo"][2] == 3


def test_the_names_are_taken_away_with_their_steps(as_officer, places, people, ask):
    form = {"area": places.commune.id, "on": DAY}
    at = "/full-cover/poor/export"
    taken = as_officer.submit(at, form, form_at="/full-cover")
    rows = load_workbook(BytesIO(taken.data))["Danh sách"].iter_rows(min_row=2, values_only=True)
    assert {row[2] for row in rows} == {"Bé Khai Sinh", "Lê Văn Lập", "Lê Văn Giấy"}
    acts = select(Audit.count).where(Audit.kind == "export", Audit.subject == "full_cover")
    assert ask(acts) == [(3,)]


def test_who_may_not_see_a_place_sees_nothing_of_it(as_stranger, places):
    asked = f"area={places.commune.id}"
    for path in ("/full-cover", "/full-cover/poor"):
        assert as_stranger.get(f"{path}?{asked}").status_code == 403
    for path in ("/full-cover/export", "/full-cover/poor/export"):
        form = {"area": places.commune.id}
        assert as_stranger.submit(path, form, form_at="/full-cover").status_code == 403


def test_what_is_no_group_and_no_place_is_not_found(as_officer):
    for path in ("/full-cover/everybody", f"/full-cover?area={new_id()}"):
        assert as_officer.get(path).status_code == 404
    path = "/full-cover/everybody/export"
    assert as_officer.submit(path, {}, form_at="/full-cover").status_code == 404


def test_a_ground_too_large_to_count_at_once_says_so(as_officer, places, people, monkeypatch):
    monkeypatch.setattr("server.store.roll.MOST_PEOPLE", 1)
    for path in ("/full-cover", "/full-cover/poor", "/heads"):
        page = opened(as_officer, f"{path}?area={places.commune.id}&on={DAY}")
        assert "Địa bàn rộng quá để đếm từng nhóm một lượt" in page
        assert "Lê Văn Lập" not in page
