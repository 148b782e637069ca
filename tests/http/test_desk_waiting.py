"""What waits for review, and the start page that counts it."""

import pytest
from sqlalchemy import select

from server.store.db import new_id
from server.store.feeds import Waiting
from server.store.people import Audit
from server.store.plans import ImportRun, Target


@pytest.fixture
def waiting(make, places, as_officer, ask):
    """Two people corrected one name: the second correction waits."""
    officer = as_officer.user
    _home, (person,) = make.household(officer, places.villages[0], ["Lê Văn Tám"])
    was = {"full_name": "Lê Văn Tám"}
    make.write(officer, "member", {"full_name": "Lê Văn Tâm"}, record=person, was=was)
    make.write(officer, "member", {"full_name": "Lê Văn Tấm"}, record=person, was=was)
    [(id_,)] = ask(select(Waiting.id))
    return id_


def test_the_officer_sees_both_values_and_what_the_author_had_seen(as_officer, waiting):
    page = as_officer.get(f"/waiting/{waiting}").text
    for words in ("Lê Văn Tâm", "Lê Văn Tấm", "Lê Văn Tám", "Họ và tên", as_officer.user.name):
        assert words in page


def test_what_waits_is_listed_with_its_reason_and_found_by_village(as_officer, waiting, places):
    page = as_officer.get("/waiting").text
    assert f"/waiting/{waiting}" in page
    here, there = (f"/waiting?village={village.id}" for village in places.villages)
    assert f"/waiting/{waiting}" in as_officer.get(here).text
    assert "Không còn gì ở đây." in as_officer.get(there).text


def test_what_waits_is_shown_by_its_state(as_officer, waiting):
    assert "Không còn gì ở đây." in as_officer.get("/waiting?state=returned").text
    assert as_officer.get("/waiting?state=nonsense").status_code == 400


def test_another_commune_does_not_see_what_waits(as_stranger, waiting):
    assert f"/waiting/{waiting}" not in as_stranger.get("/waiting").text
    assert as_stranger.get(f"/waiting/{waiting}").status_code == 403


def test_surveyors_and_the_insurance_office_do_not_review(as_surveyor, as_bhxh, waiting):
    for who in (as_surveyor, as_bhxh):
        assert who.get("/waiting").status_code == 403
        assert who.get(f"/waiting/{waiting}").status_code == 403


def test_what_does_not_wait_is_not_found(as_officer):
    assert as_officer.get("/waiting/x").status_code == 404


def test_what_found_no_village_is_seen_where_its_author_serves(
    make, as_officer, as_surveyor, as_stranger, as_admin, ask
):
    make.write(as_surveyor.user, "visit", {"household": new_id(), "on": "2026-11-01"})
    [(id_, village)] = ask(select(Waiting.id, Waiting.village_id))
    assert village is None
    assert f"/waiting/{id_}" in as_officer.get("/waiting?village=none").text
    assert as_officer.get(f"/waiting/{id_}").status_code == 200
    assert as_admin.get(f"/waiting/{id_}").status_code == 200
    assert as_stranger.get(f"/waiting/{id_}").status_code == 403


def test_every_to_do_of_the_start_page_opens_a_page(as_officer, make, places, waiting):
    village = places.villages[0]
    make.add(
        Target(area_id=village.id, indicator="bhyt_coverage", year=2026, planned=5, source="KH 1")
    )
    make.add(
        ImportRun(
            kind="households",
            file_name="a.csv",
            file_digest="0" * 64,
            area_id=places.commune.id,
            rows=2,
            written=1,
            report="{}",
        )
    )
    page = as_officer.get("/").text
    for words in ("Chờ xét", "Thôn chưa đạt chỉ tiêu", "Hộ chưa ai đến", "Tệp nhập còn lỗi"):
        assert words in page
    for path in ("/waiting", "/households?only=never_visited", "/devices?only=empty"):
        assert as_officer.get(path).status_code == 200


def test_a_household_somebody_visited_is_no_longer_to_do(as_officer, make, places):
    home, _people = make.household(as_officer.user, places.villages[0], ["Lê Văn Tám"])
    assert "Lê Văn Tám" in as_officer.get("/households?only=never_visited").text
    make.write(as_officer.user, "visit", {"household": home, "on": "2026-11-01", "outcome": "met"})
    assert "Lê Văn Tám" not in as_officer.get("/households?only=never_visited").text


def test_the_start_page_of_each_role_says_what_it_is_for(as_viewer, as_bhxh, as_surveyor, as_admin):
    assert "không xem tên người" in as_viewer.get("/").text
    for who in (as_bhxh, as_surveyor, as_admin):
        assert "Hộ chưa ai đến" in who.get("/").text


