"""Coverage as page and as API: who may see it, what it counts, what it says it does not know."""

from datetime import timedelta

import pytest

from server.store.db import new_id, now
from server.store.plans import Figure, Target
from tests import homes

DAY = "2026-11-22"


@pytest.fixture
def people(app, places):
    """Hưng Long: covered, expired, without a card, not asked, abroad, and a policeman."""
    first, second = places.villages
    homes.write(
        app,
        first,
        homes.covered("Lê Thị An"),
        homes.covered("Lê Văn Bình", registration="temporary"),
        homes.expired("Lê Thị Cúc"),
        homes.never_had("Lê Văn Dũng"),
        homes.person("Lê Thị Én"),
        homes.covered("Lê Văn Giang", presence="abroad"),
        homes.person("Lê Văn Hải", rights=[{"kind": "police", "valid_from": "2020"}]),
    )
    homes.write(app, second, homes.covered("Vi Thị Khuyên"))


def target(make, area, **values):
    plan = {"indicator": "bhyt_coverage", "year": 2026, "source": "Kế hoạch xã", **values}
    return make.add(Target(area_id=area.id, **plan))


@pytest.fixture
def ask_coverage(phone_of):
    def answer(desk, area, on=DAY):
        return phone_of(desk.user).get(f"/api/v1/coverage?area={area}&on={on}")

    return answer


def test_an_unknown_area_is_not_found(as_officer, ask_coverage):
    assert as_officer.get(f"/coverage?area={new_id()}").status_code == 404
    assert ask_coverage(as_officer, new_id()).get_json()["code"] == "not_found"


def test_anothers_area_is_not_shown(as_stranger, as_surveyor, places, ask_coverage):
    assert as_stranger.get(f"/coverage?area={places.commune.id}").status_code == 403
    assert ask_coverage(as_stranger, places.commune.id).get_json()["code"] == "not_allowed"
    assert as_surveyor.get(f"/coverage?area={places.villages[1].id}").status_code == 403


def test_nobody_sees_coverage_without_signing_in(client, places):
    page = client.get("/coverage")
    assert (page.status_code, "/sign-in" in page.headers["Location"]) == (302, True)
    assert client.get(f"/api/v1/coverage?area={places.commune.id}").status_code == 401


def test_a_cookie_opens_no_api(as_officer, places):
    assert as_officer.get(f"/api/v1/coverage?area={places.commune.id}").status_code == 401


def test_a_day_that_is_none_is_refused(as_officer, places, ask_coverage):
    for day in ("2026-02-30", "hôm qua", "9999-12-31", "2026"):
        assert as_officer.get(f"/coverage?on={day}").status_code == 400
        assert ask_coverage(as_officer, places.commune.id, day).status_code == 400


def test_each_village_is_counted_and_the_commune_is_their_sum(
    as_officer, places, people, ask_coverage
):
    answer = ask_coverage(as_officer, places.commune.id).get_json()
    by_name = {row["area"]["name"]: row for row in answer["rows"]}
    first, total = by_name["Hưng Long"]["counts"], answer["total"]
    assert first == {
        "people": 7, "covered": 3, "elsewhere": 1, "starting": 0, "unconfirmed": 0, "expired": 1,
        "none": 1, "not_asked": 1, "uninsured": 2, "abroad": 1, "registered": 7,
        "registered_covered": 3, "present": 6, "present_covered": 2,
    }  # fmt: skip
    assert (total["counts"]["people"], total["counts"]["covered"]) == (8, 4)
    assert total["percent"] == "50.00"
    assert total["households"] == 2
    assert answer["completeness"]["not_asked"] == 1


def test_an_area_is_found_by_its_code_too(as_officer, places, people, ask_coverage):
    assert ask_coverage(as_officer, "15646").get_json()["total"]["counts"]["people"] == 8


def test_an_earlier_day_is_counted_as_it_was(as_officer, places, people, ask_coverage):
    past = ask_coverage(as_officer, places.commune.id, "2020-06-30").get_json()["total"]["counts"]
    assert (past["covered"], past["expired"]) == (5, 0)


def test_the_printed_rate_stands_beside_the_computed_one(
    make, as_officer, places, people, ask_coverage
):
    target(
        make, places.villages[0], population=1604, planned=1556, printed_percent="95.01",
        deadline="2026-10-31",
    )  # fmt: skip
    rows = ask_coverage(as_officer, places.commune.id).get_json()["rows"]
    plan = next(row["target"] for row in rows if row["area"]["name"] == "Hưng Long")
    assert (plan["computed_percent"], plan["printed_percent"]) == ("97.01", "95.01")
    assert plan["differs"] is True
    assert (plan["heads_missing"], plan["days_left"]) == (1553, -22)
    page = as_officer.get(f"/coverage?area={places.commune.id}&on={DAY}").get_data(as_text=True)
    assert "97,01" in page
    assert "95,01" in page


