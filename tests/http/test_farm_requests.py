"""A farm household's request at the desk: checked, posted, objected to, decided, taken back."""

import re
from datetime import datetime

import orjson
import pytest
from sqlalchemy import select

from server.store import db as store_db
from server.store.people import Audit
from server.store.records import FarmRequest, Household
from tests.actors import Desk, csrf_token

LINES = [
    {"line": "crops", "revenue": 95_000_000, "cost": 38_000_000},
    {"line": "livestock", "revenue": 60_000_000, "cost": 41_000_000},
    {"line": "wages", "revenue": 42_000_000},
    {"line": "social_allowance", "revenue": 6_000_000},
]


@pytest.fixture
def on(monkeypatch):
    """Today is what the test says: every module asks this one clock."""

    def set_to(day):
        moment = datetime.fromisoformat(f"{day}T09:00:00+07:00")

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return moment.astimezone(tz)

        monkeypatch.setattr(store_db, "datetime", Clock)

    return set_to


@pytest.fixture
def desk(as_officer, on):
    on("2026-11-16")
    return as_officer


@pytest.fixture
def home(desk, make, places):
    """A household of five whose worksheet gives 1,966,666 đồng a person and month."""
    names = ["Lê Văn Tám", "Hà Thị Hoa", "Lê Văn An", "Lê Thị Bình", "Lê Văn Chung"]
    home, _people = make.household(desk.user, places.villages[0], names, code="HL-1")
    sheet = {"household": home, "months_to": "2026-10", "people": 5, "farm_workers": 2}
    make.write(desk.user, "farm_assessment", {**sheet, "lines": LINES})
    return home


def asked(make, desk, home, **more):
    values = {"household": home, "requested_on": "2026-11-02", "state": "submitted", **more}
    return make.write(desk.user, "farm_request", values)


@pytest.fixture
def request_id(make, desk, home):
    return asked(make, desk, home)


@pytest.fixture
def data(ask):
    """The request as it stands now."""

    def read(id_):
        [(text,)] = ask(select(FarmRequest.data).where(FarmRequest.id == id_))
        return orjson.loads(text)

    return read


def page_of(id_):
    return f"/farm/requests/{id_}"


def check(desk, id_, **form):
    return desk.submit(
        f"{page_of(id_)}/check",
        {"in_sector": "yes", "day": "2026-11-16", **form},
        form_at=page_of(id_),
    )


def step(desk, id_, verb, **form):
    return desk.submit(f"{page_of(id_)}/steps/{verb}", form, form_at=page_of(id_))


@pytest.fixture
def posted(desk, request_id):
    check(desk, request_id)
    step(desk, request_id, "post", day="2026-11-16")
    return request_id


@pytest.fixture
def approved(desk, posted, on):
    on("2026-11-24")
    step(desk, posted, "approve", day="2026-11-24", number="05/QĐ-UBND")
    return posted


def test_the_page_counts_the_worksheet_and_says_by_which_law(desk, request_id):
    text = desk.get(page_of(request_id)).text
    for words in (
        "1.966.666",
        "Trung bình",
        "NĐ 07/2021/NĐ-CP",
        "theo tên xã, phường",
        "30/11/2026",
    ):
        assert words in text


def test_a_check_writes_down_what_was_found(desk, request_id, data):
    check(desk, request_id)
    found = data(request_id)
    assert (found["state"], found["verdict"], found["band"]) == ("checked", "qualifies", "average")
    assert found["per_person_month"] == 1_966_666
    assert found["procedure_version"] == "qd24-2021"


def test_a_household_outside_the_four_sectors_does_not_qualify(desk, request_id, data):
    check(desk, request_id, in_sector="no")
    assert data(request_id)["verdict"] == "does_not"
    refused = step(desk, request_id, "refuse", day="2026-11-16", text="Không làm nông nghiệp")
    assert refused.status_code == 302
    assert data(request_id)["refusal_reason"] == "Không làm nông nghiệp"


def test_a_posting_ends_after_five_working_days(desk, posted, data):
    assert data(posted)["posting_ends_on"] == "2026-11-23"


