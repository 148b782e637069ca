"""The steps of the database lead to what the models say, on both engines."""

import json

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from server import create_app
from server.store.db import db
from tests.conftest import settings_for


def test_the_steps_have_one_end(sqlite_app):
    with sqlite_app.app_context():
        config = sqlite_app.extensions["migrate"].migrate.get_config()
        assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_a_migrated_database_is_what_the_models_say(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


@pytest.fixture
def before_review(tmp_path):
    """A database of the day before the review queue knew kinds."""
    app = create_app(settings_for(f"sqlite:///{tmp_path}/old.db"))
    with app.app_context():
        flask_migrate.upgrade(revision="0004")
        yield app
        db.engine.dispose()


@pytest.mark.parametrize(
    ("code", "kind"),
    [("conflict", "conflict"), ("ends_before_start", "held"), ("rescue", "rescue")],
)
def test_what_waited_before_is_sorted_by_its_reasons(before_review, code, kind):
    row = {
        "data": json.dumps({"reasons": [{"field": "valid_to", "code": code}], "state": "open"}),
    }
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO waiting (id, rev, change_id, seq, entity, record_id, state,"
                " received_at, data) VALUES ('1', 1, '1', 1, 'card', '2', 'open',"
                " '2026-11-22 00:00:00.000000', :data)"
            ),
            row,
        )
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT kind FROM waiting")) == kind


@pytest.fixture
def before_hardship(tmp_path):
    """A database of the day before hardship had a column of its own."""
    app = create_app(settings_for(f"sqlite:///{tmp_path}/old.db"))
    with app.app_context():
        flask_migrate.upgrade(revision="0011")
        yield app
        db.engine.dispose()


@pytest.mark.parametrize(
    ("data", "hardship"),
    [
        ('{"hardship":true,"note":"Nhà nghèo"}', 1),
        ('{"hardship":false}', 0),
        ('{"note":"Ghi \\"hardship\\":true vào máy"}', None),
        ("{}", None),
    ],
)
def test_which_household_is_hard_up_is_read_from_its_record(before_hardship, data, hardship):
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO household (id, village_id, household_id, rev, data, search)"
                " VALUES ('1', '1', '1', 1, :data, '')"
            ),
            {"data": data},
        )
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT hardship FROM household")) == hardship


@pytest.fixture
def before_plans(tmp_path):
    """A database of the day before targets belonged to plans."""
    app = create_app(settings_for(f"sqlite:///{tmp_path}/old.db"))
    with app.app_context():
        flask_migrate.upgrade(revision="0025")
        yield app
        db.engine.dispose()


def test_targets_of_one_source_become_one_plan_of_their_commune(before_plans):
    areas = [("x", "commune", None), ("a", "village", "x"), ("b", "village", "x")]
    source = "Kế hoạch số 15/KH-UBND ngày 10/02/2025 (số liệu mẫu)"
    with db.engine.begin() as connection:
        for id_, level, parent in areas:
            connection.execute(
                text(
                    "INSERT INTO area (id, level, name, search, parent_id)"
                    " VALUES (:id, :level, :id, :id, :parent)"
                ),
                {"id": id_, "level": level, "parent": parent},
            )
            connection.execute(
                text(
                    "INSERT INTO target (id, area_id, indicator, year, source)"
                    " VALUES (:id, :id, 'bhyt_coverage', 2025, :source)"
                ),
                {"id": id_, "source": source if id_ != "b" else "Kế hoạch khác"},
            )
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        plans = connection.execute(
            text(
                "SELECT p.area_id, p.number, p.signed_on, p.state, count(*) FROM target t"
                " JOIN plan_document p ON p.id = t.plan_id WHERE t.holder_kind = 'area'"
                " GROUP BY p.id ORDER BY count(*)"
            )
        ).all()
    assert [tuple(plan) for plan in plans] == [
        ("x", None, None, "in_force", 1),
        ("x", "15/KH-UBND", "2025-02-10", "in_force", 2),
    ]
