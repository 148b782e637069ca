"""The demo commune of 8,060 people, for what is measured on a whole commune; and the same commune
over and over, for what is measured on half a million people."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import (
    Column,
    ColumnElement,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    text,
    union_all,
)

from schemas.kinds import AreaLevel
from server.demo.seed import COMMUNE, PROVINCE_CODE, SINCE, seed
from server.domain.codes import personal_id_prefixes
from server.domain.digest import feed_digest
from server.store.area_loading import area_id
from server.store.areas import add_village
from server.store.changes.workspace import table_of
from server.store.db import db, is_sqlite, today, transaction
from server.store.feeds import ChangeRow, VillageFeed
from server.store.places import Area
from server.store.records import TABLES, Member
from tests.conftest import migrated

PASSWORD = "mật khẩu của bảng đo"
MOMENT = 13
"""Characters of a UUIDv7 that tell when it was made. The records of the demo share one moment, so
that another moment makes other ids of them."""
WORDS = ("data", "body")
"""Columns that hold JSON."""


def demo_commune(folder: Path) -> str:
    """Make it; gives the address of the database."""
    url = f"sqlite:///{folder}/commune.db"
    demo_communes(url)
    return url


def demo_communes(url: str, communes: int = 1) -> Flask:
    """The demo commune, and its likes in other communes of its province: each with villages, ids,
    feeds, digests, a change log and citizen numbers of its own."""
    app = migrated(url)
    with app.app_context():
        seed(date.fromisoformat(today()), PASSWORD)
        if communes > 1:
            _repeat(communes - 1)
        _settle()
        db.engine.dispose()
    return app


@dataclass(frozen=True, slots=True)
class Likeness:
    """What becomes of a village when it is copied: of its id, of the moment its records were made,
    of the first digits of citizen numbers."""

    village: tuple[str, str]
    moment: tuple[str, str]
    prefix: tuple[str, str]

    @property
    def everywhere(self) -> tuple[tuple[str, str], ...]:
        numbers = tuple(f'"personal_id":"{prefix}' for prefix in self.prefix)
        return (self.village, self.moment, (numbers[0], numbers[1]))


def _repeat(times: int) -> None:
    home = db.session.scalars(select(Area.id).where(Area.name == COMMUNE)).one()
    villages = db.session.execute(select(Area.id, Area.name).where(Area.parent_id == home)).all()
    moment = str(db.session.scalar(select(func.min(Member.id))))[:MOMENT]
    prefixes = sorted(personal_id_prefixes() - {f"0{PROVINCE_CODE}"})
    log = _set_aside()
    for at, commune in enumerate(_neighbours(home, times)):
        later = f"{int(moment.replace('-', ''), 16) + 1 + at:012x}"
        made = (moment, f"{later[:8]}-{later[8:]}")
        with transaction():
            place = db.session.get_one(Area, commune)
            for village, name in villages:
                copy = add_village(name, place, valid_from=SINCE).id
                _copy(Likeness((village, copy), made, (f"0{PROVINCE_CODE}", prefixes[at])), log)
    with transaction():
        log.drop(db.session.connection())


def _set_aside() -> Table:
    """The change log of the demo with the village of each change: to be found again among half a
    million others without an index that the application has no use for."""
    log = table_of(ChangeRow)
    aside = Table(
        "demo_change",
        MetaData(),
        *(Column(it.name, it.type) for it in (*log.c, Member.__table__.c.village_id)),
    )
    placed = union_all(*(select(it.id, it.village_id) for it in TABLES.values())).subquery()
    rows = select(log, placed.c.village_id).join(placed, placed.c.id == log.c.record_id)
    with transaction():
        aside.create(db.session.connection())
        db.session.execute(insert(aside).from_select(list(aside.c), rows))
    return aside


def _neighbours(home: str, count: int) -> list[str]:
    province = area_id(AreaLevel.PROVINCE, PROVINCE_CODE)
    query = select(Area.id).where(Area.parent_id == province, Area.id != home)
    return list(db.session.scalars(query.order_by(Area.id).limit(count)))


def _copy(like: Likeness, log: Table) -> None:
    """The records of a village, the changes that made them, and its feed."""
    village, copy = like.village
    live: list[tuple[str, int]] = []
    for table in map(table_of, TABLES.values()):
        _copy_rows(table, table, like)
        rows = db.session.execute(
            select(table.c.id, table.c.rev).where(table.c.village_id == village)
        )
        live += [(like.moment[1] + id_[MOMENT:], rev) for id_, rev in rows]
    _copy_rows(table_of(ChangeRow), log, like)
    rev = db.session.get_one(VillageFeed, village).rev
    db.session.merge(VillageFeed(village_id=copy, rev=rev, digest=feed_digest(live)))


def _copy_rows(into: Table, source: Table, like: Likeness) -> None:
    copied = {column.name: _copied(source.c[column.name], like) for column in into.c}
    rows = select(*copied.values()).where(source.c.village_id == like.village[0])
    db.session.execute(insert(into).from_select(list(copied), rows))


def _copied(column: Column[Any], like: Likeness) -> ColumnElement[Any]:
    value: ColumnElement[Any] = column
    if column.name in WORDS:
        for old, new in like.everywhere:
            value = func.replace(value, old, new)
    elif column.name == "personal_id":
        value = like.prefix[1] + func.substr(column, len(like.prefix[0]) + 1)
    elif column.name == "id":
        # Changes were made at many moments; the rest of an id is chance enough.
        value = like.moment[1] + func.substr(column, MOMENT + 1)
    elif isinstance(column.type, String) and column.type.length == len(like.village[0]):
        for old, new in (like.village, like.moment):
            value = func.replace(value, old, new)
    if column.name == "body":
        old_id = column.table.c.id
        value = func.replace(value, old_id, like.moment[1] + func.substr(old_id, MOMENT + 1))
    return value


def _settle() -> None:
    """What PostgreSQL does for itself within minutes of such a load."""
    db.session.rollback()
    if is_sqlite():
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in ("VACUUM ANALYZE", "CHECKPOINT"):
            connection.execute(text(statement))
