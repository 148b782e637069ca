"""Doors of the import of a plan's table: the file, the look through it, what is asked, the word."""

from typing import Any

import orjson
from flask import flash, redirect, render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from schemas.kinds import AreaLevel, Indicator, PlanState, Role
from server.domain.field_words import word_of
from server.domain.plan_columns import BASES, DEADLINE, DISTRICT, MEASURES, NAME
from server.domain.words import INDICATOR
from server.errors import Problem
from server.http import UPLOAD_LIMIT, page
from server.pages.plan_words import odd_words
from server.pages.plurals import said as _
from server.pages.typed import day_of, number_of, text_of
from server.roster import shelf
from server.roster.doors import blueprint
from server.roster.faults import Fault, Unreadable
from server.roster.plan_import import (
    NEW_DISTRICT,
    SKIP,
    LookedPlan,
    Meta,
    Owner,
    look_at_plan,
    owner_called,
    write_plan,
)
from server.roster.service import fault_rows
from server.store.bulk import among
from server.store.db import db, reading, today
from server.store.places import Area, BhxhUnit, BhxhUnitCommune
from server.store.scope import IMPORTING_ROLES, areas_of

STATES = (PlanState.IN_FORCE.value, PlanState.DRAFT.value)
FIRST_YEAR, LAST_YEAR = 2015, 2100
MEASURE_WORDS = {
    "population": _l("mẫu số"),
    "planned": _l("số người phải có"),
    "printed_percent": _l("tỷ lệ in trong văn bản"),
    "goal_percent": _l("tỷ lệ giao"),
}
PLACE_WORDS = {NAME: _l("Tên địa bàn"), DISTRICT: _l("Huyện (cũ)"), DEADLINE: _l("Hạn")}


@page(blueprint, "/imports/plan", roles=IMPORTING_ROLES)
def plan_file() -> Any:
    return _asking()


def _asking(wrong: str = "") -> Any:
    body = render_template(
        "roster/plan_file.html",
        owners=_owners(),
        states=STATES,
        year=today()[:4],
        megabytes=UPLOAD_LIMIT // (1024 * 1024),
        wrong=wrong,
        typed=request.form,
    )
    return (body, 400) if wrong else body


def _own() -> set[str]:
    return areas_of(current_user.id, current_user, today())


def _owners() -> list[tuple[str, str]]:
    """Whose plans one may write: own provinces and communes, and units wholly overseen."""
    own = _own()
    levels = (AreaLevel.PROVINCE, AreaLevel.COMMUNE, AreaLevel.FORMER_DISTRICT)
    query = select(Area.id, Area.name).where(among(Area.id, own), Area.level.in_(levels))
    order = (Area.level != AreaLevel.PROVINCE, Area.name)
    found = [(id_, name) for id_, name in db.session.execute(query.order_by(*order))]
    if current_user.role == Role.ADMIN:
        links = db.session.execute(select(BhxhUnitCommune.unit_id, BhxhUnitCommune.commune_id))
        some, others = set[str](), set[str]()
        for unit, commune in links:
            (some if commune in own else others).add(unit)
        units = select(BhxhUnit.id, BhxhUnit.name).where(among(BhxhUnit.id, some - others))
        found += [(id_, name) for id_, name in db.session.execute(units.order_by(BhxhUnit.name))]
    return found


@page(blueprint, "/imports/plan", methods=("POST",), roles=IMPORTING_ROLES)
def take_plan_file() -> Any:
    """The file waits for the person's word; this is the first look through it."""
    owner = owner_called(request.form.get("owner", ""), _own())
    meta = _meta()
    file = request.files.get("file")
    data = file.read() if file else b""
    if meta is None:
        return _asking(_("Ghi tên kế hoạch và năm, như 2026."))
    if file is None or not data:
        return _asking(_("Hãy chọn tệp trước."))
    digest = shelf.put(current_user.id, data)
    return _look(owner, meta, digest, file.filename or "–", data)


@page(blueprint, "/imports/plan/look", methods=("POST",), roles=IMPORTING_ROLES)
def look_again() -> Any:
    """The same file, its columns and places as the person says."""
    return _look(*_posted())


@page(blueprint, "/imports/plan/write", methods=("POST",), roles=IMPORTING_ROLES)
def write_plan_file() -> str | AnyResponse:
    owner, meta, digest, name, data = _posted()
    answers, columns = _answers(), _columns()
    looked = look_at_plan(data, owner, meta.year, columns, answers)
    if not looked.may_write:
        return _report(looked, owner, meta, digest, name, answers)
    plan = write_plan(looked, owner, meta, answers, data, current_user.id)
    shelf.drop(current_user.id, digest)
    flash(_("Đã ghi kế hoạch từ tệp. Các chỗ số không khớp được nêu ở dưới."), "success")
    return redirect(f"/plans/{plan.id}")


