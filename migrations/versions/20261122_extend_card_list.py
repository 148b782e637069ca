"""extend card list: groups without card letters, the first day of its cards, what was confirmed

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("card_list", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cards_from", sa.String(length=10), nullable=True))
        batch_op.alter_column(
            "insurance_group", existing_type=sa.String(length=2), type_=sa.String(length=40)
        )
    with op.batch_alter_table("card_list_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("return_reason", sa.String(length=30), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("card_list_row", schema=None) as batch_op:
        batch_op.drop_column("return_reason")
        batch_op.drop_column("confirmed")
    with op.batch_alter_table("card_list", schema=None) as batch_op:
        batch_op.alter_column(
            "insurance_group", existing_type=sa.String(length=40), type_=sa.String(length=2)
        )
        batch_op.drop_column("cards_from")
