"""'Còn thiếu ai': heads instead of percent, the same numbers as the coverage page, and who they are
for whoever may know."""

import re
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from flask_login import login_user
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select

from server.steering.doors import asked_for
from server.steering.picture import picture_pdf
from server.store.db import db, new_id, reading
from server.store.duties import DutyRow
from server.store.people import Audit
from server.store.plans import Target
from server.store.steering.heads import heads_board
from tests import homes
from tests.silent_law import silence

DAY = "2026-11-22"
NAMES = ("Bé Na", "Ông Nghèo", "Em Học", "Chị Vừa Hết", "Anh Khác")


@pytest.fixture
def people(app, make, places):
    """Hưng Long: nine people, five without a card, one of each kind; two known to nobody."""
    first, second = places.villages
    homes.write(
        app,
        first,
        homes.covered("Lê Thị An"),
        homes.covered("Lê Văn Bình"),
        homes.never_had("Bé Na", birth_date="2023-05-01", birth_registration="none"),
        homes.expired("Chị Vừa Hết", "2026-10-31", birth_date="1990", phone="0912345678"),
        homes.never_had("Anh Khác", birth_date="1988-02-03", uninsured_reason="away"),
        homes.never_had("Em Học", birth_date="2014-02-03", work="pupil", school_other="Trường Xa"),
        homes.person("Lê Thị Én"),
        homes.person("Lê Văn Rõ", insurance_answer="has_card", insurance_asked_on="2026-11-01"),
        code="HL-01",
    )
    homes.write(app, first, homes.never_had("Ông Nghèo", birth_date="1960"), living_class="poor")
    homes.write(app, second, homes.covered("Vi Thị Khuyên"))
    plan = {"indicator": "bhyt_coverage", "year": 2026, "source": "Kế hoạch xã"}
    make.add(Target(area_id=first.id, population=10, planned=9, deadline="2026-12-31", **plan))
    make.add(DutyRow(area_id=first.id, kind="village_head", full_name="Vi Văn Trưởng",
                     phone="0987000111"))  # fmt: skip


