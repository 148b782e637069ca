"""Sponsors at the desk: who they are, their money, the cards given and taken back."""

import pytest
from sqlalchemy import select

from server.store.feeds import ChangeRow
from server.store.people import Audit
from server.store.sponsors import Sponsor, SponsorMoney
from tests.actors import hidden_value
from tests.enrolling import book, hand, paid
from tests.http.test_farm_requests import on  # noqa: F401
from tests.sponsoring import NONE, card, hard_up, money, sponsor

TODAY = "2026-11-22"


@pytest.fixture
def desk(as_officer, on):  # noqa: F811
    on(TODAY)
    return as_officer


@pytest.fixture
def company(make, places, desk):
    """Promised twenty million, brought fifteen."""
    found = sponsor(make, places.commune, desk.user)
    money(make, found, "promised", 20_000_000)
    money(make, found, "received", 15_000_000, document="PT-01")
    return found


@pytest.fixture
def member(app, places):
    return hard_up(app, places.villages[0])[0]


def text(answer):
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def refused(answer):
    assert answer.status_code == 400, answer.status
    return answer.get_data(as_text=True)


def at(found):
    return f"/sponsors/{found.id}"


def acts_of(ask):
    return [kind for (kind,) in ask(select(Audit.kind).where(Audit.kind != "look"))]


def test_the_list_adds_up(desk, company, make, places):
    other = sponsor(make, places.commune, desk.user, name="Quỹ Vì người nghèo", kind="fund")
    money(make, other, "received", 2_000_000)
    page = text(desk.get("/sponsors"))
    for words in ("Công ty Chè Hoa", "20.000.000", "15.000.000", "5.000.000", "17.000.000", "Cộng"):
        assert words in page
    assert "dư 2.000.000" in page


def test_an_empty_list_says_what_to_do(desk):
    assert "Chưa có nhà tài trợ nào" in text(desk.get("/sponsors"))


@pytest.mark.parametrize("path", ["/sponsors", "/hardship", "/sponsors/thanks"])
def test_the_room_is_the_office_s(as_surveyor, as_viewer, as_bhxh, path):
    for somebody in (as_surveyor, as_viewer, as_bhxh):
        assert somebody.get(path).status_code == 403


def new(desk, places, **more):
    form = {"commune": places.commune.id, "name": "Ông Lê Văn Bảy", "kind": "person", **more}
    return desk.submit("/sponsors", form, form_at="/sponsors")


def test_a_sponsor_is_added_and_opens(desk, places, ask):
    answer = new(desk, places, phone="0912 345 678")
    [(id_,)] = ask(select(Sponsor.id))
    assert answer.location.endswith(f"/sponsors/{id_}")
    assert "Ông Lê Văn Bảy" in text(desk.get(f"/sponsors/{id_}"))
    assert "sponsor_add" in acts_of(ask)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"name": " "}, "Ghi tên nhà tài trợ"), ({"kind": "shop"}, "Chọn loại nhà tài trợ")],
)
def test_a_sponsor_without_a_name_or_kind_is_not_added(desk, places, ask, wrong, words):
    assert words in refused(new(desk, places, **wrong))
    assert ask(select(Sponsor.id)) == []


def test_a_sponsor_of_another_commune_is_not_added_here(desk, places):
    assert new(desk, places, commune=places.other_commune.id).status_code == 403
    assert new(desk, places, commune=NONE).status_code == 403


def test_a_sponsor_is_shown_to_its_commune_only(desk, as_stranger, company):
    page = text(desk.get(at(company)))
    for words in ("Bà Hoa", "PT-01", "Còn lại của số đã nhận", "Chưa tặng thẻ cho ai"):
        assert words in page
    assert as_stranger.get(at(company)).status_code == 403
    assert desk.get(f"/sponsors/{NONE}").status_code == 404


def test_name_contact_and_end_are_changed(desk, as_stranger, company, ask):
    form = {"name": "Công ty Chè Xanh", "kind": "business", "ended_on": "2026-11-30"}
    assert desk.submit(at(company), form, form_at=at(company)).status_code == 302
    assert ask(select(Sponsor.name, Sponsor.contact, Sponsor.ended_on)) == [
        ("Công ty Chè Xanh", None, "2026-11-30")
    ]
    wrong = desk.submit(at(company), {**form, "name": ""}, form_at=at(company))
    assert "Ghi tên nhà tài trợ" in refused(wrong)
    assert desk.submit(f"/sponsors/{NONE}", form, form_at="/sponsors").status_code == 404
    assert as_stranger.submit(at(company), form, form_at="/sponsors").status_code == 403


