"""From what somebody chose on the page of a waiting change to a decision."""

from typing import Any

import orjson
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server.domain.reading import Refused
from server.domain.text import clean_text
from server.pages.words import sentence
from server.review.inputs import read_typed
from server.review.item import Beside, Shown, Unit
from server.store.changes.write import Result, author_at_desk
from server.store.review import decisions

CHOICES = ("recorded", "incoming", "chosen")
PICKS = ("recorded", "incoming", "other")
NOTE_LIMIT = 2000

Form = MultiDict[str, str]


def read_choice(found: Shown, form: Form) -> dict[str, Any] | None:
    """The values to take, by field; None when something is missing or wrong: then the units say
    what, and hold what was typed."""
    choice = form.get("choice", "")
    if choice == "recorded":
        return {}
    if choice == "incoming":
        return {each.name: each.raw for unit in found.units for each in _open(unit) if _came(each)}
    take: dict[str, Any] = {}
    for unit in found.plain:
        unit.pick = form.get(f"pick.{unit.name}", "incoming")
        take |= _take(unit, form)
    for unit in found.doubtful:
        unit.pick = form.get(f"pick.{unit.name}", "")
        take |= _take(unit, form)
    return None if any(_faults(unit) for unit in found.units) else take


def _came(each: Beside) -> bool:
    """A needed field that nobody sent is asked for, but nothing came in for it."""
    return each.raw is not None or each.recorded_raw is not None


def _open(unit: Unit) -> list[Beside]:
    return [each for each in unit.fields if each.state is None]


def _take(unit: Unit, form: Form) -> dict[str, Any]:
    if unit.pick not in PICKS:
        unit.error = _("Chọn một giá trị.")
        return {}
    if unit.pick == "recorded":
        return {}
    if unit.pick == "incoming" or not unit.typeable:
        return {each.name: each.raw for each in _open(unit) if _came(each)}
    return {each.name: value for each in _open(unit) for value in _typed(each, form)}


def _typed(each: Beside, form: Form) -> list[Any]:
    """The value typed; none when it cannot be read, and the field says why."""
    each.typed = form.get(f"value.{each.name}", "")[:NOTE_LIMIT]
    try:
        return [read_typed(each.entity, each.name, each.typed)]
    except Refused as refused:
        each.error = sentence(refused.code)
        return []


def _faults(unit: Unit) -> bool:
    return bool(unit.error) or any(each.error for each in unit.fields)


def resolve(found: Shown, take: dict[str, Any], form: Form) -> bool:
    """Write the choice; False when it is refused, and then the units say why."""
    seen = _seen(form)
    author = author_at_desk(current_user)
    note = clean_text(form.get("note", "")[:NOTE_LIMIT])
    results = decisions.resolve(found.row.id, author, take, seen, note)
    refused = [each for each in results if each.status != "applied"]
    for result in refused:
        _say_why(found, result, form)
    return not refused


def _seen(form: Form) -> dict[str, Any]:
    try:
        seen = orjson.loads(form.get("seen", "{}"))
    except orjson.JSONDecodeError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _say_why(found: Shown, result: Result, form: Form) -> None:
    fields = {each.name: each for unit in found.units for each in unit.fields}
    for reason in result.reasons:
        each = fields.get(reason["field"] or "")
        if each is None:
            found.whole.append(sentence(reason["code"]))
            continue
        each.typed = form.get(f"value.{each.name}", each.typed)
        each.error = sentence(reason["code"])
        if reason["code"] == "conflict":
            each.error = _("Giá trị đang ghi vừa đổi. Xem lại rồi chọn.")
    for unit in found.plain:
        if any(each.error for each in unit.fields):
            unit.pick = "other" if unit.typeable else "incoming"
    found.doubtful += [unit for unit in found.plain if _faults(unit)]
    found.plain = [unit for unit in found.plain if not _faults(unit)]


def read_notes(names: list[str], form: Form) -> dict[str, str]:
    """A note for each of these fields that has one."""
    typed = {name: clean_text(form.get(f"note.{name}", "")[:NOTE_LIMIT]) for name in names}
    return {name: text for name, text in typed.items() if text}
