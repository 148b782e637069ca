"""Backup and restore on both engines, with real files."""

import resource
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text

from server.backup import postgres, sqlite
from server.store.backups import Backup, backup_is_late
from server.store.db import db, is_sqlite, transaction
from server.store.feeds import Instance
from server.store.people import Audit, Device, User
from server.store.records import Household


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=[str(word) for word in words])


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sao-luu"


@pytest.fixture
def backed_up(run, file, lan):
    """A household is in the backup; a second one came later."""
    lan.household(code="HL-1")
    lan.sync()
    assert run("backup", file).exit_code == 0
    lan.household(code="HL-2")
    lan.sync()
    return file


def codes(ask):
    return sorted(code for (code,) in ask(select(Household.code)))


def failed(done, words):
    """One clear sentence and exit code 1."""
    return done.exit_code == 1 and done.output == f"Error: {words}\n"


def test_a_backup_is_noted_once_it_was_read_again(run, file, ask, lan):
    done = run("backup", file)
    assert done.exit_code == 0, done.output
    ((noted,),) = ask(select(Backup))
    assert noted.file_name == "sao-luu"
    assert noted.size == file.stat().st_size
    assert noted.sha256 in done.output
    assert noted.begun_at <= noted.verified_at
    assert [kind for (kind,) in ask(select(Audit.kind))] == ["backup"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.glob(".*")) == []


def test_phones_hear_until_when_there_is_a_backup(run, file, lan, app):
    assert lan.sync()["backed_up_until"] is None
    run("backup", file)
    told = lan.sync()["backed_up_until"]
    assert told is not None
    with app.app_context():
        assert not backup_is_late()


def test_a_restore_takes_the_database_back_and_keeps_the_old_one(run, backed_up, ask, app):
    before = ask(select(Instance.database, Instance.epoch))
    done = run("restore", backed_up, "--yes")
    assert done.exit_code == 0, done.output
    assert codes(ask) == ["HL-1"]
    ((database, epoch),) = ask(select(Instance.database, Instance.epoch))
    assert database == before[0].database
    assert epoch != before[0].epoch
    aside = done.output.partition("được giữ ở: ")[2].splitlines()[0]
    assert kept_aside(app, aside) == 2
    assert "restore" in [kind for (kind,) in ask(select(Audit.kind))]


def database_file() -> Path:
    return Path(db.engine.url.database or "")


def kept_aside(app, name):
    with app.app_context():
        if not is_sqlite():
            left = db.session.scalar(text(f'SELECT count(*) FROM "{name}".household'))
            db.session.execute(text(f'DROP SCHEMA "{name}" CASCADE'))
            db.session.commit()
            return left
        file = database_file().with_name(name)
        with closing(sqlite3.connect(file)) as old:
            return old.execute("SELECT count(*) FROM household").fetchone()[0]


def test_the_server_goes_on_with_what_was_restored(run, backed_up, lan, ask):
    """The application's own connections stay open over the restore."""
    lan.sync()
    assert run("restore", backed_up, "--yes").exit_code == 0
    assert lan.phone.post("/api/v1/sync", lan.request()).get_json()["reoffer"] is True
    lan.household(code="HL-3")
    assert lan.phone.post("/api/v1/sync", lan.request(lan.outbox)).status_code == 200
    assert codes(ask) == ["HL-1", "HL-3"]


def test_a_database_that_holds_data_is_replaced_only_when_told_so(run, backed_up, ask):
    assert failed(
        run("restore", backed_up),
        "Cơ sở dữ liệu đang có dữ liệu. Thêm --yes để thay; dữ liệu cũ được giữ bên cạnh.",
    )
    assert codes(ask) == ["HL-1", "HL-2"]


def test_an_empty_database_takes_any_backup_without_a_question(run, backed_up, ask, request, app):
    name = "sqlite_stand" if "sqlite" in request.node.callspec.id else "postgres_stand"
    request.getfixturevalue(name).clean()
    done = run("restore", backed_up)
    assert done.exit_code == 0, done.output
    assert codes(ask) == ["HL-1"]
    assert "Hãy kiểm tra" not in done.output


def test_the_backup_of_another_place_is_refused(run, backed_up, ask, app):
    with app.app_context(), transaction():
        db.session.execute(text("UPDATE instance SET database = 'another'"))
    assert failed(
        run("restore", backed_up, "--yes"),
        "Bản sao lưu này của một nơi khác. Chỉ khôi phục được vào cơ sở dữ liệu trống.",
    )
    assert codes(ask) == ["HL-1", "HL-2"]


def test_no_file_is_overwritten(run, file):
    file.write_text("quan trọng")
    assert failed(run("backup", file), "Tệp này đã có. Hãy đặt tên khác.")
    assert file.read_text() == "quan trọng"


@pytest.mark.parametrize("place", ["không có/sao-luu", "tệp/sao-luu"])
def test_a_folder_that_cannot_be_written_to_is_named(run, tmp_path, place, ask):
    (tmp_path / "tệp").write_text("")
    assert failed(run("backup", tmp_path / place), "Không ghi được vào thư mục này.")
    assert ask(select(Backup)) == []


