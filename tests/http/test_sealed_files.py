"""A file that one phone sealed and another one, or the desk, brings: a trip by another road."""

import json
from io import BytesIO

import pytest
from sqlalchemy import select, text, update

from schemas.sync import REFERENCE_FEED
from server.backup import service as backup
from server.store.db import db, is_sqlite, new_token, now, transaction
from server.store.devices import token_hash
from server.store.feeds import ChangeRow, ReferenceRecord, Waiting
from server.store.people import Audit, Device
from server.store.records import Household
from server.store.sealing_keys import SealingKey
from tests.actors import csrf_token
from tests.fake_phone import FakePhone
from tests.support.sealed import sealed_file, server_key


def knowing(phone):
    """A phone that has synced once: it knows the server's key."""
    phone.villages.append(REFERENCE_FEED)
    phone.sync()
    return phone


@pytest.fixture
def stuck(lan):
    """Lan's phone, which has saved a household and cannot sync."""
    knowing(lan)
    lan.member(lan.household(address="Xóm Bái"), "Lò Thị Mai")
    return lan


def carry(phone, data):
    headers = {"Authorization": f"Bearer {phone.phone.token}"}
    return phone.phone.client.post("/api/v1/sealed", data=data, headers=headers)


def counts(answer):
    return {name: answer[name] for name in ("known", "applied", "waiting", "malformed")}


def upload(desk, data, name="bao-phu.bpx"):
    token = csrf_token(desk.get("/sealed").text)
    form = {"csrf_token": token, "file": (BytesIO(data), name)}
    return desk.client.post("/sealed", data=form)


# ── the key ──────────────────────────────────────────────────────────────────────────────────────


def test_a_phone_learns_the_key_at_its_first_trip_and_a_poll_stays_as_small(lan):
    knowing(lan)
    assert len(server_key(lan)["public_key"]) == 87
    lan.sync()
    assert lan.answer["feeds"][REFERENCE_FEED]["records"] == []


def test_every_phone_gets_the_same_key(lan, minh, ask):
    assert server_key(knowing(lan)) == server_key(knowing(minh))
    assert len(ask(select(SealingKey.id))) == 1


def test_with_another_secret_a_new_pair_is_made_and_published(app, lan, ask):
    before = server_key(knowing(lan))
    secret = app.config["SECRET_KEY"]
    with app.app_context(), transaction():
        db.session.execute(update(SealingKey).values(id="0" * 16))
    app.config["SECRET_KEY"] = "another secret, long enough to be one"
    try:
        lan.sync()
        assert server_key(lan)["key"] != before["key"]
        assert len(ask(select(SealingKey.id))) == 2
    finally:
        app.config["SECRET_KEY"] = secret


def test_the_private_half_does_not_lie_open_in_the_database(lan, ask):
    knowing(lan)
    [(private,)] = ask(select(SealingKey.private_key))
    assert b"\x06\x07\x2a\x86\x48\xce\x3d" not in private  # how every open EC key begins


# ── another phone brings it ──────────────────────────────────────────────────────────────────────


def test_another_phone_brings_the_file_and_the_author_stays(stuck, minh, ask):
    answer = carry(minh, sealed_file(stuck, stuck.outbox))
    assert answer.status_code == 200
    assert answer.json["proven"] is True
    assert counts(answer.json) == {"known": 0, "applied": 2, "waiting": 0, "malformed": 0}
    lan = (stuck.phone.user.id, stuck.phone.device.id)
    assert ask(select(ChangeRow.user_id, ChangeRow.device_id)) == [lan, lan]


def test_bringing_it_twice_changes_nothing(stuck, minh, ask):
    data = sealed_file(stuck, stuck.outbox)
    carry(minh, data)
    before = ask(select(Household.id, Household.rev))
    again = carry(minh, data).json
    assert counts(again) == {"known": 2, "applied": 0, "waiting": 0, "malformed": 0}
    assert ask(select(Household.id, Household.rev)) == before


def test_the_phone_that_exported_learns_the_fates_when_it_syncs(stuck, minh, ask):
    carry(minh, sealed_file(stuck, stuck.outbox))
    stuck.sync()
    assert stuck.outbox == []
    assert {result["status"] for result in stuck.results.values()} == {"applied"}
    assert len(ask(select(ChangeRow.id))) == 2


def test_the_authors_rights_count_not_the_carriers(stuck, make, places, phone_of, ask):
    stranger = FakePhone(phone_of(make.user("surveyor", username="xa")))
    assert carry(stranger, sealed_file(stuck, stuck.outbox)).json["applied"] == 2
    assert ask(select(Household.village_id)) == [(places.villages[0].id,)]


def test_what_a_revoked_phone_had_exported_is_held(app, stuck, minh):
    data = sealed_file(stuck, stuck.outbox)
    with app.app_context(), transaction():
        only = Device.id == stuck.phone.device.id
        db.session.execute(update(Device).where(only).values(revoked_at=now()))
    answer = carry(minh, data).json
    assert counts(answer) == {"known": 0, "applied": 0, "waiting": 2, "malformed": 0}
    assert answer["results"][0]["reasons"][0]["code"] == "revoked_device"


