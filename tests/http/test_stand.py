"""The stand that all HTTP tests use is what it says."""

from sqlalchemy import select, text

from server import create_app
from server.store.db import db
from server.store.feeds import Instance
from server.store.people import User
from tests.conftest import settings_for


def test_the_server_says_that_it_is_well(client, app):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json["ok"] is True


def test_each_test_starts_with_an_empty_database(ask, make):
    assert ask(select(User)) == []
    make.user("admin")
    assert len(ask(select(User.id))) == 1


def test_each_test_starts_with_an_empty_database_even_after_another(ask):
    assert ask(select(User.id)) == []
    assert len(ask(select(Instance.id))) == 1


def test_sqlite_is_on_disk_before_a_commit_is_acknowledged(tmp_path):
    """Asked of an application as it is served: the tests' own does not wait for the disk."""
    with create_app(settings_for(f"sqlite:///{tmp_path / 'served.db'}")).app_context():
        assert db.session.scalar(text("PRAGMA synchronous")) == 2
        assert db.session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
        db.session.close()
        db.engine.dispose()
