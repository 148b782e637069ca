"""The log of what people did at the desk, on the command line, or took out of it."""

import json
from typing import Any

from sqlalchemy import insert

from server.store.db import db, new_id, now
from server.store.people import Audit


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
    db.session.execute(
        insert(Audit).values(
            id=new_id(),
            at=now(),
            user_id=by,
            area_id=area,
            kind=kind,
            subject=subject,
            count=count,
            detail=json.dumps(detail, ensure_ascii=False) if detail else None,
        )
    )
