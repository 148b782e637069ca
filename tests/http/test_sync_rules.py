"""The server rules of the sync contract, each told as what two phones and a desk live through."""

import pytest

from server.domain.digest import NO_RECORDS
from server.store.db import new_id
from tests.fake_phone import FakePhone


@pytest.fixture
def shared_member(lan, minh):
    """A member that both phones hold."""
    member = lan.member(lan.household(), full_name="Vi Văn Tú", phone="0912345678")
    lan.sync()
    minh.sync()
    return member


def result(phone, change):
    return phone.results[change["id"]]


def test_a_household_sent_once_is_on_the_other_phone(lan, minh):
    household = lan.household(code="HL-001")
    lan.sync()
    minh.sync()
    assert minh.data("household", household)["code"] == "HL-001"


def test_syncing_again_does_nothing(lan):
    lan.card(lan.member(lan.household()), valid_to="2026-12-31")
    first = lan.sync()
    again = lan.sync()
    assert again["results"] == []
    assert all(feed["records"] == [] for feed in again["feeds"].values())
    assert again["feeds"][lan.villages[0]]["next"] == first["feeds"][lan.villages[0]]["next"]


def test_the_same_change_sent_again_answers_the_same_and_stores_nothing(lan):
    lan.household()
    changes = list(lan.outbox)
    lan.sync(lose_answer=True)
    lan.sync()
    repeated = lan.phone.post("/api/v1/sync", lan.request(changes)).get_json()
    assert repeated["results"] == [result(lan, changes[0])]
    assert len(lan.records[lan.villages[0]]) == 1


def test_the_same_id_with_other_content_waits_for_review(lan):
    household = lan.household(code="1")
    change = lan.outbox[0]
    lan.sync()
    lan.outbox.append({**change, "set": {**change["set"], "code": "2"}})
    lan.sync()
    assert result(lan, change)["status"] == "held"
    assert result(lan, change)["reasons"][0]["code"] == "same_id_other_content"
    assert lan.data("household", household)["code"] == "1"
    assert [wait["fields"]["code"]["set"] for wait in lan.waiting()] == ["2"]


def test_different_fields_of_one_member_both_stay(lan, minh, shared_member):
    lan.save("member", {"phone": "0987654321"}, shared_member)
    minh.save("member", {"known_as": "Tú Còi"}, shared_member)
    lan.sync()
    minh.sync()
    lan.sync()
    assert lan.data("member", shared_member)["phone"] == "0987654321"
    assert lan.data("member", shared_member)["known_as"] == "Tú Còi"


def test_the_same_field_keeps_the_first_and_the_other_waits(lan, minh, shared_member):
    lan.save("member", {"phone": "0900000001"}, shared_member)
    later = minh.save("member", {"phone": "0900000002"}, shared_member)
    lan.sync()
    minh.sync()
    assert result(minh, later)["status"] == "held"
    assert result(minh, later)["waiting"] == ["phone"]
    assert minh.data("member", shared_member)["phone"] == "0900000001"
    assert minh.waiting()[0]["fields"]["phone"] == {"was": "0912345678", "set": "0900000002"}


def test_fields_that_belong_together_wait_together(lan, minh):
    card = lan.card(lan.member(lan.household()), valid_from="2025-01-01", valid_to="2025-12-31")
    lan.sync()
    minh.sync()
    lan.save("card", {"valid_from": "2025-02-01", "valid_to": "2026-01-31"}, card)
    both = minh.save("card", {"valid_from": "2025-01-01", "valid_to": "2026-12-31"}, card)
    lan.sync()
    minh.sync()
    assert sorted(result(minh, both)["waiting"]) == ["valid_from", "valid_to"]
    assert minh.data("card", card)["valid_to"] == "2026-01-31"


