"""Users: who manages whom, and what is done to them."""

import re

import pytest
from sqlalchemy import select

from server.store.people import Audit, Device, User, UserArea
from tests.factories import PASSWORD
from tests.http.test_accounts_sign_in import sign_in

NEW = {"name": "Lê Thị Lan", "username": "lan.hunglong", "role": "surveyor"}


def test_an_officer_sees_the_surveyors_of_the_commune_and_nobody_else(
    as_officer, as_surveyor, as_admin, make, places
):
    make.user("surveyor", username="far", name="Người xa", areas=[places.other_village])
    page = as_officer.get("/users").get_data(as_text=True)
    assert as_surveyor.user.name in page
    assert as_admin.user.name not in page
    assert "Người xa" not in page


def test_an_administrator_sees_everyone_in_the_province(
    as_admin, as_officer, as_bhxh, as_viewer, as_stranger
):
    page = as_admin.get("/users").get_data(as_text=True)
    for other in (as_officer, as_bhxh, as_viewer, as_stranger):
        assert other.user.name in page


@pytest.mark.parametrize("path", ["/users", "/users/new", "/devices"])
def test_others_manage_nobody(as_surveyor, as_bhxh, as_viewer, path):
    assert [who.get(path).status_code for who in (as_surveyor, as_bhxh, as_viewer)] == [403] * 3


def test_an_officer_makes_a_surveyor_whose_password_works(as_officer, places, client, ask):
    data = {**NEW, "areas": [places.villages[0].id]}
    page = as_officer.submit("/users/new", data).get_data(as_text=True)
    found = re.search(r'id="new-password">([^<]+)<', page)
    assert found
    assert sign_in(client, "lan.hunglong", found.group(1)).status_code == 302
    assert ask(select(UserArea.area_id)
               .join(User, User.id == UserArea.user_id)
               .where(User.username == "lan.hunglong")) == [(places.villages[0].id,)]  # fmt: skip
    assert ("user_create",) in ask(select(Audit.kind))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "Lan Hưng Long"}, "chữ không dấu"),
        ({"username": "officer"}, "đã có người dùng"),
        ({"name": ""}, "Mục này cần có."),
        ({"areas": []}, "ít nhất một địa bàn"),
        ({"areas": ["Cao Tiến"]}, "Không rõ địa bàn nào: Cao Tiến"),
    ],
)
def test_a_new_user_that_will_not_do_is_refused_in_words(as_officer, places, change, words):
    data = {**NEW, "areas": [places.villages[0].id], **change}
    answer = as_officer.submit("/users/new", data)
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)


def test_an_officer_cannot_make_an_administrator(as_officer, places, ask):
    answer = as_officer.submit("/users/new", {**NEW, "role": "admin", "areas": [places.commune.id]})
    assert answer.status_code == 400
    assert ask(select(User.id).where(User.role == "admin")) == []


def test_an_administrator_binds_a_bhxh_officer_to_a_unit(as_admin, places, ask):
    data = {**NEW, "role": "bhxh", "bhxh_unit": places.unit.id}
    assert as_admin.submit("/users/new", data).status_code == 200
    assert ask(select(User.bhxh_unit_id).where(User.role == "bhxh")) == [(places.unit.id,)]
    refused = as_admin.submit("/users/new", {**data, "username": "other", "bhxh_unit": ""})
    assert "Hãy chọn cơ quan BHXH." in refused.get_data(as_text=True)


def test_an_officer_of_another_commune_is_kept_out_of_every_page_of_a_user(
    as_stranger, as_surveyor
):
    user = as_surveyor.user.id
    for page in (f"/users/{user}", f"/users/{user}/qr", f"/users/{user}/qr.svg"):
        assert as_stranger.get(page).status_code == 403
    for door in ("areas", "password", "end", "reopen", "areas/x/end"):
        answer = as_stranger.submit(f"/users/{user}/{door}", form_at="/account")
        assert answer.status_code == 403


def test_a_user_who_does_not_exist_is_not_found(as_officer):
    for page in ("/users/x", "/users/x/qr", "/users/x/qr.svg"):
        assert as_officer.get(page).status_code == 404
    for door in ("areas", "password", "end", "reopen", "areas/x/end"):
        answer = as_officer.submit(f"/users/x/{door}", form_at="/account")
        assert answer.status_code == 404


def test_nobody_manages_themselves(as_admin):
    assert as_admin.get(f"/users/{as_admin.user.id}").status_code == 403


def test_a_village_is_given_from_a_day_and_ended_with_a_day(as_officer, as_surveyor, places, ask):
    page = f"/users/{as_surveyor.user.id}"
    given = {"areas": [places.villages[1].id], "valid_from": "2026-12-01"}
    assert as_officer.submit(f"{page}/areas", given, form_at=page).status_code == 302
    assigned = select(UserArea.id, UserArea.valid_from, UserArea.valid_to).where(
        UserArea.area_id == places.villages[1].id
    )
    [(id_, start, end)] = ask(assigned)
    assert (start, end) == ("2026-12-01", None)
    ended = {"last_day": "2026-12-31"}
    assert as_officer.submit(f"{page}/areas/{id_}/end", ended, form_at=page).status_code == 302
    assert ask(assigned)[0].valid_to == "2026-12-31"