def test_a_change_that_cannot_be_read_is_named_and_the_others_are_taken(stuck, minh):
    poison = {"id": "not an id", "entity": "household", "set": 7}
    answer = carry(minh, sealed_file(stuck, [poison, *stuck.outbox])).json
    assert counts(answer) == {"known": 0, "applied": 2, "waiting": 0, "malformed": 1}
    assert answer["results"][0]["status"] == "malformed"


def test_who_carried_what_is_logged(stuck, minh, ask):
    carry(minh, sealed_file(stuck, stuck.outbox))
    [(by, subject, count, detail)] = ask(
        select(Audit.user_id, Audit.subject, Audit.count, Audit.detail).where(
            Audit.kind == "sealed_taken"
        )
    )
    assert (by, subject, count) == (minh.phone.user.id, stuck.phone.device.id, 2)
    assert json.loads(detail)["author"] == stuck.phone.user.id
    assert json.loads(detail)["carried_by_device"] == minh.phone.device.id


# ── what cannot be proven ────────────────────────────────────────────────────────────────────────


def sign_in_again(app, phone):
    """The phone gets a new token: what it sealed before proves nothing any more."""
    phone.phone.token = new_token()
    with app.app_context(), transaction():
        only = Device.id == phone.phone.device.id
        db.session.execute(
            update(Device).where(only).values(token_hash=token_hash(phone.phone.token))
        )


def test_a_file_signed_with_an_older_token_waits_whole(app, stuck, minh, ask, places):
    data = sealed_file(stuck, stuck.outbox)
    sign_in_again(app, stuck)
    answer = carry(minh, data).json
    assert answer["proven"] is False
    assert counts(answer) == {"known": 0, "applied": 0, "waiting": 2, "malformed": 0}
    assert answer["results"][0]["reasons"][0]["code"] == "unproven_author"
    assert ask(select(Household.id)) == []
    here = (stuck.phone.user.id, places.villages[0].id)
    assert ask(select(Waiting.user_id, Waiting.village_id)) == [here, here]


def test_such_a_file_twice_waits_once(app, stuck, minh, ask):
    data = sealed_file(stuck, stuck.outbox)
    sign_in_again(app, stuck)
    carry(minh, data)
    assert carry(minh, data).json["known"] == 2
    assert len(ask(select(Waiting.id))) == 2


def test_when_the_true_author_syncs_it_counts_and_what_waited_closes(app, stuck, minh, ask):
    data = sealed_file(stuck, stuck.outbox)
    sign_in_again(app, stuck)
    carry(minh, data)
    stuck.sync()
    assert {result["status"] for result in stuck.results.values()} == {"applied"}
    assert set(ask(select(Waiting.state))) == {("applied",)}


def test_nobody_writes_in_anothers_name(stuck, minh, ask):
    forged = sealed_file(stuck, stuck.outbox, token=minh.phone.token)
    assert carry(minh, forged).json["proven"] is False
    assert ask(select(Household.id)) == []


def test_a_forged_value_takes_no_place_in_the_true_authors_queue(app, stuck, minh, ask):
    stuck.sync()
    home = next(c["record"] for c in stuck.sent if c["entity"] == "household")
    forged = stuck.save("household", {"address": "Chỗ khác"}, record=home)
    stuck.outbox.clear()
    carry(minh, sealed_file(stuck, [forged], token="forged"))
    stuck.save("household", {"address": "Xóm Đình"}, record=home, was={"address": "Chỗ khác"})
    stuck.sync()
    [result] = [stuck.results[change["id"]] for change in stuck.sent[-1:]]
    assert result["status"] == "held"


def test_an_unknown_phone_waits_in_the_villages_of_the_carrier(stuck, minh, ask, places):
    data = sealed_file(stuck, stuck.outbox, device="01990000-0000-7000-8000-000000000000")
    assert carry(minh, data).json["device_name"] is None
    assert set(ask(select(Waiting.village_id))) == {(places.villages[0].id,)}


# ── what is no such file ─────────────────────────────────────────────────────────────────────────


def refused(answer):
    return answer.status_code, answer.json["code"]


def test_a_foreign_file_is_refused(minh):
    assert refused(carry(minh, b"%PDF-1.7 ...")) == (400, "sealed_unreadable")
    assert refused(carry(minh, b"")) == (400, "sealed_unreadable")
    assert refused(carry(minh, b"BPX2....")) == (400, "sealed_too_new")


