"""The review queue: one list of what waits, and the same decision about several."""

import pytest
from sqlalchemy import func, select

from server.store.db import new_id
from server.store.feeds import Waiting
from server.store.people import Audit
from server.store.records import Household

WRONG_END = {"evidence": "card_seen", "valid_from": "2026-01-01", "valid_to": "2025-01-01"}


def opened(page):
    """The pages of items a list links to."""
    return {path for path in page.split('"') if path.startswith("/review/items/")}


@pytest.fixture
def three_kinds(make, places, as_officer, as_surveyor, waiting):
    """A clash, a card that ends before it starts, and a note from the door."""
    home, (person,) = make.household(as_officer.user, places.villages[1], ["Hà Thị Ban"])
    make.write(as_officer.user, "card", {"member": person, **WRONG_END})
    note = {"about": home, "kind": "question", "text": "Nhà hỏi bao giờ có thẻ?"}
    make.write(as_officer.user, "field_note", note)


def test_everything_that_waits_stands_in_one_list_the_oldest_first(as_officer, three_kinds):
    page = as_officer.get("/review").text
    words = ["Hai nơi ghi khác nhau", "Sai quy tắc", "Lời nhắn từ thôn"]
    rows = page[page.index("<tbody") :]
    assert [rows.index(each) for each in words] == sorted(rows.index(each) for each in words)


def test_the_list_is_filtered_by_kind_and_village_with_counts(as_officer, three_kinds, places):
    page = as_officer.get("/review?kind=held").text
    assert "Hà Thị Ban" in page
    assert "Lê Văn Tám" not in page
    here, there = (as_officer.get(f"/review?village={v.id}").text for v in places.villages)
    assert ("Lê Văn T" in here, "Lê Văn T" in there) == (True, False)
    assert f"{places.villages[1].name} (2)" in as_officer.get("/review").text
    assert "Lời nhắn từ thôn (1)" in there


def test_what_waits_is_shown_by_its_state(as_officer, waiting):
    assert "Không còn gì ở đây." in as_officer.get("/review?state=returned").text
    assert as_officer.get("/review?state=nonsense").status_code == 400
    assert as_officer.get("/review?kind=nonsense").status_code == 400


def test_another_commune_does_not_see_what_waits(as_stranger, waiting, places):
    assert waiting not in as_stranger.get("/review").text
    assert as_stranger.get(f"/review?village={places.villages[0].id}").status_code == 403


@pytest.mark.parametrize("path", ["/review", "/review/next", "/review/recent", "/review/move"])
def test_surveyors_the_insurance_office_and_readers_do_not_review(
    as_surveyor, as_bhxh, as_viewer, path
):
    assert {who.get(path).status_code for who in (as_surveyor, as_bhxh, as_viewer)} == {403}


def test_what_found_no_village_is_seen_where_its_author_serves(
    make, as_officer, as_surveyor, as_stranger, as_admin, ask
):
    make.write(as_surveyor.user, "visit", {"household": new_id(), "on": "2026-11-01"})
    [(id_, village)] = ask(select(Waiting.id, Waiting.village_id))
    assert village is None
    page = f"/review/items/{id_}"
    assert page in as_officer.get("/review?village=none").text
    assert as_officer.get(page).status_code == as_admin.get(page).status_code == 200
    assert as_stranger.get(page).status_code == 403


def test_next_goes_through_the_filter_and_ends_at_the_list(as_officer, three_kinds, waiting):
    first = as_officer.get("/review/next").location
    assert first == f"/review/items/{waiting}"
    second = as_officer.get(f"/review/next?after={waiting}").location
    assert second.startswith("/review/items/")
    assert second != first
    only = as_officer.get("/review/next?kind=note").location
    assert only.startswith("/review/notes/")
    assert only.endswith("?kind=note")
    last = only.removeprefix("/review/notes/").removesuffix("?kind=note")
    assert as_officer.get(f"/review/next?kind=note&after={last}").location == "/review?kind=note"


def test_a_guessed_id_shows_nothing_of_another_communes_people(
    make, places, as_officer, as_surveyor, as_stranger, ask
):
    far, (stranger,) = make.household(
        as_stranger.user, places.other_village, ["Người Kín Đáo"], code="KIN-01"
    )
    home, (person,) = make.household(as_officer.user, places.villages[0], ["Lê Văn Tám"])
    make.write(as_surveyor.user, "member", {"mother": stranger}, record=person)
    moving = {"household": far}
    make.write(as_surveyor.user, "member", moving, record=person, was={"household": home})
    [(id_,)] = ask(select(Waiting.id))
    for path in (f"/people/{person}", "/review", f"/review/items/{id_}"):
        page = as_officer.get(path).text
        assert "Lê Văn Tám" in page
        assert "Kín Đáo" not in page
        assert "KIN-01" not in page
    assert "Lê Văn Tám" not in as_stranger.get("/review").text
    assert "Lê Văn Tám" not in as_stranger.get(f"/review/items/{id_}").text


