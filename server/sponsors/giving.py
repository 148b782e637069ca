"""Cards given on a sponsor's money, and taken back: written as changes, so that phones learn."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import ChangeStatus, Entity
from server.domain.enrolment.sponsor_sheet import SponsorSheet
from server.domain.enrolment.sponsorships import LAPSED, OPEN
from server.domain.legal.tables import NotKnown
from server.errors import Problem
from server.pages.scope import own_villages
from server.sponsors.hardship import LACKING, HardUp, lines_of
from server.store.audit import note_act
from server.store.bulk import among
from server.store.changes.write import author_at_desk, new_change
from server.store.db import db, new_id
from server.store.hardship import hard_up, hard_up_homes
from server.store.prices import prices
from server.store.records import Member
from server.store.review.writing import set_or_nothing, write_all_or_nothing
from server.store.sponsor_cards import card_called, cards_of_people, open_by_person, sheets_of
from server.store.sponsors import Sponsor

WHOLE, FIXED = "whole", "fixed"
MOST = 500
"""People at once: more do not fit on a page that somebody reads before saying yes."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the officer asks for. `each`: đồng for one person, where a fixed amount is given."""

    people: tuple[str, ...]
    months: int
    way: str
    each: int
    ends_on: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Gift:
    person: HardUp
    amount: int

    @property
    def left(self) -> int:
        """Đồng that the person still pays."""
        return self.person.own - self.amount


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who gets nothing, and why, as a code; `lacks`: what the law's tables do not tell."""

    name: str
    why: str
    lacks: NotKnown | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a wish comes to, before anybody says yes."""

    gifts: list[Gift]
    left_out: list[LeftOut]
    sheet: SponsorSheet

    @property
    def total(self) -> int:
        return sum(gift.amount for gift in self.gifts)

    @property
    def balance_after(self) -> int:
        return self.sheet.balance - self.total


def offer(sponsor: Sponsor, wish: Wish, day: str) -> Offer:
    """Whom the sponsor can give a card, and what it takes. Problems: `not_found` and `not_allowed`
    for people who are nobody's or not one's own."""
    members = _chosen(wish.people)
    here = {id_ for id_, it in own_villages().items() if it.parent_id == sponsor.commune_id}
    homes = hard_up_homes(day, sorted(here))
    statuses = hard_up(day, sorted(here), list(homes))
    chosen = {
        id_: status for id_, status in statuses.items() if id_ in members and status in LACKING
    }
    priced = prices({*chosen, *_with_a_sponsor(statuses, day)}, day, wish.months)
    lines = lines_of(chosen, homes, priced, day)
    gifts = [_gift(line, wish) for line in lines if not line.why_not]
    left_out = [LeftOut(line.name, line.why_not, line.lacks) for line in lines if line.why_not]
    left_out += [
        LeftOut(members[id_].full_name, _why_not(members[id_], here, statuses))
        for id_ in wish.people
        if id_ not in chosen
    ]
    return Offer(gifts, left_out, sheets_of([sponsor.id], day)[sponsor.id])


def _chosen(people: Collection[str]) -> dict[str, Member]:
    query = select(Member).where(among(Member.id, people))
    members = {one.id: one for one in db.session.scalars(query)}
    if len(members) < len(set(people)):
        raise Problem("not_found")
    if any(one.village_id not in own_villages() for one in members.values()):
        raise Problem("not_allowed")
    return members


def _with_a_sponsor(people: Collection[str], day: str) -> set[str]:
    """Who joins on somebody's money already and so stands on the household's ladder, too."""
    return set(open_by_person(cards_of_people(people, day)))


def _why_not(member: Member, here: Collection[str], statuses: dict[str, str]) -> str:
    if member.village_id not in here:
        return "other_commune"
    return "has_card" if member.id in statuses else "not_hard_up"


def _gift(line: HardUp, wish: Wish) -> Gift:
    return Gift(line, line.own if wish.way == WHOLE else min(wish.each, line.own))


def give(sponsor: Sponsor, wish: Wish, made: Offer, day: str) -> None:
    """Write the cards of an offer, all or none. Problem: `already_decided` when somebody gave one
    of these people a card meanwhile."""
    people = [gift.person.id for gift in made.gifts]
    changes = [
        new_change(
            Entity.SPONSORSHIP.value,
            new_id(),
            {
                "member": gift.person.id,
                "sponsor": sponsor.id,
                "sponsor_name": sponsor.name,
                "amount": gift.amount,
                "months": wish.months,
                "insurance_group": gift.person.joins.group,
                "agreed_on": day,
                "ends_on": wish.ends_on,
                "note": wish.note or None,
            },
        )
        for gift in made.gifts
    ]
    with db.session.begin_nested():
        _results, refused = write_all_or_nothing(changes, author_at_desk(current_user))
        # Asked again behind the lock of the villages: of two at one moment, one sees the other.
        still_open = [card for card in cards_of_people(people, day) if card.state == OPEN]
        if refused or len(still_open) > len(people):
            raise Problem("already_decided")
    note_act(
        "sponsor_give",
        by=current_user.id,
        subject=sponsor.id,
        area=sponsor.commune_id,
        count=len(people),
        of="sponsor",
        amount=made.total,
    )


def withdraw(sponsor: Sponsor, sponsorship_id: str, reason: str, day: str) -> None:
    """Take a card back that nobody used. Problems: `malformed` without a reason, `already_decided`
    when it was used or taken back before."""
    card = card_called(sponsorship_id, day)
    if card is None or card.sponsor != sponsor.id:
        raise Problem("not_found")
    if card.village not in own_villages():
        raise Problem("not_allowed")
    if not reason:
        raise Problem("malformed", {"reason": "needed"})
    if card.state not in (OPEN, LAPSED):
        raise Problem("already_decided")
    values = {"withdrawn_on": day, "withdrawn_reason": reason}
    author = author_at_desk(current_user)
    result, _before = set_or_nothing(Entity.SPONSORSHIP, card.id, values, author)
    if result.status != ChangeStatus.APPLIED:
        raise Problem("already_decided")
    note_act(
        "sponsor_withdraw",
        by=current_user.id,
        subject=card.id,
        area=card.village,
        of=Entity.SPONSORSHIP.value,
    )
