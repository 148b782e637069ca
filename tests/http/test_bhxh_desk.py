"""The unit's desk: keys, its one sheet, a list, answers by row and by sheet, what is left to do."""

from io import BytesIO

import orjson
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from server.bhxh.sheets import COLUMNS
from server.store.bhxh import AnswerSheet, BhxhKey, CardListAnswer, CardListPull, CardListReceipt
from server.store.card_lists import CardListRow
from server.store.db import new_id
from server.store.people import Audit
from server.store.records import Card
from tests import homes
from tests.http.test_farm_requests import on  # noqa: F401
from tests.sealed_lists import Software, issued, returned, sealed

TODAY = "2026-11-25"


@pytest.fixture
def desk(as_bhxh, on):  # noqa: F811
    on(TODAY)
    return as_bhxh


@pytest.fixture
def neighbour(make, places, desk_of):
    """The officer of the unit next door."""
    unit = make.unit("BHXH cơ sở Luận Thành", [places.other_commune])
    return desk_of(make.user("bhxh", username="neighbour", unit=unit))


def text(answer):
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def refused(answer):
    assert answer.status_code == 400, answer.status
    return answer.get_data(as_text=True)


def at(lot):
    return f"/bhxh/lists/{lot.number}"


KEY = {"name": "Phần mềm TST", "scope": ["read", "answers"], "expires_on": "2027-06-30"}


def make_key_at(desk, unit, **more):
    return desk.submit("/bhxh-keys", {"unit": unit.id, **KEY, **more})


def key_shown(page):
    return "bp_" + page.partition("<code>bp_")[2].partition("</code>")[0]


def test_a_key_is_shown_once_and_works(app, desk, places, lot):
    key = key_shown(text(make_key_at(desk, places.unit)))
    assert key not in text(desk.get("/bhxh-keys"))
    page = text(desk.get("/bhxh-keys"))
    assert "Phần mềm TST" in page
    assert "chưa dùng" in page
    assert key[-4:] in page
    assert Software(app, key).get("/lists").status_code == 200
    assert Software(app, key).post(f"/lists/{lot.number}/receipt", {}).status_code == 403
    assert "chưa dùng" not in text(desk.get("/bhxh-keys"))


def test_a_form_posted_twice_makes_one_key(desk, places, ask):
    once = {"once": new_id()}
    make_key_at(desk, places.unit, **once)
    assert "đã hiện một lần" in refused(make_key_at(desk, places.unit, **once))
    assert len(ask(select(BhxhKey.id))) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Ghi tên"),
        ({"scope": []}, "Chọn ít nhất một việc"),
        ({"expires_on": "2026-11-01"}, "Chọn ngày hết hạn"),
        ({"expires_on": "2036-11-01"}, "Chọn ngày hết hạn"),
    ],
)
def test_a_key_needs_a_name_something_to_do_and_an_end(desk, places, ask, wrong, words):
    assert words in refused(make_key_at(desk, places.unit, **wrong))
    assert ask(select(BhxhKey.id)) == []


def test_a_revoked_key_opens_nothing(app, desk, neighbour, places, ask):
    key = key_shown(text(make_key_at(desk, places.unit)))
    [(id_,)] = ask(select(BhxhKey.id))
    path = f"/bhxh-keys/{id_}/revoke"
    assert neighbour.submit(path, form_at="/bhxh-keys").status_code == 403
    assert Software(app, key).get("/lists").status_code == 200
    assert desk.submit(path, form_at="/bhxh-keys").status_code == 302
    assert Software(app, key).get("/lists").status_code == 401
    assert "Đã thu hồi" in text(desk.get("/bhxh-keys"))
    assert desk.submit(f"/bhxh-keys/{new_id()}/revoke", form_at="/bhxh-keys").status_code == 404


def test_the_administrator_keeps_the_keys_of_the_units_there(as_admin, places, on):  # noqa: F811
    on(TODAY)
    assert "BHXH cơ sở Thường Xuân" in text(as_admin.get("/bhxh-keys"))
    assert "bp_" in text(make_key_at(as_admin, places.unit))


