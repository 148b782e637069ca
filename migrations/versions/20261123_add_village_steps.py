"""add village steps: how everybody of a village stands on any day, worked out by the worker

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "village_steps",
        sa.Column("village_id", sa.String(36), primary_key=True),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("steps", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("village_steps")
