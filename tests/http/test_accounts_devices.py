"""Phones: signing in and out through the API, and what the desk sees and does."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from server.store.db import db, new_id, now
from server.store.people import Audit, Device
from server.store.unreadable import UnreadableChange
from tests.factories import PASSWORD


def sign_in(client, username="surveyor", password=PASSWORD, **more):
    body = {"username": username, "password": password, "name": "Máy của Lan", **more}
    return client.post("/api/v1/devices", json=body)


@pytest.fixture
def surveyor(make, places):
    return make.user("surveyor", areas=[places.villages[0]])


def test_a_surveyor_signs_a_phone_in_and_learns_what_it_serves(client, surveyor, places):
    answer = sign_in(client)
    assert answer.status_code == 201
    body = answer.json
    assert body["user"] == {"id": surveyor.id, "name": surveyor.name, "role": "surveyor"}
    assert body["villages"] == [
        {"id": places.villages[0].id, "name": "Hưng Long", "commune": "Xã Thường Xuân"}
    ]
    assert len(body["token"]) >= 43
    assert body["database"] != body["epoch"]
    assert body["expires_at"].endswith("+07:00")


def test_the_token_itself_is_nowhere_in_the_database(client, surveyor, ask):
    token = sign_in(client).json["token"]
    assert ask(select(Device.token_hash))[0].token_hash != token


@pytest.mark.parametrize("role", ["viewer", "admin", "bhxh"])
def test_every_role_may_hold_a_phone_but_not_everybody_gets_villages(client, make, places, role):
    unit = places.unit if role == "bhxh" else None
    make.user(role, areas=[] if unit else [places.province], unit=unit)
    answer = sign_in(client, role)
    assert answer.status_code == 201
    assert answer.json["villages"] == []


def test_signing_in_again_keeps_the_phone_and_ends_the_old_token(client, surveyor, make, app):
    first = sign_in(client).json
    second = sign_in(client, device=first["device"]).json
    assert second["device"] == first["device"]
    assert second["token"] != first["token"]
    path = f"/api/v1/devices/{first['device']}"
    old = client.delete(path, headers={"Authorization": f"Bearer {first['token']}"})
    assert old.status_code == 401


def test_another_users_phone_cannot_be_taken_over(client, surveyor, make, places):
    make.user("surveyor", username="other", areas=[places.villages[1]])
    first = sign_in(client).json
    second = sign_in(client, "other", device=first["device"]).json
    assert second["device"] != first["device"]


def test_a_revoked_phone_comes_back_as_a_new_one(client, surveyor, app):
    first = sign_in(client).json
    with app.app_context():
        db.session.execute(update(Device).values(revoked_at=now()))
        db.session.commit()
    assert sign_in(client, device=first["device"]).json["device"] != first["device"]


def test_a_wrong_password_is_refused_and_in_the_end_slowed_down(client, surveyor):
    answers = [sign_in(client, password="sai rồi nhé") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[0].json["code"] == "wrong_credentials"
    assert answers[5].json["details"]["retry_after"] > 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "not_json"),
        (b"[]", "malformed"),
        (b'{"username": 1, "password": "x"}', "malformed"),
        (b'{"username": "surveyor"}', "malformed"),
        (b'{"username": "\\u0000", "password": "x"}', "malformed"),
    ],
)
def test_whatever_is_sent_is_answered_with_a_problem(client, surveyor, body, code):
    answer = client.post("/api/v1/devices", data=body)
    assert answer.status_code in (400, 401)
    assert answer.json["code"] == code


def test_a_device_id_that_is_nonsense_gets_a_new_phone(client, surveyor):
    assert sign_in(client, device="\x00x").status_code == 201


def test_a_phone_signs_itself_out_and_its_token_is_dead(phone_of, surveyor, ask):
    phone = phone_of(surveyor)
    path = f"/api/v1/devices/{phone.device.id}"
    assert phone.delete(path).status_code == 204
    assert phone.delete(path).status_code == 401
    assert ask(select(Device.token_hash)) == [(None,)]


def test_a_phone_cannot_sign_out_another(phone_of, surveyor):
    phone, other = phone_of(surveyor), phone_of(surveyor)
    answer = phone.delete(f"/api/v1/devices/{other.device.id}")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_a_cookie_opens_no_door_of_the_api(as_officer):
    assert as_officer.client.delete("/api/v1/devices/x").status_code == 401


def test_a_token_unused_for_half_a_year_is_dead(phone_of, surveyor, app):
    phone = phone_of(surveyor)
    with app.app_context():
        long_ago = now() - timedelta(days=181)
        db.session.execute(update(Device).values(last_used_at=long_ago))
        db.session.commit()
    assert phone.delete(f"/api/v1/devices/{phone.device.id}").status_code == 401


@pytest.fixture
def phone(make, as_surveyor):
    """The surveyor's phone, silent for a month, which came back empty."""
    month_ago = datetime.now(UTC) - timedelta(days=30)
    device, _token = make.device(
        as_surveyor.user,
        name="Samsung A03 của Lan",
        unsent=12,
        app_version="1.2.3",
        persisted=False,
        last_sync_at=month_ago,
        came_back_empty_at=month_ago,
        clock_offset_s=-7300,
    )
    return device


