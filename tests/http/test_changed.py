"""Why a figure changed between two days: sums that add up, and the people behind them."""

import time
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from server.domain.steering.changed import Cause, Part
from server.store.changes.write import new_change
from server.store.db import new_id, now, timestamp, today
from server.store.steering.differences import differences
from tests import homes

FIRST, SECOND = "2026-03-31", "2026-04-30"


def months(start, end):
    return {"evidence": "app", "valid_from": start, "valid_to": end}


def why(app, villages, moment):
    """The changes by person: part, cause, more or fewer people, more or fewer with a card."""
    with app.app_context():
        found = differences([village.id for village in villages], moment, FIRST, SECOND)
    told: dict[str, list[tuple[Part, Cause, int, int]]] = {}
    for change in found.changes:
        step = change.step
        told.setdefault(change.person, []).append(
            (step.part, step.cause, step.people, step.covered)
        )
    return found, told


def covered(tallies):
    return sum(tally.covered for tally in tallies.values())


def test_every_way_to_count_otherwise_is_named_and_the_sums_add_up(app, places):
    joins = homes.person("Lê Thị An", cards=[months("2026-04-10", "2026-12-31")])
    ends = homes.covered("Lê Văn Bình", "2026-04-15")
    born = homes.covered(
        "Lê Bé Cúc", since="2026-04-20", since_reason="born", birth_date="2026-04-20"
    )
    dies = homes.covered("Lê Văn Dũng")
    stays = homes.covered("Lê Thị Én")
    wrong = homes.covered("Lê Văn Giang")
    homes.write(app, places.villages[0], joins, ends, born, dies, stays, wrong)
    moment = time.time_ns()
    homes.edit(app, "member", dies["id"], {"ended_on": "2026-04-02", "end_reason": "deceased"})
    found_later = homes.never_had("Lê Thị Hoa", "2026-03-01")
    homes.write(app, places.villages[1], found_later)
    police = {"kind": "police", "valid_from": "2020", "valid_to": "2026-04-01"}
    right = new_change("entitlement", new_id(), {"member": joins["id"], **police})
    homes.apply(app, [right])

    found, told = why(app, places.villages, moment)

    assert told == {
        joins["id"]: [
            (Part.CORRECTED, Cause.CORRECTED, 0, 0),
            (Part.HAPPENED, Cause.JOINED, 0, 1),
        ],
        ends["id"]: [(Part.HAPPENED, Cause.ENDED, 0, -1)],
        born["id"]: [(Part.HAPPENED, Cause.BORN, 1, 1)],
        dies["id"]: [(Part.HAPPENED, Cause.DIED, -1, -1)],
        found_later["id"]: [(Part.CORRECTED, Cause.FOUND, 1, 0)],
    }
    steps = sum(change.step.covered for change in found.changes)
    assert covered(found.reported) + steps == covered(found.now) == 4


def test_what_a_phone_held_at_the_time_came_late(app, places, lan, minh):
    home = lan.household(places.villages[0].id)
    person = lan.member(home, since="2025")
    lan.sync()
    minh.sync()
    minh.clock = timestamp(now() - timedelta(hours=1))
    minh.card(person, **months("2026-01-01", "2026-12-31") | {"evidence": "card_seen"})
    moment = time.time_ns()
    minh.sync()

    found, told = why(app, places.villages, moment)

    assert told == {person: [(Part.LATE, Cause.CORRECTED, 0, 1)]}
    assert (covered(found.reported), covered(found.known), covered(found.now)) == (0, 1, 1)


def test_who_goes_to_the_next_village_is_not_gone(app, places):
    one = homes.covered("Lê Thị An")
    first, second = places.villages
    home = homes.write(app, first, one)
    moment = time.time_ns()
    homes.edit(app, "household", home, {"village": second.id}, {"village": first.id})

    found, told = why(app, places.villages, moment)

    moved = (Part.CORRECTED, Cause.OTHER_VILLAGE)
    assert told == {one["id"]: [(*moved, -1, -1), (*moved, 1, 1)]}
    assert (found.reported[first.id].covered, found.now[second.id].covered) == (1, 1)


@pytest.fixture
def a_week(app, places):
    """An covered since yesterday, Bình expired yesterday, both known only today."""
    yesterday = (now() - timedelta(days=2)).date().isoformat()
    homes.write(
        app,
        places.villages[0],
        homes.covered("Lê Thị An", since=yesterday, since_reason="moved_in"),
        homes.never_had("Lê Văn Bình"),
        code="HL-07",
    )


def test_the_page_says_why_and_names_whom(as_officer, places, a_week):
    page = as_officer.get(f"/changed?area={places.commune.id}").get_data(as_text=True)
    assert "Thêm 1 người có thẻ." in page
    for words in ("Chuyển đến", "Tìm thấy thêm", "Lê Thị An", "Lê Văn Bình", "HL-07"):
        assert words in page


def test_one_village_is_asked_alone(as_officer, places, a_week):
    page = as_officer.get(f"/changed?area={places.villages[1].id}").get_data(as_text=True)
    assert "Không ai được tính khác đi." in page


def test_the_committee_reads_numbers_and_no_names(as_viewer, places, a_week):
    page = as_viewer.get(f"/changed?area={places.commune.id}").get_data(as_text=True)
    assert "Chuyển đến" in page
    assert "Lê Thị An" not in page
    assert as_viewer.submit("/changed/export", form_at="/account").status_code == 403


def test_a_province_offers_its_communes(as_admin, places, a_week):
    page = as_admin.get(f"/changed?area={places.province.id}").get_data(as_text=True)
    for commune in (places.commune, places.other_commune):
        assert f"area={commune.id}" in page


def test_days_in_the_wrong_order_are_turned_round(as_officer, places, a_week):
    address = f"/changed?area={places.commune.id}&from={today()}&to=2026-01-01"
    page = as_officer.get(address).get_data(as_text=True)
    assert "hai ngày đã được đổi chỗ" in page
    assert as_officer.get("/changed?from=hôm-qua").status_code == 400


def test_an_unknown_area_is_not_found_and_anothers_is_not_shown(as_officer, as_stranger, places):
    assert as_officer.get(f"/changed?area={new_id()}").status_code == 404
    assert as_stranger.get(f"/changed?area={places.commune.id}").status_code == 403


def test_the_workbook_holds_the_same_people(as_officer, places, a_week):
    body = as_officer.submit(
        "/changed/export",
        {"area": places.commune.id},
        form_at=f"/changed?area={places.commune.id}",
    ).data
    sheet = openpyxl.load_workbook(BytesIO(body))["Thay đổi"]
    rows = {row[2]: (row[0], row[5], row[8], row[9]) for row in sheet.values}
    assert rows["Lê Thị An"] == ("Chuyển đến", "HL-07", 1, 1)
    assert rows["Lê Văn Bình"] == ("Tìm thấy thêm", "HL-07", 1, 0)


def test_a_workbook_of_an_unknown_or_a_foreign_area_is_refused(as_officer, as_stranger, places):
    for desk, area, code in (
        (as_officer, new_id(), 404),
        (as_stranger, places.commune.id, 403),
    ):
        answer = desk.submit("/changed/export", {"area": area}, form_at="/account")
        assert answer.status_code == code
