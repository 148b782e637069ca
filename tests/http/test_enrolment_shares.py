"""Who pays which share: the server asks the law of the payment day again, and an honest phone that
knew less than the office does not wait for it."""

from datetime import UTC, datetime

import pytest

from server.store.areas import add_fact, end_fact
from server.store.db import db
from server.store.legal_rows import AddedRow
from server.store.places import Area
from tests.enrolling import PAID_ON, paid
from tests.fake_phone import FakePhone
from tests.http.test_enrolment_sync import fate
from tests.http.test_sponsorship_sync import promise

TOTAL = 1_366_200
PUPIL = {"insurance_group": "HS", "state_support": 683_100}
TOPPED_UP = {**PUPIL, "local_support": 409_860, "own_share": 273_240}
NEAR_POOR = {"insurance_group": "CN", "state_support": 956_340, "own_share": 409_860}
ALL_PAID = {"insurance_group": "CN", "state_support": TOTAL, "own_share": 0}


@pytest.fixture
def village(make):
    """Of Gia Lai, whose support is known: 20 percent for farm households."""
    province = make.area("province", "Tỉnh Gia Lai", code="52")
    return make.village("Làng Krêl", make.area("commune", "Xã Ia Krêl", province, code="23866"))


@pytest.fixture
def officer(make, village):
    return make.user("officer", areas=[Area(id=village.parent_id)])


@pytest.fixture
def hue(make, village, phone_of):
    """Huệ collects there; no receipt numbers in these stories."""
    user = make.user("surveyor", username="hue", areas=[village])
    return FakePhone(phone_of(user), [village.id])


@pytest.fixture
def in_thanh_hoa(lan):
    return lan.member(lan.household(), full_name="Lò Thị Hoa")


def enrol(phone, member, **more):
    change = phone.save("enrolment", paid(member, phone.phone.user, None, None, **more))
    phone.sync()
    return change


def pays(phone, member, **more):
    """What became of a payment: nothing waits, or the fields at fault."""
    status, codes = fate(phone, enrol(phone, member, **more))
    at_fault = {name: code for name, code in codes.items() if code != "together"}
    assert (status == "applied") == (at_fault == {})
    return at_fault


def state(make, area_id, value, **days):
    with make.writing():
        area = db.session.get_one(Area, area_id)
        return add_fact(area, "poor_commune", value, source="QĐ thử", **days).id


def test_shares_by_the_rule_apply(hue):
    member = hue.member(hue.household())
    assert pays(hue, member, local_support=273_240, own_share=683_100) == {}


def test_a_forgotten_share_of_the_province_waits_with_all_amounts(hue):
    change = enrol(hue, hue.member(hue.household()))
    status, codes = fate(hue, change)
    assert (status, codes["local_support"]) == ("merged", "share_differs")
    assert codes["total"] == codes["own_share"] == "together"
    assert hue.data("enrolment", change["record"])["payment"] == "cash"
    assert hue.waiting()[0]["fields"]["own_share"]["set"] == 956_340


def test_another_share_with_its_reason_applies(hue):
    member = hue.member(hue.household())
    assert pays(hue, member, override_reason="Tỉnh chưa chuyển tiền") == {}


def test_the_state_pays_neither_more_nor_less(lan, in_thanh_hoa):
    more = {"state_support": 409_861, "own_share": 956_339}
    assert pays(lan, in_thanh_hoa, **more) == {"state_support": "share_differs"}


def test_what_the_province_adds_is_not_asked_where_it_is_not_known(lan, in_thanh_hoa):
    assert pays(lan, in_thanh_hoa, local_support=100_000, own_share=856_340) == {}


def test_everything_is_paid_for_the_near_poor_of_a_poor_commune(make, lan, places, in_thanh_hoa):
    assert pays(lan, in_thanh_hoa, **ALL_PAID) == {"state_support": "share_differs"}
    state(make, places.commune.id, "yes", valid_from="2026-01-01")
    assert pays(lan, in_thanh_hoa, **ALL_PAID) == {}


