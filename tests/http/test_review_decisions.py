"""Moves, merges and decisions: who may, and what the phones see of them."""

import pytest

from schemas.kinds import WaitingState
from server.store.changes.write import author_at_desk
from server.store.db import new_id, transaction
from server.store.review import decisions
from tests.fake_phone import FakePhone


@pytest.fixture
def officer(make, places):
    return make.user("officer", areas=[places.commune])


@pytest.fixture
def officer_phone(phone_of, officer, places):
    return FakePhone(phone_of(officer), [village.id for village in places.villages])


@pytest.fixture
def stranger(make, places, phone_of):
    """An officer of another commune."""
    return phone_of(make.user("officer", username="la", areas=[places.other_commune]))


@pytest.fixture
def deciding(app, officer):
    """Decide something as the officer at the desk, in one transaction."""

    def decide(verb, *arguments, **named):
        with app.app_context(), transaction():
            return verb(*arguments, author=author_at_desk(officer), **named)

    return decide


def family(phone):
    household = phone.household(code="HL-9")
    member = phone.member(household)
    card = phone.card(member, valid_to="2026-12-31")
    phone.sync()
    return household, member, card


def test_a_moved_household_takes_all_along_and_leaves_tombstones(lan, officer_phone, places):
    household, member, card = family(lan)
    officer_phone.sync()
    body = {"village": places.villages[1].id}
    response = officer_phone.phone.post(f"/api/v1/households/{household}/move", body)
    assert response.get_json()["result"]["status"] == "applied"
    officer_phone.sync()
    lan.sync()
    assert lan.records[places.villages[0].id] == {}
    there = officer_phone.records[places.villages[1].id]
    assert {key[1] for key in there} == {household, member, card}
    for village in officer_phone.villages:
        assert officer_phone.digest(village) == officer_phone.answer["feeds"][village]["digest"]


def test_a_household_moved_back_has_no_tombstone_in_its_village(lan, officer_phone, places):
    household, _, card = family(lan)
    for village in (places.villages[1], places.villages[0]):
        path = f"/api/v1/households/{household}/move"
        officer_phone.phone.post(path, {"village": village.id})
    lan.sync()
    assert lan.data("card", card) is not None
    assert lan.digest(lan.villages[0]) == lan.answer["feeds"][lan.villages[0]]["digest"]


def test_a_change_made_before_the_move_is_held_for_who_no_longer_serves_the_place(
    lan, officer_phone, places
):
    household, member, _ = family(lan)
    change = lan.save("member", {"phone": "0912345678"}, member)
    path = f"/api/v1/households/{household}/move"
    officer_phone.phone.post(path, {"village": places.villages[1].id})
    lan.sync()
    assert lan.results[change["id"]]["reasons"][0]["code"] == "not_allowed"
    officer_phone.sync()
    assert [wait["record"] for wait in officer_phone.waiting()] == [member]


@pytest.mark.parametrize("verb", ["move", "merge"])
def test_deciding_about_a_household_that_is_not_there_is_not_found(officer_phone, places, verb):
    body = {"village": places.villages[1].id, "into": new_id()}
    response = officer_phone.phone.post(f"/api/v1/households/{new_id()}/{verb}", body)
    assert response.status_code == 404


@pytest.mark.parametrize("verb", ["move", "merge"])
def test_deciding_about_another_communes_household_is_not_allowed(lan, stranger, places, verb):
    household, *_ = family(lan)
    body = {"village": places.other_village.id, "into": household}
    response = stranger.post(f"/api/v1/households/{household}/{verb}", body)
    assert response.status_code == 403


def test_a_surveyor_may_not_move_a_household(lan, places):
    household, *_ = family(lan)
    body = {"village": places.villages[0].id}
    assert lan.phone.post(f"/api/v1/households/{household}/move", body).status_code == 403


