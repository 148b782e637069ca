"""add returned_list: lists that came back filled in, row by row

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.String(length=36)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "returned_list",
        sa.Column("id", ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("ground", sa.String(length=64), nullable=False),
        sa.Column("export_id", ID, nullable=False),
        sa.Column("list_key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("filled_by", sa.String(length=200), nullable=True),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["user.id"], name=op.f("fk_returned_list_added_by_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_list")),
    )
    op.create_index(
        "ix_returned_list_digest_ground", "returned_list", ["digest", "ground"], unique=True
    )
    op.create_index("ix_returned_list_added_at", "returned_list", ["added_at"])
    op.create_table(
        "returned_row",
        sa.Column("list_id", ID, nullable=False),
        sa.Column("row_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("village_id", ID, nullable=True),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["returned_list.id"], name=op.f("fk_returned_row_list_id_returned_list")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user.id"], name=op.f("fk_returned_row_decided_by_user")
        ),
        sa.PrimaryKeyConstraint("list_id", "row_number", name=op.f("pk_returned_row")),
    )
    op.create_index("ix_returned_row_village_id_state", "returned_row", ["village_id", "state"])
    op.create_index("ix_returned_row_content", "returned_row", ["content"])


def downgrade() -> None:
    op.drop_table("returned_row")
    op.drop_table("returned_list")
