"""Signing in and out at the desk."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import select, update

from server.accounts.signing_in import next_try
from server.store.db import db
from server.store.people import SignInAttempts
from tests.actors import csrf_token
from tests.factories import PASSWORD


def sign_in(client, username, password=PASSWORD, path="/sign-in"):
    token = csrf_token(client.get("/sign-in").get_data(as_text=True))
    data = {"csrf_token": token, "username": username, "password": password}
    return client.post(path, data=data)


def test_a_person_signs_in_and_sees_what_is_to_do(client, make, places):
    make.user("officer", areas=[places.commune])
    answer = sign_in(client, " Officer ")
    assert (answer.status_code, answer.location) == (302, "/")
    assert "Việc cần làm" in client.get("/").get_data(as_text=True)


def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(client, make, places):
    make.user("officer", areas=[places.commune])
    led = client.get("/households?q=lan")
    assert led.location == "/sign-in?next=%2Fhouseholds%3Fq%3Dlan"
    assert sign_in(client, "officer", path=led.location).location == "/households?q=lan"


@pytest.mark.parametrize("elsewhere", ["https://a.example/", "//a.example", "/\\a.example", "x"])
def test_nobody_is_led_to_another_server(client, make, places, elsewhere):
    make.user("officer", areas=[places.commune])
    answer = client.get("/sign-in", query_string={"next": elsewhere})
    token = csrf_token(answer.get_data(as_text=True))
    data = {"csrf_token": token, "username": "officer", "password": PASSWORD}
    answer = client.post("/sign-in", query_string={"next": elsewhere}, data=data)
    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(client, make):
    make.user("admin")
    known, unknown = sign_in(client, "admin", "sai rồi nhé"), sign_in(client, "nobody", "sai rồi")
    assert known.status_code == unknown.status_code == 401
    assert "không đúng" in known.get_data(as_text=True)
    assert known.get_data() == unknown.get_data()


def test_after_five_failures_even_the_right_password_has_to_wait(client, make, ask):
    make.user("admin")
    for _ in range(5):
        assert sign_in(client, "admin", "sai rồi nhé").status_code == 401
    refused = sign_in(client, "admin")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3
    assert ask(select(SignInAttempts.failures)) == [(5,)], "a refused try is not counted"


def test_an_unknown_name_is_slowed_down_just_the_same(client, make):
    make.user("admin")
    for _ in range(5):
        sign_in(client, "nobody", "sai rồi nhé")
    assert sign_in(client, "nobody", "sai rồi nhé").status_code == 429


def test_once_the_wait_is_over_the_right_password_opens_and_clears_the_count(
    app, client, make, ask
):
    make.user("admin")
    for _ in range(5):
        sign_in(client, "admin", "sai rồi nhé")
    with app.app_context():
        db.session.execute(
            update(SignInAttempts).values(next_try_at=datetime(2026, 1, 1, tzinfo=UTC))
        )
        db.session.commit()
    assert sign_in(client, "admin").status_code == 302
    assert ask(select(SignInAttempts.username)) == []


def test_the_wait_doubles_up_to_a_quarter_of_an_hour():
    at = datetime(2026, 11, 22, tzinfo=UTC)
    waits = [next_try(failures, at) for failures in (4, 5, 6, 7, 13, 14, 99)]
    assert [wait and (wait - at).total_seconds() for wait in waits] == [
        None, 2, 4, 8, 512, 900, 900,
    ]  # fmt: skip


def test_a_user_who_has_ended_signs_in_no_more(client, make):
    make.user("admin", ended_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert sign_in(client, "admin").status_code == 401


def test_signing_in_without_the_forms_token_is_refused(client, make):
    make.user("admin")
    answer = client.post("/sign-in", data={"username": "admin", "password": PASSWORD})
    assert answer.status_code == 400
    assert "Trang đã mở quá lâu" in answer.get_data(as_text=True)


def test_an_empty_form_says_what_is_needed(client):
    answer = sign_in(client, "", "")
    assert answer.status_code == 400
    assert "Mục này cần có." in answer.get_data(as_text=True)


def test_a_name_that_no_database_can_hold_is_a_problem_and_no_failure(client):
    assert sign_in(client, "ad\x00min" * 10).status_code == 400


def test_after_signing_out_the_desk_is_closed(as_officer):
    assert as_officer.submit("/sign-out", form_at="/").location == "/sign-in"
    assert as_officer.get("/").status_code == 302


def test_changing_the_password_ends_other_sessions_but_not_this_one(as_officer, desk_of):
    elsewhere = desk_of(as_officer.user)
    new = "câu ngắn dễ nhớ"
    answer = as_officer.submit("/account", {"current": PASSWORD, "new": new})
    assert answer.status_code == 302
    assert as_officer.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("current", "new", "words"),
    [
        ("sai rồi nhé", "câu ngắn dễ nhớ", "Mật khẩu đang dùng không đúng."),
        (PASSWORD, "ngắn", "ít nhất 8 ký tự"),
        (PASSWORD, "Stranger", "không được trùng tên đăng nhập"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(as_stranger, current, new, words):
    answer = as_stranger.submit("/account", {"current": current, "new": new})
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)


def test_the_language_is_remembered_and_leads_back(as_officer):
    answer = as_officer.get("/language/en?next=/account")
    assert answer.location == "/account"
    assert 'lang="en"' in as_officer.get("/account").get_data(as_text=True)
    assert as_officer.get("/language/xx").status_code == 404


def test_guesses_sent_at_the_same_time_cannot_run_past_the_wait(app, make, ask):
    make.user("admin")
    together = Barrier(8)

    def guess(number: int) -> int:
        client = app.test_client()
        token = csrf_token(client.get("/sign-in").text)
        together.wait()
        data = {"csrf_token": token, "username": "admin", "password": f"đoán lần {number}"}
        return client.post("/sign-in", data=data).status_code

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(guess, range(8)))
    assert sorted(answers) == [401] * 5 + [429] * 3
    assert ask(select(SignInAttempts.failures)) == [(5,)]
