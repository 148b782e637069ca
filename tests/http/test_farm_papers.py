"""The papers of the farm procedure: what stands on them, in Word and in PDF, and how many pages."""

from ctypes import create_string_buffer
from io import BytesIO

import pypdfium2
import pypdfium2.raw as raw
import pytest
from docx import Document
from docx.oxml.ns import qn

from server.pages.papers.blocks import Annex, Column, Paper, Table, para
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from tests.http.test_farm_board import three, together  # noqa: F401
from tests.http.test_farm_requests import (  # noqa: F401
    approved,
    asked,
    check,
    desk,
    home,
    on,
    page_of,
    posted,
    request_id,
    step,
)

POSTING = "/farm/papers/posting.{}?day=2026-11-16"
DECISION = "/farm/papers/decision.{}?number=05/QĐ-UBND"
APPROVED = "/farm/papers/approved.{}?number=05/QĐ-UBND"


def word(desk, path):  # noqa: F811
    """All text of the Word file, tables too."""
    answer = desk.get(path.format("docx"))
    assert answer.status_code == 200
    document = Document(BytesIO(answer.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def pdf(desk, path):  # noqa: F811
    """The text of the PDF in one line, and its number of pages."""
    answer = desk.get(path.format("pdf"))
    assert answer.status_code == 200
    document = pypdfium2.PdfDocument(answer.data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    text = " ".join(" ".join(pages).split())
    count = len(document)
    document.close()
    return text, count


def test_the_request_is_ready_to_sign(desk, request_id):  # noqa: F811
    path = f"{page_of(request_id)}/papers/request.{{}}"
    text, pages = pdf(desk, path)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "GIẤY ĐỀ NGHỊ",
        "Kính gửi: Chủ tịch Ủy ban nhân dân xã Thường Xuân",
        "Lê Văn Tám",
        "Hưng Long, ngày 02 tháng 11 năm 2026",
    ):
        assert words in text
        assert words in word(desk, path)
    assert pages == 1


def test_the_posting_names_the_days_and_no_income(desk, posted):  # noqa: F811
    text, pages = pdf(desk, POSTING)
    for words in ("THÔNG BÁO", "từ ngày 16/11/2026 đến hết ngày 23/11/2026", "Đủ điều kiện"):
        assert words in text
        assert words in word(desk, POSTING)
    assert "1.966.666" not in text
    assert pages == 1


def test_no_table_of_a_word_paper_is_wider_than_the_text():
    wide = [Column(f"Cột {number}", 60) for number in range(5)]
    made = word_file(Paper("rong", "Rộng", [Table(wide, [("a",) * 5])]))
    document = Document(BytesIO(made))
    section = document.sections[0]
    width, left, right = section.page_width, section.left_margin, section.right_margin
    assert width
    assert left
    assert right
    assert sum(column.width or 0 for column in document.tables[0].columns) <= width - left - right


def test_a_posting_over_a_day_that_may_be_off_names_both_ends(desk, home, make, on):  # noqa: F811
    """24/11/2026 becomes a day off only once the labour code is amended."""
    later = asked(make, desk, home)
    on("2026-11-19")
    check(desk, later)
    step(desk, later, "post")
    both = "đến hết ngày 26/11/2026 (đến hết ngày 27/11/2026 nếu ngày 24/11/2026 là ngày nghỉ)"
    posting = POSTING.replace("2026-11-16", "2026-11-19")
    assert both in word(desk, posting)
    assert both in pdf(desk, posting)[0]
    for page in (desk.get(page_of(later)).text, desk.get("/farm").text):
        assert "hoặc 27/11/2026, nếu ngày chưa chắc là ngày nghỉ" in page


def test_the_decision_has_its_number_and_its_annex(desk, approved):  # noqa: F811
    text, pages = pdf(desk, DECISION)
    for words in (
        "Số: 05/QĐ-UBND",
        "Thường Xuân, ngày 24 tháng 11 năm 2026",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ THƯỜNG XUÂN",
        "từ ngày 24/11/2026 (có danh sách kèm theo)",
        "Kèm theo Quyết định số 05/QĐ-UBND ngày 24/11/2026",
    ):
        assert words in text
        assert words in word(desk, DECISION)
    assert pages == 2


def test_the_annex_is_a_section_of_its_own_numbered_from_one(desk, approved):  # noqa: F811
    document = Document(BytesIO(desk.get(DECISION.format("docx")).data))
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in document.sections]
    assert [start is not None for start in starts] == [False, True]
    assert starts[1].get(qn("w:start")) == "1"


def test_pages_of_an_annex_are_numbered_on_their_own():
    rows = [(str(number), "Lê Văn Tám") for number in range(100)]
    table = Table((Column("TT", 20), Column("Chủ hộ", 140)), rows)
    paper = Paper("dai", "Dài", [para("Căn cứ. " * 900), Annex(), table])
    document = pypdfium2.PdfDocument(pdf_file(paper))
    ends = [page.get_textpage().get_text_bounded().split()[-1] for page in document]
    count = len(document)
    document.close()
    annex = ends[-3:]
    assert (ends[1], annex[1:]) == ("2", ["2", "3"])
    assert annex[0] == "Tám"
    assert count > 4


def test_the_approved_are_announced(desk, approved):  # noqa: F811
    text, pages = pdf(desk, APPROVED)
    assert "1 hộ được công nhận" in text
    assert "Lê Văn Tám" in word(desk, APPROVED)
    assert pages == 1


def test_a_refusal_gives_its_reason(desk, request_id):  # noqa: F811
    check(desk, request_id, in_sector="no")
    path = f"{page_of(request_id)}/papers/refusal.{{}}"
    assert desk.get(path.format("pdf")).status_code == 404
    step(desk, request_id, "refuse", day="2026-11-16", text="Không làm nông nghiệp")
    text, pages = pdf(desk, path)
    assert "Lý do: Không làm nông nghiệp." in text
    assert "không công nhận" in word(desk, path)
    assert pages == 1


def test_one_decision_gathers_all_its_households(desk, three, on):  # noqa: F811
    for id_ in three:
        check(desk, id_)
    together(desk, three, "post", "checked", day="2026-11-16")
    on("2026-11-24")
    together(desk, three, "approve", "posted", day="2026-11-24", number="05/QĐ-UBND")
    text, _pages = pdf(desk, DECISION)
    assert all(f"Lê Văn {number}" in text for number in range(3))
    listed = desk.get("/farm/papers").text
    assert "05/QĐ-UBND" in listed


def test_the_page_of_papers_lists_what_is_posted(desk, posted):  # noqa: F811
    assert "16/11/2026" in desk.get("/farm/papers").text


def test_the_pdf_carries_its_own_letters(desk, posted):  # noqa: F811
    document = pypdfium2.PdfDocument(desk.get(POSTING.format("pdf")).data)
    fonts = {name_of(text) for text in document[0].get_objects([raw.FPDF_PAGEOBJ_TEXT])}
    names = {name.partition("+")[2] for name in fonts}
    assert names == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}


def name_of(text):
    """The font of a piece of text, as the file calls it."""
    font = raw.FPDFTextObj_GetFont(text.raw)
    name = create_string_buffer(raw.FPDFFont_GetBaseFontName(font, None, 0))
    raw.FPDFFont_GetBaseFontName(font, name, len(name))
    return name.value.decode()


@pytest.mark.parametrize(
    "path", ["/farm/papers/song.pdf", "/farm/papers/decision.pdf?number=9", POSTING.format("txt")]
)
def test_what_is_no_paper_is_not_found(desk, posted, path):  # noqa: F811
    assert desk.get(path).status_code == 404


def test_papers_stay_in_the_commune(as_stranger, as_viewer, posted):  # noqa: F811
    path = f"{page_of(posted)}/papers/request.pdf"
    assert as_stranger.get(path).status_code == 403
    assert as_stranger.get("/farm/requests/x/papers/request.pdf").status_code == 404
    assert as_stranger.get(POSTING.format("pdf")).status_code == 404
    for page in ("/farm/papers", POSTING.format("pdf")):
        assert as_viewer.get(page).status_code == 403
