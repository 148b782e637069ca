"""The command line's way to users, phones and areas."""

import pytest
from sqlalchemy import select

from server.store.people import Audit, Device, User, UserArea
from tests.http.test_accounts_sign_in import sign_in


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=list(words))


def test_the_first_administrator_is_made_on_the_command_line(run, places, client, ask):
    done = run("user", "create", "Quan.Tri", "Nguyễn Văn Quản", "admin", "--area", "thanh hoa")
    username, password = done.output.strip().split(": ")
    assert done.exit_code == 0
    assert username == "quan.tri"
    assert sign_in(client, username, password).status_code == 302
    assert ask(select(UserArea.area_id)) == [(places.province.id,)]
    assert ask(select(Audit.kind, Audit.user_id)) == [("user_create", None), ("user_assign", None)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["x", "Lan", "surveyor"], "user: username_shape"),
        (["lan", "Lan", "surveyor", "--area", "no such"], "'no such' is no area"),
        (["lan", "Lan", "officer", "--area", "hung long"], "is no area"),
        (["lan", "Lan", "bhxh"], "bhxh_unit: needed"),
        (["lan", "Lan", "bhxh", "--unit", "no such"], "is no BHXH unit"),
        (["lan", "Lan", "chief"], "'chief' is not one of"),
    ],
)
def test_a_user_that_will_not_do_leaves_nothing_behind(run, places, ask, words, told):
    done = run("user", "create", *words)
    assert done.exit_code != 0
    assert told in done.output
    assert ask(select(User.id)) == []


def test_a_village_of_a_common_name_is_found_within_its_commune(run, make, places, ask):
    make.village("Hưng Long", places.other_commune)
    words = ["user", "create", "lan", "Lan", "surveyor", "--area", "hung long"]
    assert "several areas" in run(*words).output
    assert run(*words, "--within", "15646").exit_code == 0
    assert ask(select(UserArea.area_id)) == [(places.villages[0].id,)]


def test_a_bhxh_officer_is_bound_to_a_unit(run, places, ask):
    done = run("user", "create", "ha.pham", "Phạm Thu Hà", "bhxh", "--unit", places.unit.name)
    assert done.exit_code == 0
    assert ask(select(User.bhxh_unit_id)) == [(places.unit.id,)]


def test_a_password_is_reset_and_a_user_ended(run, make, client):
    make.user("officer")
    password = run("user", "reset-password", "officer").output.strip().split(": ")[1]
    assert sign_in(client, "officer", password).status_code == 302
    assert run("user", "end", "officer").exit_code == 0
    assert client.get("/account").status_code == 302
    assert run("user", "end", "nobody").exit_code == 1


def test_phones_are_listed_and_revoked(run, make, ask):
    device, _token = make.device(make.user("surveyor"), unsent=7, name="Máy của Lan")
    assert f"{device.id}\tsurveyor\tactive" in run("device", "list").output
    assert run("device", "revoke", device.id, "--stolen").exit_code == 0
    assert ask(select(Device.stolen)) == [(True,)]
    assert "\tstolen\t" in run("device", "list").output
    assert run("device", "revoke", "x").exit_code == 1


def test_the_country_is_loaded_by_a_command_that_may_run_again(run):
    assert run("areas", "load").output.startswith("3355 areas, 9 BHXH units")
    assert run("areas", "load").output.startswith("0 areas, 0 BHXH units, 0 for")
