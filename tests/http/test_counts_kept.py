"""Kept counts and rolls: never older than the last change, wherever it was made, and the same as
what the query gives."""

import re

import pytest
from sqlalchemy import select, update

from server.lists.catalogue import PEOPLE
from server.lists.filters import SORTS
from server.store import roll
from server.store.changes.write import new_change
from server.store.counts import count
from server.store.coverage.stored import VillageSteps, stored_steps
from server.store.db import db, new_id, reading, transaction
from server.store.feeds import Instance
from server.store.kept import KeptByVillage, where_feeds_stand
from server.store.records import Member
from server.work import refresh
from tests import homes
from tests.http.test_coverage import DAY


def covered(desk, places):
    page = desk.get(f"/coverage?area={places.commune.id}&on={DAY}").get_data(as_text=True)
    return page.partition("Thực tế ở nhà")[2].split('class="num">')[2].partition("<")[0]


def test_a_change_is_counted_at_once(app, as_officer, places):
    first, second = places.villages
    homes.write(app, first, homes.covered("Lê Thị An"))
    assert covered(as_officer, places) == "1"
    assert covered(as_officer, places) == "1"
    homes.write(app, second, homes.covered("Lê Thị Bình"))
    assert covered(as_officer, places) == "2"


def test_a_card_of_a_double_in_another_village_is_counted_at_once(app, as_officer, places):
    first, second = places.villages
    stays, double = homes.person("Vi Thị Hoa"), homes.person("Vi Thị Hoa")
    homes.write(app, first, stays)
    homes.write(app, second, double)
    homes.edit(app, "member", double["id"], {"merged_into": stays["id"]})
    assert covered(as_officer, places) == "0"
    card = {"member": double["id"], "evidence": "app", "valid_to": "2099-12-31"}
    homes.apply(app, [new_change("card", new_id(), card)])
    assert covered(as_officer, places) == "1"


def test_a_card_two_merges_away_is_counted_at_once(app, make, as_officer, places):
    first, second = places.villages
    third = make.village("Cửa Dụ", places.commune)
    stays, double, neighbour = (homes.person(name) for name in ("Vi Thị Hoa", "Vi Hoa", "Vi Sơn"))
    homes.write(app, first, double)
    taken_in, kept = homes.write(app, second, stays), homes.write(app, third, neighbour)
    homes.edit(app, "member", double["id"], {"merged_into": stays["id"]})
    homes.edit(app, "household", taken_in, {"merged_into": kept})
    assert covered(as_officer, places) == "0"
    card = {"member": double["id"], "evidence": "app", "valid_to": "2099-12-31"}
    homes.apply(app, [new_change("card", new_id(), card)])
    assert covered(as_officer, places) == "1"


def test_what_is_kept_of_a_village_outlives_changes_elsewhere(app, places):
    first, second = places.villages
    stays, double = homes.person("Vi Thị Hoa"), homes.person("Vi Hoa")
    homes.write(app, second, stays, double)
    homes.edit(app, "member", double["id"], {"merged_into": stays["id"]})

    def marks():
        with app.app_context(), reading():
            found = where_feeds_stand([first.id, second.id], ())
            db.session.rollback()
        return found

    before = marks()
    homes.edit(app, "member", stays["id"], {"note": "mới"})
    after = marks()
    assert before[first.id] == after[first.id]
    assert before[second.id] != after[second.id]


def listed(desk, query="", key="uninsured"):
    page = desk.get(f"/lists/{key}?on={DAY}&{query}").get_data(as_text=True)
    return re.findall(r'href="/people/[^"]+">([^<]+)<', page)


