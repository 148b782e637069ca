"""add card list: who is to get a card, submitted, approved, sealed, and in which order

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_feed",
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_feed")),
    )
    op.create_table(
        "card_list",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("commune_id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=True),
        sa.Column("insurance_group", sa.String(length=2), nullable=False),
        sa.Column("support_percent", sa.String(length=10), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("maker_name", sa.String(length=200), nullable=True),
        sa.Column("maker_code", sa.String(length=40), nullable=True),
        sa.Column("supplements_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("memo_number", sa.String(length=60), nullable=True),
        sa.Column("memo_on", sa.String(length=10), nullable=True),
        sa.Column("submitted_by", sa.String(length=36), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("document_number", sa.String(length=60), nullable=True),
        sa.Column("sealed_on", sa.String(length=10), nullable=True),
        sa.Column("sealed_by", sa.String(length=36), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signer", sa.String(length=200), nullable=True),
        sa.Column("signer_title", sa.String(length=200), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=True),
        sa.Column("totals", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["commune_id"], ["area.id"], name=op.f("fk_card_list_commune_id")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_card_list_created_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name=op.f("fk_card_list_decided_by")),
        sa.ForeignKeyConstraint(["sealed_by"], ["user.id"], name=op.f("fk_card_list_sealed_by")),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["user.id"], name=op.f("fk_card_list_submitted_by")
        ),
        sa.ForeignKeyConstraint(
            ["supplements_id"], ["card_list.id"], name=op.f("fk_card_list_supplements_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["bhxh_unit.id"], name=op.f("fk_card_list_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_list")),
        sa.UniqueConstraint("number", name=op.f("uq_card_list_number")),
    )
    op.create_index("ix_card_list_commune_id_state", "card_list", ["commune_id", "state"])
    op.create_index("ix_card_list_supplements_id", "card_list", ["supplements_id"])
    op.create_index("ix_card_list_unit_id_rev", "card_list", ["unit_id", "rev"], unique=True)

    op.create_table(
        "card_list_row",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.Column("enrolment_id", sa.String(length=36), nullable=True),
        sa.Column("village_id", sa.String(length=36), nullable=False),
        sa.Column("claim", sa.String(length=80), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decrease_reason", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["card_list.id"], name=op.f("fk_card_list_row_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_card_list_row_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_list_row")),
        sa.UniqueConstraint("claim", name=op.f("uq_card_list_row_claim")),
    )
    op.create_index("ix_card_list_row_enrolment_id", "card_list_row", ["enrolment_id"])
    op.create_index(
        "ix_card_list_row_list_id_place", "card_list_row", ["list_id", "place"], unique=True
    )
    op.create_index("ix_card_list_row_member_id", "card_list_row", ["member_id"])
    op.create_index("ix_card_list_row_village_id_state", "card_list_row", ["village_id", "state"])


def downgrade() -> None:
    op.drop_index("ix_card_list_row_village_id_state", "card_list_row")
    op.drop_index("ix_card_list_row_member_id", "card_list_row")
    op.drop_index("ix_card_list_row_list_id_place", "card_list_row")
    op.drop_index("ix_card_list_row_enrolment_id", "card_list_row")

    op.drop_table("card_list_row")
    op.drop_index("ix_card_list_unit_id_rev", "card_list")
    op.drop_index("ix_card_list_supplements_id", "card_list")
    op.drop_index("ix_card_list_commune_id_state", "card_list")

    op.drop_table("card_list")
    op.drop_table("unit_feed")
