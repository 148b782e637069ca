"""The check that every route has its three tests: not found, not allowed, works."""

import pytest
from flask import Flask, abort, redirect

from tests.support.trio import Recorder, lacking


@pytest.fixture
def house():
    """One open route, one that needs an id and a right."""
    app = Flask("house")
    app.add_url_rule("/", "hall", lambda: "welcome")

    def room(key):
        if key == "none":
            abort(404)
        if key == "locked":
            abort(403)
        return redirect("/sign-in?next=/") if key == "asked" else "come in"

    app.add_url_rule("/rooms/<key>", "room", room)
    return app


def missing(house, *paths):
    recorder = Recorder(on=True)
    for path in paths:
        house.test_client().get(path)
    rules = [rule for rule in house.url_map.iter_rules() if rule.endpoint != "static"]
    return lacking(rules, recorder.seen, frozenset({"hall"}))


def test_a_route_nobody_asked_lacks_all_three(house):
    assert missing(house) == [
        "GET hall (/): works",
        "GET room (/rooms/<key>): works, not allowed, not found",
    ]


def test_a_route_that_was_only_refused_lacks_the_rest(house):
    assert missing(house, "/", "/rooms/locked") == ["GET room (/rooms/<key>): works, not found"]


def test_the_way_to_the_sign_in_page_is_a_refusal(house):
    assert missing(house, "/", "/rooms/asked") == ["GET room (/rooms/<key>): works, not found"]


def test_with_all_three_nothing_is_missing(house):
    assert missing(house, "/", "/rooms/1", "/rooms/locked", "/rooms/none") == []


def test_what_two_workers_heard_is_one(house):
    one, other = Recorder(), Recorder()
    one.add({"GET room": ["works"]})
    other.add({"GET room": ["not found", "not allowed"]})
    one.add(other.told())
    rules = [rule for rule in house.url_map.iter_rules() if rule.endpoint == "room"]
    assert lacking(rules, one.seen, frozenset()) == []


def test_outside_a_test_nothing_is_heard(house):
    recorder = Recorder()
    house.test_client().get("/")
    assert recorder.seen == {}
