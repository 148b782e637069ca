"""Increase and decrease of a month: who was born, came, died or left, and what proves it. Nothing
here cuts a card: what was only told at the door is to be checked with civil status first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, or_, select

from schemas.kinds import EndEvidence, HouseholdEnd, MemberEnd, Registration, SinceReason
from server.domain.numbers import day_words
from server.domain.partial import first_day, last_day
from server.lists.tables import Asked, Body, Head
from server.pages.words import word
from server.store.bulk import among
from server.store.db import db
from server.store.records import Household, Member

BORN, CAME, DIED, LEFT = "born", "came", "died", "left"
KIND = {
    BORN: _l("Tăng: mới sinh"),
    CAME: _l("Tăng: chuyển đến"),
    DIED: _l("Giảm: đã mất"),
    LEFT: _l("Giảm: chuyển đi"),
}
PROVEN = (EndEvidence.CERTIFICATE, EndEvidence.POLICE)


@dataclass(frozen=True, slots=True)
class Event:
    """`on`: the day as recorded, partial. `proven`: a paper or the police say so."""

    kind: str
    id: str
    village_id: str
    home: str | None
    member: dict[str, Any]
    on: str
    evidence: str
    proven: bool


def changes(asked: Asked) -> Body:
    """One row an event, in the order of the kinds, then of the days."""
    found = sorted(
        events(asked.villages, asked.month), key=lambda it: (list(KIND).index(it.kind), it.on)
    )
    names = asked.ground.villages
    rows = [
        [
            str(KIND[it.kind]),
            it.member["full_name"],
            day_words(it.member.get("birth_date")),
            names[it.village_id],
            it.home,
            day_words(it.on),
            it.evidence,
            "" if it.proven else _("cần đối chiếu hộ tịch"),
        ]
        for it in found
    ]
    heads = [
        Head(_l("Tăng, giảm"), 20),
        Head(_l("Họ và tên"), 28),
        Head(_l("Ngày sinh"), 12),
        Head(_l("Thôn, tổ dân phố"), 22),
        Head(_l("Mã hộ"), 14),
        Head(_l("Từ ngày"), 12),
        Head(_l("Căn cứ"), 28),
        Head(_l("Phải làm"), 24),
    ]
    return Body(
        heads,
        rows,
        None,
        (
            *_counts(found),
            _("Nghe tại nhà chưa phải căn cứ: đối chiếu hộ tịch xong mới báo giảm thẻ."),
        ),
        links=[f"/people/{it.id}" for it in found],
        ids=[it.id for it in found],
        people=len(found),
        link_at=1,
        marked=frozenset(at for at, it in enumerate(found) if not it.proven),
    )


def _counts(found: Sequence[Event]) -> Iterator[str]:
    for kind, words in KIND.items():
        number = sum(it.kind == kind for it in found)
        if number:
            yield f"{words}: {number}."


def events(villages: Sequence[str], month: str) -> list[Event]:
    """Everybody of these villages whose record says so for the month, `YYYY-MM`."""
    start, end = first_day(month), last_day(month)
    found: list[Event] = []
    for row in db.session.execute(_rows(villages, month, start, end)):
        member, home = orjson.loads(row.data), orjson.loads(row.home_data)
        event = _event(row, member, home, month)
        if event is not None:
            found.append(event)
    return found


def _rows(
    villages: Sequence[str], month: str, start: str, end: str
) -> Select[str, str, str, Any, str]:
    born = and_(Member.birth_date >= month, Member.birth_date <= end)
    came = Member.first_day.between(start, end)
    ended: ColumnElement[bool] = Member.last_day.between(start, end)
    left = and_(Member.last_day.is_(None), Household.last_day.between(start, end))
    return (
        select(
            Member.id,
            Member.village_id,
            Member.data,
            Household.code,
            Household.data.label("home_data"),
        )
        .join(Household, Household.id == Member.household_id)
        .where(
            among(Member.village_id, villages),
            Member.merged_into.is_(None),
            or_(born, came, ended, left),
        )
    )


def _event(row: Any, member: dict[str, Any], home: dict[str, Any], month: str) -> Event | None:
    """What happened to the person in the month: an end before a beginning, as who was born and died
    in one month is reported once, as having died."""
    ended, reason = member.get("ended_on"), member.get("end_reason")
    if ended and _within(ended, month):
        if reason == MemberEnd.DECEASED:
            return _made(row, member, DIED, ended, *_end_evidence(member))
        if reason == MemberEnd.MOVED_AWAY:
            return _made(row, member, LEFT, ended, *_end_evidence(member))
        return None
    gone = home.get("ended_on")
    if not ended and gone and _within(gone, month):
        if home.get("end_reason") != HouseholdEnd.MOVED_AWAY:
            return None
        return _made(row, member, LEFT, gone, _("cả hộ chuyển đi"), proven=False)
    return _beginning(row, member, month)


def _beginning(row: Any, member: dict[str, Any], month: str) -> Event | None:
    since, reason = member.get("since"), member.get("since_reason")
    birth = member.get("birth_date") or ""
    if birth[:7] == month and reason in (None, SinceReason.BORN):
        return _made(row, member, BORN, birth, *_birth_evidence(member))
    if since and _within(since, month) and reason == SinceReason.MOVED_IN:
        registered = member.get("registration")
        known = registered in (Registration.PERMANENT, Registration.TEMPORARY)
        return _made(row, member, CAME, since, word("registration", registered), known)
    return None


def _within(partial: str, month: str) -> bool:
    return partial[:7] == month


def _end_evidence(member: dict[str, Any]) -> tuple[str, bool]:
    told = member.get("end_evidence")
    return word("end_evidence", told) if told else _("chưa ghi"), told in PROVEN


def _birth_evidence(member: dict[str, Any]) -> tuple[str, bool]:
    told = member.get("birth_registration")
    return word("birth_registration", told) if told else _("chưa ghi"), told == "registered"


def _made(
    row: Any, member: dict[str, Any], kind: str, on: str, evidence: str, proven: bool
) -> Event:
    return Event(kind, row.id, row.village_id, row.code, member, on, evidence, proven)
