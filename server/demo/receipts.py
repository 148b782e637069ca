"""A receipt book in two collectors' hands, the insurance they took money for, in every state, and
what they handed over. Amounts and cards are by the rules of each payment day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import EnrolmentState, Status
from server.demo.commune import NOTE
from server.demo.insurance import PROVINCE_OF_CARDS
from server.demo.office import Office, write
from server.domain.enrolment.amounts import AMOUNTS, amounts_of
from server.domain.enrolment.states import CHECKED, DRAFT, ISSUED, ON_LIST, RETURNED, SUBMITTED
from server.domain.legal.area_facts import area_facts
from server.domain.legal.card_dates import CardDates, paid_card
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.facts import AreaFacts, Place, person_facts
from server.domain.legal.groups import HOUSEHOLD, GroupAnswer, insurance_group
from server.domain.legal.tables import Tables
from server.store.areas import stated_above
from server.store.audit import note_act
from server.store.bulk import among
from server.store.changes.write import new_change
from server.store.db import db
from server.store.receipts import (
    CashHandover,
    ReceiptBook,
    ReceiptRange,
    publish_handover,
    publish_ranges,
)
from server.store.records import Household, Member
from server.store.roll import Standing, everybody

CANCELLED = EnrolmentState.CANCELLED.value
AGENCY, SERIES = "Bưu điện Thường Xuân (mẫu)", "MẪU-26"
CLINIC = "Trạm y tế xã Ngọc Phụng (mẫu)"
LAST_NUMBER, HANDED_AGO = 100, 60
HOLDERS = {"surveyor": (1, 50, "NV-01"), "surveyor2": (51, 100, "NV-02")}
ADULT_AGE, OLDEST = 19, 69
SOON = 45
PAYING = ("GD", "GB", "CN")
"""The groups of the sample's payers; pupils' cards follow the school year."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`people` of one household, paid for `ago` days ago, and how far their file has come."""

    holder: str
    ago: int
    months: int
    people: int
    state: str
    why: str = ""
    payment: str = "cash"


