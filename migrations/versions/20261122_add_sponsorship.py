"""add sponsorship: who pays for other people's cards, with what money, and for whom

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID, DAY, MOMENT = sa.String(length=36), sa.String(length=10), sa.DateTime(timezone=True)


def _user(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["user.id"], name=op.f(f"fk_{table}_{column}_user"))


def upgrade() -> None:
    _sponsorship()
    _sponsors()
    # No enrolment could name a sponsorship before, so there is nothing to fill in.
    op.add_column("enrolment", sa.Column("sponsorship_id", ID, nullable=True))
    op.add_column("enrolment", sa.Column("sponsored", sa.BigInteger(), nullable=True))
    op.create_index("ix_enrolment_sponsorship_id", "enrolment", ["sponsorship_id"])


def _sponsorship() -> None:
    op.create_table(
        "sponsorship",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("sponsor_id", ID, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("agreed_on", DAY, nullable=True),
        sa.Column("ends_on", DAY, nullable=True),
        sa.Column("withdrawn_on", DAY, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_sponsorship_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsorship")),
    )
    for columns in (["village_id", "rev"], ["household_id"], ["member_id"], ["sponsor_id"]):
        op.create_index(f"ix_sponsorship_{'_'.join(columns)}", "sponsorship", columns)


def _sponsors() -> None:
    op.create_table(
        "sponsor",
        sa.Column("id", ID, nullable=False),
        sa.Column("commune_id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("ended_on", DAY, nullable=True),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["area.id"], name=op.f("fk_sponsor_commune_id_area")
        ),
        _user("sponsor", "added_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsor")),
    )
    op.create_index("ix_sponsor_commune_id", "sponsor", ["commune_id"])
    op.create_table(
        "sponsor_money",
        sa.Column("id", ID, nullable=False),
        sa.Column("sponsor_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("document", sa.String(length=200), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("cancelled_by", ID, nullable=True),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.Column("cancelled_reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["sponsor_id"], ["sponsor.id"], name=op.f("fk_sponsor_money_sponsor_id_sponsor")
        ),
        _user("sponsor_money", "recorded_by"),
        _user("sponsor_money", "cancelled_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsor_money")),
    )
    op.create_index("ix_sponsor_money_sponsor_id_day", "sponsor_money", ["sponsor_id", "day"])


def downgrade() -> None:
    for table in ("sponsor_money", "sponsor", "sponsorship"):
        op.drop_table(table)
    op.drop_index("ix_enrolment_sponsorship_id", "enrolment")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_column("sponsored")
        batch_op.drop_column("sponsorship_id")
