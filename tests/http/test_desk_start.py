"""The start page: what is to do, for each role."""

from server.store.backups import note_backup
from server.store.db import db, now, today
from server.store.plans import ImportRun, Target
from tests.enrolling import book, hand, paid


def test_every_to_do_of_the_start_page_opens_a_page(as_officer, make, places, waiting):
    village = places.villages[0]
    make.add(
        Target(area_id=village.id, indicator="bhyt_coverage", year=2026, planned=5, source="KH 1")
    )
    make.add(
        ImportRun(
            kind="households",
            file_name="a.csv",
            file_digest="0" * 64,
            area_id=places.commune.id,
            rows=2,
            written=1,
            report="{}",
        )
    )
    page = as_officer.get("/").text
    assert f'href="/review?village={village.id}"' in page
    for words in (
        "Chờ xét",
        "Hai nơi ghi khác nhau",
        "Thôn chưa đạt chỉ tiêu",
        "Hộ chưa ai đến",
        "Tệp nhập còn lỗi",
    ):
        assert words in page
    for path in ("/review", "/households?only=never_visited", "/devices?only=ask"):
        assert as_officer.get(path).status_code == 200


def test_a_household_somebody_visited_is_no_longer_to_do(as_officer, make, places):
    home, _people = make.household(as_officer.user, places.villages[0], ["Lê Văn Tám"])
    assert "Lê Văn Tám" in as_officer.get("/households?only=never_visited").text
    make.write(as_officer.user, "visit", {"household": home, "on": "2026-11-01", "outcome": "met"})
    assert "Lê Văn Tám" not in as_officer.get("/households?only=never_visited").text


def test_the_start_page_of_each_role_says_what_it_is_for(as_viewer, as_bhxh, as_surveyor, as_admin):
    assert "không xem tên người" in as_viewer.get("/").text
    for who in (as_bhxh, as_surveyor, as_admin):
        assert "Hộ chưa ai đến" in who.get("/").text


def test_pages_that_a_person_may_not_open_are_not_offered(as_viewer, as_officer):
    assert 'href="/users"' in as_officer.get("/").text
    assert 'href="/users"' not in as_viewer.get("/").text


def test_the_administrator_hears_when_no_backup_was_verified_within_a_day(
    app, as_admin, as_officer
):
    late = "Hơn một ngày chưa có bản sao lưu"
    assert late in as_admin.get("/").text
    assert late not in as_officer.get("/").text
    with app.app_context():
        note_backup(begun_at=now(), engine="sqlite", file_name="a", size=1, sha256="0" * 64)
        db.session.commit()
    assert late not in as_admin.get("/").text


def test_who_loses_support_is_counted_by_village(as_officer, make, places):
    village = places.villages[0]
    poor = {"living_class": "poor", "living_class_from": "2020-01-01", "living_class_to": today()}
    make.household(as_officer.user, village, ["Vi Văn Nghèo", "Vi Thị Hai"], **poor)
    page = as_officer.get("/").text
    assert "Sắp hết hỗ trợ" in page
    assert f'href="/lists/losing?days=90&amp;area={village.id}"' in page
    assert "Vi Văn Nghèo" in as_officer.get("/lists/losing?days=30").text


def test_enrolments_to_check_and_sent_back_are_counted_until_none_is_left(
    as_officer, make, places, lan
):
    village = places.villages[0]
    receipts = book(make, places, as_officer.user)
    hand(make, receipts, lan.phone.user)
    member = lan.member(lan.household(), full_name="Lò Thị Hoa")
    change = lan.save("enrolment", paid(member, lan.phone.user, receipts, 101))
    lan.sync()
    todo = f'href="/enrolments?state=submitted&amp;village={village.id}"'
    assert todo in as_officer.get("/").text
    assert "Lò Thị Hoa" in as_officer.get(f"/enrolments?state=submitted&village={village.id}").text
    for state, was in (("returned", "submitted"), ("submitted", "returned")):
        made = {"state": state, "return_reason": "Sai số" if state == "returned" else None}
        seen = {"state": was, "return_reason": None if state == "returned" else "Sai số"}
        make.write(as_officer.user, "enrolment", made, record=change["record"], was=seen)
        assert (todo in as_officer.get("/").text) == (state == "submitted")
    checked = {"state": "checked"}
    make.write(
        as_officer.user, "enrolment", checked, record=change["record"], was={"state": "submitted"}
    )
    page = as_officer.get("/").text
    assert todo not in page
    assert f'href="/enrolments?state=returned&amp;village={village.id}"' not in page


def test_overdue_farm_requests_are_told_to_who_decides_them(as_admin, desk_of, make, places):
    village = places.villages[0]
    home, _people = make.household(as_admin.user, village, ["Vi Văn Chờ"])
    asked = {"household": home, "requested_on": "2026-09-01", "state": "submitted"}
    make.write(as_admin.user, "farm_request", asked)
    todo = f'href="/farm?due=overdue&amp;village={village.id}"'
    assert todo in as_admin.get("/").text
    assert "Vi Văn Chờ" in as_admin.get(f"/farm?due=overdue&village={village.id}").text
    lists_only = make.user("officer", username="ds", areas=[places.commune], farm_room=False)
    assert "/farm?due=overdue" not in desk_of(lists_only).get("/").text
