"""The hardship list, and cards given from it. Twelve months of the first on the household's ladder
are 1,366,200 đồng, of the second 956,340: 4.5 % of 2,530,000 a month, and 70 % of it."""

import re
from io import BytesIO

import openpyxl
import orjson
import pytest
from sqlalchemy import select

from server.store.people import Audit
from server.store.records import Sponsorship
from tests import homes
from tests.http.test_farm_requests import on  # noqa: F401
from tests.http.test_sponsors import acts_of, at, company, desk, refused, text  # noqa: F401
from tests.sponsoring import NONE, card, hard_up, money, sponsor

FIRST, SECOND = 1_366_200, 956_340


@pytest.fixture
def couple(app, places):
    return hard_up(app, places.villages[0], people=2)


@pytest.fixture
def cards(ask):
    def read():
        found = [orjson.loads(data) for (data,) in ask(select(Sponsorship.data))]
        return sorted(found, key=lambda one: one["member"])

    return read


def look(desk, company, people, **more):  # noqa: F811
    """The page before anything is written."""
    form = {"sponsor": company.id, "member": people, "months": "12", "way": "whole", **more}
    return desk.submit("/hardship/give", form, form_at="/sponsors")


def seen_in(page):
    [total] = re.findall(r'name="seen" value="(\d+)"', page)
    return total


def give(desk, company, people, **more):  # noqa: F811
    seen = seen_in(text(look(desk, company, people, **more)))
    return look(desk, company, people, seen=seen, **more)


def test_the_list_names_who_has_no_card_and_the_price(desk, couple):  # noqa: F811
    page = text(desk.get("/hardship"))
    for words in ("Lò Văn HL-1 0", "Hưng Long", "1.366.200", "956.340", "2.322.540 đồng"):
        assert words in page
    assert "341.550" in text(desk.get("/hardship?months=3"))


def test_an_empty_list_says_how_it_fills(desk):  # noqa: F811
    assert "đánh dấu Khó khăn" in text(desk.get("/hardship"))


def test_only_hard_up_households_are_listed(app, desk, places):  # noqa: F811
    homes.write(app, places.villages[0], homes.never_had("Lê Văn Giàu"), code="HL-7")
    assert "Lê Văn Giàu" not in text(desk.get("/hardship"))


def test_who_was_not_asked_stands_beside_the_list(app, desk, places):  # noqa: F811
    people = [homes.person("Lò Văn Vắng"), homes.never_had("Lò Văn Có Mặt")]
    homes.write(app, places.villages[0], *people, code="HL-7", hardship=True)
    page = text(desk.get("/hardship"))
    assert "Lò Văn Vắng" not in page
    assert "1 người chưa ai hỏi" in page


def test_a_free_card_is_pointed_out_and_not_given(app, desk, company, places, cards):  # noqa: F811
    child = homes.never_had("Lò Thị Bé", relation="child", birth_date="2023-05-02")
    homes.write(app, places.villages[0], child, code="HL-7", hardship=True)
    page = text(desk.get("/hardship"))
    assert "Thẻ miễn phí, không cần tài trợ" in page
    assert f'value="{child["id"]}"' not in page
    preview = text(look(desk, company, [child["id"]]))
    assert "Không tặng được cho ai" in preview
    assert "Thẻ miễn phí, không cần tài trợ" in preview
    assert cards() == []


def test_the_list_is_chosen_by_village_and_sponsor(
    app,
    desk,  # noqa: F811
    company,  # noqa: F811
    make,
    places,
    couple,
):
    hard_up(app, places.villages[1], code="XT-1")
    card(make, desk.user, company, couple[0])
    there = text(desk.get(f"/hardship?village={places.villages[1].id}"))
    assert "Lò Văn XT-1 0" in there
    assert "Lò Văn HL-1 0" not in there
    with_one, without = (text(desk.get(f"/hardship?sponsored={it}")) for it in ("with", "without"))
    assert "Lò Văn HL-1 0" in with_one
    assert "Công ty Chè Hoa" in with_one
    assert "Lò Văn HL-1 1" not in with_one
    assert "Lò Văn HL-1 0" not in without
    assert "Lò Văn HL-1 1" in without


def test_the_list_keeps_to_one_s_villages(desk, places):  # noqa: F811
    assert desk.get(f"/hardship?village={places.other_village.id}").status_code == 403
    assert desk.get("/hardship?months=5").status_code == 400
    assert desk.get("/hardship?sponsored=maybe").status_code == 400


