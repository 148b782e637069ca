"""The start page and the choice of language."""

from typing import Any

from flask import redirect, render_template, request
from flask_login import current_user

from schemas.kinds import Role
from server.desk.doors import blueprint
from server.desk.start import todos
from server.domain.paths import local_path
from server.errors import Problem
from server.http import page
from server.store.backups import backup_is_late
from server.store.db import today
from server.store.scope import Village, may_see_people, villages_of

YEAR_S = 365 * 24 * 3600
LANGUAGES = ("vi", "en")


@page(blueprint, "/")
def start() -> Any:
    villages: dict[str, Village] = {}
    if may_see_people(current_user):
        villages = villages_of(current_user.id, current_user, today())
    found = todos(villages, today()) if villages else []
    late = current_user.role == Role.ADMIN and backup_is_late()
    return render_template("desk/start.html", todos=found, day=today(), backup_is_late=late)


@page(blueprint, "/language/<code>", public=True)
def language(code: str) -> Any:
    """Remember the language and go back to the page one came from, on this server only."""
    if code not in LANGUAGES:
        raise Problem("not_found")
    answer = redirect(local_path(request.args.get("next")))
    answer.set_cookie("language", code, max_age=YEAR_S, samesite="Lax", httponly=True)
    return answer
