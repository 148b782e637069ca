"""Reports: frozen once, told again to the digit, late data in the next one on their own line."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from schemas.kinds import Indicator
from server.domain.reports.kinds import kinds
from server.store.db import new_id, now, timestamp, today
from server.store.duties import DutyRow
from server.store.plans import Figure, Target
from server.store.reports import Report
from tests import homes

MONTHLY, WEEKLY = "monthly_commune", "weekly_bhxh"


def last_period(kind):
    """The last day of the period before the running one."""
    it = kinds()[kind]
    return it.before(it.period(today())).last_day


def freeze(desk, kind, place, day=None):
    """The page of a report frozen at the desk."""
    path = f"/reports/new/{kind}"
    told = {"place": place, "on": day or today(), "once": new_id()}
    answer = desk.submit(path, told, form_at=f"{path}?place={place}")
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.headers["Location"]


@pytest.fixture
def people(app, make, places):
    """Hưng Long is to have three of four; two have a card, one has not, one was not asked."""
    first, _second = places.villages
    homes.write(
        app,
        first,
        homes.covered("Lê Thị An"),
        homes.covered("Lê Văn Bình"),
        homes.never_had("Lê Thị Cúc", uninsured_reason="cannot_afford"),
        homes.person("Lê Văn Dũng"),
    )
    plan = {"indicator": Indicator.BHYT_COVERAGE, "source": "Kế hoạch xã", "population": 4}
    for area in (first, places.commune):
        make.add(Target(area_id=area.id, year=int(today()[:4]) - 1, planned=3, **plan))


def test_late_data_stand_in_the_next_report_on_their_own_line(
    app, as_officer, places, people, lan, minh
):
    home = lan.household(places.villages[0].id)
    person = lan.member(home, since="2025")
    lan.sync()
    minh.sync()
    minh.clock = timestamp(now() - timedelta(hours=1))
    minh.card(person, valid_from="2025-01-01", valid_to="2099-12-31")
    freeze(as_officer, MONTHLY, places.commune.id, last_period(MONTHLY))
    minh.sync()

    page = as_officer.get(freeze(as_officer, MONTHLY, places.commune.id)).get_data(as_text=True)

    line = page.split("Số liệu của kỳ trước về muộn: tình trạng thẻ được sửa")[1][:120]
    assert ">+1<" in line
    assert "Tính lại từ sổ thay đổi: đúng từng số đã chốt." in page


def test_a_friday_report_says_that_two_phones_are_silent(
    make, as_surveyor, as_bhxh, places, people
):
    make.device(as_surveyor.user, unsent=14, last_sync_at=now())
    make.device(as_surveyor.user, last_sync_at=now() - timedelta(days=9))
    report = freeze(as_bhxh, WEEKLY, places.unit.id)

    text = words_of(as_bhxh.get(f"{report}/file.pdf").data)

    assert "2 điện thoại chưa đồng bộ hoặc còn giữ thay đổi; 14 thay đổi chưa gửi về" in text
    assert "KẾT QUẢ BAO PHỦ BẢO HIỂM Y TẾ CỦA XÃ THƯỜNG XUÂN" in text
    assert "Kết quả phát triển người tham gia bảo hiểm y tế tuần" in text


def words_of(pdf):
    """The text of all pages, on one line."""
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_pdf_word_workbook_and_page_tell_the_same_numbers(as_officer, places, people):
    report = freeze(as_officer, MONTHLY, places.commune.id)
    page = as_officer.get(report).get_data(as_text=True)
    told = "có 2 người có thẻ bảo hiểm y tế còn hạn trên 4 người dân số giao, đạt 50,00\u00a0%"
    assert f"{told}; còn thiếu 1 người so với chỉ tiêu" in page
    assert "Lý do chưa có thẻ: " in page
    pdf = words_of(as_officer.get(f"{report}/file.pdf").data).replace("\u00a0", " ")
    assert told.replace("\u00a0", " ") in pdf
    assert as_officer.get(f"{report}/file.docx").data[:2] == b"PK"
    book = openpyxl.load_workbook(BytesIO(as_officer.get(f"{report}/file.xlsx").data))
    rows = {row[0]: row[1:7] for row in book["Kết quả"].values}
    assert rows["Hưng Long"] == (4, 3, 2, "50,00\u00a0%", 1, "chưa đạt")
    assert rows["Cộng"] == (4, 3, 2, "50,00\u00a0%", 1, "chưa đạt")
    assert "Có 0 trên 1 thôn, tổ dân phố đạt chỉ tiêu. Còn 1 người chưa có thẻ" in page


def test_what_only_the_insurance_knows_stands_beside_with_its_day(make, as_bhxh, places, people):
    told = {"indicator": Indicator.VOLUNTARY_SOCIAL_INSURANCE, "source": "BHXH Thường Xuân"}
    make.add(Figure(area_id=places.commune.id, on="2026-10-31", count=120, denominator=900, **told))
    report = freeze(as_bhxh, WEEKLY, places.unit.id)
    text = words_of(as_bhxh.get(f"{report}/file.pdf").data).replace("\u00a0", " ")
    for place in (text, as_bhxh.get(report).get_data(as_text=True).replace("\u00a0", " ")):
        for words in ("Bảo hiểm xã hội tự nguyện", "31/10/2026", "120", "900", "13,33 %"):
            assert words in place
    book = openpyxl.load_workbook(BytesIO(as_bhxh.get(f"{report}/file.xlsx").data))
    assert list(book["BHXH công bố"].values)[1][3:5] == (120, 900)


def test_the_meeting_sheet_tells_heads_deadlines_and_who_answers(make, as_officer, places, people):
    first, second = places.villages
    plan = {"indicator": Indicator.BHYT_COVERAGE, "source": "Kế hoạch xã", "population": 4}
    year = int(today()[:4])
    make.add(Target(area_id=first.id, year=year, planned=3, deadline=f"{year}-01-31", **plan))
    make.add(
        DutyRow(area_id=first.id, kind="village_head", full_name="Vi Văn Trưởng", phone="0912")
    )
    report = freeze(as_officer, "meeting_sheet", places.commune.id)
    pdf = as_officer.get(f"{report}/file.pdf").data
    text = words_of(pdf).replace("\u00a0", " ")
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    for words in ("TỜ HỌP BAN CHỈ ĐẠO", "2 / 3", "1: 1 khác", "75,00", "Vi Văn Trưởng (0912)"):
        assert words in text
    assert f"31/01/{year}" in text
    assert "Lê Thị Cúc" not in text


def test_what_is_put_right_later_changes_no_frozen_report(app, as_officer, places, people, ask):
    report = freeze(as_officer, MONTHLY, places.commune.id)
    before = as_officer.get(f"{report}/file.pdf").data
    homes.write(app, places.villages[1], homes.covered("Vi Thị Khuyên"))
    assert words_of(as_officer.get(f"{report}/file.pdf").data) == words_of(before)
    assert "đúng từng số đã chốt" in as_officer.get(report).get_data(as_text=True)
    [(id_,)] = ask(Report.__table__.select().with_only_columns(Report.id))
    since = as_officer.get(f"/changed?since={id_}").get_data(as_text=True)
    assert "Vi Thị Khuyên" in since


def test_a_form_sent_twice_freezes_once(as_officer, places, people, ask):
    path = f"/reports/new/{MONTHLY}"
    told = {"place": places.commune.id, "on": today(), "once": new_id()}
    answers = [as_officer.submit(path, told, form_at=path) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {f"/reports/{told['once']}"}
    assert len(ask(Report.__table__.select())) == 1


def test_number_day_and_signer_are_typed_on_the_paper(as_officer, places, people):
    report = freeze(as_officer, MONTHLY, places.commune.id)
    typed = {
        "number": "15/BC-UBND",
        "signed_on": "2026-11-30",
        "signer": "Lò Văn Chủ Tịch",
        "difficulties": "Đường vào bản bị sạt lở.",
    }
    as_officer.submit(f"{report}/paper", typed, form_at=report)
    text = words_of(as_officer.get(f"{report}/file.pdf").data)
    for words in ("15/BC-UBND", "ngày 30 tháng 11 năm 2026", *list(typed.values())[2:]):
        assert words in text
    wrong = as_officer.submit(f"{report}/paper", {"signed_on": "hôm qua"}, form_at=report)
    assert "Chưa lưu được" in wrong.get_data(as_text=True)


def test_what_is_owed_is_on_the_page_until_it_is_frozen(as_officer, places, people):
    assert "chưa lập" in as_officer.get("/reports").get_data(as_text=True)
    freeze(as_officer, MONTHLY, places.commune.id)
    assert "đã chốt" in as_officer.get("/reports").get_data(as_text=True)


def test_others_read_only_what_is_theirs(
    as_officer, as_bhxh, as_viewer, as_surveyor, as_stranger, places, people
):
    report = freeze(as_officer, MONTHLY, places.commune.id)
    for reader in (as_viewer, as_bhxh):
        assert reader.get(report).status_code == 200
        assert "Ghi trên giấy" not in reader.get(report).get_data(as_text=True)
    for path in (report, f"{report}/file.pdf"):
        assert as_stranger.get(path).status_code == 403
        assert as_officer.get(path.replace(report[-36:], new_id())).status_code == 404
    assert as_officer.get(f"{report}/file.exe").status_code == 404
    assert as_viewer.submit(f"{report}/paper", {}, form_at="/account").status_code == 403
    missing = as_officer.submit(f"/reports/{new_id()}/paper", {}, form_at="/account")
    assert missing.status_code == 404
    assert as_surveyor.get("/reports").status_code == 200


def test_nobody_reads_reports_without_signing_in(client):
    page = client.get("/reports")
    assert (page.status_code, "/sign-in" in page.headers["Location"]) == (302, True)


def test_who_may_not_make_a_report_makes_none(as_officer, as_viewer, as_stranger, as_bhxh, places):
    place = places.commune.id
    assert as_officer.get("/reports/new/unheard").status_code == 404
    assert as_officer.get(f"/reports/new/{WEEKLY}?place={places.unit.id}").status_code in (403, 404)
    for desk in (as_viewer, as_stranger, as_bhxh):
        path = f"/reports/new/{MONTHLY}"
        assert desk.get(f"{path}?place={place}").status_code == 403
        assert desk.submit(path, {"place": place}, form_at="/account").status_code == 403
    unheard = as_officer.submit("/reports/new/unheard", {}, form_at="/account")
    assert unheard.status_code == 404
    tomorrow = as_officer.get(f"/reports/new/{MONTHLY}?on=2999-01-01")
    assert tomorrow.status_code == 400


def test_the_start_page_reminds_of_a_report_that_is_late(as_officer, places, people, make):
    it = kinds()[MONTHLY]
    before_last = it.before(it.period(last_period(MONTHLY))).last_day
    freeze(as_officer, MONTHLY, places.commune.id, before_last)
    page = as_officer.get("/").get_data(as_text=True)
    assert "Báo cáo phải nộp" in page
    assert "1 báo cáo quá hạn" in page
    freeze(as_officer, MONTHLY, places.commune.id, last_period(MONTHLY))
    assert "báo cáo quá hạn" not in as_officer.get("/").get_data(as_text=True)
