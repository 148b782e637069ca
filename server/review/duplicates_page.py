"""Two records that may be one, side by side, as the page shows them."""

from dataclasses import dataclass, field
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import select

from schemas.kinds import Entity
from schemas.records import record_fields
from server.domain.choosing import better_record, better_side, groups_of
from server.domain.numbers import day_words
from server.errors import Problem
from server.pages.scope import own_villages
from server.pages.values import ids_in, names_of, value_words
from server.pages.words import word
from server.review.lines import authors_of
from server.store.bulk import among
from server.store.db import db
from server.store.duplicates import PairState, PossibleDuplicate
from server.store.records import TABLES, Card, Household, Member, SyncedRecord, Visit
from server.store.scope import Village

SIDES = ("one", "other")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the record, and what tells people which it is."""

    key: str
    record: SyncedRecord
    data: dict[str, Any]
    name: str
    path: str
    village: Village
    household: Household | None
    mates: list[str]
    cards: list[str]
    visits: list[str]
    who: str | None
    device: str | None
    at: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One question of the two columns; `key` names the radio buttons. `proposed`: whose value is
    ticked to begin with."""

    key: str
    label: str
    values: tuple[str, str]
    differs: bool
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    pair: PossibleDuplicate
    sides: tuple[Side, Side]
    winner: str
    differing: list[Choice] = field(default_factory=list)
    equal: list[Choice] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    people: list[tuple[str, str, str]] = field(default_factory=list)
    """Of two households: the open pairs of their people, and what each of the two is called."""


def pair_in_scope(pair_id: str) -> PossibleDuplicate:
    """The pair; not found, or not allowed unless both of its records lie in one's villages."""
    pair = db.session.get(PossibleDuplicate, pair_id)
    if pair is None:
        raise Problem("not_found")
    if not {pair.village_id, pair.other_village_id} <= own_villages().keys():
        raise Problem("not_allowed")
    return pair


def beside(pair: PossibleDuplicate) -> Beside:
    table = TABLES[Entity(pair.entity)]
    authors = authors_of([pair.one_id, pair.other_id])
    sides = tuple(
        _side(pair, key, db.session.get_one(table, id_), authors.get(id_, (None, None, None)))
        for key, id_ in zip(SIDES, (pair.one_id, pair.other_id), strict=True)
    )
    one, other = sides
    choices = _choices(pair.entity, one.data, other.data)
    return Beside(
        pair,
        (one, other),
        SIDES[better_record(one.data, other.data)],
        [choice for choice in choices if choice.differs],
        [choice for choice in choices if not choice.differs],
        [word("duplicate_why", code) for code in pair.reasons],
        _people_of(pair),
    )


def people_pairs(pair: PossibleDuplicate) -> list[PossibleDuplicate]:
    """The open pairs between the people of two households."""
    if pair.entity != Entity.HOUSEHOLD:
        return []
    homes = (pair.one_id, pair.other_id)
    people = dict(
        db.session.execute(
            select(Member.id, Member.household_id).where(Member.household_id.in_(homes))
        ).all()
    )
    query = select(PossibleDuplicate).where(
        among(PossibleDuplicate.one_id, people.keys()),
        PossibleDuplicate.state == PairState.OPEN,
    )
    found = db.session.scalars(query.order_by(PossibleDuplicate.id))
    return [
        it for it in found if it.other_id in people and people[it.one_id] != people[it.other_id]
    ]


def _people_of(pair: PossibleDuplicate) -> list[tuple[str, str, str]]:
    pairs = people_pairs(pair)
    names = names_of(id_ for it in pairs for id_ in (it.one_id, it.other_id))
    return [(it.id, names.get(it.one_id, "–"), names.get(it.other_id, "–")) for it in pairs]


def proposed(pair: PossibleDuplicate) -> tuple[str, dict[str, Any]]:
    """Who is to stay and with which values, as the page proposes it."""
    one, other = (_data(pair.entity, id_) for id_ in (pair.one_id, pair.other_id))
    winner = SIDES[better_record(one, other)]
    groups = groups_of(record_fields(Entity(pair.entity)))
    picked = {group[0]: SIDES[better_side(group, one, other)] for group in groups}
    return winner, chosen_values(pair, winner, picked)