@contextmanager
def no_file_grows_beyond(size):
    """As if the disk were full: the kernel refuses to write on."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


FULL = "Đĩa đầy hoặc hỏng, không ghi tiếp được. Mọi thứ vẫn như trước."


def test_a_full_disk_leaves_no_half_backup(run, file, ask, make, places):
    make.household(make.user("officer", areas=[places.commune]), places.villages[0], ["Lò Thị Mai"])
    with no_file_grows_beyond(2048):
        done = run("backup", file)
    assert failed(done, FULL)
    assert list(file.parent.iterdir()) == []
    assert ask(select(Backup)) == []


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_full_disk_leaves_the_database_as_it_was(run, backed_up, ask, sqlite_stand):
    with no_file_grows_beyond(64 * 1024):
        done = run("restore", backed_up, "--yes")
    assert failed(done, FULL)
    assert codes(ask) == ["HL-1", "HL-2"]
    assert [it.name for it in sqlite_stand.file.parent.glob("*restor*")] == []


def test_a_restore_that_fails_halfway_leaves_everything(run, backed_up, ask, monkeypatch):
    def fails(connection):
        raise ZeroDivisionError

    monkeypatch.setattr("server.backup.schema.renew", fails)
    epoch = ask(select(Instance.epoch))
    assert isinstance(run("restore", backed_up, "--yes").exception, ZeroDivisionError)
    assert codes(ask) == ["HL-1", "HL-2"]
    assert ask(select(Instance.epoch)) == epoch


UNREADABLE = "Tệp này không phải bản sao lưu Bao Phủ còn nguyên vẹn."


@pytest.mark.parametrize("left", [0, 10, 1000, 0.5, 0.99])
def test_a_truncated_backup_is_refused(run, backed_up, ask, left):
    whole = backed_up.read_bytes()
    backed_up.write_bytes(whole[: left if isinstance(left, int) else int(len(whole) * left)])
    assert failed(run("restore", backed_up, "--yes"), UNREADABLE)
    assert codes(ask) == ["HL-1", "HL-2"]


def test_a_backup_with_one_wrong_byte_is_refused_or_the_same(run, backed_up, ask):
    whole = bytearray(backed_up.read_bytes())
    for at in range(100, len(whole), len(whole) // 7):
        backed_up.write_bytes(bytes([*whole[:at], whole[at] ^ 0xFF, *whole[at + 1 :]]))
        done = run("restore", backed_up, "--yes")
        if done.exit_code == 0:
            assert codes(ask) == ["HL-1"]  # nobody reads that byte: it lies in a free page
        else:
            assert done.exit_code == 1
            assert codes(ask) in (["HL-1", "HL-2"], ["HL-1"])


@pytest.mark.parametrize("foreign", [b"", b"xin ch\xc3\xa0o", b"PK\x03\x04", b"SQLite format 3\0"])
def test_a_foreign_file_is_refused(run, file, foreign):
    file.write_bytes(foreign)
    done = run("restore", file, "--yes")
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert done.output.count("\n") == 1


def test_a_file_that_is_not_there_is_refused(run, file):
    assert failed(run("restore", file), UNREADABLE)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("part", ["", "-wal", "-shm"])
def test_the_live_database_is_no_backup_of_itself(run, lan, ask, sqlite_stand, tmp_path, part):
    """What was written last stands in the log alone: the file by itself would lose it."""
    lan.household(code="HL-1")
    lan.sync()
    live = sqlite_stand.file.with_name(sqlite_stand.file.name + part)
    by_another_name = tmp_path / "sao-luu"
    by_another_name.symlink_to(live)
    for named in (live, by_another_name):
        assert failed(
            run("restore", named, "--yes"),
            "Tệp này là chính cơ sở dữ liệu đang dùng, không phải bản sao lưu. "
            "Không có gì thay đổi.",
        )
    assert codes(ask) == ["HL-1"]


def test_the_backup_of_the_other_engine_is_refused(run, backed_up, request):
    other = postgres.MAGIC if "sqlite" in request.node.callspec.id else sqlite.MAGIC
    backed_up.write_bytes(other + b"\0" * 5000)
    assert failed(
        run("restore", backed_up, "--yes"),
        "Bản sao lưu này của loại cơ sở dữ liệu khác (SQLite hay PostgreSQL).",
    )


def test_the_backup_of_a_newer_version_is_refused(run, file, app, ask, lan):
    with app.app_context(), transaction():
        head = db.session.scalar(text("SELECT version_num FROM alembic_version"))
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        assert run("backup", file).exit_code == 0
    finally:
        with app.app_context(), transaction():
            db.session.execute(
                text("UPDATE alembic_version SET version_num = :head"), {"head": head}
            )
    assert failed(
        run("restore", file, "--yes"),
        "Bản sao lưu này của phiên bản phần mềm mới hơn. Hãy cập nhật rồi khôi phục.",
    )


def test_an_older_backup_is_brought_up_to_date(run, app, file, ask, lan):
    """A copy as the first version of the schema would have written it."""
    import flask_migrate

    lan.household(code="HL-1")
    lan.sync()
    with app.app_context():
        db.session.remove()
        flask_migrate.downgrade(revision="0001")
    try:
        with app.app_context():
            write_without_noting(file)
    finally:
        with app.app_context():
            flask_migrate.upgrade()
    assert run("restore", file, "--yes").exit_code == 0
    assert codes(ask) == ["HL-1"]
    assert ask(select(Backup)) == []


def write_without_noting(file):
    if is_sqlite():
        sqlite.write(database_file(), file)
    else:
        postgres.write(db.engine, file)


def test_a_restore_waits_for_nobody_who_writes(run, backed_up, app, ask, monkeypatch):
    monkeypatch.setattr(sqlite, "WAIT_S", 0.1)
    monkeypatch.setattr(postgres, "WAIT", "100ms")
    with app.app_context(), db.engine.connect() as writer:
        # The restore empties the pool: what would go back to it afterwards nobody closes.
        writer.detach()
        writer.execute(text("UPDATE household SET code = 'HL-9' WHERE code = 'HL-2'"))
        done = run("restore", backed_up, "--yes")
        writer.commit()
    assert failed(done, "Có nơi khác đang ghi vào cơ sở dữ liệu. Hãy dừng máy chủ rồi thử lại.")
    assert codes(ask) == ["HL-1", "HL-9"]


def test_a_damaged_database_is_set_aside_and_replaced(sqlite_app, sqlite_stand, tmp_path):
    run = sqlite_app.test_cli_runner().invoke
    with sqlite_app.app_context(), transaction():
        db.session.add(User(username="lan", name="Lan", role="surveyor", password_hash="x"))
    file = tmp_path / "sao-luu"
    assert run(args=["backup", str(file)]).exit_code == 0
    with sqlite_app.app_context():
        db.engine.dispose()
    sqlite_stand.file.write_bytes(b"h\xe1\xbb\x8fng" * 5000)
    done = run(args=["restore", str(file), "--yes"])
    assert done.exit_code == 0, done.output
    assert "!! Không đọc được cơ sở dữ liệu cũ" in done.output
    with sqlite_app.app_context():
        assert db.session.scalars(select(User.username)).all() == ["lan"]
    (aside,) = sqlite_stand.file.parent.glob("*.before-restore-*")
    assert aside.read_bytes().startswith(b"h\xe1\xbb\x8fng")


def test_a_database_that_is_gone_comes_back(sqlite_app, sqlite_stand, tmp_path):
    run = sqlite_app.test_cli_runner().invoke
    file = tmp_path / "sao-luu"
    assert run(args=["backup", str(file)]).exit_code == 0
    with sqlite_app.app_context():
        db.engine.dispose()
    for leftover in sqlite_stand.file.parent.glob("baophu.db*"):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    assert run(args=["restore", str(file)]).exit_code == 0
    assert sqlite_app.test_client().get("/healthz").status_code == 200


def test_a_restore_says_what_nobody_offers_again(run, file, app, make, places, phone_of, ask):
    lan = make.user("surveyor", username="lan", areas=[places.villages[0]])
    minh = make.user("surveyor", username="minh", areas=[places.villages[1]])
    stolen, _ = make.device(lan, name="Máy bị lấy cắp")
    assert run("backup", file).exit_code == 0
    run("device", "revoke", stolen.id, "--stolen")
    run("user", "end", "minh")
    run("user", "reset-password", "lan")
    new = make.user("surveyor", username="cuc", name="Cúc", areas=[places.villages[1]])
    make.device(new, name="Máy của Cúc")
    make.assign(lan, places.villages[1])
    told = run("restore", file, "--yes").output
    assert f"device revoke {stolen.id} --stolen" in told
    assert "user end minh" in told
    assert "user reset-password lan" in told
    again = f'user create --id {new.id} cuc "Cúc" surveyor --area {places.villages[1].id}'
    assert again in told
    assert "Máy đăng nhập sau bản sao lưu: Máy của Cúc (cuc)" in told
    assert "Phân công lan, Xuân Thắng: trước khôi phục từ 2025-07-01 đến nay, nay không có" in told
    assert ask(select(Device.revoked_at).where(Device.id == stolen.id)) == [(None,)]
    assert minh.id in [id_ for (id_,) in ask(select(User.id))]


def test_a_user_lost_by_a_restore_is_made_again_with_the_same_id(run, make, places, ask):
    made = run("user", "create", "--id", "01a201d3-372b-7c4b-83cd-679ab2feb5b5", "lan", "Lan",
               "surveyor", "--area", places.villages[0].id)  # fmt: skip
    assert made.exit_code == 0
    assert ask(select(User.id)) == [("01a201d3-372b-7c4b-83cd-679ab2feb5b5",)]
    again = run("user", "create", "--id", "01a201d3-372b-7c4b-83cd-679ab2feb5b5", "cuc", "Cúc",
                "surveyor")  # fmt: skip
    assert again.exit_code == 1