def opened(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 200, answer.text[:2000]
    return re.sub(r"[ \n]+", " ", answer.text)


def test_a_village_is_told_in_heads_by_kind_and_what_winning_them_brings(
    as_officer, places, people
):
    page = opened(as_officer, f"/heads?area={places.commune.id}&on={DAY}")
    assert (
        "Còn thiếu 7 người; chưa có thẻ 5 người: 1 trẻ dưới 6 tuổi, 1 người nghèo,"
        " 1 học sinh sinh viên, 1 hết hạn chưa quá 90 ngày, 1 người khác;"
        " vận động xong đạt 70,00\xa0%; vẫn thiếu 2 người" in page
    )
    assert "hạn 31/12/2026, còn 39 ngày. Đứng bên cạnh: 1 chưa rõ hạn, 1 chưa hỏi." in page
    assert "Vi Văn Trưởng" in page
    assert not [name for name in NAMES if name in page]


def test_the_heads_are_those_of_the_coverage_page(as_officer, places, people, phone_of):
    asked = f"area={places.commune.id}&on={DAY}"
    answer = phone_of(as_officer.user).get(f"/api/v1/coverage?{asked}").get_json()
    taken = as_officer.submit(
        "/heads/export", {"area": places.commune.id, "on": DAY}, form_at=f"/heads?{asked}"
    )
    sheet: Any = load_workbook(BytesIO(taken.data))["Còn thiếu ai"]
    head, *rows = sheet.iter_rows(values_only=True)
    at = {name: head.index(name) for name in head}
    told = {row[0]: row for row in rows}
    for row in [*answer["rows"], answer["total"]]:
        line = told["Cộng" if row is answer["total"] else row["area"]["name"]]
        counts = row["counts"]
        assert line[at["Đang có thẻ"]] == counts["covered"]
        assert line[at["Chưa có thẻ"]] == counts["uninsured"]
        kinds = line[at["Chưa có thẻ"] + 1 : at["Chưa rõ hạn"]]
        assert sum(kinds) == counts["expired"] + counts["none"]
        assert line[at["Chưa hỏi"]] == counts["not_asked"]
        target = row["target"] or {}
        assert line[at["Còn thiếu so với chỉ tiêu"]] == target.get("heads_missing")


def test_a_village_names_whom_it_can_win_with_the_next_step(as_officer, places, people, ask):
    village = places.villages[0]
    page = opened(as_officer, f"/heads/{village.id}?on={DAY}")
    order = [page.index(name) for name in NAMES]
    assert order == sorted(order)
    assert "Chưa có giấy khai sinh: nhắc gia đình đăng ký" in page
    assert 'href="tel:0912345678"' in page
    assert "Đi vắng" in page
    assert "0987000111" in page
    assert "Lê Thị Én" not in page
    looks = ask(select(Audit.count, Audit.area_id).where(Audit.subject == "heads"))
    assert looks == [(5, village.id)]


def test_a_viewer_sees_numbers_and_who_answers_but_no_resident(as_viewer, places, people, ask):
    village = places.villages[0]
    pages = [opened(as_viewer, path) for path in (
        f"/heads?area={places.commune.id}&on={DAY}", f"/heads/{village.id}?on={DAY}")]  # fmt: skip
    for page in pages:
        assert "Vi Văn Trưởng" in page
        assert not [name for name in NAMES if name in page]
    assert ask(select(Audit.id).where(Audit.subject == "heads")) == []
    form = {"csrf_token": "", "format": "xlsx"}
    taken = as_viewer.submit(f"/heads/{village.id}/export", form, form_at="/heads")
    assert taken.status_code in (400, 403)


def test_the_names_are_taken_away_as_a_sheet_and_as_one_page(as_officer, places, people, ask):
    village = places.villages[0]
    at = f"/heads/{village.id}"
    book, paper = (
        as_officer.submit(f"{at}/export", {"format": kind, "on": DAY}, form_at=f"{at}?on={DAY}")
        for kind in ("xlsx", "pdf")
    )
    rows = list(load_workbook(BytesIO(book.data))["Danh sách"].iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == list(NAMES)
    document = pypdfium2.PdfDocument(paper.data)
    text = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    assert "LƯU HÀNH NỘI BỘ" in text
    assert [name for name in NAMES if name not in text] == []
    assert "0912345678" not in text
    acts = ask(select(Audit.count).where(Audit.kind == "export", Audit.subject == "heads"))
    assert acts == [(5,), (5,)]


def test_a_full_page_stays_one_page(app, as_officer, places):
    village = places.villages[0]
    name = "Nguyễn Hoàng Phương Thảo Nguyên Khánh"
    for number in range(45):
        homes.write(app, village, homes.never_had(f"{name} {number}", uninsured_reason="other"),
                    code=f"HỘ-THÔN-HƯNG-LONG-{number}", hamlet="Xóm Suối Mơ Trên")  # fmt: skip
    at = f"/heads/{village.id}"
    paper = as_officer.submit(f"{at}/export", {"format": "pdf"}, form_at=at)
    document = pypdfium2.PdfDocument(paper.data)
    assert len(document) == 1
    assert "Và 21 người nữa" in document[0].get_textpage().get_text_range()


def test_where_the_law_has_no_gap_nobody_is_said_to_have_lapsed_lately(
    app, as_admin, as_officer, places, people
):
    silence(app, as_admin.user.id, "card_start", DAY, "gap_waiting_days")
    page = opened(as_officer, f"/heads?area={places.commune.id}&on={DAY}")
    assert "Chưa biết cho ngày này" in page
    assert "2 người khác" in page
    assert "1 hết hạn chưa quá" not in page


def test_who_may_not_see_a_place_sees_nothing_of_it(as_stranger, as_officer, client, places):
    village = places.villages[0]
    asked = f"area={places.commune.id}"
    for path in (f"/heads?{asked}", f"/heads/{village.id}", f"/heads/picture.png?{asked}"):
        assert as_stranger.get(path).status_code == 403
    form = {"area": places.commune.id, "format": "xlsx"}
    for path in ("/heads/export", f"/heads/{village.id}/export"):
        assert as_stranger.submit(path, form, form_at="/lists/uninsured").status_code == 403
    assert client.get("/heads").status_code == 302


def test_what_is_no_place_is_not_found(as_officer, places):
    for path in (f"/heads?area={new_id()}", f"/heads/{new_id()}", f"/heads/{places.commune.id}"):
        assert as_officer.get(path).status_code == 404
    path = f"/heads/{new_id()}/export"
    gone = as_officer.submit(path, {"format": "xlsx"}, form_at="/lists/uninsured")
    assert gone.status_code == 404
    assert as_officer.get("/heads?on=2026").status_code == 400


def test_the_picture_tells_the_numbers_and_nobodys_data(app, as_viewer, places, people):
    answer = as_viewer.get(f"/heads/picture.png?area={places.commune.id}&on={DAY}")
    image = Image.open(BytesIO(answer.data))
    assert (answer.mimetype, image.format, image.width) == ("image/png", "PNG", 1080)
    assert 600 < image.height < 2400
    with app.test_request_context(), reading():
        login_user(db.session.merge(as_viewer.user))
        asked = asked_for(places.commune.id, DAY)
        document = pypdfium2.PdfDocument(picture_pdf(asked, heads_board(asked.ground, asked.day)))
        text = " ".join(document[0].get_textpage().get_text_range().split())
        document.close()
    assert "Hưng Long" in text
    assert "Còn thiếu 7 người; chưa có thẻ 5 người: 1 trẻ dưới 6 tuổi" in text
    assert "Phụ trách: Vi Văn Trưởng" in text
    assert "22/11/2026" in text
    assert "Số liệu còn thiếu: 1 người chưa hỏi." in text
    assert [name for name in (*NAMES, "Lê ", "0912345678", "0987000111") if name in text] == []


def test_the_message_to_be_pasted_names_no_resident(as_officer, places, people):
    page = opened(as_officer, f"/heads?area={places.commune.id}&on={DAY}")
    told = page.partition('id="message"')[2].partition("</textarea>")[0]
    assert "- Hưng Long: còn thiếu 7 người; chưa có thẻ 5 người" in told
    assert "hạn 31/12/2026, còn 39 ngày; phụ trách: Vi Văn Trưởng" in told
    assert [name for name in (*NAMES, "0912345678", "0987000111") if name in told] == []
