"""Who waits for a list: what was paid and checked, whom the budget gives a card they do not have,
and who left with a card that still runs. Nobody whom a unit of the armed forces, the police or the
cipher service insures: their units list them, and the commune keeps no list of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import or_, select

from schemas.kinds import CardListRowState, MemberEnd, Presence, Status
from server.domain.card_lists.listed import DECREASE, INCREASE, Listed
from server.domain.card_lists.states import claim_of
from server.domain.card_lists.support import support_by_law, support_paid
from server.domain.enrolment.states import CHECKED
from server.domain.legal.groups import GroupAnswer, insurance_group
from server.domain.legal.tables import Tables
from server.domain.partial import add_months
from server.domain.status import INSURED_BY_UNIT, card_facts, covers_on
from server.store.bulk import among
from server.store.card_list_rows import people_listed
from server.store.card_lists import CardListRow
from server.store.db import db
from server.store.legal import legal_tables
from server.store.merged import taken_in
from server.store.prices import prices
from server.store.records import Enrolment, Entitlement, Member
from server.store.roll import everybody
from server.store.status_sql import winners

BY_UNIT = frozenset({"QN", "CA", "CY", "TQ", "TA", "TY"})
WITHOUT_CARD = (Status.NONE, Status.EXPIRED, Status.NOT_ASKED)
"""Whose end of cover is only unproven is looked up first: most of them have a card."""
NOT_HERE = (Presence.ABROAD, Presence.MILITARY)
LOOK_BACK_MONTHS = 12
"""A death or move told late still has to be reported; one of long ago was."""
ENDS = (MemberEnd.DECEASED.value, MemberEnd.MOVED_AWAY.value)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody for a list of this group and rate; `support` is None where no rate is known."""

    kind: str
    member: str
    village: str
    group: str
    support: str | None
    enrolment: str | None = None
    reason: str | None = None

    @property
    def claim(self) -> str:
        return claim_of(self.kind, self.member)


@dataclass(frozen=True, slots=True)
class Offer:
    """A list that may be made: how many come and go."""

    group: str
    support: str | None
    increase: int
    decrease: int


def waiting(villages: Sequence[str], day: str) -> list[Waiting]:
    """Everybody of these villages who waits for a list on the day and is on none."""
    found = [*_paid(villages, day), *_free(villages, day), *_left(villages, day)]
    by_unit = insured_by_unit({one.member for one in found}, day)
    claimed = claims({one.claim for one in found})
    kept = {
        one.claim: one
        for one in reversed(found)
        if one.claim not in claimed and one.member not in by_unit
    }
    # Whoever paid and would also have a free card comes as who paid: the money is there.
    return [one for one in reversed(kept.values()) if one.group not in BY_UNIT]


def offers(found: Iterable[Waiting]) -> list[Offer]:
    """By group and rate, the largest first."""
    counted = Counter((one.group, one.support, one.kind) for one in found)
    keys = {key[:2] for key in counted}
    lists = [
        Offer(group, support, counted[group, support, INCREASE], counted[group, support, DECREASE])
        for group, support in keys
    ]
    return sorted(lists, key=lambda one: (-one.increase, -one.decrease, one.group))


def claims(wanted: Collection[str]) -> dict[str, str]:
    """Of these claims those that are held, by the person's own record or one merged into it: the
    list that holds each."""
    held_as = {claim: claim for claim in wanted}
    for loser, winner in taken_in({claim.partition(":")[2] for claim in wanted}).items():
        for kind in (INCREASE, DECREASE):
            if claim_of(kind, winner) in held_as:
                held_as[claim_of(kind, loser)] = claim_of(kind, winner)
    query = select(CardListRow.claim, CardListRow.list_id)
    rows = db.session.execute(query.where(among(CardListRow.claim, held_as)))
    return {held_as[str(claim)]: list_id for claim, list_id in rows}


