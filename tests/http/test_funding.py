"""The funding need of a list: whom it counts, who pays what, what is said to be missing, and the
files for the finance office."""

import json
import re
from collections import Counter
from html import unescape
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from server.domain.legal.adding import read_row
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.facts import Place
from server.domain.legal.reading import national_tables
from server.domain.legal.slots import slots
from server.store import roll
from server.store.db import new_id, transaction
from server.store.legal import add_legal_row, legal_tables
from server.store.people import Audit
from tests import homes

DAY = "2026-11-22"
PAGE = f"/lists/funding?on={DAY}"


@pytest.fixture
def people(app, places):
    """In the first village a couple, a farmer's household and a child; a worker in the second."""
    first, second = places.villages
    couple = [homes.expired("Lê Văn Tám", relation="head"), homes.never_had("Hà Thị Hoa")]
    child = homes.never_had("Lê Thị Bé", birth_date="2024-01-10")
    others = [homes.covered("Lê Thị An", "2026-12-10"), homes.person("Lê Thị Én")]
    homes.write(app, first, *couple, child, *others)
    homes.write(app, first, homes.never_had("Vi Văn Nông"), average_farm=True)
    homes.write(app, second, homes.never_had("Vi Văn Công", work="wage_contract"))
    return couple


def text_of(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)[:2000]
    return answer.get_data(as_text=True)


def rows(page, table):
    """The cells of a table of the page, by the words of the first."""
    body = page.partition(f'aria-label="{table}"')[2].partition("<tbody>")[2].partition("</tbody>")
    found = {}
    for row in re.findall(r"<tr.*?</tr>", body[0], re.DOTALL):
        told = re.findall(r"<td.*?</td>", row, re.DOTALL)
        cells = [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in told]
        found[cells[0].strip()] = [" ".join(cell.split()) for cell in cells[1:]]
    return found


def first(pattern, page):
    found = re.search(pattern, page)
    assert found, page
    return unescape(found.group(1))


def test_an_unknown_area_is_not_found(as_officer):
    assert as_officer.get(f"{PAGE}&area={new_id()}").status_code == 404
    refused = as_officer.submit(
        "/lists/funding/export", {"format": "xlsx", "area": new_id()}, form_at="/lists/uninsured"
    )
    assert refused.status_code == 404


def test_anothers_village_is_not_counted(as_surveyor, as_stranger, as_viewer, places, people):
    other = places.villages[1].id
    assert as_surveyor.get(f"{PAGE}&area={other}").status_code == 403
    assert "Không có ai trong danh sách này" in text_of(as_stranger.get(PAGE))
    assert as_viewer.get(PAGE).status_code == 403
    taken = {"format": "xlsx", "area": other}
    refused = as_surveyor.submit("/lists/funding/export", taken, form_at="/lists/uninsured")
    assert refused.status_code == 403


@pytest.mark.parametrize("query", ["months=5", "months=x", "on=2026-13-01"])
def test_what_nobody_offers_is_refused(as_officer, query):
    assert as_officer.get(f"/lists/funding?{query}").status_code == 400


def test_each_group_and_village_of_the_list_says_who_pays_what(as_officer, people):
    page = text_of(as_officer.get(PAGE))
    assert rows(page, "Theo nhóm") == {
        "Hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình": [
            "1", "1.366.200", "409.860", "chưa biết", "0", "nhiều nhất 956.340"],
        "Tham gia theo hộ gia đình": [
            "2", "2.322.540", "0", "chưa biết", "0", "nhiều nhất 2.322.540"],
        "Trẻ em dưới 6 tuổi": ["1", "Ngân sách nhà nước đóng, người dân không phải đóng. Chưa có"
            " mức trong bảng luật."],
        "Người lao động trong doanh nghiệp": ["1", "Đóng theo tiền lương: người sử dụng lao động"
            " hai phần, người lao động một phần."],
        "Cộng": ["5", "3.688.740", "409.860", "chưa biết", "0", "nhiều nhất 3.278.880"],
    }  # fmt: skip
    assert rows(page, "Theo thôn, tổ dân phố") == {
        "Hưng Long": ["4", "1", "3.688.740", "409.860", "chưa biết", "0", "nhiều nhất 3.278.880"],
        "Xuân Thắng": ["1", "1", "chưa có số tiền nào tính được"],
    }
    assert "1 người do ngân sách nhà nước hoặc cơ quan BHXH đóng toàn bộ" in page
    assert "1 người đóng theo tiền lương" in page


def test_what_the_budget_pays_wholly_is_counted_once_its_rate_is_entered(
    app, make, as_officer, people
):
    with app.app_context(), transaction():
        enter_budget_rate("4.5", make.user("admin").id)
    page = text_of(as_officer.get(PAGE))
    told = rows(page, "Theo nhóm")
    assert told["Trẻ em dưới 6 tuổi"] == ["1", "1.366.200", "1.366.200", "0", "0", "0"]
    assert told["Cộng"][:3] == ["5", "5.054.940", "1.776.060"]
    assert "chưa có mức trong bảng luật" not in page
    assert "1 người chưa biết được tỉnh hỗ trợ" not in page
    assert "Tỷ lệ đóng, nhóm ngân sách đóng toàn bộ" in page


