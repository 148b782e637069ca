"""add duty and plan: who answers for a village, and the documents that targets come from

Rules of this house: name the file YYYYMMDD_verb_object; a step works on SQLite and on PostgreSQL;
whatever changes `data` of a synced record gives it a new revision; nothing typed in the field is
dropped; no import from server/, because today's models are not those of the day this runs.
"""

import re
from datetime import UTC, datetime
from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID, DAY, MOMENT = sa.String(length=36), sa.String(length=10), sa.DateTime(timezone=True)
NAMESPACE = UUID("4f6f0a52-6f5e-5c0e-8a53-2f1c9c1b7e26")
NUMBER = re.compile(r"số\s+(\S*\d\S*)", re.IGNORECASE)
SIGNED = re.compile(r"ngày\s+(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    _duty()
    _plan_document()
    _plan_choice()
    _plan_number()
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_id", ID, nullable=True))
        batch_op.add_column(
            sa.Column("holder_kind", sa.String(length=10), nullable=False, server_default="area")
        )
        batch_op.add_column(sa.Column("holder", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("duty_id", ID, nullable=True))
        batch_op.add_column(sa.Column("school_id", ID, nullable=True))
        for column, other in (("plan_id", "plan_document"), ("duty_id", "duty"),
                              ("school_id", "school")):  # fmt: skip
            name = batch_op.f(f"fk_target_{column}_{other}")
            batch_op.create_foreign_key(name, other, [column], ["id"])
            batch_op.create_index(f"ix_target_{column}", [column])
    _plans_of_targets()


def _duty() -> None:
    op.create_table(
        "duty",
        sa.Column("id", ID, nullable=False),
        sa.Column("area_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=True),
        sa.Column("post", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("valid_from", DAY, nullable=True),
        sa.Column("valid_to", DAY, nullable=True),
        sa.Column("added_by", ID, nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        _key("duty", "area_id", "area"),
        _key("duty", "user_id", "user"),
        _key("duty", "added_by", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_area_id_kind", "duty", ["area_id", "kind"])
    op.create_index("ix_duty_user_id", "duty", ["user_id"])


def _plan_document() -> None:
    op.create_table(
        "plan_document",
        sa.Column("id", ID, nullable=False),
        sa.Column("area_id", ID, nullable=True),
        sa.Column("unit_id", ID, nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("signed_on", DAY, nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("valid_from", DAY, nullable=True),
        sa.Column("valid_to", DAY, nullable=True),
        sa.Column("replaces_id", ID, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("added_by", ID, nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        _key("plan_document", "area_id", "area"),
        _key("plan_document", "unit_id", "bhxh_unit"),
        _key("plan_document", "replaces_id", "plan_document"),
        _key("plan_document", "added_by", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_document")),
    )
    for columns in (["area_id", "year"], ["unit_id"], ["replaces_id"]):
        op.create_index(f"ix_plan_document_{'_'.join(columns)}", "plan_document", columns)


def _plan_choice() -> None:
    op.create_table(
        "plan_choice",
        sa.Column("area_id", ID, nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("plan_id", ID, nullable=False),
        sa.Column("chosen_by", ID, nullable=True),
        sa.Column("chosen_at", MOMENT, nullable=False),
        _key("plan_choice", "area_id", "area"),
        _key("plan_choice", "plan_id", "plan_document"),
        _key("plan_choice", "chosen_by", "user"),
        sa.PrimaryKeyConstraint("area_id", "indicator", "year", name=op.f("pk_plan_choice")),
    )
    op.create_index("ix_plan_choice_plan_id", "plan_choice", ["plan_id"])


def _plan_number() -> None:
    op.create_table(
        "plan_number",
        sa.Column("plan_id", ID, nullable=False),
        sa.Column("area_id", ID, nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        _key("plan_number", "plan_id", "plan_document"),
        _key("plan_number", "area_id", "area"),
        sa.PrimaryKeyConstraint("plan_id", "area_id", "basis", name=op.f("pk_plan_number")),
    )


def _plans_of_targets() -> None:
    """Each source text becomes a plan of the commune or province whose targets name it."""
    connection = op.get_bind()
    target = sa.table("target", *map(sa.column, ("id", "area_id", "year", "source", "plan_id")))
    area = sa.table("area", *map(sa.column, ("id", "level", "parent_id")))
    plan = sa.table(
        "plan_document",
        *map(sa.column, ("id", "area_id", "year", "number", "signed_on", "title", "version",
                         "state")),
        sa.column("added_at", MOMENT),
    )  # fmt: skip
    owner = sa.case((area.c.level == "village", area.c.parent_id), else_=area.c.id)
    found = connection.execute(
        sa.select(target.c.id, owner, target.c.year, target.c.source).join(
            area, area.c.id == target.c.area_id
        )
    ).all()
    written: set[str] = set()
    for target_id, of, year, source in found:
        plan_id = str(uuid5(NAMESPACE, f"{of}:{year}:{source}"))
        if plan_id not in written:
            written.add(plan_id)
            connection.execute(plan.insert().values(_document(plan_id, of, year, source)))
        chosen = target.update().where(target.c.id == target_id)
        connection.execute(chosen.values(plan_id=plan_id))


def _document(id_: str, area_id: str, year: int, source: str) -> dict[str, object]:
    number, signed = NUMBER.search(source), SIGNED.search(source)
    return {
        "id": id_,
        "area_id": area_id,
        "year": year,
        "number": number[1].rstrip(",;.")[:60] if number else None,
        "signed_on": f"{signed[3]}-{int(signed[2]):02}-{int(signed[1]):02}" if signed else None,
        "title": source,
        "version": 1,
        "state": "in_force",
        "added_at": datetime.now(UTC),
    }


def downgrade() -> None:
    with op.batch_alter_table("target", schema=None) as batch_op:
        for column, other in (("school_id", "school"), ("duty_id", "duty"),
                              ("plan_id", "plan_document")):  # fmt: skip
            batch_op.drop_index(f"ix_target_{column}")
            batch_op.drop_constraint(batch_op.f(f"fk_target_{column}_{other}"), type_="foreignkey")
        for column in ("school_id", "duty_id", "holder", "holder_kind", "plan_id"):
            batch_op.drop_column(column)
    for table in ("plan_number", "plan_choice", "plan_document", "duty"):
        op.drop_table(table)