def test_a_key_of_another_unit_is_not_made(neighbour, places, on, ask):  # noqa: F811
    on(TODAY)
    assert make_key_at(neighbour, places.unit).status_code == 403
    assert ask(select(BhxhKey.id)) == []


@pytest.mark.parametrize("path", ["/bhxh", "/bhxh-keys"])
def test_the_room_is_the_units(as_surveyor, as_officer, as_viewer, path):
    for somebody in (as_surveyor, as_officer, as_viewer):
        assert somebody.get(path).status_code == 403


def test_the_api_is_explained_to_whoever_asks(client):
    page = text(client.get("/api/docs"))
    for words in ("<wbr>{number}/<wbr>answers", "receipt_differs", "id_mismatch", "curl"):
        assert words in page


def test_the_sheet_tells_what_is_new_and_who_is_silent(desk, lot, places, make):
    page = text(desk.get("/bhxh"))
    for words in (lot.number, "Chưa nhận", "Xã Thường Xuân"):
        assert words in page
    # Sealed on Friday 20/11; 23, 24 and 25/11 are the working days since.
    assert "lâu nhất 3 ngày làm việc" in page


def test_a_unit_without_lists_is_told_so(desk):
    page = text(desk.get("/bhxh"))
    assert "Chưa có danh sách nào" in page
    assert "im lặng hơn 7 ngày" in page


def test_a_list_is_shown_to_its_unit_only(desk, neighbour, lot, ask):
    page = text(desk.get(at(lot)))
    for words in ("Lường Thị Bé", "Chưa trả lời", "3.000.000"):
        assert words in page
    assert neighbour.get(at(lot)).status_code == 404
    assert desk.get("/bhxh/lists/none").status_code == 404
    assert len(ask(select(Audit.id).where(Audit.kind == "look"))) == 1


@pytest.mark.parametrize("path", ["", "/rows.xlsx", "/rows/{row}"])
def test_a_list_is_no_page_of_the_communes(as_officer, as_surveyor, lot, path):
    for somebody in (as_officer, as_surveyor):
        assert somebody.get(at(lot) + path.format(row=lot.rows[0])).status_code == 403


def test_one_click_acknowledges(desk, neighbour, as_officer, lot, ask):
    form = {"count": "3", "digest": lot.digest}
    path = f"{at(lot)}/receipt"
    assert neighbour.submit(path, form, form_at="/bhxh-keys").status_code == 404
    assert as_officer.submit(path, form, form_at="/").status_code == 403
    assert desk.submit(path, {**form, "count": "2"}, form_at="/bhxh-keys").status_code == 409
    assert ask(select(CardListReceipt.list_id)) == []
    assert desk.submit(path, form, form_at=at(lot)).status_code == 302
    assert desk.submit(path, form, form_at="/bhxh-keys").status_code == 302
    assert len(ask(select(CardListReceipt.list_id))) == 1
    assert "Xác nhận đã nhận" not in text(desk.get(at(lot)))


def book_of(desk, lot):
    answer = desk.get(f"{at(lot)}/rows.xlsx")
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.data))


def test_the_list_is_taken_away_as_a_workbook(desk, neighbour, lot, ask):
    sheet = book_of(desk, lot)["Danh sách"]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[4] for row in rows] == ["Họ và tên", "Lường Thị Bé", "Quàng Văn Ba", "Lê Văn Bốn"]
    assert [row[0] for row in rows[1:]] == lot.rows
    [(whole,)] = ask(select(CardListPull.whole_at))
    assert whole is not None
    assert neighbour.get(f"{at(lot)}/rows.xlsx").status_code == 404


ISSUED = {
    "outcome": "issued",
    "card_number": "TE 138 3820000001",
    "valid_from": "2026-12-01",
    "valid_to": "2027-11-30",
}


def row_at(lot, place=0):
    return f"{at(lot)}/rows/{lot.rows[place]}"


