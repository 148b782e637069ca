"""A list that went out as a workbook and came back filled in: exactly what was changed is reviewed,
row by row, and written like any other change."""

import datetime
import json
from io import BytesIO
from unicodedata import normalize

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select, update

from server.lists import routes
from server.store import list_marks
from server.store.db import db, now
from server.store.feeds import Waiting
from server.store.people import Audit
from server.store.records import Household, Member
from server.store.returned_lists import ReturnedList, ReturnedRow
from server.work import forget
from tests import homes
from tests.actors import Desk, hidden_value

NONE = "01a20000-0000-7000-8000-000000000000"
NAME, BIRTH, PHONE = "Họ và tên", "Ngày sinh", "Điện thoại"


@pytest.fixture
def people(app, places):
    """Hoa and Tám in one household of Hưng Long, Mai in another of Xuân Thắng."""
    hoa = homes.never_had("Lò Thị Hoa", birth_date="1985-03-02", sex="female",
                          personal_id="038185012345", relation="head")  # fmt: skip
    tam = homes.never_had("Lê Văn Tám", birth_date="1980", phone="0912345678", ethnic_group="02")
    mai = homes.never_had("Vi Thị Mai", birth_date="1990-06", bhxh_number="0012345678")
    first, second = places.villages
    home = homes.write(app, first, hoa, tam, code="HL-001", address="Xóm 1", phone="0900000001")
    homes.write(app, second, mai, code="XT-001")
    return {"Hoa": hoa["id"], "Tám": tam["id"], "Mai": mai["id"], "home": home}


@pytest.fixture
def officer(desk_of, make, places):
    return desk_of(make.user("officer", areas=[places.commune]))


def sent(desk, key="uninsured", **fields):
    """The workbook that goes out, opened, and its sheet with the list."""
    form = {"format": "xlsx", **fields}
    answer = desk.submit(f"/lists/{key}/export", form, form_at="/lists/uninsured")
    assert answer.status_code == 200, answer.text[:2000]
    book = load_workbook(BytesIO(answer.get_data()))
    return book, book["Danh sách"]


