"""What joining costs a set of people: the household's ladder, what is not known, the sums. The
amounts are those of the law worked by hand: 4.5 % of 2,530,000 is 113,850 đồng a month."""

from collections import Counter

import pytest

from server.domain.legal.contribution import Contribution
from server.domain.legal.tables import NotKnown
from server.store.areas import add_fact
from server.store.db import db, new_id, reading, transaction
from server.store.places import Area
from server.store.prices import Totals, prices, totals
from tests import homes
from tests.enrolling import paid

DAY = "2026-11-22"
MONTH = 113_850


@pytest.fixture
def priced(app):
    def ask(people, day=DAY, months=12, **more):
        with app.app_context(), reading():
            return prices([one["id"] for one in people], day, months, **more)

    return ask


@pytest.fixture
def family(app, places):
    """Four who join with their household, written youngest first."""
    people = [
        homes.never_had("Lê Thị Út", relation="child", birth_date="2001-05"),
        homes.never_had("Lê Văn Cả", relation="child", birth_date="1999"),
        homes.never_had("Hà Thị Hoa", relation="spouse", birth_date="1975"),
        homes.never_had("Lê Văn Tám", relation="head", birth_date="1976"),
    ]
    homes.write(app, places.villages[0], *people)
    return people


def own(found, people):
    return [found[one["id"]].price.own_at_most for one in people]


def test_a_household_stands_on_its_ladder_head_first(priced, family):
    found = priced(family, months=3)
    assert [found[one["id"]].ladder_place for one in family] == [4, 3, 2, 1]
    assert own(found, family) == [170_775, 204_930, 239_085, 341_550]


def test_only_those_asked_for_take_a_place(priced, family):
    assert own(priced(family[:2]), family[:2]) == [956_340, 1_366_200]


def test_who_joined_this_year_by_card_stands_before_them(app, priced, places):
    holder = homes.covered("Lê Văn Thẻ", card={"valid_from": "2026-02-01", "insurance_group": "GD"})
    long_ago = homes.covered("Lê Văn Cũ", card={"valid_from": "2025", "insurance_group": "GD"})
    joins = homes.never_had("Lê Văn Mới")
    homes.write(app, places.villages[0], holder, long_ago, joins)
    assert priced([joins])[joins["id"]].ladder_place == 2


def test_who_paid_this_year_stands_before_them_and_is_counted_once(app, make, priced, places):
    officer = make.user("officer", areas=[places.commune])
    holder = homes.covered("Lê Văn Thẻ", card={"valid_from": "2026-02-01", "insurance_group": "GD"})
    payer, joins = homes.never_had("Lê Văn Trả"), homes.never_had("Lê Văn Mới")
    homes.write(app, places.villages[0], holder, payer, joins)
    taken = [("2025-12-30", "submitted"), ("2026-03-01", "submitted"), ("2026-11-20", "submitted")]
    for paid_on, state in [*taken, ("2026-11-21", "draft")]:
        more = {"paid_on": paid_on, "state": state, "override_reason": "giá của ngày khác"}
        values = paid(payer["id"], officer, None, None, insurance_group="GD", **more)
        make.write(officer, "enrolment", values)
    assert priced([joins])[joins["id"]].ladder_place == 3


def test_another_groups_payment_is_no_step_of_the_ladder(app, make, priced, places):
    officer = make.user("officer", areas=[places.commune])
    payer, joins = homes.never_had("Lê Văn Trả"), homes.never_had("Lê Văn Mới")
    homes.write(app, places.villages[0], payer, joins)
    make.write(officer, "enrolment", paid(payer["id"], officer, None, None))
    assert priced([joins])[joins["id"]].ladder_place == 1


def test_a_household_that_was_merged_counts_with_the_other(app, priced, places):
    holder = homes.covered("Lê Văn Thẻ", card={"valid_from": "2026-02-01", "insurance_group": "GD"})
    joins, alone = homes.never_had("Lê Văn Mới"), homes.never_had("Lê Văn Kia")
    keeps = homes.write(app, places.villages[0], holder, joins)
    taken_in = homes.write(app, places.villages[1], alone)
    homes.edit(app, "household", taken_in, {"merged_into": keeps})
    found = priced([joins, alone])
    assert {one.home for one in found.values()} == {keeps}
    assert {one.village for one in found.values()} == {places.villages[0].id}
    assert {one.ladder_place for one in found.values()} == {2, 3}


def test_rights_of_a_merged_record_count_and_the_record_itself_does_not(app, priced, places):
    keeps = homes.never_had("Lê Văn Một")
    merged = homes.never_had("Lê Văn Một", rights=[{"kind": "veteran"}])
    homes.write(app, places.villages[0], keeps, merged)
    homes.edit(app, "member", merged["id"], {"merged_into": keeps["id"]})
    found = priced([keeps, merged, {"id": "nobody"}])
    assert {id_: one.group for id_, one in found.items()} == {keeps["id"]: "CB"}


def test_who_may_choose_is_priced_in_the_proposed_group(app, priced, places):
    farmer = homes.never_had("Lê Văn Nông")
    homes.write(app, places.villages[0], farmer, average_farm=True)
    one = priced([farmer])[farmer["id"]]
    assert (one.group, one.ladder_place) == ("GB", None)
    assert (one.price.total, one.price.state) == (1_366_200, 409_860)
    assert one.price.local is None, "what Thanh Hóa adds is not known"


