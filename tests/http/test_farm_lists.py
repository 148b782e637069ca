"""The register and the campaign list to take away: Word, PDF and Excel."""

from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from server.farm import lists
from server.store.people import Audit
from tests.http.test_farm_requests import (  # noqa: F401
    approved,
    check,
    desk,
    home,
    on,
    page_of,
    request_id,
    step,
)

REGISTER, CAMPAIGN = "/farm/register", "/farm/campaign"
BOTH = pytest.mark.parametrize("path", [REGISTER, CAMPAIGN])


@pytest.fixture
def recognised(desk, home, make):  # noqa: F811
    make.write(desk.user, "household", {"average_farm": True}, record=home)


def taken(desk, path, form, **asked):  # noqa: F811
    return desk.submit(f"{path}/export", {"format": form, **asked}, form_at=path)


def pdf(desk, path):  # noqa: F811
    document = pypdfium2.PdfDocument(taken(desk, path, "pdf").data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def word(desk, path, **asked):  # noqa: F811
    document = Document(BytesIO(taken(desk, path, "docx", **asked).data))
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def excel(desk, path):  # noqa: F811
    """The rows of the first sheet, and the notes."""
    table, notes = load_workbook(BytesIO(taken(desk, path, "xlsx").data)).worksheets
    told = {str(row[0]): row[1] for row in notes.iter_rows(values_only=True)}
    return list(table.iter_rows(values_only=True)), told


def test_the_register_stands_on_paper_with_its_decisions(desk, request_id, on):  # noqa: F811
    check(desk, request_id)
    step(desk, request_id, "post", day="2026-11-16")
    on("2026-11-24")
    values = {"day": "2026-11-24", "number": "05/QĐ-UBND", "valid_to": "2027-01-10"}
    step(desk, request_id, "approve", **values)
    text = pdf(desk, REGISTER)
    for words in ("ỦY BAN NHÂN DÂN", "DANH SÁCH", "05/QĐ-UBND (24/11/2026)", "10/01/2027"):
        assert words in text
    assert "05/QĐ-UBND (24/11/2026)" in word(desk, REGISTER)
    rows, _notes = excel(desk, REGISTER)
    assert rows[1][5:] == ("05/QĐ-UBND", *("24/11/2026",) * 2, "10/01/2027", "sắp hết hiệu lực")


def test_the_campaign_list_says_what_joining_costs(desk, recognised):  # noqa: F811
    text = pdf(desk, CAMPAIGN)
    for words in ("Lê Văn Tám", "1.366.200", "nhiều nhất 956.340", "không niêm yết công khai"):
        assert words in text
    assert "341.550" in word(desk, CAMPAIGN, months="3")
    rows, notes = excel(desk, CAMPAIGN)
    assert ("Lê Văn Tám", 1_366_200, 409_860, None, 956_340) in [
        (row[2], *row[7:11]) for row in rows
    ]
    assert notes["Số dòng"] == str(len(rows) - 1)


@BOTH
def test_what_is_taken_away_is_noted(desk, recognised, ask, path):  # noqa: F811
    taken(desk, path, "pdf")
    acts = ask(select(Audit.subject, Audit.count).where(Audit.kind == "export"))
    assert [(one, count > 0) for one, count in acts] == [(path[1:].replace("/", "_"), True)]


@BOTH
def test_a_list_too_long_for_paper_is_offered_as_excel(desk, recognised, monkeypatch, path):  # noqa: F811
    monkeypatch.setattr(lists, "MOST_PRINTED", 0)
    answer = taken(desk, path, "docx")
    assert (answer.status_code, answer.location) == (302, path)
    assert "Danh sách dài quá để in" in desk.get(path).text
    assert taken(desk, path, "xlsx").status_code == 200


@BOTH
def test_lists_are_for_who_may_in_forms_there_are(desk, as_viewer, recognised, path):  # noqa: F811
    form = {"format": "pdf"}
    assert as_viewer.submit(f"{path}/export", form, form_at="/account").status_code == 403
    assert taken(desk, path, "odt").status_code == 400
    assert taken(desk, path, "pdf", village="nowhere").status_code in (403, 404)
    assert "Tải Word" in desk.get(path).text
