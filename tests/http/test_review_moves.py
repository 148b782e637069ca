"""Households go to another village: previewed, moved together, taken back; proposed by a visit."""

import pytest
from sqlalchemy import select

from server.store.changes.write import author_at_desk
from server.store.db import new_id, transaction
from server.store.feeds import Waiting
from server.store.people import Audit
from server.store.records import Household
from server.store.review import moving
from server.store.review.decided import Decision


@pytest.fixture
def hamlet(lan):
    """Two households of the upper hamlet with their people, one of the lower."""
    homes = [lan.household(code=f"HL-{n}", hamlet="Xóm Trên") for n in (1, 2)]
    for home in homes:
        lan.card(lan.member(home, relation="head"), valid_to="2099-12-31")
    lan.household(code="HL-3", hamlet="Xóm Dưới")
    lan.sync()
    return homes


def villages_of(ask):
    return dict(ask(select(Household.code, Household.village_id)))


def move(desk, homes, village, path="/review/move"):
    form = {"households": homes, "to": village.id}
    return desk.submit(path, form, form_at="/review/move")


def undo_last(desk, ask):
    [(id_,)] = ask(select(Decision.id).order_by(Decision.at.desc()).limit(1))
    return desk.submit(f"/review/decisions/{id_}/undo", form_at="/review/recent")


def test_a_hamlet_is_chosen_by_its_name_within_a_village(as_officer, hamlet, places):
    page = as_officer.get(f"/review/move?from={places.villages[0].id}&hamlet=Xóm Trên").text
    assert page.count(' name="households"') == page.count(" checked>") - 1 == 2
    assert "HL-3" not in page


def test_the_preview_says_what_goes_along_and_what_changes_and_writes_nothing(
    as_officer, hamlet, places, lan, ask
):
    page = move(as_officer, hamlet, places.villages[1], "/review/move/preview").text
    assert "2 hộ, 2 người, cùng 2 thẻ" in page
    assert "2 → <b>0</b>" in page
    assert "0 → <b>2</b>" in page
    assert lan.phone.device.name in page
    assert set(villages_of(ask).values()) == {places.villages[0].id}


def test_a_hamlet_moves_as_one_and_comes_back_as_one(
    as_officer, officer_phone, hamlet, places, ask
):
    first, second = (village.id for village in places.villages)
    assert move(as_officer, hamlet, places.villages[1]).location == "/review/recent"
    assert villages_of(ask) == {"HL-1": second, "HL-2": second, "HL-3": first}
    officer_phone.sync()
    there = {record["data"].get("code") for record in officer_phone.records[second].values()}
    assert {"HL-1", "HL-2"} <= there
    assert ("move_households",) in ask(select(Audit.kind))
    undo_last(as_officer, ask)
    assert set(villages_of(ask).values()) == {first}


def test_a_household_that_is_one_with_another_goes_along_and_comes_back(
    as_officer, officer_phone, hamlet, places, ask
):
    first, second = (village.id for village in places.villages)
    stays, goes = hamlet
    officer_phone.phone.post(f"/api/v1/households/{goes}/merge", {"into": stays})
    move(as_officer, [stays], places.villages[1])
    assert villages_of(ask) == {"HL-1": second, "HL-2": second, "HL-3": first}
    undo_last(as_officer, ask)
    assert set(villages_of(ask).values()) == {first}
    moved = officer_phone.phone.post(f"/api/v1/households/{stays}/move", {"village": second})
    assert moved.get_json()["result"]["status"] == "applied"
    assert villages_of(ask) == {"HL-1": second, "HL-2": second, "HL-3": first}


def test_the_preview_counts_the_people_of_a_household_that_goes_along(
    as_officer, officer_phone, hamlet, places
):
    stays, goes = hamlet
    officer_phone.phone.post(f"/api/v1/households/{goes}/merge", {"into": stays})
    page = move(as_officer, [stays], places.villages[1], "/review/move/preview").text
    assert "1 hộ, 2 người, cùng 2 thẻ" in page
    assert "2 → <b>0</b>" in page


def test_a_whole_village_moves_with_what_was_merged_there(
    app, as_officer, officer_phone, hamlet, places, ask
):
    stays, goes = hamlet
    officer_phone.phone.post(f"/api/v1/households/{goes}/merge", {"into": stays})
    old, new = (village.id for village in places.villages)
    with app.app_context(), transaction():
        assert moving.move_village(old, new, author_at_desk(as_officer.user)) == 3
    assert set(villages_of(ask).values()) == {new}
    assert ask(select(Waiting.id)) == []


def test_a_move_is_not_undone_once_one_household_has_moved_on(as_officer, hamlet, places, ask):
    move(as_officer, hamlet, places.villages[1])
    [(moved,)] = ask(select(Decision.id))
    move(as_officer, hamlet[:1], places.villages[0])
    as_officer.submit(f"/review/decisions/{moved}/undo", form_at="/review/recent")
    assert "Không hoàn tác được" in as_officer.get("/review/recent").text
    assert villages_of(ask)["HL-2"] == places.villages[1].id


