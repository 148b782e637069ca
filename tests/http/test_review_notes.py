"""A note from the door: answered or closed at the desk, heard on the phone."""

import pytest
from sqlalchemy import select

from server.store.people import Audit
from server.store.review.decided import Decision


@pytest.fixture
def note(lan):
    """Lan wrote down what the household asked."""
    home = lan.household(code="HL-1")
    values = {"about": home, "kind": "question", "text": "Nhà hỏi bao giờ có thẻ?"}
    id_ = lan.save("field_note", values)["record"]
    lan.sync()
    return id_


def page_of(note):
    return f"/review/notes/{note}"


def answer(desk, note, text="Thứ Sáu tuần này."):
    return desk.submit(f"{page_of(note)}/answer", {"answer": text}, form_at=page_of(note))


def test_the_officer_reads_what_was_asked_about_whom_and_by_whom(as_officer, note, lan):
    page = as_officer.get(page_of(note)).text
    for words in ("Nhà hỏi bao giờ có thẻ?", "HL-1", lan.phone.user.name, "Câu hỏi"):
        assert words in page


def test_an_answer_reaches_the_phone(as_officer, note, lan, ask):
    assert answer(as_officer, note).location == "/review"
    lan.sync()
    data = lan.data("field_note", note)
    assert (data["state"], data["answer"]) == ("answered", "Thứ Sáu tuần này.")
    assert ("note_answer",) in ask(select(Audit.kind))


def test_an_empty_answer_is_asked_for_again(as_officer, note, lan):
    again = answer(as_officer, note, "  ")
    assert again.status_code == 400
    assert "Hãy ghi câu trả lời" in again.text
    lan.sync()
    assert "state" not in lan.data("field_note", note)


def test_a_note_that_needs_no_answer_is_closed(as_officer, note, lan):
    as_officer.submit(f"{page_of(note)}/close", form_at=page_of(note))
    lan.sync()
    assert lan.data("field_note", note)["state"] == "closed"
    assert "Không còn gì ở đây." in as_officer.get("/review").text


def test_the_second_officer_is_told_who_answered(as_officer, as_admin, note, lan):
    answer(as_officer, note)
    late = as_admin.submit(f"{page_of(note)}/answer", {"answer": "Chưa rõ"}, form_at="/account")
    assert late.location == "/review"
    assert f"đã được {as_officer.user.name} xử lý" in as_admin.get("/review").text
    lan.sync()
    assert lan.data("field_note", note)["answer"] == "Thứ Sáu tuần này."


def test_an_answer_is_taken_back(as_officer, note, lan, ask):
    answer(as_officer, note)
    [(id_,)] = ask(select(Decision.id))
    as_officer.submit(f"/review/decisions/{id_}/undo", form_at="/review/recent")
    lan.sync()
    assert "answer" not in lan.data("field_note", note)
    assert page_of(note) in as_officer.get("/review").text


@pytest.mark.parametrize("verb", ["answer", "close"])
def test_nobody_answers_another_commune_or_nothing(as_stranger, note, verb):
    other = as_stranger.submit(f"{page_of(note)}/{verb}", {"answer": "x"}, form_at="/account")
    nothing = as_stranger.submit(f"{page_of('x')}/{verb}", {"answer": "x"}, form_at="/account")
    assert (other.status_code, nothing.status_code) == (403, 404)
    assert as_stranger.get(page_of(note)).status_code == 403
    assert as_stranger.get(page_of("x")).status_code == 404
