"""What the surveyor knows of each change, and what goes to and fro between door and commune."""

import re

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import func, select, update

from schemas.kinds import Entity, WaitingState
from server.store.changes.write import author_at_desk
from server.store.db import db, new_id, transaction
from server.store.feeds import ChangeRow, Waiting
from server.store.people import User, UserArea
from server.store.records import FieldNote, Household, Member
from server.store.review import decisions, returning
from tests import homes
from tests.e2e.shelves import change, fill_outbox

TOO_DEEP = {"phone": [[[[[[[[[[["0912345678"]]]]]]]]]]]}

pytestmark = pytest.mark.usefixtures("officer")


@pytest.fixture
def decide(app, officer):
    """Do something as the commune officer."""

    def doing(work, *given, **named):
        with app.app_context(), transaction():
            author = author_at_desk(db.session.get_one(User, officer.id))
            return work(*given, author=author, **named)

    return doing


def section(phone, name: str) -> Locator:
    return phone.page.get_by_role("region", name=re.compile(name))


def entry(phone, name: str, person: str) -> Locator:
    return section(phone, name).get_by_role("article").filter(has_text=person)


def write_address(phone, address):
    phone.open_household("Vi Văn Tú")
    phone.page.get_by_role("link", name="Sửa", exact=True).tap()
    phone.page.get_by_label("Địa chỉ").fill(address)
    phone.save()


def expect_sent(phone):
    phone.home()
    expect(phone.trust).to_contain_text("Đã gửi hết")


def test_every_change_is_told_in_words_and_opens_its_record(phone):
    phone.offline()
    write_address(phone, "Xóm Đồng, cạnh giếng")
    phone.home()
    phone.page.get_by_role("link", name="Chờ gửi và đã gửi").tap()
    unsent = entry(phone, "Chưa gửi", "Hộ Vi Văn Tú")
    expect(unsent).to_contain_text("Địa chỉ")
    expect(unsent).to_contain_text("Xóm Đồng, cạnh giếng")

    phone.online()
    sent = entry(phone, "Đã gửi gần đây", "Hộ Vi Văn Tú")
    expect(sent).to_contain_text("Xóm Đồng, cạnh giếng")
    expect(section(phone, "Chưa gửi")).to_have_count(0)
    sent.get_by_role("link").tap()
    expect(phone.page.get_by_role("heading", name="Hộ Vi Văn Tú", level=1)).to_be_visible()


def test_poison_first_in_the_queue_stops_nothing_and_is_named(
    app, ask, watch, phone, village, known_home
):
    """One that the server cannot read, one that breaks the whole trip, two hundred behind them."""
    watch.foresee("status of 400")
    phone.offline()
    (head,) = [id_ for id_, data in ask(select(Member.id, Member.data)) if "Vi Văn Tú" in data]
    poison = [
        change("member", head, village.id, {"note": "khó đọc"}, id="không phải mã"),
        change("member", head, village.id, TOO_DEEP),
    ]
    behind = [
        change("household", new_id(), village.id, {"village": village.id, "code": f"HL-{n}"})
        for n in range(100, 300)
    ]
    fill_outbox(phone, poison + behind)
    phone.close()
    phone.open()
    expect(phone.trust).to_contain_text(re.compile(r"^\s*2 cần giúp · đồng bộ "))
    assert ask(select(func.count()).select_from(Household)) == [(201,)]
    taken = ask(select(ChangeRow.status).where(ChangeRow.device_id.is_not(None)))
    assert [status for (status,) in taken] == ["applied"] * 200

    phone.go("#/changes")
    stuck = entry(phone, "Cần giúp", "Vi Văn Tú")
    expect(stuck).to_have_count(2)
    expect(stuck.filter(has_text="khó đọc")).to_contain_text("Máy chủ không đọc được thay đổi này")
    expect(stuck.filter(has_text="Điện thoại")).to_contain_text("Máy chủ gặp lỗi mỗi khi nhận")
    expect(section(phone, "Đã gửi gần đây")).to_contain_text("(200)")
    phone.go("#/sync")
    expect(phone.page.get_by_text("Cần giúp đỡ (2)")).to_be_visible()
    phone.go("#/changes")
    phone.page.get_by_role("button", name="Thử gửi lại: Vi Văn Tú").first.tap()
    expect(stuck).to_have_count(2)
    expect(section(phone, "Chưa gửi")).to_have_count(0)


def conflict(app, phone, home):
    """The desk writes an address over the one the phone had seen; the phone's waits."""
    phone.offline()
    write_address(phone, "Xóm Đồng, cạnh giếng")
    homes.edit(app, "household", home, {"address": "Nhà số 1"})
    phone.online()
    expect_sent(phone)
    with app.app_context():
        return db.session.scalars(select(Waiting.id)).one()


