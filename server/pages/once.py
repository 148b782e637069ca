"""Forms that would count twice if they were posted twice: a slow line loses the answer, and
somebody presses again. Such a form carries the id of what it will write."""

from flask import request
from sqlalchemy import select

from server.domain.change import is_id
from server.store.db import Base, db, new_id
from server.store.feeds import Instance

FIELD = "once"


def id_of_form() -> str:
    """The id under which the posted form writes its record."""
    told = request.form.get(FIELD, "")
    return told if is_id(told) else new_id()


def written_before(table: type[Base], id_: str) -> bool:
    """True when this form has been written already. Of two at the same moment the second waits
    until the first is through."""
    db.session.execute(select(Instance.id).with_for_update())
    return db.session.get(table, id_) is not None
