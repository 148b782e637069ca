"""Saved views of the action lists: a list with its filters under a name, one's own or shared with
everybody of a commune."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, db, new_id, now, today
from server.store.people import User
from server.store.scope import areas_of, communes_of

ID = String(36)
MOST = 200
"""Views of one list that one person sees."""


class SavedView(Base):
    """`query`: the filters as they stand in an address. `commune_id`: with whom it is shared."""

    __tablename__ = "saved_view"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    list_key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    query: Mapped[str] = mapped_column(Text)
    area_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    commune_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


def views_seen_by(user: User, areas: set[str], key: str | None = None) -> list[SavedView]:
    """One's own and those shared with one's communes, by name; without those about ground that one
    may not see. `areas`: all that the user may see."""
    shared = SavedView.commune_id.in_(_communes(user, areas))
    query = select(SavedView).where(or_(SavedView.user_id == user.id, shared))
    if key is not None:
        query = query.where(SavedView.list_key == key)
    found = db.session.scalars(query.order_by(SavedView.name, SavedView.id).limit(MOST))
    return [view for view in found if view.area_id is None or view.area_id in areas]


def is_seen(view: SavedView, user: User) -> bool:
    """True for the owner, and for whoever belongs to the commune it is shared with."""
    areas = areas_of(user.id, user, today())
    return view.user_id == user.id or view.commune_id in _communes(user, areas)


def _communes(user: User, areas: set[str]) -> set[str]:
    return areas | set(communes_of(user.id, user, today()))
