"""Enrolments for tests: a receipt book handed out, and what a phone writes of a payment."""

from typing import Any

from server.store.db import db, new_id
from server.store.people import User
from server.store.receipts import ReceiptBook, ReceiptRange, publish_ranges
from tests.factories import Factory, Places

PAID_ON = "2026-11-20"


def book(make: Factory, places: Places, by: User, first: int = 101, last: int = 150) -> ReceiptBook:
    """A receipt book of the commune's post office."""
    return make.add(
        ReceiptBook(
            commune_id=places.commune.id,
            agency="Bưu điện Thường Xuân",
            series="TX-2026",
            first_number=first,
            last_number=last,
            added_by=by.id,
        )
    )


def hand(make: Factory, of: ReceiptBook, to: User, **more: Any) -> ReceiptRange:
    """All numbers of a book in somebody's hands, and on their phones, unless the test says less."""
    values = {
        "first_number": of.first_number,
        "last_number": of.last_number,
        "collector_code": "NV-01",
        "handed_on": "2026-01-01",
        "handed_by": of.added_by,
        **more,
    }
    with make.writing():
        handed = ReceiptRange(book_id=of.id, user_id=to.id, **values)
        db.session.add(handed)
        db.session.flush()
        publish_ranges([handed])
        db.session.expunge(handed)
    return handed


def paid(member: str, collector: User, of: ReceiptBook | None, number: int | None, **more: Any):
    """What a phone sets of one person's enrolment: a farm household, twelve months, no top-up."""
    return {
        "member": member,
        "insurance_group": "GB",
        "ladder_place": 1,
        "months": 12,
        "paid_on": PAID_ON,
        "total": 1_366_200,
        "state_support": 409_860,
        "local_support": 0,
        "other_support": 0,
        "own_share": 956_340,
        "payment": "cash",
        "receipt": new_id(),
        "receipt_book": of.id if of else None,
        "receipt_number": number,
        "collected_by": collector.id,
        "card_from": "2026-12-20",
        "card_to": "2027-12-19",
        "state": "submitted",
        "state_on": PAID_ON,
        **more,
    }
