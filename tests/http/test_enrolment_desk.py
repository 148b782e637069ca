"""The enrolment room: the list and its decisions, receipt books, the cash of a day."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from server.domain.partial import add_days
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, today
from server.store.people import Audit
from server.store.receipts import CashHandover, ReceiptBook, ReceiptRange
from server.store.records import Enrolment
from tests.actors import hidden_value
from tests.enrolling import PAID_ON, book, hand, paid

NONE = "01a20000-0000-7000-8000-000000000000"


@pytest.fixture
def receipts(make, places, as_officer, lan):
    shared = book(make, places, as_officer.user)
    hand(make, shared, lan.phone.user)
    return shared


@pytest.fixture
def enrolment(lan, receipts):
    """Lan took 956.340 đồng in cash for Hoa."""
    member = lan.member(lan.household(), full_name="Lò Thị Hoa")
    change = lan.save("enrolment", paid(member, lan.phone.user, receipts, 101))
    lan.sync()
    return change["record"]


def text(response):
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


def decided(desk, enrolment, state, reason="", seen="submitted"):
    form = {"state": state, "reason": reason, "seen": seen}
    at = f"/enrolments/{enrolment}"
    return desk.submit(f"{at}/state", form, form_at=at)


def acts_of(ask):
    return [kind for (kind,) in ask(select(Audit.kind).where(Audit.kind != "look"))]


def test_the_list_names_who_paid_and_by_which_receipt(as_officer, enrolment):
    page = text(as_officer.get("/enrolments?state=submitted"))
    assert "Lò Thị Hoa" in page
    assert "TX-2026 0000101" in page
    assert "956.340" in page


def test_a_group_is_called_by_its_name(as_officer, enrolment):
    group = "Hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình"
    assert group in text(as_officer.get("/enrolments"))
    assert f"{group} (GB)" in text(as_officer.get(f"/enrolments/{enrolment}"))


@pytest.mark.parametrize("query", ["state=issued", f"collector={NONE}"])
def test_the_list_is_chosen_from(as_officer, enrolment, query):
    assert "Lò Thị Hoa" not in text(as_officer.get(f"/enrolments?{query}"))


def test_a_village_of_others_is_not_listed(as_officer, places, enrolment):
    assert as_officer.get(f"/enrolments?village={places.other_village.id}").status_code == 403


@pytest.mark.parametrize("path", ["/enrolments", "/receipt-books", "/cash"])
def test_the_room_is_the_office_s(as_surveyor, as_viewer, path):
    assert as_surveyor.get(path).status_code == 403
    assert as_viewer.get(path).status_code == 403


def test_one_enrolment_shows_its_shares_and_its_steps(as_officer, enrolment):
    page = text(as_officer.get(f"/enrolments/{enrolment}"))
    assert "1.366.200" in page
    assert "409.860" in page
    assert "Đã qua các bước" in page


def test_an_enrolment_of_nobody_is_not_found(as_officer, enrolment):
    assert as_officer.get(f"/enrolments/{NONE}").status_code == 404


def test_an_enrolment_elsewhere_is_not_shown(as_stranger, enrolment):
    assert as_stranger.get(f"/enrolments/{enrolment}").status_code in (401, 403)


def test_what_was_checked_reaches_the_phone(as_officer, lan, enrolment, ask):
    assert decided(as_officer, enrolment, "checked").status_code == 302
    lan.sync()
    assert lan.data("enrolment", enrolment)["state"] == "checked"
    assert lan.data("enrolment", enrolment)["state_by"] == as_officer.user.name
    assert "enrolment_state" in acts_of(ask)


def test_what_is_sent_back_brings_its_reason_and_may_be_submitted_again(as_officer, lan, enrolment):
    decided(as_officer, enrolment, "returned", "Sai số biên lai")
    lan.sync()
    assert lan.data("enrolment", enrolment)["return_reason"] == "Sai số biên lai"
    again = lan.save("enrolment", {"receipt_number": 102, "state": "submitted"}, enrolment)
    lan.sync()
    assert lan.results[again["id"]]["status"] == "applied"


@pytest.mark.parametrize("state", ["returned", "cancelled"])
def test_sending_back_and_cancelling_need_a_reason(as_officer, enrolment, state):
    answer = decided(as_officer, enrolment, state)
    assert answer.status_code == 400
    assert "Ghi lý do" in answer.get_data(as_text=True)


def test_a_decision_over_an_older_page_is_not_taken(as_officer, lan, enrolment):
    decided(as_officer, enrolment, "checked")
    decided(as_officer, enrolment, "cancelled", "Nhầm", seen="submitted")
    lan.sync()
    assert lan.data("enrolment", enrolment)["state"] == "checked"


def test_what_was_checked_goes_back_and_waits_for_a_list(as_officer, lan, enrolment):
    steps = ("submitted", "checked", "submitted", "checked")
    for before, state in pairwise(steps):
        assert decided(as_officer, enrolment, state, seen=before).status_code == 302
        lan.sync()
        assert lan.data("enrolment", enrolment)["state"] == state
    page = text(as_officer.get(f"/enrolments/{enrolment}"))
    assert "Hồ sơ đang chờ vào danh sách" in page
    assert "/card-lists/new" in page


@pytest.mark.parametrize("state", ["on_list", "issued"])
def test_only_lists_and_the_insurance_take_an_enrolment_further(as_officer, lan, enrolment, state):
    decided(as_officer, enrolment, "checked")
    assert decided(as_officer, enrolment, state, seen="checked").status_code == 400
    lan.sync()
    assert lan.data("enrolment", enrolment)["state"] == "checked"


@pytest.fixture
def listed(make, places, as_officer, enrolment, ask):
    """On a list that went out."""
    [(member,)] = ask(select(Enrolment.member_id))
    card_list = make.add(
        CardList(
            commune_id=places.commune.id,
            insurance_group="GB",
            title="Hộ nông nghiệp",
            state="submitted",
            number="BP-15646-2026-0001",
            created_by=as_officer.user.id,
        )
    )
    decided(as_officer, enrolment, "checked")
    make.write(
        as_officer.user,
        "enrolment",
        {"state": "on_list"},
        record=enrolment,
        was={"state": "checked"},
    )
    return make.add(
        CardListRow(
            list_id=card_list.id,
            place=1,
            kind="increase",
            member_id=member,
            enrolment_id=enrolment,
            village_id=places.villages[0].id,
            claim=f"increase:{member}",
        )
    )


@pytest.mark.parametrize("state", ["checked", "returned", "cancelled"])
def test_what_is_on_a_list_leaves_it_with_the_list_only(as_officer, lan, listed, state):
    at = f"/enrolments/{listed.enrolment_id}"
    page = text(as_officer.get(at))
    assert "BP-15646-2026-0001" in page
    assert "Xét hồ sơ" not in page
    decided(as_officer, listed.enrolment_id, state, "Lý do", seen="on_list")
    lan.sync()
    assert lan.data("enrolment", listed.enrolment_id)["state"] == "on_list"


def test_what_no_list_holds_any_more_is_freed(as_officer, make, lan, listed):
    with make.writing():
        db.session.get_one(CardListRow, listed.id).claim = None
    decided(as_officer, listed.enrolment_id, "checked", seen="on_list")
    lan.sync()
    assert lan.data("enrolment", listed.enrolment_id)["state"] == "checked"


def test_a_step_is_not_skipped_and_a_draft_is_not_the_office_s(as_officer, lan, enrolment):
    assert decided(as_officer, enrolment, "issued").status_code == 400
    assert decided(as_officer, enrolment, "draft").status_code == 400
    lan.sync()
    assert lan.data("enrolment", enrolment)["state"] == "submitted"


def test_deciding_is_for_who_may_and_about_what_there_is(as_officer, as_stranger, enrolment):
    form = {"state": "checked", "seen": "submitted"}
    at = "/receipt-books"
    assert as_officer.submit(f"/enrolments/{NONE}/state", form, form_at=at).status_code == 404
    answer = as_stranger.submit(f"/enrolments/{enrolment}/state", form, form_at=at)
    assert answer.status_code in (401, 403)


@pytest.fixture
def whole(as_officer, lan, enrolment, make):
    """The same with all that the insurance asks of her."""
    lan.sync()
    member = lan.data("enrolment", enrolment)["member"]
    told = {
        "sex": "female",
        "birth_date": "1990-01-05",
        "personal_id": "038190000123",
        "bhxh_number": "3812345678",
        "clinic_wanted": "Trạm y tế xã",
    }
    known = {name: lan.data("member", member).get(name) for name in told}
    make.write(as_officer.user, "member", told, record=member, was=known)
    code = {"collector_code": "NV-01"}
    make.write(as_officer.user, "enrolment", code, record=enrolment)
    return enrolment


def test_list_and_page_say_what_the_insurance_still_needs(as_officer, enrolment):
    listed = text(as_officer.get("/enrolments"))
    assert "thiếu: số định danh cá nhân" in listed
    assert "nơi muốn khám chữa bệnh ban đầu" in listed
    assert "Hồ sơ còn thiếu" in text(as_officer.get(f"/enrolments/{enrolment}"))


def test_a_whole_file_lacks_nothing(as_officer, whole):
    assert "thiếu: " not in text(as_officer.get("/enrolments"))
    assert "Hồ sơ còn thiếu" not in text(as_officer.get(f"/enrolments/{whole}"))


def test_checking_what_lacks_something_warns_and_is_done(as_officer, lan, enrolment):
    decided(as_officer, enrolment, "checked")
    assert "Hồ sơ còn thiếu: số định danh cá nhân" in text(as_officer.get("/enrolments"))
    lan.sync()
    assert lan.data("enrolment", enrolment)["state"] == "checked"


def test_checking_a_whole_file_warns_of_nothing(as_officer, whole):
    decided(as_officer, whole, "checked")
    page = text(as_officer.get("/enrolments"))
    assert "Đã ghi." in page
    assert "Hồ sơ còn thiếu" not in page


def test_a_share_that_is_not_the_law_s_is_shown_beside_it(as_officer, lan, receipts):
    member = lan.member(lan.household())
    other = {"state_support": 0, "own_share": 1_366_200, "override_reason": "Thu đủ"}
    change = lan.save("enrolment", paid(member, lan.phone.user, receipts, 102, **other))
    lan.sync()
    page = text(as_officer.get(f"/enrolments/{change['record']}"))
    assert "Nhà nước hỗ trợ: Phần hỗ trợ này khác với mức của ngày thu." in page
    assert "Mức của ngày thu là 409.860 đồng." in page


def new_book(desk, places, **more):
    form = {"commune": places.commune.id, "agency": "Bưu điện", "series": "BĐ-01"}
    return desk.submit("/receipt-books", {**form, "first": "1", "last": "50", **more})


def test_a_book_is_added_and_handed_and_reaches_the_phone(as_officer, places, lan, ask):
    made = new_book(as_officer, places)
    assert made.status_code == 302
    at = made.headers["Location"]
    form = {"user": lan.phone.user.id, "first": "1", "last": "25", "handed_on": PAID_ON}
    form["collector_code"] = "NV-07"
    assert as_officer.submit(f"{at}/ranges", form, form_at=at).status_code == 302
    body = lan.request(since={"reference": 0})
    feed = lan.phone.post("/api/v1/sync", body).get_json()["feeds"]["reference"]["records"]
    [told] = [it["data"] for it in feed if it["entity"] == "receipt_range"]
    assert (told["series"], told["first"], told["last"]) == ("BĐ-01", 1, 25)
    assert told["collector_code"] == "NV-07"
    assert acts_of(ask) == ["receipt_book_add", "receipt_book_hand"]


@pytest.mark.parametrize(
    "wrong",
    [{"last": "0"}, {"last": "abc"}, {"agency": " "}, {"first": "40", "last": "39"}],
)
def test_a_book_without_numbers_or_name_is_not_added(as_officer, places, ask, wrong):
    assert new_book(as_officer, places, **wrong).status_code == 400
    assert ask(select(ReceiptBook.id)) == []


def test_no_number_of_a_series_is_in_two_books(as_officer, places, ask):
    new_book(as_officer, places)
    assert new_book(as_officer, places, series="bđ-01", first="50", last="99").status_code == 400
    assert new_book(as_officer, places, first="51", last="99").status_code == 302


def test_a_book_for_another_commune_is_not_added(as_officer, places):
    assert new_book(as_officer, places, commune=places.other_commune.id).status_code == 403


def test_a_book_page_shows_who_holds_and_what_is_used(as_officer, receipts, enrolment):
    page = text(as_officer.get(f"/receipt-books/{receipts.id}"))
    assert "NV-01" in page
    assert ">101</td>" in page
    assert "1 / 50" in text(as_officer.get("/receipt-books"))


def test_books_of_nobody_and_of_others(as_officer, as_stranger, receipts):
    assert as_officer.get(f"/receipt-books/{NONE}").status_code == 404
    assert as_stranger.get(f"/receipt-books/{receipts.id}").status_code in (401, 403)


def hand_form(user):
    return {"user": user.id, "first": "101", "last": "110", "handed_on": PAID_ON}


@pytest.mark.parametrize("wrong", [{"first": "100"}, {"last": "151"}, {"first": ""}, {"user": ""}])
def test_only_numbers_of_the_book_are_handed(as_officer, receipts, lan, ask, wrong):
    at = f"/receipt-books/{receipts.id}"
    form = hand_form(lan.phone.user) | wrong
    assert as_officer.submit(f"{at}/ranges", form, form_at=at).status_code == 400
    assert len(ask(select(ReceiptRange.id))) == 1


def test_numbers_one_holds_already_are_not_handed_again(as_officer, receipts, lan, ask):
    at = f"/receipt-books/{receipts.id}"
    answer = as_officer.submit(f"{at}/ranges", hand_form(lan.phone.user), form_at=at)
    assert answer.status_code == 400
    assert "đang giữ một phần các số này rồi" in answer.get_data(as_text=True)
    assert len(ask(select(ReceiptRange.id))) == 1


def test_numbers_of_another_s_hands_are_handed_with_a_warning(as_officer, receipts, lan, minh, ask):
    at = f"/receipt-books/{receipts.id}"
    answer = as_officer.submit(f"{at}/ranges", hand_form(minh.phone.user), form_at=at)
    assert answer.status_code == 302
    said = text(as_officer.get(at))
    assert f"{lan.phone.user.name} cũng đang giữ" in said
    assert len(ask(select(ReceiptRange.id))) == 2


def test_numbers_given_back_are_handed_again(as_officer, receipts, lan, ask):
    [(handed,)] = ask(select(ReceiptRange.id))
    give_back(as_officer, receipts, handed, PAID_ON)
    at = f"/receipt-books/{receipts.id}"
    answer = as_officer.submit(f"{at}/ranges", hand_form(lan.phone.user), form_at=at)
    assert answer.status_code == 302


def test_handing_is_for_who_may_and_of_what_there_is(as_officer, as_stranger, receipts, lan):
    form, at = hand_form(lan.phone.user), "/receipt-books"
    assert as_officer.submit(f"{at}/{NONE}/ranges", form, form_at=at).status_code == 404
    nobody = {**form, "user": NONE}
    assert as_officer.submit(f"{at}/{receipts.id}/ranges", nobody, form_at=at).status_code == 404
    assert as_stranger.submit(f"{at}/{receipts.id}/ranges", form, form_at=at).status_code in (
        401,
        403,
    )


def give_back(desk, receipts, handed, day):
    at = f"/receipt-books/{receipts.id}"
    form = {"returned_on": day}
    return desk.submit(f"{at}/ranges/{handed}/end", form, form_at="/receipt-books")


def test_numbers_come_back_on_a_day(as_officer, receipts, ask):
    [(handed,)] = ask(select(ReceiptRange.id))
    assert give_back(as_officer, receipts, handed, "2025-01-01").status_code == 400
    assert give_back(as_officer, receipts, handed, "").status_code == 400
    assert give_back(as_officer, receipts, handed, PAID_ON).status_code == 302
    assert ask(select(ReceiptRange.returned_on)) == [(PAID_ON,)]


def test_taking_back_is_for_who_may_and_of_what_there_is(as_officer, as_stranger, receipts, ask):
    [(handed,)] = ask(select(ReceiptRange.id))
    assert give_back(as_officer, receipts, NONE, PAID_ON).status_code == 404
    assert give_back(as_stranger, receipts, handed, PAID_ON).status_code in (401, 403)


def test_a_day_shows_each_collector_and_the_totals(as_officer, lan, enrolment):
    page = text(as_officer.get(f"/cash?day={PAID_ON}"))
    assert lan.phone.user.name in page
    assert page.count("956.340") == 4
    assert as_officer.get("/cash?day=tomorrow").status_code == 404


def take(desk, user, amount, day=PAID_ON):
    at = f"/cash/{user.id}/{day}"
    return desk.submit(f"{at}/handovers", {"amount": amount}, form_at="/receipt-books")


def test_what_is_handed_over_closes_the_day_and_reaches_the_phone(as_officer, lan, enrolment):
    assert take(as_officer, lan.phone.user, "956.340").status_code == 302
    page = text(as_officer.get(f"/cash/{lan.phone.user.id}/{PAID_ON}"))
    assert "Còn phải nộp</dt><dd><b>0" in page
    body = lan.request(since={"reference": 0})
    feed = lan.phone.post("/api/v1/sync", body).get_json()["feeds"]["reference"]["records"]
    [told] = [it["data"] for it in feed if it["entity"] == "cash_handover"]
    assert (told["day"], told["amount"]) == (PAID_ON, 956_340)


def test_the_same_form_posted_again_takes_no_cash_twice(as_officer, lan, enrolment, ask):
    sheet = f"/cash/{lan.phone.user.id}/{PAID_ON}"
    shown = text(as_officer.get(sheet))
    form = {"amount": "500.000", "once": hidden_value(shown, "once")}
    for _ in range(2):
        assert as_officer.submit(f"{sheet}/handovers", form, form_at=sheet).status_code == 302
    assert len(ask(select(CashHandover.id))) == 1
    again = {**form, "once": hidden_value(text(as_officer.get(sheet)), "once")}
    assert as_officer.submit(f"{sheet}/handovers", again, form_at=sheet).status_code == 302
    assert len(ask(select(CashHandover.id))) == 2


@pytest.mark.parametrize("amount", ["", "0", "-5", "mười"])
def test_no_amount_is_no_hand_over(as_officer, lan, enrolment, ask, amount):
    assert take(as_officer, lan.phone.user, amount).status_code == 400
    assert ask(select(CashHandover.id)) == []


def test_no_cash_is_taken_of_a_day_that_has_not_come(as_officer, lan, enrolment, ask):
    answer = take(as_officer, lan.phone.user, "1000", day=add_days(today(), 1))
    assert answer.status_code == 400
    assert "Ngày này chưa đến" in answer.get_data(as_text=True)
    assert ask(select(CashHandover.id)) == []


def test_a_sheet_and_its_money_are_for_who_may(as_officer, as_stranger, lan, enrolment):
    sheet = f"/cash/{lan.phone.user.id}/{PAID_ON}"
    assert as_officer.get(f"/cash/{NONE}/{PAID_ON}").status_code == 404
    assert as_stranger.get(sheet).status_code in (401, 403)
    form, at = {"amount": "1000"}, "/receipt-books"
    missing = f"/cash/{NONE}/{PAID_ON}/handovers"
    assert as_officer.submit(missing, form, form_at=at).status_code == 404
    assert as_stranger.submit(f"{sheet}/handovers", form, form_at=at).status_code in (401, 403)


@pytest.fixture
def over(make, places, receipts, phone_of, as_admin):
    """Vân took 956.340 đồng in each of two communes."""
    ground = [places.villages[0], places.other_village]
    van = make.user("surveyor", username="van", areas=ground)
    hand(make, receipts, van)
    for village, number in zip(ground, (120, 121), strict=True):
        home, (person,) = make.household(as_admin.user, village, ["Hà Thị Vân"])
        make.write(as_admin.user, "enrolment", paid(person, van, receipts, number))
    return van


def test_cash_of_several_communes_is_booked_where_it_was_taken(
    as_admin, as_officer, places, over, ask
):
    sheet = f"/cash/{over.id}/{PAID_ON}"
    assert text(as_admin.get(sheet)).count("còn phải nộp 956.340") == 2
    form = {"amount": "956340"}
    at = "/receipt-books"
    unsaid = as_admin.submit(f"{sheet}/handovers", form, form_at=at)
    assert unsaid.status_code == 400
    assert "Chọn xã nhận tiền" in unsaid.get_data(as_text=True)
    there = {**form, "commune": places.other_commune.id}
    assert as_admin.submit(f"{sheet}/handovers", there, form_at=at).status_code == 302
    assert ask(select(CashHandover.commune_id)) == [(places.other_commune.id,)]
    assert "Còn phải nộp</dt><dd><b>956.340" in text(as_officer.get(sheet))
    assert "còn phải nộp 0" in text(as_admin.get(sheet))


def test_cash_is_not_booked_under_another_s_commune(as_officer, places, over, ask):
    sheet = f"/cash/{over.id}/{PAID_ON}"
    form = {"amount": "956340", "commune": places.other_commune.id}
    answer = as_officer.submit(f"{sheet}/handovers", form, form_at="/receipt-books")
    assert answer.status_code == 403
    assert ask(select(CashHandover.id)) == []


def test_who_keeps_several_communes_sees_where_each_took_money(as_admin, places, over):
    page = text(as_admin.get(f"/cash?day={PAID_ON}"))
    assert ", ".join(sorted((places.commune.name, places.other_commune.name))) in page


def cancel(desk, handover, reason="Ghi nhầm người"):
    form = {"reason": reason}
    return desk.submit(f"/cash/handovers/{handover}/cancel", form, form_at="/receipt-books")


def test_a_wrong_hand_over_is_cancelled_with_its_reason(
    as_officer, as_stranger, lan, enrolment, ask
):
    take(as_officer, lan.phone.user, "500000")
    [(handover,)] = ask(select(CashHandover.id))
    assert cancel(as_officer, NONE).status_code == 404
    assert cancel(as_stranger, handover).status_code in (401, 403)
    assert cancel(as_officer, handover, "").status_code == 400
    assert cancel(as_officer, handover).status_code == 302
    assert cancel(as_officer, handover).status_code == 409
    page = text(as_officer.get(f"/cash?day={PAID_ON}"))
    assert "500.000" not in page


def test_the_room_speaks_english_too(as_officer, enrolment):
    as_officer.client.set_cookie("language", "en")
    page = text(as_officer.get("/enrolments"))
    assert "Enrolments" in page
