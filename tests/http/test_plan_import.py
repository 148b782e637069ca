"""A province's plan from a messy table: every place found or asked for, every odd figure named."""

from html import unescape
from io import BytesIO

import orjson
import pytest
from sqlalchemy import select

from server.store.places import Area, AreaAlias
from server.store.plan_documents import PlanDocument, PlanNumber
from server.store.plans import ImportMapping, Target
from tests.actors import hidden_value
from tests.http.test_sponsors import refused, text
from tests.messy_plan import messy_plan

AT = "/imports/plan"
CARRIED = ("owner", "year", "title", "number", "signed_on", "state", "digest", "file_name",
           "answers")  # fmt: skip


@pytest.fixture
def near(make, places):
    """A commune that the file calls by the name it had before."""
    return make.area("commune", "Xã Hóa Quỳ Mới", places.province, code="15700")


def sent(desk, owner, data=None, **more):
    form = {"owner": owner.id, "year": "2026", "title": "Kế hoạch tỉnh", "state": "in_force",
            "file": (BytesIO(data if data is not None else messy_plan()), "phu-luc.xlsx"),
            **more}  # fmt: skip
    return desk.submit(AT, form)


def words_of(page):
    """What a person reads."""
    return unescape(page)


def carried(page):
    return {name: hidden_value(page, name) for name in CARRIED}


def asked(page):
    """The keys of the places asked for, in the order of the form."""
    found, at = [], 0
    while f'name="asked-{at}"' in page:
        found.append(hidden_value(page, f"asked-{at}"))
        at += 1
    return found


def answered(page, answers):
    keys = asked(page)
    told = {f"asked-{at}": key for at, key in enumerate(keys)}
    return carried(page) | told | {f"place-{at}": answers[key] for at, key in enumerate(keys)}


@pytest.fixture
def looked(as_admin, places, near):
    """The page of the second look: every place that was asked for is answered."""
    first = text(sent(as_admin, places.province))
    answers = {
        "huyen thuong xuan": "new",
        "huyen nhu xuan": "new",
        "nhu xuan|xa hoa quy cu": near.id,
    }
    assert sorted(asked(first)) == sorted(answers)
    form = answered(first, answers)
    return text(as_admin.submit(f"{AT}/look", form, form_at=AT))


def test_every_odd_figure_of_a_messy_plan_is_named_with_its_reason(looked):
    for words in (
        "Giao 5.100 người, nhiều hơn cả mẫu số 5.000",
        "Dòng tổng ghi 9.700 người, nhưng 2 dòng cộng lại là 14.600: lệch 4.900",
        "Mẫu số của dòng tổng là 10.000, nhưng 2 dòng cộng lại là 15.000: lệch 5.000",
        "Văn bản in 95,2\u00a0%, nhưng 3.800 trên 4.000 người là 95,00\u00a0%",
        "Lực lượng lao động 3.500 nhiều hơn dân số trong độ tuổi lao động 3.000",
        "Dân số trong độ tuổi lao động 13.000 nhiều hơn toàn bộ dân số",
        "Giao 600 người, nhiều hơn số tham gia BHXH 500",
        "Mẫu số 1.900 khác mẫu số 2.000 của BHXH",
        "Mẫu số 11.000 nhiều hơn toàn bộ dân số",
        "Địa bàn này có hai lần",
        "Hạn 12/2062 không nằm trong năm 2026",
        "Bao phủ BHYT tính trên 10.000 người, cột dân số lại ghi 30.000",
    ):
        assert words in words_of(looked), words


def test_what_is_mended_or_left_out_is_told_by_row(looked):
    for words in (
        "“hai trăm” không phải số",
        "“0.92” đã hiểu là 92 %",
        "Dòng chữ, không có số: “Ghi chú giữa bảng: số liệu của công an”",
        "Dòng chữ, không có số: “TM. ỦY BAN NHÂN DÂN”",
    ):
        assert words in words_of(looked), words


def test_a_messy_plan_is_written_as_it_stands_and_places_are_remembered(
    as_admin, places, near, looked, ask
):
    page = as_admin.submit(f"{AT}/write", carried(looked), form_at=AT)
    assert page.status_code == 302
    [(plan, totals)] = ask(select(PlanDocument.id, PlanDocument.totals))
    assert (page.location.rpartition("/")[2], totals) == (plan, None)
    rows = ask(
        select(
            Area.name, Target.population, Target.planned, Target.printed_percent, Target.deadline
        )
        .join(Area, Area.id == Target.area_id)
        .where(Target.indicator == "bhyt_coverage")
        .order_by(Target.planned)
    )
    assert [tuple(row) for row in rows] == [
        ("Xã Luận Thành", 4000, 3800, "95.2", None),
        ("Xã Hóa Quỳ Mới", 5000, 4600, "92", "2062-12"),
        ("Huyện Như Xuân", 5000, 5100, "92", None),
        ("Xã Thường Xuân", 6000, 5712, "95.2", "2026-10-31"),
        ("Huyện Thường Xuân", 10000, 9500, "95.2", None),
        ("Tỉnh Thanh Hóa", 10000, 9700, "97", "2026-12"),
    ]
    assert len(ask(select(Target.id))) == 24  # one cell could not be read, all else stands
    ages = ask(select(PlanNumber.count).where(PlanNumber.basis == "working_age"))
    assert sorted(count for (count,) in ages) == [3000, 4000, 6500, 12500, 13000, 19000]
    assert "Xã Hóa Quỳ (cũ)" in [name for (name,) in ask(select(AreaAlias.name))]
    assert len(ask(select(ImportMapping.id))) == 1
    shown = words_of(text(as_admin.get(page.location)))
    assert "Giao 5.100 người, nhiều hơn cả mẫu số 5.000" in shown
    assert "Huyện Như Xuân" in shown
    again = text(sent(as_admin, places.province))
    assert asked(again) == []
    as_admin.submit(f"{AT}/write", carried(again), form_at=AT)
    assert len(ask(select(PlanDocument.id))) == 1
    assert len(ask(select(Target.id))) == 24


