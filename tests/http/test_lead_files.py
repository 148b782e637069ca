"""A file in which the insurance names who to talk to: read, matched, given once, and answered."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from server.store.db import db
from server.store.lead_files import LeadFile
from server.store.records import Lead
from tests import homes
from tests.http.test_farm_requests import on  # noqa: F401
from tests.http.test_leads import book, desk, lan_user, leads_of, text  # noqa: F401

NONE = "01a20000-0000-7000-8000-000000000000"
HEAD = "Họ và tên,Ngày sinh,Số định danh,Mã số BHXH,Thôn,Hưởng TCTN đến"


@pytest.fixture
def people(app, places):
    """Hoa with an id, two of one name and year, and Tám of whom only a year is known."""
    first = [
        homes.person("Lò Thị Hoa", birth_date="1985-03-02", personal_id="038185012345"),
        homes.person("Lê Văn Tám", birth_date="1980"),
        homes.person("Vi Văn Đôi", birth_date="1990-01-01"),
    ]
    second = [homes.person("Vi Văn Đôi", birth_date="1990-12-31")]
    homes.write(app, places.villages[0], *first)
    homes.write(app, places.villages[1], *second)
    return {"Hoa": first[0]["id"], "Tám": first[1]["id"], "Đôi": second[0]["id"]}


def send(desk, *rows, head=HEAD, kind="jobless", name="thang11.csv"):  # noqa: F811
    body = "\n".join([head, *rows]).encode()
    form = {"kind": kind, "file": (BytesIO(body), name)}
    return desk.submit("/leads/files", form, form_at="/leads/files")


def opened(desk, *rows, **more):  # noqa: F811
    answer = send(desk, *rows, **more)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.headers["Location"]


def give(desk, at, *rows, to=""):  # noqa: F811
    return desk.submit(f"{at}/give", {"row": list(rows), "to": to}, form_at=at)


HOA = "Lò Thị Hoa,02/03/1985,038185012345,,,01/2027"
TAM = "LE VAN TAM,05/06/1980,,,,12/2026"
STRANGER = "Ai Đó,01/01/1970,,,Bản Xa,12/2026"


def test_who_has_the_number_is_given_and_who_is_likely_once_confirmed(app, desk, people):  # noqa: F811
    at = opened(desk, HOA, TAM, STRANGER)
    page = text(desk.get(at)).split("<tbody>")[1]
    assert page.count("Chưa thấy trong sổ") == 1
    assert page.count("Đúng là người này</span>") == 1
    give(desk, at)
    assert leads_of(app) == [(people["Hoa"], "jobless", None)]
    give(desk, at, "3")
    assert {member for member, _kind, _to in leads_of(app)} == {people["Hoa"], people["Tám"]}


def test_given_again_nothing_is_written_twice(app, desk, people):  # noqa: F811
    at = opened(desk, HOA, HOA)
    give(desk, at)
    give(desk, at)
    assert len(leads_of(app)) == 1


def test_the_same_file_twice_is_one_file(app, desk, people):  # noqa: F811
    assert opened(desk, HOA) == opened(desk, HOA)
    assert "đã nhận trước đây" in text(desk.get("/leads/files"))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LeadFile)) == 1


def test_next_month_s_file_does_not_open_a_second_lead(app, desk, people):  # noqa: F811
    give(desk, opened(desk, HOA))
    at = opened(desk, HOA.replace("01/2027", "02/2027"))
    give(desk, at)
    assert len(leads_of(app)) == 1
    assert "1 người không còn trong danh sách" in text(desk.get(at))


def test_the_village_tells_two_of_one_name_apart(app, desk, people, places):  # noqa: F811
    village = places.villages[1].name
    at = opened(desk, f"Vi Văn Đôi,1990,,,{village},", "Vi Văn Đôi,1990,,,,")
    assert "Nhiều người trùng tên và năm sinh." in text(desk.get(at))
    give(desk, at, "2", "3")
    assert [member for member, _kind, _to in leads_of(app)] == [people["Đôi"]]


def test_the_same_number_with_another_name_waits_for_a_yes(app, desk, people):  # noqa: F811
    at = opened(desk, "Lò Thị Huệ,02/03/1985,038185012345,,,01/2027")
    assert "Cùng số nhưng khác tên." in text(desk.get(at))
    give(desk, at)
    assert leads_of(app) == []


def test_a_column_says_why_each_is_named(app, desk, people):  # noqa: F811
    head = "Họ và tên,Số định danh,Diện,Đã đóng đến"
    at = opened(desk, "Lò Thị Hoa,038185012345,Ngừng đóng,06/2025", head=head, kind="")
    give(desk, at)
    assert [kind for _member, kind, _to in leads_of(app)] == ["lapsed"]


def test_headings_are_known_as_they_are_in_other_files(app, desk, people):  # noqa: F811
    head = "Họ và tên người tham gia,Số ĐDCN/CCCD,Nam/nữ,Hưởng TCTN đến"
    give(desk, opened(desk, "Lò Thị Hoa,038185012345,F,01/2027", head=head))
    assert leads_of(app) == [(people["Hoa"], "jobless", None)]


def test_title_and_totals_rows_are_no_people(desk, people):  # noqa: F811
    at = opened(desk, HOA, "Tổng cộng,,1,,,", head=f"BHXH CƠ SỞ,,,,,\n{HEAD}")
    assert "Tổng cộng" not in text(desk.get(at)).split("<tbody>")[1]


@pytest.mark.parametrize(
    ("head", "rows", "kind", "words"),
    [
        ("Số tiền,Ngày", ["1000,2026"], "paused", "Không thấy cột Họ và tên"),
        ("Họ và tên,Ghi chú", ["An,x"], "paused", "cần ít nhất một cột"),
        ("Họ và tên,Ngày sinh", ["An,1980"], "", "Chọn diện của cả tệp"),
        (HEAD, [], "paused", "không có dòng nào"),
    ],
)
def test_a_wrong_sheet_is_said_and_not_taken(app, desk, head, rows, kind, words):  # noqa: F811
    answer = send(desk, *rows, head=head, kind=kind)
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LeadFile)) == 0


def test_no_file_is_said(desk):  # noqa: F811
    answer = desk.submit("/leads/files", {"kind": "paused"}, form_at="/leads/files")
    assert "Chọn tệp trước đã." in answer.get_data(as_text=True)


def test_the_answer_goes_back_row_by_row(app, desk, people, make):  # noqa: F811
    at = opened(desk, HOA, STRANGER)
    give(desk, at)
    with app.app_context():
        lead = db.session.scalars(select(Lead.id)).one()
    told = {"outcome": "joined", "outcome_on": "2026-11-22", "mobilised_by": "Ông Hà"}
    make.write(desk.user, "lead", told, record=lead, was=dict.fromkeys(told))
    answer = desk.submit(f"{at}/answers", {}, form_at=at)
    rows = list(book(answer)["Kết quả"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[7], row[8], row[9], row[11]) for row in rows] == [
        (2, "Lò Thị Hoa", "Có trong sổ", "Đã tham gia", "22/11/2026", "Ông Hà"),
        (3, "Ai Đó", "Chưa thấy trong sổ", "Chưa có kết quả", None, None),
    ]


def test_a_file_of_another_commune_and_none_at_all(desk, as_stranger, as_bhxh, as_viewer, people):  # noqa: F811
    at = opened(desk, HOA)
    assert as_stranger.get(at).status_code == 403
    assert as_stranger.submit(f"{at}/give", {}, form_at="/leads/files").status_code == 403
    assert as_viewer.get(at).status_code == 403
    assert desk.get(f"/leads/files/{NONE}").status_code == 404
    for deed in ("give", "answers"):
        answer = desk.submit(f"/leads/files/{NONE}/{deed}", {}, form_at="/leads/files")
        assert answer.status_code == 404
    assert as_stranger.submit(f"{at}/answers", {}, form_at="/leads/files").status_code == 403
    assert as_bhxh.get(at).status_code == 200
    assert as_bhxh.get("/leads/files").status_code == 403
    assert as_bhxh.submit(f"{at}/give", {}, form_at=at).status_code == 403
    assert as_bhxh.submit("/leads/files", {}, form_at=at).status_code == 403