def test_the_order_in_which_edits_of_one_person_arrive_does_not_matter(lan, minh, shared_member):
    first = lan.save("member", {"phone": "0900000001"}, shared_member)
    second = lan.save("member", {"phone": "0900000002"}, shared_member)
    lan.outbox = [second, first]
    lan.sync()
    assert lan.data("member", shared_member)["phone"] == "0900000002"
    assert [wait["state"] for wait in lan.waiting()] == ["applied"]
    lan.outbox = [second, first]
    lan.sync()
    assert {lan.results[c["id"]]["status"] for c in (first, second)} == {"applied"}


def test_a_later_edit_of_the_same_person_takes_the_place_in_the_queue(lan, minh, shared_member):
    lan.save("member", {"phone": "0900000001"}, shared_member)
    minh.save("member", {"phone": "0900000002"}, shared_member)
    minh.save("member", {"phone": "0900000003"}, shared_member)
    lan.sync()
    minh.sync()
    states = {w["fields"]["phone"]["set"]: w["state"] for w in minh.waiting()}
    assert states == {"0900000002": "superseded", "0900000003": "open"}
    assert [w["fields"]["phone"]["was"] for w in minh.waiting() if w["state"] == "open"] == [
        "0912345678"
    ]


def test_a_waiting_value_is_settled_when_the_record_comes_to_hold_it(lan, minh, shared_member):
    lan.save("member", {"phone": "0900000001"}, shared_member)
    lost = minh.save("member", {"phone": "0900000002"}, shared_member)
    lan.sync()
    minh.sync()
    lan.sync()
    lan.save("member", {"phone": "0900000002"}, shared_member)
    lan.sync()
    minh.sync()
    assert [wait["state"] for wait in minh.waiting()] == ["applied"]
    minh.outbox = [lost]
    minh.sync()
    assert result(minh, lost)["status"] == "applied"


def test_a_child_before_its_parent_waits_and_applies_by_itself(lan, minh):
    household = lan.household()
    member = lan.member(household)
    card = lan.card(member, valid_to="2026-12-31")
    home, person, paper = lan.outbox
    lan.outbox = [paper]
    lan.sync()
    lan.outbox = [person]
    lan.sync()
    assert result(lan, paper)["reasons"][0]["code"] == "parent_missing"
    lan.outbox = [home]
    lan.sync()
    assert lan.data("card", card)["valid_to"] == "2026-12-31"
    lan.outbox = [paper, person]
    lan.sync()
    assert {lan.results[c["id"]]["status"] for c in (paper, person)} == {"applied"}
    minh.sync()
    assert {w["state"] for w in minh.waiting()} == {"applied"}


def test_an_edit_of_a_record_that_has_not_arrived_waits_for_it(lan):
    household = lan.household()
    creation = lan.outbox.pop()
    edit = lan.save("household", {"note": "nhà sàn"}, household, was={"note": None})
    lan.sync()
    assert result(lan, edit)["reasons"][0]["code"] == "parent_missing"
    lan.outbox = [creation]
    lan.sync()
    assert lan.data("household", household)["note"] == "nhà sàn"


def test_a_value_that_breaks_a_rule_waits_and_the_rest_applies(lan):
    member = lan.member(lan.household())
    card = lan.card(
        member, number="GB4380123456789", valid_from="2026-05-01", valid_to="2026-01-01"
    )
    change = lan.outbox[-1]
    lan.sync()
    assert result(lan, change)["status"] == "merged"
    assert "valid_to" in result(lan, change)["waiting"]
    assert lan.data("card", card)["number"] == "GB4380123456789"


def test_an_unknown_field_never_costs_the_rest(lan):
    household = lan.household(code="7", colour="xanh")
    change = lan.outbox[0]
    lan.sync()
    assert result(lan, change)["status"] == "merged"
    assert result(lan, change)["reasons"][0]["code"] == "unknown_field"
    assert lan.data("household", household)["code"] == "7"


def test_a_record_without_a_needed_field_is_held_whole(lan):
    household = lan.household()
    change = lan.save("member", {"household": household, "sex": "female"})
    lan.sync()
    assert result(lan, change)["status"] == "held"
    assert result(lan, change)["reasons"][0]["code"] == "needed"
    assert lan.data("member", change["record"]) is None