def test_a_file_cut_anywhere_is_refused_and_nothing_is_written(stuck, minh, ask):
    data = sealed_file(stuck, stuck.outbox)
    for length in (4, 5, 6, 100, len(data) // 2, len(data) - 1):
        assert refused(carry(minh, data[:length])) == (400, "sealed_damaged")
    assert ask(select(ChangeRow.id)) == []


def test_a_file_changed_anywhere_is_refused(stuck, minh):
    data = sealed_file(stuck, stuck.outbox)
    device = stuck.phone.device.id.encode()
    other = data.replace(device, minh.phone.device.id.encode())
    assert refused(carry(minh, other)) == (400, "sealed_damaged")
    bent = data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]
    assert refused(carry(minh, bent)) == (400, "sealed_damaged")


def test_a_file_of_another_server_is_refused(stuck, minh):
    data = sealed_file(stuck, stuck.outbox, database="01990000-0000-7000-8000-000000000000")
    assert refused(carry(minh, data)) == (409, "sealed_other_database")


def test_a_file_for_a_key_that_is_gone_is_refused(stuck, minh):
    data = sealed_file(stuck, stuck.outbox, key="0" * 16)
    assert refused(carry(minh, data)) == (409, "sealed_key_unknown")


def test_a_file_that_unpacks_to_too_much_is_refused(stuck, minh):
    bomb = b'{"changes": [' + b" " * 5_000_000 + b"]}"
    assert refused(carry(minh, sealed_file(stuck, [], body=bomb))) == (413, "too_large")
    assert refused(carry(minh, b"BPX1" + b"x" * 4_200_000)) == (413, "too_large")
    many = sealed_file(stuck, [{}] * 2001)
    assert refused(carry(minh, many)) == (413, "too_many_changes")


@pytest.mark.parametrize("body", [b"[]", b"no json", b'{"changes": 7}', b'{"changes": []}'])
def test_a_file_with_something_else_inside_is_refused(stuck, minh, body):
    assert carry(minh, sealed_file(stuck, [], body=body)).status_code == 400


def test_nobody_signed_in_and_no_stolen_phone_brings_a_file(app, client, stuck, minh):
    assert client.post("/api/v1/sealed", data=b"BPX1").status_code == 401
    with app.app_context(), transaction():
        only = Device.id == minh.phone.device.id
        db.session.execute(update(Device).where(only).values(revoked_at=now(), stolen=True))
    assert carry(minh, sealed_file(stuck, stuck.outbox)).status_code == 403


# ── the desk ─────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_takes_a_file_in_and_says_what_became_of_it(stuck, as_officer, ask):
    answer = upload(as_officer, sealed_file(stuck, stuck.outbox))
    assert answer.status_code == 200
    assert f"Đã nhận tệp: {stuck.phone.device.name}" in answer.text
    assert len(ask(select(Household.id))) == 1
    assert ask(select(ChangeRow.user_id).distinct()) == [(stuck.phone.user.id,)]
    assert "Chưa nhận tệp nào" not in as_officer.get("/sealed").text


def test_the_desk_names_what_cannot_be_read_and_what_is_not_proven(stuck, as_officer):
    poison = {"id": "x", "entity": "member", "at": "2026-11-22T07:41:09+07:00", "set": 7}
    page = upload(as_officer, sealed_file(stuck, [poison], token="other")).text
    assert "22/11/2026 07:41" in page
    assert "Máy chủ không đọc được thay đổi này" in page
    assert "Chưa chứng minh được tệp" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"PK", "Đây không phải tệp"), (b"BPX1\x00\x02{}", "Tệp bị thiếu hoặc đã bị sửa")],
)
def test_the_desk_says_why_a_file_is_not_taken(as_officer, data, words):
    answer = upload(as_officer, data)
    assert answer.status_code == 400
    assert words in answer.text


def test_the_desk_asks_for_a_file_first(as_officer):
    assert "Hãy chọn tệp trước." in upload(as_officer, b"", name="").text


def test_only_officers_and_administrators_take_files_in_at_the_desk(
    as_surveyor, as_viewer, as_bhxh, as_admin
):
    assert [who.get("/sealed").status_code for who in (as_surveyor, as_viewer, as_bhxh)] == [
        403
    ] * 3
    assert as_surveyor.submit("/sealed", form_at="/account").status_code == 403
    assert as_admin.get("/sealed").status_code == 200


def test_the_key_is_a_reference_record_of_the_whole_country(lan, ask):
    knowing(lan)
    key = select(ReferenceRecord.province_id).where(ReferenceRecord.entity == "sealing_key")
    assert ask(key) == [(None,)]


def test_a_restored_server_still_opens_what_was_sealed_before(app, stuck, minh, tmp_path, ask):
    data = sealed_file(stuck, stuck.outbox)
    with app.app_context():
        backup.back_up(tmp_path / "sao-luu")
        backup.restore(tmp_path / "sao-luu", yes=True)
    try:
        assert carry(minh, data).json["applied"] == 2
    finally:
        with app.app_context(), transaction():
            if not is_sqlite():
                aside = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore%'"
                for (name,) in db.session.execute(text(aside)).all():
                    db.session.execute(text(f'DROP SCHEMA "{name}" CASCADE'))
