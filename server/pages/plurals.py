"""Sentences with a number in them, in languages that decline: '1 person', '2 people'.

A sentence is declined by its `%(n)s`, given as a number or as it is written. A translation with two
forms gives them under `msgid_plural`, with the same Vietnamese words: these have one form only."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

MANY = 2


def said(text: str, **values: Any) -> str:
    """`gettext` for a sentence with a number."""
    form = _form(text, values)
    return form % values if values else form


def speak_with_numbers(app: Flask) -> None:
    """Let `_()` in templates choose the form, too."""
    app.jinja_env.globals["gettext"] = _in_template


@pass_context
def _in_template(context: Context, text: str, **values: Any) -> str:
    form = _form(text, values)
    return (Markup(form) if context.eval_ctx.autoescape else form) % values


def _form(text: str, values: Mapping[str, Any]) -> str:
    spoken = get_translations()
    number = 1 if str(values.get("n")) == "1" else MANY
    form = str(spoken.ungettext(text, text, number)) if "n" in values else text
    return str(spoken.ugettext(text)) if form == text else form