def enter_budget_rate(percent, admin):
    slot = slots(legal_tables(), "contribution", DAY, [])["budget_rate"]
    typed = {"value": percent, "valid_from": "2026-07-01", "number": "01/2026/NĐ-CP"}
    paper = {"issuer": "Chính phủ", "issued_on": "2026-06-01", "article": "Điều 1"}
    read = read_row(slot, {**typed, **paper}, DAY)
    assert read.row is not None, read.faults
    assert read.document is not None
    add_legal_row(read.row, read.document, admin)


def test_the_law_and_what_the_list_lacks_stand_below(as_officer, people):
    page = text_of(as_officer.get(PAGE))
    for words in ("2.530.000 đồng mỗi tháng", "4,5", "NĐ 161/2026/NĐ-CP", "Số liệu còn thiếu gì",
                  "1 người chưa được hỏi", "Tỉnh Thanh Hóa hỗ trợ thêm bao nhiêu"):  # fmt: skip
        assert words in page
    assert "Lê Văn Tám" not in page


def test_it_counts_exactly_the_filtered_list(as_officer, as_surveyor, places, people):
    whole = f"{PAGE}&farm=1&months=3"
    assert rows(text_of(as_officer.get(whole)), "Theo nhóm")["Cộng"][:2] == ["1", "341.550"]
    village = f"{PAGE}&area={places.villages[0].id}&list=none"
    assert rows(text_of(as_officer.get(village)), "Theo nhóm")["Cộng"][0] == "3"
    assert rows(text_of(as_surveyor.get(PAGE)), "Theo nhóm")["Cộng"][0] == "4"
    assert rows(text_of(as_officer.get(f"{PAGE}&list=covered")), "Theo nhóm")["Cộng"][0] == "1"


@pytest.mark.parametrize("status", ["uninsured?", "ending?days=60&", "covered?", "not_asked?"])
def test_the_list_leads_to_its_need_and_back(as_officer, people, status):
    listed = text_of(as_officer.get(f"/lists/{status}on={DAY}"))
    page = text_of(as_officer.get(first(r'href="(/lists/funding\?[^"]*)"', listed)))
    assert first(r"(\d+) người trong", listed) in page
    back = text_of(as_officer.get(first(r'href="(/lists/[^"]*)">', page.partition("crumbs")[2])))
    assert first(r"<h1>([^<]*)", back) == first(r"<h1>([^<]*)", listed)


def test_what_the_law_does_not_say_for_the_day_is_counted_without_money(as_officer, people):
    page = text_of(as_officer.get("/lists/funding?on=2027-01-15"))
    assert rows(page, "Theo nhóm")["Tham gia theo hộ gia đình"] == [
        "3", "Chưa biết giá cho ngày này: bảng 'Mức đóng'."]  # fmt: skip
    assert rows(page, "Theo nhóm")["Cộng"] == ["6", "chưa có số tiền nào tính được"]
    assert "4 người chưa biết giá cho ngày này: bảng 'Mức đóng' chưa có giá trị" in unescape(page)


def test_an_open_sponsored_card_pays_its_part(app, make, as_officer, people):
    card = {
        "sponsor": new_id(),
        "sponsor_name": "Hợp tác xã Hưng Long",
        "months": 12,
        "insurance_group": "GD",
        "agreed_on": "2026-11-01",
    }
    open_, lapsed = people
    homes.edit(app, "sponsorship", new_id(), {**card, "member": open_["id"], "amount": 1_000_000})
    late = {**card, "member": lapsed["id"], "amount": 500_000, "ends_on": "2026-11-21"}
    homes.edit(app, "sponsorship", new_id(), late)
    page = text_of(as_officer.get(PAGE))
    assert rows(page, "Theo nhóm")["Tham gia theo hộ gia đình"] == [
        "2", "2.322.540", "0", "chưa biết", "1.000.000", "nhiều nhất 1.322.540"]  # fmt: skip
    assert "suất đã hứa" in page


def test_too_many_people_to_keep_need_the_same(as_officer, people, monkeypatch):
    kept = rows(text_of(as_officer.get(PAGE)), "Theo nhóm")
    monkeypatch.setattr(roll, "MOST_PEOPLE", 0)
    assert rows(text_of(as_officer.get(PAGE)), "Theo nhóm") == kept


