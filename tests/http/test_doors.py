"""Doors whose trio no story about them tells: who is kept out, and what is not there."""

import pytest

from server.store.db import new_id
from tests import homes
from tests.actors import csrf_token
from tests.http.test_imports import FAMILY, as_csv, confirm, upload


def test_what_the_api_takes_is_there_for_whoever_asks(client):
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer.get_json()["openapi"].startswith("3.1")


@pytest.mark.parametrize("path", ["/areas", "/account"])
def test_who_has_not_signed_in_is_sent_to_sign_in(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=")


def test_an_account_changes_for_nobody_who_has_not_signed_in(client):
    token = csrf_token(client.get("/sign-in").get_data(as_text=True))
    answer = client.post("/account", data={"csrf_token": token, "old": "x", "new": "y"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "path", ["/imports", "/imports/confirm", "/imports/report.csv", "/users/new"]
)
def test_a_surveyor_sends_nothing_to_the_offices_doors(as_surveyor, path):
    assert as_surveyor.submit(path, {"kind": "households"}, form_at="/").status_code == 403


@pytest.mark.parametrize("path", ["/review/duplicates", "/imports/templates/households.csv"])
def test_a_surveyor_opens_none_of_the_offices_pages(as_surveyor, path):
    assert as_surveyor.get(path).status_code == 403


def test_a_viewer_looks_through_no_move_and_no_rescues(as_viewer):
    for path in ("/review/move/preview", f"/review/rescues/{new_id()}"):
        assert as_viewer.submit(path, form_at="/").status_code == 403


def test_nothing_is_returned_about_a_record_that_is_not_there(as_officer):
    assert as_officer.get(f"/review/return/member/{new_id()}").status_code == 404


def test_the_report_of_an_import_is_its_communes(as_officer, as_stranger, places):
    looked = upload(as_officer, "households", as_csv(FAMILY))
    run = confirm(as_officer, looked).headers["Location"]
    assert as_officer.get(f"{run}/report.csv").status_code == 200
    assert as_stranger.get(f"{run}/report.csv").status_code in (403, 404)
    assert as_officer.get(f"/imports/{new_id()}/report.csv").status_code == 404


def test_a_dry_runs_report_is_made_again(as_officer, places):
    nameless = [*FAMILY, ["Hưng Long", "HL-003", *[""] * 10]]
    page = upload(as_officer, "households", as_csv(nameless)).get_data(as_text=True)
    fields = ("csrf_token", "kind", "digest", "commune")
    data = {name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in fields}
    answer = as_officer.client.post("/imports/report.csv", data=data)
    assert answer.status_code == 200
    assert "full_name" in answer.get_data(as_text=True) or "Họ và tên" in answer.get_data(
        as_text=True
    )


def test_a_phone_is_renamed_by_who_manages_it(as_officer, as_stranger, make, places):
    device, _token = make.device(make.user("surveyor", areas=[places.villages[0]]))
    name = {"name": "Máy của Lan"}
    assert as_officer.submit(f"/devices/{device.id}", name).status_code == 302
    assert as_stranger.submit(f"/devices/{device.id}", name, form_at="/").status_code == 403
    assert as_officer.submit(f"/devices/{new_id()}", name, form_at="/").status_code == 404


def test_a_phone_without_a_token_syncs_nothing(client):
    assert client.post("/api/v1/sync", json={"protocol": 1}).status_code == 401


def test_an_officers_phone_merges_two_households(app, make, places, phone_of):
    loser, winner = (
        homes.write(app, places.villages[0], homes.person(name)) for name in ("Lê An", "Lê Ân")
    )
    officer = phone_of(make.user("officer", areas=[places.commune]))
    answer = officer.post(f"/api/v1/households/{loser}/merge", {"into": winner})
    assert answer.get_json()["result"]["status"] == "applied"
