"""Coverage by what people have in common: own denominators, and the people behind each number."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from server.store.coverage.breakdown import By
from server.store.db import new_id
from tests import homes
from tests.http.test_coverage import DAY
from tests.http.test_coverage_over_time import rows_of


@pytest.fixture
def people(app, places):
    """A poor household of the Thái, a Kinh household of no class, a school of two pupils."""
    first, second = places.villages
    thai = {"ethnic_group": "03"}
    homes.write(
        app,
        first,
        homes.covered("Vi Văn Mạnh", birth_date="1980", card={"insurance_group": "HN"}, **thai),
        homes.expired("Vi Thị Hoa", birth_date="1985-03", card={"insurance_group": "HN"}, **thai),
        homes.never_had("Vi Văn Bé", birth_date="2024-05-17", uninsured_reason="no_papers", **thai),
        living_class="poor",
    )
    homes.write(
        app,
        second,
        homes.covered("Lê Thị An", birth_date="2015-03-01", work="pupil", school_other="THCS Ngọc",
                      ethnic_group="01", card={"insurance_group": "HS"}),
        homes.never_had("Lê Văn Bình", birth_date="2014-03-01", work="pupil",
                        school_other="THCS Ngọc", ethnic_group="01",
                        uninsured_reason="school_will_collect"),
        homes.person("Lê Văn Chưa"),
    )  # fmt: skip


def told(desk, by, query=""):
    """The rows of the table: name, people, and the last cell, their rate."""
    page = desk.get(f"/coverage/groups?by={by}&on={DAY}{query}").get_data(as_text=True)
    [caption] = re.findall(r"<caption>(.*?)<br>", page)
    return {row[0]: (row[1], row[-1]) for row in rows_of(page, caption)[1:]}


def test_an_unknown_area_is_not_found(as_officer):
    asked = {"area": new_id()}
    assert as_officer.get(f"/coverage/groups?area={asked['area']}").status_code == 404
    assert exported(as_officer, asked).status_code == 404


def test_anothers_area_is_not_shown(as_stranger, places):
    asked = {"area": places.commune.id}
    assert as_stranger.get(f"/coverage/groups?area={asked['area']}").status_code == 403
    assert exported(as_stranger, asked).status_code == 403


def test_nobody_sees_it_without_signing_in(client):
    assert client.get("/coverage/groups").status_code == 302


def test_a_way_or_a_day_that_is_none_is_refused(as_officer):
    for query in ("by=name", "on=2026-02-30"):
        assert as_officer.get(f"/coverage/groups?{query}").status_code == 400


def exported(desk, asked):
    return desk.submit("/coverage/groups/export", asked, form_at="/account")


def test_each_part_is_counted_of_its_own_people(as_officer, people):
    assert told(as_officer, "age") == {
        "dưới 6 tuổi": ("1", "0,00\xa0%"),
        "6 đến 14 tuổi": ("2", "50,00\xa0%"),
        "18 đến 59 tuổi": ("2", "50,00\xa0%"),
        "Chưa ghi": ("1", "0,00\xa0%"),
        "Cộng": ("6", "33,33\xa0%"),
    }
    assert told(as_officer, "minority") == {
        "Dân tộc thiểu số": ("3", "33,33\xa0%"),
        "Dân tộc Kinh": ("2", "50,00\xa0%"),
        "Chưa ghi": ("1", "0,00\xa0%"),
        "Cộng": ("6", "33,33\xa0%"),
    }
    assert told(as_officer, "living") == {
        "Hộ nghèo": ("3", "33,33\xa0%"),
        "Chưa ghi": ("3", "33,33\xa0%"),
        "Cộng": ("6", "33,33\xa0%"),
    }


def test_pupils_are_counted_by_their_school_and_nobody_else_is(as_officer, people):
    school = ("2", "50,00\xa0%")
    assert told(as_officer, "school") == {"THCS Ngọc": school, "Cộng": school}


def test_a_group_is_that_of_the_card_that_ends_last(as_officer, people):
    rows = told(as_officer, "group")
    [poor] = [numbers for name, numbers in rows.items() if name.startswith("HN")]
    assert poor == ("2", "50,00\xa0%")
    assert rows["Chưa biết thẻ thuộc nhóm nào"][0] == "3"


def test_reasons_are_shares_of_the_uninsured(as_officer, people):
    assert told(as_officer, "reason") == {
        "Thiếu giấy tờ": ("1", "33,33\xa0%"),
        "Chờ trường thu": ("1", "33,33\xa0%"),
        "Chưa ghi": ("1", "33,33\xa0%"),
        "Cộng": ("3", "100,00\xa0%"),
    }


@pytest.mark.parametrize("by", list(By))
def test_behind_a_number_stand_as_many_people(as_officer, people, by):
    page = as_officer.get(f"/coverage/groups?by={by}&on={DAY}").get_data(as_text=True)
    links = re.findall(r'<td class="num">\s*<a href="([^"]+)">(\d+)</a>', page)
    assert links
    for path, number in links:
        listed = as_officer.get(path.replace("&amp;", "&")).get_data(as_text=True)
        names = set(re.findall(r'href="/people/[^"]+">([^<]+)<', listed))
        assert len(names) == int(number), path


def test_a_viewer_sees_the_numbers_and_no_door_to_people(as_viewer, people, places):
    page = as_viewer.get(f"/coverage/groups?area={places.commune.id}").get_data(as_text=True)
    assert "dưới 6 tuổi" in page
    assert "/lists" not in page


def test_the_workbook_holds_every_way_to_part_them(as_officer, people, places):
    answer = exported(as_officer, {"area": places.commune.id, "on": DAY})
    book = load_workbook(BytesIO(answer.data))
    assert book.sheetnames == [
        "Nhóm của thẻ", "Tuổi", "Dân tộc", "Mức sống", "Trường học", "Lý do chưa có", "Ghi chú",
    ]  # fmt: skip
    rows = {row[0]: (str(row[1]), row[-1]) for row in list(book["Tuổi"].values)[1:]}
    page = told(as_officer, "age", f"&area={places.commune.id}")
    assert rows == page
    assert "bao phủ theo nhóm" in as_officer.get("/audit").get_data(as_text=True)
