"""add lead_file: files in which the insurance names who to talk to, row by row

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.String(length=36)


def upgrade() -> None:
    op.create_table(
        "lead_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("commune_id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["area.id"], name=op.f("fk_lead_file_commune_id_area")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["user.id"], name=op.f("fk_lead_file_added_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_file")),
    )
    op.create_index("ix_lead_file_commune_id_digest", "lead_file", ["commune_id", "digest"])
    op.create_table(
        "lead_file_row",
        sa.Column("file_id", ID, nullable=False),
        sa.Column("row_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("match", sa.String(length=10), nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("lead_id", ID, nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["lead_file.id"], name=op.f("fk_lead_file_row_file_id_lead_file")
        ),
        sa.PrimaryKeyConstraint("file_id", "row_number", name=op.f("pk_lead_file_row")),
    )


def downgrade() -> None:
    op.drop_table("lead_file_row")
    op.drop_table("lead_file")
