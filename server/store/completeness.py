"""What a number does not know yet: silent phones, changes still on them, what waits."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select

from schemas.kinds import WaitingState
from server.store.db import db, now
from server.store.feeds import Waiting
from server.store.people import Device, User, UserArea
from server.store.status_sql import Villages

UNSYNCED_DAYS = 3
"""A phone that works in the field finds signal at least this often."""

UNSETTLED = (WaitingState.OPEN, WaitingState.RETURNED)


@dataclass(frozen=True, slots=True)
class Completeness:
    phones_not_synced: int
    changes_outstanding: int
    waiting: int
    not_asked: int


def completeness(areas: Villages, villages: Villages, not_asked: int) -> Completeness:
    """Of the phones of people bound to these areas, and of what waits in these villages."""
    phones, unsent = _phones(areas)
    waiting = db.session.scalar(
        select(func.count()).where(Waiting.village_id.in_(villages), Waiting.state.in_(UNSETTLED))
    )
    return Completeness(phones, unsent, waiting or 0, not_asked)


def _phones(areas: Villages) -> tuple[int, int]:
    """Phones long unheard of, or that said they still hold something; and how much they said."""
    serving = select(UserArea.user_id).where(UserArea.area_id.in_(areas))
    heard = func.coalesce(Device.last_sync_at, Device.created_at)
    silent = (
        Device.revoked_at.is_(None)
        & User.ended_at.is_(None)
        & (heard < now() - timedelta(days=UNSYNCED_DAYS))
    )
    counts = (
        select(func.count(), func.coalesce(func.sum(Device.unsent), 0))
        .join(User, User.id == Device.user_id)
        .where(
            Device.user_id.in_(serving),
            Device.signed_out_at.is_(None),
            or_(silent, Device.unsent > 0),
        )
    )
    phones, unsent = db.session.execute(counts).one()
    return phones, int(unsent)
