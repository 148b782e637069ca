"""count lost workers: a job remembers how many workers died with it in hand

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    lost = sa.Column("lost", sa.Integer(), server_default="0", nullable=False)
    op.add_column("job", lost)


def downgrade() -> None:
    with op.batch_alter_table("job") as job:
        job.drop_column("lost")
