"""What surveyors may say on hearing why somebody has no card: a commune words it its own way."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import AreaLevel, Role
from server.desk.areas import area_in_scope, own_areas
from server.desk.doors import blueprint
from server.errors import Problem
from server.http import page
from server.store.audit import note_act
from server.store.db import db
from server.store.places import Area
from server.store.talking import (
    LENGTH,
    SENTENCES,
    own_sentences,
    say_own,
    say_usual,
    usual_sentences,
)

WRITERS = (Role.OFFICER, Role.ADMIN)


@page(blueprint, "/talking", roles=WRITERS)
def talking() -> Any:
    communes = _communes()
    asked = request.args.get("commune") or (communes[0].id if communes else None)
    commune = _commune(asked) if asked else None
    return render_template(
        "desk/talking.html",
        communes=communes,
        commune=commune,
        own=own_sentences(commune.id) if commune else {},
        usual=usual_sentences(),
        most=SENTENCES,
        length=LENGTH,
    )


@page(blueprint, "/talking/<commune_id>/<reason>", roles=WRITERS, methods=("POST",))
def say(commune_id: str, reason: str) -> Any:
    commune = _commune(commune_id)
    if say_own(commune, reason, request.form.getlist("sentence")):
        note_act("talking_own", by=current_user.id, area=commune.id, reason=reason)
    return _back(commune, reason, _("Đã ghi. Máy của xã nhận ở lần đồng bộ tới."))


@page(blueprint, "/talking/<commune_id>/<reason>/usual", roles=WRITERS, methods=("POST",))
def say_as_usual(commune_id: str, reason: str) -> Any:
    commune = _commune(commune_id)
    if say_usual(commune, reason):
        note_act("talking_usual", by=current_user.id, area=commune.id, reason=reason)
    return _back(commune, reason, _("Đã dùng lại lời có sẵn."))


def _communes() -> list[Area]:
    mine = Area.id.in_(own_areas()) & Area.valid_to.is_(None)
    query = select(Area).where(mine, Area.level == AreaLevel.COMMUNE).order_by(Area.name)
    return list(db.session.scalars(query))


def _commune(area_id: str) -> Area:
    commune = area_in_scope(area_id)
    if commune.level != AreaLevel.COMMUNE:
        raise Problem("not_found")
    return commune


def _back(commune: Area, reason: str, words: str) -> Any:
    flash(words, "success")
    return redirect(f"/talking?commune={commune.id}#{reason}")