def test_a_row_is_answered(desk, lot, ask, children):
    assert "Ghi đã cấp thẻ" in text(desk.get(row_at(lot)))
    assert desk.submit(row_at(lot), ISSUED).status_code == 302
    [(data,)] = ask(select(Card.data).where(Card.member_id == children[0]))
    assert orjson.loads(data)["number"] == "TE1383820000001"
    assert "không ghi đè câu này" in text(desk.get(row_at(lot)))
    again = desk.submit(row_at(lot), {**ISSUED, "valid_to": "2028-11-30"}, form_at="/bhxh-keys")
    assert again.status_code == 302
    assert len(ask(select(Card.id))) == 1
    assert "Trái với câu trả lời trước" in text(desk.get("/bhxh-answers"))


def test_a_row_is_sent_back(desk, lot, ask):
    form = {"outcome": "returned", "reason": "clinic_closed", "note": "Trạm đã sáp nhập"}
    assert desk.submit(row_at(lot), form).status_code == 302
    [(state,)] = ask(select(CardListRow.state).where(CardListRow.id == lot.rows[0]))
    assert state == "returned"


def test_a_card_without_its_number_is_refused_in_words(desk, lot, ask):
    page = refused(desk.submit(row_at(lot), {**ISSUED, "card_number": "12"}))
    assert "15 ký tự hoặc 10 chữ số" in page
    assert ask(select(CardListAnswer.id)) == []


def test_rows_of_nobody_and_of_others_are_not_answered(
    desk,
    neighbour,
    as_officer,
    lot,
):
    nobody = f"{at(lot)}/rows/{new_id()}"
    assert desk.get(nobody).status_code == 404
    assert desk.submit(nobody, ISSUED, form_at="/bhxh-keys").status_code == 404
    assert neighbour.get(row_at(lot)).status_code == 404
    assert neighbour.submit(row_at(lot), ISSUED, form_at="/bhxh-keys").status_code == 404
    assert as_officer.submit(row_at(lot), ISSUED, form_at="/").status_code == 403


def answered_book(desk, lot, answers):
    """The workbook of a list with some answers typed in: by row, the last six columns."""
    book = book_of(desk, lot)
    sheet = book["Danh sách"]
    for row, values in answers.items():
        for column, value in enumerate(values, 16):
            sheet.cell(row, column, value)
    return as_bytes(book)


def as_bytes(book):
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def upload(desk, lot, data, name="tra-loi.xlsx"):
    form = {"file": (BytesIO(data), name)}
    return desk.submit(f"{at(lot)}/sheet", form, form_at="/bhxh-keys")


CARD = ("Cấp thẻ", "TE1383820000001", "01/12/2026", "30/11/2027")
BACK = ("Trả lại", None, None, None, "Số định danh không khớp", "Xem lại")


def test_a_sheet_is_looked_through_then_applied_once(desk, lot, ask):
    data = answered_book(desk, lot, {2: CARD, 3: BACK})
    looked = upload(desk, lot, data)
    assert looked.status_code == 302
    assert ask(select(CardListAnswer.id)) == ask(select(Card.id)) == []
    page = text(desk.get(looked.location))
    assert page.count("Sẽ ghi</span>") == 3
    desk.submit(f"{looked.location}/apply", form_at=looked.location)
    states = dict(ask(select(CardListRow.place, CardListRow.state)))
    assert states == {1: "issued", 2: "returned", 3: "open"}
    before = ask(select(CardListAnswer.id)), ask(select(Card.data))
    desk.submit(f"{looked.location}/apply", form_at="/bhxh-keys")
    again = upload(desk, lot, data)
    page = text(desk.get(again.location))
    assert "Ghi các câu trả lời này" not in page
    assert page.count("Đã trả lời như vậy từ trước.") == 2
    desk.submit(f"{again.location}/apply", form_at="/bhxh-keys")
    assert (ask(select(CardListAnswer.id)), ask(select(Card.data))) == before