def test_what_waits_is_named_by_whom_it_is_about(make, as_officer, as_surveyor, places):
    """A new card by its person, a visit by its household; without a code by the head."""
    home, (person,) = make.household(as_officer.user, places.villages[0], ["Lê Văn Tám"])
    make.write(as_surveyor.user, "card", {"member": person})
    make.write(as_surveyor.user, "visit", {"household": home, "outcome": "met"})
    assert as_officer.get("/review").text.count(">Lê Văn Tám</a>") == 2


@pytest.fixture
def three_wrong_cards(make, places, as_officer, ask):
    _home, people = make.household(as_officer.user, places.villages[0], ["Lê Văn Tám", "An", "Bê"])
    for person in people:
        make.write(as_officer.user, "card", {"member": person, **WRONG_END})
    return [id_ for (id_,) in ask(select(Waiting.id).order_by(Waiting.seq))]


@pytest.mark.parametrize(("do", "state"), [("reject", "rejected"), ("return", "returned")])
def test_several_of_a_kind_are_refused_or_returned_together(
    as_officer, three_wrong_cards, ask, do, state
):
    form = {"items": three_wrong_cards[:2], "do": do, "note": "Xem lại thẻ"}
    answer = as_officer.submit("/review/together?kind=held", form, form_at="/review?kind=held")
    assert answer.location == "/review?kind=held"
    states = [row[0] for row in ask(select(Waiting.state).order_by(Waiting.seq))]
    assert states == [state, state, "open"]
    assert ("review_together",) in ask(select(Audit.kind))


def test_nothing_is_decided_together_without_words_or_of_another_kind(
    as_officer, three_wrong_cards, ask
):
    form = {"items": three_wrong_cards, "do": "reject", "note": " "}
    as_officer.submit("/review/together?kind=held", form, form_at="/review?kind=held")
    form["note"] = "x"
    odd = as_officer.submit("/review/together?kind=late", form, form_at="/account")
    assert odd.status_code == 400
    assert ask(select(Waiting.state).distinct()) == [("open",)]


def test_nobody_decides_together_about_another_commune_or_about_nothing(
    as_stranger, three_wrong_cards
):
    path, form = "/review/together?kind=held", {"items": three_wrong_cards, "do": "reject"}
    form["note"] = "x"
    other = as_stranger.submit(path, form, form_at="/account")
    nothing = as_stranger.submit(path, {**form, "items": [new_id()]}, form_at="/account")
    assert (other.status_code, nothing.status_code) == (403, 404)


@pytest.fixture
def rescued(lan):
    """Lan's phone brought back a household, somebody in it, and a card that makes no sense."""
    home, person = new_id(), new_id()
    values = {"village": lan.villages[0], "code": "9"}
    named = {"household": home, "full_name": "Lò Thị Mai", "relation": "head"}
    card = {"member": person, **WRONG_END}
    for entity, record, offered in (
        ("card", new_id(), card),
        ("member", person, named),
        ("household", home, values),
    ):
        lan.save(entity, offered, record, was={}, rescue=True)
    lan.sync()
    return lan.phone.device.id


def test_all_that_a_phone_brought_back_is_taken_at_once_but_what_breaks_a_rule(
    as_officer, rescued, lan, ask
):
    page = as_officer.get("/review?kind=rescue").text
    assert f"/review/rescues/{rescued}" in page
    as_officer.submit(f"/review/rescues/{rescued}?kind=rescue", form_at="/review?kind=rescue")
    assert ask(select(func.count()).select_from(Household)) == [(1,)]
    lan.sync()
    assert {wait["entity"]: wait["state"] for wait in lan.waiting()} == {
        "household": "applied",
        "member": "applied",
        "card": "open",
    }
    assert "Lò Thị Mai" in as_officer.get("/people").text


def test_a_phone_that_brought_nothing_back_has_nothing_to_take(as_officer, as_stranger, rescued):
    for who, device in ((as_officer, "x"), (as_stranger, rescued)):
        answer = who.submit(f"/review/rescues/{device}", form_at="/account")
        assert answer.status_code == 404
