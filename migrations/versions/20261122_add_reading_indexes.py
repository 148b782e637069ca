"""add reading indexes: the log and the imports of one's own areas

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_audit_area_id_at"), "audit", ["area_id", "at"])
    op.create_index(op.f("ix_import_run_area_id"), "import_run", ["area_id"])
    op.create_index(op.f("ix_import_run_user_id"), "import_run", ["user_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_import_run_user_id"), "import_run")
    op.drop_index(op.f("ix_import_run_area_id"), "import_run")
    op.drop_index(op.f("ix_audit_area_id_at"), "audit")