def test_nothing_is_decided_while_the_posting_lasts(desk, posted, on, data):
    on("2026-11-23")
    late = desk.submit(
        f"{page_of(posted)}/steps/approve", {"number": "5", "day": "2026-11-23"}, form_at="/account"
    )
    assert late.status_code == 400
    assert data(posted)["state"] == "posted"


def test_a_decision_recognises_the_household_from_its_day(approved, ask, data, home):
    [(text,)] = ask(select(Household.data).where(Household.id == home))
    household = orjson.loads(text)
    assert household["average_farm"] is True
    assert household["average_farm_from"] == "2026-11-24"
    assert data(approved)["decision_number"] == "05/QĐ-UBND"


def test_the_decision_changes_the_proposed_group_from_its_day(desk, approved, ask, home):
    head, *_ = re.findall(r"/people/([0-9a-f-]+)/why", desk.get(page_of(approved)).text)
    before = desk.get(f"/people/{head}/why?day=2026-11-23").text
    after = desk.get(f"/people/{head}/why?day=2026-11-24").text
    words = "mức sống trung bình đã được công nhận"
    assert words not in before
    assert words in after


def test_a_decision_needs_its_number(desk, posted, on):
    on("2026-11-24")
    again = step(desk, posted, "approve", day="2026-11-24")
    assert again.status_code == 400
    assert "Hãy ghi số quyết định" in again.text


def test_an_objection_is_rechecked_before_anything_is_decided(desk, posted, on, data):
    on("2026-11-18")
    step(desk, posted, "object", day="2026-11-18", text="Nhà này có cửa hàng")
    assert "23/11/2026" in desk.get(page_of(posted)).text
    step(desk, posted, "recheck", day="2026-11-18", text="Đúng là có", verdict="does_not")
    found = data(posted)
    assert (found["state"], found["verdict"]) == ("rechecked", "does_not")
    step(desk, posted, "refuse", day="2026-11-18", text="Thu nhập từ cửa hàng")
    assert data(posted)["state"] == "refused"


@pytest.mark.parametrize("given", [{"verdict": "does_not"}, {"text": "Đúng là có"}])
def test_a_recheck_needs_its_finding_and_its_answer(desk, posted, given):
    step(desk, posted, "object", day="2026-11-16", text="Nhà này có cửa hàng")
    assert step(desk, posted, "recheck", day="2026-11-16", **given).status_code == 400


def test_a_wrong_decision_is_taken_back_and_the_household_with_it(desk, approved, ask, data, home):
    step(desk, approved, "back", text="Ghi nhầm hộ")
    [(text,)] = ask(select(Household.data).where(Household.id == home))
    assert "average_farm" not in orjson.loads(text)
    found = data(approved)
    assert (found["state"], found.get("decision_number")) == ("posted", None)
    assert "Ghi nhầm hộ" in found["note"]


def test_every_step_can_be_taken_back_to_the_request(desk, posted, data):
    step(desk, posted, "back", text="Nhầm")
    assert data(posted)["state"] == "checked"
    step(desk, posted, "back", text="Nhầm")
    found = data(posted)
    assert found["state"] == "submitted"
    assert {"verdict", "posted_on", "band", "checked_on"}.isdisjoint(found)


def test_a_household_withdraws(desk, request_id, data):
    step(desk, request_id, "cancel")
    assert data(request_id)["state"] == "cancelled"


def test_of_2027_nothing_is_concluded_and_the_table_is_named(desk, request_id, on, data):
    on("2027-01-18")
    again = check(desk, request_id, day="2027-01-18")
    assert again.status_code == 400
    assert "Chưa biết cho ngày này: bảng &#39;Chuẩn nghèo, mức sống&#39;" in again.text
    assert data(request_id)["state"] == "submitted"


def test_without_a_worksheet_nothing_is_checked(desk, make, places):
    home, _people = make.household(desk.user, places.villages[0], ["Lò Thị Mai"])
    id_ = asked(make, desk, home)
    assert "chưa có phiếu thu nhập" in desk.get(page_of(id_)).text
    again = desk.submit(f"{page_of(id_)}/check", {"in_sector": "yes"}, form_at="/account")
    assert again.status_code == 400


