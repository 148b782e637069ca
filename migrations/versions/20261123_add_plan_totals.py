"""add plan totals: what a plan prints as its total, where its owner is no area

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan_document", sa.Column("totals", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("plan_document", schema=None) as batch_op:
        batch_op.drop_column("totals")
