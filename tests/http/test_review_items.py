"""One waiting change: choose, mend, return to the field, refuse; and take it back."""

import pytest
from sqlalchemy import select

from server.store.db import new_id
from server.store.feeds import Waiting
from server.store.people import Audit
from server.store.review.decided import Decision
from tests.actors import hidden_value


def state_of(ask, id_):
    [(state,)] = ask(select(Waiting.state).where(Waiting.id == id_))
    return state


def page_of(id_):
    return f"/review/items/{id_}"


def seen_on(desk, id_):
    """What the page says stands recorded, as its form sends it."""
    return hidden_value(desk.get(page_of(id_)).text, "seen")


def decide(desk, id_, **form):
    form.setdefault("seen", seen_on(desk, id_))
    return desk.submit(f"{page_of(id_)}/decide", form, form_at=page_of(id_))


def undo_last(desk, ask):
    [(id_,)] = ask(select(Decision.id).order_by(Decision.at.desc()).limit(1))
    return desk.submit(f"/review/decisions/{id_}/undo", form_at="/review/recent")


def test_the_officer_sees_both_values_who_wrote_them_and_what_was_seen(as_officer, waiting):
    page = as_officer.get(page_of(waiting)).text
    for words in ("Lê Văn Tâm", "Lê Văn Tấm", "Lê Văn Tám", "Họ và tên", as_officer.user.name):
        assert words in page


def test_what_does_not_wait_is_not_found(as_officer):
    assert as_officer.get(page_of("x")).status_code == 404


def test_another_communes_item_is_not_allowed(as_stranger, waiting):
    assert as_stranger.get(page_of(waiting)).status_code == 403


def test_the_incoming_value_chosen_is_written_and_reaches_the_phones(
    as_officer, officer_phone, waiting, ask
):
    assert decide(as_officer, waiting, choice="incoming").location == "/review"
    assert state_of(ask, waiting) == "applied"
    assert "Lê Văn Tấm" in as_officer.get("/people?q=le van tam").text
    assert ("review_decide",) in ask(select(Audit.kind))
    officer_phone.sync()
    assert [wait["state"] for wait in officer_phone.waiting()] == ["applied"]


def test_the_recorded_value_chosen_stays_and_the_phones_hear_it(as_officer, officer_phone, waiting):
    decide(as_officer, waiting, choice="recorded")
    officer_phone.sync()
    (wait,) = officer_phone.waiting()
    assert (wait["state"], wait["fields"]["full_name"]["state"]) == ("rejected", "rejected")
    assert "Lê Văn Tâm" in as_officer.get("/people?q=le van tam").text


def test_a_third_value_is_typed_in_the_fields_own_input(as_officer, waiting):
    form = {"pick.full_name": "other", "value.full_name": " Lê Văn Tằm "}
    decide(as_officer, waiting, choice="chosen", **form)
    assert "Lê Văn Tằm" in as_officer.get("/people?q=le van tam").text


def test_without_a_choice_nothing_is_written_and_the_page_asks(as_officer, waiting, ask):
    answer = decide(as_officer, waiting, choice="chosen")
    assert answer.status_code == 400
    assert "Chọn một giá trị." in answer.text
    assert decide(as_officer, waiting, choice="odd").status_code == 400
    assert state_of(ask, waiting) == "open"


def test_a_choice_against_an_older_page_is_not_written(as_officer, as_admin, make, waiting, ask):
    """Somebody corrected the name while the officer was looking."""
    older = seen_on(as_officer, waiting)
    [(record,)] = ask(select(Waiting.record_id))
    was = {"full_name": "Lê Văn Tâm"}
    make.write(as_admin.user, "member", {"full_name": "Lê Văn Tam"}, record=record, was=was)
    answer = decide(as_officer, waiting, choice="incoming", seen=older)
    assert answer.status_code == 400
    assert "vừa đổi" in answer.text
    assert state_of(ask, waiting) == "open"


@pytest.fixture
def wrong_card(make, places, as_officer, ask):
    """A card that ends before it starts: both days wait, the rest is written."""
    _home, (person,) = make.household(as_officer.user, places.villages[0], ["Lê Văn Tám"])
    card = {"member": person, "evidence": "card_seen", "number": "0123456789"}
    days = {"valid_from": "2026-01-01", "valid_to": "2025-01-01"}
    make.write(as_officer.user, "card", {**card, **days})
    [(id_,)] = ask(select(Waiting.id))
    return id_


