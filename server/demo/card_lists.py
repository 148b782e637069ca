"""The lists of the sample commune: what was issued stood on sealed ones, what is on a list on one
that waits for its approver, and the smallest children on a draft. Of one person the insurance said
two things."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import ListingState, ReturnReason
from server.demo.office import Office, write
from server.domain.card_lists.answers import RETURNED, Said
from server.domain.card_lists.listed import INCREASE
from server.domain.card_lists.states import APPROVED, DRAFT, SUBMITTED, claim_of
from server.domain.card_lists.support import support_paid
from server.domain.enrolment.states import ISSUED, ON_LIST
from server.store.audit import note_act
from server.store.bulk import among
from server.store.card_list_answers import answer_row, apply_answers
from server.store.card_list_changes import add_people
from server.store.card_list_receipts import Counted, Speaker, acknowledge
from server.store.card_list_sealing import number_for, seal
from server.store.card_list_telling import step_of, tell_of_list, told_of
from server.store.card_list_waiting import waiting
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, now
from server.store.records import Card, Enrolment

CHILDREN, WHOLE = "TE", "100"
VILLAGES_WITH_DRAFT = 2
NAMES = {"GB": "Hộ nông nghiệp mức sống trung bình", "GD": "Hộ gia đình", "CN": "Hộ cận nghèo"}
SECOND_THOUGHT = "Đã có thẻ theo nhóm hộ nghèo ở xã khác (mẫu)."
PAPER = {"signer": "Lê Văn Chủ Tịch (mẫu)", "signer_title": "Phó Chủ tịch"}


def send_lists(office: Office) -> None:
    """Write the lists in the running transaction; whoever is only checked goes on waiting."""
    for state in (ISSUED, ON_LIST):
        paid: dict[tuple[str, str | None], list[Enrolment]] = {}
        for one in _enrolments(office, state):
            data = orjson.loads(one.data)
            paid.setdefault((data["insurance_group"], support_paid(data)), []).append(one)
        for (group, support), enrolments in paid.items():
            _gone_out(office, state, make_list(office, group, support), enrolments)
    draft = make_list(office, CHILDREN, WHOLE)
    some = list(office.villages[:VILLAGES_WITH_DRAFT])
    children = [one for one in waiting(some, office.today) if one.group == CHILDREN]
    add_people(draft, children)


def _enrolments(office: Office, state: str) -> Sequence[Enrolment]:
    query = select(Enrolment).where(
        among(Enrolment.village_id, office.villages), Enrolment.state == state
    )
    return list(db.session.scalars(query.order_by(Enrolment.paid_on, Enrolment.id)))


def make_list(office: Office, group: str, support: str | None) -> CardList:
    """A draft with nobody on it."""
    made = CardList(
        id=office.new_id(),
        commune_id=office.commune,
        insurance_group=group,
        support_percent=support,
        title=NAMES.get(group, "Trẻ em dưới 6 tuổi" if group == CHILDREN else f"Nhóm {group}"),
        maker_name="UBND xã Thường Xuân (mẫu)",
        cards_from=office.today,
        state=DRAFT,
        created_by=office.officer.id,
    )
    db.session.add(made)
    db.session.flush()
    step(office, "make", made)
    return made


def _gone_out(
    office: Office, state: str, card_list: CardList, enrolments: Iterable[Enrolment]
) -> None:
    rows = [
        CardListRow(
            id=office.new_id(),
            list_id=card_list.id,
            place=place,
            kind=INCREASE,
            member_id=one.member_id,
            enrolment_id=one.id,
            village_id=one.village_id,
            claim=claim_of(INCREASE, one.member_id),
        )
        for place, one in enumerate(enrolments, start=1)
    ]
    db.session.add_all(rows)
    submitted(office, card_list, len(rows))
    if state == ISSUED:
        _sealed_and_answered(office, card_list, rows)


def submitted(office: Office, card_list: CardList, count: int) -> None:
    """The draft goes to its approver, with so many rows."""
    card_list.number = number_for(card_list, office.today[:4])
    card_list.memo_number, card_list.memo_on = "12/TTr-UBND (mẫu)", office.today
    card_list.submitted_by, card_list.submitted_at = office.officer.id, now()
    card_list.state = SUBMITTED
    db.session.flush()
    tell_of_list(card_list, ListingState.SUBMITTED, office.officer.id)
    step(office, "submit", card_list, count)


def _sealed_and_answered(office: Office, card_list: CardList, rows: list[CardListRow]) -> None:
    card_list.decided_by, card_list.decided_at = office.officer.id, now()
    card_list.state = APPROVED
    number = f"{int((card_list.number or '0')[-4:])}/DS-UBND (mẫu)"
    seal(card_list, office.officer, {**PAPER, "document_number": number, "sealed_on": office.today})
    tell_of_list(card_list, ListingState.SEALED, office.officer.id)
    for verb in ("approve", "seal"):
        step(office, verb, card_list, len(rows))
    unit = Speaker(office.users["bhxh"].name, user_id=office.users["bhxh"].id)
    acknowledge(card_list, Counted(len(rows), card_list.digest or ""), unit)
    for row, card in _issued(rows):
        said = Said(
            id=office.new_id(),
            row=row.id,
            place=None,
            outcome="issued",
            card_number=card["number"],
            valid_from=card["valid_from"],
            valid_to=card["valid_to"],
            reason=None,
            note=None,
        )
        db.session.add(answer_row(office.new_id(), card_list.id, said, row.id, unit))
        row.state, row.claim, row.answered_at = said.outcome, None, now()
    db.session.flush()
    ids = [row.id for row in rows if row.state == ISSUED]
    told = told_of(ids)
    write([one for id_ in ids for one in step_of(id_, told, ListingState.ISSUED)], office.at_desk())
    if len(rows) > 1:
        apply_answers(card_list, [_on_second_thought(office, rows[0])], unit)


def _on_second_thought(office: Office, row: CardListRow) -> Said:
    """The unit returns a row that it has issued a card for: held until somebody says what holds."""
    reason = ReturnReason.ALREADY_INSURED.value
    return Said(office.new_id(), row.id, None, RETURNED, None, None, None, reason, SECOND_THOUGHT)


def _issued(rows: Iterable[CardListRow]) -> Iterable[tuple[CardListRow, dict[str, Any]]]:
    """The rows whose people got a card, with it."""
    by_member = {row.member_id: row for row in rows}
    query = select(Card.member_id, Card.data).where(
        among(Card.member_id, by_member), Card.evidence == "bhxh_issued"
    )
    for member, data in db.session.execute(query.order_by(Card.id)):
        yield by_member[member], orjson.loads(data)


def step(office: Office, verb: str, card_list: CardList, count: int | None = None) -> None:
    """Note that the officer took this step of the list."""
    kind, of = f"card_list_{verb}", "card_list"
    by, area = office.officer.id, office.commune
    note_act(kind, by=by, subject=card_list.id, area=area, count=count, of=of)