def test_the_sums_of_the_uninsured_are_those_of_each_person_asked_alone(app, as_officer, places):
    """A second way: every person's page of prices would say the same, added up by hand."""
    tables = national_tables()
    expected: Counter[str] = Counter()
    for number in range(30):
        farm, adults = number % 3 == 0, number % 6
        group = "GB" if farm else "GD"
        crowd = [homes.never_had(f"Người {number} {n}") for n in range(adults)]
        crowd.append(homes.covered(f"Có thẻ {number}"))
        homes.write(app, places.villages[number % 2], *crowd, average_farm=farm)
        for place in range(1, adults + 1):
            share = contribution(tables, DAY, Payment(group, 6, place, Place("38")))
            assert isinstance(share, Contribution)
            shares = {"total": share.total or 0, "state": share.state, "own": share.own_at_most}
            expected += Counter(people=1, **shares)
    whole = rows(text_of(as_officer.get(f"{PAGE}&months=6")), "Theo nhóm")["Cộng"]
    people, total, state, _local, _other, own = [int(re.sub(r"\D", "", it) or 0) for it in whole]
    assert Counter(people=people, total=total, state=state, own=own) == expected


# Files


def taken(desk, kind, **fields):
    values = {"format": kind, "on": DAY, **fields}
    answer = desk.submit("/lists/funding/export", values, form_at=PAGE)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer


def test_the_workbook_holds_numbers_and_its_notes(as_officer, people):
    book = load_workbook(BytesIO(taken(as_officer, "xlsx").get_data()))
    last = list(book["Theo nhóm"].iter_rows(values_only=True))[-1]
    assert last == ("Cộng", None, 5, 3_688_740, 409_860, None, 0, 3_278_880, 3)
    villages = {row[0]: row[1:] for row in book["Theo thôn"].iter_rows(values_only=True)}
    assert villages["Xuân Thắng"] == (1, 1, 0, None, None, None, None, None, None)
    assert ("Lương cơ sở (mức tham chiếu)" in
            {row[1] for row in book["Căn cứ"].iter_rows(values_only=True)})  # fmt: skip
    told = {row[0]: row[1] for row in book["Ghi chú"].iter_rows(values_only=True) if row[0]}
    assert (told["Số người"], told["Số tháng"], told["Đơn vị tính"]) == ("5", "12", "đồng")
    assert told["Người chưa được hỏi"] == "1"


def paper_text(answer, kind):
    if kind == "docx":
        document = Document(BytesIO(answer.data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    document = pypdfium2.PdfDocument(answer.data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_paper_is_the_communes_report_to_the_finance_office(as_officer, places, people, kind):
    text = paper_text(taken(as_officer, kind, area=places.commune.id, months="6"), kind)
    for words in ("ỦY BAN NHÂN DÂN XÃ THƯỜNG XUÂN", "BÁO CÁO", "Kính gửi: Cơ quan tài chính",
                  "Nhu cầu kinh phí hỗ trợ đóng bảo hiểm y tế", "đóng 6 tháng",
                  "trong ngày 22/11/2026", "1.844.370", "204.930", "1.639.440", "Xuân Thắng",
                  "NĐ 161/2026", "1 người do ngân sách nhà nước", "CHỦ TỊCH"):  # fmt: skip
        assert words in text


def test_the_paper_of_several_communes_is_nobodys_office(make, places, desk_of, app, people):
    homes.write(app, places.other_village, homes.never_had("Lò Văn Xa"))
    desk = desk_of(make.user("admin", areas=[places.province]))
    text = paper_text(taken(desk, "docx"), "docx")
    assert "ỦY BAN NHÂN DÂN" not in text
    assert "(Xã Luận Thành, Xã Thường Xuân)" in text
    assert "NGƯỜI LẬP BIỂU" in text
    assert "Hưng Long, Xã Thường Xuân" in text


def test_a_paper_is_vietnamese_for_whoever_reads_english(as_officer, people):
    as_officer.client.set_cookie("language", "en")
    assert "Tham gia theo hộ gia đình" in paper_text(taken(as_officer, "docx"), "docx")


def test_every_file_is_logged_with_what_it_was_about(as_officer, people, ask):
    taken(as_officer, "xlsx", months="3", list="none")
    [line] = ask(select(Audit.subject, Audit.count, Audit.detail).where(Audit.kind == "export"))
    detail = json.loads(line.detail)
    assert (line.subject, line.count) == ("funding_need", 4)
    assert (detail["months"], detail["format"], detail["key"]) == (3, "xlsx", "none")
    assert ask(select(Audit.id).where(Audit.kind == "look")) == []


def test_who_may_not_take_lists_sees_the_sums_and_takes_nothing(make, places, people, desk_of):
    desk = desk_of(make.user("officer", areas=[places.commune], lists_room=False))
    page = text_of(desk.get(PAGE))
    assert "3.688.740" in page
    assert "/lists/funding/export" not in page
    refused = desk.submit("/lists/funding/export", {"format": "xlsx"}, form_at="/")
    assert refused.status_code == 403


def test_a_file_of_another_kind_is_refused(as_officer, people):
    refused = as_officer.submit(
        "/lists/funding/export", {"format": "csv"}, form_at="/lists/uninsured"
    )
    assert refused.status_code == 400
