"""add report: figures as they were frozen, and what is typed on their paper

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("area_id", sa.String(36), sa.ForeignKey("area.id")),
        sa.Column("unit_id", sa.String(36), sa.ForeignKey("bhxh_unit.id")),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.String(36), sa.ForeignKey("user.id"), nullable=False),
        sa.Column("previous_id", sa.String(36), sa.ForeignKey("report.id")),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("number", sa.String(50)),
        sa.Column("signed_on", sa.String(10)),
        sa.Column("signer", sa.String(200)),
        sa.Column("difficulties", sa.Text()),
        sa.Column("proposals", sa.Text()),
    )
    for place in ("area_id", "unit_id"):
        columns = [place, "kind", "period", "moment"]
        op.create_index(f"ix_report_{place}_kind_period", "report", columns)
    op.create_index("ix_report_frozen_by", "report", ["frozen_by"])
    op.create_index("ix_report_previous_id", "report", ["previous_id"])


def downgrade() -> None:
    op.drop_table("report")
