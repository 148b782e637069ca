"""The application on both engines, and the people who use it (tests.actors, tests.factories)."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from sqlalchemy import event, insert, text

from server import create_app
from server.config import Settings
from server.store.db import db, new_id, transaction
from server.store.feeds import Instance
from tests.actors import Desk, Phone
from tests.factories import Factory, Places

pytest_plugins = ["tests.support.plugin", "tests.support.trio_plugin"]

ENGINES = ("sqlite", "postgres")
CHEAP_ARGON2 = (1, 8, 1)


def settings_for(database_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key="a secret key that only the tests know",
        argon2=CHEAP_ARGON2,
        testing=True,
    )


def migrated(database_url: str) -> Flask:
    app = create_app(settings_for(database_url))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    return app


class SqliteStand:
    """One application; each test finds a copy of the migrated file in its place."""

    def __init__(self, folder: Path, compiled: BytecodeCache) -> None:
        self.file, self.template = folder / "baophu.db", folder / "template.db"
        self.app = migrated(f"sqlite:///{self.file}")
        self.app.jinja_env.bytecode_cache = compiled
        self.file.rename(self.template)
        with self.app.app_context():
            event.listen(db.engine, "connect", not_waiting_for_the_disk)

    def clean(self) -> Flask:
        with self.app.app_context():
            db.engine.dispose()
        for leftover in self.file.parent.glob("baophu.db*"):
            if leftover.is_file():
                leftover.unlink()
        shutil.copyfile(self.template, self.file)
        return self.app


def not_waiting_for_the_disk(connection: sqlite3.Connection, _record: object) -> None:
    """No test pulls the plug: a file that outlives the process outlives every kill of ours."""
    connection.execute("PRAGMA synchronous=OFF")


class PostgresStand:
    """One application and one database a worker; each test finds its tables empty.

    TRUNCATE would make six hundred files anew for every test. Instead the rows of the few tables
    that hold any go; VACUUM then gives their pages back, so that the next test's rows lie in the
    order in which they are written."""

    def __init__(self, database_url: str, compiled: BytecodeCache) -> None:
        self.app = migrated(database_url)
        self.app.jinja_env.bytecode_cache = compiled
        with self.app.app_context():
            names = [table.name for table in db.metadata.sorted_tables]
        self.which_hold_rows = text(
            " UNION ALL ".join(f"SELECT '{it}' WHERE EXISTS (SELECT FROM \"{it}\")" for it in names)
        )

    def clean(self) -> Flask:
        with self.app.app_context():
            with transaction():
                full = [f'"{name}"' for name in db.session.scalars(self.which_hold_rows)]
                # Everything goes: no row need be asked whether another still points to it.
                db.session.execute(text("SET LOCAL session_replication_role = replica"))
                for name in full:
                    db.session.execute(text(f"DELETE FROM {name}"))
                db.session.execute(
                    insert(Instance).values(id=1, database=new_id(), epoch=new_id(), demo=False)
                )
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
                alone.exec_driver_sql(f"VACUUM (INDEX_CLEANUP ON) {', '.join(full)}")
        return self.app


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Templates are compiled once for both engines and all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def sqlite_stand(
    tmp_path_factory: pytest.TempPathFactory, compiled: BytecodeCache
) -> Iterator[SqliteStand]:
    stand = SqliteStand(tmp_path_factory.mktemp("sqlite"), compiled)
    yield stand
    with stand.app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def postgres_stand(postgres_url: str, compiled: BytecodeCache) -> Iterator[PostgresStand]:
    stand = PostgresStand(postgres_url, compiled)
    yield stand
    with stand.app.app_context():
        db.engine.dispose()


@pytest.fixture(params=ENGINES)
def app(request: pytest.FixtureRequest) -> Flask:
    """The application with an empty, migrated database: the test runs once on each engine."""
    stand = request.getfixturevalue(f"{request.param}_stand")
    return stand.clean()


@pytest.fixture
def sqlite_app(sqlite_stand: SqliteStand) -> Flask:
    """For what does not touch the database's own ways."""
    return sqlite_stand.clean()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def make(app: Flask) -> Factory:
    return Factory(app)


@pytest.fixture
def places(make: Factory) -> Places:
    """Thanh Hóa: Thường Xuân with two villages and a BHXH unit, Luận Thành with one village."""
    return make.places()


@pytest.fixture
def ask(app: Flask) -> Callable[[Any], list[Any]]:
    """The rows of a statement, outside any request."""

    def rows(statement: Any) -> list[Any]:
        with app.app_context():
            return list(db.session.execute(statement).all())

    return rows


@pytest.fixture
def desk_of(app: Flask) -> Callable[[Any], Desk]:
    return lambda user: Desk(app, user)


@pytest.fixture
def phone_of(app: Flask, make: Factory) -> Callable[[Any], Phone]:
    """A phone signed in as a user: it carries a bearer token and no cookie."""

    def phone(user: Any) -> Phone:
        device, token = make.device(user)
        return Phone(app, user, device, token)

    return phone


@pytest.fixture
def as_surveyor(app: Flask, make: Factory, places: Places) -> Desk:
    """Serves the first village only."""
    return Desk(app, make.user("surveyor", areas=[places.villages[0]]))


@pytest.fixture
def as_officer(app: Flask, make: Factory, places: Places) -> Desk:
    """Of the commune, holding both rooms."""
    user = make.user("officer", areas=[places.commune], farm_room=True, lists_room=True)
    return Desk(app, user)


@pytest.fixture
def as_bhxh(app: Flask, make: Factory, places: Places) -> Desk:
    return Desk(app, make.user("bhxh", unit=places.unit))


@pytest.fixture
def as_viewer(app: Flask, make: Factory, places: Places) -> Desk:
    return Desk(app, make.user("viewer", areas=[places.province]))


@pytest.fixture
def as_admin(app: Flask, make: Factory, places: Places) -> Desk:
    return Desk(app, make.user("admin", areas=[places.province]))


@pytest.fixture
def as_stranger(app: Flask, make: Factory, places: Places) -> Desk:
    """An officer of the other commune."""
    return Desk(app, make.user("officer", username="stranger", areas=[places.other_commune]))
