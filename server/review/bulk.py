"""The same decision about several that wait, where it is safe: they are of one kind."""

from typing import Any, NamedTuple

from flask_login import current_user
from sqlalchemy import Select, func, select

from schemas.kinds import WaitingState
from server.domain.reviewing import ReviewKind
from server.errors import Problem
from server.pages.plurals import said as _
from server.review.scope import overseer
from server.store.audit import note_act
from server.store.bulk import among
from server.store.changes.write import author_at_desk
from server.store.db import db
from server.store.feeds import ChangeRow, Waiting
from server.store.people import Device, User
from server.store.review import decisions
from server.store.review.queue import NO_VILLAGE, Asked, may_decide
from server.store.review.waits import Words
from server.store.search import holds

SAFE_TOGETHER = frozenset(set(ReviewKind) - {"duplicate", "note", "wrong_village"})
"""Kinds whose items may be refused or returned together; rescues may be taken together, too."""

BY_VERB = {"reject": WaitingState.REJECTED, "return": WaitingState.RETURNED}


class RescueGroup(NamedTuple):
    """What one phone brought back after a restore."""

    device: str
    name: str
    who: str | None
    changes: int


def decide_together(ids: list[str], kind: str, verb: str, note: str | None) -> str:
    """Do it, and say what was done."""
    if kind not in SAFE_TOGETHER or verb not in (*BY_VERB, "accept"):
        raise Problem("malformed", {"do": "not_in_list"})
    mine = _may_decide(ids, kind)
    author = author_at_desk(current_user)
    if verb == "accept":
        if kind != ReviewKind.RESCUE:
            raise Problem("malformed", {"do": "not_in_list"})
        taken, left = decisions.accept_all(mine, author)
        note_act("review_together", by=current_user.id, count=taken, why=kind, do=verb)
        return _("Đã nhận %(n)s mục, %(left)s mục còn chờ.", n=taken, left=left)
    if note is None:
        raise Problem("malformed", {"note": "needed"})
    done = decisions.settle_all(mine, author, BY_VERB[verb], Words(note))
    note_act("review_together", by=current_user.id, count=done, why=kind, do=verb)
    if verb == "reject":
        return _("Đã ghi là không nhận %(n)s mục.", n=done)
    return _("Đã trả lại thôn %(n)s mục.", n=done)


def _may_decide(ids: list[str], kind: str) -> list[str]:
    """All of them must be there, and one's own to decide; those decided meanwhile fall out."""
    there = set(db.session.scalars(select(Waiting.id).where(among(Waiting.id, set(ids)))))
    if there != set(ids):
        raise Problem("not_found")
    mine = select(Waiting.id, Waiting.kind).where(
        among(Waiting.id, set(ids)), may_decide(overseer())
    )
    found = dict(db.session.execute(mine.order_by(Waiting.seq)).all())
    if found.keys() != set(ids):
        raise Problem("not_allowed")
    if set(found.values()) != {kind}:
        raise Problem("malformed", {"items": "other_kind"})
    return list(found)


def rescue_groups(asked: Asked) -> list[RescueGroup]:
    """How much each phone brought back that still waits."""
    query = (
        _rescued(asked, ChangeRow.device_id, Device.name, User.name, func.count())
        .join(Device, Device.id == ChangeRow.device_id)
        .join(User, User.id == Device.user_id)
        .group_by(ChangeRow.device_id, Device.name, User.name)
        .order_by(Device.name)
    )
    return [RescueGroup(*row) for row in db.session.execute(query)]


def rescued_by(device: str, asked: Asked) -> list[str]:
    query = _rescued(asked, Waiting.id).where(ChangeRow.device_id == device)
    return list(db.session.scalars(query.order_by(Waiting.seq)))


def _rescued(asked: Asked, *columns: Any) -> Select[Any]:
    query = (
        select(*columns)
        .select_from(Waiting)
        .join(ChangeRow, ChangeRow.id == Waiting.change_id)
        .where(
            # People brought back wait for their household, which was brought back, too.
            Waiting.kind.in_([ReviewKind.RESCUE.value, ReviewKind.MISSING.value]),
            holds(ChangeRow.body, '"rescue":true'),
            Waiting.state == WaitingState.OPEN.value,
            may_decide(overseer()),
        )
    )
    if asked.village == NO_VILLAGE:
        return query.where(Waiting.village_id.is_(None))
    return query.where(Waiting.village_id == asked.village) if asked.village else query