def test_what_breaks_a_rule_is_mended_in_place(as_officer, wrong_card, ask):
    page = as_officer.get(page_of(wrong_card)).text
    assert "Ngày hết hạn ở trước ngày bắt đầu" in page
    assert 'value="01/01/2025"' in page
    days = {"value.valid_from": "1/1/2026", "value.valid_to": "31/12/2026"}
    picked = {"pick.valid_from": "other", "pick.valid_to": "other"}
    decide(as_officer, wrong_card, choice="chosen", **picked, **days)
    assert state_of(ask, wrong_card) == "applied"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/12/2024", "Ngày hết hạn ở trước ngày bắt đầu"),
        ("30/02/2026", "Không phải ngày có thật"),
    ],
)
def test_what_is_mended_wrong_goes_on_waiting_says_why_and_keeps_what_was_typed(
    as_officer, wrong_card, ask, typed, words
):
    days = {"value.valid_from": "01/01/2026", "value.valid_to": typed}
    picked = {"pick.valid_from": "other", "pick.valid_to": "other"}
    answer = decide(as_officer, wrong_card, choice="chosen", **picked, **days)
    assert answer.status_code == 400
    assert words in answer.text
    assert f'value="{typed}"' in answer.text
    assert state_of(ask, wrong_card) == "open"


def test_a_needed_field_that_nobody_sent_is_asked_for(make, as_officer, as_surveyor, places, ask):
    home, _people = make.household(as_officer.user, places.villages[0], ["Lê Văn Tám"])
    make.write(as_surveyor.user, "visit", {"household": home, "outcome": "met"})
    [(id_,)] = ask(select(Waiting.id))
    empty = decide(as_officer, id_, choice="chosen", **{"pick.on": "other", "value.on": ""})
    assert "Phải có thông tin này" in empty.text
    decide(as_officer, id_, choice="chosen", **{"pick.on": "other", "value.on": "01/11/2026"})
    assert state_of(ask, id_) == "applied"


def test_a_person_whose_household_never_came_is_put_into_another(
    make, as_officer, as_surveyor, places, ask
):
    from server.store.db import new_id

    make.household(as_officer.user, places.villages[0], ["Lê Văn Tám"], code="HL-1")
    lost = {"household": new_id(), "full_name": "Lê Thị Lạc"}
    make.write(as_surveyor.user, "member", lost)
    [(id_,)] = ask(select(Waiting.id))
    form = {"pick.household": "other", "value.household": "không có hộ này"}
    assert decide(as_officer, id_, choice="chosen", **form).status_code == 400
    form["value.household"] = "HL-1"
    decide(as_officer, id_, choice="chosen", **form)
    assert state_of(ask, id_) == "applied"
    assert "Lê Thị Lạc" in as_officer.get("/people").text


def test_a_returned_item_carries_a_note_for_each_field(as_officer, officer_phone, waiting, ask):
    path = f"{page_of(waiting)}/return"
    nothing = as_officer.submit(path, {"note.full_name": " "}, form_at=page_of(waiting))
    assert nothing.status_code == 400
    notes = {"note.full_name": "Xem giấy khai sinh", "note": "Hỏi cả ngày sinh"}
    assert as_officer.submit(path, notes, form_at=page_of(waiting)).status_code == 302
    officer_phone.sync()
    (wait,) = officer_phone.waiting()
    assert wait["state"] == "returned"
    assert wait["notes"] == {"full_name": "Xem giấy khai sinh"}
    assert wait["note"] == "Hỏi cả ngày sinh"
    assert waiting in as_officer.get("/review?state=returned").text


def test_a_refused_item_carries_its_reason(as_officer, officer_phone, waiting):
    path = f"{page_of(waiting)}/reject"
    assert as_officer.submit(path, {"note": ""}, form_at=page_of(waiting)).status_code == 400
    as_officer.submit(path, {"note": "Trùng với bản trước"}, form_at=page_of(waiting))
    officer_phone.sync()
    (wait,) = officer_phone.waiting()
    assert (wait["state"], wait["note"]) == ("rejected", "Trùng với bản trước")


@pytest.mark.parametrize("verb", ["decide", "return", "reject"])
def test_the_second_officer_is_told_who_was_first_and_nothing_happens_twice(
    as_officer, as_admin, waiting, ask, verb
):
    decide(as_officer, waiting, choice="recorded")
    form = {"choice": "incoming", "note": "x"}
    answer = as_admin.submit(f"{page_of(waiting)}/{verb}", form, form_at="/account")
    assert answer.status_code == 302
    assert f"đã được {as_officer.user.name} xử lý lúc" in as_admin.get("/review").text
    assert state_of(ask, waiting) == "rejected"
    assert len(ask(select(Decision.id))) == 1


