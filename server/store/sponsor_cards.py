"""Sponsored cards as they stand, and the sums of their sponsors: for pages, lists and papers."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, func, select

from server.domain.enrolment.sponsor_sheet import Card, SponsorSheet, sponsor_sheet
from server.domain.enrolment.sponsorships import OPEN, USED, first_to_lapse, state_on
from server.store.bulk import among
from server.store.db import db
from server.store.records import Enrolment, Member, Sponsorship
from server.store.sponsors import PROMISED, RECEIVED, Sponsor, SponsorMoney
from server.store.status_sql import winners


@dataclass(frozen=True, slots=True)
class Sponsored:
    """One sponsored card. `member`: the person it counts for, merges followed. `state`: open, used,
    withdrawn or lapsed on the day asked. Whole đồng."""

    id: str
    sponsor: str
    sponsor_name: str
    member: str
    name: str
    village: str
    state: str
    amount: int
    paid: int
    data: dict[str, Any]

    @property
    def given(self) -> int:
        """What it takes of the sponsor's money; nothing once it is taken back or lapsed."""
        return {USED: self.paid, OPEN: self.amount}.get(self.state, 0)


def cards_of_sponsors(sponsors: Collection[str], day: str) -> list[Sponsored]:
    """All cards of these sponsors, wherever the people live by now; the latest promise first."""
    return _sponsored(day, among(Sponsorship.sponsor_id, sponsors))


def cards_of_people(members: Collection[str], day: str) -> list[Sponsored]:
    """What sponsors pay for these people and for whoever was merged into them."""
    merged = winners(Member, "merged_member")
    doubles = select(merged.c.id).where(among(merged.c.winner, members))
    taken_in = set(db.session.scalars(doubles))
    return _sponsored(day, among(Sponsorship.member_id, {*members, *taken_in}))


def card_called(sponsorship_id: str, day: str) -> Sponsored | None:
    """One sponsored card."""
    return next(iter(_sponsored(day, Sponsorship.id == sponsorship_id)), None)


def _sponsored(day: str, where: ColumnElement[bool]) -> list[Sponsored]:
    merged = winners(Member, "merged_member")
    counts_for = func.coalesce(merged.c.winner, Sponsorship.member_id)
    query = (
        select(Sponsorship, counts_for, Member.full_name, Sponsor.name)
        .outerjoin(merged, merged.c.id == Sponsorship.member_id)
        .join(Member, Member.id == counts_for)
        .outerjoin(Sponsor, Sponsor.id == Sponsorship.sponsor_id)
        .where(where)
        .order_by(Sponsorship.agreed_on.desc().nulls_last(), Member.full_name, Sponsorship.id)
    )
    rows = db.session.execute(query).all()
    paid = _paid({row[0].id for row in rows})
    return [_card(day, row, member, name, of, paid) for row, member, name, of in rows]


def _card(
    day: str, row: Sponsorship, member: str, name: str, of: str | None, paid: dict[str, int]
) -> Sponsored:
    data = orjson.loads(row.data)
    return Sponsored(
        row.id,
        row.sponsor_id,
        of or data.get("sponsor_name") or "",
        member,
        name,
        row.village_id,
        state_on(day, row.id, data, paid),
        row.amount,
        paid.get(row.id, 0),
        data,
    )


def _paid(sponsorships: Collection[str]) -> dict[str, int]:
    """What standing enrolments took, by the sponsored card that they name."""
    query = (
        select(Enrolment.sponsorship_id, func.coalesce(func.sum(Enrolment.sponsored), 0))
        .where(Enrolment.stands, among(Enrolment.sponsorship_id, sponsorships))
        .group_by(Enrolment.sponsorship_id)
    )
    return {str(id_): int(amount or 0) for id_, amount in db.session.execute(query)}


def sheets_of(sponsors: Collection[str], day: str) -> dict[str, SponsorSheet]:
    """The sheet of each of these sponsors."""
    cards: dict[str, list[Card]] = defaultdict(list)
    for one in cards_of_sponsors(sponsors, day):
        cards[one.sponsor].append(Card(one.state, one.amount, one.paid))
    money = money_of(sponsors)
    return {
        id_: sponsor_sheet(money[id_][PROMISED], money[id_][RECEIVED], cards[id_])
        for id_ in sponsors
    }


def money_of(
    sponsors: Collection[str], since: str = "", until: str = "9999"
) -> dict[str, dict[str, int]]:
    """What each of these sponsors promised and what came, of lines of these days, both included."""
    query = (
        select(SponsorMoney.sponsor_id, SponsorMoney.kind, func.sum(SponsorMoney.amount))
        .where(
            among(SponsorMoney.sponsor_id, sponsors),
            SponsorMoney.cancelled_at.is_(None),
            SponsorMoney.day.between(since, until),
        )
        .group_by(SponsorMoney.sponsor_id, SponsorMoney.kind)
    )
    found = {id_: {PROMISED: 0, RECEIVED: 0} for id_ in sponsors}
    for id_, kind, amount in db.session.execute(query):
        found[id_][kind] = int(amount)
    return found


def open_by_person(cards: Iterable[Sponsored]) -> dict[str, Sponsored]:
    """Of these cards the open one of each person who has one: the one that a payment would use,
    which is the first to lapse."""
    found: dict[str, Sponsored] = {}
    for card in sorted(cards, key=lambda card: (*first_to_lapse(card.data), card.id)):
        if card.state == OPEN:
            found.setdefault(card.member, card)
    return found


def promised(members: Collection[str], day: str) -> dict[str, int]:
    """Whole đồng by person, of those for whom a sponsored card is open on the day."""
    cards = open_by_person(cards_of_people(members, day))
    return {member: card.amount for member, card in cards.items()}
