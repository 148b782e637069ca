"""Lists that a worker reads: how far it is, what it found, and nothing twice."""

import csv
from io import BytesIO, StringIO

import orjson
import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select, update

from server.roster import job_routes, streaming
from server.store.db import db, new_id, now, reading, transaction
from server.store.imported_lists import ImportedList, ImportedRow, latest_list, rows_of
from server.store.jobs import SILENT, Job, JobLine, JobState, Stopped, take_up
from server.store.people import Audit, User
from server.store.places import School
from server.store.plans import ImportMapping, ImportRun
from server.store.records import Member
from server.work import work_once
from tests.http.test_imports import FAMILY, HEADING, as_csv, as_xlsx, counted
from tests.unit.tables.test_encodings import in_tcvn3

BHXH = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Mã số BHXH", "Số CCCD", "Từ ngày",
        "Đến ngày", "Địa chỉ"]  # fmt: skip
PEOPLE = [
    ["1", "Cầm Bá Thức", "17/05/1980", "Nam", "3812345678", "038080001234", "01/01/2026",
     "31/12/2026", "Hưng Long"],
    ["2", "Vi Thị Hoa", "1983", "Nữ", "3812345679", "", "01/01/2026", "31/12/2026", "Hưng Long"],
    ["3", "Lê Thị Mơ", "03/1955", "Nữ", "", "038155000077", "", "30/06/2026", "Hưng Long"],
]  # fmt: skip


@pytest.fixture
def work(app):
    """Do what waits, all of it."""

    def until_none_waits():
        while work_once(app, "worker"):
            pass

    return until_none_waits


def upload(desk, data, kind="bhxh_list", name="danh-sach.csv", **more):
    return desk.submit("/imports", {"kind": kind, "file": (BytesIO(data), name), **more})


def hidden_of(page):
    names = ("csrf_token", "kind", "commune", "school", "file_name", "digest", "how")
    cut = {name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in names}
    return {name: value.replace("&#34;", '"') for name, value in cut.items()}


def columns_of(page):
    """What each column is taken for on the mapping page."""
    found = {}
    for part in page.split('<select name="col-')[1:]:
        place, rest = part.partition('"')[::2]
        chosen = rest.partition("</select>")[0].partition('" selected')[0]
        has = " selected" in rest.partition("</select>")[0]
        found[f"col-{place}"] = chosen.rpartition('value="')[2] if has else ""
    return found


def look(desk, data, work, kind="bhxh_list", columns=None, **more):
    """Upload, say yes to the columns if asked, and let the worker look: the address of the job."""
    answer = upload(desk, data, kind, **more)
    if answer.status_code == 200:
        page = answer.get_data(as_text=True)
        assert "Các cột của tệp" in page, page
        told = hidden_of(page) | columns_of(page) | (columns or {})
        answer = desk.client.post("/imports/look", data=told)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    work()
    return answer.location


def keep(desk, data, work, **more):
    """The same, and the word to keep it: the address of the run."""
    job = look(desk, data, work, **more)
    answer = desk.submit(f"{job}/write", {}, form_at=job)
    assert answer.status_code == 302
    work()
    return desk.get(answer.location).location


def outcomes(ask):
    return dict(ask(select(JobLine.row, JobLine.outcome)))


def told(ask, row):
    [(data,)] = ask(select(JobLine.data).where(JobLine.row == row))
    return [fault["code"] for fault in orjson.loads(data)["faults"]]


def test_who_asks_for_no_job_or_list_finds_none(as_officer, places):
    for address in ("jobs", "lists"):
        assert as_officer.get(f"/imports/{address}/{new_id()}").status_code == 404
    assert as_officer.get(f"/imports/jobs/{new_id()}/report.csv").status_code == 404
    for deed in ("write", "cancel"):
        answer = as_officer.submit(f"/imports/jobs/{new_id()}/{deed}", {}, form_at="/imports")
        assert answer.status_code == 404
    for step in ("columns", "look"):
        form = {"kind": "bhxh_list", "digest": "0" * 64}
        assert as_officer.submit(f"/imports/{step}", form, form_at="/imports").status_code == 404


