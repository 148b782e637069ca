"""Law as data at the desk: everybody reads the tables, an administrator adds rows to them."""

import re

import orjson
import pytest
from sqlalchemy import select

from schemas.sync import REFERENCE_FEED
from server.desk.law import slots_of
from server.domain.legal.adding import read_row
from server.domain.legal.reading import table_names
from server.domain.legal.slots import slots
from server.errors import Problem
from server.store.area_loading import load_areas
from server.store.db import reading, transaction
from server.store.feeds import ReferenceRecord
from server.store.legal import LEGAL_TABLE, add_legal_row, legal_tables
from server.store.legal_rows import AddedRow
from server.store.people import Audit
from tests.actors import hidden_value
from tests.fake_phone import FakePhone

PAPER = {
    "number": "NĐ 200/2026/NĐ-CP",
    "issuer": "Chính phủ",
    "issued_on": "2026-11-01",
    "article": "Điều 3",
    "link": "https://vanban.chinhphu.vn/200",
}
SALARY = {
    "item": "base_salary",
    "value": "2.700.000",
    "valid_from": "2026-12-01",
    "valid_to": "",
    **PAPER,
}
RESOLUTION = {
    "item": "average_farm",
    "where": "38",
    "value": "20",
    "valid_from": "2026-12-01",
    **PAPER,
    "number": "NQ 12/2026/NQ-HĐND",
    "issuer": "HĐND tỉnh Thanh Hóa",
}


@pytest.fixture
def add(as_admin):
    """An administrator fills in the form, looks at what changes, and writes it."""

    def write(table, typed, **more):
        path = f"/law/{table}/add"
        form = f"{path}?item={typed['item']}"
        seen = as_admin.submit(path, {**typed, "step": "check", **more}, form_at=form)
        assert seen.status_code == 200, seen.text
        mark = hidden_value(seen.text, "mark")
        answer = as_admin.submit(
            path, {**typed, "step": "write", "mark": mark, **more}, form_at=form
        )
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"].rpartition("/")[2]

    return write


def check(as_admin, table, typed):
    path = f"/law/{table}/add"
    form_at = f"{path}?item={typed['item']}"
    return as_admin.submit(path, {**typed, "step": "check"}, form_at=form_at)


@pytest.fixture
def farmer(make, places, as_officer) -> str:
    """Of a recognised farm household in Thanh Hóa."""
    officer = as_officer.user
    home, (person,) = make.household(officer, places.villages[0], ["Đặng Văn Phúc"])
    make.write(officer, "household", {"average_farm": True}, record=home)
    born = {"birth_date": "1980-05-17", "ethnic_group": "01", "work": "farm"}
    make.write(officer, "member", born | {"registration": "permanent"}, record=person)
    return person


def why(who, person, day):
    answer = who.get(f"/people/{person}/why", query_string={"day": day})
    assert answer.status_code == 200
    return answer.text


def published(ask, table):
    legal = ReferenceRecord.id == f"{LEGAL_TABLE}:{table}"
    found = ask(select(ReferenceRecord.rev, ReferenceRecord.data).where(legal))
    return [(rev, orjson.loads(data)["rows"]) for rev, data in found]


@pytest.mark.parametrize("role", ["as_surveyor", "as_officer", "as_bhxh", "as_viewer", "as_admin"])
def test_everybody_at_the_desk_reads_every_table(app, request, role):
    who = request.getfixturevalue(role)
    page = who.get("/law").text
    for name in table_names():
        assert f'href="/law/{name}"' in page
    assert "Lương cơ sở" in who.get("/law/base_salary").text


def test_nobody_reads_without_signing_in(client):
    for path in ("/law", "/law/base_salary", "/law/base_salary/add", "/law/rows/x"):
        assert client.get(path).headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("table", table_names())
def test_no_table_shows_a_code_of_the_program(as_admin, table):
    page = re.sub("<[^>]*>", " ", as_admin.get(f"/law/{table}").text)
    for code in ("OPEN", "VND", " yes ", "known", "holiday", "former", "every_other", "None"):
        assert code not in page
    if table != "group_order":
        assert as_admin.get(f"/law/{table}/add").status_code == 200


def test_a_table_says_value_dates_paper_and_how_certain(as_viewer):
    page = as_viewer.get("/law/base_salary").text
    for words in (
        "2.530.000 đồng mỗi tháng",
        "01/07/2026",
        "NĐ 161/2026/NĐ-CP",
        "đã đọc văn bản",
        "chưa đối chiếu văn bản",
        "Đang áp dụng",
        "Hết hiệu lực",
    ):
        assert words in page
    assert "chưa biết" in as_viewer.get("/law/local_support?day=2026-11-22&where=52").text


