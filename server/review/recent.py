"""What was decided lately, and by whom."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import or_, select

from schemas.kinds import Entity
from server.domain.reviewing import ReviewKind
from server.errors import Problem
from server.pages.paging import PER_PAGE
from server.pages.scope import own_villages
from server.pages.values import names_of
from server.pages.words import word
from server.review.lines import lines_of
from server.review.scope import page_of
from server.store.bulk import among
from server.store.db import db, now
from server.store.feeds import Waiting
from server.store.people import User
from server.store.records import TABLES
from server.store.review.decided import (
    ALONG,
    CHANGE,
    Decision,
    DecisionKind,
    DecisionPart,
    undoable,
)
from server.store.review.queue import Asked, Item

OWN_KIND = {Entity.FIELD_NOTE: ReviewKind.NOTE, Entity.VISIT: ReviewKind.WRONG_VILLAGE}
NAMED = 3
"""How many of the things a decision was about are named in the list."""


@dataclass(slots=True)
class Told:
    """A decision as the list shows it. `others`: how many it was about besides those named."""

    decision: Decision
    who: str
    about: list[tuple[str, str]]
    others: int
    village: str | None
    to: str
    undoable: bool


def recent() -> list[Told]:
    """The latest decisions in one's villages, and one's own about no village, the newest first."""
    own, mine = set(own_villages()), Decision.user_id == current_user.id
    communes = {village.parent_id for village in own_villages().values() if village.parent_id}
    here = among(Decision.commune_id, communes) & among(Decision.village_id, own)
    found = db.session.execute(
        select(Decision, User.name)
        .outerjoin(User, User.id == Decision.user_id)
        .where(or_(here, mine & (among(Decision.village_id, own) | Decision.village_id.is_(None))))
        .order_by(Decision.at.desc(), Decision.id.desc())
        .limit(PER_PAGE)
    ).all()
    parts = _parts([decision.id for decision, _who in found])
    about = _about([part for each in parts.values() for part in each])
    villages = own_villages()
    open_ = undoable(decision.id for decision, _who in found)
    return [
        Told(
            decision,
            who or "–",
            [about[part.record_id] for part in parts.get(decision.id, ())][:NAMED],
            decision.count - len(parts.get(decision.id, ())),
            villages[decision.village_id].name if decision.village_id in villages else None,
            _target(decision, parts.get(decision.id, [])),
            decision.id in open_,
        )
        for decision, who in found
    ]


def _parts(decisions: list[str]) -> dict[str, list[DecisionPart]]:
    query = select(DecisionPart).where(
        among(DecisionPart.decision_id, decisions), DecisionPart.entity.not_in((CHANGE, ALONG))
    )
    parts: dict[str, list[DecisionPart]] = {}
    for part in db.session.scalars(query.order_by(DecisionPart.record_id)):
        kept = parts.setdefault(part.decision_id, [])
        if len(kept) < NAMED:
            kept.append(part)
    return parts


def _about(parts: list[DecisionPart]) -> dict[str, tuple[str, str]]:
    """What people call the thing, and the page where it stands."""
    waiting = {part.record_id for part in parts if part.entity == Entity.WAITING}
    rows = db.session.scalars(select(Waiting).where(among(Waiting.id, waiting)))
    items = [Item(it.kind, it.id, it.village_id, it.household_id, it.received_at) for it in rows]
    for entity, kind in OWN_KIND.items():
        wanted = {part.record_id for part in parts if part.entity == entity}
        found = db.session.scalars(select(TABLES[entity]).where(among(TABLES[entity].id, wanted)))
        items += [Item(kind, it.id, it.village_id, it.household_id, now()) for it in found]
    items = [it for it in items if it.village_id is None or it.village_id in own_villages()]
    told = {line.item.id: (line.about, page_of(line.item, Asked())) for line in lines_of(items)}
    pages = {"household": "/households/", "member": "/people/"}
    rest = [part for part in parts if part.record_id not in told]
    names = names_of(part.record_id for part in rest)
    for part in rest:
        page = pages.get(part.entity)
        name = names.get(part.record_id) or word("entity", part.entity)
        told[part.record_id] = (name, f"{page}{part.record_id}" if page else "")
    return told


def _target(decision: Decision, parts: list[DecisionPart]) -> str:
    if decision.kind not in (DecisionKind.MOVED, DecisionKind.MERGED):
        return ""
    afters = [part.after for part in parts if part.after]
    names = names_of(afters)
    return ", ".join(dict.fromkeys(names.get(id_, _("ngoài địa bàn")) for id_ in afters))


def decision_in_scope(decision_id: str) -> Decision:
    """The decision; not found, or not allowed when it is about another's villages."""
    decision = db.session.get(Decision, decision_id)
    if decision is None:
        raise Problem("not_found")
    mine = decision.user_id == current_user.id and decision.village_id is None
    if not mine and decision.village_id not in own_villages():
        raise Problem("not_allowed")
    return decision
