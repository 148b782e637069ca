"""Where each card stands, for the commune and for the unit, by stage and with its age."""

import pytest
from sqlalchemy import update

from server.store.card_lists import CardList
from server.store.db import db
from tests import homes
from tests.enrolling import paid
from tests.http.test_farm_requests import on  # noqa: F401
from tests.sealed_lists import issued, returned


@pytest.fixture
def desk(as_officer, on):  # noqa: F811
    on("2026-11-25")
    return as_officer


def text(answer):
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def lines(page):
    """What the page says person by person."""
    return page.partition("<h2>Từng người</h2>")[2]


def test_a_sealed_list_waits_for_the_insurance(desk, as_bhxh, lot):
    for somebody in (desk, as_bhxh):
        page = lines(text(somebody.get("/tracking")))
        for words in ("Lường Thị Bé", "Đã chốt, BHXH chưa lấy", lot.number, "chốt 20/11/2026"):
            assert words in page


def test_every_step_of_the_insurance_shows(desk, lot, software):
    assert software.get(f"/lists/{lot.number}/rows").status_code == 200
    assert "BHXH đã lấy" in lines(text(desk.get("/tracking")))
    told = {"count": 3, "digest": lot.digest}
    assert software.post(f"/lists/{lot.number}/receipt", told).status_code == 200
    assert "BHXH đã nhận" in lines(text(desk.get("/tracking")))
    software.answer(lot.number, issued("a1", 1), returned("a2", 2, "deceased"))
    page = lines(text(desk.get("/tracking")))
    for words in ("Đã cấp thẻ", "Bị trả lại", "BHXH ghi là đã mất"):
        assert words in page


def test_stages_and_names_are_chosen(desk, lot, software):
    software.answer(lot.number, issued("a1", 1))
    assert "Quàng Văn Ba" not in lines(text(desk.get("/tracking?stage=issued")))
    assert "Lường Thị Bé" not in lines(text(desk.get("/tracking?stage=sealed")))
    page = lines(text(desk.get("/tracking?q=quang van")))
    assert "Quàng Văn Ba" in page
    assert "Lê Văn Bốn" not in page
    assert "Không có ai" in text(desk.get("/tracking?q=nobody"))
    assert desk.get("/tracking?stage=nowhere").status_code == 400


def test_what_the_insurance_has_had_for_long_is_named(desk, app, lot):
    assert "Không có ai" in text(desk.get("/tracking?stage=over"))
    with app.app_context():
        db.session.execute(update(CardList).values(sealed_on="2026-11-02"))
        db.session.commit()
    page = lines(text(desk.get("/tracking?stage=over")))
    # From Monday 2/11 to Wednesday 25/11: seventeen working days, none a holiday.
    assert "ở BHXH 17 ngày" in page


def test_who_paid_and_is_on_no_list_is_enrolled(desk, make, app, places):
    person = homes.never_had("Hà Thị Mai")
    homes.write(app, places.villages[1], person)
    make.write(desk.user, "enrolment", paid(person["id"], desk.user, None, None))
    page = text(desk.get("/tracking"))
    assert "Hà Thị Mai" in lines(page)
    assert "Đã nộp hồ sơ" in lines(page)
    assert "Hà Thị Mai" not in text(desk.get(f"/tracking?village={places.villages[0].id}"))


def test_who_has_a_card_and_paid_again_is_enrolled_again(desk, make, children, lot, software):
    software.answer(lot.number, issued("a1", 1))
    make.write(desk.user, "enrolment", paid(children[0], desk.user, None, None))
    assert "Lường Thị Bé" in lines(text(desk.get("/tracking?stage=enrolled")))


def test_the_start_page_counts_what_names_nobody_too(desk, lot, software):
    software.answer(lot.number, issued("a1", 99))
    page = text(desk.get("/"))
    assert "1</b>" in page.partition('class="tile" href="/bhxh-answers">')[2].partition("</a>")[0]


def test_the_start_page_counts_what_came_back_for_the_office(desk, lot, software):
    software.answer(lot.number, returned("a1", 1, "wrong_group"), returned("a2", 2))
    page = text(desk.get("/"))
    assert "1</b>" in page.partition('class="tile" href="/bhxh-answers">')[2].partition("</a>")[0]


def test_others_see_their_own_only(as_stranger, as_surveyor, as_viewer, lot, places):
    assert "Lường Thị Bé" not in text(as_stranger.get("/tracking"))
    assert as_stranger.get(f"/tracking?village={places.villages[0].id}").status_code == 403
    for somebody in (as_surveyor, as_viewer):
        assert somebody.get("/tracking").status_code == 403


def test_a_persons_page_tells_their_list(desk, lot, children, software):
    assert (
        software.post(
            f"/lists/{lot.number}/receipt", {"count": 3, "digest": lot.digest}
        ).status_code
        == 200
    )
    page = text(desk.get(f"/people/{children[0]}"))
    assert f"Danh sách số {lot.number}" in page
    assert "BHXH đã nhận ngày" in page