def cell(sheet, name, column):
    """The cell of somebody in a column."""
    heads = [each.value for each in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[heads.index(NAME)].value == name:
            return row[heads.index(column)]
    raise AssertionError(name)


def back(desk, book, name="thon gui lai.xlsx", **more):
    file = BytesIO()
    book.save(file)
    return desk.submit("/returned", {"file": (BytesIO(file.getvalue()), name), **more})


def opened(desk, book, **more):
    answer = back(desk, book, **more)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.headers["Location"]


def rows(app, state=None):
    with app.app_context():
        query = select(ReturnedRow).order_by(ReturnedRow.row_number)
        found = list(db.session.scalars(query))
        return [
            (row.kind, row.state, [(it["field"], it["set"]) for it in row.read["edits"]])
            for row in found
            if state in (None, row.state)
        ]


def data(app, table, id_):
    with app.app_context():
        return json.loads(db.session.scalars(select(table.data).where(table.id == id_)).one())


def accept(desk, at, number, **more):
    page = desk.get(f"{at}/rows/{number}").get_data(as_text=True)
    form = {"seen": hidden_value(page, "seen"), **more}
    return desk.submit(f"{at}/rows/{number}/accept", form, form_at=f"{at}/rows/{number}")


def test_a_file_that_nobody_changed_changes_nothing(app, officer, people):
    book, _sheet = sent(officer)
    at = opened(officer, book)
    assert rows(app) == []
    assert "3 người không có gì đổi" in officer.get(at).get_data(as_text=True)


def test_no_mark_holds_what_a_workbook_would_write_otherwise(officer, people):
    book, _sheet = sent(officer)
    marks = [row[0].value for row in book["bao-phu"]]
    assert len(marks) == 4
    assert "_" not in "".join(marks)


def test_exactly_the_changed_cells_come_back(app, officer, people):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "03/03/1985"
    cell(sheet, "Lê Văn Tám", "Giới tính").value = "nam"
    cell(sheet, "Lê Văn Tám", "Dân tộc").value = "Thái"
    cell(sheet, "Vi Thị Mai", PHONE).value = 987654321
    opened(officer, book)
    assert sorted(rows(app)) == sorted(
        [
            ("change", "open", [("birth_date", "1985-03-03")]),
            ("change", "open", [("sex", "male"), ("ethnic_group", "03")]),
            ("change", "open", [("phone", "0987654321")]),
        ]
    )


def test_what_a_spreadsheet_does_by_itself_is_no_change(app, officer, people):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = datetime.datetime(1985, 3, 2)
    cell(sheet, "Lò Thị Hoa", "Số định danh").value = 38185012345
    cell(sheet, "Lê Văn Tám", BIRTH).value = 1980
    cell(sheet, "Lê Văn Tám", PHONE).value = 912345678
    cell(sheet, "Vi Thị Mai", "Mã số BHXH").value = 12345678
    cell(sheet, "Vi Thị Mai", NAME).value = normalize("NFD", "Vi Thị Mai") + " "
    sheet.title, book["bao-phu"].title = "Trang 1", "Sheet9"
    sheet.move_range(f"B1:B{sheet.max_row}", cols=40)
    opened(officer, book)
    assert rows(app) == []


def test_an_accepted_row_is_a_change_of_the_officer_and_goes_to_the_phones(
    app, officer, people, ask
):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    at = opened(officer, book)
    number = ask(select(ReturnedRow.row_number))[0][0]
    before = ask(select(Member.rev).where(Member.id == people["Hoa"]))[0][0]
    assert accept(officer, at, number).status_code == 302
    assert data(app, Member, people["Hoa"])["birth_date"] == "1986"
    assert ask(select(Member.rev).where(Member.id == people["Hoa"]))[0][0] > before
    assert rows(app) == [("change", "accepted", [("birth_date", "1986")])]
    kinds = [kind for (kind,) in ask(select(Audit.kind).where(Audit.kind.like("returned%")))]
    assert sorted(kinds) == ["returned_list", "returned_row"]


def test_a_refused_row_writes_nothing_and_may_be_opened_again(app, officer, people, ask):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", NAME).value = "Lò Thị Hoà"
    at = opened(officer, book)
    number = ask(select(ReturnedRow.row_number))[0][0]
    row = f"{at}/rows/{number}"
    officer.submit(f"{row}/refuse", {"why": "Giấy khai sinh ghi Hoa"}, form_at=row)
    assert data(app, Member, people["Hoa"])["full_name"] == "Lò Thị Hoa"
    assert "Giấy khai sinh ghi Hoa" in officer.get(row).get_data(as_text=True)
    officer.submit(f"{row}/reopen", {}, form_at=row)
    assert rows(app)[0][1] == "open"
    accept(officer, at, number)
    assert officer.submit(f"{row}/reopen", {}, form_at="/returned").status_code == 409


def test_the_same_file_twice_is_one(app, officer, people):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    file = BytesIO()
    book.save(file)
    first, second = (
        officer.submit("/returned", {"file": (BytesIO(file.getvalue()), "a.xlsx")})
        for _time in range(2)
    )
    assert first.headers["Location"] == second.headers["Location"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ReturnedList)) == 1


def test_the_same_rows_in_a_file_saved_anew_keep_their_decision(app, officer, people, ask):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    cell(sheet, "Lê Văn Tám", BIRTH).value = "1981"
    at = opened(officer, book)
    number = ask(select(ReturnedRow.row_number).order_by(ReturnedRow.row_number))[0][0]
    row = f"{at}/rows/{number}"
    officer.submit(f"{row}/refuse", {}, form_at=row)
    sheet["AZ1"].value = "Thêm"
    opened(officer, book)
    states = sorted(state for _kind, state, _edits in rows(app))
    assert states == ["open", "refused", "refused", "replaced"]


def test_a_record_changed_meanwhile_shows_three_values_and_waits_for_a_choice(
    app, officer, people, ask
):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    at = opened(officer, book)
    homes.edit(app, "member", people["Hoa"], {"birth_date": "1987"}, {"birth_date": "1985-03-02"})
    number = ask(select(ReturnedRow.row_number))[0][0]
    page = officer.get(f"{at}/rows/{number}").get_data(as_text=True)
    assert all(day in page for day in ("02/03/1985", "1986", "1987"))
    assert accept(officer, at, number).status_code == 400
    accept(officer, at, number, **{"pick.member.birth_date": "recorded"})
    assert data(app, Member, people["Hoa"])["birth_date"] == "1987"


