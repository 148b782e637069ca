"""The demo commune: what the plan printed, exactly as many people, and the same ones every time."""

from collections import Counter
from datetime import date

import orjson
import pytest
from sqlalchemy import func, select

from schemas.kinds import EnrolmentState, FarmRequestState
from server.demo.commune import households, plan_lines
from server.demo.receipts import HOLDERS, SHORT
from server.demo.seed import COMMUNE
from server.demo.sponsors import GIVERS
from server.domain.enrolment.amounts import against_the_law, shares_differ
from server.store.card_lists import CardList
from server.store.feeds import ChangeRow, Instance, Waiting
from server.store.legal import legal_tables
from server.store.people import User
from server.store.places import Area
from server.store.plan_documents import PlanDocument
from server.store.records import Enrolment, FarmRequest, Household, Member, Sponsorship
from server.store.returned_lists import ReturnedList
from tests.actors import Desk
from tests.conftest import migrated

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Seeded once: the tests only look."""
    app = migrated(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    seeded = app.test_cli_runner().invoke(args=["seed", "--day", DAY])
    assert seeded.exit_code == 0, seeded.output
    app.extensions["said"] = seeded.output
    yield app
    from server.store.db import db

    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def ask_demo(demo):
    from server.store.db import db

    def rows(statement):
        with demo.app_context():
            return list(db.session.execute(statement).all())

    return rows


@pytest.fixture
def officer(demo, ask_demo):
    [[officer]] = ask_demo(select(User).where(User.username == "officer"))
    return Desk(demo, officer)


@pytest.fixture
def officer_page(officer, ask_demo):
    [[commune]] = ask_demo(select(Area.id).where(Area.name == COMMUNE))
    page = officer.get(f"/coverage?area={commune}&on={DAY}")
    assert page.status_code == 200
    return page.get_data(as_text=True)


@pytest.fixture
def enrolments(ask_demo):
    return [orjson.loads(data) for [data] in ask_demo(select(Enrolment.data))]


def test_it_holds_exactly_the_people_of_the_plan(ask_demo):
    counts = ask_demo(
        select(Area.name, func.count())
        .join(Member, Member.village_id == Area.id)
        .group_by(Area.name)
    )
    plan = {line.unit: line.population for line in plan_lines() if line.level == "village"}
    assert [(name, plan[name]) for name, _ in counts] == [tuple(row) for row in counts]
    assert sum(plan.values()) == 8060


def test_every_record_applied_and_nothing_waits(ask_demo):
    assert ask_demo(select(ChangeRow.status).distinct()) == [("applied",)]
    assert ask_demo(select(func.count()).select_from(Waiting)) == [(0,)]


def test_the_page_shows_the_plan_and_its_misprint(officer_page):
    assert "7.703" in officer_page
    assert "95,57\u00a0%" in officer_page
    assert "97,01\u00a0%" in officer_page
    assert "văn bản in 95,01\u00a0%" in officer_page


def test_it_is_marked_as_a_sample(ask_demo):
    assert ask_demo(select(Instance.demo)) == [(True,)]
    assert ask_demo(select(func.count()).where(~Household.code.startswith("MẪU-"))) == [(0,)]


def test_its_users_are_told_with_their_password(demo, ask_demo):
    users = {name for [name] in ask_demo(select(User.username))}
    assert users == {"surveyor", "surveyor2", "officer", "bhxh", "viewer", "admin"}
    assert "Password of all of them, shown only now" in demo.extensions["said"]


def test_a_second_seed_does_nothing(demo, ask_demo):
    again = demo.test_cli_runner().invoke(args=["seed"])
    assert "not empty" in again.output
    assert again.exit_code == 0
    assert ask_demo(select(func.count()).select_from(User)) == [(6,)]


def test_the_same_day_makes_the_same_people():
    line = next(line for line in plan_lines() if line.unit == "Thôn Quyết Tiến")
    once, twice = (list(households("v", line, date(2026, 11, 22))) for _ in range(2))
    assert once == twice
    assert once != list(households("v", line, date(2026, 11, 23)))


def test_sample_ids_fit_sex_and_birth_but_for_a_few(ask_demo):
    people = ask_demo(
        select(Member.personal_id, Member.sex, Member.birth_date).where(
            Member.personal_id.is_not(None)
        )
    )
    odd = [p for p in people if (int(p.personal_id[3]) % 2 == 1) != (p.sex == "female")]
    years = [p for p in people if p.personal_id[4:6] != p.birth_date[2:4]]
    assert len(people) > 6000
    assert len(odd) < len(people) * 0.01
    assert years == []
    assert len({p.personal_id for p in people}) == len(people)


def test_requests_and_enrolments_stand_in_every_state(ask_demo, enrolments):
    states = {state for [state] in ask_demo(select(FarmRequest.state))}
    assert states == set(FarmRequestState)
    assert {one["state"] for one in enrolments} == set(EnrolmentState)
    villages = {village for [village] in ask_demo(select(FarmRequest.village_id))}
    assert len(villages) == 5


def test_its_amounts_are_those_of_the_law_of_each_payment_day(demo, enrolments):
    with demo.app_context():
        tables = legal_tables()
    assert [against_the_law(tables, one) for one in enrolments] == [{}] * len(enrolments)
    assert not any(shares_differ(one) for one in enrolments)


def test_its_receipt_numbers_are_of_the_collector_s_range_and_used_once(ask_demo, enrolments):
    names = dict(ask_demo(select(User.id, User.username)))
    receipts = {one["receipt"]: one for one in enrolments if one["state"] != "draft"}
    numbers = Counter(one["receipt_number"] for one in receipts.values())
    assert set(numbers.values()) == {1}
    for one in receipts.values():
        first, last, code = HOLDERS[names[one["collected_by"]]]
        assert first <= one["receipt_number"] <= last
        assert one["collector_code"] == code


def test_its_rooms_have_something_to_do(officer, ask_demo):
    assert "quá hạn" in officer.get("/farm").text
    assert "31/QĐ-UBND (mẫu)" in officer.get("/farm/register").text
    [[surveyor]] = ask_demo(select(User.id).where(User.username == "surveyor"))
    sheet = officer.get(f"/cash/{surveyor}/2026-11-20").text
    assert f"<dd><b>{SHORT:,}</b>".replace(",", ".") in sheet


def test_its_sponsors_have_given_cards(officer, ask_demo):
    cards = [orjson.loads(data) for (data,) in ask_demo(select(Sponsorship.data))]
    assert len(cards) == sum(giver.cards for giver in GIVERS)
    assert len({card["member"] for card in cards}) == len(cards)
    open_ones = [card for card in cards if "withdrawn_on" not in card]
    given = sum(card["amount"] for card in open_ones)
    page = officer.get("/sponsors").text
    assert f"{given:,}".replace(",", ".") in page
    assert all(giver.name in page for giver in GIVERS)
    assert "Còn cần tài trợ" in officer.get("/hardship").text


def test_people_are_to_be_talked_to_about_voluntary_insurance(officer):
    assert "Đợi bán lúa" in officer.get("/leads").text
    assert "Muốn tham gia" in officer.get("/leads/survey").text
    tally = officer.get("/leads/tally").text
    assert "Ông Lương Văn Hà (mẫu)" in tally


@pytest.mark.parametrize(
    "key", ["merit", "social_protection", "social_pension", "pensioners", "wage_workers"]
)
def test_no_list_of_people_with_a_right_is_empty(officer, key):
    page = officer.get(f"/lists/{key}").text
    assert 'href="/people/' in page


def test_a_file_of_the_insurance_waits_to_be_given(officer):
    page = officer.get("/leads/files").text
    file = page.split('href="/leads/files/', 1)[1].split('"', 1)[0]
    opened = officer.get(f"/leads/files/{file}").text
    for words in ("Hà Văn Lợi", "Hưởng trợ cấp thất nghiệp", "Giao người của tệp"):
        assert words in opened


def test_a_list_of_the_insurance_waits_to_be_settled(officer):
    lists = officer.get("/reconcile").get_data(as_text=True)
    assert "Người tham gia BHYT, " in lists
    path = lists.split('href="/reconcile/', 1)[1].split('"', 1)[0]
    sure = officer.get(f"/reconcile/{path}/sure").get_data(as_text=True)
    assert "Xác nhận các cặp chắc chắn" in sure
    for tab in ("likely", "different", "not-found", "expired", "children"):
        page = officer.get(f"/reconcile/{path}/{tab}").get_data(as_text=True)
        assert "Không có dòng nào ở đây" not in page, tab


def test_the_roll_of_a_school_says_another_class(officer):
    rolls = officer.get("/reconcile").text
    path = rolls.split("Trường Tiểu học Ngọc Phụng (mẫu), năm học", 1)[0]
    path = path.rsplit('href="/reconcile/', 1)[1].split('"', 1)[0]
    page = officer.get(f"/reconcile/{path}/school").text
    assert page.count("Khác: lớp") > 3
    assert page.count("Khác: trường, lớp") == 1


def test_what_came_up_since_a_list_was_approved_is_told_to_its_signer(officer, ask_demo):
    [[made]] = ask_demo(select(CardList.id).where(CardList.state == "approved"))
    page = officer.get(f"/card-lists/{made}").text
    assert "Từ khi trình duyệt, 2 dòng sẽ bị trả lại" in page
    assert page.count("<b>không gửi được</b>") == 1


def test_two_answers_of_the_insurance_stand_side_by_side(officer):
    page = officer.get("/bhxh-answers").text
    assert "Đã có thẻ theo nhóm hộ nghèo ở xã khác (mẫu)." in page
    assert "Trái với câu trả lời trước" in page


def test_a_village_sent_its_list_back(officer, ask_demo):
    [[back]] = ask_demo(select(ReturnedList.id))
    page = officer.get(f"/returned/{back}").text
    for words in ("Lương Gia Bảo", "Đi làm ở Hà Nội, Tết mới về", "Trưởng thôn (mẫu)"):
        assert words in page


def test_each_village_has_somebody_to_call_and_the_plan_is_a_document(
    officer, officer_page, ask_demo
):
    assert officer_page.count("(mẫu)") > 14
    assert officer_page.count("tel:0000000") > 14
    [[id_]] = ask_demo(select(PlanDocument.id))
    assert id_ in officer.get("/plans?year=2025").get_data(as_text=True)
    plan = officer.get(f"/plans/{id_}").get_data(as_text=True)
    for words in ("31/10/2025", "văn bản in 95,01", "Tháng 9", "Các dòng cộng lại"):
        assert words in plan