@pytest.mark.parametrize("path", ["/review/move", "/review/move/preview"])
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(as_officer, hamlet, places, path):
    choosing = f"/review/move?from={places.villages[0].id}"
    form = {"from": places.villages[0].id, "households": hamlet, "to": ""}
    answer = as_officer.submit(path, form, form_at=choosing)
    assert answer.status_code == 400
    assert "Chưa chọn thôn chuyển đến." in answer.text
    assert answer.text.count(" checked>") == 3
    none = as_officer.submit(path, {**form, "households": []}, form_at=choosing)
    assert "Chưa chọn hộ nào." in none.text
    there = as_officer.submit(path, {**form, "to": places.villages[0].id}, form_at=choosing)
    assert "đều đang ở thôn này" in there.text


def test_nobody_moves_another_communes_household_nor_one_that_is_not_there(
    as_stranger, as_officer, hamlet, places
):
    assert move(as_stranger, hamlet, places.other_village).status_code == 403
    assert move(as_officer, hamlet, places.other_village).status_code == 403
    assert move(as_officer, [new_id()], places.villages[1]).status_code == 404
    assert as_stranger.get(f"/review/move?household={hamlet[0]}").status_code == 403
    assert as_officer.get("/review/move?household=x").status_code == 404
    assert as_officer.get(f"/review/move?from={places.other_village.id}").status_code == 403


@pytest.fixture
def visit(lan, hamlet, places):
    """At the door Lan heard that the household belongs to the other village."""
    values = {"household": hamlet[0], "on": "2026-11-20", "outcome": "wrong_village"}
    id_ = lan.save("visit", {**values, "suggested_village": places.villages[1].id})["record"]
    lan.sync()
    return id_


def page_of(visit):
    return f"/review/wrong-village/{visit}"


def test_a_visit_that_said_wrong_village_proposes_the_move(as_officer, visit, places, lan):
    assert page_of(visit) in as_officer.get("/review").text
    page = as_officer.get(page_of(visit)).text
    for words in (places.villages[1].name, lan.phone.user.name, "1 hộ, 1 người"):
        assert words in page


def test_of_what_does_not_go_along_nothing_is_said(as_officer, visit, lan, places):
    """'0 items waiting' is no news."""
    village = places.villages[1].name
    page = as_officer.get(page_of(visit)).text
    assert f"1 hộ, 1 người, cùng 1 thẻ và 1 lượt đến sẽ về {village}." in page
    empty = lan.household(code="HL-9")
    lan.sync()
    page = move(as_officer, [empty], places.villages[1], "/review/move/preview").text
    assert f"1 hộ, 0 người sẽ về {village}." in page


def test_a_proposed_move_is_done_and_no_longer_stands_in_the_queue(as_officer, visit, places, ask):
    form = {"to": places.villages[1].id}
    done = as_officer.submit(f"{page_of(visit)}/move", form, form_at=page_of(visit))
    assert done.location == "/review"
    assert villages_of(ask)["HL-1"] == places.villages[1].id
    assert page_of(visit) not in as_officer.get("/review").text
    again = as_officer.submit(f"{page_of(visit)}/move", form, form_at="/account")
    assert again.status_code == 302
    assert len(ask(select(Decision.id))) == 1
    undo_last(as_officer, ask)
    assert page_of(visit) in as_officer.get("/review").text


def test_a_household_that_stays_is_not_proposed_again_until_a_new_visit_says_so(
    as_officer, visit, lan, hamlet, ask
):
    as_officer.submit(f"{page_of(visit)}/stay", form_at=page_of(visit))
    assert "Không còn gì ở đây." in as_officer.get("/review").text
    values = {"household": hamlet[0], "on": "2026-11-21", "outcome": "wrong_village"}
    fresh = lan.save("visit", values)["record"]
    lan.sync()
    assert page_of(fresh) in as_officer.get("/review").text


def test_a_newer_visit_takes_the_proposal_back(as_officer, visit, lan, hamlet):
    lan.save("visit", {"household": hamlet[0], "on": "2026-11-21", "outcome": "met"})
    lan.sync()
    assert "Không còn gì ở đây." in as_officer.get("/review").text


def test_without_a_suggestion_the_officer_chooses_the_village(as_officer, lan, hamlet, places):
    values = {"household": hamlet[0], "on": "2026-11-21", "outcome": "wrong_village"}
    visit = lan.save("visit", values)["record"]
    lan.sync()
    assert "Chuyển về" not in as_officer.get(page_of(visit)).text
    assert "Chuyển về" in as_officer.get(f"{page_of(visit)}?to={places.villages[1].id}").text
    nowhere = as_officer.submit(f"{page_of(visit)}/move", {}, form_at=page_of(visit))
    assert nowhere.location == page_of(visit)


@pytest.mark.parametrize("verb", ["move", "stay"])
def test_nobody_decides_about_another_communes_visit_or_about_none(
    as_stranger, visit, places, verb
):
    form = {"to": places.other_village.id}
    for id_, status in ((visit, 403), ("x", 404)):
        answer = as_stranger.submit(f"{page_of(id_)}/{verb}", form, form_at="/account")
        assert answer.status_code == status
        assert as_stranger.get(page_of(id_)).status_code == status