def test_pages_that_a_person_may_not_open_are_not_offered(as_viewer, as_officer):
    assert 'href="/users"' in as_officer.get("/").text
    assert 'href="/users"' not in as_viewer.get("/").text


def state_of(ask, id_):
    [(state,)] = ask(select(Waiting.state).where(Waiting.id == id_))
    return state


def test_an_accepted_value_is_in_the_record_and_no_longer_waits(as_officer, waiting, ask):
    page = f"/waiting/{waiting}"
    assert as_officer.submit(f"{page}/accept", form_at=page).location == "/waiting"
    assert state_of(ask, waiting) == "applied"
    assert "Lê Văn Tấm" in as_officer.get("/people?q=le van tam").text
    assert ("waiting_accept",) in ask(select(Audit.kind))


def test_what_breaks_a_rule_goes_on_waiting_and_says_why(make, as_officer, places, ask):
    officer = as_officer.user
    _home, (person,) = make.household(officer, places.villages[0], ["Lê Văn Tám"])
    wrong = {"member": person, "evidence": "card_seen"}
    wrong |= {"valid_from": "2026-01-01", "valid_to": "2025-01-01"}
    make.write(officer, "card", wrong)
    [(id_,)] = ask(select(Waiting.id))
    page = f"/waiting/{id_}"
    assert as_officer.submit(f"{page}/accept", form_at=page).location == page
    assert state_of(ask, id_) == "open"
    assert "Vẫn chưa ghi được" in as_officer.get(page).text


@pytest.mark.parametrize(("door", "state"), [("reject", "rejected"), ("return", "returned")])
def test_what_is_sent_back_or_refused_carries_a_note(as_officer, waiting, ask, door, state):
    page = f"/waiting/{waiting}"
    assert as_officer.submit(f"{page}/{door}", {"note": " "}, form_at=page).status_code == 400
    assert state_of(ask, waiting) == "open"
    note = {"note": "Hỏi lại giấy khai sinh"}
    assert as_officer.submit(f"{page}/{door}", note, form_at=page).status_code == 302
    assert state_of(ask, waiting) == state
    assert "Hỏi lại giấy khai sinh" in as_officer.get(page).text


def test_what_is_decided_is_not_decided_again(as_officer, waiting):
    page = f"/waiting/{waiting}"
    as_officer.submit(f"{page}/accept", form_at=page)
    assert as_officer.submit(f"{page}/accept", form_at="/account").status_code == 409
    assert "Nhận và ghi" not in as_officer.get(page).text


@pytest.mark.parametrize("door", ["accept", "reject", "return"])
def test_nobody_decides_about_another_commune_or_about_nothing(as_stranger, waiting, door):
    form = {"note": "x"}
    other = as_stranger.submit(f"/waiting/{waiting}/{door}", form, form_at="/account")
    nothing = as_stranger.submit(f"/waiting/x/{door}", form, form_at="/account")
    assert (other.status_code, nothing.status_code) == (403, 404)


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
    for path in (f"/people/{person}", "/waiting", f"/waiting/{id_}"):
        page = as_officer.get(path).text
        assert "Lê Văn Tám" in page
        assert "Kín Đáo" not in page
        assert "KIN-01" not in page
    assert "Lê Văn Tám" not in as_stranger.get("/waiting").text
    assert "Lê Văn Tám" not in as_stranger.get(f"/waiting/{id_}").text


def test_what_waits_is_named_by_whom_it_is_about(make, as_officer, as_surveyor, places):
    """A new card by its person, a visit by its household; without a code by the head."""
    home, (person,) = make.household(as_officer.user, places.villages[0], ["Lê Văn Tám"])
    make.write(as_surveyor.user, "card", {"member": person})
    assert ">Lê Văn Tám</a>" in as_officer.get("/waiting").text
    make.write(as_surveyor.user, "visit", {"household": home, "outcome": "met"})
    assert as_officer.get("/waiting").text.count(">Lê Văn Tám</a>") == 2


def test_an_accepted_value_that_cannot_be_written_says_which_field_and_why(
    make, as_officer, as_surveyor, places, ask
):
    home, _people = make.household(as_officer.user, places.villages[0], ["Lê Văn Tám"])
    make.write(as_surveyor.user, "visit", {"household": home, "outcome": "met"})
    [(id_,)] = ask(select(Waiting.id))
    page = f"/waiting/{id_}"
    as_officer.submit(f"{page}/accept", form_at=page)
    assert "Vẫn chưa ghi được: Ngày: Phải có thông tin này" in as_officer.get(page).text
