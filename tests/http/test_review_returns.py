"""A household or person sent back to the field, and the answer that comes from there."""

import pytest
from sqlalchemy import select

from server.store.review.decided import Decision
from tests.fake_phone import FakePhone


@pytest.fixture
def person(lan):
    member = lan.member(lan.household(code="HL-1"), phone="0900000001")
    lan.sync()
    return member


def send_back(desk, person, **notes):
    path = f"/review/return/member/{person}"
    return desk.submit(path, {f"note.{name}": text for name, text in notes.items()}, form_at=path)


def test_it_stands_on_the_phone_with_a_note_for_each_field(as_officer, lan, person):
    answer = send_back(as_officer, person, birth_date="Xem giấy khai sinh", phone="Gọi không được")
    lan.sync()
    (wait,) = lan.waiting()
    assert (wait["state"], wait["entity"], wait["record"]) == ("returned", "member", person)
    assert wait["notes"] == {"birth_date": "Xem giấy khai sinh", "phone": "Gọi không được"}
    assert (wait["fields"], wait["note"]) == ({}, None)
    assert answer.location == f"/review/items/{wait['change']}"


def test_it_waits_for_whoever_serves_the_village_next(
    as_officer, lan, person, phone_of, make, places
):
    send_back(as_officer, person, phone="Gọi không được")
    user = make.user("surveyor", username="moi", areas=[places.villages[0]])
    successor = FakePhone(phone_of(user), [places.villages[0].id])
    successor.sync()
    assert [wait["record"] for wait in successor.waiting()] == [person]


def test_other_edits_leave_it_and_the_answer_closes_it(as_officer, lan, person):
    send_back(as_officer, person, phone="Gọi không được")
    lan.sync()
    lan.save("member", {"known_as": "Mai"}, person)
    lan.sync()
    (wait,) = lan.waiting()
    assert wait["state"] == "returned"
    lan.save("member", {"phone": "0900000002"}, person, answers=wait["change"])
    lan.sync()
    assert [each["state"] for each in lan.waiting()] == ["answered"]
    page = as_officer.get(f"/review/items/{wait['change']}").text
    for words in ("Thôn đã trả lời", "0900000002", lan.phone.user.name):
        assert words in page
    assert wait["change"] in as_officer.get("/review?state=answered").text


def test_it_goes_along_when_the_household_moves(as_officer, lan, officer_phone, person, places):
    send_back(as_officer, person, phone="Gọi không được")
    home = lan.data("member", person)["household"]
    form = {"households": [home], "to": places.villages[1].id}
    as_officer.submit("/review/move", form, form_at="/review/move")
    officer_phone.sync()
    kinds = {key[0] for key in officer_phone.records[places.villages[1].id]}
    assert kinds == {"household", "member", "waiting"}


def test_it_is_taken_back_while_nobody_has_answered(as_officer, lan, person, ask):
    send_back(as_officer, person, phone="Gọi không được")
    [(id_,)] = ask(select(Decision.id))
    as_officer.submit(f"/review/decisions/{id_}/undo", form_at="/review/recent")
    lan.sync()
    assert [wait["state"] for wait in lan.waiting()] == ["superseded"]


def test_without_any_note_it_is_not_sent(as_officer, lan, person):
    answer = send_back(as_officer, person, phone=" ")
    assert answer.status_code == 400
    assert "ít nhất một lời nhắn" in answer.text
    lan.sync()
    assert lan.waiting() == []


def test_a_household_is_sent_back_from_its_page(as_officer, lan, person):
    home = lan.data("member", person)["household"]
    path = f"/review/return/household/{home}"
    assert path in as_officer.get(f"/households/{home}").text
    as_officer.submit(path, {"note": "Đến lại giúp xã"}, form_at=path)
    lan.sync()
    (wait,) = lan.waiting()
    assert (wait["entity"], wait["note"], wait["household"]) == (
        "household",
        "Đến lại giúp xã",
        home,
    )


def test_nobody_sends_back_another_communes_person_or_nobody(
    as_stranger, as_surveyor, as_officer, person
):
    path = f"/review/return/member/{person}"
    assert as_stranger.get(path).status_code == 403
    assert as_surveyor.get(path).status_code == 403
    for desk, where, status in (
        (as_stranger, path, 403),
        (as_officer, "/review/return/member/x", 404),
        (as_officer, "/review/return/card/x", 404),
    ):
        assert desk.submit(where, {"note": "x"}, form_at="/account").status_code == status


@pytest.fixture
def returned(as_officer, lan, minh, person):
    """Lan's correction clashed with Minh's, and the officer asked Lan about it."""
    lan.sync()
    minh.sync()
    minh.save("member", {"phone": "0900000009"}, person)
    change = lan.save("member", {"phone": "0900000002"}, person)
    minh.sync()
    lan.sync()
    path = f"/review/items/{change['id']}"
    as_officer.submit(f"{path}/return", {"note": "Số nào đúng?"}, form_at=path)
    lan.sync()
    return change


def state_of(phone, change):
    return {wait["change"]: wait["state"] for wait in phone.waiting()}[change["id"]]


def test_a_new_value_takes_the_place_of_the_one_returned_and_is_linked_to_it(
    as_officer, lan, person, returned
):
    lan.save("member", {"phone": "0900000003"}, person, answers=returned["id"])
    lan.sync()
    assert state_of(lan, returned) == "answered"
    page = as_officer.get(f"/review/items/{returned['id']}").text
    assert "Thôn đã trả lời" in page
    assert "0900000003" in page


def test_a_value_answered_in_words_goes_on_waiting_and_can_be_taken(
    as_officer, lan, person, returned
):
    words = {"about": person, "kind": "question", "text": "Số của tôi mới đúng", "state": "open"}
    lan.save("field_note", words, answers=returned["id"])
    lan.sync()
    path = f"/review/items/{returned['id']}"
    assert state_of(lan, returned) == "open"
    assert "Thôn đã trả lời" in as_officer.get(path).text
    as_officer.submit(f"{path}/decide", {"choice": "incoming"}, form_at=path)
    lan.sync()
    assert lan.data("member", person)["phone"] == "0900000002"


def test_a_returned_new_person_stays_in_the_queue_when_the_answer_cannot_be_placed(
    as_officer, lan, person, ask
):
    home = lan.data("member", person)["household"]
    new = lan.save("member", {"household": home, "full_name": None, "birth_date": "1980"})
    lan.sync()
    path = f"/review/items/{new['id']}"
    as_officer.submit(f"{path}/return", {"note": "Họ tên?"}, form_at=path)
    lan.sync()
    lan.save("member", {"full_name": "Lò Thị Mai"}, new["record"], answers=new["id"])
    lan.sync()
    assert new["id"] in as_officer.get("/review").text