def test_a_village_of_another_commune_cannot_be_given(as_officer, as_surveyor, places, ask):
    page = f"/users/{as_surveyor.user.id}"
    given = {"areas": [places.other_village.id], "valid_from": "2026-12-01"}
    assert as_officer.submit(f"{page}/areas", given, form_at=page).status_code == 400
    assert ask(select(UserArea.id).where(UserArea.area_id == places.other_village.id)) == []


def test_a_day_that_is_none_is_refused(as_officer, as_surveyor, places):
    page = f"/users/{as_surveyor.user.id}"
    given = {"areas": [places.villages[1].id], "valid_from": "hôm nay"}
    assert as_officer.submit(f"{page}/areas", given, form_at=page).status_code == 400
    answer = as_officer.submit(f"{page}/areas/x/end", {"last_day": ""}, form_at=page)
    assert answer.status_code == 400


def test_a_new_password_is_shown_once_and_ends_the_old_sessions(as_officer, as_surveyor, client):
    page = f"/users/{as_surveyor.user.id}"
    answer = as_officer.submit(f"{page}/password", form_at=page)
    assert answer.headers["Cache-Control"] == "no-store"
    assert as_surveyor.get("/account").status_code == 302
    assert sign_in(client, "surveyor", PASSWORD).status_code == 401
    assert 'id="new-password"' not in as_officer.get(page).get_data(as_text=True)


def test_a_user_who_ends_is_signed_out_and_their_phones_may_only_send(
    as_officer, as_surveyor, phone_of, ask
):
    phone_of(as_surveyor.user)
    page = f"/users/{as_surveyor.user.id}"
    assert as_officer.submit(f"{page}/end", form_at=page).status_code == 302
    assert as_surveyor.get("/account").status_code == 302
    assert ask(select(Device.revoked_at))[0].revoked_at is not None
    assert "Đã thôi" in as_officer.get(page).get_data(as_text=True)


def test_who_was_ended_by_mistake_comes_back_as_before(
    as_officer, as_surveyor, client, places, ask
):
    page = f"/users/{as_surveyor.user.id}"
    assert "Mở lại tài khoản" not in as_officer.get(page).get_data(as_text=True)
    as_officer.submit(f"{page}/end", form_at=page)
    assert sign_in(client, "surveyor", PASSWORD).status_code == 401
    assert "Mở lại tài khoản" in as_officer.get(page).get_data(as_text=True)
    answer = as_officer.submit(f"{page}/reopen", form_at=page)
    assert answer.status_code == 302
    assert "Đã thôi" not in as_officer.get(page).get_data(as_text=True)
    assert sign_in(client, "surveyor", PASSWORD).status_code == 302
    [(last,)] = ask(select(UserArea.valid_to).where(UserArea.user_id == as_surveyor.user.id))
    assert last is None, "the areas are those of before"
    as_officer.submit(f"{page}/reopen", form_at=page)
    kinds = [kind for (kind,) in ask(select(Audit.kind).order_by(Audit.at))]
    assert kinds.count("user_reopen") == 1
    assert "Mở lại tài khoản" in as_officer.get("/audit").get_data(as_text=True)


def test_the_qr_code_opens_the_phone_app_with_the_name_filled_in(as_officer, as_surveyor):
    page = as_officer.get(f"/users/{as_surveyor.user.id}/qr").get_data(as_text=True)
    assert "http://localhost/app/#/sign-in?user=surveyor" in page
    picture = as_officer.get(f"/users/{as_surveyor.user.id}/qr.svg")
    assert picture.mimetype == "image/svg+xml"
    assert "<svg" in picture.get_data(as_text=True)


def test_users_are_found_by_a_part_of_the_name_without_accents(as_admin, as_officer, as_stranger):
    page = as_admin.get("/users?q=nguoi thu stranger").get_data(as_text=True)
    assert as_stranger.user.name in page
    assert as_officer.user.name not in page


def test_who_has_ended_gets_neither_a_password_nor_an_area(as_officer, as_surveyor, places, ask):
    page, area = f"/users/{as_surveyor.user.id}", places.villages[1].id
    as_officer.submit(f"{page}/end", form_at=page)
    given = {"areas": area, "valid_from": "2026-11-01"}
    assert as_officer.submit(f"{page}/password", form_at="/account").status_code == 409
    assert as_officer.submit(f"{page}/areas", given, form_at="/account").status_code == 409
    assert ask(select(UserArea).where(UserArea.area_id == area)) == []