def test_a_change_is_on_the_list_at_once(app, as_officer, places):
    dung = homes.never_had("Lê Văn Dũng")
    homes.write(app, places.villages[0], dung)
    assert listed(as_officer) == ["Lê Văn Dũng"]
    homes.edit(
        app, "member", dung["id"], {"full_name": "Lê Văn Dương"}, {"full_name": "Lê Văn Dũng"}
    )
    assert listed(as_officer) == ["Lê Văn Dương"]
    card = {"member": dung["id"], "evidence": "app", "valid_to": "2099-12-31"}
    homes.apply(app, [new_change("card", new_id(), card)])
    assert listed(as_officer) == []
    assert listed(as_officer, key="covered") == ["Lê Văn Dương"]


def test_another_day_is_another_list(app, as_officer, places):
    homes.write(app, places.villages[0], homes.covered("Lê Thị An", "2026-11-22"))
    assert listed(as_officer, key="covered") == ["Lê Thị An"]
    later = as_officer.get("/lists/uninsured?on=2026-11-23").get_data(as_text=True)
    assert "Lê Thị An" in later


def test_a_household_that_becomes_a_farm_household_is_found_at_once(app, as_officer, places):
    home = homes.write(app, places.villages[0], homes.never_had("Lê Văn Dũng"))
    assert listed(as_officer, "farm=1") == []
    homes.edit(app, "household", home, {"average_farm": True})
    assert listed(as_officer, "farm=1") == ["Lê Văn Dũng"]


def test_a_restore_lets_go_of_what_was_kept(app, as_officer, places):
    dung = homes.never_had("Lê Văn Dũng")
    homes.write(app, places.villages[0], dung)
    assert listed(as_officer) == ["Lê Văn Dũng"]
    with app.app_context(), transaction():
        # As after a restore: other contents, the same revisions, another epoch.
        db.session.execute(update(Member).values(insurance_answer=None, insurance_asked_on=None))
        db.session.execute(update(Instance).values(epoch=new_id()))
    assert listed(as_officer) == []
    assert listed(as_officer, key="not_asked") == ["Lê Văn Dũng"]


def everybody_else(number):
    """One for each list that is about more than a card."""
    shared = {"personal_id": "038190001234", "sex": "male"}
    return (
        homes.covered(f"Bé Mới {number}", birth_date=f"2026-1{number % 2}-05", **shared),
        homes.covered(f"Bé Học {number}", birth_date="2015-03-01", work="pupil", school_other="Xa"),
        homes.covered(f"Ông Công {number}", rights=[{"kind": "merit"}], sex="female"),
        homes.never_had(f"Bà Trợ {number}", rights=[{"kind": "social_allowance"}]),
        homes.never_had(f"Bà Hưu {number}", rights=[{"kind": "social_pension"}]),
        homes.covered(f"Cụ Lương {number}", birth_date="1940", social_insurance="pension"),
        homes.expired(f"Anh Thợ {number}", "2026-10-30", work="wage_contract"),
        homes.covered(f"Chị Xa {number}", presence="abroad", card={"evidence": "card_seen"}),
        homes.covered(f"Em Ba Na {number}", ethnic_group="13", rights=[{"kind": "left_region"}]),
    )


@pytest.fixture
def crowd(app, places):
    """Two villages of people who stand in every way there is, one of them recorded twice."""
    first, second = places.villages
    twice, stays = homes.covered("Hồ Thị Hai", "2026-12-05"), homes.person("Hồ Thị Hai Một")
    for number, village in enumerate((first, second, first)):
        homes.write(
            app,
            village,
            homes.expired(f"Lê Thị Cúc {number}", f"2025-0{number + 1}-28", birth_date="1950"),
            homes.never_had(f"Lê Văn Dũng {number}", birth_date=f"2023-0{number + 1}"),
            homes.covered(f"Lê Thị An {number}", card={"insurance_group": "GD"}),
            homes.covered(f"Lê Văn Sắp {number}", f"2026-12-1{number}", ethnic_group="03"),
            homes.person(f"Lê Thị Én {number}", birth_date="1988-05-17"),
            homes.person(
                f"Lê Văn Phú {number}",
                insurance_answer="has_card",
                insurance_asked_on="2026-02-01",
            ),
            homes.covered(f"Lê Văn Chờ {number}", card={"valid_from": "2027-01-01"}),
            homes.person(f"Lê Văn Quân {number}", rights=[{"kind": "armed_forces"}]),
            *everybody_else(number),
            *((stays,) if village is second else (twice,) if number == 0 else ()),
            code=f"H-{number}",
            average_farm=number == 1 or None,
            living_class=("poor", "near_poor", "average")[number],
            living_class_to="2026-12-31",
        )
    homes.edit(app, "member", twice["id"], {"merged_into": stays["id"]})


