"""What the pages of the room are asked for."""

from flask import request
from sqlalchemy import ColumnElement, and_, or_

from schemas.fields import FULL_LENGTH, is_partial_date
from schemas.kinds import LeadKind, LeadOutcome
from server.errors import Problem
from server.pages.scope import chosen_villages, own_villages
from server.store.bulk import among
from server.store.db import today
from server.store.records import Lead

KINDS = tuple(kind.value for kind in LeadKind)
OPEN, NOBODY = "open", "nobody"
STATES = (OPEN, *(outcome.value for outcome in LeadOutcome))


class Asked:
    """Which leads. Problems: `malformed`, `not_allowed`."""

    def __init__(self) -> None:
        self.village = request.values.get("village", "")
        self.kind = request.values.get("kind", "")
        self.state = request.values.get("state", OPEN)
        self.collector = request.values.get("collector", "")
        if self.kind not in ("", *KINDS) or self.state not in ("", *STATES):
            raise Problem("malformed", {"kind": "not_in_list"})
        self.villages = chosen_villages(own_villages(), self.village)

    @property
    def where(self) -> ColumnElement[bool]:
        wanted = [among(Lead.village_id, self.villages)]
        if self.kind:
            wanted.append(Lead.kind == self.kind)
        if self.state == OPEN:
            wanted.append(or_(Lead.outcome.is_(None), Lead.outcome == LeadOutcome.CALL_LATER))
        elif self.state:
            wanted.append(Lead.outcome == self.state)
        if self.collector == NOBODY:
            wanted.append(Lead.assigned_to.is_(None))
        elif self.collector:
            wanted.append(Lead.assigned_to == self.collector)
        return and_(*wanted)

    @property
    def kept(self) -> dict[str, str]:
        """What another page of the list is asked for, too."""
        return {
            "village": self.village,
            "kind": self.kind,
            "state": self.state,
            "collector": self.collector,
        }


def asked_days() -> tuple[str, str]:
    """From and to, both included: the year so far unless the address says more. Problem:
    `malformed`."""
    since, until = _day("since", f"{today()[:4]}-01-01"), _day("until", today())
    if until < since:
        raise Problem("malformed", {"until": "ends_before_start"})
    return since, until


def _day(name: str, otherwise: str) -> str:
    typed = request.values.get(name, "") or otherwise
    if len(typed) != FULL_LENGTH or not is_partial_date(typed):
        raise Problem("malformed", {name: "not_a_date"})
    return typed
