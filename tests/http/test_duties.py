"""Who answers for which village: listed, given, changed, handed on, imported and taken away."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from server.store.duties import DutyRow, duties_on
from server.store.people import Audit
from tests.actors import hidden_value
from tests.http.test_sponsors import acts_of, refused, text

NONE = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def head(make, places):
    """The village head of the first village, for a long time."""
    return make.add(
        DutyRow(
            area_id=places.villages[0].id,
            kind="village_head",
            full_name="Cầm Bá Thức",
            phone="0912 345 678",
            valid_from="2025",
        )
    )


def given(desk, areas, **more):
    form = {"area": [area.id for area in areas], "kind": "committee_member",
            "full_name": "Lê Thị Hà", **more}  # fmt: skip
    return desk.submit("/duties", form, form_at="/duties")


def kept(ask):
    return ask(select(DutyRow.full_name, DutyRow.kind, DutyRow.valid_from, DutyRow.valid_to))


def test_everyone_of_the_area_reads_who_answers_for_it(
    as_officer, as_surveyor, as_viewer, as_bhxh, places, head
):
    for somebody in (as_officer, as_surveyor, as_viewer, as_bhxh):
        page = text(somebody.get(f"/duties?commune={places.commune.id}"))
        assert "Cầm Bá Thức" in page
        assert "0912 345 678" in page
    assert "Chưa ghi ai phụ trách" in text(as_officer.get("/duties"))  # the second village


def test_nobody_sees_the_names_of_another_commune(as_officer, as_stranger, places, head):
    assert "Cầm Bá Thức" not in text(as_stranger.get("/duties"))
    for path in ("/duties", "/duties.xlsx"):
        assert as_stranger.get(f"{path}?commune={places.commune.id}").status_code == 403
    assert as_stranger.get(f"/duties/{head.id}").status_code == 403
    assert as_officer.get(f"/duties/{NONE}").status_code == 404


def test_one_person_takes_several_villages_and_a_form_posted_twice_counts_once(
    as_officer, places, ask
):
    form = {"once": NONE, "valid_from": "06/2025", "post": "Phó Chủ tịch"}
    for _time in range(2):
        assert given(as_officer, places.villages, **form).status_code == 302
    assert kept(ask) == [("Lê Thị Hà", "committee_member", "2025-06", None)] * 2
    assert acts_of(ask) == ["duty_add", "duty_add"]
    text(as_officer.get("/duties"))
    assert text(as_officer.get("/audit")).count("Lê Thị Hà") == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"full_name": " "}, "Ghi họ tên"),
        ({"kind": "king"}, "Chọn việc phụ trách"),
        ({"valid_from": "tháng sáu"}, "Ngày bắt đầu chưa đúng"),
        ({"valid_from": "2026", "valid_to": "12/2025"}, "đứng trước ngày bắt đầu"),
        ({"area": []}, "Chọn ít nhất một thôn"),
    ],
)
def test_what_is_no_duty_is_not_written(as_officer, places, ask, wrong, words):
    assert words in refused(given(as_officer, places.villages[:1], **wrong))
    assert kept(ask) == []


def test_only_the_office_writes_and_only_where_it_works(
    as_officer, as_viewer, as_surveyor, places, head
):
    assert given(as_officer, [places.other_village]).status_code == 403
    stranger = {"user_id": NONE}
    assert given(as_officer, places.villages[:1], **stranger).status_code == 403
    for somebody in (as_viewer, as_surveyor):
        assert somebody.submit("/duties", {}, form_at="/").status_code == 403
        for path in (f"/duties/{head.id}", f"/duties/{head.id}/end"):
            assert somebody.submit(path, {}, form_at="/").status_code == 403
        assert somebody.get(f"/duties/{head.id}").status_code == 403


def test_a_duty_is_changed_and_handed_on_with_its_last_day(as_officer, places, app, head, ask):
    at = f"/duties/{head.id}"
    form = {"kind": "village_head", "full_name": "Cầm Bá Thực", "valid_from": "2025",
            "user_id": as_officer.user.id}  # fmt: skip
    assert as_officer.submit(at, form).status_code == 302
    assert "Ghi họ tên" in refused(as_officer.submit(at, {**form, "full_name": ""}))
    early = as_officer.submit(f"{at}/end", {"last_day": "2024-12-31"}, form_at=at)
    assert early.status_code == 400
    assert as_officer.submit(f"{at}/end", {"last_day": ""}, form_at=at).status_code == 400
    assert as_officer.submit(f"{at}/end", {"last_day": "2026-06-30"}, form_at=at).status_code == 302
    village = places.villages[0].id
    with app.app_context():
        assert [one.full_name for one in duties_on("2026-06-30", [village])[village]] == [
            "Cầm Bá Thực"
        ]
        assert duties_on("2026-07-01", [village]) == {}
    assert "thôi phụ trách sau ngày 30/06/2026" in text(as_officer.get("/duties"))
    assert "Cầm Bá Thực" not in text(as_officer.get("/duties"))
    assert "đến hết 30/06/2026" in text(as_officer.get("/duties?ended=1"))
    assert as_officer.submit(f"/duties/{NONE}", form, form_at=at).status_code == 404
    gone = as_officer.submit(f"/duties/{NONE}/end", {"last_day": "2026-06-30"}, form_at=at)
    assert gone.status_code == 404


def test_names_and_phones_stand_on_the_village_and_the_coverage_page(as_viewer, places, head):
    for path in (f"/areas/{places.villages[0].id}", f"/coverage?area={places.commune.id}"):
        page = text(as_viewer.get(path))
        assert "Cầm Bá Thức" in page
        assert 'href="tel:0912345678"' in page


SHEET = """Thôn;Vai trò;Họ tên;SĐT;Chức vụ;Từ ngày
Hưng Long;Trưởng thôn;Vi Văn Sơn;0987 000 111;Trưởng thôn;01/2026
;Ban Chỉ đạo;Lê Thị Hà;;Phó Chủ tịch UBND;2025
Xuân Thắng;người uy tín;Hà Văn Ước;;;
Thôn Nào Đó;Trưởng thôn;Không Rõ;;;
"""


def sent(desk, data, name="phu-trach.csv", **more):
    form = {"kind": "duties", "file": (BytesIO(data), name), **more}
    page = text(desk.submit("/imports", form, form_at="/imports?kind=duties"))
    names = ("kind", "commune", "school", "file_name", "digest", "how")
    return page, {key: hidden_value(page, key) for key in names}


def test_a_sheet_of_duties_is_read_and_our_own_workbook_says_nothing_new(as_officer, ask):
    page, form = sent(as_officer, SHEET.encode())
    assert "Không tìm thấy “Thôn Nào Đó”" in page
    written = as_officer.submit("/imports/confirm", {**form, "good_rows": "1"}, form_at="/imports")
    assert written.status_code == 302
    assert sorted(kept(ask)) == [
        ("Hà Văn Ước", "respected_person", None, None),
        ("Lê Thị Hà", "committee_member", "2025", None),
        ("Vi Văn Sơn", "village_head", "2026-01", None),
    ]
    book = as_officer.get("/duties.xlsx")
    cells = [
        [cell.value for cell in row] for row in load_workbook(BytesIO(book.data)).worksheets[0]
    ]
    assert [row[:4] for row in cells if row[2] == "Vi Văn Sơn"][0] == [
        "Hưng Long",
        "Trưởng thôn",
        "Vi Văn Sơn",
        "0987 000 111",
    ]
    sent(as_officer, book.data, "ai-phu-trach.xlsx")
    assert len(kept(ask)) == 3
    again = text(as_officer.get("/duties"))
    assert "Lê Thị Hà" in again
    assert ask(select(Audit.kind).where(Audit.kind == "import"))


def test_the_workbook_needs_a_commune(make, desk_of, as_viewer):
    nobody = desk_of(make.user("viewer", username="unbound"))
    assert "Chưa có xã nào" in text(nobody.get("/duties"))
    assert nobody.get("/duties.xlsx").status_code == 404