def _posted() -> tuple[Owner, Meta, str, str, bytes]:
    """What the forms carry. Problems: not_found, not_allowed, malformed."""
    owner, meta = owner_called(request.form.get("owner", ""), _own()), _meta()
    if meta is None:
        raise Problem("malformed", {"title": "needed"})
    digest = request.form.get("digest", "")
    return owner, meta, digest, text_of("file_name", 200), shelf.get(current_user.id, digest)


def _meta() -> Meta | None:
    year, title, state = number_of("year"), text_of("title", 300), request.form.get("state", "")
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR or not title or state not in STATES:
        return None
    owner, number = request.form.get("owner", ""), text_of("number", 60) or None
    return Meta(owner, year, title, number, day_of("signed_on"), state)


def _look(owner: Owner, meta: Meta, digest: str, name: str, data: bytes) -> Any:
    db.session.rollback()  # a long look at a large file must not hold the one writer's lock
    with reading():
        owner = owner_called(owner.id, _own())
        answers = _answers()
        try:
            looked = look_at_plan(data, owner, meta.year, _columns(), answers)
        except Unreadable as refused:
            fault = Fault(refused.row, refused.column, refused.code, True, refused.more)
            return _asking(fault.words(_))
        return _report(looked, owner, meta, digest, name, answers)


def _columns() -> dict[int, str] | None:
    """What the columns are, as the person says; None before anybody was asked."""
    keys = _keys()
    told = {
        int(name[4:]): value
        for name, value in request.form.items()
        if name.startswith("col-") and name[4:].isdecimal() and len(name) < 8
    }
    return {at: key for at, key in told.items() if key in keys} or None


def _answers() -> dict[str, str]:
    """Which area each place is that was asked for: those of now, and those carried along."""
    try:
        before = orjson.loads(request.form.get("answers", "") or "{}")
    except ValueError:
        raise Problem("malformed") from None
    if not isinstance(before, dict):
        raise Problem("malformed")
    now = {
        request.form.get(f"asked-{at}", ""): request.form.get(f"place-{at}", "")
        for at in range(len(request.form))
        if f"asked-{at}" in request.form
    }
    told = {str(key): str(value) for key, value in {**before, **now}.items()}
    return {key: value for key, value in told.items() if value}


def _keys() -> dict[str, str]:
    """All that a column may be, with its words."""
    keys = {key: str(words) for key, words in PLACE_WORDS.items()}
    for indicator in Indicator:
        name = _(INDICATOR[indicator.value])
        keys |= {f"{indicator.value}.{it}": f"{name}: {MEASURE_WORDS[it]}" for it in MEASURES}
    return keys | {basis: _(word_of("plan_basis", basis.partition(".")[2])) for basis in BASES}


def _report(
    looked: LookedPlan, owner: Owner, meta: Meta, digest: str, name: str, answers: dict[str, str]
) -> str:
    hidden = {
        "owner": owner.id,
        "year": str(meta.year),
        "title": meta.title,
        "number": meta.number or "",
        "signed_on": meta.signed_on or "",
        "state": meta.state,
        "digest": digest,
        "file_name": name,
        "answers": orjson.dumps(answers).decode(),
    }
    return render_template(
        "roster/plan_look.html",
        looked=looked,
        owner=owner,
        meta=meta,
        file_name=name,
        hidden=hidden,
        keys=_keys(),
        examples=_examples(looked),
        odd=[(odd, odd_words(odd)) for odd in sorted(looked.odd, key=lambda odd: odd.row)],
        called=lambda one: _(INDICATOR.get(one or "", one or "")),
        fault_rows=fault_rows(looked.faults.told, _),
        faults_total=looked.faults.total,
        skip=SKIP,
        new_district=NEW_DISTRICT,
        candidates=list(owner.candidates.values()),
    )


def _examples(looked: LookedPlan) -> list[tuple[int, str, str]]:
    """Each column with what it is called and its first cells."""
    found = []
    for at, words in enumerate(looked.table.columns):
        cells = [row[at] for _number, row in looked.table.rows[:5] if at < len(row) and row[at]]
        if words or cells:
            found.append((at, " › ".join(words), " · ".join(cell[:40] for cell in cells[:3])))
    return found
