"""Files of the insurance taken in, their people found, and given to who shall talk to them."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson
from flask_login import current_user
from sqlalchemy import func, select

from schemas.kinds import Entity
from server.domain.leads.matching import NONE, SURE, Known, Register
from server.domain.text import fold_tight
from server.errors import Problem
from server.leads.file_reading import read_leads
from server.leads.giving import Given
from server.leads.talkers import served_by
from server.pages.scope import own_communes, own_villages
from server.store.audit import note_act
from server.store.bulk import among
from server.store.changes.write import author_at_desk, new_change
from server.store.db import db, new_id, today
from server.store.lead_files import LeadFile, LeadFileRow
from server.store.leads import doubly_open, open_for
from server.store.people import User
from server.store.places import Area
from server.store.records import Member
from server.store.review.writing import write_all_or_nothing
from server.store.status_sql import belonging_on


def take_in(commune: Area, name: str, data: bytes, kind: str) -> tuple[LeadFile, bool]:
    """The file with its rows, and whether it is new: the same one is taken once. Raises
    `WrongSheet`, `Unreadable`."""
    digest = sha256(data).hexdigest()
    before = db.session.scalar(
        select(LeadFile).where(LeadFile.commune_id == commune.id, LeadFile.digest == digest)
    )
    if before is not None:
        return before, False
    rows = read_leads(data, kind)
    villages = {id_: it.name for id_, it in own_villages().items() if it.parent_id == commune.id}
    file = LeadFile(
        id=new_id(),
        commune_id=commune.id,
        name=name[:200],
        digest=digest,
        added_by=current_user.id,
    )
    keep_rows(file, rows, villages)
    note_act("lead_file", by=current_user.id, subject=file.id, area=commune.id, count=len(rows))
    return file, True


def keep_rows(
    file: LeadFile, rows: Sequence[tuple[int, dict[str, Any]]], villages: Mapping[str, str]
) -> None:
    """Keep a file with its rows and whom each means. `villages`: names of the commune's by id."""
    folded = {id_: fold_tight(name) for id_, name in villages.items()}
    register = Register.of(_known(sorted(villages)))
    db.session.add(file)
    db.session.flush()
    for number, row in rows:
        found = register.find(row, folded)
        told = orjson.dumps({**row, "doubt": found.doubt}).decode()
        db.session.add(
            LeadFileRow(
                file_id=file.id,
                row_number=number,
                match=found.match,
                member_id=found.member,
                data=told,
            )
        )
    db.session.flush()


def _known(villages: Collection[str]) -> list[Known]:
    people = belonging_on(today(), sorted(villages))
    query = select(
        Member.id,
        Member.full_name,
        Member.birth_date,
        people.c.village_id,
        Member.personal_id,
        Member.bhxh_number,
    ).join(people, people.c.id == Member.id)
    return [
        Known(id_, name, birth, village, tuple(number for number in numbers if number))
        for id_, name, birth, village, *numbers in db.session.execute(query)
    ]


def file_here(file_id: str) -> LeadFile:
    """A file of one's own commune. Problems: `not_found`, `not_allowed`."""
    file = db.session.get(LeadFile, file_id)
    if file is None:
        raise Problem("not_found")
    if file.commune_id not in {area.id for area in own_communes()}:
        raise Problem("not_allowed")
    return file


def files_here() -> list[tuple[LeadFile, int, int]]:
    """The files of one's communes, the latest first: how many rows each has, and of these given."""
    communes = {area.id for area in own_communes()}
    query = (
        select(LeadFile, func.count(LeadFileRow.row_number), func.count(LeadFileRow.lead_id))
        .outerjoin(LeadFileRow, LeadFileRow.file_id == LeadFile.id)
        .where(among(LeadFile.commune_id, communes))
        .group_by(LeadFile.id)
        .order_by(LeadFile.added_at.desc())
    )
    return [(file, rows, given) for file, rows, given in db.session.execute(query)]


def rows_of(file: LeadFile) -> list[tuple[LeadFileRow, dict[str, Any]]]:
    """Its rows in the order of the file, each with what it says."""
    query = select(LeadFileRow).where(LeadFileRow.file_id == file.id)
    rows = db.session.scalars(query.order_by(LeadFileRow.row_number))
    return [(row, orjson.loads(row.data)) for row in rows]


def give_rows(file: LeadFile, confirmed: Collection[int], to: User | None) -> Given:
    """Give the people of this file: those found surely, and the likely ones somebody confirmed.
    Nobody twice, and nobody for whom a lead is open. Problem: `already_decided`."""
    waiting = [
        (row, data)
        for row, data in rows_of(file)
        if row.lead_id is None
        and row.member_id
        and data["kind"]
        and (row.match == SURE or (row.match != NONE and row.row_number in confirmed))
    ]
    members = {row.member_id or "" for row, _data in waiting}
    where = dict(
        db.session.execute(
            select(Member.id, Member.village_id).where(among(Member.id, members))
        ).all()
    )
    taken, serves = open_for(set(where.values())), served_by(to)
    changes, over, elsewhere = [], 0, 0
    for row, data in waiting:
        member = row.member_id or ""
        if member in taken:
            over += 1
        elif serves is not None and where[member] not in serves:
            elsewhere += 1
        else:
            taken.add(member)
            row.lead_id = new_id()
            changes.append(new_change(Entity.LEAD.value, row.lead_id, _lead(file, row, data, to)))
    with db.session.begin_nested():
        _results, refused = write_all_or_nothing(changes, author_at_desk(current_user))
        if refused or doubly_open(set(where.values())) & members:
            raise Problem("already_decided")
    if changes:
        note_act(
            "lead_give",
            by=current_user.id,
            subject=file.id,
            area=file.commune_id,
            count=len(changes),
        )
    return Given(len(changes), over, elsewhere)


def _lead(
    file: LeadFile, row: LeadFileRow, data: dict[str, Any], to: User | None
) -> dict[str, Any]:
    return {
        "member": row.member_id,
        "kind": data["kind"],
        "source": f"{file.name}, dòng {row.row_number}"[-200:],
        "benefit_to": data.get("benefit_to"),
        "paid_to": data.get("paid_to"),
        "assigned_to": to.id if to else None,
        "asked_on": today(),
    }
