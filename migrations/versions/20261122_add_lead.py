"""add lead: who may join voluntary social insurance, who talks to them, and what came of it

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID, DAY = sa.String(length=36), sa.String(length=10)


def upgrade() -> None:
    op.create_table(
        "lead",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("assigned_to", ID, nullable=True),
        sa.Column("asked_on", DAY, nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("outcome_on", DAY, nullable=True),
        sa.Column("mobilised_by", sa.String(length=200), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_lead_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )
    for columns in (["village_id", "rev"], ["household_id"], ["member_id"]):
        op.create_index(f"ix_lead_{'_'.join(columns)}", "lead", columns)


def downgrade() -> None:
    op.drop_table("lead")
