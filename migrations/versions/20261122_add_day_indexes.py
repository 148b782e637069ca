"""add day indexes: the money of a day, whoever took it

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_cash_handover_day_commune_id", "cash_handover", ["day", "commune_id"])
    op.create_index("ix_enrolment_paid_on_village_id", "enrolment", ["paid_on", "village_id"])


def downgrade() -> None:
    op.drop_index("ix_enrolment_paid_on_village_id", "enrolment")
    op.drop_index("ix_cash_handover_day_commune_id", "cash_handover")