def test_what_was_chosen_against_an_older_page_is_not_written(app, officer, people, ask):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    at = opened(officer, book)
    number = ask(select(ReturnedRow.row_number))[0][0]
    row = f"{at}/rows/{number}"
    seen = hidden_value(officer.get(row).get_data(as_text=True), "seen")
    homes.edit(app, "member", people["Hoa"], {"birth_date": "1987"}, {"birth_date": "1985-03-02"})
    picked = {"pick.member.birth_date": "file", "seen": seen}
    officer.submit(f"{row}/accept", picked, form_at=row)
    assert data(app, Member, people["Hoa"])["birth_date"] == "1987"
    assert "vừa đổi trong lúc bạn xem" in officer.get(row).get_data(as_text=True)


def test_what_breaks_a_rule_cannot_be_accepted(app, officer, people, ask):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "01/01/2080"
    cell(sheet, "Lò Thị Hoa", "Số định danh").value = "12345"
    at = opened(officer, book)
    number = ask(select(ReturnedRow.row_number))[0][0]
    page = officer.get(f"{at}/rows/{number}").get_data(as_text=True)
    assert page.count('<span class="badge badge--danger">không nhận được</span>') == 2
    assert 'form="take"' not in page
    assert accept(officer, at, number).status_code == 409


def test_a_household_s_cell_changes_the_household(app, officer, people, ask):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", "Địa chỉ").value = "Xóm 2"
    cell(sheet, "Lò Thị Hoa", PHONE).value = "0911111111"
    at = opened(officer, book)
    accept(officer, at, ask(select(ReturnedRow.row_number))[0][0])
    home = data(app, Household, people["home"])
    assert (home["address"], home["phone"]) == ("Xóm 2", "0911111111")


def test_a_row_whose_change_another_row_brought_already_is_closed(app, officer, people, ask):
    book, sheet = sent(officer)
    for name in ("Lò Thị Hoa", "Lê Văn Tám"):
        cell(sheet, name, "Địa chỉ").value = "Xóm 2"
    at = opened(officer, book)
    for (number,) in ask(select(ReturnedRow.row_number)):
        assert accept(officer, at, number).status_code == 302
    assert sorted(state for _kind, state, _edits in rows(app)) == ["accepted", "known"]


def test_a_person_who_moved_meanwhile_is_written_where_they_live_now(
    app, officer, people, places, ask
):
    other = homes.write(app, places.villages[1], homes.person("Hà Văn Chủ"), code="XT-009")
    book, sheet = sent(officer)
    cell(sheet, "Lê Văn Tám", "Tên thường gọi").value = "Tám Cò"
    homes.edit(app, "member", people["Tám"], {"household": other}, {"household": people["home"]})
    at = opened(officer, book)
    accept(officer, at, ask(select(ReturnedRow.row_number))[0][0])
    assert data(app, Member, people["Tám"])["known_as"] == "Tám Cò"
    assert ask(select(ReturnedRow.village_id)) == [(places.villages[1].id,)]


def test_a_household_record_is_only_reached_inside_one_s_villages(
    app, officer, people, make, desk_of, places, ask
):
    village = desk_of(make.user("officer", username="một thôn", areas=[places.villages[0]]))
    book, sheet = sent(officer)
    cell(sheet, "Lê Văn Tám", "Tên thường gọi").value = "Tám Cò"
    at = opened(village, book)
    number = ask(select(ReturnedRow.row_number))[0][0]
    other = homes.write(app, places.villages[1], homes.person("Hà Văn Chủ"), code="XT-009")
    homes.edit(app, "member", people["Tám"], {"household": other}, {"household": people["home"]})
    homes.edit(app, "member", people["Tám"], {"known_as": "Tám Ở Xa"})
    page = village.get(f"{at}/rows/{number}").get_data(as_text=True)
    assert "đã chuyển sang địa bàn khác" in page
    assert "Tám Ở Xa" not in page
    row = f"{at}/rows/{number}"
    assert village.submit(f"{row}/accept", {"seen": "x"}, form_at=row).status_code == 302
    assert data(app, Member, people["Tám"])["known_as"] == "Tám Ở Xa"