def test_the_phone_says_what_the_commune_decides_and_why(app, phone, known_home, decide):
    waiting = conflict(app, phone, known_home)
    phone.go("#/changes")
    mine = entry(phone, "Xã xem xét", "Hộ Vi Văn Tú")
    expect(mine).to_contain_text("đang chờ")
    expect(mine).to_contain_text("Địa chỉ: Người khác đã sửa ô này trước")

    decide(
        decisions.settle, waiting, state=WaitingState.REJECTED, note="Đã hỏi trưởng thôn: nhà số 1"
    )
    phone.go("#/sync")
    phone.tap("Đồng bộ ngay")
    phone.go("#/changes")
    expect(mine).to_contain_text("xã không nhận")
    expect(mine).to_contain_text("Xã ghi: Đã hỏi trưởng thôn: nhà số 1")


def returned(phone) -> Locator:
    return phone.page.get_by_role("region", name="Xã trả lại").get_by_role("link")


def answers(phone) -> Locator:
    return phone.page.get_by_role("region", name="Xã đã trả lời")


def sync(phone):
    phone.go("#/sync")
    phone.page.get_by_role("button", name="Đồng bộ ngay").tap()
    phone.search("")


def test_what_is_returned_reaches_whoever_serves_the_village_now(
    app, ask, make, village, phone, known_home, handset, decide
):
    waiting = conflict(app, phone, known_home)
    notes = {"address": "Xin hỏi lại số nhà"}
    decide(decisions.settle, waiting, state=WaitingState.RETURNED, notes=notes)
    with app.app_context(), transaction():
        db.session.execute(
            update(UserArea).values(valid_to="2026-01-01").where(UserArea.area_id == village.id)
        )
    make.user("surveyor", username="mai", areas=[village])
    mai = handset("mai").open()
    mai.sign_in("mai")
    mai.downloaded()
    expect(returned(mai)).to_contain_text("Xin hỏi lại số nhà")
    returned(mai).tap()
    expect(mai.page.get_by_text("Xã ghi: Xin hỏi lại số nhà")).to_be_visible()
    expect(mai.page.get_by_text("Đã ghi: “Xóm Đồng, cạnh giếng”")).to_be_visible()
    mai.page.get_by_label("Địa chỉ").fill("Nhà số 7")
    mai.save("Lưu để gửi xã")
    mai.home()
    expect(returned(mai)).to_have_count(0)
    expect_sent(mai)
    expect(returned(mai)).to_have_count(0)
    states = ask(select(Waiting.state).where(Waiting.id == waiting))
    assert states == [("answered",)]
    assert '"address":"Nhà số 7"' in ask(select(Household.data))[0][0]


def test_a_returned_person_is_answered_as_recorded_and_may_be_returned_again(
    ask, phone, known_home, decide
):
    (head,) = [id_ for id_, data in ask(select(Member.id, Member.data)) if "Vi Văn Tú" in data]
    asking = {"note": "Xem lại giấy tờ", "notes": {"birth_date": "Hỏi lại năm sinh"}}
    first = decide(returning.return_to_field, Entity.MEMBER, head, **asking)
    sync(phone)
    expect(returned(phone)).to_contain_text("Ngày sinh")
    returned(phone).tap()
    expect(phone.page.get_by_text("Xã ghi: Hỏi lại năm sinh")).to_be_visible()
    phone.save("Đúng như đã ghi")
    phone.home()
    expect(returned(phone)).to_have_count(0)
    expect_sent(phone)
    assert ask(select(Waiting.state).where(Waiting.id == first)) == [("answered",)]

    again = {"note": None, "notes": {"birth_date": "Vẫn chưa rõ, xin xem căn cước"}}
    decide(returning.return_to_field, Entity.MEMBER, head, **again)
    sync(phone)
    expect(returned(phone)).to_contain_text("xin xem căn cước")


def test_a_question_from_the_door_is_answered_and_read(app, make, officer, phone, known_home):
    phone.open_household("Vi Văn Tú")
    phone.page.get_by_role("link", name="Lò Thị Mai").tap()
    phone.page.get_by_role("link", name="Viết cho xã về người này").tap()
    phone.tap("Thẻ sai")
    phone.page.get_by_label("Nội dung").fill("Thẻ in sai năm sinh")
    phone.save("Lưu để gửi xã")
    expect_sent(phone)
    phone.go("#/changes")
    note = entry(phone, "Ghi chú cho xã", "Thẻ in sai năm sinh")
    expect(note).to_contain_text("Lò Thị Mai")
    expect(note).to_contain_text("Chưa trả lời")

    with app.app_context():
        record = db.session.scalars(select(FieldNote.id)).one()
    values = {"state": "answered", "answer": "Mang thẻ ra xã để đổi"}
    make.write(officer, "field_note", values, record=record, was={"state": "open", "answer": None})
    sync(phone)
    expect(answers(phone)).to_contain_text("Mang thẻ ra xã để đổi")
    answers(phone).get_by_role("link").tap()
    expect(phone.page.get_by_text("Mang thẻ ra xã để đổi")).to_be_visible()
    phone.tap("Đã đọc")
    phone.home()
    expect(answers(phone)).to_have_count(0)
    phone.close()
    phone.open(offline=True)
    expect(phone.trust).to_be_visible()
    expect(answers(phone)).to_have_count(0)
