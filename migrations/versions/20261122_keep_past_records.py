"""keep past records: what was known at a moment can be told again

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import time

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_record",
        sa.Column("record_id", sa.String(36), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True),
        sa.Column("entity", sa.String(20), nullable=False),
        sa.Column("village_id", sa.String(36), nullable=False),
        sa.Column("household_id", sa.String(36), nullable=False),
        sa.Column("went_to", sa.String(36)),
        sa.Column("merged_into", sa.String(36)),
        sa.Column("data", sa.Text()),
    )
    op.create_index("ix_past_record_village_id_seq", "past_record", ["village_id", "seq"])
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_past_record_merged_into",
        "past_record",
        ["merged_into"],
        sqlite_where=merged,
        postgresql_where=merged,
    )
    op.create_table(
        "feed_mark",
        sa.Column("village_id", sa.String(50), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
    )
    # What came before this step was known at its end; how it became known is not kept.
    op.execute(
        sa.text(
            "INSERT INTO feed_mark (village_id, seq, rev) "
            "SELECT village_id, :moment, rev FROM village_feed "
            "WHERE village_id NOT LIKE 'reference%'"
        ).bindparams(moment=time.time_ns())
    )


def downgrade() -> None:
    op.drop_table("feed_mark")
    op.drop_index("ix_past_record_merged_into", table_name="past_record")
    op.drop_index("ix_past_record_village_id_seq", table_name="past_record")
    op.drop_table("past_record")
