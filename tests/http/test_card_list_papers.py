"""The forms of a list at the desk: what is offered, what stands on them, who may take them."""

import json
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from docx import Document
from sqlalchemy import select

from server.store.card_lists import CardList
from server.store.people import Audit
from tests import homes
from tests.http.test_card_lists import (  # noqa: F401
    GB,
    NONE,
    TE,
    hoa,
    people,
    propose,
    sealed,
    text,
)


@pytest.fixture
def at(as_officer, places, people, hoa):  # noqa: F811
    """The draft of a list with one farmer."""
    return propose(as_officer, places)


def book_of(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 200, answer.status
    return openpyxl.load_workbook(BytesIO(answer.data))


def words_of(desk, path):
    """All text of a Word file, tables too."""
    document = Document(BytesIO(desk.get(path).data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_page_offers_every_form_that_there_is(as_officer, at):
    page = text(as_officer.get(at))
    offered = [part.split('"')[0] for part in page.split(f'href="{at}/papers/')[1:]]
    assert offered == ["d03.xlsx", "memo.docx", "memo.pdf", "d03_tk1_63.xlsx"]
    for path in offered:
        assert as_officer.get(f"{at}/papers/{path}").status_code == 200
    assert "Tệp nhập D03-TK1 (63 cột)" in page
    as_officer.client.set_cookie("language", "en")
    assert "D03-TK1 import sheet (63 columns)" in text(as_officer.get(at))


def test_a_draft_says_that_it_is_one_and_a_sealed_list_its_number(as_officer, at, ask):
    draft = as_officer.get(f"{at}/papers/d03.xlsx")
    assert draft.headers["Content-Disposition"].endswith('filename="d03_ban-nhap.xlsx"')
    sealed(as_officer, at)
    done = as_officer.get(f"{at}/papers/d03.xlsx")
    assert 'filename="d03_BP-15646-' in done.headers["Content-Disposition"]
    notes = openpyxl.load_workbook(BytesIO(done.data))["Ghi chú"]
    said = {line[0].value: line[1].value for line in notes.iter_rows()}
    [(digest,)] = ask(select(CardList.digest).where(CardList.id == at.rsplit("/", 1)[-1]))
    assert said["Mã kiểm của các dòng (SHA-256)"] == digest


def test_d03_names_the_farmer_with_the_law_of_the_day(as_officer, at):
    sheet = book_of(as_officer, f"{at}/papers/d03.xlsx")["D03-TS"]
    cells = {cell.value for line in sheet.iter_rows() for cell in line if cell.value}
    assert {"Lò Thị Hoa", "038190000001", "3800000001", "NV-01"} <= cells
    assert "Lương cơ sở: 2.530.000 đồng" in cells
    assert "Mã đối tượng: GB" in cells
    assert "Tỷ lệ NSNN hỗ trợ quy định: 30\u00a0%" in cells


def test_the_memo_has_the_number_it_was_submitted_with(as_officer, at):
    assert "Số: ……/TTr-VHXH" in words_of(as_officer, f"{at}/papers/memo.docx")
    sealed(as_officer, at)
    told = words_of(as_officer, f"{at}/papers/memo.docx")
    assert "Số: 12/TTr-UBND" in told
    assert "gồm 1 người: tăng 1, giảm 0" in told


def test_a_child_without_a_number_declares_with_its_household(app, as_officer, places, people):  # noqa: F811
    home = people.farm_home()
    people.farmer("Lò Thị Hoa", home, relation="head")
    soldier, known = (people.farmer("Lò Văn Quân", home, relation="child") for _ in range(2))
    people.make.write(people.by, "entitlement", {"member": known, "kind": "armed_forces"})
    homes.edit(app, "member", known, {"merged_into": soldier})
    people.child("Lò Văn Bé", home)
    at = propose(as_officer, places, TE)
    told = words_of(as_officer, f"{at}/papers/tk1.docx?from=1")
    assert "LÒ VĂN BÉ" in told
    assert "Thành viên hộ gia đình".upper() in told
    assert "Lò Thị Hoa" in told
    assert "Lò Văn Quân" not in told
    document = pypdfium2.PdfDocument(as_officer.get(f"{at}/papers/tk1.pdf").data)
    pages = len(document)
    document.close()
    assert pages == 2
    assert as_officer.get(f"{at}/papers/tk1.docx?from=2").status_code == 404


def test_who_joins_the_forces_while_the_list_is_a_draft_stops_its_papers(
    as_officer,
    at,
    people,  # noqa: F811
    hoa,  # noqa: F811
):
    people.make.write(people.by, "entitlement", {"member": hoa, "kind": "armed_forces"})
    answer = as_officer.get(f"{at}/papers/d03.xlsx")
    assert answer.status_code == 409
    assert "lực lượng vũ trang" in answer.get_data(as_text=True)


def test_a_sealed_list_stays_the_paper_it_was(as_officer, at, people, hoa):  # noqa: F811
    sealed(as_officer, at)
    people.make.write(people.by, "entitlement", {"member": hoa, "kind": "armed_forces"})
    assert as_officer.get(f"{at}/papers/d03.xlsx").status_code == 200


@pytest.mark.parametrize(
    "path", ["d03.pdf", "memo.xlsx", "tk1.docx", "song.docx", "d03.txt", "tk1.pdf?from=x"]
)
def test_what_is_no_paper_of_the_list_is_not_found(as_officer, at, path):
    assert as_officer.get(f"{at}/papers/{path}").status_code == 404


def test_papers_stay_with_the_office_of_the_commune(as_officer, as_stranger, as_viewer, at):
    assert as_officer.get(f"/card-lists/{NONE}/papers/d03.xlsx").status_code == 404
    assert as_stranger.get(f"{at}/papers/d03.xlsx").status_code == 403
    assert as_viewer.get(f"{at}/papers/d03.xlsx").status_code == 403


def test_who_took_the_list_away_is_noted(as_officer, at, ask):
    as_officer.get(f"{at}/papers/d03.xlsx")
    told = select(Audit.detail, Audit.count).where(Audit.subject == at.rsplit("/", 1)[-1])
    looks = [json.loads(detail) for detail, count in ask(told) if detail and count == 1]
    assert {"of": "card_list", "format": "xlsx", "paper": "d03"} in looks
