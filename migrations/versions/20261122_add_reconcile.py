"""add reconcile: what became of the rows of a kept list, and what people decided about them

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reconcile_run",
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ran_by", sa.String(length=36), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["imported_list.id"], name=op.f("fk_reconcile_run_list_id")
        ),
        sa.ForeignKeyConstraint(["ran_by"], ["user.id"], name=op.f("fk_reconcile_run_ran_by")),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_reconcile_run")),
    )
    op.create_table(
        "reconcile_match",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("row_key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("differences", sa.Text(), nullable=False),
        sa.Column("facts_differ", sa.Boolean(), nullable=False),
        sa.Column("ends", sa.String(length=10), nullable=True),
        sa.Column("household_code", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["imported_list.id"], name=op.f("fk_reconcile_match_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reconcile_match_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconcile_match")),
        sa.UniqueConstraint(
            "list_id", "row_number", name=op.f("uq_reconcile_match_list_id_row_number")
        ),
    )
    op.create_index(
        "ix_reconcile_match_list_id_kind_state", "reconcile_match", ["list_id", "kind", "state"]
    )
    op.create_index("ix_reconcile_match_member_id", "reconcile_match", ["member_id"])
    op.create_table(
        "reconcile_decision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("commune_id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.Column("row_key", sa.String(length=40), nullable=False),
        sa.Column("asked", sa.String(length=10), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["area.id"], name=op.f("fk_reconcile_decision_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reconcile_decision_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["imported_list.id"], name=op.f("fk_reconcile_decision_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user.id"], name=op.f("fk_reconcile_decision_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconcile_decision")),
        sa.UniqueConstraint(
            "member_id",
            "row_key",
            "asked",
            "about",
            name=op.f("uq_reconcile_decision_member_id_row_key_asked_about"),
        ),
    )
    op.create_index(
        "ix_reconcile_decision_commune_id_asked", "reconcile_decision", ["commune_id", "asked"]
    )


def downgrade() -> None:
    op.drop_index("ix_reconcile_decision_commune_id_asked", "reconcile_decision")
    op.drop_table("reconcile_decision")
    op.drop_index("ix_reconcile_match_member_id", "reconcile_match")
    op.drop_index("ix_reconcile_match_list_id_kind_state", "reconcile_match")
    op.drop_table("reconcile_match")
    op.drop_table("reconcile_run")
