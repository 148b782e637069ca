"""Plans at the desk: what they say, what is odd, which one counts, what follows them."""

import pytest
from sqlalchemy import select

from server.store.coverage.planned import milestones_on, plans_on
from server.store.duties import DutyRow
from server.store.feeds import ReferenceRecord
from server.store.plan_documents import PlanChoice, PlanDocument
from server.store.plans import Target
from tests.http.test_sponsors import acts_of, refused, text
from tests.planning import given, plan

DAY = "2026-11-22"
NONE = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def ours(make, places):
    """Two villages and their commune: one rate misprinted, one below the goal, the sum 10 off."""
    found = plan(make, places.commune, number="15/KH-UBND")
    first, second = places.villages
    given(make, found, places.commune, population=2524, planned=2376, goal_percent="95")
    given(make, found, first, population=1604, planned=1556, printed_percent="95.01",
          deadline="2026-10-31")  # fmt: skip
    given(make, found, second, population=920, planned=810, printed_percent="88.04")
    return found


@pytest.fixture
def applies(app):
    def on(area, day=DAY):
        with app.app_context():
            found = plans_on(day, [area.id]).get(area.id)
            return found and (found.planned, found.source)

    return on


@pytest.fixture
def phones_show(ask):
    def shown():
        query = select(ReferenceRecord.data).where(
            ReferenceRecord.entity == "target", ReferenceRecord.deleted.is_(False)
        )
        return [data for (data,) in ask(query)]

    return shown


def test_a_plan_is_shown_with_what_is_odd_and_why(as_officer, as_viewer, as_surveyor, ours):
    for somebody in (as_officer, as_viewer, as_surveyor):
        listed = text(somebody.get("/plans?year=2026"))
        assert "15/KH-UBND" in listed
        page = text(somebody.get(f"/plans/{ours.id}"))
        for words in ("1.604", "97,01", "văn bản in 95,01", "31/10/2026"):
            assert words in page
        assert "nhưng 1.556 trên 1.604 người là 97,01" in page
    page = text(as_officer.get(f"/plans/{ours.id}"))
    assert "2 dòng cộng lại là 2.366: lệch 10" in page
    assert "Giao 88,04\u00a0%, thấp hơn chỉ tiêu 95\u00a0% của Xã Thường Xuân" in page
    assert "Các dòng cộng lại" in page


def test_a_surveyor_sees_their_own_lines_only(as_surveyor, ours):
    page = text(as_surveyor.get(f"/plans/{ours.id}"))
    assert "Hưng Long" in page
    assert "Xuân Thắng" not in page


def test_who_may_see_and_write_a_plan(as_officer, as_stranger, as_viewer, as_admin, ours, ask):
    assert as_stranger.get(f"/plans/{ours.id}").status_code == 403
    assert as_officer.get(f"/plans/{NONE}").status_code == 404
    [line] = ask(select(Target.id).where(Target.printed_percent == "95.01"))
    at = f"/plans/{ours.id}"
    for path in ("", "/force", "/version", "/lines", f"/lines/{line[0]}", f"/lines/{line[0]}/drop"):
        for somebody in (as_viewer, as_stranger):
            assert somebody.submit(at + path, {}, form_at="/").status_code == 403
        assert as_officer.submit(f"/plans/{NONE}{path}", {}, form_at="/").status_code == 404
    for path in (f"{at}/lines/{line[0]}", "/plans/new"):
        assert as_viewer.get(path).status_code == 403
    assert as_viewer.submit("/plans/new", {}, form_at="/").status_code == 403
    assert as_viewer.submit(f"{at}/choose", {}, form_at="/").status_code == 403
    for path in (f"{at}/lines/{NONE}", f"/plans/{NONE}/lines/{line[0]}"):
        assert as_officer.get(path).status_code == 404
    choosing = {"indicator": "bhyt_coverage"}
    assert as_officer.submit(f"/plans/{NONE}/choose", choosing, form_at="/").status_code == 404
    assert as_officer.submit(f"{at}/choose", {"indicator": "x"}, form_at="/").status_code == 400
    assert text(as_admin.get(at))


