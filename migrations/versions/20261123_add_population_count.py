"""add population count: what police count and what the offices agree on

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "population_count",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("area_id", sa.String(36), sa.ForeignKey("area.id"), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("police", sa.Integer()),
        sa.Column("agreed", sa.Integer()),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("added_by", sa.String(36), sa.ForeignKey("user.id"), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_population_count_area_id_on", "population_count", ["area_id", "on"])
    op.create_index("ix_population_count_added_by", "population_count", ["added_by"])


def downgrade() -> None:
    op.drop_table("population_count")