def test_looking_at_the_list_is_logged(desk, couple, ask):  # noqa: F811
    text(desk.get("/hardship"))
    assert ("look", "hardship", 2) in ask(select(Audit.kind, Audit.subject, Audit.count))
    assert "danh sách hộ khó khăn cần thẻ" in text(desk.get("/audit"))


def test_ten_hardship_cards_on_one_sponsor(app, desk, company, places, cards, ask):  # noqa: F811
    """Five couples: five times 1,366,200 and five times 956,340 are 11,612,700 of 15,000,000."""
    people = [
        id_ for at in range(5) for id_ in hard_up(app, places.villages[0], 2, code=f"HL-{at}")
    ]
    page = text(look(desk, company, people))
    for words in ("15.000.000", "11.612.700", "3.387.300"):
        assert words in page
    assert cards() == []
    assert give(desk, company, people).location.endswith(at(company))
    assert sorted(one["amount"] for one in cards()) == [SECOND] * 5 + [FIRST] * 5
    page = text(desk.get(at(company)))
    for words in ("11.612.700", "3.387.300", "0 đã dùng, 10 chưa dùng"):
        assert words in page
    assert "sponsor_give" in acts_of(ask)


def test_what_is_given_reaches_the_phone(desk, company, couple, lan, ask):  # noqa: F811
    assert give(desk, company, couple, ends_on="2026-12-31", note="Tết").status_code == 302
    lan.sync()
    [(id_,)] = ask(select(Sponsorship.id).where(Sponsorship.member_id == couple[1]))
    found = lan.data("sponsorship", id_)
    assert found == {
        "member": couple[1],
        "sponsor": company.id,
        "sponsor_name": "Công ty Chè Hoa",
        "amount": SECOND,
        "months": 12,
        "insurance_group": "GD",
        "agreed_on": "2026-11-22",
        "ends_on": "2026-12-31",
        "note": "Tết",
    }


def test_who_alone_is_chosen_stands_first_on_the_ladder(desk, company, couple, cards):  # noqa: F811
    assert give(desk, company, couple[1:]).status_code == 302
    assert [one["amount"] for one in cards()] == [FIRST]


def test_who_has_a_sponsor_keeps_a_place_on_the_ladder(desk, company, couple, cards):  # noqa: F811
    give(desk, company, couple[:1])
    give(desk, company, couple[1:])
    assert sorted(one["amount"] for one in cards()) == [SECOND, FIRST]


def test_a_fixed_amount_leaves_the_rest_to_the_person(desk, company, couple, cards):  # noqa: F811
    page = text(look(desk, company, couple, way="fixed", each="1.000.000"))
    assert "366.200" in page
    give(desk, company, couple, way="fixed", each="1.000.000")
    assert sorted(one["amount"] for one in cards()) == [SECOND, 1_000_000]


def test_nobody_is_given_two_cards(desk, company, couple, cards):  # noqa: F811
    give(desk, company, couple)
    page = text(look(desk, company, couple))
    assert "Đã có người tài trợ" in page
    assert "Không tặng được cho ai" in page
    look(desk, company, couple, seen="0")
    assert len(cards()) == 2


def test_what_changed_since_the_look_is_shown_again(desk, company, couple, cards):  # noqa: F811
    page = text(look(desk, company, couple, seen="1"))
    assert "Số tiền vừa thay đổi" in page
    assert cards() == []


def test_more_than_came_may_be_given_and_is_said(desk, make, places, couple, cards):  # noqa: F811
    small = sponsor(make, places.commune, desk.user, name="Ông Bảy", kind="person")
    money(make, small, "received", 1_000_000)
    page = text(look(desk, small, couple))
    assert "-1.322.540" in page
    assert "Số đã nhận chưa đủ" in page
    give(desk, small, couple)
    assert len(cards()) == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"people": []}, "Chọn ít nhất một người"),
        ({"people": [NONE] * 3 + [f"{n}" for n in range(500)]}, "không quá 500 người"),
        ({"sponsor": ""}, "Chọn nhà tài trợ"),
        ({"way": "fixed"}, "Ghi số tiền cho mỗi người"),
        ({"way": "fixed", "each": "0"}, "Ghi số tiền cho mỗi người"),
        ({"way": "half"}, "Ghi số tiền cho mỗi người"),
        ({"ends_on": "2026-11-21"}, "không thể ở trước hôm nay"),
    ],
)
def test_a_wish_that_lacks_something_is_told_so(desk, company, couple, cards, wrong, words):  # noqa: F811
    wish = {"people": couple, **wrong}
    assert words in refused(look(desk, company, **wish))
    assert cards() == []