def test_nothing_is_written_while_a_place_is_not_known(as_admin, places, near, ask):
    first = text(sent(as_admin, places.province))
    assert "Còn 3 địa bàn chưa nhận ra" in first
    assert "Ghi kế hoạch" not in first
    page = text(as_admin.submit(f"{AT}/write", carried(first), form_at=AT))
    assert "Còn 3 địa bàn chưa nhận ra" in page
    assert ask(select(PlanDocument.id)) == []


def test_a_place_that_is_none_of_the_plan_is_left_out_by_the_person_only(as_admin, places, ask):
    first = text(sent(as_admin, places.province))
    form = answered(first, dict.fromkeys(asked(first), "skip"))
    second = text(as_admin.submit(f"{AT}/look", form, form_at=AT))
    assert "“Xã Hóa Quỳ (cũ)” không thuộc kế hoạch này" in words_of(second)
    assert as_admin.submit(f"{AT}/write", carried(second), form_at=AT).status_code == 302
    assert {name for (name,) in ask(select(Area.name).join(Target, Target.area_id == Area.id))} == {
        "Tỉnh Thanh Hóa", "Xã Thường Xuân", "Xã Luận Thành",
    }  # fmt: skip


VILLAGES = 'Thôn,Số người tham gia BHYT,Tỷ lệ BHYT\nHưng Long,"1.556",97\nXuân Thắng,810,88\n'


def test_a_commune_s_own_table_and_columns_said_by_the_person(as_officer, places, ask):
    page = text(sent(as_officer, places.commune, VILLAGES.encode()))
    form = carried(page) | {"col-0": "name", "col-1": "pupils.planned", "col-2": ""}
    second = text(as_officer.submit(f"{AT}/look", form, form_at=AT))
    columns = {f"col-{at}": key for at, key in ((0, "name"), (1, "pupils.planned"))}
    done = as_officer.submit(f"{AT}/write", carried(second) | columns, form_at=AT)
    assert done.status_code == 302
    rows = ask(select(Target.indicator, Target.planned).order_by(Target.planned))
    assert [tuple(row) for row in rows] == [("pupils", 810), ("pupils", 1556)]
    [(told,)] = ask(select(ImportMapping.columns))
    assert orjson.loads(told) == {"0": "name", "1": "pupils.planned"}


def test_a_unit_s_plan_keeps_its_total(as_admin, make, places, ask):
    unit = make.unit("BHXH cơ sở Thường Xuân 2", [places.commune, places.other_commune])
    lines = (
        "Đơn vị,Dân số tính BHYT,Người tham gia BHYT",
        "Tổng cộng,300,250",
        "Xã Thường Xuân,200,160",
        "Xã Luận Thành,100,80",
    )
    page = text(sent(as_admin, unit, "\n".join(lines).encode()))
    assert "Dòng tổng ghi 250 người, nhưng 2 dòng cộng lại là 240: lệch 10" in page
    done = as_admin.submit(f"{AT}/write", carried(page), form_at=AT)
    shown = text(as_admin.get(done.location))
    assert "nhưng 2 dòng cộng lại là 240: lệch 10" in shown
    assert "240" in shown
    [(totals,)] = ask(select(PlanDocument.totals))
    assert orjson.loads(totals)["bhyt_coverage"]["planned"] == 250


def test_who_may_import_a_plan_and_for_whom(as_officer, as_viewer, as_stranger, places):
    assert as_viewer.get(AT).status_code == 403
    for path in (AT, f"{AT}/look", f"{AT}/write"):
        assert as_viewer.submit(path, {}, form_at="/").status_code == 403
    assert sent(as_stranger, places.commune).status_code == 403
    assert sent(as_officer, places.province).status_code == 403
    nobody = {"owner": "x", "year": "2026"}
    assert as_officer.submit(AT, nobody).status_code == 404
    assert "Ghi tên kế hoạch" in refused(sent(as_officer, places.commune, title=""))
    assert "chọn tệp" in refused(sent(as_officer, places.commune, b""))
    assert "không có dòng nào" in refused(sent(as_officer, places.commune, "Ghi chú\n".encode()))
    gone = {"owner": places.commune.id, "year": "2026", "title": "x", "state": "draft",
            "digest": "0" * 64}  # fmt: skip
    for path in ("look", "write"):
        assert as_officer.submit(f"{AT}/{path}", gone, form_at=AT).status_code == 404
        broken = as_officer.submit(f"{AT}/{path}", {**gone, "title": ""}, form_at=AT)
        assert broken.status_code == 400
