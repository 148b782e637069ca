"""Areas: the official list, names as people write them, dated facts, the reference feed."""

import orjson
import pytest
from sqlalchemy import func, select

from server.domain.digest import feed_digest
from server.errors import Problem
from server.store import areas as store
from server.store import reference
from server.store.area_loading import load_areas
from server.store.db import db, transaction
from server.store.feeds import ReferenceRecord, VillageFeed
from server.store.people import Audit
from server.store.places import Area, AreaFactRow, BhxhUnit, BhxhUnitCommune
from server.store.scope import successions
from tests.conftest import migrated
from tests.fake_phone import FakePhone


def number_of(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_the_country_is_loaded_once_and_loading_again_changes_nothing(app):
    with app.app_context(), transaction():
        first = load_areas()
        counts = [number_of(table) for table in (Area, BhxhUnit, BhxhUnitCommune)]
        again = load_areas()
    assert (first.areas, first.units) == (34 + 3321, 9)
    assert counts == [3355, 9, 72]
    assert (again.areas, again.units, again.published) == (0, 0, 0)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The whole country in a database of its own, which no test here writes to."""
    app = migrated(f"sqlite:///{tmp_path_factory.mktemp('country') / 'country.db'}")
    with app.app_context():
        with transaction():
            load_areas()
        db.engine.dispose()
    return app


@pytest.fixture
def country(loaded):
    with loaded.app_context():
        yield
        db.session.rollback()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("typed", "level", "name"),
    [
        ("thuong xuan", "commune", "Xã Thường Xuân"),
        ("XÃ THƯỜNG-XUÂN", "commune", "Xã Thường Xuân"),
        ("15646", "commune", "Xã Thường Xuân"),
        ("K'Bang", "commune", "Xã Kbang"),
        ("xa k bang", "commune", "Xã Kbang"),
        ("thanh hoá", "province", "Tỉnh Thanh Hóa"),
        ("Tỉnh Thanh Hóa", "province", "Tỉnh Thanh Hóa"),
        ("TP. Hồ Chí Minh", "province", "Thành phố Hồ Chí Minh"),
        ("tp hcm", "province", "Thành phố Hồ Chí Minh"),
        ("1", "province", "Thành phố Hà Nội"),
    ],
)
def test_an_area_is_found_however_people_write_it(country, typed, level, name):
    found = store.find_area(typed, level)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("typed", ["Phường Thường Xuân", "", "   ", "-", "Không có xã này"])
def test_what_is_not_meant_is_not_found(country, typed):
    assert store.find_area(typed, "commune") is None


def test_a_name_that_several_have_is_found_only_within_its_province(country):
    assert len(store.find_areas("Tân Thành", "commune")) > 1
    assert store.find_area("Tân Thành", "commune") is None
    (thanh_hoa,) = store.find_areas("Thanh Hóa", "province")
    within = store.find_areas("Tân Thành", "commune", within=thanh_hoa.id)
    assert [area.province_id for area in within] == [thanh_hoa.id]


def test_a_commune_is_rural_and_a_ward_urban_with_their_source(country):
    (xa,) = store.find_areas("Xã Thường Xuân", "commune")
    (phuong,) = store.find_areas("Phường Hoàn Kiếm", "commune")
    fact = store.facts_on(xa.id, "2026-01-01")["settlement"]
    assert (fact.value, fact.inherited) == ("rural", False)
    assert "2025" in fact.source
    assert store.facts_on(phuong.id, "2026-01-01")["settlement"].value == "urban"
    assert store.facts_on(xa.id, "2025-06-30") == {}


def test_a_village_has_its_communes_facts_until_it_says_otherwise(app, places):
    hung_long = places.villages[0]
    with app.app_context(), transaction():
        commune = db.session.get_one(Area, places.commune.id)
        village = db.session.get_one(Area, hung_long.id)
        store.add_fact(commune, "region", "II", source="QĐ 1", valid_from="2026-01-01")
        store.add_fact(village, "region", "III", source="QĐ 2", valid_from="2026-07-01")
        days = ("2025-12-31", "2026-06-30", "2026-07-01")
        known = [store.facts_on(village.id, day).get("region") for day in days]
    assert [fact and (fact.value, fact.inherited) for fact in known] == [
        None, ("II", True), ("III", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "value", "start", "end"),
    [("region", "IV", None, None), ("nonsense", "yes", None, None),
     ("island", "yes", "2026-02-01", "2026-01-01")],
)  # fmt: skip
def test_a_fact_that_makes_no_sense_is_refused(app, places, fact, value, start, end):
    with app.app_context():
        area = db.session.get_one(Area, places.commune.id)
        with pytest.raises(Problem):
            store.add_fact(area, fact, value, source="QĐ", valid_from=start, valid_to=end)


def test_an_ended_village_is_served_by_its_only_successor(app, places):
    with app.app_context(), transaction():
        old, new = (db.session.get_one(Area, village.id) for village in places.villages)
        store.end_area(old, [new], "2026-12-31")
        assert successions({old.id}) == {old.id: new.id}


# The reference feed


def live_records(scope):
    return list(
        db.session.execute(
            select(ReferenceRecord.id, ReferenceRecord.rev).where(
                ReferenceRecord.province_id == scope, ReferenceRecord.deleted.is_(False)
            )
        ).all()
    )


def digest_of(scope):
    return db.session.scalar(
        select(VillageFeed.digest).where(VillageFeed.village_id == reference.scope_feed(scope))
    )


def test_publishing_gives_each_change_one_revision_and_the_same_again_none(app):
    with app.app_context(), transaction():
        assert reference.publish("school", "s1", None, {"name": "A"})
        assert reference.publish("school", "s2", None, {"name": "B"})
        assert not reference.publish("school", "s1", None, {"name": "A"})
        assert reference.publish("school", "s1", None, {"name": "A2"})
        assert dict(live_records(None)) == {"s1": 3, "s2": 2}


def test_the_digest_is_that_of_the_living_records_of_its_scope(app, places):
    province = places.province.id
    with app.app_context(), transaction():
        reference.publish("school", "s1", province, {"name": "A"})
        reference.publish("school", "s2", province, {"name": "B"})
        reference.publish("notice_text", "n1", None, {"vi": "C"})
        reference.publish("school", "s1", province, {"name": "A2"})
        assert reference.retire("s2")
        assert not reference.retire("s2")
        for scope in (province, None):
            assert digest_of(scope) == feed_digest(live_records(scope))
        assert reference.publish("school", "s2", province, {"name": "B"}), "it may come back"
        assert digest_of(province) == feed_digest(live_records(province))


def test_a_new_village_reaches_the_phones_with_its_aliases(app, places):
    with app.app_context(), transaction():
        commune = db.session.get_one(Area, places.commune.id)
        village = store.add_village("Thôn Tân Lập", commune, code="08", aliases=["Làng Mới"])
        record = db.session.get_one(ReferenceRecord, village.id)
        data = orjson.loads(record.data)
        assert (record.province_id, data["parent"]) == (places.province.id, commune.id)
        assert data["aliases"] == ["Làng Mới"]
        for typed in ("tan lap", "thôn tân lập", "bản Tân Lập", "lang moi"):
            assert store.find_area(typed, "village", within=commune.id) is village


def facts_on_phones(ask, area):
    [(data,)] = ask(select(ReferenceRecord.data).where(ReferenceRecord.id == area.id))
    return orjson.loads(data)["facts"]


def test_a_fact_and_its_end_reach_the_phones_with_the_area(as_officer, places, ask):
    page = f"/areas/{places.commune.id}"
    form = {"fact": "region:III", "source": "QĐ 861/QĐ-TTg", "valid_from": "2021-06-04"}
    as_officer.submit(f"{page}/facts", form, form_at=page)
    said = {"fact": "region", "value": "III", "valid_from": "2021-06-04", "valid_to": None}
    assert facts_on_phones(ask, places.commune) == [said]
    [(fact,)] = ask(select(AreaFactRow.id))
    as_officer.submit(f"{page}/facts/{fact}/end", {"last_day": "2025-12-31"}, form_at=page)
    assert facts_on_phones(ask, places.commune) == [said | {"valid_to": "2025-12-31"}]


def test_the_countrys_areas_are_published_with_their_facts(country):
    (xa,) = store.find_areas("Xã Thường Xuân", "commune")
    [fact] = orjson.loads(db.session.get_one(ReferenceRecord, xa.id).data)["facts"]
    assert (fact["fact"], fact["value"]) == ("settlement", "rural")


def test_a_commune_that_left_the_region_needs_the_day_it_left(as_officer, places, ask):
    page = f"/areas/{places.commune.id}"
    form = {"fact": "left_region:yes", "source": "QĐ 1/QĐ-TTg"}
    assert as_officer.submit(f"{page}/facts", form, form_at=page).status_code == 400
    assert ask(select(AreaFactRow.id)) == []
    dated = form | {"valid_from": "2025-05-16"}
    assert as_officer.submit(f"{page}/facts", dated, form_at=page).status_code == 302
    assert "Đã ra khỏi khu vực II, III" in as_officer.get(page).text


# At the desk


def test_an_officer_sees_the_own_commune_and_its_villages(as_officer, places):
    page = as_officer.get("/areas").text
    assert "Xã Thường Xuân" in page
    assert "Luận Thành" not in page
    assert "Hưng Long" in as_officer.get(f"/areas/{places.commune.id}").text
    assert "Hưng Long" in as_officer.get("/areas?q=hung long").text


def test_another_commune_is_not_shown_and_an_unknown_one_not_found(as_officer, places):
    assert as_officer.get(f"/areas/{places.other_commune.id}").status_code == 403
    assert as_officer.get("/areas/x").status_code == 404


DOORS = ("facts", "facts/x/end", "aliases", "villages", "end")


@pytest.mark.parametrize("door", DOORS)
def test_nobody_writes_about_what_is_not_theirs(as_officer, as_viewer, places, door):
    form = {"form_at": "/account"}
    other = f"/areas/{places.other_village.id}/{door}"
    assert as_officer.submit(other, {"last_day": "2026-01-01"}, **form).status_code == 403
    assert as_officer.submit(f"/areas/x/{door}", {}, **form).status_code == 404
    own = f"/areas/{places.commune.id}/{door}"
    assert as_viewer.submit(own, {}, **form).status_code == 403


def test_an_officer_states_a_fact_with_its_paper_and_ends_it(as_officer, places, ask):
    page = f"/areas/{places.commune.id}"
    form = {"fact": "region:III", "source": "QĐ 861/QĐ-TTg", "valid_from": "2021-06-04"}
    assert as_officer.submit(f"{page}/facts", form, form_at=page).status_code == 302
    assert "QĐ 861/QĐ-TTg" in as_officer.get(page).text
    [(fact,)] = ask(select(AreaFactRow.id))
    ended = as_officer.submit(f"{page}/facts/{fact}/end", {"last_day": "2025-12-31"}, form_at=page)
    assert ended.status_code == 302
    assert ask(select(AreaFactRow.valid_to)) == [("2025-12-31",)]
    assert {kind for (kind,) in ask(select(Audit.kind))} == {"area_fact", "area_fact_end"}


@pytest.mark.parametrize(
    "form",
    [{"fact": "region:III", "source": " ", "valid_from": "2021-06-04"},
     {"fact": "x", "source": "QĐ", "valid_from": "2021-06-04"},
     {"fact": "region:III", "source": "QĐ", "valid_from": "hôm qua"}, {}],
)  # fmt: skip
def test_a_fact_without_paper_value_or_day_is_refused(as_officer, places, form, ask):
    page = f"/areas/{places.commune.id}"
    assert as_officer.submit(f"{page}/facts", form, form_at=page).status_code == 400
    assert ask(select(AreaFactRow.id)) == []


def test_an_officer_adds_a_village_once(as_officer, places):
    page = f"/areas/{places.commune.id}"
    form = {"name": "Thôn Tân Lập", "code": "08", "valid_from": "2026-01-01"}
    assert as_officer.submit(f"{page}/villages", form, form_at=page).status_code == 302
    assert as_officer.submit(f"{page}/villages", form, form_at=page).status_code == 409
    assert "Thôn Tân Lập" in as_officer.get(page).text


def test_an_officer_adds_what_people_call_a_village(as_officer, places):
    page = f"/areas/{places.villages[0].id}"
    assert (
        as_officer.submit(f"{page}/aliases", {"name": "Làng Hang"}, form_at=page).status_code == 302
    )
    assert "Hưng Long" in as_officer.get("/areas?q=lang hang").text
    assert as_officer.submit(f"{page}/aliases", {"name": "-"}, form_at=page).status_code == 400


def test_a_village_ends_with_a_successor_of_the_same_commune(as_officer, as_admin, places):
    old, new = places.villages
    page = f"/areas/{old.id}"
    wrong = {"last_day": "2026-12-31", "successors": [places.other_village.id]}
    assert as_admin.submit(f"{page}/end", wrong, form_at=page).status_code == 400
    form = {"last_day": "2026-12-31", "successors": [new.id]}
    assert as_officer.submit(f"{page}/end", form, form_at=page).status_code == 302
    shown = as_officer.get(page).text
    assert "có đến hết ngày 31/12/2026" in shown
    assert new.name in shown


def test_a_commune_is_not_ended_at_the_desk(as_admin, places):
    page = f"/areas/{places.commune.id}"
    assert (
        as_admin.submit(f"{page}/end", {"last_day": "2026-12-31"}, form_at=page).status_code == 403
    )


def test_an_ended_village_gives_its_households_to_the_one_that_takes_its_place(
    make, places, desk_of, phone_of, ask
):
    old, new = places.villages
    surveyor = make.user("surveyor", areas=[old])
    phone = FakePhone(phone_of(surveyor), [old.id])
    household = phone.household()
    member = phone.member(household)
    phone.sync()
    desk = desk_of(make.user("officer", areas=[places.commune]))
    form = {"successors": new.id, "last_day": "2026-11-01"}
    response = desk.submit(f"/areas/{old.id}/end", form, form_at=f"/areas/{old.id}")
    assert response.status_code == 302
    phone.sync()
    assert phone.villages == [new.id]
    assert phone.data("member", member) is not None
    assert ("household", household) in phone.records[new.id]


def test_a_village_with_households_is_not_ended_without_one_that_takes_them(
    make, places, desk_of, phone_of
):
    old, _ = places.villages
    phone = FakePhone(phone_of(make.user("surveyor", areas=[old])), [old.id])
    phone.household()
    phone.sync()
    desk = desk_of(make.user("officer", areas=[places.commune]))
    form = {"last_day": "2026-11-01"}
    response = desk.submit(f"/areas/{old.id}/end", form, form_at=f"/areas/{old.id}")
    assert response.status_code == 409
