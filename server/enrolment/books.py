"""Receipt books: added as the agency numbers them, handed to collectors, given back."""

from collections import defaultdict
from dataclasses import dataclass

from flask_login import current_user
from sqlalchemy import func, select

from server.domain.text import fold
from server.errors import Problem
from server.pages.scope import own_communes
from server.store.audit import note_act
from server.store.bulk import among
from server.store.db import db
from server.store.people import User
from server.store.places import Area
from server.store.receipts import ReceiptBook, ReceiptRange, lock_books, publish_ranges
from server.store.records import Enrolment

MOST_NUMBERS = 10_000


@dataclass(frozen=True, slots=True)
class BookLine:
    book: ReceiptBook
    used: int
    holders: list[str]

    @property
    def size(self) -> int:
        return self.book.last_number - self.book.first_number + 1


@dataclass(frozen=True, slots=True)
class NewBook:
    agency: str
    series: str
    first: int
    last: int


def book_lines() -> list[BookLine]:
    """The books of one's communes: how many numbers are used, who holds some."""
    communes = {area.id for area in own_communes()}
    order = (ReceiptBook.agency, ReceiptBook.series, ReceiptBook.first_number)
    query = select(ReceiptBook).where(among(ReceiptBook.commune_id, communes)).order_by(*order)
    books = list(db.session.scalars(query))
    ids = {book.id for book in books}
    used = _used(ids)
    holders: dict[str, list[str]] = defaultdict(list)
    holding = (
        select(ReceiptRange.book_id, User.name)
        .join(User, User.id == ReceiptRange.user_id)
        .where(among(ReceiptRange.book_id, ids), ReceiptRange.returned_on.is_(None))
        .order_by(User.name)
        .distinct()
    )
    for book, name in db.session.execute(holding):
        holders[book].append(name)
    return [BookLine(book, used.get(book.id, 0), holders[book.id]) for book in books]


def _used(books: set[str]) -> dict[str, int]:
    counted = (
        select(Enrolment.receipt_book, func.count(Enrolment.receipt_number.distinct()))
        .where(among(Enrolment.receipt_book, books))
        .group_by(Enrolment.receipt_book)
    )
    return {str(book): number for book, number in db.session.execute(counted)}


def used_numbers(book: ReceiptBook) -> list[tuple[int, str | None, str | None]]:
    """Every number of the book that was used: by whom, and on which day."""
    query = (
        select(Enrolment.receipt_number, func.min(User.name), func.min(Enrolment.paid_on))
        .outerjoin(User, User.id == Enrolment.collected_by)
        .where(Enrolment.receipt_book == book.id, Enrolment.receipt_number.is_not(None))
        .group_by(Enrolment.receipt_number)
        .order_by(Enrolment.receipt_number)
    )
    return [(int(number), who, day) for number, who, day in db.session.execute(query) if number]


def book_in_scope(book_id: str) -> ReceiptBook:
    """The book; not found, or not allowed when it is another commune's."""
    book = db.session.get(ReceiptBook, book_id)
    if book is None:
        raise Problem("not_found")
    if book.commune_id not in {area.id for area in own_communes()}:
        raise Problem("not_allowed")
    return book


def ranges_of_book(book: ReceiptBook) -> list[tuple[ReceiptRange, str]]:
    """Who holds or held numbers of it, those still out first."""
    query = (
        select(ReceiptRange, User.name)
        .join(User, User.id == ReceiptRange.user_id)
        .where(ReceiptRange.book_id == book.id)
        .order_by(ReceiptRange.returned_on.is_not(None), User.name, ReceiptRange.first_number)
    )
    return [(one, name) for one, name in db.session.execute(query)]


def book_fault(new: NewBook) -> str | None:
    """Why this may not be a book, as a code; None when it may. Nobody else adds one meanwhile."""
    if not new.agency or not new.series:
        return "needed"
    if new.first < 1 or new.last < new.first or new.last - new.first >= MOST_NUMBERS:
        return "numbers"
    lock_books()
    same_numbers = select(ReceiptBook.agency, ReceiptBook.series).where(
        ReceiptBook.first_number <= new.last, ReceiptBook.last_number >= new.first
    )
    taken = {(fold(agency), fold(series)) for agency, series in db.session.execute(same_numbers)}
    return "overlaps" if (fold(new.agency), fold(new.series)) in taken else None


def add_book(new: NewBook, commune: Area) -> ReceiptBook:
    """Write a book that has no fault."""
    book = ReceiptBook(
        commune_id=commune.id,
        agency=new.agency,
        series=new.series,
        first_number=new.first,
        last_number=new.last,
        added_by=current_user.id,
    )
    db.session.add(book)
    db.session.flush()
    count = new.last - new.first + 1
    note_act("receipt_book_add", by=current_user.id, subject=book.id, area=commune.id, count=count)
    return book


def hand_over(
    book: ReceiptBook, to: User, first: int, last: int, day: str, code: str
) -> ReceiptRange:
    """Numbers of the book go to a collector, and to the collector's phones. Problems: `malformed`
    when they are not the book's, `already_decided` when the collector holds one of them."""
    if not book.first_number <= first <= last <= book.last_number:
        raise Problem("malformed", {"first": "numbers"})
    lock_books()
    if any(holder.id == to.id for holder in holders(book, first, last)):
        raise Problem("already_decided")
    handed = ReceiptRange(
        book_id=book.id,
        user_id=to.id,
        first_number=first,
        last_number=last,
        collector_code=code or None,
        handed_on=day,
        handed_by=current_user.id,
    )
    db.session.add(handed)
    db.session.flush()
    publish_ranges([handed])
    note_act(
        "receipt_book_hand",
        by=current_user.id,
        subject=to.id,
        area=book.commune_id,
        count=last - first + 1,
    )
    return handed


def holders(book: ReceiptBook, first: int, last: int) -> list[User]:
    """Who holds one of these numbers now, by name."""
    query = (
        select(User)
        .join(ReceiptRange, ReceiptRange.user_id == User.id)
        .where(
            ReceiptRange.book_id == book.id,
            ReceiptRange.returned_on.is_(None),
            ReceiptRange.first_number <= last,
            ReceiptRange.last_number >= first,
        )
        .distinct()
        .order_by(User.name, User.id)
    )
    return list(db.session.scalars(query))


def take_back(book: ReceiptBook, range_id: str, day: str) -> None:
    """The collector gave the numbers back: after this day they count no more."""
    handed = db.session.get(ReceiptRange, range_id)
    if handed is None or handed.book_id != book.id:
        raise Problem("not_found")
    if day < handed.handed_on:
        raise Problem("malformed", {"returned_on": "before_start"})
    handed.returned_on = day
    db.session.flush()
    publish_ranges([handed])
    note_act("receipt_book_back", by=current_user.id, subject=handed.user_id, area=book.commune_id)
