"""add bhxh key: what the insurance pulled, acknowledged and answered, and the keys it calls with

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "bhxh_key",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("ending", sa.String(length=4), nullable=False),
        sa.Column("scopes", sa.String(length=60), nullable=False),
        sa.Column("expires_on", sa.String(length=10), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by", sa.String(length=36), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        _key("bhxh_key", "unit_id", "bhxh_unit.id"),
        _key("bhxh_key", "created_by", "user.id"),
        _key("bhxh_key", "revoked_by", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bhxh_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_bhxh_key_key_hash")),
    )
    op.create_index("ix_bhxh_key_unit_id", "bhxh_key", ["unit_id"])

    op.create_table(
        "card_list_pull",
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("whole_at", sa.DateTime(timezone=True), nullable=True),
        _key("card_list_pull", "list_id", "card_list.id"),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_card_list_pull")),
    )
    op.create_table(
        "card_list_receipt",
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(length=36), nullable=True),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        _key("card_list_receipt", "list_id", "card_list.id"),
        _key("card_list_receipt", "key_id", "bhxh_key.id"),
        _key("card_list_receipt", "user_id", "user.id"),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_card_list_receipt")),
    )
    op.create_table(
        "card_list_answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("answer_id", sa.String(length=80), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=True),
        sa.Column("told_row", sa.String(length=80), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("card_number", sa.String(length=15), nullable=True),
        sa.Column("valid_from", sa.String(length=10), nullable=True),
        sa.Column("valid_to", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(length=36), nullable=True),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("waiting_id", sa.String(length=36), nullable=True),
        sa.Column("settled_by", sa.String(length=36), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_note", sa.Text(), nullable=True),
        _key("card_list_answer", "list_id", "card_list.id"),
        _key("card_list_answer", "row_id", "card_list_row.id"),
        _key("card_list_answer", "key_id", "bhxh_key.id"),
        _key("card_list_answer", "user_id", "user.id"),
        _key("card_list_answer", "settled_by", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_list_answer")),
    )
    op.create_index(
        "ix_card_list_answer_list_id_answer_id_content",
        "card_list_answer",
        ["list_id", "answer_id", "content"],
        unique=True,
    )
    op.create_index("ix_card_list_answer_list_id_status", "card_list_answer", ["list_id", "status"])
    op.create_index("ix_card_list_answer_row_id", "card_list_answer", ["row_id"])
    op.create_index("ix_card_list_answer_card_number", "card_list_answer", ["card_number"])

    op.create_table(
        "answer_sheet",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        _key("answer_sheet", "list_id", "card_list.id"),
        _key("answer_sheet", "user_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_sheet")),
    )
    op.create_index("ix_answer_sheet_list_id", "answer_sheet", ["list_id"])


def downgrade() -> None:
    op.drop_index("ix_answer_sheet_list_id", "answer_sheet")
    op.drop_table("answer_sheet")
    for name in ("card_number", "row_id", "list_id_status", "list_id_answer_id_content"):
        op.drop_index(f"ix_card_list_answer_{name}", "card_list_answer")
    for table in ("card_list_answer", "card_list_receipt", "card_list_pull"):
        op.drop_table(table)
    op.drop_index("ix_bhxh_key_unit_id", "bhxh_key")
    op.drop_table("bhxh_key")
