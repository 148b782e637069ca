"""add listing: on which list to the insurance a person stands, told to the phones

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.String(length=36)


def upgrade() -> None:
    op.create_table(
        "listing",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_listing_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
    )
    for columns in (["village_id", "rev"], ["household_id"], ["member_id"]):
        op.create_index(f"ix_listing_{'_'.join(columns)}", "listing", columns)


def downgrade() -> None:
    op.drop_table("listing")
