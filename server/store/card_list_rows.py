"""The rows of lists with all around them, for papers, checks, pages and sealing: a few reads
however many rows there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import func, select

from schemas.kinds import AreaLevel, CardListRowState, FarmRequestState, Relation
from server.domain.card_lists.dates import Begins
from server.domain.card_lists.listed import Earlier, Listed, row_of
from server.domain.enrolment.receipts import printed
from server.domain.legal.area_facts import area_facts
from server.domain.legal.facts import AreaFacts, Place
from server.store.areas import stated_above_each
from server.store.bulk import among
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, today
from server.store.legal import legal_tables
from server.store.merged import heirs, taken_in
from server.store.places import Area, Clinic
from server.store.receipts import ReceiptBook
from server.store.records import Card, Enrolment, Entitlement, FarmRequest, Household, Member
from server.store.status_sql import winners

Data = dict[str, Any]


def stored_rows(card_list: CardList) -> list[CardListRow]:
    """The rows of a list in their order."""
    query = select(CardListRow).where(CardListRow.list_id == card_list.id)
    return list(db.session.scalars(query.order_by(CardListRow.place)))


def rows_of(card_list: CardList) -> list[Data]:
    """Every row as schemas.card_lists.CardListRow says it: as sealed, or, before, as the records
    stand now."""
    rows = stored_rows(card_list)
    if card_list.sealed_at is not None:
        return [orjson.loads(row.data or "{}") for row in rows]
    return live_rows(card_list, listed(rows))


def live_rows(card_list: CardList, found: Sequence[Listed]) -> list[Data]:
    """The same of rows that were read already, as the records stand now."""
    tables, begins = legal_tables(), begins_of(card_list)
    return [row_of(one, tables, begins) for one in found]


def begins_of(card_list: CardList) -> Begins:
    """What the dates of a list's cards hang on today."""
    return Begins(card_list.insurance_group, today(), card_list.cards_from)


def listed(rows: Sequence[CardListRow]) -> list[Listed]:
    """These rows with all that papers and checks ask of them, in their order."""
    bare = [
        Listed(
            id=row.id,
            place=row.place,
            kind=row.kind,
            member_id=row.member_id,
            household_id="",
            village=row.village_id,
            member={},
            household={},
            enrolment_id=row.enrolment_id,
            decrease_reason=row.decrease_reason,
            note=row.note,
        )
        for row in rows
    ]
    return people_listed(bare, [row.id for row in rows])


def people_listed(bare: Sequence[Listed], rows: Collection[str] = ()) -> list[Listed]:
    """The same of whoever may come on a list: `bare` holds ids only. `rows`: the rows by which
    they stand on it already, whose own return is not an earlier one."""
    heir = heirs({one.member_id for one in bare})
    people = _records(Member, {heir.get(one.member_id, one.member_id) for one in bare})
    own = {id_: {id_} for id_ in people}
    for loser, winner in taken_in(people).items():
        own[winner].add(loser)
    homes = _homes({str(data["household"]) for data in people.values()})
    enrolments = _records(Enrolment, {one.enrolment_id for one in bare if one.enrolment_id})
    around = _Around(people, own, homes, enrolments)
    came_back = _came_back(own, rows)
    found = []
    for one in bare:
        id_ = heir.get(one.member_id, one.member_id)
        told = around.of(replace(one, member_id=id_))
        found.append(replace(told, earlier=tuple(came_back.get(id_, ()))))
    return found


class _Around:
    """What is read once for many people."""

    def __init__(
        self,
        people: Mapping[str, Data],
        own: Mapping[str, Collection[str]],
        homes: Mapping[str, tuple[str, str, Data]],
        enrolments: Mapping[str, Data],
    ) -> None:
        self.people, self.homes, self.enrolments = people, homes, enrolments
        self.cards = _hanging(Card, own)
        self.rights = _hanging(Entitlement, own)
        villages = {village for _id, village, _data in homes.values()}
        self.villages = _names(villages)
        self.areas, self.provinces = _areas(villages), _provinces(villages)
        self.heads = _heads({id_ for id_, _village, _data in homes.values()})
        self.called = _full_names(_guardians(people.values()))
        self.clinics = _clinics(people.values())
        self.series = _series(enrolments.values())
        self.decisions = _decisions({id_ for id_, _village, _data in homes.values()})

    def of(self, one: Listed) -> Listed:
        member = self.people[one.member_id]
        home, village, household = self.homes[str(member["household"])]
        paid = self.enrolments.get(one.enrolment_id or "")
        rights = self.rights.get(one.member_id, ())
        return replace(
            one,
            household_id=home,
            village=self.villages.get(village, ""),
            member=member,
            household=household,
            enrolment=paid,
            head=self.heads.get(home),
            guardian=self._guardian(member),
            cards=[card for card in self.cards.get(one.member_id, ()) if not card["void_reason"]],
            rights=rights,
            area=self.areas[village],
            province=self.provinces.get(village, Place()),
            clinic=self.clinics.get(str(member.get("clinic_wanted") or "")),
            receipt=self._receipt(paid or {}),
            decision=self._decision(one, home, paid or {}, rights),
        )

    def _guardian(self, member: Data) -> str | None:
        named = member.get("guardian") or member.get("mother")
        return member.get("guardian_name") or self.called.get(str(named or ""))

    def _receipt(self, paid: Data) -> str | None:
        number = paid.get("receipt_number")
        series = self.series.get(str(paid.get("receipt_book") or ""), "")
        return f"{series} {printed(number)}".strip() if number else None

    def _decision(self, one: Listed, home: str, paid: Data, rights: Sequence[Data]) -> str | None:
        """The paper that names who is on the list: of a farm household, of a person's right."""
        if paid.get("insurance_group") == "GB":
            return self.decisions.get(home)
        numbers = [right["number"] for right in rights if right.get("number")]
        return None if paid else next(iter(numbers), None)