def test_merged_people_are_read_through_and_the_merge_can_be_undone(lan, officer_phone):
    household, member, _ = family(lan)
    twin = lan.member(household, full_name="Lò Thị Mái")
    lan.sync()
    path = f"/api/v1/members/{twin}/merge"
    assert officer_phone.phone.post(path, {"into": member}).status_code == 200
    card = lan.card(twin, valid_to="2027-01-31")
    own = lan.save("member", {"phone": "0912345678"}, twin)
    lan.sync()
    assert lan.data("member", twin)["merged_into"] == member
    assert lan.data("card", card) is not None
    assert lan.results[own["id"]]["reasons"][0]["code"] == "merged_record"
    assert officer_phone.phone.post(path, {"into": None}).status_code == 200
    lan.sync()
    assert "merged_into" not in lan.data("member", twin)


def test_merging_in_a_circle_is_refused(lan, officer_phone):
    household, member, _ = family(lan)
    twin = lan.member(household, full_name="Lò Thị Mái")
    lan.sync()
    officer_phone.phone.post(f"/api/v1/members/{twin}/merge", {"into": member})
    response = officer_phone.phone.post(f"/api/v1/members/{member}/merge", {"into": twin})
    assert response.get_json()["result"]["reasons"][0]["code"] == "circle"


def test_merging_a_person_that_is_not_there_or_anothers_is_refused(lan, officer_phone, stranger):
    _, member, _ = family(lan)
    missing = officer_phone.phone.post(f"/api/v1/members/{new_id()}/merge", {"into": member})
    foreign = stranger.post(f"/api/v1/members/{member}/merge", {"into": member})
    assert (missing.status_code, foreign.status_code) == (404, 403)


@pytest.fixture
def conflict(lan, minh):
    """Two phones changed one phone number; the second value waits."""
    _, member, _ = family(lan)
    minh.sync()
    lan.save("member", {"phone": "0900000001"}, member)
    change = minh.save("member", {"phone": "0900000002"}, member)
    lan.sync()
    minh.sync()
    return member, change


def test_an_accepted_value_reaches_both_phones(lan, minh, conflict, deciding):
    member, change = conflict
    deciding(decisions.accept, change["id"])
    lan.sync()
    minh.outbox = [change]
    minh.sync()
    assert lan.data("member", member)["phone"] == "0900000002"
    assert [wait["state"] for wait in lan.waiting()] == ["applied"]
    assert minh.results[change["id"]]["status"] == "applied"


def test_a_third_value_may_be_given_instead(lan, conflict, deciding):
    member, change = conflict
    deciding(decisions.accept, change["id"], values={"phone": "0900000003"})
    lan.sync()
    assert lan.data("member", member)["phone"] == "0900000003"
    assert [wait["state"] for wait in lan.waiting()] == ["applied"]


def test_a_rejected_value_says_so_to_its_author(lan, minh, conflict, deciding):
    member, change = conflict
    deciding(decisions.settle, change["id"], state=WaitingState.REJECTED, note="số cũ")
    minh.outbox = [change]
    minh.sync()
    assert minh.results[change["id"]]["reasons"][0]["code"] == "rejected"
    assert minh.data("member", member)["phone"] == "0900000001"
    assert minh.waiting()[0]["note"] == "số cũ"


def test_a_returned_record_is_answered_by_a_change_that_names_it(lan, conflict, deciding):
    member, change = conflict
    returned = WaitingState.RETURNED
    deciding(decisions.settle, change["id"], state=returned, notes={"phone": "gọi lại hỏi"})
    lan.sync()
    assert lan.waiting()[0]["notes"] == {"phone": "gọi lại hỏi"}
    lan.save("member", {"phone": "0900000004"}, member, answers=change["id"])
    lan.sync()
    assert [wait["state"] for wait in lan.waiting()] == ["answered"]


def test_what_a_stranger_decided_is_refused(app, make, places, conflict):
    from server.errors import Problem

    _, change = conflict
    la = make.user("officer", username="la2", areas=[places.other_commune])
    with app.app_context(), transaction(), pytest.raises(Problem, match="not_allowed"):
        decisions.accept(change["id"], author_at_desk(la))
