"""Whom the lines of the log were about: what hangs on a person or a household is called by whose it
is, what was decided by whom it was decided about."""

from collections.abc import Collection, Mapping
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import func, literal, select, union_all

from schemas.kinds import Entity
from server.pages.values import names_of
from server.pages.words import word
from server.store.bulk import among
from server.store.card_lists import CardList
from server.store.db import db
from server.store.duplicates import PossibleDuplicate
from server.store.duties import DutyRow
from server.store.feeds import Waiting
from server.store.imported_lists import ImportedList
from server.store.lead_files import LeadFile
from server.store.people import Device
from server.store.plan_documents import PlanDocument
from server.store.records import TABLES, FieldNote, Household, Member, SyncedRecord
from server.store.returned_lists import ReturnedList
from server.store.review.decided import DecisionPart

OWNERS = ("member", "about", "household")
"""The fields by which a record that is not there yet says whose it will be, the closest first."""
NAMED = 3


def names_of_subjects(subjects: Collection[str]) -> dict[str, str]:
    """What people call whatever the log names by its id. Who lies in other villages than one's own
    stays unnamed, as everywhere."""
    if not subjects:
        return {}
    about = {**_of_records(subjects), **_of_waiting(subjects)}
    pairs, decided = _of_pairs(subjects), _of_decisions(subjects)
    behind = [*about.values(), *((id_, "") for ids in (pairs | decided).values() for id_ in ids)]
    names = names_of([*subjects, *(owner for owner, _entity in behind)])
    told = {
        id_: _("%(what)s của %(whose)s", what=word("entity", entity), whose=names[owner])
        if entity
        else names[owner]
        for id_, (owner, entity) in about.items()
        if owner in names
    }
    for ids, between in ((pairs, " – "), (decided, ", ")):
        told.update(
            {
                id_: between.join(names[it] for it in them if it in names)
                for id_, them in ids.items()
            }
        )
    duties = select(DutyRow.id, DutyRow.full_name).where(among(DutyRow.id, subjects))
    told.update(dict(db.session.execute(duties).all()))
    plans = select(PlanDocument.id, PlanDocument.title).where(among(PlanDocument.id, subjects))
    told.update(dict(db.session.execute(plans).all()))
    phones = select(Device.id, Device.name).where(among(Device.id, subjects))
    told.update(dict(db.session.execute(phones).all()))
    lists = select(CardList.id, func.coalesce(CardList.number, CardList.title))
    told.update(dict(db.session.execute(lists.where(among(CardList.id, subjects))).all()))
    came_back = select(ReturnedList.id, ReturnedList.title)
    told.update(dict(db.session.execute(came_back.where(among(ReturnedList.id, subjects))).all()))
    for table in (ImportedList, LeadFile):
        files = select(table.id, table.name).where(among(table.id, subjects))
        told.update(dict(db.session.execute(files).all()))
    return told | names


def _of_records(ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Of cards, visits and the like: whose each is, and what."""
    if not ids:
        return {}
    kinds = [
        select(table.id, _owner(table), literal(entity.value)).where(among(table.id, ids))
        for entity, table in TABLES.items()
        if table not in (Household, Member)
    ]
    return {id_: (whose, what) for id_, whose, what in db.session.execute(union_all(*kinds))}


def _owner(table: type[SyncedRecord]) -> Any:
    if table is FieldNote:
        return FieldNote.about_id
    return getattr(table, "member_id", None) or table.household_id


def _of_waiting(ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Of changes that wait or waited, by their own id or by that of a record not yet there."""
    asked = among(Waiting.id, ids) | among(Waiting.record_id, ids)
    rows = list(db.session.scalars(select(Waiting).where(asked)))
    records = _of_records({row.record_id for row in rows})
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        whose = records.get(row.record_id) or _by_itself(row, orjson.loads(row.data))
        found[row.id] = whose
        found.setdefault(row.record_id, whose)
    return found


def _by_itself(row: Waiting, data: Mapping[str, Any]) -> tuple[str, str]:
    if row.entity in (Entity.HOUSEHOLD, Entity.MEMBER):
        return row.record_id, ""
    fields = data.get("fields") or {}
    said = ((fields.get(name) or {}).get("set") for name in OWNERS)
    return next((it for it in said if isinstance(it, str)), row.household_id or ""), row.entity


def _of_pairs(ids: Collection[str]) -> dict[str, list[str]]:
    query = select(PossibleDuplicate.id, PossibleDuplicate.one_id, PossibleDuplicate.other_id)
    rows = db.session.execute(query.where(among(PossibleDuplicate.id, ids)))
    return {id_: [one, other] for id_, one, other in rows}


def _of_decisions(ids: Collection[str]) -> dict[str, list[str]]:
    """The first few records that each decision moved or merged."""
    query = select(DecisionPart.decision_id, DecisionPart.record_id).where(
        among(DecisionPart.decision_id, ids),
        DecisionPart.entity.in_((Entity.HOUSEHOLD, Entity.MEMBER)),
    )
    found: dict[str, list[str]] = {}
    for decision, record in db.session.execute(query.order_by(DecisionPart.record_id)):
        kept = found.setdefault(decision, [])
        if len(kept) < NAMED:
            kept.append(record)
    return found
