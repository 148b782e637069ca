"""The log of what people did at the desk, on the command line, or took out of it; and of the lists
of people they looked at."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from server.store.db import db, new_id, now, today
from server.store.people import Audit, User
from server.store.scope import communes_of

LOOK = "look"
SAME_LOOK = timedelta(minutes=10)
"""Who turns a page back, or opens it again, within this time has looked once."""
LOOKS_REMEMBERED = 5_000

_looked: dict[tuple[Any, ...], datetime] = {}


def note_act(
    kind: str,
    *,
    by: str | None,
    subject: str | None = None,
    area: str | None = None,
    count: int | None = None,
    **detail: Any,
) -> None:
    """Write one line of the log in the running transaction. `by`: the user's id, None for the
    command line. `detail` holds ids, counts and codes, never what is written about a person."""
    _write([_line(kind, by, subject, area, count, detail)])


def note_look(
    user: User, subject: str, *, count: int, areas: Sequence[str] = (), **detail: Any
) -> None:
    """Note that people were looked at by name: `subject` is the list's name or a record's id,
    `count` the people shown, `areas` where they live (the communes one is bound to without any).
    A reading transaction cannot write it: the door-frame does, before the page goes out."""
    key = (user.id, subject, *areas, json.dumps(detail, sort_keys=True))
    before = _looked.get(key)
    if before is not None and now() - before < SAME_LOOK:
        return
    places: Sequence[str | None] = areas or communes_of(user.id, user, today()) or (None,)
    lines = [_line(LOOK, user.id, subject, area, count, detail) for area in places]
    db.session.info.setdefault("looks", {})[key] = lines


def write_looks() -> bool:
    """Write what `note_look` noted in the running transaction; False when there is nothing."""
    looks = db.session.info.get("looks", {})
    if looks:
        _write([line for lines in looks.values() for line in lines])
    return bool(looks)


def looks_are_written() -> None:
    """After the commit: the same looks need not be written again for a while."""
    for key in db.session.info.pop("looks", {}):
        while len(_looked) >= LOOKS_REMEMBERED:
            _looked.pop(next(iter(_looked)), None)
        _looked.pop(key, None)
        _looked[key] = now()


def _write(lines: list[dict[str, Any]]) -> None:
    db.session.execute(insert(Audit), lines)


def _line(
    kind: str,
    by: str | None,
    subject: str | None,
    area: str | None,
    count: int | None,
    detail: dict[str, Any],
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "at": now(),
        "user_id": by,
        "area_id": area,
        "kind": kind,
        "subject": subject,
        "count": count,
        "detail": json.dumps(detail, ensure_ascii=False) if detail else None,
    }
