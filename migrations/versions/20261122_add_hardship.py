"""add hardship: which households are proposed for a sponsored card, found without reading them all

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# What somebody typed cannot read like this: inside a text the quotation marks are escaped.
YES, NO = '%"hardship":true%', '%"hardship":false%'


def upgrade() -> None:
    op.add_column("household", sa.Column("hardship", sa.Boolean(), nullable=True))
    household = sa.table("household", sa.column("hardship", sa.Boolean()), sa.column("data"))
    for pattern, value in ((YES, True), (NO, False)):
        op.execute(household.update().where(household.c.data.like(pattern)).values(hardship=value))
    op.create_index(
        "ix_household_hardship",
        "household",
        ["village_id"],
        sqlite_where=sa.text("hardship = 1"),
        postgresql_where=sa.text("hardship = true"),
    )


def downgrade() -> None:
    op.drop_index("ix_household_hardship", "household")
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.drop_column("hardship")