def test_what_we_count_ourselves_is_told_and_not_taken(app, officer, people):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", "Tình trạng thẻ").value = "còn hạn"
    page = officer.get(opened(officer, book)).get_data(as_text=True)
    assert "Không đưa vào được: Tình trạng thẻ do máy tính ra. Thôn ghi: còn hạn" in page
    assert rows(app) == [("change", "open", [])]


def test_a_new_row_waits_for_a_visit_to_the_household_it_names(app, officer, people, ask):
    book, sheet = sent(officer)
    heads = [each.value for each in sheet[1]]
    new = [""] * len(heads)
    new[heads.index(NAME)], new[heads.index("Mã hộ")] = "Lò Văn Mới", "HL-001"
    new[heads.index("Thôn")], new[heads.index(BIRTH)] = "Hưng Long", "2025"
    sheet.append(new)
    at = opened(officer, book)
    assert rows(app) == [("new", "open", [])]
    row = f"{at}/rows/{ask(select(ReturnedRow.row_number))[0][0]}"
    page = officer.get(row).get_data(as_text=True)
    assert "Có hộ mang mã này" in page
    wrong = officer.submit(f"{row}/ask", {"note": "Đến hỏi", "code": "XX"}, form_at=row)
    assert wrong.status_code == 400
    officer.submit(f"{row}/ask", {"note": "Đến hỏi", "code": "HL-001"}, form_at=row)
    assert rows(app)[0][1] == "asked"
    assert ask(select(Waiting.record_id, Waiting.state)) == [(people["home"], "returned")]


def test_a_row_copied_for_somebody_else_is_not_taken_for_a_change(app, officer, people, ask):
    book, sheet = sent(officer)
    values = [each.value for each in next(sheet.iter_rows(min_row=2, max_row=2))]
    heads = [each.value for each in sheet[1]]
    values[heads.index(NAME)] = "Lò Thị Con"
    sheet.append(values)
    opened(officer, book)
    assert [kind for kind, _state, _edits in rows(app)] == ["twice"]


def test_columns_sorted_apart_from_the_ids_are_kept_back(app, officer, people):
    book, sheet = sent(officer)
    heads = [each.value for each in sheet[1]]
    ids = [sheet.cell(at, 1).value for at in range(2, sheet.max_row + 1)]
    for at, id_ in enumerate([*ids[1:], ids[0]], start=2):
        sheet.cell(at, heads.index("Mã bản ghi") + 1).value = id_
    page = officer.get(opened(officer, book)).get_data(as_text=True)
    assert {kind for kind, _state, _edits in rows(app)} == {"shifted"}
    assert "Dòng mang mã của người khác" in page


def test_deleted_rows_and_columns_do_nothing_and_are_told(app, officer, people):
    book, sheet = sent(officer)
    heads = [each.value for each in sheet[1]]
    sheet.delete_cols(heads.index(BIRTH) + 1)
    sheet.delete_rows(3)
    sheet["C1"].value = "Thôn bản"
    page = officer.get(opened(officer, book)).get_data(as_text=True)
    assert rows(app) == []
    assert "1 người của danh sách không còn trong tệp" in page
    assert "không đọc: Ngày sinh." in page
    assert "“Thôn bản” là cột “Thôn” đã đổi tên" in page


def test_words_of_an_added_column_are_shown_beside_the_person(app, officer, people):
    book, sheet = sent(officer)
    sheet["Z1"].value = "Ghi chú của thôn"
    sheet.cell(cell(sheet, "Lê Văn Tám", NAME).row, 26).value = "đã chuyển đi"
    page = officer.get(opened(officer, book)).get_data(as_text=True)
    assert "(Ghi chú của thôn): đã chuyển đi" in page
    assert rows(app) == [("note", "open", [])]