def test_rates_of_villages_are_never_averaged(make, as_officer, places, people, ask_coverage):
    target(make, places.villages[0], population=100, planned=90)
    target(make, places.villages[1], population=900, planned=450)
    plan = ask_coverage(as_officer, places.commune.id).get_json()["total"]["target"]
    assert (plan["planned"], plan["population"], plan["computed_percent"]) == (540, 1000, "54.00")


def test_a_goal_in_percent_asks_for_whole_heads(make, as_officer, places, people, ask_coverage):
    target(make, places.commune, population=8060, goal_percent="95")
    plan = ask_coverage(as_officer, places.commune.id).get_json()["total"]["target"]
    assert plan["heads_missing"] == 7657 - 4


def test_the_months_target_goes_before_the_years(make, as_officer, places, people, ask_coverage):
    target(make, places.commune, population=8060, planned=7000, month=11)
    target(make, places.commune, population=8060, planned=7703)
    target(make, places.commune, population=8060, planned=7600, month=12)
    answer = ask_coverage(as_officer, places.commune.id).get_json()
    assert answer["total"]["target"]["planned"] == 7000


def test_a_target_of_last_year_is_shown_under_its_year(make, as_officer, places, people):
    target(make, places.commune, population=8060, planned=7703, year=2025)
    page = as_officer.get(f"/coverage?area={places.commune.id}&on={DAY}").get_data(as_text=True)
    assert "Chưa có chỉ tiêu năm 2026" in page
    assert "95,57" in page


def test_published_figures_stand_beside_and_are_never_added(
    make, as_officer, places, people, ask_coverage
):
    figure = {"indicator": "bhyt_coverage", "source": "BHXH cơ sở Thường Xuân"}
    for on, count in (("2026-09-30", 7000), ("2026-10-31", 7100), ("2026-12-31", 7900)):
        make.add(Figure(area_id=places.commune.id, on=on, count=count, denominator=8060, **figure))
    total = ask_coverage(as_officer, places.commune.id).get_json()["total"]
    assert [(one["on"], one["count"], one["percent"]) for one in total["figures"]] == [
        ("2026-10-31", 7100, "88.09")
    ]
    assert total["counts"]["covered"] == 4


def test_silent_phones_and_their_unsent_changes_are_told(
    make, as_officer, as_surveyor, places, people, ask_coverage
):
    make.device(as_surveyor.user, unsent=14, last_sync_at=now())
    make.device(as_surveyor.user, last_sync_at=now() - timedelta(days=9))
    make.device(as_surveyor.user, last_sync_at=now())
    complete = ask_coverage(as_officer, places.commune.id).get_json()["completeness"]
    assert (complete["phones_not_synced"], complete["changes_outstanding"]) == (2, 14)


def test_a_viewer_sees_the_counts_and_no_door_to_people(as_viewer, places, people):
    page = as_viewer.get(f"/coverage?area={places.commune.id}&on={DAY}").get_data(as_text=True)
    assert "Hưng Long" in page
    assert "/lists" not in page


def test_an_officer_opens_the_uninsured_behind_their_number(as_officer, places, people):
    page = as_officer.get(f"/coverage?area={places.commune.id}").get_data(as_text=True)
    assert f"/lists/uninsured?area={places.commune.id}" in page


def test_without_asking_everyone_sees_what_is_theirs(as_bhxh, as_surveyor, places, people):
    assert "BHXH cơ sở Thường Xuân" in as_bhxh.get("/coverage").get_data(as_text=True)
    own = as_surveyor.get("/coverage").get_data(as_text=True)
    assert "Hưng Long" in own
    assert "Xuân Thắng" not in own


def test_a_bhxh_unit_adds_up_its_communes(as_bhxh, as_admin, places, people, ask_coverage):
    mine = ask_coverage(as_bhxh, places.unit.id).get_json()
    assert [row["area"]["name"] for row in mine["rows"]] == ["Xã Thường Xuân"]
    assert mine["total"]["counts"]["people"] == 8
    assert ask_coverage(as_admin, places.unit.id).status_code == 200


def test_anothers_unit_is_not_shown(as_stranger, places, ask_coverage):
    assert ask_coverage(as_stranger, places.unit.id).status_code == 403


def test_an_empty_commune_says_what_to_do_next(as_officer, make, places):
    page = as_officer.get("/coverage").get_data(as_text=True)
    assert as_officer.get(f"/coverage?area={places.villages[0].id}").status_code == 200
    assert "Hưng Long" in page