RECEIPTS = (
    Receipt("surveyor", 20, 12, 2, ISSUED), Receipt("surveyor2", 18, 6, 1, ISSUED),
    Receipt("surveyor", 13, 12, 1, ON_LIST), Receipt("surveyor", 9, 12, 2, CHECKED),
    Receipt("surveyor2", 8, 12, 2, CHECKED, payment="transfer"),
    Receipt("surveyor", 7, 3, 1, RETURNED, "Số định danh chưa khớp với căn cước, hỏi lại hộ."),
    Receipt("surveyor2", 6, 6, 1, RETURNED, "Thiếu ngày sinh đầy đủ."),
    Receipt("surveyor", 4, 12, 1, CANCELLED, "Hộ đổi ý, đã trả lại tiền."),
    Receipt("surveyor2", 4, 12, 1, CANCELLED, "Ghi nhầm người, đã viết biên lai khác."),
    Receipt("surveyor", 1, 12, 3, SUBMITTED), Receipt("surveyor", 1, 6, 1, SUBMITTED),
    Receipt("surveyor2", 1, 12, 1, SUBMITTED), Receipt("surveyor", 0, 12, 2, SUBMITTED),
    Receipt("surveyor2", 0, 3, 1, SUBMITTED), Receipt("surveyor", 0, 12, 2, DRAFT),
)  # fmt: skip
DECIDED = {
    CHECKED: (CHECKED,),
    ON_LIST: (CHECKED, ON_LIST),
    ISSUED: (CHECKED, ON_LIST, ISSUED),
    RETURNED: (RETURNED,),
    CANCELLED: (CANCELLED,),
}
WHY = {RETURNED: "return_reason", CANCELLED: "cancelled_reason"}
SHORT = 100_000
"""What a collector handed over too little, đồng."""


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who may pay: `previous_end` is the last day of an earlier card, if there was one."""

    member: str
    name: str
    group: str
    area: AreaFacts
    previous_end: str


def collect(office: Office) -> int:
    """Write book, enrolments and the cash handed over; the number of enrolments."""
    book = _book(office)
    payers = {holder: _homes(office, holder) for holder in HOLDERS}
    taken: list[dict[str, Any]] = []
    numbers = {holder: first for holder, (first, _last, _code) in HOLDERS.items()}
    by_desk: list[dict[str, Any]] = []
    for receipt in RECEIPTS:
        number = None if receipt.state == DRAFT else numbers[receipt.holder]
        numbers[receipt.holder] += number is not None
        paid = list(_paid(office, receipt, book, number, payers[receipt.holder]))
        write(paid + _clinics(receipt, paid), office.on_phone(receipt.holder))
        taken += [change["set"] for change in paid]
        for change in paid:
            by_desk += _decided(office, receipt, change)
    write(by_desk, office.at_desk())
    _hand_over(office, taken)
    return len(taken)


def _book(office: Office) -> ReceiptBook:
    book = ReceiptBook(
        commune_id=office.commune,
        agency=AGENCY,
        series=SERIES,
        first_number=1,
        last_number=LAST_NUMBER,
        added_by=office.officer.id,
    )
    db.session.add(book)
    db.session.flush()
    officer, commune = office.officer.id, office.commune
    note_act("receipt_book_add", by=officer, subject=book.id, area=commune, count=LAST_NUMBER)
    for holder, (first, last, code) in HOLDERS.items():
        handed = ReceiptRange(
            book_id=book.id,
            user_id=office.users[holder].id,
            first_number=first,
            last_number=last,
            collector_code=code,
            handed_on=office.ago(HANDED_AGO),
            handed_by=officer,
        )
        db.session.add(handed)
        db.session.flush()
        publish_ranges([handed])
        count = last - first + 1
        note_act("receipt_book_hand", by=officer, subject=handed.user_id, area=commune, count=count)
    return book


def _homes(office: Office, holder: str) -> list[list[Payer]]:
    """Households of the collector's ground with people who would pay: whoever has no card, and
    whoever's card ends soon."""
    villages = office.villages[:1] if holder == "surveyor2" else office.villages[1:3]
    soon = (office.day + timedelta(days=SOON)).isoformat()
    asked = [
        one
        for one in everybody(office.today, villages)
        if one.status in (Status.EXPIRED, Status.NONE)
        or (one.status == Status.COVERED and one.lasts_to <= soon)
    ]
    found: dict[str, list[Payer]] = defaultdict(list)
    for one, member, home, area in _facts(office, villages, asked):
        if not _grown(one, office.day.year):
            continue
        facts = person_facts(member, home, (), area)
        answer = insurance_group(office.tables, office.today, facts)
        if isinstance(answer, GroupAnswer) and answer.group in PAYING:
            payer = Payer(one.id, member["full_name"], answer.group, area, one.last_end)
            found[one.home].append(payer)
    return list(found.values())


def _grown(one: Standing, year: int) -> bool:
    """Neither a pupil nor old enough for a free card."""
    return bool(one.birth_date) and ADULT_AGE <= year - int(one.birth_date[:4]) <= OLDEST


def _facts(
    office: Office, villages: tuple[str, ...], people: list[Standing]
) -> Iterator[tuple[Standing, dict[str, Any], dict[str, Any], AreaFacts]]:
    members = {one.id: one for one in _all(Member, [one.id for one in people])}
    homes = {one.id: orjson.loads(one.data) for one in _all(Household, [it.home for it in people])}
    areas = {village: area_facts(office.today, stated_above(village)) for village in villages}
    for one in people:
        member = members[one.id]
        yield one, orjson.loads(member.data), homes[one.home], areas[member.village_id]


def _all(table: type[Any], ids: list[str]) -> list[Any]:
    return list(db.session.scalars(select(table).where(among(table.id, set(ids)))))


def _paid(
    office: Office,
    receipt: Receipt,
    book: ReceiptBook,
    number: int | None,
    homes: list[list[Payer]],
) -> Iterator[dict[str, Any]]:
    """One receipt for the first household with enough people."""
    home = next((people for people in homes if _suits(office, receipt, people)), None)
    if home is None:
        return
    homes.remove(home)
    collector = office.users[receipt.holder]
    shared = {
        "months": receipt.months,
        "paid_on": office.ago(receipt.ago),
        "payment": receipt.payment,
        "receipt": office.new_id(),
        "receipt_book": book.id if number else None,
        "receipt_number": number,
        "collected_by": collector.id,
        "collector_code": HOLDERS[receipt.holder][2],
        "notice_version": "2026-01",
        "note": NOTE,
        "state": DRAFT if receipt.state == DRAFT else SUBMITTED,
        "state_on": office.ago(receipt.ago),
        "state_by": collector.name,
    }
    place = 0
    for payer in home[: receipt.people]:
        place += payer.group == HOUSEHOLD
        values = {"member": payer.member, **_priced(office.tables, payer, place, shared), **shared}
        known = {name: value for name, value in values.items() if value is not None}
        yield new_change("enrolment", office.new_id(), known)