def test_what_only_the_desk_may_set_waits(lan):
    household = lan.household(average_farm=True)
    change = lan.outbox[0]
    lan.sync()
    assert result(lan, change)["reasons"] == [
        {
            "field": "average_farm",
            "code": "desk_only",
            "message": result(lan, change)["reasons"][0]["message"],
        }
    ]
    assert "average_farm" not in lan.data("household", household)


@pytest.mark.parametrize(
    "poison",
    [
        {"id": "không phải mã"},
        {"set": None},
        {"entity": "cow"},
        {"record": 7},
        {"was": []},
    ],
)
def test_what_is_no_change_at_all_is_malformed_and_stops_nothing(lan, poison):
    lan.household()
    lan.outbox.insert(0, {**lan.outbox[0], "id": new_id(), **poison})
    answer = lan.sync()
    assert [r["status"] for r in answer["results"]] == ["malformed", "applied"]


def test_nul_and_lone_surrogates_are_taken_out(lan):
    household = lan.household(note="nhà\x00 sàn")
    lan.sync()
    assert lan.data("household", household)["note"] == "nhà sàn"


def test_an_unreadable_clock_changes_nothing(lan):
    household = lan.household()
    lan.outbox[0]["at"] = "hôm qua"
    lan.sync()
    assert lan.data("household", household) is not None


def test_leaving_out_is_not_deleting_and_ending_needs_a_change(lan, minh, shared_member):
    lan.save("member", {"ended_on": "2026-11-01", "end_reason": "moved_away"}, shared_member)
    lan.sync()
    minh.save("member", {"phone": "0911111111"}, shared_member)
    minh.sync()
    assert minh.data("member", shared_member)["phone"] == "0911111111"
    reasons = [w["reasons"][0]["code"] for w in minh.waiting()]
    assert reasons == ["ended_parent"]


def test_a_surveyor_of_one_village_gets_and_changes_nothing_of_another(lan, minh, places):
    other = places.villages[1].id
    household = minh.household(other, code="bí mật")
    minh.sync()
    lan.villages.append(other)
    answer = lan.sync()
    assert answer["feeds"][other] == {"gone": True}
    guess = lan.save("household", {"code": "x"}, household, was={"code": "bí mật"})
    sneak = lan.save("household", {"village": other}, village=other)
    child = lan.save("member", {"household": household, "full_name": "Kẻ lạ"})
    lan.sync()
    for change in (guess, sneak, child):
        assert result(lan, change)["status"] == "held"
        assert result(lan, change)["reasons"][0]["code"] == "not_allowed"
        assert "bí mật" not in str(result(lan, change))
    minh.sync()
    assert minh.data("household", household)["code"] == "bí mật"


def test_a_viewer_sends_nothing_and_reads_no_people(lan, make, places, phone_of):
    lan.household()
    lan.sync()
    viewer = FakePhone(phone_of(make.user("viewer", areas=[places.commune])), lan.villages[:])
    change = viewer.save("household", {"village": lan.villages[0]})
    answer = viewer.sync()
    assert answer["villages"] == []
    assert viewer.records == {}
    assert result(viewer, change)["status"] == "held"


def test_pages_bring_everything_in_order_without_a_gap(lan, minh):
    for _ in range(13):
        lan.member(lan.household())
    lan.sync()
    minh.sync(limit=5)
    village = lan.villages[0]
    assert len(minh.records[village]) == 26
    assert minh.digest(village) == minh.answer["feeds"][village]["digest"] != NO_RECORDS


def test_a_differing_copy_is_repaired_in_one_more_trip(lan, minh):
    for _ in range(5):
        lan.household()
    lan.sync()
    minh.sync()
    village = lan.villages[0]
    copy = minh.records[village]
    lost, ghost = next(iter(copy)), ("household", new_id())
    copy[ghost] = {**copy.pop(lost), "id": ghost[1]}
    minh.sync(repair=True)
    assert lost in copy
    assert ghost not in copy
    assert minh.digest(village) == minh.answer["feeds"][village]["digest"]


