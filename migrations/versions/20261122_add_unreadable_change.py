"""add unreadable change: what phones sent that no server can read

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unreadable_change",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=True),
        sa.Column("record_id", sa.String(length=36), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_unreadable_change_device_id_device")
        ),
        sa.PrimaryKeyConstraint("device_id", "content", name=op.f("pk_unreadable_change")),
    )


def downgrade() -> None:
    op.drop_table("unreadable_change")
