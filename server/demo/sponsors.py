"""Who gives cards to people in hardship, with what money: a company, a fund, a teacher."""

from dataclasses import dataclass
from typing import Any

from server.demo.office import Office, write
from server.domain.legal.contribution import Contribution
from server.store.audit import note_act
from server.store.changes.write import new_change
from server.store.db import db
from server.store.hardship import hard_up
from server.store.prices import Priced, prices
from server.store.sponsors import PROMISED, RECEIVED, Sponsor, SponsorMoney

MONTHS = 12
LACKING = ("expired", "none")
BACK = "Gia đình đã tự mua thẻ cho em."


@dataclass(frozen=True, slots=True)
class Giver:
    """Whole đồng; `cards` are given `ago` days ago, the first `back` of them taken back since."""

    name: str
    kind: str
    contact: str
    promised: int
    received: int
    cards: int
    ago: int
    back: int = 0


GIVERS = (
    Giver("Công ty TNHH Chè Ngọc Phụng (mẫu)", "business", "Bà Lê Thị Chè", 30_000_000,
          20_000_000, 6, 12, back=1),
    Giver("Quỹ Vì người nghèo xã Ngọc Phụng (mẫu)", "fund", "Ông Vi Văn Quỹ", 15_000_000,
          15_000_000, 3, 6),
    Giver("Thầy Lương Văn Giáo (mẫu)", "person", "", 1_000_000, 0, 1, 2),
)  # fmt: skip


def give_cards(office: Office) -> int:
    """Write the sponsors, their money and their cards; the number of cards."""
    waiting = _without_a_card(office)
    given = 0
    for giver in GIVERS:
        sponsor = _sponsor(office, giver)
        people, waiting = waiting[: giver.cards], waiting[giver.cards :]
        cards = [_card(office, giver, sponsor, one) for one in people]
        write(cards, office.at_desk())
        write([_taken_back(office, card) for card in cards[: giver.back]], office.at_desk())
        note_act("sponsor_give", by=office.officer.id, subject=sponsor.id, area=office.commune,
                 count=len(cards), of="sponsor")  # fmt: skip
        given += len(cards)
    return given


def _without_a_card(office: Office) -> list[Priced]:
    """People in hardship who would have to pay, in the order of their households."""
    statuses = hard_up(office.today, office.villages)
    lacking = [id_ for id_, status in statuses.items() if status in LACKING]
    found = prices(lacking, office.today, MONTHS)
    return [one for one in found.values() if isinstance(one.price, Contribution)]


def _sponsor(office: Office, giver: Giver) -> Sponsor:
    officer = office.officer.id
    sponsor = Sponsor(
        commune_id=office.commune,
        name=giver.name,
        kind=giver.kind,
        contact=giver.contact or None,
        added_by=officer,
    )
    db.session.add(sponsor)
    db.session.flush()
    for kind, amount, ago in ((PROMISED, giver.promised, 30), (RECEIVED, giver.received, 15)):
        if amount:
            line = {"sponsor_id": sponsor.id, "kind": kind, "amount": amount}
            db.session.add(SponsorMoney(**line, day=office.ago(ago), recorded_by=officer))
    db.session.flush()
    note_act("sponsor_add", by=officer, subject=sponsor.id, area=office.commune, of="sponsor")
    return sponsor


def _card(office: Office, giver: Giver, sponsor: Sponsor, person: Priced) -> dict[str, Any]:
    price = person.price
    assert isinstance(price, Contribution)
    values = {
        "member": person.id,
        "sponsor": sponsor.id,
        "sponsor_name": sponsor.name,
        "amount": price.own_at_most if price.own is None else price.own,
        "months": MONTHS,
        "insurance_group": person.group,
        "agreed_on": office.ago(giver.ago),
    }
    return new_change("sponsorship", office.new_id(), values)


def _taken_back(office: Office, card: dict[str, Any]) -> dict[str, Any]:
    values = {"withdrawn_on": office.ago(1), "withdrawn_reason": BACK}
    return new_change("sponsorship", card["record"], values)
