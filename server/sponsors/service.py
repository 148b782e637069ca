"""What the office writes about sponsors: who they are, and their money."""

from dataclasses import dataclass
from typing import Any

from flask_login import current_user

from schemas.kinds import Entity, SponsorKind
from server.domain.enrolment.sponsorships import OPEN
from server.errors import Problem
from server.pages.once import written_before
from server.pages.scope import own_villages
from server.sponsors.reading import sponsor_in_scope
from server.store.audit import note_act
from server.store.changes.write import author_at_desk, new_change
from server.store.db import db, now
from server.store.places import Area
from server.store.review.writing import write_all_or_nothing
from server.store.sponsor_cards import cards_of_sponsors
from server.store.sponsors import PROMISED, RECEIVED, Sponsor, SponsorMoney

GREATEST = 100_000_000_000
"""Whole đồng of one line. A commune of ten thousand people is insured for less than a seventh."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed about a sponsor."""

    name: str
    kind: str
    contact: str
    phone: str
    note: str
    ended_on: str | None = None


@dataclass(frozen=True, slots=True)
class ToldMoney:
    """What somebody typed about money; `amount` None: no number."""

    kind: str
    amount: int | None
    day: str | None
    document: str
    note: str


def sponsor_fault(told: Told) -> str | None:
    """Why this may not be a sponsor, as a code; None when it may."""
    if not told.name:
        return "name"
    return None if told.kind in set(SponsorKind) else "kind"


def add_sponsor(id_: str, told: Told, commune: Area) -> None:
    """Write a sponsor that has no fault, once for each id."""
    if written_before(Sponsor, id_):
        return
    sponsor = Sponsor(id=id_, commune_id=commune.id, added_by=current_user.id, name=told.name)
    _tell(sponsor, told)
    db.session.add(sponsor)
    db.session.flush()
    _note("sponsor_add", sponsor)


def change_sponsor(sponsor: Sponsor, told: Told, day: str) -> None:
    """Write what is known of a sponsor by now. Open cards take a new name along, so that phones
    call the sponsor by it; what was used or taken back keeps the name of its time."""
    _tell(sponsor, told)
    db.session.flush()
    _rename_cards(sponsor, day)
    _note("sponsor_change", sponsor)


def _rename_cards(sponsor: Sponsor, day: str) -> None:
    changes = [
        new_change(
            Entity.SPONSORSHIP.value,
            card.id,
            {"sponsor_name": sponsor.name},
            {"sponsor_name": card.data.get("sponsor_name")},
        )
        for card in cards_of_sponsors([sponsor.id], day)
        if card.state == OPEN
        and card.village in own_villages()
        and card.data.get("sponsor_name") != sponsor.name
    ]
    _results, refused = write_all_or_nothing(changes, author_at_desk(current_user))
    if refused:
        raise Problem("already_decided")


def _tell(sponsor: Sponsor, told: Told) -> None:
    sponsor.name, sponsor.kind = told.name, told.kind
    sponsor.contact, sponsor.phone = told.contact or None, told.phone or None
    sponsor.note, sponsor.ended_on = told.note or None, told.ended_on


def money_fault(told: ToldMoney, today: str) -> str | None:
    """Why this is no line of money, as a code; None when it is one. What is promised may lie ahead,
    what was received may not."""
    if told.kind not in (PROMISED, RECEIVED):
        return "money_kind"
    if told.amount is None or not 0 < told.amount <= GREATEST:
        return "amount"
    if told.day is None:
        return "day"
    return "ahead" if told.kind == RECEIVED and told.day > today else None


def add_money(id_: str, sponsor: Sponsor, told: ToldMoney) -> None:
    """Write a line of money that has no fault, once for each id."""
    if written_before(SponsorMoney, id_):
        return
    line = SponsorMoney(
        id=id_,
        sponsor_id=sponsor.id,
        kind=told.kind,
        amount=told.amount,
        day=told.day,
        document=told.document or None,
        note=told.note or None,
        recorded_by=current_user.id,
    )
    db.session.add(line)
    db.session.flush()
    _note(f"sponsor_{told.kind}", sponsor, amount=told.amount)


def cancel_money(sponsor_id: str, money_id: str, reason: str) -> None:
    """What was written down wrongly counts no more; it stays with the reason. Problems: `malformed`
    without one, `already_decided` when it was cancelled before."""
    sponsor = sponsor_in_scope(sponsor_id)
    line = db.session.get(SponsorMoney, money_id)
    if line is None or line.sponsor_id != sponsor.id:
        raise Problem("not_found")
    if not reason:
        raise Problem("malformed", {"reason": "needed"})
    if line.cancelled_at is not None:
        raise Problem("already_decided")
    line.cancelled_by, line.cancelled_at, line.cancelled_reason = current_user.id, now(), reason
    db.session.flush()
    _note("sponsor_money_cancel", sponsor, amount=line.amount)


def _note(kind: str, sponsor: Sponsor, **detail: Any) -> None:
    by, area = current_user.id, sponsor.commune_id
    note_act(kind, by=by, subject=sponsor.id, area=area, of="sponsor", **detail)