def test_the_list_of_poor_communes_came_after_the_payment(make, lan, places, in_thanh_hoa):
    state(make, places.commune.id, "yes", valid_from="2026-01-01")
    assert pays(lan, in_thanh_hoa, **NEAR_POOR) == {}


def test_the_commune_left_the_list_while_the_phone_was_away(make, lan, places, in_thanh_hoa):
    told = state(make, places.commune.id, "yes", valid_from="2026-01-01")
    with make.writing():
        end_fact(db.session.get_one(Area, places.commune.id), told, "2026-10-31")
    assert pays(lan, in_thanh_hoa, **ALL_PAID) == {}


def test_a_commune_that_comes_on_the_list_later_is_not_yet_poor(make, lan, places, in_thanh_hoa):
    state(make, places.commune.id, "yes", valid_from="2026-11-21")
    assert pays(lan, in_thanh_hoa, **ALL_PAID) == {"state_support": "share_differs"}


@pytest.mark.parametrize(("group", "waits"), [("13", {}), ("01", {"local_support"})])
def test_the_province_adds_for_pupils_of_a_minority(hue, group, waits):
    member = hue.member(hue.household(), work="pupil", ethnic_group=group)
    assert pays(hue, member, **TOPPED_UP).keys() == set(waits)


def test_the_ethnic_group_was_written_down_after_the_payment(make, hue, officer):
    member = hue.member(hue.household(), work="pupil")
    hue.sync()
    make.write(officer, "member", {"ethnic_group": "13"}, record=member)
    assert pays(hue, member, **PUPIL, own_share=683_100) == {}


def test_the_ethnic_group_was_corrected_after_the_payment(make, hue, officer):
    member = hue.member(hue.household(), work="pupil", ethnic_group="13")
    hue.sync()
    make.write(officer, "member", {"ethnic_group": "01"}, record=member, was={"ethnic_group": "13"})
    assert pays(hue, member, **TOPPED_UP) == {}


def test_what_no_field_takes_was_never_held(hue):
    member = hue.member(hue.household(), work="pupil")
    hue.save("member", {"ethnic_group": ["13"], "work": {"is": "pupil"}}, member)
    assert pays(hue, member, **TOPPED_UP) == {"local_support": "share_differs"}


def resolution(make, by, added_at):
    """Thanh Hóa comes to add 20 percent for farm households."""
    return make.add(
        AddedRow(
            table_name="local_support",
            item="average_farm",
            where="38",
            value="20",
            unit="percent",
            valid_from="2026-01-01",
            confidence="seen",
            name_vi="Hộ nông nghiệp mức sống trung bình",
            document_number="NQ 12/2026/NQ-HĐND",
            document_issuer="HĐND tỉnh Thanh Hóa",
            document_issued_on="2025-12-10",
            added_by=by.id,
            added_at=datetime.fromisoformat(added_at).astimezone(UTC),
        )
    )


@pytest.mark.parametrize(
    ("added_at", "waits"),
    [
        ("2026-11-20T08:00:00+07:00", {}),
        ("2026-11-19T23:59:00+07:00", {"local_support": "share_differs"}),
    ],
)
def test_a_resolution_entered_on_the_day_may_not_have_reached_the_phone(
    make, as_officer, lan, in_thanh_hoa, added_at, waits
):
    resolution(make, as_officer.user, added_at)
    assert PAID_ON == "2026-11-20"
    assert pays(lan, in_thanh_hoa) == waits
    assert pays(lan, in_thanh_hoa, local_support=273_240, own_share=683_100) == {}


@pytest.fixture
def sponsored(make, lan, as_officer, in_thanh_hoa):
    """A sponsor gives 500.000 đồng for the person's card."""
    lan.sync()
    return make.write(as_officer.user, "sponsorship", promise(in_thanh_hoa, amount=500_000))


def gift(sponsorship, amount=500_000, **more):
    left = 956_340 - amount
    return {"sponsorship": sponsorship, "other_support": amount, "own_share": left, **more}