def test_cards_are_given_to_one_s_own_people(app, desk, as_stranger, company, places, couple):  # noqa: F811
    [elsewhere] = hard_up(app, places.other_village, code="CT-1")
    assert look(desk, company, [elsewhere]).status_code == 403
    assert look(desk, company, [NONE]).status_code == 404
    assert as_stranger.submit(
        "/hardship/give", {"sponsor": company.id, "member": couple}, form_at="/sponsors"
    ).status_code in (403, 404)
    wish = {"sponsor": NONE, "member": couple}
    assert desk.submit("/hardship/give", wish, form_at="/sponsors").status_code == 404


def test_who_is_not_on_the_list_gets_nothing_and_is_named(app, desk, company, places):  # noqa: F811
    rich, holder = homes.never_had("Lê Văn Giàu"), homes.covered("Lò Văn Có Thẻ")
    homes.write(app, places.villages[0], rich, code="HL-7")
    homes.write(app, places.villages[0], holder, code="HL-8", hardship=True)
    page = text(look(desk, company, [rich["id"], holder["id"]]))
    assert "Hộ không thuộc diện khó khăn" in page
    assert "Đã có thẻ" in page


def test_a_sponsor_pays_in_its_own_commune(as_admin, desk, company, app, places):  # noqa: F811
    [elsewhere] = hard_up(app, places.other_village, code="CT-1")
    assert "Nhà tài trợ của xã khác" in text(look(as_admin, company, [elsewhere]))


def test_a_sponsor_who_ended_is_not_offered(desk, make, places, couple):  # noqa: F811
    ended = sponsor(make, places.commune, desk.user, name="Quỹ đã thôi", ended_on="2026-10-31")
    assert "đã thôi tài trợ" in refused(look(desk, ended, couple))
    page = text(desk.get("/hardship"))
    assert "Quỹ đã thôi" not in page
    assert "Chưa có nhà tài trợ nào để tặng thẻ" in page


def export(desk, **form):  # noqa: F811
    return desk.submit("/hardship/export", {"months": "12", **form}, form_at="/account")


def test_the_list_is_taken_as_a_spreadsheet_and_logged(desk, company, make, couple, ask):  # noqa: F811
    card(make, desk.user, company, couple[0])
    answer = export(desk)
    book = openpyxl.load_workbook(BytesIO(answer.data))
    rows = list(book["Danh sách"].iter_rows(values_only=True))
    assert rows[1][3] == "Lò Văn HL-1 0"
    assert rows[1][10:13] == (FIRST, "Công ty Chè Hoa", FIRST)
    assert rows[2][10] == SECOND
    assert answer.headers["Cache-Control"] == "no-store"
    assert ("export", "hardship", 2) in ask(select(Audit.kind, Audit.subject, Audit.count))


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(app, desk, places):  # noqa: F811
    person = homes.never_had("=HYPERLINK(1)")
    homes.write(app, places.villages[0], person, code="+7", hardship=True)
    book = openpyxl.load_workbook(BytesIO(export(desk).data))
    row = list(book["Danh sách"].iter_rows(values_only=True))[1]
    assert (row[2], row[3]) == ("'+7", "'=HYPERLINK(1)")


def test_the_file_is_for_who_holds_the_lists(make, places, desk_of, as_viewer, desk):  # noqa: F811
    without = make.user("officer", username="farm", areas=[places.commune], lists_room=False)
    assert export(desk_of(without)).status_code == 403
    assert export(as_viewer).status_code == 403
    assert export(desk, village=places.other_village.id).status_code == 403


def test_a_long_list_has_pages_and_gives_from_any_of_them(
    desk,  # noqa: F811
    app,
    make,
    places,
):
    for number in range(7):
        hard_up(app, places.villages[0], people=30, code=f"HL-{number + 10}")
    giver = sponsor(make, places.commune, desk.user)
    money(make, giver, "received", 90_000_000)
    first, second = (text(desk.get(f"/hardship?months=3&page={n}")) for n in (1, 2))
    people = [re.findall(r'name="member" value="([^"]+)"', page) for page in (first, second)]
    assert [len(page) for page in people] == [200, 10]
    assert set(people[0]).isdisjoint(people[1])
    assert "/hardship?months=3&amp;page=2" in first
    assert "Trang 2 trên 2" in second
    form = {"months": "3", "page": "2", "sponsor": giver.id, "way": "fixed", "each": "x"}
    answer = desk.submit("/hardship/give", {**form, "member": people[1]}, form_at="/hardship")
    page = refused(answer)
    assert "/hardship?months=3&amp;sponsor=" in page
    assert "Trang 2 trên 2" in page
    assert page.count(" checked") >= len(people[1])
