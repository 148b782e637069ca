"""The log's door: officers read that of their commune, administrators that of their areas."""

from datetime import date, timedelta
from typing import Any

from flask import render_template, request

from schemas.fields import FULL_LENGTH, is_partial_date
from server.desk.acts import ACTS, DAYS_SHOWN, Asked, act_words, acts
from server.desk.doors import blueprint
from server.errors import Problem
from server.http import page
from server.store.db import today
from server.store.managing import MANAGERS


@page(blueprint, "/audit", roles=MANAGERS)
def audit_page() -> Any:
    until = _day("until", today())
    first = date.fromisoformat(until) - timedelta(days=DAYS_SHOWN - 1)
    asked = Asked(_day("since", first.isoformat()), until, _typed("user"), _typed("kind"))
    lines, shown, users = acts(asked)
    return render_template(
        "desk/audit.html",
        lines=lines,
        page=shown,
        users=users,
        kinds=sorted(((kind, act_words(kind)) for kind in ACTS), key=lambda one: one[1]),
        asked=asked,
    )


def _typed(name: str) -> str:
    return request.args.get(name, "").strip()[:40]


def _day(name: str, default: str) -> str:
    text = request.args.get(name, "").strip()
    if not text:
        return default
    if len(text) != FULL_LENGTH or not is_partial_date(text) or not "1900" < text < "9999":
        raise Problem("malformed", {"fields": {name: ["not_a_date"]}})
    return text
