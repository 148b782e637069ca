"""What an enrolment is asked that no single record can tell: whether its receipt number is free and
of a book in the collector's hands, what the law of the payment day says of months, total and
shares, and whether the sponsored card it names may fill one of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import ColumnElement, select

from schemas.kinds import Entity
from server.domain.change import Change
from server.domain.enrolment.amounts import SHARES, against_the_law
from server.domain.enrolment.receipts import in_a_range
from server.domain.enrolment.sponsored import sponsor_doubts
from server.domain.enrolment.sponsorships import used_by
from server.domain.enrolment.states import DRAFT, SUBMITTED
from server.domain.legal.tables import Tables
from server.domain.merge import Verdict
from server.store.changes.authors import Author
from server.store.changes.workspace import Workspace
from server.store.db import db
from server.store.legal import legal_tables, legal_tables_known
from server.store.receipts import ranges_of
from server.store.records import Enrolment, Member, Sponsorship
from server.store.share_facts import SharesAsked

PRICED = (
    "total",
    "months",
    "paid_on",
    "insurance_group",
    "ladder_place",
    "override_reason",
    *SHARES,
)
NUMBERED = ("receipt_number", "receipt_book", "receipt")
SPONSORED = ("sponsorship", "other_support", "state")
"""Asked when they are set, the state only on its way in: what is taken back needs no leave."""
PHONE = "phone"

Data = dict[str, Any]


def receipt_lock(book: str) -> str:
    """The feed row that a writer of this book's numbers locks: of two at the same moment the
    second sees the first."""
    return f"receipt:{book}"


class Enrolling:
    """Asked of each enrolment of a slice, after its fields were judged one by one."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._tables_then: dict[str, Tables] = {}
        self._remembered = False

    @cached_property
    def _tables(self) -> Tables:
        return legal_tables()

    @cached_property
    def _shares(self) -> SharesAsked:
        return SharesAsked()

    def doubts(self, change: Change, verdict: Verdict, author: Author) -> dict[str, str]:
        """The fields that wait after all, each with a code."""
        data, sets = verdict.result, verdict.apply
        found: dict[str, str] = {}
        by_phone = author.channel == PHONE
        if by_phone and sets.get("collected_by", author.user_id) != author.user_id:
            found["collected_by"] = "collector_is_another"
        _hold(found, sets, PRICED, lambda: self._price_doubts(data))
        if data.get("sponsorship") and sets.get("state", SUBMITTED) in (DRAFT, SUBMITTED):
            _hold(found, sets, SPONSORED, lambda: self._sponsor_doubts(change.record, data))
        if any(name in sets for name in NUMBERED):
            # A day that waits for another reason is the day on which the number was used.
            day = data.get("paid_on") or change.set.get("paid_on")
            holder = author.user_id if by_phone else None
            doubt = self._number_doubt(change.record, data, holder, day)
            if doubt:
                found[next(name for name in NUMBERED if name in sets)] = doubt
        return found

    def _price_doubts(self, data: Data) -> Mapping[str, str]:
        """What the law says against the amounts: with the facts of now, and, before anything
        waits, with every fact that who took the money may have known instead."""
        member = self.ws.record(Entity.MEMBER, data["member"])
        day = data.get("paid_on")
        if member is None or not day:
            return against_the_law(self._tables, data)
        place = (member.village, day)
        known = [self._shares.now(*place, member.data)]
        doubts = against_the_law(self._tables, data, known)
        if not doubts:
            return {}
        self._remember_people()
        known += self._shares.earlier(*place, member.id, member.data)
        if day not in self._tables_then:
            self._tables_then[day] = legal_tables_known(day)
        for tables in (self._tables, self._tables_then[day]):
            if not against_the_law(tables, data, known):
                return {}
        return doubts

    def _remember_people(self) -> None:
        """With the first that may wait: what the log says of all people of the slice."""
        if not self._remembered:
            people = [r.id for r in self.ws.records.values() if r.entity is Entity.MEMBER]
            self._shares.remember(people)
            self._remembered = True

    def _sponsor_doubts(self, record: str, data: Data) -> Mapping[str, str]:
        id_ = data["sponsorship"]
        others = self._enrolments(record, Enrolment.sponsorship_id == id_)
        known = self.ws.record(Entity.SPONSORSHIP, id_)
        text = db.session.scalar(select(Sponsorship.data).where(Sponsorship.id == id_))
        sponsorship = known.data if known else orjson.loads(text) if text else None
        given_to = self._counts_as(sponsorship["member"]) if sponsorship else None
        return sponsor_doubts(
            data,
            sponsorship,
            same_person=given_to == self._counts_as(data["member"]),
            used_by_another=id_ in used_by(others),
        )

    def _counts_as(self, member: str) -> str:
        """Whom a person counts as: themselves, or who they were merged into."""
        seen: set[str] = set()
        step: str | None = member
        while step is not None and step not in seen:
            seen.add(member := step)
            known = self.ws.record(Entity.MEMBER, step)
            query = select(Member.merged_into).where(Member.id == step)
            step = known.data.get("merged_into") if known else db.session.scalar(query)
        return member

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
        """The receipts of other enrolments that carry this number."""
        others = self._enrolments(
            record, Enrolment.receipt_book == book, Enrolment.receipt_number == number
        )
        return {
            data.get("receipt")
            for data in others
            if (data.get("receipt_book"), data.get("receipt_number")) == (book, number)
        }

    def _enrolments(self, record: str, *where: ColumnElement[bool]) -> Sequence[Data]:
        """The others that are stored so, and all that this slice knows, as it changed them."""
        query = select(Enrolment.id, Enrolment.data).where(*where)
        stored = {id_: orjson.loads(text) for id_, text in db.session.execute(query)}
        here = {
            rec.id: rec.data for rec in self.ws.records.values() if rec.entity is Entity.ENROLMENT
        }
        return [data for id_, data in (stored | here).items() if id_ != record]


def _hold(
    found: dict[str, str],
    sets: Data,
    names: Sequence[str],
    doubts: Callable[[], Mapping[str, str]],
) -> None:
    """Ask where the change sets one of these fields. What is at fault in a field that it does not
    set waits with the first that it does."""
    touched = [name for name in names if name in sets]
    if touched:
        for name, code in doubts().items():
            found[name if name in sets else touched[0]] = code
