"""The letter to a school: its pupils without a card, of one commune, and nobody else."""

import json
import re
from html import unescape
from io import BytesIO
from urllib.parse import quote

import pypdfium2
import pytest
from docx import Document
from sqlalchemy import select

from server.store.db import db, transaction
from server.store.people import Audit
from server.store.places import School
from tests import homes

DAY = "2026-11-22"
OTHER = "Trường Nội trú tỉnh"


def pupil(name, school, *, make=homes.never_had, **more):
    at = {"school": school} if school != OTHER else {"school_other": OTHER}
    told = {"work": "pupil", "birth_date": "2013-09", "school_class": "7A", **at, **more}
    return make(name, **told)


@pytest.fixture
def school(app, places):
    """A school of the commune whose pupils live in two villages."""
    with app.app_context(), transaction():
        one = School(name="Trường THCS Thường Xuân", search="", commune_id=places.commune.id)
        db.session.add(one)
        db.session.flush()
        id_ = one.id
    first, second = places.villages
    homes.write(
        app,
        first,
        pupil("Vi Thị Hoa", id_, school_class="9B", sex="female", personal_id="038313001234"),
        pupil("Vi Văn Còn", id_, make=homes.covered),
        pupil("Vi Con Quân", id_, rights=[{"kind": "armed_forces_family", "evidence": "told"}]),
        pupil("Vi Trường Khác", OTHER),
    )
    homes.write(app, second, pupil("Lò Văn Hết", id_, make=homes.expired, birth_date="2014"))
    return id_


def path(mark, form="docx", **more):
    asked = "&".join(f"{name}={quote(value)}" for name, value in more.items())
    return f"/lists/pupils/letter.{form}?mark={quote(mark)}&on={DAY}&{asked}"


def words_of(desk, address):
    """All text of the Word file in reading order: head, letter, then the table of the annex."""
    answer = desk.get(address)
    assert answer.status_code == 200, answer.status
    document = Document(BytesIO(answer.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_letter_names_the_school_s_uninsured_by_class(as_officer, places, school):
    told = words_of(as_officer, path(school, area=places.commune.id))
    assert "Kính gửi: Trường THCS Thường Xuân" in told
    assert "có 2 học sinh" in told
    assert "hỗ trợ 50\u00a0% mức đóng" in told
    assert told.index("Lò Văn Hết") < told.index("Vi Thị Hoa")
    for absent in ("Vi Văn Còn", "Vi Con Quân", "Vi Trường Khác", "038313001234"):
        assert absent not in told


def test_a_school_that_was_typed_gets_its_letter_too(as_officer, places, school):
    told = words_of(as_officer, path(OTHER, area=places.commune.id))
    assert f"Kính gửi: {OTHER}" in told
    assert "Vi Trường Khác" in told


def test_a_village_alone_tells_of_its_own(as_officer, places, school):
    told = words_of(as_officer, path(school, area=places.villages[1].id))
    assert "có 1 học sinh" in told
    assert "Vi Thị Hoa" not in told


def test_the_pdf_says_the_same(as_officer, places, school):
    answer = as_officer.get(path(school, "pdf", area=places.commune.id))
    document = pypdfium2.PdfDocument(answer.data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "Trường THCS Thường Xuân" in " ".join(text.split())
    assert "Lò Văn Hết" in " ".join(text.split())


def test_the_pupils_list_offers_the_letter_once_a_school_is_chosen(as_officer, places, school):
    at = f"/lists/pupils?area={places.commune.id}&on={DAY}"
    assert "pupils/letter" not in as_officer.get(at).get_data(as_text=True)
    page = as_officer.get(f"{at}&mark={school}").get_data(as_text=True)
    links = [unescape(one) for one in re.findall(r'href="(/lists/pupils/letter[^"]*)"', page)]
    assert len(links) == 2
    assert all(as_officer.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("mark", ["", "no_school", "khong-co"])
def test_without_a_school_there_is_no_letter(as_officer, places, school, mark):
    assert as_officer.get(path(mark, area=places.commune.id)).status_code == 404


def test_what_is_no_form_of_it_is_not_found(as_officer, places, school):
    assert as_officer.get(path(school, "xlsx", area=places.commune.id)).status_code == 404


def test_the_letter_stays_in_the_commune(as_stranger, as_viewer, places, school):
    assert as_stranger.get(path(school, area=places.commune.id)).status_code == 403
    assert as_viewer.get(path(school, area=places.commune.id)).status_code == 403


def test_who_took_the_letter_away_is_noted_without_names(as_officer, places, school, ask):
    as_officer.get(path(school, area=places.commune.id))
    query = select(Audit.detail, Audit.count).where(Audit.subject == "school_letter")
    [(detail, count)] = ask(query)
    assert count == 2
    assert json.loads(detail) == {"format": "docx", "day": DAY}