def test_a_sheet_says_line_by_line_what_is_wrong(desk, lot, ask):
    book = load_workbook(BytesIO(answered_book(desk, lot, {2: CARD, 3: BACK, 4: CARD})))
    sheet = book["Danh sách"]
    sheet["A2"] = new_id()
    sheet["B3"] = "15646-2026-0099"
    sheet["S4"] = "hôm nào đó"
    page = text(desk.get(upload(desk, lot, as_bytes(book)).location))
    for words in (
        "không có trong danh sách",
        "Dòng này của danh sách số 15646-2026-0099",
        "Cần ngày bắt đầu và ngày hết hạn",
    ):
        assert words in page
    assert ask(select(CardListAnswer.id)) == []


def test_a_contradiction_in_a_sheet_is_held(desk, lot, ask):
    desk.submit(row_at(lot), ISSUED)
    book = load_workbook(BytesIO(book_bytes(desk, lot)))
    book["Danh sách"]["Q2"] = "TE1383820000077"
    looked = upload(desk, lot, as_bytes(book))
    assert "Trái với câu trả lời trước" in text(desk.get(looked.location))
    desk.submit(f"{looked.location}/apply", form_at=looked.location)
    assert len(ask(select(Card.id))) == 1
    assert ask(select(CardListAnswer.code).where(CardListAnswer.status == "held")) == [
        ("contradicts",)
    ]


def book_bytes(desk, lot):
    return desk.get(f"{at(lot)}/rows.xlsx").data


def test_columns_sorted_apart_from_the_ids_give_nobody_anothers_card(desk, lot, ask):
    book = load_workbook(BytesIO(answered_book(desk, lot, {2: CARD, 3: BACK})))
    sheet = book["Danh sách"]
    assert sheet["E1"].value == "Họ và tên"
    first, second = sheet["E2"].value, sheet["E3"].value
    sheet["E2"], sheet["E3"] = second, f"{first} đã sửa"
    looked = upload(desk, lot, as_bytes(book))
    assert "Họ tên ở dòng này không phải của mã dòng" in text(desk.get(looked.location))
    desk.submit(f"{looked.location}/apply", form_at=looked.location)
    states = dict(ask(select(CardListRow.place, CardListRow.state)))
    assert states == {1: "open", 2: "returned", 3: "open"}


def test_a_csv_answers_too(desk, lot, ask):
    head = ",".join(COLUMNS)
    line = f"{lot.rows[0]},{lot.number},returned,,,,id_missing,"
    looked = upload(desk, lot, f"{head}\n{line}\n".encode(), "tra-loi.csv")
    desk.submit(f"{looked.location}/apply", form_at=looked.location)
    [(state,)] = ask(select(CardListRow.state).where(CardListRow.id == lot.rows[0]))
    assert state == "returned"


def test_a_wrong_sheet_is_refused_with_what_it_lacks(desk, lot, ask):
    page = refused(upload(desk, lot, "Họ và tên,Ngày sinh\nLê Văn An,1980\n".encode(), "x.csv"))
    assert "không phải tệp trả lời" in page
    assert "Số thẻ được cấp" in page
    assert "Chọn tệp trả lời trước" in refused(upload(desk, lot, b""))
    assert refused(upload(desk, lot, b"PK\x03\x04 no workbook"))
    assert ask(select(AnswerSheet.id)) == []


def test_a_sheet_is_its_units(desk, neighbour, as_officer, lot):
    looked = upload(desk, lot, answered_book(desk, lot, {2: CARD}))
    path = looked.location
    for somebody, kept_out in ((neighbour, 403), (as_officer, 403)):
        form_at = "/"
        assert somebody.get(path).status_code == kept_out
        assert somebody.submit(f"{path}/apply", form_at=form_at).status_code == kept_out
        assert upload_at(somebody, lot, form_at) in (403, 404)
    nothing = f"/bhxh/sheets/{new_id()}"
    assert desk.get(nothing).status_code == 404
    assert desk.submit(f"{nothing}/apply", form_at="/bhxh-keys").status_code == 404


def upload_at(desk, lot, form_at):
    form = {"file": (BytesIO(b"x"), "x.csv")}
    return desk.submit(f"{at(lot)}/sheet", form, form_at=form_at).status_code