def test_another_communes_job_and_list_are_not_shown(as_officer, as_stranger, places, work, ask):
    run = keep(as_officer, as_csv(PEOPLE, BHXH), work)
    [(list_id,)] = ask(select(ImportedList.id))
    jobs = [job for (job,) in ask(select(Job.id))]
    assert as_officer.get(run).status_code == 200
    assert as_officer.get(f"/imports/lists/{list_id}").status_code == 200
    assert as_stranger.get(f"/imports/lists/{list_id}").status_code == 403
    for job in jobs:
        assert as_stranger.get(f"/imports/jobs/{job}").status_code == 403
        assert as_stranger.get(f"/imports/jobs/{job}/report.csv").status_code == 403
        for deed in ("write", "cancel"):
            answer = as_stranger.submit(f"/imports/jobs/{job}/{deed}", {}, form_at="/imports")
            assert answer.status_code == 403


def test_only_officers_and_administrators_ask_for_jobs(as_surveyor, as_viewer, as_bhxh):
    for desk in (as_surveyor, as_viewer, as_bhxh):
        for step in ("columns", "look"):
            assert desk.submit(f"/imports/{step}", {}, form_at="/").status_code == 403
        assert desk.get(f"/imports/jobs/{new_id()}").status_code == 403
        assert desk.get(f"/imports/lists/{new_id()}").status_code == 403