def test_a_new_name_reaches_the_phones_with_the_open_cards(
    desk, lan, company, app, make, places, ask
):
    one, two = hard_up(app, places.villages[0], people=2)
    open_, back = (card(make, desk.user, company, member) for member in (one, two))
    taken = {"withdrawn_on": TODAY, "withdrawn_reason": "Đổi người"}
    make.write(desk.user, "sponsorship", taken, record=back)
    lan.sync()
    form = {"name": "Công ty Chè Xanh", "kind": "business"}
    assert desk.submit(at(company), form, form_at=at(company)).status_code == 302
    lan.sync()
    assert lan.data("sponsorship", open_)["sponsor_name"] == "Công ty Chè Xanh"
    assert lan.data("sponsorship", back)["sponsor_name"] == "Công ty Chè Hoa"
    writes = select(ChangeRow.id).where(ChangeRow.record_id == open_)
    assert len(ask(writes)) == 2, "given, then renamed"
    desk.submit(at(company), form, form_at=at(company))
    assert len(ask(writes)) == 2, "the same name again writes nothing"


def pay(desk, company, **more):
    form = {"money_kind": "received", "amount": "5.000.000", "day": TODAY, **more}
    return desk.submit(f"{at(company)}/money", form, form_at="/sponsors")


def test_money_that_comes_moves_the_balance(desk, company, ask):
    assert pay(desk, company, document="UNC 12").status_code == 302
    page = text(desk.get(at(company)))
    assert "20.000.000" in page
    assert "UNC 12" in page
    assert "sponsor_received" in acts_of(ask)


def test_the_same_form_posted_again_writes_no_money_twice(desk, company, ask):
    once = hidden_value(text(desk.get(at(company))), "once")
    for _ in range(2):
        assert pay(desk, company, once=once).status_code == 302
    assert len(ask(select(SponsorMoney.id).where(SponsorMoney.amount == 5_000_000))) == 1


def test_the_same_form_posted_again_adds_no_sponsor_twice(desk, ask, places):
    shown = text(desk.get("/sponsors"))
    form = {"name": "Công ty Sông Chu", "kind": "business", "commune": places.commune.id}
    form["once"] = hidden_value(shown, "once")
    first, second = (desk.submit("/sponsors", form, form_at="/sponsors") for _ in range(2))
    assert (first.status_code, first.location) == (302, second.location)
    assert len(ask(select(Sponsor.id).where(Sponsor.name == "Công ty Sông Chu"))) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "0"}, "lớn hơn 0"),
        ({"amount": "-5"}, "lớn hơn 0"),
        ({"amount": "năm triệu"}, "lớn hơn 0"),
        ({"amount": "900000000000"}, "lớn hơn 0"),
        ({"money_kind": "borrowed"}, "Chọn hứa tài trợ"),
        ({"day": "2026-11"}, "Chọn ngày"),
        ({"day": "2026-11-23"}, "sau hôm nay"),
    ],
)
def test_money_that_cannot_be_is_not_written(desk, company, ask, wrong, words):
    assert words in refused(pay(desk, company, **wrong))
    assert len(ask(select(SponsorMoney.id))) == 2


def test_what_is_promised_may_come_later(desk, company):
    assert pay(desk, company, money_kind="promised", day="2026-12-20").status_code == 302


def test_money_is_written_for_one_s_own_sponsors(desk, as_stranger, company):
    assert pay(as_stranger, company).status_code == 403
    form = {"money_kind": "received", "amount": "1", "day": TODAY}
    assert desk.submit(f"/sponsors/{NONE}/money", form, form_at="/sponsors").status_code == 404


def cancel(desk, company, line, reason="Ghi hai lần"):
    path = f"{at(company)}/money/{line}/cancel"
    return desk.submit(path, {"reason": reason}, form_at="/sponsors")


def test_a_line_written_wrongly_counts_no_more_and_stays(desk, company, make, ask):
    line = money(make, company, "received", 15_000_000)
    assert cancel(desk, company, line.id).status_code == 302
    page = text(desk.get(at(company)))
    assert "Ghi hai lần" in page
    assert "30.000.000" not in page
    assert cancel(desk, company, line.id).status_code == 409
    assert "sponsor_money_cancel" in acts_of(ask)