def insured_by_unit(
    members: Collection[str], day: str, kinds: Collection[str] = INSURED_BY_UNIT
) -> set[str]:
    """Those of these people whose unit insures them on the day, by their own record or one merged
    into it. `kinds`: of right, where not all are asked about."""
    owner = {id_: id_ for id_ in members} | taken_in(members)
    query = select(Entitlement.member_id).where(
        among(Entitlement.member_id, owner),
        Entitlement.kind.in_(sorted(kinds)),
        Entitlement.first_day <= day,
        or_(Entitlement.last_day.is_(None), Entitlement.last_day >= day),
    )
    return {owner[id_] for id_ in db.session.scalars(query)}


def _paid(villages: Sequence[str], day: str) -> Iterable[Waiting]:
    tables = legal_tables()
    merged = winners(Member, "merged_member")
    query = (
        select(Enrolment.id, Enrolment.member_id, Enrolment.village_id, Enrolment.data)
        .add_columns(merged.c.winner)
        .outerjoin(merged, merged.c.id == Enrolment.member_id)
        .where(among(Enrolment.village_id, villages), Enrolment.state == CHECKED)
        .order_by(Enrolment.paid_on, Enrolment.id)
    )
    for id_, member, village, text, winner in db.session.execute(query):
        data = orjson.loads(text)
        group = data.get("insurance_group")
        if group:
            by_law = support_by_law(tables, data.get("paid_on") or day, group)
            support = support_paid(data) or by_law
            yield Waiting(INCREASE, winner or member, village, group, support, id_)


def _free(villages: Sequence[str], day: str) -> Iterable[Waiting]:
    without = [one.id for one in everybody(day, villages) if one.status in WITHOUT_CARD]
    away = select(Member.id).where(among(Member.id, without), Member.presence.in_(NOT_HERE))
    not_here = set(db.session.scalars(away))
    tables = legal_tables()
    for one in prices([id_ for id_ in without if id_ not in not_here], day, 12).values():
        if one.free and one.paid_by == "budget" and one.group:
            support = support_by_law(tables, day, one.group)
            yield Waiting(INCREASE, one.id, one.village, one.group, support)


def _left(villages: Sequence[str], day: str) -> Iterable[Waiting]:
    """Reported once: not again while a list holds it, nor after the insurance took it."""
    reported = select(CardListRow.member_id).where(
        CardListRow.kind == DECREASE, CardListRow.state == CardListRowState.CONFIRMED
    )
    query = select(Member.id, Member.village_id, Member.data).where(
        among(Member.village_id, villages),
        Member.last_day.between(add_months(day, -LOOK_BACK_MONTHS), day),
        Member.merged_into.is_(None),
        Member.id.not_in(reported),
    )
    gone = [
        (id_, village, data["end_reason"])
        for id_, village, data in (
            (id_, village, orjson.loads(text)) for id_, village, text in db.session.execute(query)
        )
        if data.get("end_reason") in ENDS
    ]
    tables = legal_tables()
    bare = [Listed(id_, 0, DECREASE, id_, "", "", {}, {}) for id_, _village, _why in gone]
    for one, (id_, village, why) in zip(people_listed(bare), gone, strict=True):
        group = _group_of_card(one, tables, day)
        if group:
            support = support_by_law(tables, day, group, one.area.poor_commune)
            yield Waiting(DECREASE, id_, village, group, support, reason=why)


def _group_of_card(one: Listed, tables: Tables, day: str) -> str | None:
    """The group of the card that still runs; None without one. New cards do not say their group:
    then it is the one that the law gives."""
    running = [card for card in one.cards if covers_on(day, card_facts(card))]
    if not running:
        return None
    told = next((card["insurance_group"] for card in running if card.get("insurance_group")), None)
    if told:
        return str(told)
    answer = insurance_group(tables, day, one.facts())
    return answer.group if isinstance(answer, GroupAnswer) else None
