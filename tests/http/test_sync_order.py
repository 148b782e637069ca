"""Schedules that once went wrong: what overtakes what, what moves along, what comes twice."""

import json
from itertools import permutations

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
def deciding(app, officer):
    def decide(verb, *arguments, **named):
        with app.app_context(), transaction():
            return verb(*arguments, author=author_at_desk(officer), **named)

    return decide


def send(phone, *changes):
    phone.outbox = list(changes)
    return phone.sync()


def statuses(phone, *changes):
    return [phone.results[change["id"]]["status"] for change in changes]


def codes(phone, change):
    return [reason["code"] for reason in phone.results[change["id"]]["reasons"]]


def assert_as_the_server_has_it(*phones):
    for phone in phones:
        phone.sync()
        for village in phone.villages:
            assert phone.digest(village) == phone.answer["feeds"][village]["digest"]


def test_edits_there_and_back_that_overtook_their_record_end_where_the_person_ended(lan):
    household = lan.household(note="A")
    there = lan.save("household", {"note": "B"}, household)
    back = lan.save("household", {"note": "A"}, household)
    creation, *_ = lan.outbox
    send(lan, there, back)
    send(lan, creation)
    assert lan.data("household", household)["note"] == "A"
    send(lan, there, back)
    assert statuses(lan, there, back) == ["applied", "applied"]


def test_edits_that_overtook_their_record_in_the_wrong_order_end_where_the_person_ended(lan):
    household = lan.household(note="A")
    first = lan.save("household", {"note": "B"}, household)
    second = lan.save("household", {"note": "C"}, household)
    creation, *_ = lan.outbox
    send(lan, second)
    send(lan, first)
    send(lan, creation)
    assert lan.data("household", household)["note"] == "C"
    assert {wait["state"] for wait in lan.waiting()} == {"applied"}


def test_a_move_that_overtook_its_record_makes_no_second_record(lan):
    first, second = lan.household(), lan.household()
    member = lan.member(first)
    moved = lan.save("member", {"household": second}, member)
    homes, creation = lan.outbox[:2], lan.outbox[2]
    send(lan, *homes, moved)
    assert codes(lan, moved) == ["parent_missing"]
    send(lan, creation)
    assert lan.data("member", member)["household"] == second
    assert statuses(lan, creation) == ["applied"]


def test_a_household_moved_before_it_arrived_lies_in_its_new_village(make, phone_of, places):
    officer = FakePhone(phone_of(make.user("officer", areas=[places.commune])))
    officer.sync()
    old, new = places.villages[0].id, places.villages[1].id
    household = officer.household(old, code="7")
    moved = officer.save("household", {"village": new}, household)
    creation = officer.outbox[0]
    moved["village"] = None
    send(officer, moved)
    send(officer, creation)
    assert ("household", household) in officer.records[new]
    assert officer.data("household", household) == {
        "village": new,
        "address": "Xóm 2",
        "code": "7",
    }
    assert_as_the_server_has_it(officer)


def test_a_person_who_goes_to_a_household_not_yet_here_takes_all_along_when_it_comes(minh):
    here, there = minh.villages
    member = minh.member(minh.household(here))
    card = minh.card(member, valid_to="2026-12-31")
    note = minh.save("field_note", {"about": card, "kind": "wrong_card", "text": "Sai năm sinh"})[
        "record"
    ]
    minh.sync()
    odd = minh.save("card", {"valid_to": "hôm qua"}, card)
    minh.sync()
    home = minh.household(there)
    creation = minh.outbox.pop()
    send(minh, minh.save("member", {"household": home}, member))
    send(minh, creation)
    keys = {("member", member), ("card", card), ("field_note", note), ("waiting", odd["id"])}
    assert keys <= minh.records[there].keys()
    assert not keys & minh.records[here].keys()
    assert_as_the_server_has_it(minh)


def test_a_card_that_goes_to_a_person_who_comes_in_the_same_trip_applies(lan):
    household = lan.household()
    card = lan.card(lan.member(household))
    lan.sync()
    other = lan.member(household, "Lò Văn Nam")
    lan.save("card", {"member": other}, card)
    assert [r["status"] for r in lan.sync()["results"]] == ["applied", "applied"]
    assert lan.data("card", card)["member"] == other