def test_a_line_is_cancelled_with_a_reason_by_its_commune(desk, as_stranger, company, make, places):
    line = money(make, company, "received", 1)
    assert cancel(desk, company, line.id, reason="").status_code == 400
    assert cancel(desk, company, NONE).status_code == 404
    assert cancel(as_stranger, company, line.id).status_code == 403
    other = sponsor(make, places.commune, desk.user, name="Quỹ khác")
    assert cancel(desk, other, line.id).status_code == 404


def test_a_card_given_takes_of_what_was_received(desk, company, make, member):
    card(make, desk.user, company, member)
    page = text(desk.get(at(company)))
    for words in ("Lò Văn HL-1 0", "1.366.200", "13.633.800", "Chưa dùng"):
        assert words in page


def test_a_card_that_was_used_takes_what_the_enrolment_took(
    desk, company, make, places, lan, member
):
    given = card(make, desk.user, company, member)
    receipts = book(make, places, desk.user)
    hand(make, receipts, lan.phone.user)
    shares = {"other_support": 956_340, "own_share": 0, "sponsorship": given}
    lan.sync()
    made = lan.save("enrolment", paid(member, lan.phone.user, receipts, 101, **shares))
    lan.sync()
    page = text(desk.get(at(company)))
    for words in ("Đã dùng", "956.340", "đã gán 1.366.200", "14.043.660"):
        assert words in page
    assert "Công ty Chè Hoa" in text(desk.get(f"/enrolments/{made['record']}"))


def test_more_given_than_received_is_said_and_not_refused(desk, make, places, member):
    poor = sponsor(make, places.commune, desk.user, name="Ông Bảy", kind="person")
    card(make, desk.user, poor, member)
    page = text(desk.get(at(poor)))
    assert "Đã tặng nhiều hơn số tiền đã nhận" in page
    assert "-1.366.200" in page
    assert "quá số đã nhận" in text(desk.get("/sponsors"))


def end(desk, company, given, reason="Gia đình đã tự mua"):
    return desk.submit(f"{at(company)}/cards/{given}/end", {"reason": reason}, form_at="/sponsors")


def test_a_card_is_taken_back_and_the_phone_learns(desk, company, make, lan, member, ask):
    given = card(make, desk.user, company, member)
    assert end(desk, company, given).status_code == 302
    lan.sync()
    assert lan.data("sponsorship", given)["withdrawn_reason"] == "Gia đình đã tự mua"
    page = text(desk.get(at(company)))
    assert "Đã rút lại" in page
    assert "15.000.000" in page
    assert "sponsor_withdraw" in acts_of(ask)


def test_a_card_is_taken_back_once_with_a_reason_by_its_commune(
    desk, as_stranger, company, make, member
):
    given = card(make, desk.user, company, member)
    assert end(desk, company, given, reason="").status_code == 400
    assert end(desk, company, NONE).status_code == 404
    assert end(as_stranger, company, given).status_code == 403
    end(desk, company, given)
    end(desk, company, given, reason="Lần nữa")
    assert "đã dùng hoặc đã rút rồi" in text(desk.get(at(company)))


def test_the_person_s_page_tells_who_pays(desk, company, make, member):
    card(make, desk.user, company, member, ends_on="2026-12-31")
    page = text(desk.get(f"/people/{member}"))
    assert "Thẻ được tài trợ" in page
    assert "Công ty Chè Hoa" in page
    assert "31/12/2026" in page


def test_who_was_merged_brings_the_card_along(app, desk, company, make, places, member):
    card(make, desk.user, company, member)
    other = hard_up(app, places.villages[0], code="HL-2")[0]
    make.write(desk.user, "member", {"merged_into": other}, record=member)
    assert "Công ty Chè Hoa" in text(desk.get(f"/people/{other}"))
    assert "Lò Văn HL-2 0" in text(desk.get(at(company)))


def test_who_moved_to_another_commune_stays_in_the_sums_without_a_name(
    desk, as_admin, company, make, places, lan, app
):
    [member] = hard_up(app, places.villages[0], code="HL-9")
    card(make, desk.user, company, member)
    lan.sync()
    home = lan.data("member", member)["household"]
    village = places.villages[0].id
    moved = {"village": places.other_village.id}
    make.write(as_admin.user, "household", moved, record=home, was={"village": village})
    page = text(desk.get(at(company)))
    assert "Lò Văn HL-9 0" not in page
    assert "chuyển sang địa bàn khác" in page
    assert "13.633.800" in page