@pytest.mark.parametrize("verb", ["decide", "return", "reject"])
def test_nobody_decides_about_another_commune_or_about_nothing(as_stranger, waiting, verb):
    form = {"note": "x", "choice": "incoming"}
    other = as_stranger.submit(f"{page_of(waiting)}/{verb}", form, form_at="/account")
    nothing = as_stranger.submit(f"{page_of('x')}/{verb}", form, form_at="/account")
    assert (other.status_code, nothing.status_code) == (403, 404)


@pytest.mark.parametrize("choice", ["incoming", "recorded"])
def test_a_decision_is_undone_and_waits_again(as_officer, officer_phone, waiting, ask, choice):
    decide(as_officer, waiting, choice=choice)
    assert undo_last(as_officer, ask).location == page_of(waiting)
    assert state_of(ask, waiting) == "open"
    officer_phone.sync()
    (wait,) = officer_phone.waiting()
    assert "state" not in wait["fields"]["full_name"]
    assert "Lê Văn Tâm" in as_officer.get("/people?q=le van tam").text
    assert "Lê Văn Tấm" not in as_officer.get("/people?q=le van tam").text


def test_a_decision_is_not_undone_twice_nor_once_the_value_changed(as_officer, make, waiting, ask):
    decide(as_officer, waiting, choice="incoming")
    [(record,)] = ask(select(Waiting.record_id))
    was = {"full_name": "Lê Văn Tấm"}
    make.write(as_officer.user, "member", {"full_name": "Lê Văn Tam"}, record=record, was=was)
    assert undo_last(as_officer, ask).location == "/review/recent"
    assert state_of(ask, waiting) == "applied"
    assert "Không hoàn tác được" in as_officer.get("/review/recent").text


def test_nobody_undoes_what_another_commune_decided_or_what_was_never_decided(
    as_officer, as_stranger, waiting, ask
):
    decide(as_officer, waiting, choice="recorded")
    [(id_,)] = ask(select(Decision.id))
    for path, status in ((id_, 403), ("x", 404)):
        answer = as_stranger.submit(f"/review/decisions/{path}/undo", form_at="/account")
        assert answer.status_code == status


def test_what_was_decided_lately_is_listed_with_its_undoing(as_officer, waiting, ask):
    decide(as_officer, waiting, choice="recorded")
    page = as_officer.get("/review/recent").text
    assert "Không nhận" in page
    assert "Lê Văn Tâm" in page
    undo_last(as_officer, ask)
    assert "đã hoàn tác" in as_officer.get("/review/recent").text


def test_other_things_that_wait_about_the_household_are_told(as_officer, make, waiting, ask):
    [(home,)] = ask(select(Waiting.household_id))
    note = {"about": home, "kind": "question", "text": "Nhà hỏi bao giờ có thẻ?"}
    make.write(as_officer.user, "field_note", note)
    assert "Cùng hộ này còn 1 việc" in as_officer.get(page_of(waiting)).text


def test_what_was_said_of_a_merged_person_is_written_into_the_one_that_stays(
    as_officer, as_surveyor, make, places, ask
):
    _home, (stays, goes) = make.household(as_officer.user, places.villages[0], ["Tám", "Tam"])
    make.write(as_officer.user, "member", {"merged_into": stays}, record=goes)
    make.write(as_surveyor.user, "member", {"phone": "0912345678"}, record=goes)
    [(id_,)] = ask(select(Waiting.id))
    decide(as_officer, id_, choice="incoming")
    assert state_of(ask, id_) == "applied"
    assert "0912345678" in as_officer.get(f"/people/{stays}").text


def test_an_officer_of_one_village_does_not_read_what_was_decided_about_another(
    make, places, as_officer, lan, desk_of, ask
):
    lan.save("member", {"household": lan.household(), "full_name": "Lò Thị Mái", "sex": "x"})
    lan.save("member", {"household": new_id(), "full_name": "Lò Thị Mận"})
    lan.sync()
    for (id_,) in ask(select(Waiting.id)):
        path = f"/review/items/{id_}"
        as_officer.submit(f"{path}/reject", {"note": "Không đúng"}, form_at=path)
    other = desk_of(make.user("officer", username="one", areas=[places.villages[1]]))
    assert "Lò Thị M" in as_officer.get("/review/recent").text
    assert "Lò Thị M" not in other.get("/review/recent").text