def test_values_that_mean_something_only_together_never_apply_by_halves(lan):
    card = lan.card(lan.member(lan.household()), valid_from="2026-01-01", valid_to="2026-02-30")
    lan.sync()
    lan.save("card", {"number": "1234567890"}, card)
    lan.sync()
    assert "valid_from" not in lan.data("card", card)
    assert lan.data("card", card)["number"] == "1234567890"


def test_one_doubtful_field_does_not_keep_another_from_applying_by_itself(lan, minh):
    member = lan.member(lan.household(), phone="0900000001", known_as="Mai")
    lan.sync()
    minh.sync()
    lan.save("member", {"phone": "0900000002", "known_as": "Mai Còi"}, member)
    minh.save("member", {"phone": "0900000003", "known_as": "Mai Béo"}, member)
    lan.sync()
    minh.sync()
    lan.sync()
    lan.save("member", {"known_as": "Mai"}, member)
    lan.sync()
    assert lan.data("member", member)["known_as"] == "Mai Béo"
    assert lan.data("member", member)["phone"] == "0900000002"


def test_what_waited_without_a_village_waits_where_its_household_came_to_lie(lan, minh):
    household = lan.household()
    home = lan.outbox.pop()
    child = lan.save("member", {"household": household, "full_name": "Bé", "sex": "?"})
    child["village"] = None
    send(lan, child)
    assert lan.waiting() == []
    send(lan, home)
    assert [(w["household"], w["state"]) for w in lan.waiting()] == [(household, "open")]
    assert lan.waiting()[0]["fields"]["full_name"]["state"] == "applied"
    assert_as_the_server_has_it(lan, minh)


def test_a_record_id_of_another_kind_is_held_and_harms_nothing(lan):
    household = lan.household()
    twin = lan.save("member", {"household": household, "full_name": "Trùng mã"}, household)
    lan.sync()
    assert codes(lan, twin) == ["record_unknown"]
    again = lan.save("member", {"household": household, "full_name": "Trùng mã"}, household)
    lan.sync()
    assert codes(lan, again) == ["record_unknown"]
    assert lan.data("household", household) is not None


def test_other_content_under_a_known_id_may_come_any_number_of_times(lan):
    lan.household(code="1")
    first = lan.outbox[0]
    other = {**first, "set": {**first["set"], "code": "2"}}
    lan.sync()
    send(lan, other)
    for changes in ([other, first], [first, other, other]):
        answer = lan.phone.post("/api/v1/sync", lan.request(changes)).get_json()
        assert {r["status"] for r in answer["results"]} == {"applied", "held"}
    assert len(lan.waiting()) == 1


def test_the_same_id_twice_in_one_trip_is_judged_once_for_each_content(lan):
    lan.household(code="1")
    first = lan.outbox[0]
    other = {**first, "set": {**first["set"], "code": "2"}}
    body = lan.request([first, first, other, other])
    answer = lan.phone.post("/api/v1/sync", body).get_json()
    assert [r["status"] for r in answer["results"]] == ["applied", "applied", "held", "held"]


def test_lists_are_compared_as_they_are_stored(lan):
    values = {"household": lan.household(), "months_to": "2026-10"}
    lines = [{"line": "crops", "revenue": 5_000_000, "cost": None}]
    record = lan.save("farm_assessment", {**values, "lines": lines})["record"]
    lan.sync()
    edit = lan.save("farm_assessment", {"lines": []}, record, was={"lines": lines})
    lan.sync()
    assert statuses(lan, edit) == ["applied"]


