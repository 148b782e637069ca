"""What an enrolment is asked that no single record can tell: whether its receipt number is free and
of a book in the collector's hands, and what the law of the payment day says of months and total."""

from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import Entity
from server.domain.change import Change
from server.domain.enrolment.amounts import against_the_law
from server.domain.enrolment.receipts import in_a_range
from server.domain.legal.tables import Tables
from server.domain.merge import Verdict
from server.store.changes.authors import Author
from server.store.changes.workspace import Workspace
from server.store.db import db
from server.store.legal import legal_tables
from server.store.receipts import ranges_of
from server.store.records import Enrolment

PRICED = ("total", "months", "paid_on", "insurance_group", "ladder_place", "override_reason")
NUMBERED = ("receipt_number", "receipt_book", "receipt")
PHONE = "phone"


def receipt_lock(book: str) -> str:
    """The feed row that a writer of this book's numbers locks: of two at the same moment the
    second sees the first."""
    return f"receipt:{book}"


class Enrolling:
    """Asked of each enrolment of a slice, after its fields were judged one by one."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws

    @cached_property
    def _tables(self) -> Tables:
        return legal_tables()

    def doubts(self, change: Change, verdict: Verdict, author: Author) -> dict[str, str]:
        """The fields that wait after all, each with a code."""
        data, sets = verdict.result, verdict.apply
        found: dict[str, str] = {}
        by_phone = author.channel == PHONE
        if by_phone and sets.get("collected_by", author.user_id) != author.user_id:
            found["collected_by"] = "collector_is_another"
        if any(name in sets for name in PRICED):
            for name, code in against_the_law(self._tables, data).items():
                at_fault = name if name in sets else next(n for n in PRICED if n in sets)
                found[at_fault] = code
        if any(name in sets for name in NUMBERED):
            # A day that waits for another reason is the day on which the number was used.
            day = data.get("paid_on") or change.set.get("paid_on")
            holder = author.user_id if by_phone else None
            doubt = self._number_doubt(change.record, data, holder, day)
            if doubt:
                found[next(name for name in NUMBERED if name in sets)] = doubt
        return found

    def _number_doubt(
        self, record: str, data: dict[str, Any], holder: str | None, day: Any
    ) -> str | None:
        book, number = data.get("receipt_book"), data.get("receipt_number")
        if not book or not number:
            return None
        asked = holder is not None and isinstance(day, str)
        if asked and not in_a_range(ranges_of(str(holder), [book]), book, number, day):
            return "receipt_not_handed"
        others = self._receipts_with(record, book, number)
        return "receipt_used_twice" if others - {data.get("receipt")} else None

    def _receipts_with(self, record: str, book: str, number: int) -> set[str | None]:
        """The receipts that carry this number: as stored, and as this slice changed them."""
        query = select(Enrolment.id, Enrolment.data).where(
            Enrolment.receipt_book == book, Enrolment.receipt_number == number
        )
        stored = {id_: orjson.loads(text) for id_, text in db.session.execute(query)}
        here = {
            rec.id: rec.data for rec in self.ws.records.values() if rec.entity is Entity.ENROLMENT
        }
        return {
            data.get("receipt")
            for id_, data in (stored | here).items()
            if id_ != record
            and (data.get("receipt_book"), data.get("receipt_number")) == (book, number)
        }