@pytest.mark.parametrize("amount", [500_000, 300_000])
def test_a_sponsor_pays_what_they_gave_or_less(lan, in_thanh_hoa, sponsored, amount):
    assert pays(lan, in_thanh_hoa, **gift(sponsored, amount)) == {}


@pytest.mark.parametrize("reason", [None, "Nhà tài trợ nói thêm"])
def test_a_sponsor_pays_no_more_than_they_gave(lan, in_thanh_hoa, sponsored, reason):
    more = gift(sponsored, 500_001, override_reason=reason)
    assert pays(lan, in_thanh_hoa, **more) == {"other_support": "share_differs"}


def test_a_sponsored_card_that_nobody_knows_waits(lan, in_thanh_hoa):
    unknown = gift("01a20000-0000-7000-8000-000000000000")
    assert pays(lan, in_thanh_hoa, **unknown) == {"sponsorship": "sponsorship_unknown"}


def test_a_sponsored_card_of_another_person_waits(lan, sponsored):
    other = lan.member(lan.household())
    assert pays(lan, other, **gift(sponsored)) == {"sponsorship": "sponsorship_unknown"}


def test_the_sponsored_card_of_a_double_is_its_winners(
    make, lan, as_officer, in_thanh_hoa, sponsored
):
    winner = lan.member(lan.household())
    lan.sync()
    make.write(as_officer.user, "member", {"merged_into": winner}, record=in_thanh_hoa)
    assert pays(lan, winner, **gift(sponsored)).keys().isdisjoint({"sponsorship", "other_support"})


def test_two_phones_fill_one_sponsored_card_and_both_are_kept(lan, minh, in_thanh_hoa, sponsored):
    first = enrol(lan, in_thanh_hoa, **gift(sponsored))
    second = enrol(minh, in_thanh_hoa, **gift(sponsored))
    assert fate(lan, first) == ("applied", {})
    status, codes = fate(minh, second)
    assert (status, codes["sponsorship"]) == ("merged", "sponsorship_used_twice")
    assert minh.data("enrolment", second["record"])["payment"] == "cash"
    assert minh.waiting()[0]["fields"]["other_support"]["set"] == 500_000


def test_a_sponsored_card_is_used_once_within_one_trip(lan, in_thanh_hoa, sponsored):
    values = paid(in_thanh_hoa, lan.phone.user, None, None, **gift(sponsored))
    first, second = (lan.save("enrolment", values) for _ in range(2))
    lan.sync()
    assert fate(lan, first) == ("applied", {})
    assert fate(lan, second)[1]["sponsorship"] == "sponsorship_used_twice"


def test_a_cancelled_enrolment_gives_its_sponsored_card_back(lan, minh, in_thanh_hoa, sponsored):
    first = enrol(lan, in_thanh_hoa, **gift(sponsored))
    lan.save("enrolment", {"state": "cancelled", "cancelled_reason": "Ghi nhầm"}, first["record"])
    lan.sync()
    assert pays(minh, in_thanh_hoa, **gift(sponsored)) == {}


def test_a_draft_holds_no_sponsored_card_until_it_is_submitted(lan, in_thanh_hoa, sponsored):
    draft = enrol(lan, in_thanh_hoa, **gift(sponsored), state="draft")
    assert fate(lan, draft) == ("applied", {})
    assert pays(lan, in_thanh_hoa, **gift(sponsored)) == {}
    sent = lan.save("enrolment", {"state": "submitted"}, draft["record"])
    lan.sync()
    assert fate(lan, sent) == ("held", {"state": "sponsorship_used_twice"})


def test_a_draft_whose_sponsored_card_another_used_is_cancelled_like_any(
    lan, in_thanh_hoa, sponsored
):
    draft = enrol(lan, in_thanh_hoa, **gift(sponsored), state="draft")
    enrol(lan, in_thanh_hoa, **gift(sponsored))
    reason = {"state": "cancelled", "cancelled_reason": "Đã nộp bằng hồ sơ khác"}
    gone = lan.save("enrolment", reason, draft["record"])
    lan.sync()
    assert fate(lan, gone) == ("applied", {})