def test_a_plan_is_made_filled_and_counts(as_officer, places, ask, applies, phones_show):
    assert "Năm" in text(as_officer.get("/plans/new"))
    form = {"owner": f"area:{places.commune.id}", "year": "2026", "title": "Kế hoạch xã",
            "signed_on": "2026-03-01", "state": "in_force", "once": NONE}  # fmt: skip
    for _time in range(2):
        assert as_officer.submit("/plans/new", form).location.endswith(NONE)
    at, village = f"/plans/{NONE}", places.villages[0]
    line = {"area": village.id, "indicator": "bhyt_coverage", "population": "1.604",
            "planned": "1.556", "printed_percent": "95,01", "deadline": "31/10/2026"}  # fmt: skip
    assert as_officer.submit(f"{at}/lines", line, form_at=at).status_code == 302
    assert "đã có dòng này" in refused(as_officer.submit(f"{at}/lines", line, form_at=at))
    assert applies(village) == (1556, "Kế hoạch xã ngày 01/03/2026")
    assert len(phones_show()) == 1
    month = {**line, "month": "6", "planned": "1.400", "printed_percent": "", "deadline": ""}
    assert as_officer.submit(f"{at}/lines", month, form_at=at).status_code == 302
    assert "Tháng 6" in text(as_officer.get(at))
    assert len(phones_show()) == 1  # phones show the year's
    assert acts_of(ask) == ["plan_add", "plan_line", "plan_line"]


def test_milestones_are_read_by_month(make, app, places, ours):
    village = places.villages[0]
    for month, planned in ((9, 1500), (6, 1400)):
        given(make, ours, village, month=month, planned=planned)
    with app.app_context():
        found = milestones_on(DAY, [village.id, places.villages[1].id])
    assert {id_: [(s.month, s.planned) for s in steps] for id_, steps in found.items()} == {
        village.id: [(6, 1400), (9, 1500)]
    }


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"indicator": "x"}, "Chọn chỉ tiêu"),
        ({"month": "13"}, "từ 1 đến 12"),
        ({"planned": "nhiều"}, "số nguyên"),
        ({"planned": ""}, "Ghi ít nhất"),
        ({"printed_percent": "chín lăm"}, "Tỷ lệ chưa đúng"),
        ({"deadline": "mai"}, "Hạn chưa đúng"),
        ({"holder_kind": "person"}, "Chọn người"),
        ({"holder_kind": "agency"}, "Chọn người"),
    ],
)
def test_what_is_no_line_is_not_written(as_officer, places, ours, wrong, words, ask):
    at = f"/plans/{ours.id}"
    form = {"area": places.villages[0].id, "indicator": "pupils", "planned": "10", **wrong}
    assert words in refused(as_officer.submit(f"{at}/lines", form, form_at=at))
    assert len(ask(select(Target.id))) == 3


def test_a_line_of_anothers_village_and_a_plan_of_another_are_not_allowed(as_officer, places, ours):
    at = f"/plans/{ours.id}"
    form = {"area": places.other_village.id, "indicator": "pupils", "planned": "10"}
    assert as_officer.submit(f"{at}/lines", form, form_at=at).status_code == 403
    plan_ = {"owner": f"area:{places.other_commune.id}", "year": "2026", "title": "x"}
    assert as_officer.submit("/plans/new", plan_).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Ghi tên kế hoạch"),
        ({"year": "26"}, "Ghi năm"),
        ({"state": "replaced"}, "Chọn dự thảo"),
    ],
)
def test_what_is_no_plan_is_not_written(as_officer, places, ask, wrong, words):
    form = {"owner": f"area:{places.commune.id}", "year": "2026", "title": "Kế hoạch",
            "state": "draft", **wrong}  # fmt: skip
    assert words in refused(as_officer.submit("/plans/new", form))
    assert ask(select(PlanDocument.id)) == []


def test_a_line_is_changed_and_taken_out(as_officer, ours, ask, phones_show, applies, places):
    [(line,)] = ask(select(Target.id).where(Target.printed_percent == "95.01"))
    at, village = f"/plans/{ours.id}/lines/{line}", places.villages[0]
    form = {"area": village.id, "indicator": "bhyt_coverage", "population": "1604",
            "planned": "1557"}  # fmt: skip
    assert "95,01" in text(as_officer.get(at))
    assert "số nguyên" in refused(as_officer.submit(at, {**form, "planned": "x"}))
    taken = {**form, "area": places.villages[1].id}
    assert "đã có dòng này" in refused(as_officer.submit(at, taken))
    assert as_officer.submit(at, form).status_code == 302
    assert applies(village)[0] == 1557
    assert len(phones_show()) == 1
    assert as_officer.submit(f"{at}/drop", form_at=at).status_code == 302
    assert (applies(village), phones_show()) == (None, [])