def test_who_pays_nothing_here_has_no_price_and_says_who_pays(app, priced, places):
    child = homes.never_had("Lê Thị Bé", birth_date="2024-01-10")
    worker = homes.never_had("Lê Văn Công", work="wage_contract")
    pensioner = homes.never_had("Lê Văn Hưu", social_insurance="pension")
    homes.write(app, places.villages[0], child, worker, pensioner)
    found = priced([child, worker, pensioner])
    assert [
        (found[one["id"]].price, found[one["id"]].free, found[one["id"]].paid_by)
        for one in (child, worker, pensioner)
    ] == [(None, True, "budget"), (None, False, "employer"), (None, True, "social_insurance")]


def test_what_the_law_does_not_say_yet_is_said_and_not_guessed(priced, family):
    found = priced(family, day="2027-01-01")
    assert {one.group for one in found.values()} == {"GD"}
    assert {(one.price.table, one.price.item) for one in found.values()} == {
        ("contribution", "rate")
    }
    assert totals(found.values()) == Totals(4, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0)


def test_a_group_that_is_not_known_is_no_group(app, priced, places):
    owner = homes.never_had("Lê Văn Chủ", work="own_business", social_insurance="compulsory")
    homes.write(app, places.villages[0], owner)
    one = priced([owner])[owner["id"]]
    assert one.group is None
    assert isinstance(one.price, NotKnown)


def test_what_a_sponsor_gives_is_taken_off_the_own_share(priced, family):
    head = family[-1]
    found = priced(family, months=12, support={head["id"]: 1_000_000})
    assert (found[head["id"]].price.other, found[head["id"]].price.own_at_most) == (
        1_000_000,
        366_200,
    )
    assert totals(found.values()).other == 1_000_000


def test_what_the_place_is_on_the_day_counts(app, priced, places):
    minority = homes.never_had("Vi Văn Thái", ethnic_group="03")
    homes.write(app, places.villages[1], minority)
    with app.app_context(), transaction():
        village = db.session.get_one(Area, places.villages[1].id)
        add_fact(village, "region", "III", source="QĐ thử", valid_from="2026-06-01")
    assert priced([minority], day="2026-05-31")[minority["id"]].group == "GD"
    assert priced([minority])[minority["id"]].group == "DT"


@pytest.mark.parametrize("months", [3, 6, 12])
def test_the_sums_are_those_of_the_people_counted_another_way(app, priced, places, months):
    """Each person worked out from the percentages of the law, household by household."""
    shares = {"GD": 0, "GB": 30, "HS": 50, "CN": 70}
    crowd: list[dict] = []
    expected: Counter[str] = Counter()
    for number in range(40):
        farm, near = number % 4 == 0, number % 4 == 1
        adults = [homes.never_had(f"Người {number} {n}") for n in range(number % 7)]
        pupil = homes.never_had(f"Học sinh {number}", work="pupil", birth_date="2012-02-03")
        home = {"average_farm": farm, "living_class": "near_poor" if near else "other"}
        homes.write(app, places.villages[number % 2], *adults, pupil, **home)
        crowd += [*adults, pupil]
        group = "GB" if farm else "CN" if near else "GD"
        ladder = [100, 70, 60, 50] + [40] * 9
        for place, _one in enumerate(adults):
            month = MONTH * ladder[place] // 100 if group == "GD" else MONTH
            expected += Counter(total=month * months, state=month * months * shares[group] // 100)
        # Of two supported groups the one that gives more.
        best = max(shares[group], shares["HS"])
        expected += Counter(total=MONTH * months, state=MONTH * months * best // 100)
    sums = totals(priced(crowd, months=months).values())
    assert (sums.total, sums.state) == (expected["total"], expected["state"])
    assert (sums.people, sums.priced, sums.unknown) == (len(crowd), len(crowd), 0)
    assert (sums.local, sums.local_unknown) == (0, len(crowd))
    assert sums.own == sums.total - sums.state


def test_what_the_province_adds_is_in_the_sums_where_it_is_known(app, make, priced):
    province = make.area("province", "Tỉnh Gia Lai", code="52")
    village = make.village("Làng Mook", make.area("commune", "Xã Ia Dom", province, code="23869"))
    farmer = homes.never_had("Rơ Châm A")
    homes.write(app, village, farmer, average_farm=True)
    found = priced([farmer])
    assert isinstance(found[farmer["id"]].price, Contribution)
    sums = totals(found.values())
    assert (sums.total, sums.state, sums.local, sums.own) == (1_366_200, 409_860, 273_240, 683_100)
    assert sums.local_unknown == 0


def test_whoever_was_priced_before_is_priced_anew_after_a_change(app, make, priced, family):
    head, home = family[-1], next(iter(priced(family[-1:]).values())).home
    assert priced(family)[head["id"]].group == "GD"
    homes.edit(app, "household", home, {"average_farm": True})
    assert {one.group for one in priced(family).values()} == {"GB"}
    homes.edit(app, "household", home, {"average_farm": None}, {"average_farm": True})
    officer = make.user("officer", areas=[])
    assert priced(family)[head["id"]].ladder_place == 1
    shares = {"insurance_group": "GD", "state_support": 0, "own_share": 1_366_200}
    values = paid(family[0]["id"], officer, None, None, **shares)
    homes.edit(app, "enrolment", new_id(), values)
    assert priced(family[1:])[head["id"]].ladder_place == 2