def test_what_came_back_is_the_offices_to_do(
    as_officer,
    as_stranger,
    as_surveyor,
    software,
    lot,
    ask,
):
    software.answer(lot.number, returned("a1", 1, "wrong_group"), returned("a2", 2))
    page = text(as_officer.get("/bhxh-answers"))
    for words in ("Sai nhóm tham gia", "Cán bộ xã", "Người rà soát, đã báo trên điện thoại"):
        assert words in page
    assert "Lường Thị Bé" not in text(as_stranger.get("/bhxh-answers"))
    assert as_surveyor.get("/bhxh-answers").status_code == 403
    [(id_,)] = ask(select(CardListAnswer.id).where(CardListAnswer.reason == "wrong_group"))
    path, note = f"/bhxh-answers/{id_}", {"note": "Đã lập danh sách bổ sung"}
    assert as_stranger.submit(path, note, form_at="/").status_code == 403
    assert as_officer.submit(path, {"note": ""}, form_at="/").status_code == 400
    assert as_officer.submit(path, note, form_at="/").status_code == 302
    assert "Sai nhóm tham gia" not in text(as_officer.get("/bhxh-answers"))
    assert "đã có người xử lý" in text(
        as_officer.client.get(as_officer.submit(path, note, form_at="/").location)
    )
    assert as_officer.submit(f"/bhxh-answers/{new_id()}", note, form_at="/").status_code == 404


def test_a_held_answer_is_let_go_and_what_stood_stands(
    desk,
    as_officer,
    software,
    lot,
    ask,
):
    software.answer(lot.number, issued("a1", 1))
    software.answer(lot.number, returned("a2", 1))
    [(id_,)] = ask(select(CardListAnswer.id).where(CardListAnswer.status == "held"))
    assert "Trái với câu trả lời trước" in text(as_officer.get("/bhxh-answers"))
    desk.submit(f"/bhxh-answers/{id_}", {"note": "Gửi nhầm"}, form_at="/bhxh-keys")
    assert "Không còn việc nào" in text(desk.get("/bhxh-answers"))
    [result] = software.answer(lot.number, returned("a2", 1))
    assert result["status"] == "dismissed"
    [(state,)] = ask(select(CardListRow.state).where(CardListRow.id == lot.rows[0]))
    assert state == "issued"


def held_id(ask):
    [(id_,)] = ask(select(CardListAnswer.id).where(CardListAnswer.status == "held"))
    return id_


def take(desk, answer, note="BHXH gọi điện xác nhận"):
    return desk.submit(f"/bhxh-answers/{answer}/take", {"note": note}, form_at="/bhxh-answers")


def row_state(ask, lot):
    [found] = ask(
        select(CardListRow.state, CardListRow.return_reason).where(CardListRow.id == lot.rows[0])
    )
    return tuple(found)


def cards_of(ask):
    return sorted(
        (data["number"], bool(data.get("void_reason")))
        for data in (orjson.loads(text_) for (text_,) in ask(select(Card.data)))
    )


def test_both_answers_stand_side_by_side_until_one_is_taken(as_officer, software, lot):
    software.answer(lot.number, issued("a1", 1))
    software.answer(lot.number, returned("a2", 1, "wrong_group"))
    page = text(as_officer.get("/bhxh-answers"))
    for words in ("Đang giữ", issued("a1", 1)["card_number"], "Sai nhóm tham gia", "Lấy câu này"):
        assert words in page


def test_a_return_taken_instead_of_a_card_makes_the_card_void(as_officer, software, lot, ask):
    software.answer(lot.number, issued("a1", 1))
    software.answer(lot.number, returned("a2", 1, "wrong_group"))
    assert take(as_officer, held_id(ask)).status_code == 302
    assert row_state(ask, lot) == ("returned", "wrong_group")
    assert [void for _number, void in cards_of(ask)] == [True]
    page = text(as_officer.get("/bhxh-answers"))
    assert "Câu trả lời giữ lại" not in page
    assert "Sai nhóm tham gia" in page
    [first] = software.answer(lot.number, issued("a1", 1))
    [second] = software.answer(lot.number, returned("a2", 1, "wrong_group"))
    assert (first["status"], second["status"]) == ("dismissed", "applied")


