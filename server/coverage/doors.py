"""The room's blueprints, and what each of its pages is asked for."""

from datetime import date

from flask import Blueprint
from flask_login import current_user

from server.errors import Problem
from server.http import Call
from server.pages.typed import day_asked
from server.store.coverage.ground import OWN_LEVEL, UNIT_LEVEL, Ground, ground_of
from server.store.db import today
from server.store.scope import may_see_people

blueprint = Blueprint("coverage", __name__, template_folder="templates")
api = Blueprint("coverage_api", __name__)


def own_ground(asked: str | None) -> Ground:
    """The ground that the person at the desk asks for. Problems: not_found, not_allowed."""
    return ground_of(asked, current_user.id, current_user, today())


def ground_for(call: Call) -> Ground:
    """The same for the user of a phone. Problems: not_found, not_allowed."""
    caller = call.device
    if caller.revoked:
        raise Problem("not_allowed")
    return ground_of(call.query["area"], caller.user_id, caller, today())


def day_of(asked: str | None, field: str = "on") -> str:
    """The day asked for, today without one. Problem: malformed."""
    return day_asked(asked, field) or today()


def text_of(day: date | None) -> str | None:
    return day.isoformat() if day else None


def listed(ground: Ground, asked: str | None) -> str | None:
    """The area whose list stands behind the totals: empty for all that is one's own, None where
    there is no such list or the reader may not see people."""
    if not may_see_people(current_user):
        return None
    if ground.level not in (UNIT_LEVEL, OWN_LEVEL):
        return ground.id
    return None if asked and asked != current_user.bhxh_unit_id else ""