def test_a_target_is_given_to_a_person_and_counts_beside_the_village_s(
    make, as_officer, places, ours, ask, applies
):
    village = places.villages[0]
    head = make.add(DutyRow(area_id=village.id, kind="village_head", full_name="Vi Văn Sơn"))
    at = f"/plans/{ours.id}"
    form = {"area": village.id, "indicator": "bhyt_coverage", "planned": "1600",
            "holder_kind": "person", "duty": head.id}  # fmt: skip
    assert as_officer.submit(f"{at}/lines", form, form_at=at).status_code == 302
    agency = {**form, "holder_kind": "agency", "agency": "Bưu điện xã", "planned": "20"}
    assert as_officer.submit(f"{at}/lines", agency, form_at=at).status_code == 302
    page = text(as_officer.get(at))
    for words in ("Người phụ trách: Vi Văn Sơn", "Tổ chức thu: Bưu điện xã",
                  "cộng lại 1.620, nhiều hơn 1.556"):  # fmt: skip
        assert words in page
    assert applies(village)[0] == 1556


def test_of_two_plans_the_newest_counts_until_somebody_chooses(
    make, as_officer, places, ours, applies, ask, phones_show
):
    village = places.villages[0]
    province = plan(make, places.province, title="Kế hoạch tỉnh", signed_on="2026-05-01")
    given(make, province, village, planned=1590, population=1604)
    assert applies(village)[0] == 1590
    at = f"/plans/{ours.id}"
    chosen = as_officer.submit(f"{at}/choose", {"indicator": "bhyt_coverage"}, form_at=at)
    assert chosen.status_code == 302
    assert applies(village)[0] == 1556
    assert len(ask(select(PlanChoice.area_id))) == 3
    assert "đang tính theo kế hoạch này" in text(as_officer.get(at))
    assert any('"planned":1556' in data for data in phones_show())
    assert not any('"planned":1590' in data for data in phones_show())
    # A province's plan is read by its communes and written by the province.
    assert "Hưng Long" in text(as_officer.get(f"/plans/{province.id}"))
    denied = as_officer.submit(f"/plans/{province.id}", {"title": "x"}, form_at="/")
    assert denied.status_code == 403


def test_a_new_version_counts_from_its_day_and_the_old_one_until_then(
    as_officer, places, ours, applies, ask
):
    at, village = f"/plans/{ours.id}", places.villages[0]
    made = as_officer.submit(f"{at}/version", form_at=at).location
    assert as_officer.submit(f"{at}/version", form_at="/plans/new").location == made
    draft = made.rpartition("/")[2]
    [(line,)] = ask(select(Target.id).where(Target.plan_id == draft, Target.area_id == village.id))
    form = {"area": village.id, "indicator": "bhyt_coverage", "planned": "1.600"}
    assert as_officer.submit(f"{made}/lines/{line}", form).status_code == 302
    assert applies(village)[0] == 1556
    wrong = as_officer.submit(f"{made}/force", {"day": ""}, form_at=made)
    assert wrong.status_code == 400
    forced = as_officer.submit(f"{made}/force", {"day": "2026-07-01"}, form_at=made)
    assert forced.status_code == 302
    assert applies(village, "2026-06-30")[0] == 1556
    assert applies(village, "2026-07-01")[0] == 1600
    assert as_officer.submit(f"{made}/force", {"day": DAY}, form_at="/plans/new").status_code == 409
    assert "Đã thay" in text(as_officer.get(at))
    told = {"title": "Kế hoạch bao phủ, bản sửa", "number": "31/KH-UBND"}
    assert as_officer.submit(made, told, form_at=made).status_code == 302
    assert "Ghi tên" in refused(as_officer.submit(made, {"title": ""}, form_at=made))
    assert applies(village)[1].startswith("Kế hoạch bao phủ, bản sửa")


def test_nobody_sees_plans_without_signing_in(client, as_bhxh, ours):
    for path in ("/plans", f"/plans/{ours.id}", "/duties"):
        assert "/sign-in" in client.get(path).headers["Location"]
    assert "15/KH-UBND" in text(as_bhxh.get("/plans"))
