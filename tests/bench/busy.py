"""A busy year of a commune: requests of farm households, enrolments with their receipts, cash and
sponsored cards, written on top of the demo."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import select

from server.domain.partial import add_days
from server.store.changes.write import Author, author_at_desk, new_change, write_changes
from server.store.db import db, new_id, transaction
from server.store.people import User
from server.store.receipts import CashHandover, ReceiptBook, ReceiptRange
from server.store.records import Household, Member
from server.store.sponsors import Sponsor, SponsorMoney

REQUESTS, ENROLMENTS, HARD_UP, CARDS = 500, 2_000, 200, 150
DAYS = 60
"""The enrolments lie on so many days."""
STATES = (
    *("submitted",) * 8, *("checked",) * 4, *("posted",) * 3, "objected", "rechecked",
    *("approved",) * 2, "refused",
)  # fmt: skip
PAID = {
    "insurance_group": "GB",
    "ladder_place": 1,
    "months": 12,
    "total": 1_366_200,
    "state_support": 409_860,
    "local_support": 0,
    "other_support": 0,
    "own_share": 956_340,
    "payment": "cash",
    "state": "submitted",
}


def make_busy(officer: User, commune: str, day: date) -> str:
    """Write it; gives the id of a sponsor."""
    author = author_at_desk(officer)
    with transaction():
        homes = list(db.session.scalars(select(Household.id).order_by(Household.id)))
        _written([*_requests(homes[:REQUESTS], day), *_hard_up(homes[:HARD_UP])], author)
    with transaction():
        book = _book(officer, commune)
        people = list(db.session.scalars(select(Member.id).order_by(Member.id).limit(ENROLMENTS)))
        _written(list(_enrolments(people, officer, book, day)), author)
    with transaction():
        return _sponsor(officer, commune, homes[:HARD_UP], day, author)


def _written(changes: list[dict[str, Any]], author: Author) -> None:
    results = write_changes(changes, author)
    assert {result.status for result in results} == {"applied"}, results[0].reasons


def _requests(homes: list[str], day: date) -> Iterator[dict[str, Any]]:
    for number, (home, state) in enumerate(zip(homes, cycle(STATES), strict=False)):
        asked = day - timedelta(days=20 + number % 90)
        sheet = new_id()
        lines = [{"line": "crops", "revenue": 150_000_000, "cost": 52_000_000}]
        months = {"months_to": f"{asked:%Y-%m}", "people": 4, "farm_workers": 2, "lines": lines}
        yield new_change("farm_assessment", sheet, {"household": home, **months})
        values = {"household": home, "assessment": sheet, "requested_on": asked.isoformat()}
        yield new_change("farm_request", new_id(), {**values, "state": state, **_done(state, day)})


def _done(state: str, day: date) -> dict[str, Any]:
    if state == "submitted":
        return {}
    ago = [(day - timedelta(days=days)).isoformat() for days in (12, 11, 5, 4, 3)]
    done: dict[str, Any] = {
        "checked_on": ago[0],
        "verdict": "does_not" if state == "refused" else "qualifies",
        "band": "average",
        "per_person_month": 2_041_666,
    }
    if state in ("posted", "objected", "rechecked", "approved"):
        done |= {"posted_on": ago[1], "posting_ends_on": ago[2]}
    if state in ("objected", "rechecked"):
        done |= {"objected_on": ago[3], "objection": "Xin xem lại."}
    if state == "rechecked":
        done |= {"rechecked_on": ago[4], "objection_answer": "Đúng."}
    if state in ("approved", "refused"):
        done |= {"decision_number": "9/QĐ-UBND", "decided_on": ago[4], "refusal_reason": "Đo"}
    if state == "approved":
        done |= {"valid_from": ago[4], "valid_to": add_days(ago[4], 364)}
    return done


def _hard_up(homes: list[str]) -> Iterator[dict[str, Any]]:
    for home in homes:
        yield new_change("household", home, {"hardship": True}, {"hardship": None})


def _book(officer: User, commune: str) -> ReceiptBook:
    book = ReceiptBook(commune_id=commune, agency="Đo", series="ĐO", first_number=1,
                       last_number=5_000, added_by=officer.id)  # fmt: skip
    db.session.add(book)
    db.session.flush()
    db.session.add(
        ReceiptRange(book_id=book.id, user_id=officer.id, first_number=1, last_number=5_000,
                     handed_on="2026-01-01", handed_by=officer.id)
    )  # fmt: skip
    return book


def _enrolments(
    people: list[str], officer: User, book: ReceiptBook, day: date
) -> Iterator[dict[str, Any]]:
    for number, person in enumerate(people, 1):
        paid_on = (day - timedelta(days=number % DAYS)).isoformat()
        record = new_id()
        receipt = {"receipt": new_id(), "receipt_book": book.id, "receipt_number": number}
        who = {"collected_by": officer.id, "paid_on": paid_on, "state_on": paid_on}
        days = {"card_from": add_days(paid_on, 30), "card_to": add_days(paid_on, 394)}
        yield new_change("enrolment", record, {"member": person, **PAID, **receipt, **who, **days})
        if number % 4:
            was = {"state": "submitted", "state_on": paid_on}
            yield new_change("enrolment", record, {"state": "checked", "state_on": paid_on}, was)


def _sponsor(officer: User, commune: str, homes: list[str], day: date, author: Author) -> str:
    sponsor = Sponsor(commune_id=commune, name="Quỹ để đo", kind="fund", added_by=officer.id)
    db.session.add(sponsor)
    db.session.flush()
    for number in range(20):
        db.session.add(
            SponsorMoney(sponsor_id=sponsor.id, kind="received", amount=10_000_000,
                         day=(day - timedelta(days=number)).isoformat(), recorded_by=officer.id)
        )  # fmt: skip
    people = select(Member.id).where(Member.household_id.in_(homes)).order_by(Member.id.desc())
    given = {"sponsor": sponsor.id, "sponsor_name": sponsor.name, "amount": 956_340, "months": 12,
             "insurance_group": "GB", "agreed_on": day.isoformat()}  # fmt: skip
    cards = [
        new_change("sponsorship", new_id(), {"member": person, **given})
        for person in db.session.scalars(people.limit(CARDS))
    ]
    _written(cards, author)
    for number in range(DAYS):
        taken = (day - timedelta(days=number)).isoformat()
        db.session.add(CashHandover(commune_id=commune, user_id=officer.id, day=taken,
                                    amount=1_000_000, received_by=officer.id))  # fmt: skip
    return sponsor.id
