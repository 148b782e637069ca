"""add review: why each thing waits, and what people decided

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = (
    ("reused", {"same_id_other_content"}),
    ("rescue", {"rescue"}),
    ("error", {"server_error"}),
    ("missing", {"parent_missing"}),
    ("late", {"revoked_device", "not_allowed", "record_unknown"}),
    ("ended", {"ended_parent", "merged_record"}),
    ("officer", {"desk_only", "officer_only"}),
    ("conflict", {"conflict"}),
)


def upgrade() -> None:
    op.add_column(
        "waiting", sa.Column("kind", sa.String(length=15), server_default="held", nullable=False)
    )
    _name_kinds()
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.drop_index("ix_waiting_village_id_state")
        batch_op.create_index(
            "ix_waiting_village_id_state_received_at",
            ["village_id", "state", "received_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_waiting_household_id_state", ["household_id", "state"], unique=False
        )
    for table, name, condition in (
        ("visit", "ix_visit_wrong_village", "outcome = 'wrong_village'"),
        ("field_note", "ix_field_note_open", "state = 'open'"),
    ):
        op.create_index(
            name,
            table,
            ["village_id"],
            unique=False,
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )
    _decisions()


def _name_kinds() -> None:
    connection = op.get_bind()
    waiting = sa.table("waiting", sa.column("id"), sa.column("data"), sa.column("kind"))
    for id_, data in connection.execute(sa.select(waiting.c.id, waiting.c.data)).all():
        codes = {reason.get("code") for reason in json.loads(data).get("reasons") or []}
        kind = next((kind for kind, known in KINDS if known & codes), "held")
        connection.execute(sa.update(waiting).where(waiting.c.id == id_).values(kind=kind))


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("commune_id", sa.String(length=36), nullable=True),
        sa.Column("village_id", sa.String(length=36), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["undone_by"], ["user.id"], name=op.f("fk_decision_undone_by")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_decision_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_commune_id_at", "decision", ["commune_id", "at"], unique=False)
    op.create_index("ix_decision_user_id_at", "decision", ["user_id", "at"], unique=False)
    op.create_table(
        "decision_part",
        sa.Column("decision_id", sa.String(length=36), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("entity", sa.String(length=20), nullable=False),
        sa.Column("before", sa.String(length=36), nullable=True),
        sa.Column("after", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_part_decision_id")
        ),
        sa.PrimaryKeyConstraint("decision_id", "record_id", name=op.f("pk_decision_part")),
    )
    op.create_index("ix_decision_part_record_id", "decision_part", ["record_id"], unique=False)


def downgrade() -> None:
    op.drop_table("decision_part")
    op.drop_table("decision")
    op.drop_index("ix_field_note_open", table_name="field_note")
    op.drop_index("ix_visit_wrong_village", table_name="visit")
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.drop_index("ix_waiting_household_id_state")
        batch_op.drop_index("ix_waiting_village_id_state_received_at")
        batch_op.create_index("ix_waiting_village_id_state", ["village_id", "state"], unique=False)
        batch_op.drop_column("kind")
