"""add job: work of the background, lists that others made, and what their columns are

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID, MOMENT = sa.String(length=36), sa.DateTime(timezone=True)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    _jobs()
    _lists()
    op.create_table(
        "import_mapping",
        sa.Column("id", ID, nullable=False),
        sa.Column("commune_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("headings", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        _to("import_mapping", "commune_id", "area"),
        _to("import_mapping", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint(
            "commune_id",
            "kind",
            "headings",
            name=op.f("uq_import_mapping_commune_id_kind_headings"),
        ),
    )
    op.create_index("ix_import_mapping_user_id", "import_mapping", ["user_id"])


def _jobs() -> None:
    op.create_table(
        "job",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("commune_id", ID, nullable=True),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("worker", ID, nullable=True),
        sa.Column("heartbeat", MOMENT, nullable=True),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        _to("job", "commune_id", "area"),
        _to("job", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_commune_id", "job", ["commune_id"])
    op.create_index("ix_job_user_id", "job", ["user_id"])
    op.create_index("ix_job_state_made_at", "job", ["state", "made_at"])
    op.create_table(
        "job_line",
        sa.Column("job_id", ID, nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        _to("job_line", "job_id", "job"),
        sa.PrimaryKeyConstraint("job_id", "row", name=op.f("pk_job_line")),
    )


def _lists() -> None:
    op.create_table(
        "imported_list",
        sa.Column("id", ID, nullable=False),
        sa.Column("commune_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_on", sa.String(length=10), nullable=True),
        sa.Column("school_id", ID, nullable=True),
        sa.Column("imported_by", ID, nullable=True),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        _to("imported_list", "commune_id", "area"),
        _to("imported_list", "imported_by", "user"),
        _to("imported_list", "school_id", "school"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_list")),
    )
    op.create_index("ix_imported_list_school_id", "imported_list", ["school_id"])
    op.create_index("ix_imported_list_imported_by", "imported_list", ["imported_by"])
    op.create_index(
        "ix_imported_list_commune_id_kind_imported_at",
        "imported_list",
        ["commune_id", "kind", "imported_at"],
    )
    op.create_table(
        "imported_row",
        sa.Column("list_id", ID, nullable=False),
        sa.Column("row_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        _to("imported_row", "list_id", "imported_list"),
        sa.PrimaryKeyConstraint("list_id", "row_number", name=op.f("pk_imported_row")),
    )
    op.create_index("ix_imported_row_list_id_person", "imported_row", ["list_id", "person"])


def downgrade() -> None:
    for table in ("import_mapping", "imported_row", "imported_list", "job_line", "job"):
        op.drop_table(table)
