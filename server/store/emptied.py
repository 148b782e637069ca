"""Phones whose browser threw their data away, and what they had last said of themselves: a warning
stands until somebody has asked the phone's user."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from server.store.people import MOMENT, Device


def on_coming_back_empty(moment: datetime) -> dict[str, Any]:
    """What to write of a phone that says it came back empty. It says so until a trip has gone
    through, and by then its own figures are those of an empty phone: the first word stands."""
    told = and_(is_emptied(), Device.lost_unsent >= Device.unsent)
    return {
        "came_back_empty_at": case(
            (is_emptied(), Device.came_back_empty_at), else_=literal(moment, MOMENT)
        ),
        "lost_unsent": case((told, Device.lost_unsent), else_=Device.unsent),
        "lost_reported_at": case((told, Device.lost_reported_at), else_=Device.last_sync_at),
    }


def is_emptied() -> ColumnElement[bool]:
    """It came back empty, and nobody has asked yet."""
    return and_(
        Device.came_back_empty_at.is_not(None),
        or_(Device.settled_at.is_(None), Device.settled_at < Device.came_back_empty_at),
    )


def is_left_behind() -> ColumnElement[bool]:
    """It had something unsent when its user signed in on another phone, or on this one with not
    even its name left; and nobody has asked yet."""
    newer = newest_sibling()
    return and_(
        Device.unsent > 0,
        newer > func.coalesce(Device.last_sync_at, Device.created_at),
        or_(Device.settled_at.is_(None), Device.settled_at < newer),
    )


def newest_sibling() -> ScalarSelect[datetime]:
    """When the phone's user first signed in on the latest of their other phones."""
    sibling = aliased(Device)
    return (
        select(func.max(sibling.created_at))
        .where(sibling.user_id == Device.user_id, sibling.id != Device.id)
        .correlate(Device)
        .scalar_subquery()
    )


def may_have_lost() -> ColumnElement[bool]:
    return or_(is_emptied(), is_left_behind())
