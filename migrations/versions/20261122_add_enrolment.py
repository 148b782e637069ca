"""add enrolment: what is paid for a card, receipt books, and the cash that is handed over

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID, DAY, MOMENT = sa.String(length=36), sa.String(length=10), sa.DateTime(timezone=True)


def _user(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["user.id"], name=op.f(f"fk_{table}_{column}_user"))


def _commune(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_commune_id_area")
    return sa.ForeignKeyConstraint(["commune_id"], ["area.id"], name=name)


def upgrade() -> None:
    _enrolment()
    _receipts()
    _cash()


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("first_day", DAY, nullable=False),
        sa.Column("last_day", DAY, nullable=True),
        sa.Column("paid_on", DAY, nullable=True),
        sa.Column("collected_by", ID, nullable=True),
        sa.Column("receipt_book", ID, nullable=True),
        sa.Column("receipt_number", sa.Integer(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_enrolment_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
    )
    for columns in (
        ["village_id", "rev"],
        ["household_id"],
        ["member_id"],
        ["village_id", "state"],
        ["collected_by", "paid_on"],
        ["receipt_book", "receipt_number"],
    ):
        op.create_index(f"ix_enrolment_{'_'.join(columns)}", "enrolment", columns)


def _receipts() -> None:
    op.create_table(
        "receipt_book",
        sa.Column("id", ID, nullable=False),
        sa.Column("commune_id", ID, nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        _commune("receipt_book"),
        _user("receipt_book", "added_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_book")),
    )
    op.create_index("ix_receipt_book_commune_id", "receipt_book", ["commune_id"])
    op.create_table(
        "receipt_range",
        sa.Column("id", ID, nullable=False),
        sa.Column("book_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("collector_code", sa.String(length=40), nullable=True),
        sa.Column("handed_on", DAY, nullable=False),
        sa.Column("returned_on", DAY, nullable=True),
        sa.Column("handed_by", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["book_id"], ["receipt_book.id"], name=op.f("fk_receipt_range_book_id_receipt_book")
        ),
        _user("receipt_range", "user_id"),
        _user("receipt_range", "handed_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_range")),
    )
    op.create_index("ix_receipt_range_book_id", "receipt_range", ["book_id"])
    op.create_index("ix_receipt_range_user_id", "receipt_range", ["user_id"])


def _cash() -> None:
    op.create_table(
        "cash_handover",
        sa.Column("id", ID, nullable=False),
        sa.Column("commune_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("received_by", ID, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("cancelled_by", ID, nullable=True),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.Column("cancelled_reason", sa.String(length=500), nullable=True),
        _commune("cash_handover"),
        _user("cash_handover", "user_id"),
        _user("cash_handover", "received_by"),
        _user("cash_handover", "cancelled_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_handover")),
    )
    op.create_index("ix_cash_handover_user_id_day", "cash_handover", ["user_id", "day"])


def downgrade() -> None:
    for table in ("cash_handover", "receipt_range", "receipt_book", "enrolment"):
        op.drop_table(table)