def test_all_that_is_clear_is_taken_at_once_after_a_look(app, officer, people, ask):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", "Xóm, khu").value = "Khu A"
    cell(sheet, "Lê Văn Tám", "Xóm, khu").value = "Khu A"
    cell(sheet, "Vi Thị Mai", BIRTH).value = None
    at = opened(officer, book)
    page = officer.get(f"{at}/clean").get_data(as_text=True)
    assert "Nhận 2 dòng" in page
    assert "Vi Thị Mai" not in page
    officer.submit(f"{at}/clean")
    assert sorted(state for _kind, state, _edits in rows(app)) == ["accepted", "accepted", "open"]
    assert data(app, Household, people["home"])["hamlet"] == "Khu A"
    assert data(app, Member, people["Mai"])["birth_date"] == "1990-06"


def _without_marks(book):
    del book["bao-phu"]
    return book


def _changed_mark(book):
    sheet = book["bao-phu"]
    sheet["A1"].value = sheet["A1"].value[:-8] + "AAAAAAA="
    return book


def _without_ids(book):
    book["Danh sách"].delete_cols(1)
    return book


def _without_table(book):
    del book["Danh sách"]
    return book


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_without_marks, "không còn phần dấu"),
        (_changed_mark, "đã bị sửa"),
        (_without_ids, "Cột Mã bản ghi"),
        (_without_table, "dòng tiêu đề"),
        (lambda book: Workbook(), "không còn phần dấu"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_what_to_do(officer, people, spoil, words):
    book, _sheet = sent(officer)
    answer = back(officer, spoil(book))
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Mã bản ghi,Họ và tên\nx,Lò Thị Hoa\n".encode(), "lưu thành CSV"),
        (b"PK\x03\x04 broken", "Không đọc được tệp"),
        (b"", "Hãy chọn tệp"),
    ],
)
def test_a_file_of_another_kind_is_refused(officer, people, content, words):
    answer = officer.submit("/returned", {"file": (BytesIO(content), "a.csv")})
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)


def test_a_mark_under_another_person_s_id_reaches_nobody(app, officer, people):
    book, sheet = sent(officer)
    marks = book["bao-phu"]
    marks["A2"].value = marks["A3"].value
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    opened(officer, book)
    assert "birth_date" not in str(rows(app)) or "unknown" in str(rows(app))


def test_people_of_other_areas_are_neither_read_nor_shown(app, make, desk_of, places, people):
    admin = desk_of(make.user("officer", username="cả xã", areas=[places.commune]))
    village = desk_of(make.user("officer", username="một thôn", areas=[places.villages[0]]))
    book, sheet = sent(admin)
    cell(sheet, "Vi Thị Mai", BIRTH).value = "1991"
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    page = village.get(opened(village, book)).get_data(as_text=True)
    assert "Vi Thị Mai" not in page
    assert "1 dòng về người ở ngoài địa bàn" in page
    assert len(rows(app)) == 1


def test_the_start_page_and_the_lists_lead_here(officer, people):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    at = opened(officer, book, filled_by="Trưởng thôn Hưng Long")
    assert 'href="/returned"' in officer.get("/").get_data(as_text=True)
    assert 'href="/returned"' in officer.get("/lists").get_data(as_text=True)
    assert 'href="/returned"' in officer.get("/lists/uninsured").get_data(as_text=True)
    index = officer.get("/returned").get_data(as_text=True)
    assert at in index
    assert "Trưởng thôn Hưng Long" in index
    assert officer.get(f"{at}/next").headers["Location"].startswith(f"{at}/rows/")


def test_two_officers_decide_a_row_once(app, officer, people, make, desk_of, places, ask):
    other = desk_of(make.user("officer", username="người thứ hai", areas=[places.commune]))
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    at = opened(officer, book)
    row = f"{at}/rows/{ask(select(ReturnedRow.row_number))[0][0]}"
    officer.submit(f"{row}/refuse", {}, form_at=row)
    for verb in ("accept", "refuse", "ask"):
        answer = other.submit(f"{row}/{verb}", {"note": "x"}, form_at="/returned")
        assert answer.status_code == 302
    assert rows(app)[0][1] == "refused"
    assert "đã được quyết định" in other.get("/returned").get_data(as_text=True)


GETS = ("", "/next", "/clean", "/rows/{n}")
POSTS = ("/clean", "/rows/{n}/accept", "/rows/{n}/refuse", "/rows/{n}/ask", "/rows/{n}/reopen")