def _clinics(receipt: Receipt, paid: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where those who pay want to be treated; of a draft and of what came back nobody asked."""
    if receipt.state in (DRAFT, RETURNED):
        return []
    unsaid = {"clinic_wanted": None}
    people = [change["set"]["member"] for change in paid]
    return [new_change("member", person, {"clinic_wanted": CLINIC}, unsaid) for person in people]


def _suits(office: Office, receipt: Receipt, people: list[Payer]) -> bool:
    """A card that was issued begins later still: nobody counts as covered who was not."""
    if len(people) < receipt.people:
        return False
    cards = [
        _card_of(office.tables, payer, office.ago(receipt.ago), receipt.months) for payer in people
    ]
    return receipt.state != ISSUED or all(card and card.valid_from > office.today for card in cards)


def _card_of(tables: Tables, payer: Payer, day: str, months: int) -> CardDates | None:
    card = paid_card(tables, day, months, payer.previous_end or None)
    return card if isinstance(card, CardDates) else None


def _priced(tables: Tables, payer: Payer, place: int, shared: dict[str, Any]) -> dict[str, Any]:
    """Group, place on the ladder, amounts and card by the law of the payment day; where it says
    nothing, so does the receipt."""
    day, months = shared["paid_on"], shared["months"]
    place = place if payer.group == HOUSEHOLD else 1  # the ladder is the household group's alone
    payment = Payment(
        payer.group, months, place, Place(PROVINCE_OF_CARDS), poor_commune=payer.area.poor_commune
    )
    values: dict[str, Any] = {"insurance_group": payer.group, "ladder_place": place}
    share = contribution(tables, day, payment)
    amounts = amounts_of(share) if isinstance(share, Contribution) else None
    if amounts is not None:
        values |= {name: getattr(amounts, name) for name in AMOUNTS}
    card = _card_of(tables, payer, day, months)
    if card is not None:
        values |= {"card_from": card.valid_from, "card_to": card.valid_to}
    return values


def _decided(office: Office, receipt: Receipt, paid: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the office made of one person's file, and the card of who got one."""
    data = dict(paid["set"])
    steps = DECIDED.get(receipt.state, ())
    for left, state in zip(range(len(steps), 0, -1), steps, strict=True):
        values = {
            "state": state,
            "state_on": office.ago(min(receipt.ago, 3 * left - 1)),
            "state_by": office.officer.name,
        }
        if state in WHY:
            values[WHY[state]] = receipt.why
        was = {name: data.get(name) for name in values}
        yield new_change("enrolment", paid["record"], values, was)
        data |= values
    if receipt.state == ISSUED and "card_from" in data:
        yield new_change("card", office.new_id(), _card(office, data))


def _card(office: Office, data: dict[str, Any]) -> dict[str, Any]:
    number = f"{PROVINCE_OF_CARDS}99{office.maker.chance.randrange(10**6):06}"
    return {
        "member": data["member"],
        "evidence": "bhxh_issued",
        "number": number,
        "insurance_group": data["insurance_group"],
        "valid_from": data["card_from"],
        "valid_to": data["card_to"],
    }


def _hand_over(office: Office, taken: list[dict[str, Any]]) -> None:
    """Of two days all that was taken is in, of yesterday one collector's is not quite."""
    for holder, ago, short in (("surveyor", 9, 0), ("surveyor2", 18, 0), ("surveyor", 1, SHORT)):
        user, day = office.users[holder], office.ago(ago)
        amount = sum(
            one.get("own_share", 0)
            for one in taken
            if (one["collected_by"], one["paid_on"], one["payment"]) == (user.id, day, "cash")
        )
        if amount <= short:
            continue
        handover = CashHandover(
            commune_id=office.commune,
            user_id=user.id,
            day=day,
            amount=amount - short,
            received_by=office.officer.id,
        )
        db.session.add(handover)
        db.session.flush()
        publish_handover(handover)
        note_act(
            "cash_take",
            by=office.officer.id,
            subject=user.id,
            area=office.commune,
            amount=handover.amount,
        )
