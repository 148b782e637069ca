"""Imports: looked at first, named by row and column, written once, or not at all."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import orjson
import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from server.store.db import new_id
from server.store.feeds import ChangeRow, ReferenceRecord
from server.store.people import Audit
from server.store.places import Area, AreaFactRow, School
from server.store.plans import Figure, ImportRun, Target
from server.store.records import Card, Entitlement, Household, Member
from server.tables import opening, xlsx_rows

HEADING = ["Thôn", "Mã hộ", "Họ và tên", "Quan hệ", "Ngày sinh", "Giới tính", "Số định danh",
           "Dân tộc", "Thẻ từ", "Thẻ đến", "Trả lời về thẻ", "Ngày hỏi"]  # fmt: skip
FAMILY = [
    ["Hưng Long", "HL-001", "Cầm Bá Thức", "Chủ hộ", "17/05/1980", "Nam", "038080001234", "Thái",
     "01/01/2026", "31/12/2026", "", ""],
    ["Thôn Hưng Long", "HL-001", "Vi Thị Hoa", "vợ", "1983", "nữ", "", "Thai", "", "", "", ""],
    ["hung long", "HL-002", "Lê Thị Mơ", "Chủ hộ", "03/1955", "Nữ", "", "", "", "", "Chưa từng có",
     "15/09/2026"],
]  # fmt: skip


def as_csv(rows, heading=HEADING, encoding="utf-8-sig", delimiter=","):
    output = StringIO(newline="")
    csv.writer(output, delimiter=delimiter).writerows([heading, *rows])
    return output.getvalue().encode(encoding)


def as_xlsx(rows, heading=HEADING):
    book, output = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in [heading, *rows]:
        sheet.append(row)
    book.save(output)
    return output.getvalue()


def upload(desk, kind, data, name="danh-sach.csv"):
    return desk.submit("/imports", {"kind": kind, "file": (BytesIO(data), name)})


def confirm(desk, looked, **more):
    """Send the first form of a report that writes."""
    page = looked.get_data(as_text=True)
    fields = ("csrf_token", "kind", "digest", "commune", "file_name")
    data = {name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in fields}
    return desk.client.post("/imports/confirm", data=data | more)


def counted(ask, table):
    return ask(select(func.count()).select_from(table))[0][0]


def test_an_unknown_kind_or_run_or_template_is_not_found(as_officer, places):
    assert upload(as_officer, "people", b"x").status_code == 404
    assert as_officer.get(f"/imports/{new_id()}").status_code == 404
    assert as_officer.get("/imports/templates/people.xlsx").status_code == 404
    assert as_officer.get("/imports/templates/areas.pdf").status_code == 404


def test_only_officers_and_administrators_import(as_surveyor, as_viewer, as_bhxh):
    for desk in (as_surveyor, as_viewer, as_bhxh):
        assert desk.get("/imports").status_code == 403


def test_anothers_import_is_not_shown(as_officer, as_stranger, places):
    run = confirm(as_officer, upload(as_officer, "households", as_csv(FAMILY)))
    assert as_officer.get(run.headers["Location"]).status_code == 200
    assert as_stranger.get(run.headers["Location"]).status_code == 403


@pytest.mark.parametrize("kind", ["areas", "targets", "figures", "households", "schools"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_every_template_can_be_imported_as_it_is(as_officer, make, places, kind, ending):
    make.village("Thôn Phú Vinh", places.commune)
    sample = as_officer.get(f"/imports/templates/{kind}.{ending}").get_data()
    looked = upload(as_officer, kind, sample, f"mau.{ending}").get_data(as_text=True)
    assert "Không có lỗi" in looked


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_dry_run_writes_nothing_and_the_word_writes_all(as_officer, places, ask, write):
    looked = upload(as_officer, "households", write(FAMILY))
    assert "Không có lỗi" in looked.get_data(as_text=True)
    assert counted(ask, Member) == 0
    assert confirm(as_officer, looked).status_code == 302
    assert (counted(ask, Household), counted(ask, Member), counted(ask, Card)) == (2, 3, 1)


def test_what_is_written_is_what_the_roster_says(as_officer, places, ask):
    confirm(as_officer, upload(as_officer, "households", as_csv(FAMILY)))
    told = (Member.birth_date, Member.relation, Member.personal_id, Member.ethnic_group)
    rows = ask(select(Member.full_name, *told, Member.insurance_answer).order_by(Member.full_name))
    assert [tuple(row) for row in rows] == [
        ("Cầm Bá Thức", "1980-05-17", "head", "038080001234", "03", None),
        ("Lê Thị Mơ", "1955-03", "head", None, None, "never_had"),
        ("Vi Thị Hoa", "1983", "spouse", None, "03", None),
    ]


def test_who_is_imported_and_not_asked_is_on_no_list(as_officer, places):
    confirm(as_officer, upload(as_officer, "households", as_csv(FAMILY)))
    assert "Vi Thị Hoa" not in as_officer.get("/lists/uninsured").get_data(as_text=True)
    assert "Vi Thị Hoa" in as_officer.get("/lists/not_asked").get_data(as_text=True)


def test_the_same_file_twice_changes_nothing(as_officer, places, ask):
    confirm(as_officer, upload(as_officer, "households", as_csv(FAMILY)))
    before = counted(ask, ChangeRow)
    again = upload(as_officer, "households", as_csv(FAMILY))
    assert "không có gì mới để ghi" in again.get_data(as_text=True)
    assert counted(ask, ChangeRow) == before


def test_a_corrected_cell_changes_that_field_only(as_officer, places, ask):
    confirm(as_officer, upload(as_officer, "households", as_csv(FAMILY)))
    mended = [row[:] for row in FAMILY]
    mended[1][6] = "038183004321"
    before = counted(ask, ChangeRow)
    confirm(as_officer, upload(as_officer, "households", as_csv(mended)))
    assert counted(ask, ChangeRow) == before + 1
    assert counted(ask, Member) == 3
    numbers = ask(select(Member.personal_id).where(Member.full_name == "Vi Thị Hoa"))
    assert numbers == [("038183004321",)]


def bad_rows():
    return [
        *FAMILY,
        ["Hưng Long", "HL-003", "", "Chủ hộ", "", "", "", "", "", "", "", ""],
        ["Làng Lạ", "HL-004", "Lê Văn Lạc", "", "", "", "", "", "", "", "", ""],
        ["Hưng Long", "HL-005", "Lê Văn Sai", "hàng xóm?", "31/02/1990", "", "12345", "", "", "",
         "", ""],
        ["Hưng Long", "HL-001", "Lê Văn Trùng", "Chủ hộ", "", "", "", "", "", "", "", ""],
        ["Hưng Long", "HL-006", "Lê Văn Ngược", "", "", "", "", "", "01/01/2027", "31/12/2025",
         "", ""],
    ]  # fmt: skip


def test_faults_name_row_and_column_and_nothing_is_written(as_officer, places, ask):
    looked = upload(as_officer, "households", as_csv(bad_rows()))
    page = looked.get_data(as_text=True)
    for words in ("Không được để trống", "Làng Lạ", "không phải ngày", "12 chữ số",
                  "đã có chủ hộ ở dòng 2", "Nhập các dòng đúng"):  # fmt: skip
        assert words in page, words
    for row in (5, 6, 7, 8, 9):
        assert f'<td class="num">{row}</td>' in page
    refused = confirm(as_officer, looked)
    assert refused.status_code == 200
    assert counted(ask, Member) == counted(ask, ImportRun) == 0


def test_the_good_rows_are_written_when_the_person_says_so(as_officer, places, ask):
    looked = upload(as_officer, "households", as_csv(bad_rows()))
    run = confirm(as_officer, looked, good_rows="1")
    assert run.status_code == 302
    assert counted(ask, Member) == 3
    page = as_officer.get(run.headers["Location"]).get_data(as_text=True)
    assert "Dòng lỗi, không ghi" in page
    report = as_officer.get(run.headers["Location"] + "/report.csv")
    assert report.get_data().startswith(b"\xef\xbb\xbf")
    assert "Lê Văn Sai" not in report.get_data(as_text=True)


def test_an_import_is_logged(as_officer, places, ask):
    confirm(as_officer, upload(as_officer, "households", as_csv(FAMILY)))
    [run] = ask(select(ImportRun.kind, ImportRun.rows, ImportRun.written, ImportRun.user_id))
    assert tuple(run) == ("households", 3, 3, as_officer.user.id)
    assert ask(select(Audit.count).where(Audit.kind == "import")) == [(3,)]


def test_a_village_of_another_commune_is_not_found(as_officer, places):
    rows = [["Thôn Cao Tiến", "CT-1", "Lê Văn Xa", "", "", "", "", "", "", "", "", ""]]
    page = upload(as_officer, "households", as_csv(rows)).get_data(as_text=True)
    assert "Không tìm thấy “Thôn Cao Tiến” trong địa bàn của bạn" in page


def test_a_personal_id_of_another_household_is_a_fault(as_officer, places):
    confirm(as_officer, upload(as_officer, "households", as_csv(FAMILY)))
    rows = [["Hưng Long", "HL-009", "Cầm Bá Thức", "Chủ hộ", "", "", "038080001234", "", "", "", "",
             ""]]  # fmt: skip
    page = upload(as_officer, "households", as_csv(rows)).get_data(as_text=True)
    assert "đang ghi cho một người ở hộ HL-001" in page


def test_a_file_twice_the_same_id_is_a_fault(as_officer, places):
    rows = [FAMILY[0], [*FAMILY[0]]]
    rows[1][2] = "Cầm Bá Khác"
    page = upload(as_officer, "households", as_csv(rows)).get_data(as_text=True)
    assert "038080001234" in page
    assert "đã có ở dòng 2" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp không có dòng nào"),
        (as_csv(FAMILY, encoding="utf-16"), "Không có lỗi"),
        (bytes(range(0xC0, 0x100)), "Không chắc tệp dùng bảng mã nào"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Không đọc được tệp"),
        (b"PK\x03\x04" + b"\0" * 300, "Không đọc được tệp"),
        (b"\x89PNG\r\n\x1a\n\0\0", "Không đọc được tệp"),
        (b"a,b\n1,2\n", "Thiếu cột “Thôn”"),
        (as_csv(FAMILY, heading=[*HEADING[:-1], "Thôn"]), "Cột “Thôn” có hai lần"),
        (b"%PDF-1.7\n%%EOF", "Không đọc được tệp"),
    ],
)
def test_a_file_of_another_kind_is_told_in_one_sentence(as_officer, places, data, words):
    answer = upload(as_officer, "households", data, "tep.bin")
    assert answer.status_code == 200
    assert words in answer.get_data(as_text=True)


def test_a_file_with_too_many_rows_is_told_how_many_are_taken(as_officer, places, ask, monkeypatch):
    monkeypatch.setattr(opening, "ROW_LIMIT", 1_000)
    rows = [["Hưng Long", f"HL-{number}", "Lê Văn Đông"] for number in range(1_001)]
    looked = upload(as_officer, "households", as_csv(rows, HEADING[:3]))
    page = looked.get_data(as_text=True)
    assert "hơn 1.000 dòng" in page
    assert "Nhập các dòng đúng" not in page
    assert counted(ask, Member) == 0


def test_a_workbook_that_unpacks_beyond_measure_is_refused(as_officer, places, monkeypatch):
    monkeypatch.setattr(xlsx_rows, "UNPACKED_LIMIT", 1_000)
    page = upload(as_officer, "households", as_xlsx(FAMILY), "to.xlsx").get_data(as_text=True)
    assert "quá lớn" in page


def test_semicolons_and_apostrophes_of_our_own_exports_are_read(as_officer, places, ask):
    row = ["Hưng Long", "HL-7", "'=Lê Văn Công Thức", "", "", "", "", "", "", "", "", ""]
    confirm(as_officer, upload(as_officer, "households", as_csv([row], delimiter=";")))
    assert ask(select(Member.full_name)) == [("=Lê Văn Công Thức",)]


def test_numbers_typed_as_numbers_in_excel_are_read(as_officer, places, ask):
    heading = ["Xã", "Năm", "Dân số", "Số người phải có", "Tỷ lệ in trong văn bản", "Nguồn"]
    rows = [["15646", 2026, 8060, 7703, 95.57, "Kế hoạch xã"]]
    looked = upload(as_officer, "targets", as_xlsx(rows, heading), "chi-tieu.xlsx")
    confirm(as_officer, looked)
    [target] = ask(select(Target.population, Target.planned, Target.printed_percent))
    assert tuple(target) == (8060, 7703, "95.57")


def test_targets_are_published_to_phones_and_written_once(as_officer, places, ask):
    heading = ["Xã", "Thôn", "Năm", "Dân số", "Số người phải có", "Hạn", "Nguồn"]
    rows = [["15646", "Hưng Long", "2026", "1.604", "1.556", "31/10/2026", "Kế hoạch xã"]]
    confirm(as_officer, upload(as_officer, "targets", as_csv(rows, heading)))
    again = upload(as_officer, "targets", as_csv(rows, heading)).get_data(as_text=True)
    assert "không có gì mới để ghi" in again
    assert counted(ask, Target) == 1
    assert ask(select(func.count()).where(ReferenceRecord.entity == "target")) == [(1,)]


def test_an_area_twice_for_one_indicator_and_year_is_a_fault(as_officer, places):
    heading = ["Xã", "Năm", "Nguồn"]
    rows = [["15646", "2026", "a"], ["Xã Thường Xuân", "2026", "b"]]
    page = upload(as_officer, "targets", as_csv(rows, heading)).get_data(as_text=True)
    assert "trùng với dòng 2" in page


def test_figures_are_kept_by_their_source(as_officer, places, ask):
    heading = ["Xã", "Ngày", "Số người", "Mẫu số", "Nguồn"]
    rows = [["15646", "31/10/2026", "7.612", "8.060", "BHXH"]]
    confirm(as_officer, upload(as_officer, "figures", as_csv(rows, heading)))
    [figure] = ask(select(Figure.indicator, Figure.on, Figure.count, Figure.denominator))
    assert tuple(figure) == ("bhyt_coverage", "2026-10-31", 7612, 8060)


def test_villages_come_with_names_and_facts(as_officer, places, ask):
    heading = ["Xã", "Tên thôn", "Tên gọi khác", "Khu vực", "Nguồn"]
    rows = [["15646", "Thôn Phú Vinh", "Làng Vinh; Bản Vinh", "III", "QĐ 861/QĐ-TTg"]]
    confirm(as_officer, upload(as_officer, "areas", as_csv(rows, heading)))
    assert ask(select(Area.name).where(Area.name == "Thôn Phú Vinh")) == [("Thôn Phú Vinh",)]
    assert ask(select(AreaFactRow.fact, AreaFactRow.value)) == [("region", "III")]
    again = upload(as_officer, "areas", as_csv(rows, heading)).get_data(as_text=True)
    assert "không có gì mới để ghi" in again


FACTS = ["Xã", "Tên thôn", "Xã nghèo", "Ra khỏi khu vực II, III từ ngày", "Đặc điểm từ ngày",
         "Đặc điểm đến ngày", "Nguồn"]  # fmt: skip


def facts_stated(ask):
    told = (AreaFactRow.fact, AreaFactRow.value, AreaFactRow.valid_from, AreaFactRow.valid_to)
    rows = select(Area.name, *told).join(Area, Area.id == AreaFactRow.area_id)
    return [tuple(row) for row in ask(rows.order_by(AreaFactRow.fact))]


def test_facts_of_a_commune_come_in_a_row_without_a_village(as_officer, places, ask):
    row = ["15646", "", "có", "", "10/2022", "2025", "QĐ 353/QĐ-TTg"]
    confirm(as_officer, upload(as_officer, "areas", as_csv([row], FACTS)))
    days = ("2022-10-01", "2025-12-31")
    assert facts_stated(ask) == [(places.commune.name, "poor_commune", "yes", *days)]


def test_a_village_may_have_left_its_region_on_a_day(as_officer, places, ask):
    row = ["15646", "Hưng Long", "", "15/07/2025", "", "", "QĐ 861/QĐ-TTg"]
    confirm(as_officer, upload(as_officer, "areas", as_csv([row], FACTS)))
    left = (places.villages[0].name, "left_region", "yes", "2025-07-15", None)
    assert facts_stated(ask) == [left]
    again = upload(as_officer, "areas", as_csv([row], FACTS)).get_data(as_text=True)
    assert "không có gì mới để ghi" in again


def test_a_later_file_may_end_a_fact(as_officer, places, ask):
    row = ["15646", "Hưng Long", "có", "", "01/01/2024", "", "QĐ 353/QĐ-TTg"]
    for end in ("", "30/06/2026"):
        row[5] = end
        confirm(as_officer, upload(as_officer, "areas", as_csv([row], FACTS)))
    [(*_, start, end)] = facts_stated(ask)
    assert (start, end) == ("2024-01-01", "2026-06-30")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["15646", "", "", "", "", "", "QĐ 1"], "Không được để trống"),
        (["15646", "", "có", "", "", "", ""], "phải ghi nguồn"),
        (["15646", "", "có", "", "2026", "2025", "QĐ 1"], "ở trước ngày bắt đầu"),
        (["15646", "Hưng Long", "", "7/2025", "", "", "QĐ 1"], "không phải ngày đầy đủ"),
        (["15646", "Hưng Long", "đúng", "", "", "", "QĐ 1"], "không có trong danh mục"),
    ],
)
def test_a_row_that_states_no_fact_properly_is_a_fault(as_officer, places, ask, row, words):
    page = upload(as_officer, "areas", as_csv([row], FACTS)).get_data(as_text=True)
    assert words in page
    assert ask(select(AreaFactRow.id)) == []


def test_a_village_named_twice_in_a_file_is_a_fault(as_officer, places):
    rows = [["15646", "Thôn Mới"], ["15646", "THÔN MỚI"]]
    page = upload(as_officer, "areas", as_csv(rows, ["Xã", "Tên thôn"])).get_data(as_text=True)
    assert "đã có ở dòng 2" in page


def test_schools_are_offered_to_phones(as_officer, places, ask):
    rows = [["15646", "38TX01", "Trường Tiểu học Ngọc Phụng"]]
    confirm(
        as_officer, upload(as_officer, "schools", as_csv(rows, ["Xã", "Mã trường", "Tên trường"]))
    )
    assert ask(select(School.name)) == [("Trường Tiểu học Ngọc Phụng",)]
    assert ask(select(func.count()).where(ReferenceRecord.entity == "school")) == [(1,)]


def test_a_file_of_somebody_else_cannot_be_confirmed(as_officer, as_stranger, places):
    looked = upload(as_officer, "households", as_csv(FAMILY))
    page = looked.get_data(as_text=True)
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    answer = as_stranger.submit(
        "/imports/confirm", {"kind": "households", "digest": digest}, form_at="/imports"
    )
    assert answer.status_code == 404


def test_a_file_that_somebody_takes_away_meanwhile_stops_nobody(app, as_officer, places):
    folder = Path(app.instance_path) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    gone = folder / f"{new_id()}-gone"
    gone.symlink_to("nowhere")
    assert upload(as_officer, "households", as_csv(FAMILY)).status_code == 200
    assert not gone.is_symlink()


def test_without_a_file_the_page_says_so(as_officer):
    answer = as_officer.submit("/imports", {"kind": "households"})
    assert answer.status_code == 302
    assert "Hãy chọn tệp trước" in as_officer.get("/imports").get_data(as_text=True)


def test_the_command_line_imports_the_same_way(app, places, ask, tmp_path):
    file = tmp_path / "ho.csv"
    file.write_bytes(as_csv(FAMILY))
    run = app.test_cli_runner()
    dry = run.invoke(args=["import", "households", str(file), "--commune", "15646", "--dry-run"])
    assert "Chỉ xem thử" in dry.output
    done = run.invoke(args=["import", "households", str(file), "--commune", "15646"])
    assert (done.exit_code, "Đã ghi 3 dòng" in done.output) == (0, True), done.output
    assert counted(ask, Member) == 3
    again = run.invoke(args=["import", "households", str(file), "--commune", "15646"])
    assert "Không có gì mới" in again.output


def test_the_command_line_tells_faults_and_fails(app, places, ask, tmp_path):
    file = tmp_path / "ho.csv"
    file.write_bytes(as_csv(bad_rows()))
    run = app.test_cli_runner()
    told = run.invoke(args=["import", "households", str(file), "--commune", "15646"])
    assert told.exit_code == 1
    assert "dòng 6, Thôn: Không tìm thấy “Làng Lạ”" in told.output
    assert counted(ask, Member) == 0
    good = run.invoke(args=["import", "households", str(file), "--commune", "15646", "--good-rows"])
    assert good.exit_code == 0
    assert counted(ask, Member) == 3


def test_the_template_explains_its_columns(as_officer):
    data = as_officer.get("/imports/templates/households.xlsx").get_data()
    book = load_workbook(BytesIO(data))
    assert book["Mẫu"]["B1"].value == "Thôn"
    assert book["Cách ghi"]["A1"].value == "Cột"


def test_a_heading_alone_is_no_list(as_officer, places):
    page = upload(as_officer, "households", as_csv([])).get_data(as_text=True)
    assert "Tệp không có dòng nào dưới dòng tiêu đề" in page
    assert "Mọi dòng đều đã có" not in page


def test_a_report_quotes_no_more_than_the_beginning_of_a_heading(as_officer, places):
    heading = [*HEADING, "x" * 4_000]
    page = upload(as_officer, "households", as_csv(FAMILY, heading)).get_data(as_text=True)
    assert "x" * 77 + "…" in page
    assert "x" * 78 not in page


def test_imports_are_seen_where_they_are_about(as_officer, make, places, desk_of):
    run = confirm(as_officer, upload(as_officer, "households", as_csv(FAMILY))).location
    colleague = desk_of(make.user("officer", username="colleague", areas=[places.commune]))
    elsewhere = make.area("province", "Tỉnh Nghệ An", code="40")
    far = desk_of(make.user("admin", username="far", areas=[elsewhere]))
    assert colleague.get(run).status_code == 200
    assert run in colleague.get("/imports").text
    assert far.get(run).status_code == 403
    assert run not in far.get("/imports").text


def to_do(desk):
    page = desk.get("/").text.partition("Tệp nhập còn lỗi")[2]
    return page.partition('<b class="tile-number">')[2].partition("<")[0]


def test_a_file_with_faults_is_to_do_until_a_good_one_follows(as_officer, places):
    wrong = ["Hưng Long", "HL-009", "Lê Văn Chín", "Chủ hộ", "31/02/2020"]
    looked = upload(as_officer, "households", as_csv([*FAMILY, wrong]))
    confirm(as_officer, looked, good_rows="1")
    assert to_do(as_officer) == "1"
    confirm(as_officer, upload(as_officer, "households", as_csv([*FAMILY, wrong[:4]])))
    assert to_do(as_officer) == "0"


MORE = [*HEADING[:4], "Mức sống", "Mức sống theo", "Mức sống từ ngày", "Mức sống đến ngày",
        "Hộ nông nghiệp mức sống trung bình", "Công nhận từ ngày", "Công nhận đến ngày",
        "Hộ khó khăn", "Điện thoại người", "Chế độ đang hưởng", "Chế độ từ ngày"]  # fmt: skip


def told_more(**more):
    values = dict(zip(MORE, ["Hưng Long", "HL-009", "Vi Thị Năm", "Chủ hộ"], strict=False))
    return [(values | more).get(name, "") for name in MORE]


def household_data(ask):
    [(data,)] = ask(select(Household.data))
    return orjson.loads(data)


def test_class_recognition_and_hardship_come_with_their_days(as_officer, places, ask):
    row = told_more(**{
        "Mức sống": "trung bình", "Mức sống theo": "Quyết định", "Mức sống từ ngày": "01/01/2026",
        "Mức sống đến ngày": "31/12/2026", "Hộ khó khăn": "x", "Công nhận đến ngày": "31/12/2026",
        "Hộ nông nghiệp mức sống trung bình": "có", "Công nhận từ ngày": "05/02/2026",
    })  # fmt: skip
    confirm(as_officer, upload(as_officer, "households", as_csv([row], MORE)))
    home = household_data(ask)
    assert (home["living_class"], home["living_class_source"]) == ("average", "decision")
    assert (home["living_class_from"], home["living_class_to"]) == ("2026-01-01", "2026-12-31")
    assert (home["average_farm"], home["hardship"]) == (True, True)
    assert (home["average_farm_from"], home["average_farm_to"]) == ("2026-02-05", "2026-12-31")


def test_what_somebody_is_entitled_to_comes_once(as_officer, places, ask):
    row = told_more(**{
        "Chế độ đang hưởng": "CCB; Hưởng trợ cấp xã hội", "Chế độ từ ngày": "03/2025",
        "Điện thoại người": "0912 345 678",
    })  # fmt: skip
    confirm(as_officer, upload(as_officer, "households", as_csv([row], MORE)))
    kinds = ask(select(Entitlement.kind, Entitlement.first_day).order_by(Entitlement.kind))
    assert [kind for kind, _ in kinds] == ["social_allowance", "veteran"]
    again = upload(as_officer, "households", as_csv([row], MORE)).get_data(as_text=True)
    assert "không có gì mới để ghi" in again
    [(data,)] = ask(select(Member.data))
    assert orjson.loads(data)["phone"] == "0912345678"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"Công nhận từ ngày": "05/02/2026"}, "Không được để trống"),
        ({"Mức sống từ ngày": "01/01/2026"}, "Không được để trống"),
        ({"Chế độ từ ngày": "2025"}, "Không được để trống"),
        ({"Chế độ đang hưởng": "Giàu"}, "không có trong danh mục"),
        ({"Mức sống": "nghèo", "Mức sống từ ngày": "31/12/2026", "Mức sống đến ngày": "01/01/2026"},
         "ở trước ngày bắt đầu"),
        ({"Hộ nông nghiệp mức sống trung bình": "có", "Công nhận từ ngày": "31/12/2026",
          "Công nhận đến ngày": "01/01/2026"}, "ở trước ngày bắt đầu"),
    ],
)  # fmt: skip
def test_days_without_what_they_are_about_are_faults(as_officer, places, ask, more, words):
    page = upload(as_officer, "households", as_csv([told_more(**more)], MORE))
    assert words in page.get_data(as_text=True)
    assert counted(ask, Household) == 0


def test_rows_of_one_household_say_the_same_of_it(as_officer, places):
    rows = [told_more(**{"Hộ khó khăn": "có"}), told_more(**{"Hộ khó khăn": "không"})]
    rows[1][2], rows[1][3] = "Vi Văn Sáu", "Con"
    page = upload(as_officer, "households", as_csv(rows, MORE)).get_data(as_text=True)
    assert "Khác với dòng 2 của cùng hộ" in page
