"""Where each person's card stands: the last list they are on, or the enrolment that waits for
one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from schemas.kinds import CardListState
from server.domain.card_lists.stages import ENROLLED, RETURNED, STAGES, UNDER_WAY, Steps, stage_of
from server.domain.enrolment.states import CHECKED, SUBMITTED
from server.domain.enrolment.states import RETURNED as ENROLMENT_RETURNED
from server.store.bhxh import CardListPull, CardListReceipt
from server.store.bulk import among
from server.store.card_lists import CardList, CardListRow
from server.store.db import VIETNAM, db
from server.store.devices import utc
from server.store.records import Enrolment, Member


@dataclass(frozen=True, slots=True)
class Track:
    """One person's line. `since`: the day since which it stands there; `list_since`: since which
    the insurance has the list; `number`, `place`: of the list, where it has them."""

    member: str
    name: str
    village: str
    stage: str
    since: str
    number: str | None = None
    place: int | None = None
    sealed: str | None = None
    pulled: str | None = None
    received: str | None = None
    reason: str | None = None
    unit: str | None = None


def tracks_of(villages: Collection[str]) -> list[Track]:
    """Everybody of these villages whose card is on its way or was answered, one line a person."""
    return _tracks(among(Member.village_id, villages), among(Enrolment.village_id, villages))


def tracks_of_people(members: Collection[str]) -> list[Track]:
    """The same for some people."""
    return _tracks(among(Member.id, members), among(Enrolment.member_id, members))


def _tracks(people: ColumnElement[bool], enrolments: ColumnElement[bool]) -> list[Track]:
    found, listed = _enrolled(enrolments), _listed(people)
    for member, track in listed.items():
        paid = found.get(member)
        # What was answered is over once somebody has paid again, or mended what came back.
        if paid is None or paid.stage != ENROLLED or track.stage in UNDER_WAY:
            found[member] = track
    return sorted(found.values(), key=lambda it: (STAGES.index(it.stage), it.since, it.name))


def _listed(people: ColumnElement[bool]) -> dict[str, Track]:
    """By person, the row of the latest list."""
    query = (
        select(
            CardListRow,
            CardList,
            Member.full_name,
            Member.village_id,
            CardListPull.first_at,
            CardListReceipt.at,
        )
        .join(CardList, CardList.id == CardListRow.list_id)
        .join(Member, Member.id == CardListRow.member_id)
        .outerjoin(CardListPull, CardListPull.list_id == CardList.id)
        .outerjoin(CardListReceipt, CardListReceipt.list_id == CardList.id)
        .where(people, CardList.state != CardListState.DROPPED)
        .order_by(CardList.created_at, CardList.id)
    )
    found = {}
    for row, it, name, village, pulled, received in db.session.execute(query):
        steps = Steps(
            row.state,
            it.state,
            _day(it.submitted_at or it.created_at) or "",
            it.sealed_on,
            _day(pulled),
            _day(received),
            _day(row.answered_at),
        )
        stage, since = stage_of(steps)
        found[row.member_id] = Track(
            row.member_id,
            name,
            village,
            stage,
            since,
            it.number,
            row.place,
            steps.sealed,
            steps.pulled,
            steps.received,
            row.return_reason,
            it.unit_id,
        )
    return found


def _enrolled(enrolments: ColumnElement[bool]) -> dict[str, Track]:
    """Those who paid and stand on no list yet, and those whom the office sent back."""
    query = (
        select(Enrolment.member_id, Enrolment.state, Enrolment.first_day, Member)
        .join(Member, Member.id == Enrolment.member_id)
        .where(
            enrolments,
            Enrolment.state.in_((SUBMITTED, CHECKED, ENROLMENT_RETURNED)),
            Member.merged_into.is_(None),
        )
        .order_by(Enrolment.first_day)
    )
    return {
        member: Track(
            member,
            person.full_name,
            person.village_id,
            RETURNED if state == ENROLMENT_RETURNED else ENROLLED,
            first_day,
        )
        for member, state, first_day, person in db.session.execute(query)
    }


def _day(moment: datetime | None) -> str | None:
    return utc(moment).astimezone(VIETNAM).date().isoformat() if moment else None
