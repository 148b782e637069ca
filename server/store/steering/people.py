"""What the steering pages say of somebody without a card: who they are, how to reach them, and the
next step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from server.domain.legal.tables import NotKnown
from server.domain.partial import add_days
from server.domain.steering.entitled import lapsed_since
from server.domain.steering.kinds import Kind
from server.domain.steering.steps import Situation, Step, next_step
from server.store.bulk import among
from server.store.card_list_tracks import Track, tracks_of_people
from server.store.db import db
from server.store.legal import legal_tables
from server.store.prices import Priced, prices
from server.store.records import Household, Member
from server.store.steering.standing import Missing

MONTHS = 12
"""For who pays what; the length changes nothing in that."""
SUPPORTED = frozenset({Kind.NEAR_POOR, Kind.MINORITY, Kind.FARM})


@dataclass(frozen=True, slots=True)
class Facing:
    """One person as a page names them. `member` and `home`: the records as on the wire."""

    id: str
    village: str
    home_id: str
    status: str
    kind: Kind
    mark: str
    last_end: str | None
    member: dict[str, Any]
    home: dict[str, Any]
    step: Step

    @property
    def phone(self) -> str | None:
        return self.member.get("phone") or self.home.get("phone")


def facing(found: Sequence[Missing], day: str) -> list[Facing]:
    """The same people in the same order, with their records and next steps: a few reads."""
    ids = [one.person.id for one in found]
    members = _data(Member, ids)
    homes = _data(Household, {one.person.home for one in found})
    tracks = {track.member: track for track in tracks_of_people(ids)}
    priced = prices(ids, day, MONTHS)
    gap = _gap(day)
    return [
        Facing(
            one.person.id,
            one.village,
            one.person.home,
            one.person.status,
            one.kind,
            one.mark,
            one.person.last_end or None,
            member := members[one.person.id],
            homes[one.person.home],
            next_step(
                _situation(one, member, tracks.get(one.person.id), priced[one.person.id], gap)
            ),
        )
        for one in found
    ]


def _data(table: type[Household] | type[Member], ids: Collection[str]) -> dict[str, Any]:
    rows = db.session.execute(select(table.id, table.data).where(among(table.id, ids)))
    return {id_: orjson.loads(data) for id_, data in rows}


def _gap(day: str) -> tuple[str, int] | None:
    """Since which end the law lets a card follow without waiting, and for how many days."""
    tables = legal_tables()
    since = lapsed_since(tables, day)
    if isinstance(since, NotKnown):
        return None
    return since, int(tables.row(day, "card_start", "gap_waiting_days").value)


def _situation(
    one: Missing,
    member: dict[str, Any],
    track: Track | None,
    priced: Priced,
    gap: tuple[str, int] | None,
) -> Situation:
    ended = one.person.last_end
    return Situation(
        status=one.person.status,
        stage=track.stage if track else None,
        number=track.number if track else None,
        since=track.since if track else None,
        reason=track.reason if track else None,
        child=one.kind is Kind.CHILD,
        birth_registration=member.get("birth_registration"),
        has_id=bool(member.get("personal_id")),
        paid_by=priced.paid_by if priced.paid_by != "person" else None,
        pupil=one.kind is Kind.PUPIL,
        supported=one.kind in SUPPORTED,
        renew_by=add_days(ended, gap[1]) if gap and ended and ended >= gap[0] else None,
        lacks=priced.price if isinstance(priced.price, NotKnown) else None,
    )
