"""add farm request: recognition as an average farm household, from the request to the decision

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "farm_request",
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_on", sa.String(length=10), nullable=False),
        sa.Column("decision_number", sa.String(length=200), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("village_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_farm_request")),
    )
    with op.batch_alter_table("farm_request", schema=None) as batch_op:
        batch_op.create_index("ix_farm_request_household_id", ["household_id"], unique=False)
        batch_op.create_index("ix_farm_request_village_id_rev", ["village_id", "rev"], unique=False)
        batch_op.create_index(
            "ix_farm_request_village_id_state", ["village_id", "state"], unique=False
        )


def downgrade() -> None:
    op.drop_table("farm_request")
