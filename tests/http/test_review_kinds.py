"""Each kind of thing that waits has a way out of the queue."""

import pytest
from sqlalchemy import select

from server.store.feeds import Waiting
from server.store.people import Device
from server.store.review.decided import Decision
from tests.actors import hidden_value


def page_of(id_):
    return f"/review/items/{id_}"


def take(desk, id_, choice="incoming"):
    seen = hidden_value(desk.get(page_of(id_)).text, "seen")
    form = {"choice": choice, "seen": seen}
    return desk.submit(f"{page_of(id_)}/decide", form, form_at=page_of(id_))


@pytest.fixture
def only(ask):
    """The one thing that waits: its id, once its kind is what was expected."""

    def found(kind):
        [(id_, is_)] = ask(select(Waiting.id, Waiting.kind).where(Waiting.state == "open"))
        assert is_ == kind
        return id_

    return found


@pytest.fixture
def person(lan):
    member = lan.member(lan.household(code="HL-1"), phone="0900000001")
    lan.sync()
    return member


def test_a_move_that_a_surveyor_asked_for_is_done_by_the_officer(
    as_officer, officer_phone, lan, person, places, only
):
    home = lan.data("member", person)["household"]
    lan.save("household", {"village": places.villages[1].id}, home)
    lan.sync()
    id_ = only("officer")
    assert places.villages[1].name in as_officer.get(page_of(id_)).text
    take(as_officer, id_)
    officer_phone.sync()
    kinds = {key[0] for key in officer_phone.records[places.villages[1].id]}
    assert kinds == {"household", "member", "waiting"}


def test_what_only_the_office_may_set_is_set_by_the_office(as_officer, lan, person, only):
    home = lan.data("member", person)["household"]
    lan.save("household", {"average_farm": True, "living_class": "average"}, home)
    lan.sync()
    take(as_officer, only("officer"))
    lan.sync()
    assert lan.data("household", home)["average_farm"] is True


def test_other_content_under_a_known_id_is_taken_or_refused(as_officer, lan, person, only):
    change = lan.save("member", {"known_as": "Mai"}, person)
    lan.sync()
    lan.outbox = [{**change, "set": {"known_as": "Mái"}}]
    lan.sync()
    take(as_officer, only("reused"))
    lan.sync()
    assert lan.data("member", person)["known_as"] == "Mái"


def test_the_last_changes_of_a_revoked_phone_are_taken(
    as_officer, officer_phone, lan, person, make, only
):
    lan.save("member", {"known_as": "Mai"}, person)
    with make.writing():
        from server.store.db import db, now

        db.session.get_one(Device, lan.phone.device.id).revoked_at = now()
    assert lan.phone.post("/api/v1/sync", lan.request(lan.outbox)).status_code == 200
    take(as_officer, only("late"))
    officer_phone.sync()
    assert officer_phone.data("member", person)["known_as"] == "Mai"


def test_data_for_somebody_who_has_left_is_looked_at(as_officer, lan, person, only):
    lan.save("member", {"ended_on": "2026-11-01", "end_reason": "moved_away"}, person)
    lan.sync()
    lan.card(person, valid_to="2027-01-01")
    lan.sync()
    id_ = only("ended")
    assert "Đã xem, đồng ý" in as_officer.get(page_of(id_)).text
    take(as_officer, id_)
    assert "Không còn gì ở đây." in as_officer.get("/review").text


def test_a_person_whose_household_was_refused_stays_in_the_queue(as_officer, lan, only):
    home = lan.household()
    lan.member(home)
    del lan.outbox[0]
    lan.sync()
    id_ = only("missing")
    answer = take(as_officer, id_)
    assert answer.status_code == 400
    assert only("missing") == id_


def test_what_made_a_record_is_not_offered_to_be_undone(as_officer, lan, only, ask):
    from server.store.db import new_id

    values = {"village": lan.villages[0], "code": "9"}
    lan.save("household", values, new_id(), was={}, rescue=True)
    lan.sync()
    take(as_officer, only("rescue"))
    [(id_,)] = ask(select(Decision.id))
    page = as_officer.get("/review/recent").text
    assert "Đã nhận" in page
    assert f"/review/decisions/{id_}/undo" not in page
    as_officer.submit(f"/review/decisions/{id_}/undo", form_at="/account")
    assert "Không hoàn tác được" in as_officer.get("/review/recent").text


def test_a_restored_phones_offer_is_dropped_with_a_reason(as_officer, lan, person, only):
    lan.save("member", {"known_as": "Mai"}, person, was={}, rescue=True)
    lan.sync()
    path = page_of(only("rescue"))
    as_officer.submit(f"{path}/reject", {"note": "Đã hỏi lại"}, form_at=path)
    lan.sync()
    assert [wait["state"] for wait in lan.waiting()] == ["rejected"]
    assert "known_as" not in lan.data("member", person)