@pytest.mark.parametrize(
    ("entity", "field", "value"),
    [
        ("farm_assessment", "people", "HUGE"),
        ("household", "latitude", 1e308),
        ("household", "confirmed_on", "0000-00-00"),
        ("household", "confirmed_on", "2026-02-30"),
        ("household", "code", "x" * 100_000),
        ("household", "code", {"a": ["b"]}),
        ("household", "tên lạ \ud800", "x\udfff"),
    ],
)
def test_no_value_stops_a_trip(lan, entity, field, value):
    """A lone surrogate beside it sends the body through the patient reader."""
    home = lan.household(note="một \ud83d nửa")
    values = {"household": home, "months_to": "2026-10"} if entity == "farm_assessment" else {}
    odd = lan.save(entity, {"village": lan.villages[0], **values, field: value})
    lan.household()
    body = lan.request(lan.outbox)

    text = json.dumps(body).replace('"HUGE"', str(2**70))
    response = lan.phone.client.post(
        "/api/v1/sync",
        data=text,
        headers={"Authorization": f"Bearer {lan.phone.token}"},
    )
    results = response.get_json()["results"]
    assert [r["id"] for r in results] == [change["id"] for change in lan.outbox]
    assert [r["status"] for r in results] == ["applied", "merged", "applied"]
    assert odd["id"] == results[1]["id"]


def test_a_rescue_comes_to_review_once_however_many_phones_offer_it(lan, minh, deciding):
    member = lan.member(lan.household(), phone="0900000001")
    lan.sync()
    minh.sync()
    offer = {"phone": "0900000001", "known_as": "Mai"}
    lan.save("member", offer, member, was={}, rescue=True)
    lan.sync()
    (wait,) = lan.waiting()
    assert wait["fields"].keys() == {"known_as"}
    deciding(decisions.settle, wait["change"], state=WaitingState.REJECTED)
    minh.save("member", offer, member, was={}, rescue=True)
    minh.sync()
    assert [w["state"] for w in minh.waiting()] == ["rejected"]


def test_what_waited_about_a_lost_household_lies_where_it_comes_to_lie(lan, minh):
    household = new_id()
    here, there = minh.villages
    lan.save("household", {"village": here, "code": "9"}, household, was={}, rescue=True)
    lan.sync()
    minh.save("household", {"village": there, "code": "9"}, household, was={})
    minh.sync()
    assert [(w["household"], w["state"]) for w in minh.waiting()] == [(household, "open")]
    assert not lan.sync()["feeds"][here].get("more")
    assert lan.waiting() == []


def test_an_edit_after_a_rescue_is_not_judged_by_what_only_the_phone_compared(lan, minh):
    member = minh.member(minh.household())
    minh.sync()
    lan.sync()
    minh.save("member", {"phone": "0900000001"}, member)
    minh.sync()
    lan.save("member", {"phone": None}, member, was={"phone": "0900000001"}, rescue=True)
    lan.save("member", {"phone": "0900000002"}, member, was={"phone": None})
    results = lan.sync()["results"]
    assert [r["status"] for r in results] == ["held", "held"]
    assert lan.data("member", member)["phone"] == "0900000001"


@pytest.mark.parametrize("edit_first", [True, False])
def test_a_rescue_that_may_not_be_is_no_word_of_its_author_either(lan, minh, edit_first):
    """Held for the village it names, it still was compared by the phone alone."""
    here, there = minh.villages
    household = minh.household(address="Xóm 2")
    minh.sync()
    lan.sync()
    minh.save("household", {"address": "Xóm 9"}, household)
    minh.sync()
    edit = lan.save("household", {"address": "Xóm 3"}, household, was={"address": "Xóm 2"})
    lost = {"address": "Xóm 2", "village": there}
    held = {"address": "Xóm 9", "village": here}
    rescue = lan.save("household", lost, household, was=held, rescue=True)
    lan.outbox = []
    for change in (edit, rescue) if edit_first else (rescue, edit):
        send(lan, change)
    assert codes(lan, rescue) == ["not_allowed", "rescue"]
    minh.sync()
    minh.save("household", {"hardship": True}, household)
    minh.sync()
    assert minh.data("household", household)["address"] == "Xóm 9"


def test_a_lost_household_offered_with_its_people_by_two_phones_waits_once(lan, minh, deciding):
    household, member = new_id(), new_id()
    for phone in (lan, minh):
        values = {"village": lan.villages[0], "code": "9"}
        phone.save("household", values, household, was={}, rescue=True)
        person = {"household": household, "full_name": "Lò Thị Mai"}
        phone.save("member", person, member, was={}, rescue=True)
        phone.sync()
    offered = next(w for w in minh.waiting() if w["entity"] == "household")
    deciding(decisions.accept, offered["change"])
    minh.sync()
    states = [(w["entity"], w["state"]) for w in minh.waiting()]
    assert sorted(states) == [
        ("household", "applied"),
        ("member", "open"),
        ("member", "superseded"),
    ]