@pytest.mark.parametrize("kind", ["bhxh_list", "bhxh_due", "school_roll"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_every_template_of_a_list_can_be_kept_as_it_is(as_officer, places, work, kind, ending, ask):
    sample = as_officer.get(f"/imports/templates/{kind}.{ending}").get_data()
    keep(as_officer, sample, work, kind=kind)
    assert ask(select(ImportedList.kind, ImportedList.row_count)) == [(kind, 2)]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_list_is_kept_beside_the_records(as_officer, places, work, ask, write):
    before = counted(ask, Member)
    keep(as_officer, write(PEOPLE, BHXH), work)
    assert counted(ask, Member) == before
    rows = [orjson.loads(data) for (_n, _p, data) in ask(rows_of(*ask(select(ImportedList.id))[0]))]
    assert rows[0] | {"raw": None} == {
        "full_name": "Cầm Bá Thức", "birth_date": "1980-05-17", "sex": "male",
        "personal_id": "038080001234", "bhxh_number": "3812345678", "valid_from": "2026-01-01",
        "valid_to": "2026-12-31", "address": "Hưng Long", "raw": None,
    }  # fmt: skip
    assert rows[1]["birth_date"] == "1983"
    assert rows[2]["raw"]["Ngày sinh"] == "03/1955"


def test_a_dry_run_keeps_nothing(as_officer, places, work, ask):
    page = as_officer.get(look(as_officer, as_csv(PEOPLE, BHXH), work)).get_data(as_text=True)
    assert "Giữ danh sách" in page
    assert counted(ask, ImportedRow) == counted(ask, ImportedList) == 0


def test_the_same_list_twice_changes_nothing(as_officer, places, work, ask):
    data = as_csv(PEOPLE, BHXH)
    keep(as_officer, data, work)
    job = look(as_officer, data, work)
    page = as_officer.get(job).get_data(as_text=True)
    assert "Tệp này đã được nhập ngày" in page
    assert "không có gì mới để ghi" in page
    assert as_officer.submit(f"{job}/write", {}, form_at=job).status_code == 403
    assert (counted(ask, ImportedList), counted(ask, ImportedRow)) == (1, 3)


def test_the_next_list_is_compared_with_the_one_before(as_officer, places, work, ask):
    keep(as_officer, as_csv(PEOPLE, BHXH), work)
    later = [row[:] for row in PEOPLE[:2]]
    later[0][7] = "31/12/2027"
    later.append(["3", "Hà Văn Mới", "1990", "Nam", "3812345680", "", "", "", ""])
    job = look(as_officer, as_csv(later, BHXH), work)
    page = as_officer.get(f"{job}?outcome=changed").get_data(as_text=True)
    assert "Thẻ đến: 31/12/2026 → 31/12/2027" in page
    as_officer.submit(f"{job}/write", {}, form_at=job)
    work()
    assert counted(ask, ImportedList) == 2
    newest = ask(select(ImportedList.id).order_by(ImportedList.imported_at.desc()))[0][0]
    page = as_officer.get(f"/imports/lists/{newest}").get_data(as_text=True)
    assert "thêm 1, bớt 1" in page


def messy():
    """A list as it comes: titles, a heading over two rows, an old font, lost zeros, totals."""
    book, output = Workbook(), BytesIO()
    notes = book.worksheets[0]
    notes.title = "Ghi chú"
    notes.append(["Tệp do phòng thu lập"])
    sheet = book.create_sheet("DS")
    for row in (
        ["BẢO HIỂM XÃ HỘI CƠ SỞ THƯỜNG XUÂN"],
        ["DANH SÁCH NGƯỜI THAM GIA, XÃ THƯỜNG XUÂN, tháng 11 năm 2026"],
        ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Mã số BHXH", "Thẻ BHYT", None],
        [None, None, None, None, None, "Từ ngày", "Đến ngày"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["Thôn Hưng Long"],
        [1, in_tcvn3("Nguyễn Văn Hùng"), 1980, 38080001234, 112345678, "01/01/2026", 46387],
        [2, in_tcvn3("Lê Thị Mơ"), "17/05/1955", "3.8E+10", "3812345679", "01/01/2026", "2026"],
        [3, in_tcvn3("Phạm Đức Thọ"), "31/02/1990", "", "3812345670", "", ""],
        [4, "Vi Thi\u0323 Hoa", "", "", "3812345671", "01/01/2026", "31/12/2025"],
        [5, in_tcvn3("Trần Quốc Tuấn"), "00/00/1975", "", "3812345672", "", "12/2026"],
        [None, "Tổng cộng: 5 người"],
        [None, None, None, None, "Ngày 20 tháng 11 năm 2026"],
        [None, "NGƯỜI LẬP BIỂU", None, None, "GIÁM ĐỐC"],
        [None, "Hoàng Thị Ký"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("F3:G3")
    book.save(output)
    return output.getvalue()


def test_a_messy_list_comes_with_a_report_that_explains_every_row(as_officer, places, work, ask):
    job = look(as_officer, messy(), work)
    page = as_officer.get(job).get_data(as_text=True)
    assert "TCVN3 (ABC), đã chuyển" in page
    assert "đã đọc trang “DS”" in page
    assert "tiêu đề của bảng ở dòng 3" in page
    assert outcomes(ask) == {
        5: "left_out", 6: "left_out", 7: "new", 8: "faulty", 9: "faulty", 10: "faulty", 11: "new",
        12: "left_out", 13: "left_out", 14: "left_out", 15: "left_out",
    }  # fmt: skip
    assert told(ask, 7) == ["zero_restored", "zero_restored", "serial_date"]
    assert told(ask, 8) == ["rounded_number"]
    assert told(ask, 9) == ["not_a_date"]
    assert told(ask, 10) == ["ends_before_start"]
    assert [told(ask, row)[0] for row in (5, 6, 12, 13)] == [
        "numbering", "section", "totals", "signature",
    ]  # fmt: skip


def test_what_is_kept_of_a_messy_list_is_right(as_officer, places, work, ask):
    keep(as_officer, messy(), work)
    [(list_id, made_on)] = ask(select(ImportedList.id, ImportedList.made_on))
    assert made_on == "2026-11"
    rows = {number: orjson.loads(data) for number, _person, data in ask(rows_of(list_id))}
    assert rows.keys() == {7, 11}
    assert rows[7] | {"raw": None} == {
        "full_name": "Nguyễn Văn Hùng", "birth_date": "1980", "personal_id": "038080001234",
        "bhxh_number": "0112345678", "valid_from": "2026-01-01", "valid_to": "2026-12-31",
        "raw": None,
    }  # fmt: skip
    assert rows[11]["full_name"] == "Trần Quốc Tuấn"
    assert (rows[11]["birth_date"], rows[11]["valid_to"]) == ("1975", "2026-12")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_report_is_taken_away_with_a_line_for_each_row(as_officer, places, work, ending, ask):
    job = look(as_officer, messy(), work)
    data = as_officer.get(f"{job}/report.{ending}").get_data()
    if ending == "csv":
        rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(BytesIO(data)).worksheets[0]
        rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows[1:]] == [str(row) for row in range(5, 16)]
    assert "mất số 0 ở đầu, đã hiểu là 038080001234" in rows[3][2]
    assert ask(select(func.count()).where(Audit.subject == "import_report"))[0][0] >= 1
    assert as_officer.get(f"{job}/report.pdf").status_code == 404


def test_what_an_officer_says_of_the_columns_is_remembered(as_officer, places, work, ask):
    heading = ["A", "B", "C"]
    rows = [["Cầm Bá Thức", "1980", "3812345678"]]
    columns = {"col-0": "full_name", "col-1": "birth_date", "col-2": "bhxh_number"}
    asked = upload(as_officer, as_csv(rows, heading)).get_data(as_text=True)
    assert "Thiếu cột “Họ và tên”" in asked
    assert "Cầm Bá Thức" in asked
    keep(as_officer, as_csv(rows, heading), work, columns=columns)
    assert counted(ask, ImportMapping) == 1
    again = upload(as_officer, as_csv([["Vi Thị Hoa", "1983", ""]], heading))
    assert again.status_code == 302
    [(data,)] = ask(select(ImportedRow.data))
    assert orjson.loads(data)["raw"] == {"A": "Cầm Bá Thức", "B": "1980", "C": "3812345678"}


def test_the_columns_of_a_roster_may_be_set_right_too(as_officer, places, ask):
    heading = ["Thôn", "Mã hộ", "Ai", *HEADING[3:]]
    page = upload(as_officer, as_csv(FAMILY, heading), "households").get_data(as_text=True)
    told = hidden_of(page) | columns_of(page) | {"col-2": "full_name"}
    looked = as_officer.client.post("/imports/look", data=told).get_data(as_text=True)
    assert "Không có lỗi" in looked
    as_officer.client.post("/imports/confirm", data=hidden_of(looked))
    assert counted(ask, Member) == 3
    assert counted(ask, ImportMapping) == 1
    again = upload(as_officer, as_csv(FAMILY, heading), "households").get_data(as_text=True)
    assert "không có gì mới để ghi" in again
    assert "Tệp này đã được nhập ngày" in again


def test_an_unsure_encoding_is_asked_and_then_read(as_officer, places, work):
    data = b"Ho va ten;Ghi chu\n" + bytes(range(0xC0, 0x100)) + b";x\n"
    asked = upload(as_officer, data).get_data(as_text=True)
    assert "Cách đọc nào có chữ đúng" in asked
    told = hidden_of(asked) | {"reading": "vni"}
    page = as_officer.client.post("/imports/look", data=told).get_data(as_text=True)
    assert "Các cột của tệp" in page


@pytest.mark.parametrize("sheet", ["DS", "Ghi chú"])
def test_the_sheet_may_be_chosen(as_officer, places, sheet):
    page = upload(as_officer, messy()).get_data(as_text=True)
    told = hidden_of(page) | {"sheet": sheet}
    page = as_officer.client.post("/imports/columns", data=told).get_data(as_text=True)
    assert f"<option selected>{sheet}</option>" in page


def by_class(*sheets):
    """A school's workbook with a sheet for each class, a title above and a total below."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, pupils in sheets:
        sheet = book.create_sheet(name)
        sheet.append([f"DANH SÁCH LỚP {name}"])
        sheet.append(["TT", "Họ và tên học sinh", "Ngày sinh", "Lớp"])
        for at, (pupil, born) in enumerate(pupils, 1):
            sheet.append([at, pupil, born, name])
        sheet.append(["", f"Tổng số: {len(pupils)} em"])
    output = BytesIO()
    book.save(output)
    return output.getvalue()


BE, CHAU = ("Cầm Bá Bé", "01/02/2014"), ("Vi Thị Châu", "03/04/2013")


def test_a_roll_with_a_sheet_for_each_class_is_kept_whole(as_officer, places, work, ask):
    data = by_class(("6A", [BE]), ("7A", [CHAU, ("Lê Văn Dần", "31/31/2013")]))
    job = look(as_officer, data, work, kind="school_roll")
    page = as_officer.get(job).get_data(as_text=True)
    assert "đã đọc lần lượt: “6A”, “7A”" in page
    report = as_officer.get(f"{job}/report.csv").get_data(as_text=True)
    for line in ("6A: 3,Mới", "6A: 4,Không phải người", "7A: 3,Mới", "7A: 4,Lỗi"):
        assert line in report
    as_officer.submit(f"{job}/write", {}, form_at=job)
    work()
    rows = [orjson.loads(data) for (data,) in ask(select(ImportedRow.data))]
    assert [(row["full_name"], row["school_class"], row["at"]) for row in rows] == [
        ("Cầm Bá Bé", "6A", "6A: 3"),
        ("Vi Thị Châu", "7A", "7A: 3"),
    ]
    [(list_,)] = ask(select(ImportedList.id))
    assert "7A: 3" in as_officer.get(f"/imports/lists/{list_}").get_data(as_text=True)
    again = look(as_officer, data, work, kind="school_roll")
    assert "không có gì mới để ghi" in as_officer.get(again).get_data(as_text=True)


@pytest.mark.parametrize(("kind", "doubted"), [("bhxh_list", True), ("school_roll", False)])
def test_a_roll_taken_for_another_list_is_pointed_out(as_officer, places, work, kind, doubted):
    job = look(as_officer, by_class(("6A", [BE])), work, kind=kind)
    page = as_officer.get(job).get_data(as_text=True)
    assert ("xem lại có chọn đúng loại tệp không" in page) == doubted


def test_a_sheet_with_everybody_beside_one_for_each_class_keeps_nobody_twice(
    as_officer, places, work, ask
):
    data = by_class(("Cả khối", [BE, CHAU]), ("6A", [BE]))
    job = look(as_officer, data, work, kind="school_roll")
    report = as_officer.get(f"{job}/report.csv").get_data(as_text=True)
    assert "6A: 3,Lỗi,Họ và tên: Người này đã có ở dòng Cả khối: 3." in report


def test_a_roster_with_a_sheet_for_each_village_is_written_whole(as_officer, places, ask):
    book = Workbook()
    book.remove(book.worksheets[0])
    for at, village in enumerate(places.villages[:2]):
        sheet = book.create_sheet(village.name)
        sheet.append(HEADING)
        row = [*FAMILY[0]]
        row[HEADING.index("Thôn")] = village.name
        row[HEADING.index("Mã hộ")] = f"S-{at}"
        row[HEADING.index("Số định danh")] = ""
        sheet.append(row)
    output = BytesIO()
    book.save(output)
    page = upload(as_officer, output.getvalue(), "households", "ho.xlsx")
    told = hidden_of(page.get_data(as_text=True))
    as_officer.client.post("/imports/confirm", data=told)
    found = ask(select(Member.village_id))
    assert sorted(found) == sorted((village.id,) for village in places.villages[:2])


def titled(title):
    return as_csv([BHXH, *PEOPLE], [title] + [""] * 8)


def test_a_list_of_another_commune_is_refused_and_says_so(as_officer, places, work, ask):
    job = look(as_officer, titled("Danh sách người tham gia, Xã Luận Thành"), work)
    page = as_officer.get(job).get_data(as_text=True)
    assert "Tệp này ghi là của Xã Luận Thành, không phải Xã Thường Xuân" in page
    assert as_officer.submit(f"{job}/write", {}, form_at=job).status_code == 403
    assert counted(ask, ImportedList) == 0


def test_a_list_of_another_year_is_pointed_out(as_officer, places, work):
    job = look(as_officer, titled("Danh sách người tham gia năm 2019"), work)
    assert "Tệp này ghi năm 2019" in as_officer.get(job).get_data(as_text=True)


def test_a_file_of_another_kind_says_what_it_is_like(as_officer, places):
    heading = ["Xã", "Ngày", "Số người", "Mẫu số", "Nguồn"]
    rows = [["15646", "31/10/2026", "7.612", "8.060", "BHXH"]]
    page = upload(as_officer, as_csv(rows, heading)).get_data(as_text=True)
    assert "giống “Số liệu BHXH công bố” hơn" in page


def test_a_roll_belongs_to_a_school_of_the_commune(as_officer, make, places, work, ask, app):
    with app.app_context(), transaction():
        for id_, commune in (("s1", places.commune), ("s2", places.other_commune)):
            db.session.add(School(id=id_, name="Trường", search="truong", commune_id=commune.id))
    data = as_csv([["Cầm Bá Học", "3A"]], ["Họ và tên học sinh", "Lớp"])
    page = upload(as_officer, data, "school_roll", school="s2").get_data(as_text=True)
    foreign = as_officer.client.post("/imports/look", data=hidden_of(page) | columns_of(page))
    assert foreign.status_code == 403
    keep(as_officer, data, work, kind="school_roll", school="s1")
    assert ask(select(ImportedList.school_id)) == [("s1",)]
    with app.app_context(), reading():
        assert latest_list(places.commune.id, "school_roll", "s1") is not None
        assert latest_list(places.commune.id, "school_roll") is None


def test_a_waiting_job_is_shown_and_may_be_cancelled(as_officer, places, work, ask):
    page = upload(as_officer, as_csv(PEOPLE, BHXH)).get_data(as_text=True)
    told = hidden_of(page) | columns_of(page)
    job = as_officer.client.post("/imports/look", data=told).location
    waiting = as_officer.get(job)
    assert "Đang chờ đến lượt" in waiting.get_data(as_text=True)
    assert waiting.headers["Refresh"] == "2"
    assert job in as_officer.get("/imports").get_data(as_text=True)
    as_officer.submit(f"{job}/cancel", {}, form_at=job)
    work()
    assert "Đã dừng theo yêu cầu" in as_officer.get(job).get_data(as_text=True)
    assert ask(select(Job.state)) == [(JobState.CANCELLED,)]


def many(count):
    rows = [
        [str(n), f"Lê Văn {n}", "1980", "Nam", f"38{n:08}", "", "", "", ""] for n in range(count)
    ]
    return as_csv(rows, BHXH)


def stop_after(monkeypatch, slices, deed):
    """Do something while the worker is at work: after so many slices were written."""
    times = []

    def pause(_seconds):
        times.append(1)
        if len(times) == slices:
            deed()

    monkeypatch.setattr(streaming, "sleep", pause)
    monkeypatch.setattr(streaming, "MANY", 100)


def ask_to_keep(desk, data, work):
    job = look(desk, data, work)
    return desk.submit(f"{job}/write", {}, form_at=job).location


def test_a_job_at_work_stops_after_the_slice_in_hand(
    app, as_officer, places, work, ask, monkeypatch
):
    job = ask_to_keep(as_officer, many(500), work)

    def cancelled():
        with app.app_context(), transaction():
            at_work = update(Job).where(Job.state == JobState.RUNNING)
            db.session.execute(at_work.values(state=JobState.CANCELLING))

    stop_after(monkeypatch, 2, cancelled)
    work()
    assert "Đã dừng theo yêu cầu" in as_officer.get(job).get_data(as_text=True)
    assert counted(ask, ImportedRow) == 200
    assert ask(select(ImportedList.whole)) == [(False,)]


class Killed(BaseException):
    """The worker's end, as it does not see it come."""


def killed():
    raise Killed


def test_a_job_whose_worker_was_killed_is_taken_up_where_it_was(
    app, as_officer, places, work, ask, monkeypatch
):
    ask_to_keep(as_officer, many(500), work)
    stop_after(monkeypatch, 3, killed)
    with pytest.raises(Killed):
        work()
    work()
    assert counted(ask, ImportedRow) == 300, "nobody takes up what may still be in hand"
    with app.app_context(), transaction():
        at_work = update(Job).where(Job.state == JobState.RUNNING)
        db.session.execute(at_work.values(heartbeat=now() - 2 * SILENT))
    work()
    assert ask(select(ImportedList.row_count, ImportedList.whole)) == [(500, True)]
    assert ask(select(ImportRun.written)) == [(500,)]
    assert counted(ask, JobLine) == 1_000


def test_a_worker_that_was_taken_for_dead_writes_nothing_more(app, as_officer, places, work, ask):
    ask_to_keep(as_officer, as_csv(PEOPLE, BHXH), work)
    with app.app_context():
        late = take_up("late")
        assert late is not None
        with transaction():
            db.session.execute(update(Job).values(heartbeat=now() - 2 * SILENT))
        assert take_up("quick") is not None
        late.tell([(1, "new", "{}")])
        with pytest.raises(Stopped):
            late.commit(1)
    assert ask(select(JobLine.row).where(JobLine.job_id == late.id)) == []
    assert ask(select(Job.worker).where(Job.state == JobState.RUNNING)) == [("quick",)]


def test_who_has_no_right_any_more_writes_nothing(app, as_officer, places, work, ask):
    job = ask_to_keep(as_officer, as_csv(PEOPLE, BHXH), work)
    with app.app_context(), transaction():
        db.session.execute(update(User).where(User.id == as_officer.user.id).values(ended_at=now()))
    work()
    assert ask(select(Job.state, Job.error).where(Job.id == job.rpartition("/")[2])) == [
        (JobState.FAILED, "not_allowed")
    ]
    assert counted(ask, ImportedRow) == 0


def test_a_long_roster_is_written_by_the_worker(as_officer, places, work, ask, monkeypatch):
    monkeypatch.setattr(job_routes, "SMALL", 10)
    rows = [*FAMILY, ["Làng Lạ", "HL-9", "Lê Văn Lạc", *[""] * 9]]
    answer = upload(as_officer, as_csv(rows), "households")
    work()
    page = as_officer.get(answer.location).get_data(as_text=True)
    assert "Không tìm thấy “Làng Lạ”" in page
    assert counted(ask, Member) == 0
    made = as_officer.submit(f"{answer.location}/write", {}, form_at=answer.location)
    work()
    assert counted(ask, Member) == 3
    run = as_officer.get(made.location).location
    assert "Đã ghi 3 dòng" in as_officer.get(run).get_data(as_text=True)
    again = upload(as_officer, as_csv(rows), "households")
    work()
    assert "không có gì mới để ghi" in as_officer.get(again.location).get_data(as_text=True)