def test_the_rows_of_a_day_and_of_a_province_can_be_asked_for(as_viewer):
    page = as_viewer.get("/law/base_salary?day=2024-01-01").text
    assert "1.800.000" in page
    assert "2.530.000" not in page
    assert "NQ 35/2025" not in as_viewer.get("/law/local_support?where=38").text
    assert "Không có dòng nào như vậy" in as_viewer.get("/law/base_salary?day=2001-01-01").text
    assert as_viewer.get("/law/base_salary?day=heute").status_code == 400


def test_a_table_that_is_none_is_not_found(as_admin):
    for path in ("/law/x", "/law/x/add", "/law/base_salary/add?item=x", "/law/group_order/add"):
        assert as_admin.get(path).status_code == 404
    assert as_admin.get("/law/rows/x").status_code == 404
    answer = as_admin.submit("/law/x/add", SALARY, form_at="/law/base_salary/add")
    assert answer.status_code == 404


def test_only_administrators_add_and_withdraw(as_officer, add):
    row = add("base_salary", SALARY)
    assert "/law/base_salary/add" not in as_officer.get("/law/base_salary").text
    assert as_officer.get("/law/base_salary/add").status_code == 403
    for path in ("/law/base_salary/add", f"/law/rows/{row}/withdraw"):
        assert as_officer.submit(path, SALARY, form_at="/account").status_code == 403
    page = as_officer.get(f"/law/rows/{row}").text
    assert "NĐ 200/2026/NĐ-CP" in page
    assert "Rút dòng này" not in page


def test_the_form_says_first_which_items_a_table_has(as_admin):
    page = as_admin.get("/law/local_support/add").text
    assert "Hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình" in page
    assert "Nhân viên y tế thôn bản" in page
    form = as_admin.get("/law/local_support/add?item=average_farm").text
    assert "Tỉnh Thanh Hóa" in form
    assert "Mọi nhóm khác" in form


def test_before_it_is_written_the_page_says_what_changes(as_admin, ask):
    page = check(as_admin, "base_salary", SALARY).text
    assert (
        "Từ 01/12/2026: lương cơ sở (mức tham chiếu) là 2.700.000 đồng mỗi tháng, thay cho"
        " 2.530.000 đồng mỗi tháng." in page
    )
    assert "Đến hết 30/11/2026 vẫn là 2.530.000 đồng mỗi tháng." in page
    assert ask(select(AddedRow.id)) == []


def test_the_page_says_what_comes_after_an_end_and_what_looks_odd(as_admin):
    typed = SALARY | {"value": "27.000.000", "valid_to": "2026-12-31"}
    page = check(as_admin, "base_salary", typed).text
    assert "Từ 01/01/2027 lại theo dòng khác: 2.530.000 đồng mỗi tháng." in page
    assert "Xem lại có thừa hoặc thiếu số không." in page
    past = check(as_admin, "base_salary", SALARY | {"valid_from": "2026-01-01"}).text
    assert "Từ 01/01/2026 đến hết 30/06/2026" in past
    assert "Ngày đã qua cũng tính lại" in past
    never = SALARY | {"valid_from": "2019-01-01", "valid_to": "2019-06-30"}
    assert "Trước chưa có dòng nào" in check(as_admin, "base_salary", never).text


def test_support_of_a_province_says_what_it_takes_the_place_of(as_admin):
    page = check(as_admin, "local_support", RESOLUTION).text
    assert "có mức sống trung bình (Tỉnh Thanh Hóa) là 20" in page
    assert "Trước chưa biết là bao nhiêu." in page


def test_without_its_row_a_province_falls_back_to_its_other_groups(as_admin, add):
    row = add("local_support", RESOLUTION)
    page = as_admin.get(f"/law/rows/{row}").text
    assert "chưa biết là bao nhiêu, trước là 20" in page
    add("local_support", RESOLUTION | {"item": "every_other_group", "value": "0"})
    page = as_admin.get(f"/law/rows/{row}").text
    assert "là 0\xa0%, thay cho 20\xa0%" in page


