"""Sponsors as the pages show them: the list with its sums, one with money and cards."""

from dataclasses import dataclass

from sqlalchemy import select

from server.domain.enrolment.sponsor_sheet import SponsorSheet, all_together
from server.errors import Problem
from server.pages.scope import own_communes
from server.store.bulk import among
from server.store.db import db
from server.store.people import User
from server.store.sponsor_cards import sheets_of
from server.store.sponsors import Sponsor, SponsorMoney


@dataclass(frozen=True, slots=True)
class SponsorLine:
    """One sponsor of the list."""

    sponsor: Sponsor
    commune: str
    sheet: SponsorSheet


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of a sponsor's money: who wrote it down, and who cancelled it, if anybody did."""

    money: SponsorMoney
    by: str
    cancelled_by: str


def sponsor_lines(day: str) -> tuple[list[SponsorLine], SponsorSheet]:
    """The sponsors of one's communes, those who still give first, and the totals of all."""
    communes = {area.id: area.name for area in own_communes()}
    query = (
        select(Sponsor)
        .where(among(Sponsor.commune_id, communes))
        .order_by(Sponsor.ended_on.is_not(None), Sponsor.name, Sponsor.id)
    )
    sponsors = list(db.session.scalars(query))
    sheets = sheets_of([one.id for one in sponsors], day)
    lines = [SponsorLine(one, communes[one.commune_id], sheets[one.id]) for one in sponsors]
    return lines, all_together(line.sheet for line in lines)


def sponsor_in_scope(sponsor_id: str) -> Sponsor:
    """The sponsor; not found, or not allowed when it is another commune's."""
    found = db.session.get(Sponsor, sponsor_id)
    if found is None:
        raise Problem("not_found")
    if found.commune_id not in {area.id for area in own_communes()}:
        raise Problem("not_allowed")
    return found


def money_lines(sponsor_id: str) -> list[MoneyLine]:
    """All that was promised and received, the latest first, what was cancelled too."""
    query = (
        select(SponsorMoney)
        .where(SponsorMoney.sponsor_id == sponsor_id)
        .order_by(SponsorMoney.day.desc(), SponsorMoney.recorded_at.desc(), SponsorMoney.id.desc())
    )
    rows = list(db.session.scalars(query))
    users = {one.recorded_by for one in rows} | {one.cancelled_by or "" for one in rows}
    names = dict(db.session.execute(select(User.id, User.name).where(among(User.id, users))).all())
    return [
        MoneyLine(one, names.get(one.recorded_by, "–"), names.get(one.cancelled_by or "", ""))
        for one in rows
    ]
