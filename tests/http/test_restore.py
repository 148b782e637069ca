"""The restore drill: whatever a restored backup lacks, phones bring back by themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from schemas.kinds import WaitingState
from schemas.sync import REFERENCE_FEED
from server.backup import service
from server.store.backups import Backup
from server.store.changes.write import author_at_desk, new_change, write_changes
from server.store.db import db, is_sqlite, new_id, transaction
from server.store.feeds import ChangeRow, Waiting
from server.store.people import Audit, Device, User
from server.store.records import Card, Household, Member
from server.store.review import decisions
from server.store.review.writing import record_data
from server.store.sealing_keys import SealingKey
from tests.actors import Phone
from tests.factories import PASSWORD
from tests.fake_phone import FakePhone, TripFailed

PHONES = 10
RECORDS = 500


@pytest.fixture
def officer(make, places):
    return make.user("officer", areas=[places.commune])


@pytest.fixture
def file(app, tmp_path):
    """Where the backup goes. What restores have set aside is removed afterwards."""
    yield tmp_path / "sao-luu"
    with app.app_context(), transaction():
        if not is_sqlite():
            aside = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore%'")
            for (name,) in db.session.execute(aside).all():
                db.session.execute(text(f'DROP SCHEMA "{name}" CASCADE'))


@pytest.fixture
def back_up(app, file):
    def work():
        with app.app_context():
            service.back_up(file)

    return work


@pytest.fixture
def restore(app, file):
    def work():
        with app.app_context():
            return service.restore(file, yes=True)

    return work


def sign_in(app, phone, places):
    """The one thing a person does on a phone the restored server does not know."""
    client = app.test_client(use_cookies=False)
    body = {
        "username": phone.phone.user.username,
        "password": PASSWORD,
        "name": "Máy",
        "device": phone.phone.device.id,
    }
    answer = client.post("/api/v1/devices", json=body).get_json()
    with app.app_context():
        device = db.session.get_one(Device, answer["device"])
        db.session.expunge(device)
    phone.phone = Phone(app, phone.phone.user, device, answer["token"])


def number(app, *tables):
    with app.app_context():
        return sum(
            db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
        )


def test_500_records_sent_after_the_backup_are_all_back_and_none_twice(
    app, make, places, phone_of, back_up, restore
):
    users = [
        make.user("surveyor", username=f"nguoi{n}", areas=[places.villages[n % 2]])
        for n in range(PHONES)
    ]
    before = [FakePhone(phone_of(user)) for user in users[:-2]]
    for phone in before:
        phone.sync()
        phone.household()
        phone.sync()
    back_up()
    phones = before + [FakePhone(phone_of(user)) for user in users[-2:]]
    made = []
    for phone in phones:
        phone.sync()
        for _ in range(RECORDS // PHONES // 5):
            home = phone.household()
            people = [phone.member(home), phone.member(home)]
            made += [home, *people, *(phone.card(person) for person in people)]
        phone.sync()
    assert len(made) == RECORDS
    held = number(app, Household, Member, Card)

    check = restore().check
    assert number(app, Household, Member, Card) == held - RECORDS
    assert sum("Đăng nhập lại một lần" in line for line in check) == 2
    for phone in phones[-2:]:
        with pytest.raises(TripFailed, match="unauthorized"):
            phone.sync()
        sign_in(app, phone, places)
    for phone in phones:
        phone.sync()

    assert number(app, Household, Member, Card) == held
    with app.app_context():
        found = {
            id_
            for table in (Household, Member, Card)
            for id_ in db.session.scalars(select(table.id))
        }
        assert set(made) <= found
        assert set(db.session.scalars(select(ChangeRow.status))) == {"applied"}
        assert db.session.scalars(select(Waiting.id)).all() == []
    for phone in phones:
        phone.sync()
        assert phone.outbox == []
        assert not any(feed["records"] for feed in phone.sync()["feeds"].values())
        assert phone.repairs == 0


def test_what_the_desk_and_other_phones_made_waits_as_a_rescue(
    app, make, lan, minh, officer, back_up, restore
):
    home = lan.household()
    member = lan.member(home, phone="0900000001")
    lan.sync()
    minh.sync()
    back_up()
    written = make.write(officer, "household", {"village": lan.villages[0], "code": "VP-1"})
    with app.app_context(), transaction():
        current = record_data("member", member)
        change = new_change("member", member, {"phone": "0900000002"}, {"phone": current["phone"]})
        write_changes([change], author_at_desk(db.session.get_one(User, officer.id)))
    lan.sync()
    minh.sync()
    for _ in range(2):
        restore()
        for phone in (lan, minh, lan, minh):
            phone.sync()
    waits = {wait["record"]: wait for wait in lan.waiting() if wait["state"] == "open"}
    assert waits.keys() == {written, member}
    assert waits[member]["fields"]["phone"]["set"] == "0900000002"
    assert waits[written]["fields"]["code"]["set"] == "VP-1"
    with app.app_context(), transaction():
        author = author_at_desk(db.session.get_one(User, officer.id))
        for id_ in db.session.scalars(select(Waiting.id).where(Waiting.state == "open")).all():
            decisions.accept(id_, author)
    for phone in (lan, minh):
        phone.sync()
        assert phone.data("member", member)["phone"] == "0900000002"
        assert phone.data("household", written)["code"] == "VP-1"
        assert all(wait["state"] != WaitingState.OPEN for wait in phone.waiting())


def test_a_copy_put_back_by_hand_is_noticed_by_who_lost_a_result(app, lan, minh, back_up, restore):
    lan.household()
    lan.sync()
    minh.sync()
    back_up()
    home = lan.household(code="HL-9")
    lan.sync()
    minh.sync()
    with app.app_context():
        epoch = db.session.scalar(text("SELECT epoch FROM instance"))
    restore()
    with app.app_context(), transaction():
        db.session.execute(text("UPDATE instance SET epoch = :epoch"), {"epoch": epoch})
    lan.sync()
    assert lan.data("household", home)["code"] == "HL-9"
    assert lan.epoch != epoch
    assert minh.phone.post("/api/v1/sync", minh.request()).get_json()["reoffer"] is True
    minh.sync()
    assert minh.data("household", home)["code"] == "HL-9"
    with app.app_context():
        kinds = db.session.scalars(select(Audit.kind)).all()
    assert kinds.count("epoch_renewed") == 1


def test_a_key_pair_younger_than_the_backup_stays(app, lan, back_up, restore):
    back_up()
    lan.villages.append(REFERENCE_FEED)
    lan.sync()
    with app.app_context():
        before = db.session.scalars(select(SealingKey.id)).all()
    restore()
    with app.app_context():
        assert db.session.scalars(select(SealingKey.id)).all() == before != []


def test_the_shelf_is_kept_until_a_backup_begun_an_hour_later_and_thirty_days(app, lan, back_up):
    lan.household()
    lan.sync()
    later = datetime.now(UTC) + timedelta(days=31)
    lan.clear_shelf(later)
    assert len(lan.sent) == 1
    back_up()
    lan.sync()
    lan.clear_shelf(later)
    assert len(lan.sent) == 1
    with app.app_context(), transaction():
        db.session.add(
            Backup(
                id=new_id(),
                begun_at=datetime.now(UTC) + timedelta(hours=2),
                verified_at=datetime.now(UTC) + timedelta(hours=2),
                engine="",
                file_name="",
                size=0,
                sha256="",
            )
        )
    lan.sync()
    lan.clear_shelf(datetime.now(UTC) + timedelta(days=29))
    assert len(lan.sent) == 1
    lan.clear_shelf(later)
    assert lan.sent == []