@pytest.mark.parametrize("sort", SORTS)
def test_what_is_kept_and_what_is_queried_are_one_list(as_officer, crowd, monkeypatch, sort):
    asked = [(f"sort={sort}", key) for key in PEOPLE]
    kept = {one: listed(as_officer, *one) for one in asked}
    monkeypatch.setattr(roll, "MOST_PEOPLE", 0)
    assert kept == {one: listed(as_officer, *one) for one in asked}
    assert [key for query, key in asked if not kept[query, key]] == []
    assert "Hồ Thị Hai Một" in kept[f"sort={sort}", "covered"]


NARROWED = ("age=0-5", "age=80", "minority=1", "farm=1", "group=GD", "sex=female", "living=poor",
            "presence=abroad", "status=covered", "reason=away", "mark=abroad")  # fmt: skip


@pytest.mark.parametrize("key", ["uninsured", "covered", "supplement"])
def test_filters_choose_alike_with_and_without_what_is_kept(as_officer, crowd, monkeypatch, key):
    asked = [query for query in NARROWED if key == "supplement" or "status" not in query]
    kept = {query: listed(as_officer, query, key) for query in asked}
    monkeypatch.setattr(roll, "MOST_PEOPLE", 0)
    assert kept == {query: listed(as_officer, query, key) for query in asked}


@pytest.mark.parametrize("query", ["", "q=le", "status=expired", "q=cuc&status=expired", "q=h_i"])
def test_people_are_found_alike_with_and_without_what_is_kept(
    as_officer, crowd, monkeypatch, query
):
    def found():
        return re.findall(
            r'href="/people/[^"]+">([^<]+)<', as_officer.get(f"/people?{query}").get_data(True)
        )

    kept = found()
    monkeypatch.setattr(roll, "MOST_PEOPLE", 0)
    assert sorted(kept) == sorted(found())


def test_what_is_kept_never_grows_beyond_its_bound(app, make, places):
    kept = KeptByVillage[str](10, len)
    with app.app_context(), reading():
        for text in ("aaaa", "bbbb", "cccc", "ddddddddddd"):
            kept.of(DAY, [text], lambda missing: {one: one for one in missing})
            assert kept.held <= 10
        asked: list[str] = []

        def read(missing):
            asked.extend(missing)
            return {one: one for one in missing}

        kept.of(DAY, ["cccc", "aaaa"], read)
    assert asked == ["aaaa"]


def test_counts_are_stored_by_the_worker_and_only_while_they_are_true(app, as_officer, places, ask):
    first, second = places.villages
    homes.write(app, first, homes.covered("Lê Thị An"), homes.expired("Lê Văn Bình"))
    assert refresh(app) is False
    assert {(first.id,), (second.id,)} <= set(ask(select(VillageSteps.village_id)))
    with app.app_context(), reading():
        marks = where_feeds_stand([first.id, second.id], ())
        kept = stored_steps(marks)
        assert list(kept[first.id].on(DAY)) == list(count(DAY, [first.id])[first.id])
        db.session.rollback()
    homes.write(app, first, homes.covered("Lê Thị Cúc"))
    with app.app_context(), reading():
        moved = where_feeds_stand([first.id, second.id], ())
        assert set(stored_steps(moved)) == {second.id}
        db.session.rollback()
    assert covered(as_officer, places) == "2"
