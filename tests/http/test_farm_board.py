"""The farm room's lists: the board with its due dates, batches, the register, the campaign."""

import orjson
import pytest
from sqlalchemy import select

from server.store.records import FarmRequest, Household, Member
from tests.http.test_farm_requests import (  # noqa: F401
    LINES,
    asked,
    check,
    desk,
    home,
    on,
    page_of,
    request_id,
    step,
)
from tests.sponsoring import card, sponsor


@pytest.fixture
def three(make, desk, places):  # noqa: F811
    """Three households of one village that asked in October, with worksheets."""
    ids = []
    for number in range(3):
        names = [f"Lê Văn {number}", "Hà Thị Hoa"]
        home_, _people = make.household(desk.user, places.villages[0], names, code=f"HL-{number}")
        sheet = {"household": home_, "months_to": "2026-09", "people": 5, "lines": LINES}
        make.write(desk.user, "farm_assessment", sheet)
        ids.append(asked(make, desk, home_, requested_on="2026-10-05"))
    return ids


def together(desk, ids, verb, state, **form):  # noqa: F811
    values = {"items": ids, "do": verb, "state": state, **form}
    return desk.submit("/farm/together", values, form_at=page_of(ids[0]))


def states(ask):
    return {state for (state,) in ask(select(FarmRequest.state))}


def test_the_board_says_what_is_overdue(desk, three, request_id):  # noqa: F811
    text = desk.get("/farm").text
    assert text.index("Lê Văn 0") < text.index("Lê Văn Tám")
    assert "3 quá hạn" in text
    assert "30/10/2026 · quá hạn" in text


def test_the_board_shows_what_is_overdue_alone(desk, three, request_id):  # noqa: F811
    text = desk.get("/farm?due=overdue").text
    assert "Quá hạn (3)" in text
    assert "Lê Văn 0" in text
    assert "Lê Văn Tám" not in text
    assert desk.get("/farm?due=tomorrow").status_code == 400


def test_the_board_is_of_one_village_and_one_state(desk, request_id, places):  # noqa: F811
    elsewhere = desk.get(f"/farm?village={places.villages[1].id}").text
    assert "Không có đề nghị nào ở đây." in elsewhere
    assert "Lê Văn Tám" not in desk.get("/farm?state=approved").text
    assert desk.get("/farm?state=sleeping").status_code == 400


def test_a_village_is_posted_and_decided_at_once(desk, three, on, ask):  # noqa: F811
    for id_ in three:
        check(desk, id_)
    together(desk, three, "post", "checked", day="2026-11-16")
    assert states(ask) == {"posted"}
    on("2026-11-24")
    together(desk, three, "approve", "posted", day="2026-11-24", number="07/QĐ-UBND")
    assert states(ask) == {"approved"}
    farms = [orjson.loads(text) for (text,) in ask(select(Household.data))]
    assert [home_["average_farm_from"] for home_ in farms] == ["2026-11-24"] * 3


def test_what_cannot_take_the_step_says_why(desk, three, ask):  # noqa: F811
    check(desk, three[0])
    together(desk, three, "post", "checked", day="2026-11-16")
    assert states(ask) == {"posted", "submitted"}
    assert "2 hồ sơ chưa làm được" in desk.get("/farm").text


def test_nothing_chosen_changes_nothing(desk, three, ask):  # noqa: F811
    desk.submit("/farm/together", {"do": "post", "state": "checked"}, form_at=page_of(three[0]))
    assert "Chưa chọn hồ sơ nào." in desk.get("/farm").text
    together(desk, three, "burn", "checked")
    assert states(ask) == {"submitted"}


def test_only_the_farm_room_decides_together(as_viewer, as_stranger, three):
    refused = as_viewer.submit("/farm/together", {"items": three}, form_at="/account")
    assert refused.status_code == 403
    values = {"items": three, "do": "post", "state": "checked"}
    assert as_stranger.submit("/farm/together", values, form_at="/account").status_code == 403
    for path in ("/farm", "/farm/register", "/farm/campaign"):
        assert as_viewer.get(path).status_code == 403


def test_the_register_names_the_decision_and_how_long_it_holds(desk, request_id, on, make, places):  # noqa: F811
    check(desk, request_id)
    step(desk, request_id, "post", day="2026-11-16")
    on("2026-11-24")
    values = {"day": "2026-11-24", "number": "05/QĐ-UBND", "valid_to": "2027-01-10"}
    step(desk, request_id, "approve", **values)
    known, _people = make.household(desk.user, places.villages[0], ["Lò Thị Mai"])
    make.write(desk.user, "household", {"average_farm": True}, record=known)
    text = desk.get("/farm/register").text
    for words in ("05/QĐ-UBND", "sắp hết", "Lò Thị Mai", "chưa có hồ sơ"):
        assert words in text


def test_the_campaign_names_who_has_not_joined_and_the_price(desk, home, make, places, ask):  # noqa: F811
    make.write(desk.user, "household", {"average_farm": True}, record=home)
    text = desk.get("/farm/campaign").text
    for words in ("Lê Văn Tám", "1.366.200", "chưa biết"):
        assert words in text
    assert "341.550" in desk.get("/farm/campaign?months=3").text
    [(member,)] = ask(select(Member.id).where(Member.full_name == "Lê Văn Tám"))
    card(make, desk.user, sponsor(make, places.commune, desk.user), member, amount=500_000)
    assert "Công ty Chè Hoa tài trợ 500.000" in desk.get("/farm/campaign").text
    assert desk.get("/farm/campaign?months=5").status_code == 400
