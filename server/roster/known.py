"""The households, people and cards of some villages, found the way a roster names them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import select

from server.domain.text import fold_tight
from server.store.db import db
from server.store.records import Card, Entitlement, Household, Member, SyncedRecord


@dataclass(slots=True)
class Record:
    id: str
    data: dict[str, Any]


@dataclass(slots=True)
class KnownHomes:
    """Merged records are read through: whoever asks for a loser is given its winner."""

    homes: dict[tuple[str, str], Record] = field(default_factory=dict)
    by_home: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, Record] = field(default_factory=dict)
    cards: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    rights: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    home_by_member: dict[str, Record] = field(default_factory=dict)

    @classmethod
    def of(cls, villages: set[str]) -> "KnownHomes":
        known = cls()
        households = _records(Household, villages)
        for record in households.values():
            code = record.data.get("code")
            if code:
                home = _winner(record, households)
                known.homes.setdefault((record.data["village"], fold_tight(code)), home)
        members = _records(Member, villages)
        for record in members.values():
            home_record = households.get(record.data["household"])
            if home_record is not None:
                home = _winner(home_record, households)
                known._place(home, record, _winner(record, members))
        for card in _records(Card, villages).values():
            owner = members.get(card.data["member"])
            if owner is not None and not card.data.get("void_reason"):
                known.cards[_winner(owner, members).id].append(card)
        for right in _records(Entitlement, villages).values():
            owner = members.get(right.data["member"])
            if owner is not None:
                known.rights[_winner(owner, members).id].append(right)
        return known

    def household(self, village: str, code: str) -> Record | None:
        return self.homes.get((village, fold_tight(code)))

    def member(
        self, home: Record, personal_id: str | None, name: str, birth: str | None
    ) -> Record | None:
        """By personal id, else by name and birth; a differing id is another person."""
        people = self.by_home[home.id]
        if personal_id:
            for record in people:
                if record.data.get("personal_id") == personal_id:
                    return record
        for record in people:
            other = record.data.get("personal_id")
            if other and personal_id and other != personal_id:
                continue
            if fold_tight(record.data["full_name"]) == fold_tight(name) and _same_day(
                record.data.get("birth_date"), birth
            ):
                return record
        return None

    def card(self, member: Record, values: Mapping[str, Any]) -> Record | None:
        """The card of the same period, whose number, if both tell one, is the same."""
        for card in self.cards[member.id]:
            same = all(card.data.get(k) == values.get(k) for k in ("valid_from", "valid_to"))
            known, told = card.data.get("number"), values.get("number")
            if same and (not known or not told or known == told):
                return card
        return None

    def right(self, member: Record, values: Mapping[str, Any]) -> Record | None:
        """The right of the same kind, unless both tell another first day."""
        for right in self.rights[member.id]:
            if right.data["kind"] == values["kind"] and _same_day(
                right.data.get("valid_from"), values.get("valid_from")
            ):
                return right
        return None

    def home_of_id(self, personal_id: str) -> Record | None:
        """The household of the living person with this number."""
        member = self.by_id.get(personal_id)
        return self.home_by_member.get(member.id) if member else None

    def add_household(self, village: str, code: str, home: Record) -> None:
        self.homes[village, fold_tight(code)] = home

    def add_member(self, home: Record, member: Record) -> None:
        self.by_home[home.id].append(member)

    def add_card(self, member: Record, card: Record) -> None:
        self.cards[member.id].append(card)

    def add_right(self, member: Record, right: Record) -> None:
        self.rights[member.id].append(right)

    def _place(self, home: Record, record: Record, winner: Record) -> None:
        if all(winner is not other for other in self.by_home[home.id]):
            self.by_home[home.id].append(winner)
        number = record.data.get("personal_id")
        if number and not winner.data.get("ended_on"):
            self.by_id.setdefault(number, winner)
            self.home_by_member.setdefault(winner.id, home)


def _same_day(known: str | None, told: str | None) -> bool:
    """A year alone is the same day told roughly; a day nobody told is nobody else's."""
    if not known or not told:
        return True
    return known.startswith(told) or told.startswith(known)


def _records(table: type[SyncedRecord], villages: Iterable[str]) -> dict[str, Record]:
    rows = db.session.execute(
        select(table.id, table.data).where(table.village_id.in_(list(villages))).order_by(table.id)
    )
    return {row.id: Record(row.id, orjson.loads(row.data)) for row in rows}


def _winner(record: Record, records: Mapping[str, Record]) -> Record:
    seen = {record.id}
    while (into := record.data.get("merged_into") or "") in records and into not in seen:
        seen.add(into)
        record = records[into]
    return record
