"""Saved views: naming what one looks at again and again, for oneself or for the commune."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import Role
from server.errors import Problem
from server.lists.filters import read_filters
from server.lists.kinds import PeopleList, TableList
from server.lists.service import Ground, ground_of
from server.lists.tables import asked_of
from server.pages.once import id_of_form, written_before
from server.store.action_list_views import MOST, SavedView, is_seen, views_seen_by
from server.store.audit import note_act
from server.store.bulk import among
from server.store.db import db, today
from server.store.places import Area

LONGEST_NAME = 100
KEEPERS = (Role.OFFICER, Role.ADMIN)
"""Who may also change a view that somebody else shared with the commune."""


def shown(which: PeopleList | TableList, ground: Ground) -> dict[str, Any]:
    """What the templates need to show the views of a list."""
    return {
        "views": views_seen_by(current_user, ground.seen, which.key),
        "shareable": can_share(ground),
        "may_change": may_change,
        "view_address": address_of,
    }


def address_of(view: SavedView) -> str:
    """The list with the filters of the view."""
    return f"/lists/{view.list_key}{'?' if view.query else ''}{view.query}"


def fields_to_save(which: PeopleList | TableList, form: Mapping[str, str]) -> dict[str, str]:
    """The filters as an address tells them, without the day: a view is always of today."""
    if isinstance(which, TableList):
        ground = asked_of(which, form).ground
        return {"area": ground.area.id} if ground.area else {}
    told = read_filters(which, form, today()).fields(which, today())
    return {name: value for name, value in told.items() if name != "on"}


def save_view(which: PeopleList | TableList, form: Mapping[str, str]) -> SavedView | None:
    """Put the view down once for each form. None where one has so many that nobody finds any.
    Problems: malformed without a name or where it cannot be shared, those of the ground."""
    name = _name(form)
    fields = fields_to_save(which, form)
    ground = ground_of(fields.get("area", ""), current_user)
    commune = _commune(ground) if form.get("shared") == "1" else None
    id_ = id_of_form()
    if written_before(SavedView, id_):
        return db.session.get(SavedView, id_)
    if len(views_seen_by(current_user, ground.seen, which.key)) >= MOST:
        return None
    view = SavedView(
        id=id_,
        list_key=which.key,
        name=name,
        query=urlencode(fields),
        area_id=fields.get("area"),
        user_id=current_user.id,
        commune_id=commune,
    )
    db.session.add(view)
    note_act("view_save", by=current_user.id, subject=id_, area=commune, key=which.key)
    return view


def rename_view(view_id: str, form: Mapping[str, str]) -> SavedView:
    """Problems: not_found, not_allowed, malformed."""
    view = _to_change(view_id)
    view.name = _name(form)
    note_act("view_rename", by=current_user.id, subject=view.id, area=view.commune_id)
    return view


def delete_view(view_id: str) -> SavedView:
    """Problems: not_found, not_allowed."""
    view = _to_change(view_id)
    db.session.delete(view)
    note_act("view_delete", by=current_user.id, subject=view.id, area=view.commune_id)
    return view


def may_change(view: SavedView) -> bool:
    return view.user_id == current_user.id or current_user.role in KEEPERS


def can_share(ground: Ground) -> bool:
    """Only what lies in one commune can be shared with it."""
    return len(_parents(ground)) == 1


def _to_change(view_id: str) -> SavedView:
    view = db.session.get(SavedView, view_id)
    if view is None:
        raise Problem("not_found")
    if not (is_seen(view, current_user) and may_change(view)):
        raise Problem("not_allowed")
    return view


def _name(form: Mapping[str, str]) -> str:
    name = " ".join(form.get("name", "").split())
    if not name:
        raise Problem("malformed", {"fields": {"name": ["needed"]}})
    if len(name) > LONGEST_NAME:
        raise Problem("malformed", {"fields": {"name": ["too_long"]}})
    return name


def _commune(ground: Ground) -> str:
    parents = _parents(ground)
    if len(parents) != 1:
        raise Problem("malformed", {"fields": {"shared": ["not_in_list"]}})
    return parents[0]


def _parents(ground: Ground) -> list[str]:
    query = select(Area.parent_id).where(among(Area.id, list(ground.villages))).distinct()
    return [parent for parent in db.session.scalars(query) if parent]
