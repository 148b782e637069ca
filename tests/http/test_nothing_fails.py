"""Whatever is sent to whatever route: an answer or a problem, never an unforeseen failure."""

import re

import orjson
import pytest

from tests.actors import csrf_token

NASTY = [
    "",
    "\x00",
    "😀" * 300,
    "-1",
    "99999999999999999999",
    "2026-02-30",
    "'; --",
    "../..",
    "{{7*7}}",
]
BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"7",
    b'"x"',
    b"\xff\xfe",
    b"[" * 5000,
    b'{"protocol": 1, "changes": {}}',
]
BODIES += [b'{"protocol": 1, "since": {"x": "y"}}', b'{"protocol": 1, "have": {"x": [1]}}']
BODIES += [orjson.dumps({"protocol": 1, "changes": [7, None, {}, {"id": {}}], "limit": -5})]
BODIES += [b'{"protocol": 1, "since": {"\\ud83d": 1}, "phone": {"unsent": 9223372036854775807}}']


def rules(app, method):
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods]


def path_of(rule, value):
    return re.sub(r"<[^>]+>", value.replace("/", "%2F") or "x", rule.rule)


def failures(responses):
    """The routes that failed, so that one run names them all."""
    return sorted({(r.request.method, r.request.path) for r in responses if r.status_code >= 500})


@pytest.fixture
def admin_desk(make, places, desk_of):
    return desk_of(make.user("admin", areas=[places.province]))


@pytest.fixture
def officer_phone(make, places, phone_of):
    return phone_of(make.user("officer", areas=[places.commune]))


def test_no_page_fails_for_odd_paths_and_questions(app, admin_desk):
    names = [
        "q",
        "page",
        "village",
        "area",
        "on",
        "day",
        "status",
        "state",
        "kind",
        "sort",
        "group",
        "level",
    ]
    responses = []
    for rule in rules(app, "GET"):
        for nasty in NASTY:
            query = dict.fromkeys(names, nasty)
            responses.append(admin_desk.get(path_of(rule, nasty or "x"), query_string=query))
    assert failures(responses) == []


def test_no_form_fails_for_odd_fields(app, admin_desk):
    token = csrf_token(admin_desk.get("/").get_data(as_text=True))
    page = admin_desk.get("/").get_data(as_text=True)
    names = {
        "name",
        "username",
        "area",
        "areas",
        "day",
        "valid_from",
        "kind",
        "file",
        "value",
        "note",
    }
    names |= set(re.findall(r'name="([^"]+)"', page)) - {"csrf_token"}
    responses = []
    for rule in rules(app, "POST"):
        if rule.rule.startswith("/api/") or "sign-out" in rule.rule:
            continue
        for nasty in NASTY:
            data = {**dict.fromkeys(names, nasty), "csrf_token": token}
            responses.append(admin_desk.client.post(path_of(rule, "x"), data=data))
    assert failures(responses) == []


def test_a_nul_is_refused_in_every_value_of_a_field(admin_desk):
    """A field may come many times: the boxes that somebody ticked."""
    token = csrf_token(admin_desk.get("/").get_data(as_text=True))
    ticked = {"csrf_token": token, "items": ["x", "\x00"], "do": "reject", "note": "x"}
    form = admin_desk.client.post("/review/together?kind=conflict", data=ticked)
    query = admin_desk.get("/people?q=x&q=%00")
    assert (form.status_code, query.status_code) == (400, 400)


def test_no_form_is_taken_without_its_token(app, admin_desk):
    for rule in rules(app, "POST"):
        if not rule.rule.startswith("/api/"):
            response = admin_desk.client.post(path_of(rule, "x"), data={"name": "x"})
            assert response.status_code == 400, rule.rule


def test_no_api_route_fails_for_odd_bodies(app, officer_phone):
    responses = []
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/v1"):
            continue
        for method in rule.methods & {"POST", "GET", "DELETE"}:
            for body in BODIES:
                responses.append(
                    officer_phone.client.open(
                        path_of(rule, "x"),
                        method=method,
                        data=body,
                        headers={"Authorization": f"Bearer {officer_phone.token}"},
                        content_type="application/json",
                    )
                )
    assert failures(responses) == []
    assert all("code" in r.get_json() for r in responses if r.status_code >= 400)


def test_every_api_route_wants_a_token(app, client):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1") and rule.endpoint.rpartition(".")[2] != "signInDevice":
            for method in rule.methods & {"POST", "GET", "DELETE"}:
                response = client.open(path_of(rule, "x"), method=method, json={})
                assert response.status_code == 401, (method, rule.rule)


def test_a_desk_cookie_opens_no_api_route(app, admin_desk):
    assert admin_desk.client.post("/api/v1/sync", json={"protocol": 1}).status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"x" * (8 * 1024 * 1024 + 1), 413, "too_large"),
        (orjson.dumps({"protocol": 1, "padding": "x" * (4 * 1024 * 1024)}), 413, "too_large"),
        (orjson.dumps({"protocol": 1, "changes": [{}] * 2001}), 413, "too_many_changes"),
        (orjson.dumps({"protocol": 9}), 400, "protocol_unknown"),
        (b'{"a":' * 9 + b"1" + b"}" * 9, 400, "too_deep"),
    ],
)
def test_limits_are_said_by_name(officer_phone, body, status, code):
    response = officer_phone.client.post(
        "/api/v1/sync",
        data=body,
        headers={"Authorization": f"Bearer {officer_phone.token}"},
        content_type="application/json",
    )
    assert (response.status_code, response.get_json()["code"]) == (status, code)


def test_a_zipped_bomb_stops_at_the_limit(officer_phone):
    import gzip

    response = officer_phone.client.post(
        "/api/v1/sync",
        data=gzip.compress(b" " * (64 * 1024 * 1024)),
        headers={"Authorization": f"Bearer {officer_phone.token}", "Content-Encoding": "gzip"},
    )
    assert (response.status_code, response.get_json()["code"]) == (413, "too_large")


def test_the_api_is_served_as_it_is_declared(app):
    from schemas.api import OPERATIONS

    declared = {(operation.method, operation.path) for operation in OPERATIONS}
    served = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1") or rule.rule == "/healthz"
    }
    assert served == declared


def test_what_says_next_to_nothing_breaks_no_page(admin_desk, lan):
    """A phone may send of a record no more than what every such record needs."""
    home = lan.household()
    member = lan.member(home)
    paid = {"payment": "cash", "paid_on": "2026-11-20", "collected_by": lan.phone.user.id}
    one = lan.save("enrolment", {"member": member, **paid, "state": "submitted"})["record"]
    other = lan.save("enrolment", {"member": member})["record"]
    asked = lan.save("farm_request", {"household": home, "requested_on": "2026-11-20"})["record"]
    lan.sync()
    paths = ["/", "/cash", "/enrolments", f"/enrolments/{one}", f"/enrolments/{other}"]
    paths += [f"/cash/{lan.phone.user.id}/2026-11-20", "/farm", f"/farm/requests/{asked}"]
    paths += [f"/people/{member}", f"/people/{member}/why", f"/households/{home}"]
    assert [path for path in paths if admin_desk.get(path).status_code != 200] == []
