"""Sentences with a number in them, in languages that decline: '1 person', '2 people'.

A sentence is declined by its `%(n)s`, given as a number or as it is written. A translation with two
forms gives them under `msgid_plural`, with the same Vietnamese words: these have one form only."""

from functools import lru_cache
from typing import Any

from flask import Flask
from flask_babel import get_locale, get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

MANY = 2
MOST_FORMS = 20_000
"""Sentences of all languages, with their forms, that one process remembers."""


def said(text: str, **values: Any) -> str:
    """`gettext` for a sentence with a number."""
    form = _form(_language(), str(text), _number(values))
    return form % values if values else form


def speak_with_numbers(app: Flask) -> None:
    """Let `_()` in templates choose the form, too."""
    # Both names: Jinja's own `_` would only call the other one.
    app.jinja_env.globals.update(gettext=_in_template, _=_in_template)


@pass_context
def _in_template(context: Context, text: str, **values: Any) -> str:
    # A page says several hundred words, most of them in every row of a table.
    safe = context.eval_ctx.autoescape
    if not values:
        return _words(_language(), str(text), safe)
    form = _form(_language(), str(text), _number(values))
    return (Markup(form) if safe else form) % values


@lru_cache(MOST_FORMS)
def _words(language: str, text: str, safe: bool) -> str:
    form = _form(language, text, None)
    return (Markup(form) if safe else form) % {}


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else ""


def _number(values: dict[str, Any]) -> int | None:
    """How a sentence with these values is declined; None where it has no number."""
    if "n" not in values:
        return None
    return 1 if str(values["n"]) == "1" else MANY


@lru_cache(MOST_FORMS)
def _form(_language: str, text: str, number: int | None) -> str:
    """The language is that of the request: it is named so that each remembers its own."""
    spoken = get_translations()
    form = str(spoken.ungettext(text, text, number)) if number is not None else text
    return str(spoken.ugettext(text)) if form == text else form
