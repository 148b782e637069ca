"""A revoked phone may still send; all of it is held, nothing is read, and then it erases itself."""

import pytest

from server.store.db import new_id


@pytest.fixture
def officer(make, places, phone_of):
    return phone_of(make.user("officer", areas=[places.commune]))


def revoke(phone, device, **body):
    return phone.post(f"/api/v1/devices/{device.id}/revoke", body)


def test_what_a_revoked_phone_sends_is_held_and_it_reads_nothing(lan, officer):
    lan.household()
    lan.sync()
    assert revoke(officer, lan.phone.device).status_code == 204
    change = lan.save("household", {"village": lan.villages[0]})
    answer = lan.phone.post("/api/v1/sync", lan.request([change])).get_json()
    assert answer["results"][0]["reasons"][0]["code"] == "revoked_device"
    assert (answer["feeds"], answer["villages"]) == ({}, [])
    assert answer["device"]["state"] == "erase"


def test_a_revoked_phone_that_holds_more_is_closing_and_a_stolen_one_erases_at_once(lan, officer):
    for _ in range(3):
        lan.household()
    revoke(officer, lan.phone.device)
    closing = lan.phone.post("/api/v1/sync", lan.request(lan.outbox[:1])).get_json()
    assert closing["device"]["state"] == "closing"
    revoke(officer, lan.phone.device, stolen=True)
    stolen = lan.phone.post("/api/v1/sync", lan.request(lan.outbox[1:2])).get_json()
    assert stolen["device"]["state"] == "erase"


def test_what_could_not_be_read_keeps_a_revoked_phone_from_erasing_itself(lan, officer):
    revoke(officer, lan.phone.device)
    good = lan.save("household", {"village": lan.villages[0]})
    poison = lan.save("household", {"village": lan.villages[0]}) | {"entity": "of a newer app"}
    answer = lan.phone.post("/api/v1/sync", lan.request([good, poison])).get_json()
    assert [result["status"] for result in answer["results"]] == ["held", "malformed"]
    assert answer["device"]["state"] == "closing"


def test_a_revoked_phone_tells_a_restored_server_all_again_before_it_erases_itself(lan, officer):
    lan.sync()
    revoke(officer, lan.phone.device)
    told = lan.phone.post("/api/v1/sync", lan.request(epoch=new_id())).get_json()
    assert (told["reoffer"], told["device"]["state"]) == (True, "closing")


def test_the_word_of_a_revoked_phone_sends_nobody_back_to_the_start(lan, officer):
    """Whoever found a lost phone must not make all others read everything again."""
    lan.sync()
    revoke(officer, lan.phone.device)
    told = lan.phone.post("/api/v1/sync", lan.request(last=new_id())).get_json()
    assert (told["reoffer"], told["epoch"]) == (True, lan.epoch)


def test_revoking_a_phone_that_is_not_there_is_not_found(lan, officer):
    response = officer.post(f"/api/v1/devices/{new_id()}/revoke", {})
    assert response.status_code == 404


def test_revoking_another_communes_phone_is_not_allowed(lan, make, places, phone_of):
    stranger = phone_of(make.user("officer", username="la", areas=[places.other_commune]))
    assert revoke(stranger, lan.phone.device).status_code == 403


def test_a_surveyor_revokes_nobody(lan):
    assert revoke(lan.phone, lan.phone.device).status_code == 403