def test_a_card_taken_instead_of_a_return_withdraws_what_the_field_was_asked(
    as_officer, software, lot, ask, lan
):
    software.answer(lot.number, returned("a1", 1))
    lan.sync()
    [(asked,)] = ask(select(CardListAnswer.waiting_id))
    assert lan.data("waiting", asked)["state"] == "returned"
    software.answer(lot.number, issued("a2", 1))
    take(as_officer, held_id(ask))
    assert row_state(ask, lot)[0] == "issued"
    assert [void for _number, void in cards_of(ask)] == [False]
    lan.sync()
    assert lan.data("waiting", asked)["state"] == "superseded"
    assert "Không còn việc nào" in text(as_officer.get("/bhxh-answers"))


def test_another_card_taken_leaves_one_that_counts(as_officer, software, lot, ask):
    software.answer(lot.number, issued("a1", 1))
    software.answer(lot.number, issued("a2", 1, "TE1383820000077"))
    take(as_officer, held_id(ask))
    numbers = dict(cards_of(ask))
    assert sorted(numbers.values()) == [False, True]
    assert numbers["TE1383820000077"] is False


def test_a_card_of_somebody_else_is_not_taken(as_officer, software, lot, ask):
    given = issued("a1", 1)
    software.answer(lot.number, given)
    software.answer(lot.number, given | {"id": "a2", "place": 2})
    page = text(as_officer.get("/bhxh-answers"))
    assert "sửa ở danh sách kia trước" in page
    before = cards_of(ask)
    answer = take(as_officer, held_id(ask))
    assert "đã cấp cho người khác" in text(as_officer.client.get(answer.location))
    assert cards_of(ask) == before
    assert held_id(ask)


def test_a_held_answer_is_taken_once_by_who_may(
    as_officer, as_stranger, as_surveyor, software, lot, ask
):
    software.answer(lot.number, issued("a1", 1))
    software.answer(lot.number, returned("a2", 1, "wrong_group"))
    id_ = held_id(ask)
    path, note = f"/bhxh-answers/{id_}/take", {"note": "x"}
    assert as_stranger.submit(path, note, form_at="/").status_code == 403
    assert as_surveyor.submit(path, note, form_at="/").status_code == 403
    assert take(as_officer, id_, note="").status_code == 400
    assert take(as_officer, new_id()).status_code == 404
    take(as_officer, id_)
    again = take(as_officer, id_)
    assert "đã có người xử lý" in text(as_officer.client.get(again.location))
    assert len(ask(select(Audit.id).where(Audit.kind == "bhxh_take"))) == 1


def test_decreases_are_confirmed_at_the_desk(
    desk,
    make,
    places,
    as_officer,
    children,
    ask,
):
    by = as_officer.user
    lot = sealed(make, places.unit, places.commune, by, children, kind="decrease")
    desk.submit(row_at(lot), {"outcome": "confirmed"})
    [(state,)] = ask(select(CardListRow.state).where(CardListRow.id == lot.rows[0]))
    assert state == "confirmed"


def test_a_merged_village_is_no_reason_to_lose_an_answer(
    app,
    desk,
    make,
    places,
    as_officer,
    software,
    lot,
    children,
    ask,
):
    [(home,)] = ask(select(CardListRow.village_id).where(CardListRow.id == lot.rows[0]))
    assert home == places.villages[0].id
    from server.store.records import Member

    [(household,)] = ask(select(Member.household_id).where(Member.id == children[0]))
    homes.edit(app, "household", household, {"village": places.villages[1].id}, {"village": home})
    [result] = software.answer(lot.number, issued("a1", 1))
    assert result["status"] == "applied"
    [(village,)] = ask(select(Card.village_id))
    assert village == places.villages[1].id
