"""What was typed into the room's forms."""

from flask import request

from schemas.fields import FULL_LENGTH, is_partial_date
from server.domain.farm.procedure import Given
from server.domain.text import clean_text
from server.errors import Problem
from server.store.db import today

TEXT_LIMIT = 2000


def given_in_form() -> Given:
    """The form of a step. Problem: malformed, for what is no day."""
    return Given(
        day=day_in("day") or today(),
        text=clean_text(request.form.get("text", "")[:TEXT_LIMIT]),
        number=clean_text(request.form.get("number", "")[:200]),
        valid_from=day_in("valid_from"),
        valid_to=day_in("valid_to"),
        verdict=request.form.get("verdict") or None,
    )


def day_in(name: str) -> str | None:
    """A day of the form or of the address; None when it is empty."""
    typed = request.values.get(name, "").strip()
    if not typed:
        return None
    if len(typed) != FULL_LENGTH or not is_partial_date(typed):
        raise Problem("malformed", {name: "not_a_date"})
    return typed


def answer_in(name: str) -> bool | None:
    """A question answered yes or no; None when it was left open."""
    return {"yes": True, "no": False}.get(request.values.get(name, ""))