def test_an_officer_sees_what_each_phone_last_said(as_officer, phone):
    page = as_officer.get("/devices").get_data(as_text=True)
    for words in ("Samsung A03 của Lan", "1.2.3", "có thể bị xóa", "chậm 2 giờ", "Trở lại trống"):
        assert words in page
    assert "quá 7 ngày chưa đồng bộ" in as_officer.get(f"/devices/{phone.id}").text


@pytest.mark.parametrize("only", ["silent", "empty"])
def test_the_to_dos_about_phones_open_the_phones_they_counted(as_officer, phone, make, only):
    make.device(as_officer.user, name="Máy của cán bộ")
    assert phone.name in as_officer.get(f"/devices?only={only}").text


def test_an_officer_of_another_commune_does_not_see_the_phone(as_stranger, phone):
    assert phone.name not in as_stranger.get("/devices").text
    path = f"/devices/{phone.id}"
    assert as_stranger.get(path).status_code == 403
    assert as_stranger.submit(f"{path}/revoke", form_at="/account").status_code == 403


def test_a_phone_that_does_not_exist_is_not_found(as_officer):
    assert as_officer.get("/devices/x").status_code == 404
    assert as_officer.submit("/devices/x/revoke", form_at="/account").status_code == 404


def test_a_phone_is_renamed(as_officer, phone, ask):
    path = f"/devices/{phone.id}"
    assert as_officer.submit(path, {"name": " Máy  mới "}).status_code == 302
    assert ask(select(Device.name)) == [("Máy  mới",)]
    assert as_officer.submit(path, {"name": ""}).status_code == 400


@pytest.mark.parametrize(("form", "stolen"), [({}, False), ({"stolen": "1"}, True)])
def test_a_phone_is_revoked_and_the_act_is_logged(as_officer, phone, ask, form, stolen):
    path = f"/devices/{phone.id}"
    assert as_officer.submit(f"{path}/revoke", form, form_at=path).status_code == 302
    [(revoked_at, is_stolen)] = ask(select(Device.revoked_at, Device.stolen))
    assert revoked_at is not None
    assert is_stolen is stolen
    assert ask(select(Audit.subject).where(Audit.kind == "device_revoke")) == [(phone.id,)]


# ── a phone that came back empty ─────────────────────────────────────────────────────────────────


def trip(phone, *, unsent=0, empty=False):
    told = {"app": "1.0.0", "unsent": unsent, "persisted": True, "came_back_empty": empty}
    answer = phone.post("/api/v1/sync", {"protocol": 1, "phone": told})
    assert answer.status_code == 200


@pytest.fixture
def emptied(phone_of, as_surveyor):
    """Reported twelve changes unsent, then came back empty and has synced since."""
    phone = phone_of(as_surveyor.user)
    trip(phone, unsent=12)
    trip(phone, empty=True)
    trip(phone, empty=True)
    trip(phone)
    return phone


def test_the_warning_tells_the_figure_from_before_and_whom_to_ask(as_officer, emptied, as_surveyor):
    page = as_officer.get(f"/devices/{emptied.device.id}").text
    assert "trở lại mà trống" in page
    assert "máy còn 12 thay đổi chưa gửi" in page
    assert f"Hãy hỏi {as_surveyor.user.name}" in page
    assert emptied.device.name in as_officer.get("/devices?only=ask").text


def test_the_warning_outlives_the_next_trips_and_what_they_report(as_officer, emptied):
    trip(emptied, unsent=3)
    trip(emptied)
    page = as_officer.get(f"/devices/{emptied.device.id}").text
    assert "máy còn 12 thay đổi chưa gửi" in page


def test_the_warning_is_a_to_do_until_somebody_has_asked(as_officer, emptied, ask):
    label = "Máy cần hỏi lại"
    assert f'{label}</span><b class="tile-number">1</b>' in as_officer.get("/").text
    path = f"/devices/{emptied.device.id}"
    assert as_officer.submit(f"{path}/settle", form_at=path).status_code == 302
    trip(emptied)
    assert f'{label}</span><b class="tile-number">0</b>' in as_officer.get("/").text
    assert emptied.device.name not in as_officer.get("/devices?only=ask").text
    assert f"{as_officer.user.name} đã hỏi xong" in as_officer.get(path).text
    assert ask(select(Audit.subject, Audit.count).where(Audit.kind == "device_settled")) == [
        (emptied.device.id, 12)
    ]


def test_a_phone_emptied_again_after_that_warns_again(as_officer, emptied):
    path = f"/devices/{emptied.device.id}"
    as_officer.submit(f"{path}/settle", form_at=path)
    trip(emptied, unsent=2)
    trip(emptied, empty=True)
    assert "máy còn 2 thay đổi chưa gửi" in as_officer.get(path).text