def test_a_refused_decision_leaves_no_second_entry_in_the_queue(lan, deciding):
    card = lan.card(lan.member(lan.household()), valid_to="2026-02-30")
    lan.sync()
    (wait,) = lan.waiting()
    for _ in range(2):
        (result,) = deciding(decisions.accept, wait["change"])
        assert result.status == "held"
    lan.sync()
    assert [w["state"] for w in lan.waiting()] == ["open"]
    assert "valid_to" not in lan.data("card", card)


def test_nobody_answers_what_was_returned_to_another_village(lan, minh, deciding):
    there = minh.villages[1]
    minh.household(there, confirmed_on="hôm qua")
    minh.sync()
    (wait,) = minh.waiting()
    deciding(decisions.settle, wait["change"], state=WaitingState.RETURNED)
    lan.household()
    lan.outbox[-1]["answers"] = wait["change"]
    lan.sync()
    minh.sync()
    assert [w["state"] for w in minh.waiting()] == ["returned"]


def test_a_repair_stays_within_the_limit_of_an_answer(lan, monkeypatch):
    from server.sync import feeds

    monkeypatch.setattr(feeds, "RECORDS_LIMIT", 3)
    for _ in range(5):
        lan.household()
    lan.sync()
    lan.records[lan.villages[0]].clear()
    lan.sync(repair=True)
    assert len(lan.records[lan.villages[0]]) == 3
    lan.sync(repair=True)
    assert_as_the_server_has_it(lan)


def test_a_cursor_below_nothing_reads_from_the_start(lan):
    household = lan.household()
    lan.sync()
    lan.cursors[lan.villages[0]] = -(2**70)
    lan.records.clear()
    lan.sync()
    assert lan.data("household", household) is not None


def test_what_lies_in_an_ended_village_is_its_successors_to_change(lan, make, places):
    from server.store.db import db
    from server.store.places import Area, AreaSuccessor

    household = lan.household()
    lan.sync()
    old, new = places.villages
    make.add(AreaSuccessor(area_id=old.id, successor_id=new.id))
    with make.writing():
        db.session.get_one(Area, old.id).valid_to = "2026-01-01"
    edit = lan.save("household", {"note": "nhà sàn"}, household)
    member = lan.save("member", {"household": household, "full_name": "Lò Thị Mai"})
    lan.sync()
    assert statuses(lan, edit, member) == ["applied", "applied"]


def test_what_waits_about_a_move_lies_where_the_household_still_lies(minh, places):
    here, there = minh.villages
    household = minh.household(here)
    minh.sync()
    asked = minh.save("household", {"village": there}, household)
    foreign = minh.save("household", {"village": places.other_village.id}, household)
    minh.sync()
    assert codes(minh, asked) == ["officer_only"]
    assert codes(minh, foreign) == ["not_allowed"]
    assert {("waiting", asked["id"]), ("waiting", foreign["id"])} <= minh.records[here].keys()
    assert not minh.records[there]


@pytest.mark.parametrize("order", [*permutations(("edits", "saves more", "adds", "syncs"))])
def test_a_member_the_officer_adds_stays_whenever_a_phone_edits_the_household(
    lan, minh, make, officer, order
):
    home = lan.household()
    head = lan.member(home, "Vi Văn Tú")
    lan.sync()
    added = []
    steps = {
        "edits": lambda: lan.save("household", {"address": "Ngõ 1"}, home),
        "saves more": lambda: lan.save("member", {"phone": "0900000001"}, head),
        "adds": lambda: added.append(
            make.write(officer, "member", {"household": home, "full_name": "Vi Thị Bé"})
        ),
        "syncs": lan.sync,
    }
    for step in order:
        steps[step]()
    for phone in (lan, minh):
        phone.sync()
        assert phone.data("member", added[0])["full_name"] == "Vi Thị Bé"
        assert phone.data("household", home)["address"] == "Ngõ 1"
        assert phone.data("member", head)["phone"] == "0900000001"
        assert phone.waiting() == []