def test_the_form_can_be_gone_back_to_with_everything_typed(as_admin):
    path = "/law/base_salary/add"
    page = as_admin.submit(path, {**SALARY, "step": "edit"}).text
    for typed in ("2.700.000", "2026-12-01", "NĐ 200/2026/NĐ-CP", "https://vanban"):
        assert typed in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": "-1"}, "Số âm"),
        ({"value": "5"}, "Ghi từ 1.000 đến 1.000.000.000."),
        ({"value": ""}, "Mục này cần có."),
        ({"valid_from": ""}, "Chọn một ngày."),
        ({"valid_to": "2026-11-30"}, "Ngày cuối ở trước ngày bắt đầu"),
        ({"number": "", "issuer": ""}, "Dòng luật nào cũng phải có văn bản"),
        ({"issued_on": "2199-01-01"}, "Văn bản chưa ban hành"),
        ({"link": "javascript:alert(1)"}, "bắt đầu bằng https://"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(as_admin, ask, typed, words):
    answer = check(as_admin, "base_salary", SALARY | typed)
    assert answer.status_code == 400
    assert words in answer.text
    assert "Điều 3" in answer.text
    assert ask(select(AddedRow.id)) == []


def test_a_province_is_needed_where_provinces_decide(as_admin):
    answer = check(as_admin, "local_support", RESOLUTION | {"where": ""})
    assert answer.status_code == 400
    assert "Chọn nơi áp dụng." in answer.text


def test_a_second_row_for_the_same_day_says_which_one_stands(as_admin, add):
    add("base_salary", SALARY)
    answer = check(as_admin, "base_salary", SALARY | {"value": "2.800.000"})
    assert answer.status_code == 400
    assert "2.700.000 đồng mỗi tháng, theo NĐ 200/2026/NĐ-CP Điều 3" in answer.text


def test_what_was_looked_at_is_what_is_written(as_admin, add):
    """Somebody else changed the tables between the look and the click."""
    seen = check(as_admin, "base_salary", SALARY)
    add("base_salary", SALARY | {"valid_from": "2027-03-01"})
    mark = hidden_value(seen.text, "mark")
    path = "/law/base_salary/add"
    answer = as_admin.submit(path, {**SALARY, "step": "write", "mark": mark})
    assert answer.status_code == 200
    assert "Người khác vừa sửa bảng luật" in answer.text
    assert "đến hết 28/02/2027" in answer.text


def test_a_new_base_salary_counts_from_its_day_and_not_the_day_before(as_officer, add, farmer):
    add("base_salary", SALARY)
    assert "1.366.200" in why(as_officer, farmer, "2026-11-30")
    page = why(as_officer, farmer, "2026-12-01")
    assert "1.458.000" in page
    assert "1.366.200" not in page
    assert "NĐ 200/2026/NĐ-CP Điều 3 (Chính phủ, 01/11/2026)" in page


def test_a_provinces_own_support_lowers_what_its_people_pay(as_officer, add, farmer):
    before = why(as_officer, farmer, "2026-12-01")
    assert "nhiều nhất 956.340" in before
    add("local_support", RESOLUTION)
    after = why(as_officer, farmer, "2026-12-01")
    assert "273.240" in after, "20 % of 1.366.200"
    assert "683.100" in after
    assert "nhiều nhất 956.340" in why(as_officer, farmer, "2026-11-30")


def test_a_withdrawn_row_counts_no_more_and_stays_on_record(as_admin, as_officer, add, farmer, ask):
    row = add("base_salary", SALARY)
    page = as_admin.get(f"/law/rows/{row}").text
    assert "2.530.000 đồng mỗi tháng, thay cho 2.700.000 đồng mỗi tháng." in page
    path = f"/law/rows/{row}/withdraw"
    here = f"/law/rows/{row}"
    empty = as_admin.submit(path, {"reason": " "}, form_at=here)
    assert (empty.status_code, "Ghi lý do" in empty.text) == (400, True)
    assert as_admin.submit(path, {"reason": "Gõ nhầm"}, form_at=here).status_code == 302
    assert "1.366.200" in why(as_officer, farmer, "2026-12-01")
    assert "Gõ nhầm" in as_officer.get("/law/base_salary").text
    assert "Gõ nhầm" in as_officer.get(here).text
    again = as_admin.submit(path, {"reason": "Lần nữa"}, form_at="/account")
    assert again.status_code == 409
    assert ask(select(AddedRow.withdrawn_reason)) == [("Gõ nhầm",)]
    assert add("base_salary", SALARY) != row


def test_withdrawing_nothing_is_not_found(as_admin):
    answer = as_admin.submit("/law/rows/x/withdraw", {"reason": "x"}, form_at="/account")
    assert answer.status_code == 404


def test_phones_get_the_row_with_their_next_sync(make, places, phone_of, add):
    surveyor = make.user("surveyor", areas=[places.villages[0]])
    phone = FakePhone(phone_of(surveyor), [places.villages[0].id, REFERENCE_FEED])
    phone.sync()
    assert not tables_on(phone)
    add("base_salary", SALARY)
    phone.sync()
    rows = tables_on(phone)["base_salary"]
    assert rows[-1][2:5] == ["2700000", "VND/month", "2026-12-01"]
    assert rows[0][3:5] == ["VND/month", "2019-07-01"], "the program's rows stand before it"


def tables_on(phone):
    held = phone.records.get(REFERENCE_FEED, {})
    carried = [record["data"] for (entity, _id), record in held.items() if entity == LEGAL_TABLE]
    return {data["name"]: data["rows"] for data in carried}


def test_loading_the_areas_again_keeps_added_rows(app, make, ask):
    with app.app_context(), transaction():
        load_areas()
    admin = make.user("admin")
    with app.app_context(), transaction():
        read = read_row(slots_of("base_salary")["base_salary"], SALARY, "2026-11-22")
        assert read.row is not None
        assert read.document is not None
        add_legal_row(read.row, read.document, admin.id)
    known = published(ask, "base_salary")
    with app.app_context(), transaction():
        assert load_areas().published == 0
    assert published(ask, "base_salary") == known
    assert known[0][1][-1][2] == "2700000"


def test_the_tables_are_kept_until_a_row_is_added(app, make):
    admin = make.user("admin")

    def tables():
        with app.app_context(), reading():
            return legal_tables()

    first = tables()
    assert tables() is first
    with app.app_context(), transaction():
        slot = slots(first, "base_salary", "2026-11-22", [])["base_salary"]
        read = read_row(slot, SALARY, "2026-11-22")
        assert read.row is not None
        assert read.document is not None
        add_legal_row(read.row, read.document, admin.id)
        with pytest.raises(Problem, match="conflict"):
            add_legal_row(read.row, read.document, admin.id)
    raised = tables().in_force("2026-12-01", "base_salary", "base_salary")
    assert raised == read.row
    assert tables() is tables()


def test_a_withdrawn_row_leaves_the_phones(as_admin, add, ask):
    row = add("base_salary", SALARY)
    here = f"/law/rows/{row}"
    as_admin.submit(f"{here}/withdraw", {"reason": "Gõ nhầm"}, form_at=here)
    [(_rev, rows)] = published(ask, "base_salary")
    assert "2700000" not in {cells[2] for cells in rows}


def test_what_was_done_to_the_law_is_in_the_log(as_admin, add, ask, places):
    row = add("local_support", RESOLUTION)
    here = f"/law/rows/{row}"
    as_admin.submit(f"{here}/withdraw", {"reason": "Gõ nhầm"}, form_at=here)
    page = as_admin.get("/audit").text
    assert "Thêm dòng luật" in page
    assert "Rút dòng luật" in page
    assert f'href="{here}"' in page
    kinds = ask(select(Audit.kind, Audit.area_id).where(Audit.subject == row))
    assert sorted(kinds) == [
        ("law_add", places.province.id),
        ("law_withdraw", places.province.id),
    ]


def test_a_day_off_is_named_and_shown_by_its_name(as_admin, add):
    day = {
        "item": "day",
        "value": "holiday",
        "name": "Nghỉ bù bão",
        "valid_from": "2027-09-10",
        "valid_to": "2027-09-10",
        **PAPER,
    }
    page = check(as_admin, "days_off", day).text
    assert "một ngày nghỉ hoặc ngày làm bù (Nghỉ bù bão) là ngày lễ, được nghỉ" in page
    add("days_off", day)
    assert "Nghỉ bù bão" in as_admin.get("/law/days_off?day=2027-09-10").text


def test_a_value_nobody_knows_can_be_written_as_such(as_officer, as_admin, add, farmer):
    add("base_salary", SALARY | {"value": "", "unknown": "y"})
    assert "bảng 'Lương cơ sở'" in why(as_officer, farmer, "2026-12-01")
    assert "chưa biết" in as_admin.get("/law/base_salary?day=2026-12-01").text


def test_in_english_the_sentences_are_english(as_admin):
    as_admin.get("/language/en")
    assert "Legal tables" in as_admin.get("/law").text
    assert "instead of" in check(as_admin, "base_salary", SALARY).text