def test_a_phone_left_behind_with_something_unsent_is_warned_of(as_officer, phone_of, as_surveyor):
    old = phone_of(as_surveyor.user)
    trip(old, unsent=5)
    phone_of(as_surveyor.user)
    page = as_officer.get(f"/devices/{old.device.id}").text
    assert "Máy này còn 5 thay đổi chưa gửi, rồi người dùng đăng nhập trên máy khác" in page
    assert "Đã đổi máy" in as_officer.get("/devices?only=ask").text


def test_a_phone_with_nothing_unsent_may_be_left_behind(as_officer, phone_of, as_surveyor):
    old = phone_of(as_surveyor.user)
    trip(old)
    phone_of(as_surveyor.user)
    assert "Không máy nào cần để ý" in as_officer.get("/devices?only=ask").text


def test_only_who_manages_the_phone_settles_its_warning(as_stranger, as_surveyor, emptied):
    path = f"/devices/{emptied.device.id}/settle"
    assert as_stranger.submit(path, form_at="/account").status_code == 403
    assert as_surveyor.submit(path, form_at="/account").status_code == 403
    assert as_stranger.submit("/devices/x/settle", form_at="/account").status_code == 404


# ── the rest of what a phone's page tells ────────────────────────────────────────────────────────


def test_a_phone_names_its_villages_and_how_much_of_it_waits(as_officer, lan, places):
    lan.household()
    lan.sync()
    home = lan.sent[0]["record"]
    lan.save("household", {"address": "Xóm 9"}, record=home, was={"address": "Xóm 1"})
    lan.sync()
    page = as_officer.get(f"/devices/{lan.phone.device.id}").text
    assert places.villages[0].name in page
    assert '<a href="/review">1</a>' in page
    assert places.villages[0].name in as_officer.get("/devices").text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(180, "nhanh 3 phút"), (-172_800, "chậm 2 ngày"), (20, "đúng giờ"), (None, "–")],
)
def test_the_clock_is_told_in_words(make, as_officer, as_surveyor, seconds, words):
    device, _token = make.device(as_surveyor.user, clock_offset_s=seconds)
    page = as_officer.get(f"/devices/{device.id}").text
    assert f"<dt>Đồng hồ</dt><dd>{words}</dd>" in page
    assert ("Đồng hồ máy chậm 2 ngày" in page) is (words == "chậm 2 ngày")


def test_what_locking_does_is_said_before_it_is_done(as_officer, phone):
    page = as_officer.get(f"/devices/{phone.id}").text
    assert "máy gửi nốt những gì đang giữ, tất cả chờ xã xét" in page
    assert "máy xóa mọi dữ liệu ngay ở lần kết nối sau" in page
    as_officer.submit(
        f"/devices/{phone.id}/revoke", {"stolen": "1"}, form_at=f"/devices/{phone.id}"
    )
    assert "Máy này xóa mọi dữ liệu ngay khi kết nối" in as_officer.get(f"/devices/{phone.id}").text


def test_what_could_not_be_read_is_named_at_the_desk_and_stops_nothing(
    as_officer, lan, poisoned, ask
):
    answer = lan.sync()
    statuses = [result["status"] for result in answer["results"]]
    assert statuses == ["malformed", *["applied"] * 200]
    page = as_officer.get(f"/devices/{lan.phone.device.id}").text
    assert "không đọc được 1 thay đổi" in page
    assert "Hộ: H-07" in page
    assert "Có thay đổi không đọc được" in as_officer.get("/devices?only=ask").text
    assert 'Máy cần hỏi lại</span><b class="tile-number">1</b>' in as_officer.get("/").text


def test_the_same_unreadable_change_makes_no_second_line_and_goes_once_asked(
    as_officer, lan, poisoned
):
    lan.sync()
    lan.phone.post("/api/v1/sync", lan.request([poisoned]))
    path = f"/devices/{lan.phone.device.id}"
    assert "không đọc được 1 thay đổi" in as_officer.get(path).text
    as_officer.submit(f"{path}/settle", form_at=path)
    assert "không đọc được" not in as_officer.get(path).text


def test_of_a_phone_that_sends_thousands_the_newest_fifty_are_kept(app, as_officer, lan):
    for start in (0, 40):
        wrong = [{"id": new_id(), "entity": "household", "n": start + n} for n in range(40)]
        lan.phone.post("/api/v1/sync", lan.request(wrong))
    path = f"/devices/{lan.phone.device.id}"
    assert "không đọc được 50 thay đổi" in as_officer.get(path).text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(UnreadableChange)) == 50


@pytest.fixture
def poisoned(lan):
    """A change no server can read, the first of 201 in the outbox; its household is known."""
    household = lan.household(code="H-07")
    lan.sync()
    for _ in range(200):
        lan.household()
    poison = {**lan.outbox[0], "id": new_id(), "record": household, "set": None}
    lan.outbox.insert(0, poison)
    return poison