def test_an_unknown_last_result_asks_for_everything_again(lan):
    lan.household()
    lan.sync()
    lan.last = new_id()
    answer = lan.phone.post("/api/v1/sync", lan.request()).get_json()
    assert answer["reoffer"] is True
    assert answer["feeds"] == {}


def test_a_cursor_ahead_of_the_feed_asks_for_everything_again(lan):
    lan.cursors[lan.villages[0]] = 99
    answer = lan.phone.post("/api/v1/sync", lan.request()).get_json()
    assert answer["reoffer"] is True


def test_another_epoch_takes_the_changes_and_gives_no_feeds(lan):
    lan.sync()
    lan.epoch = new_id()
    household = lan.household()
    answer = lan.phone.post("/api/v1/sync", lan.request(lan.outbox)).get_json()
    assert answer["reoffer"] is True
    assert answer["results"][0]["status"] == "applied"
    lan.sync()
    assert lan.data("household", household) is not None


def test_a_rescue_waits_once_and_closes_when_the_record_holds_it(lan, minh, shared_member):
    rescue = minh.save("member", {"known_as": "Tú"}, shared_member, rescue=True)
    minh.save("member", {"known_as": "Tú"}, shared_member, was={"known_as": None}, rescue=True)
    minh.sync()
    assert result(minh, rescue)["reasons"][0]["code"] == "rescue"
    assert [w["state"] for w in minh.waiting()] == ["open"]
    lan.save("member", {"known_as": "Tú"}, shared_member)
    lan.sync()
    minh.sync()
    assert [w["state"] for w in minh.waiting()] == ["applied"]


def test_another_database_is_refused_before_anything_is_touched(lan):
    lan.household()
    response = lan.phone.post("/api/v1/sync", lan.request(lan.outbox, database=new_id()))
    assert response.status_code == 409
    assert response.get_json()["code"] == "database_unknown"


def test_the_server_says_how_many_changes_of_this_phone_it_holds(lan):
    lan.member(lan.household())
    assert lan.sync()["records_held"] == {"applied": 2}


def test_a_person_goes_to_another_household_with_their_cards(lan, minh):
    member = lan.member(lan.household())
    card = lan.card(member, valid_to="2026-12-31")
    new_home = minh.household(minh.villages[1])
    lan.sync()
    minh.sync()
    minh.save("member", {"household": new_home}, member)
    minh.sync()
    assert minh.data("member", member)["household"] == new_home
    assert ("card", card) in minh.records[minh.villages[1]]
    assert ("card", card) not in minh.records[minh.villages[0]]
    for village in minh.villages:
        assert minh.digest(village) == minh.answer["feeds"][village]["digest"]


def test_a_person_whose_new_household_is_in_doubt_stays_where_they_are(lan, minh):
    first, second = lan.household(), lan.household()
    member = lan.member(lan.household())
    lan.sync()
    minh.sync()
    lan.save("member", {"household": first}, member)
    doubted = minh.save("member", {"household": second, "phone": "0912345678"}, member)
    lan.sync()
    minh.sync()
    assert result(minh, doubted)["waiting"] == ["household"]
    assert minh.data("member", member)["household"] == first
    assert minh.data("member", member)["phone"] == "0912345678"
    card = minh.card(member, valid_to="2026-12-31")
    minh.sync()
    lan.sync()
    assert lan.data("card", card) is not None


def test_a_household_for_an_ended_village_goes_to_its_only_successor(lan, make, places, app):
    from server.store.places import Area, AreaSuccessor

    old, new = places.villages
    lan.sync()
    make.add(AreaSuccessor(area_id=old.id, successor_id=new.id))
    with make.writing():
        from server.store.db import db

        db.session.get_one(Area, old.id).valid_to = "2026-01-01"
    household = lan.household(old.id)
    lan.sync()
    assert result(lan, lan.sent[-1])["status"] == "applied"
    assert ("household", household) in lan.records[new.id]
    assert lan.data("household", household)["village"] == new.id