@pytest.fixture
def one(officer, people, ask):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", BIRTH).value = "1986"
    at = opened(officer, book)
    return at, ask(select(ReturnedRow.row_number))[0][0]


@pytest.mark.parametrize("who", ["stranger", "no room", "surveyor"])
def test_who_may_not_gets_nothing(one, make, desk_of, places, who, officer):
    at, number = one
    if who == "surveyor":
        user = make.user("surveyor", username=who, areas=[places.villages[0]])
    else:
        area = places.other_commune if who == "stranger" else places.commune
        user = make.user("officer", username=who, areas=[area], lists_room=who == "stranger")
    desk = desk_of(user)
    refused = 404 if who == "stranger" else 403
    for path in GETS:
        assert desk.get(at + path.format(n=number)).status_code == refused, path
    for path in POSTS:
        answer = desk.submit(at + path.format(n=number), {}, form_at="/households")
        assert answer.status_code == refused, path
    if who != "stranger":
        assert desk.get("/returned").status_code == 403
        assert desk.submit("/returned", {}, form_at="/households").status_code == 403


def test_what_is_not_there_is_not_found(one, officer):
    at, number = one
    for path in GETS:
        for place in (f"/returned/{NONE}{path.format(n=number)}", f"{at}/rows/999"):
            assert officer.get(place).status_code == 404
    for path in POSTS:
        gone = f"/returned/{NONE}{path.format(n=number)}"
        assert officer.submit(gone, {}, form_at="/returned").status_code == 404


@pytest.mark.parametrize("old", [False, True])
def test_a_new_secret_key_concerns_no_file_that_is_out(app, officer, people, old, monkeypatch):
    """Files that left before were sealed under SECRET_KEY: they come back as long as that stays."""
    if old:
        secret = str(app.config["SECRET_KEY"]).encode()
        monkeypatch.setattr(list_marks, "FORMAT", list_marks.OLD_FORMAT)
        monkeypatch.setattr(routes, "key_to_seal", lambda: secret)
    book, sheet = sent(officer)
    monkeypatch.undo()
    cell(sheet, "Lò Thị Hoa", NAME).value = "Lò Thị Hoà"
    if not old:
        monkeypatch.setitem(app.config, "SECRET_KEY", "another secret, long enough to be one")
        officer = Desk(app, officer.user)
    opened(officer, book)
    assert rows(app) == [("change", "open", [("full_name", "Lò Thị Hoà")])]


def test_what_a_row_said_ends_ninety_days_after_it_was_decided(app, officer, people, ask):
    book, sheet = sent(officer)
    cell(sheet, "Lò Thị Hoa", NAME).value = "Lò Thị Hoà"
    cell(sheet, "Lê Văn Tám", NAME).value = "Lê Văn Tâm"
    at = opened(officer, book)
    numbers = dict(ask(select(ReturnedRow.member_id, ReturnedRow.row_number)))
    row = f"{at}/rows/{numbers[people['Hoa']]}"
    officer.submit(f"{row}/refuse", {"why": "Giấy khai sinh ghi Hoa"}, form_at=row)
    for days, left in ((89, 1), (91, 0)):
        decided_before(app, days)
        forget(app)
        said = [read for (read,) in ask(select(ReturnedRow.data)) if "Lò Thị" in read]
        assert len(said) == left
    page = officer.get(row).get_data(as_text=True)
    assert "Nội dung của dòng đã được xóa, 90 ngày sau khi xử lý." in page
    assert "Giấy khai sinh" not in page
    assert "Đã xóa nội dung" in officer.get(f"{at}?state=refused").get_data(as_text=True)
    assert officer.submit(f"{row}/reopen", {}, form_at="/returned").status_code == 409
    cell(sheet, "Vi Thị Mai", PHONE).value = "0912 000 009"
    again = opened(officer, book)
    assert again != at
    assert sorted(state for _kind, state, _edits in rows(app)) == [
        "open", "open", "refused", "refused", "replaced",
    ]  # fmt: skip


def decided_before(app, days):
    with app.app_context():
        at = now() - datetime.timedelta(days=days)
        changed = update(ReturnedRow).where(ReturnedRow.decided_at.is_not(None))
        db.session.execute(changed.values(decided_at=at))
        db.session.commit()