def _records(table: Any, ids: Collection[str]) -> dict[str, Data]:
    query = select(table.id, table.data).where(among(table.id, ids))
    return {id_: orjson.loads(data) for id_, data in db.session.execute(query)}


def _homes(households: Collection[str]) -> dict[str, tuple[str, str, Data]]:
    """By the household that a person's record names: the one it counts as, its village and data."""
    merged = winners(Household, "merged_household")
    counts_as = func.coalesce(merged.c.winner, Household.id)
    pairs: dict[str, str] = dict(
        db.session.execute(
            select(Household.id, counts_as)
            .outerjoin(merged, merged.c.id == Household.id)
            .where(among(Household.id, households))
        ).all()
    )
    query = select(Household.id, Household.village_id, Household.data)
    query = query.where(among(Household.id, set(pairs.values())))
    found = {
        id_: (id_, village, orjson.loads(data)) for id_, village, data in db.session.execute(query)
    }
    return {told: found[home] for told, home in pairs.items()}


def _hanging(table: Any, own: Mapping[str, Collection[str]]) -> dict[str, list[Data]]:
    owner = {id_: winner for winner, ids in own.items() for id_ in ids}
    found: dict[str, list[Data]] = defaultdict(list)
    query = select(table.member_id, table.data).where(among(table.member_id, owner))
    for member, data in db.session.execute(query.order_by(table.first_day, table.id)):
        found[owner[member]].append({"void_reason": None, **orjson.loads(data)})
    return found


def _names(areas: Collection[str]) -> dict[str, str]:
    return dict(db.session.execute(select(Area.id, Area.name).where(among(Area.id, areas))).all())


def _areas(villages: Collection[str]) -> dict[str, AreaFacts]:
    levels, day = stated_above_each(sorted(villages)), today()
    return {village: area_facts(day, levels[village]) for village in villages}


def _provinces(villages: Collection[str]) -> dict[str, Place]:
    """The province above each; which one it was before the merger is not on record."""
    above = select(Area.id, Area.code).where(Area.level == AreaLevel.PROVINCE).subquery()
    query = select(Area.id, above.c.code).join(above, above.c.id == Area.province_id)
    query = query.where(among(Area.id, villages))
    return {village: Place(code) for village, code in db.session.execute(query)}


def _heads(households: Collection[str]) -> dict[str, str]:
    query = select(Member.household_id, Member.full_name).where(
        among(Member.household_id, households),
        Member.relation == Relation.HEAD,
        Member.merged_into.is_(None),
        Member.last_day.is_(None),
    )
    return dict(db.session.execute(query.order_by(Member.id.desc())).all())


def _guardians(people: Iterable[Data]) -> set[str]:
    named = (data.get(name) for data in people for name in ("guardian", "mother"))
    return {id_ for id_ in named if id_}


def _full_names(members: Collection[str]) -> dict[str, str]:
    query = select(Member.id, Member.full_name).where(among(Member.id, members))
    return dict(db.session.execute(query).all())


def _clinics(people: Iterable[Data]) -> dict[str, tuple[str, str]]:
    wanted = {str(data["clinic_wanted"]) for data in people if data.get("clinic_wanted")}
    query = select(Clinic.code, Clinic.name).where(among(Clinic.code, wanted))
    return {code: (code, name) for code, name in db.session.execute(query)}


def _series(enrolments: Iterable[Data]) -> dict[str, str]:
    books = {str(data["receipt_book"]) for data in enrolments if data.get("receipt_book")}
    query = select(ReceiptBook.id, ReceiptBook.series).where(among(ReceiptBook.id, books))
    return dict(db.session.execute(query).all())


def _decisions(households: Collection[str]) -> dict[str, str]:
    """The number of the latest decision that recognised each farm household."""
    query = select(FarmRequest.household_id, FarmRequest.decision_number).where(
        among(FarmRequest.household_id, households),
        FarmRequest.state == FarmRequestState.APPROVED,
        FarmRequest.decision_number.is_not(None),
    )
    rows = db.session.execute(query.order_by(FarmRequest.requested_on))
    return {home: number or "" for home, number in rows}


def _came_back(
    own: Mapping[str, Collection[str]], but: Collection[str]
) -> dict[str, list[Earlier]]:
    """What the insurance sent back of these people and has not issued since."""
    owner = {id_: winner for winner, ids in own.items() for id_ in ids}
    query = select(CardListRow).where(
        among(CardListRow.member_id, owner),
        CardListRow.state.in_((CardListRowState.RETURNED, CardListRowState.ISSUED)),
    )
    found: dict[str, list[Earlier]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(CardListRow.answered_at, CardListRow.id)):
        person = owner[row.member_id]
        if row.state == CardListRowState.ISSUED:
            found[person].clear()
        elif row.id not in but and row.return_reason:
            found[person].append(Earlier(row.return_reason, orjson.loads(row.data or "{}")))
    return found