def test_lines_the_law_leaves_open_are_decided_by_the_commune(desk, make, places, data):
    home, _people = make.household(desk.user, places.villages[0], ["Lò Thị Mai"])
    lines = [{"line": "crops", "revenue": 20_000_000}, {"line": "pension", "revenue": 12_000_000}]
    sheet = {"household": home, "months_to": "2026-10", "people": 1, "lines": lines}
    make.write(desk.user, "farm_assessment", sheet)
    id_ = asked(make, desk, home)
    assert check(desk, id_).status_code == 400
    check(desk, id_, counts_pension="no")
    found = data(id_)
    assert found["open_lines"] == [{"line": "pension", "counts": False}]
    assert found["per_person_month"] == 1_666_666


def test_a_request_is_handed_in_at_the_office(desk, home, ask):
    path = f"/farm/households/{home}/ask"
    assert "Lê Văn Tám" in desk.get(path).text
    made = desk.submit(path, {"requested_on": "2026-11-16", "reason": "Đủ điều kiện"})
    assert made.status_code == 302
    assert ask(select(FarmRequest.state)) == [("submitted",)]
    assert desk.get(path).location == made.location
    assert desk.submit(path, {}, form_at="/account").location == made.location


def test_a_request_handed_in_twice_is_one(desk, home, ask):
    path = f"/farm/households/{home}/ask"
    page = desk.get(path).get_data(as_text=True)
    form = {"csrf_token": csrf_token(page), "requested_on": "2026-11-02"}
    first, second = (desk.client.post(path, data=form) for _ in range(2))
    assert (first.status_code, second.location) == (302, first.location)
    assert len(ask(select(FarmRequest.id))) == 1


def test_every_act_is_logged(desk, approved, ask):
    kinds = {kind for (kind,) in ask(select(Audit.kind))}
    assert {"farm_check", "farm_post", "farm_approve"} <= kinds
    assert "Công nhận hộ nông nghiệp" in desk.get("/audit").text


def test_a_decision_reaches_the_phone(lan, approved):
    lan.sync()
    assert lan.data("farm_request", approved)["state"] == "approved"


def test_nobody_but_the_commune_s_farm_room_decides(app, request_id, as_stranger, make, places):
    other = make.user("officer", username="khac", areas=[places.commune], farm_room=False)
    reader = Desk(app, other)
    assert reader.get(page_of(request_id)).status_code == 200
    for path in ("check", "steps/cancel"):
        refused = reader.submit(f"{page_of(request_id)}/{path}", {}, form_at="/account")
        assert refused.status_code == 403
        away = as_stranger.submit(f"{page_of(request_id)}/{path}", {}, form_at="/account")
        assert away.status_code == 403
        none = reader.submit(f"{page_of('x')}/{path}", {}, form_at="/account")
        assert none.status_code == 404
    assert as_stranger.get(page_of(request_id)).status_code == 403
    assert as_stranger.get(page_of("x")).status_code == 404


def test_nobody_asks_for_another_commune_s_household(as_stranger, desk, home):
    path = f"/farm/households/{home}/ask"
    assert as_stranger.get(path).status_code == 403
    assert as_stranger.submit(path, {}, form_at="/account").status_code == 403
    assert desk.get("/farm/households/x/ask").status_code == 404
    assert desk.submit("/farm/households/x/ask", {}, form_at="/account").status_code == 404
    assert desk.submit(f"{page_of('x')}/steps/sing", {}, form_at="/account").status_code == 404


def test_an_officer_without_the_farm_room_is_offered_no_request(app, desk, home, make, places):
    other = make.user("officer", username="khac", areas=[places.commune], farm_room=False)
    path = f"/farm/households/{home}/ask"
    assert path in desk.get(f"/households/{home}").text
    without = Desk(app, other)
    assert path not in without.get(f"/households/{home}").text
    assert without.get(path).status_code == 403