def chosen_values(pair: PossibleDuplicate, winner: str, picked: dict[str, str]) -> dict[str, Any]:
    """The values of the side picked for each group of fields, as the winner is to carry them."""
    datas = {key: _data(pair.entity, id_) for key, id_ in _ids(pair).items()}
    values: dict[str, Any] = {}
    for group in groups_of(record_fields(Entity(pair.entity))):
        side = picked.get(group[0], winner)
        if side not in SIDES:
            raise Problem("malformed", {group[0]: "not_in_list"})
        values.update({name: datas[side].get(name) for name in group})
    return values


def _ids(pair: PossibleDuplicate) -> dict[str, str]:
    return {"one": pair.one_id, "other": pair.other_id}


def _data(entity: str, record_id: str) -> dict[str, Any]:
    table = TABLES[Entity(entity)]
    read: dict[str, Any] = orjson.loads(db.session.get_one(table, record_id).data)
    return read


def _choices(entity: str, one: dict[str, Any], other: dict[str, Any]) -> list[Choice]:
    names = names_of([*ids_in(one), *ids_in(other)])
    choices = []
    for group in groups_of(record_fields(Entity(entity))):
        values = tuple(_group_words(entity, group, data, names) for data in (one, other))
        if values == ("–", "–"):
            continue
        differs = any(one.get(name) != other.get(name) for name in group)
        proposed = SIDES[better_side(group, one, other)]
        choices.append(
            Choice(group[0], word("field", group[0]), (values[0], values[1]), differs, proposed)
        )
    return choices


def _group_words(
    entity: str, group: tuple[str, ...], data: dict[str, Any], names: dict[str, str]
) -> str:
    """The first field's value, and after it what else was said, each with its name."""
    parts = [value_words(entity, group[0], data.get(group[0]), names)]
    parts += [
        f"{word('field', name)}: {value_words(entity, name, data[name], names)}"
        for name in group[1:]
        if data.get(name) not in (None, "", False)
    ]
    return " · ".join(parts)


def _side(
    pair: PossibleDuplicate,
    key: str,
    record: SyncedRecord,
    author: tuple[str | None, str | None, str | None],
) -> Side:
    data: dict[str, Any] = orjson.loads(record.data)
    person = isinstance(record, Member)
    name = data.get("full_name") if person else names_of([record.id]).get(record.id)
    who, device, at = author
    return Side(
        key,
        record,
        data,
        str(name or _("hộ chưa có mã")),
        f"/{'people' if person else 'households'}/{record.id}",
        own_villages()[record.village_id],
        db.session.get(Household, record.household_id) if person else None,
        _mates(record),
        _cards(record) if person else [],
        _visits(record.household_id),
        who,
        device,
        at,
    )


def _within(words: str) -> str:
    """As it stands inside a sentence: abbreviations keep their capitals."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _mates(record: SyncedRecord) -> list[str]:
    """Who else is recorded in the household, with the year of birth."""
    query = select(Member).where(
        Member.household_id == record.household_id,
        Member.id != record.id,
        Member.merged_into.is_(None),
    )
    found = db.session.scalars(query.order_by(Member.birth_date, Member.id))
    return [
        f"{mate.full_name} ({mate.birth_date[:4]})" if mate.birth_date else mate.full_name
        for mate in found
    ]


def _cards(record: SyncedRecord) -> list[str]:
    query = select(Card).where(Card.member_id == record.id, Card.void.is_(False))
    cards = [orjson.loads(card.data) for card in db.session.scalars(query.order_by(Card.id.desc()))]
    return [
        _(
            "%(start)s đến %(end)s, %(proof)s",
            start=day_words(card["valid_from"]) if card.get("valid_from") else "…",
            end=day_words(card["valid_to"]) if card.get("valid_to") else _("chưa rõ hạn"),
            proof=_within(word("evidence", card["evidence"])),
        )
        for card in cards
    ]


def _visits(household: str) -> list[str]:
    query = select(Visit).where(Visit.household_id == household).order_by(Visit.on.desc())
    return [
        f"{day_words(visit.on)}: {word('outcome', visit.outcome)}"
        for visit in db.session.scalars(query.limit(3))
    ]
