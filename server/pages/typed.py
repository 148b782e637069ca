"""What somebody types into forms of the office, or asks for in an address: texts, days, numbers."""

from flask import request

from schemas.fields import FULL_LENGTH, is_partial_date
from server.domain.text import clean_text
from server.errors import Problem

WHOLE_DIGITS = 13


def text_of(name: str, limit: int = 500) -> str:
    """The text of a field, cleaned; empty when nothing was typed."""
    return (clean_text(request.form.get(name, "")) or "")[:limit]


def day_of(name: str) -> str | None:
    """A whole day, or None when it is none."""
    typed = request.form.get(name, "")
    return typed if len(typed) == FULL_LENGTH and is_partial_date(typed) else None


def day_asked(text: str | None, field: str = "on") -> str | None:
    """The whole day that an address or form asks for, None without one. Problem: malformed."""
    if not text:
        return None
    if len(text) != FULL_LENGTH or not is_partial_date(text):
        raise Problem("malformed", {"fields": {field: ["not_a_date"]}})
    return text


def number_of(name: str) -> int | None:
    """A whole number; dots and spaces between thousands are passed over. None when it is none."""
    typed = request.form.get(name, "").replace(".", "").replace(" ", "")
    if not typed.isascii() or not typed.isdecimal() or len(typed) > WHOLE_DIGITS:
        return None
    return int(typed)
