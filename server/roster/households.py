"""A clean roster of people by household, turned into changes: what is new, and the fields that say
something else than the record does. An empty cell says nothing and erases nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from schemas.kinds import (
    CardEvidence,
    ChangeStatus,
    EntitlementEvidence,
    LivingClassSource,
    Relation,
)
from server.domain.findings import check_record
from server.domain.messages import message
from server.domain.reading import read_set
from server.domain.text import fold_tight
from server.roster.faults import Faults
from server.roster.household_layout import (
    CARD_KEYS,
    HOUSEHOLD_KEYS,
    LAYOUT,
    MEMBER_KEYS,
    OWN_PHONE,
    RIGHT_DAYS,
)
from server.roster.known import KnownHomes, Record
from server.roster.layout import Line
from server.roster.places import Places
from server.roster.plan import Kind, Plan
from server.store.changes.write import new_change, write_changes
from server.store.db import new_id
from server.store.places import Area

SAID_OF_ALL = tuple(key for key in HOUSEHOLD_KEYS if key not in ("code", "phone"))
"""What the rows of one household must say alike; of its phones each may know another."""
CLASS_SAYS = ("living_class_source", "living_class_from", "living_class_to")
RECOGNISED = ("average_farm_from", "average_farm_to")

Home = tuple[str, str]
"""A village's id and a household's code in it."""


@dataclass(slots=True)
class HouseholdPlan(Plan):
    """Rows become changes, written together; a row that changes nothing makes none."""

    places: Places | None = None
    changes: list[dict[str, Any]] | None = None
    rows: list[int] | None = None

    def write(self, faults: Faults) -> int:
        assert self.places is not None
        changes, rows = self.changes or [], self.rows or []
        results = write_changes(changes, self.places.author)
        for result, change, row in zip(results, changes, rows, strict=True):
            if result.status != ChangeStatus.APPLIED:
                for reason in result.reasons or [{"field": None, "code": "server_error"}]:
                    column = _label(change["entity"], reason.get("field") or "")
                    faults.add(row, column, "held", blocks=False, why=message(reason["code"]))
        return self.new + self.changed


def plan(lines: Iterator[Line], faults: Faults, places: Places) -> Plan:
    placed = _placed(lines, faults, places)
    good = [(line, village) for line, village in placed if line.number not in faults.blocked_rows]
    known = KnownHomes.of({village.id for _, village in good})
    _people_elsewhere(good, known, faults)
    good = [(line, village) for line, village in good if line.number not in faults.blocked_rows]
    return _Maker(known, places, faults).make(good)


def _placed(lines: Iterator[Line], faults: Faults, places: Places) -> list[tuple[Line, Area]]:
    """Lines with their village, checked against each other."""
    label = LAYOUT.label
    placed: list[tuple[Line, Area]] = []
    seen = _Seen(faults)
    for line in lines:
        commune = places.commune_of(line["commune"], faults, line.number, label("commune"))
        village = commune and places.village_of(
            line["village"], commune, faults, line.number, label("village")
        )
        if village:
            seen.look(line, village)
            _sense(line, places.day, faults)
            placed.append((line, village))
    seen.point_out_headless()
    return placed


class _Seen:
    """What stood in earlier rows of the file."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.first: dict[Home, Line] = {}
        self.heads: dict[Home, int] = {}
        self.ids: dict[str, int] = {}
        self.people: dict[tuple[Home, str, str | None], int] = {}

    def look(self, line: Line, village: Area) -> None:
        home = (village.id, fold_tight(line["code"]))
        first = self.first.setdefault(home, line)
        self._household(line, first)
        if line["relation"] == Relation.HEAD:
            self._once(self.heads, home, line, "relation", "two_heads")
        if line["personal_id"]:
            self._once(self.ids, line["personal_id"], line, "personal_id", "code_twice")
        person = (home, fold_tight(line["full_name"]), line["birth_date"])
        self._once(self.people, person, line, "full_name", "same_person")

    def _household(self, line: Line, first: Line) -> None:
        for key in SAID_OF_ALL:
            if None not in (line[key], first[key]) and line[key] != first[key]:
                self._add(line, key, "household_differs", first.number)

    def _once(self, seen: dict[Any, int], key: Any, line: Line, column: str, code: str) -> None:
        other = seen.setdefault(key, line.number)
        if other != line.number:
            self._add(line, column, code, other)

    def _add(self, line: Line, key: str, code: str, other: int) -> None:
        value = line[key] or ""
        self.faults.add(line.number, LAYOUT.label(key), code, other=other, value=value)

    def point_out_headless(self) -> None:
        for home, line in self.first.items():
            if home not in self.heads:
                self.faults.add(line.number, LAYOUT.label("relation"), "no_head", blocks=False)


def _sense(line: Line, day: str, faults: Faults) -> None:
    """The rules every record meets, asked before anything is written."""
    for entity, values in (("household", _household(line)), ("member", _member(line)),
                           ("card", _card(line) or {}),
                           *(("entitlement", right) for right in _rights(line))):  # fmt: skip
        stored, refused = read_set(entity, values)
        for key, code in refused.items():
            faults.add(line.number, _label(entity, key), code)
        for finding in check_record(entity, stored, day) if values else ():
            faults.add(
                line.number,
                _label(entity, finding.field),
                finding.code,
                blocks=finding.weight == "blocks",
            )
    _together(line, faults)


def _label(entity: str, field: str) -> str:
    """The heading of the column that fills a field of a kind of record."""
    days = {field: key for key, field in RIGHT_DAYS.items()}
    columns = {"entitlement": {"kind": "right_kind", **days},
               "member": {"phone": OWN_PHONE}}.get(entity, {})  # fmt: skip
    return LAYOUT.label(columns.get(field, field))


def _together(line: Line, faults: Faults) -> None:
    """Days of a recognition, of a class and of a right say nothing without what they are about."""
    for about, days in (("average_farm", RECOGNISED), ("right_kind", tuple(RIGHT_DAYS)),
                        ("living_class", CLASS_SAYS)):  # fmt: skip
        if not line[about] and any(line[key] for key in days):
            faults.add(line.number, LAYOUT.label(about), "needed")
    start, end = (line[key] for key in RECOGNISED)
    if start and end and end < start:
        faults.add(line.number, LAYOUT.label("average_farm_to"), "ends_before_start")


def _household(line: Line) -> dict[str, Any]:
    values = {key: line[key] for key in HOUSEHOLD_KEYS if line[key] is not None}
    if line["living_class"]:
        values.setdefault("living_class_source", LivingClassSource.LIST.value)
    return values


def _member(line: Line) -> dict[str, Any]:
    values = {key: line[key] for key in MEMBER_KEYS if line[key] is not None}
    return values | ({"phone": line[OWN_PHONE]} if line[OWN_PHONE] else {})


def _rights(line: Line) -> list[dict[str, Any]]:
    """What the person is entitled to; days that stand there hold for all of it."""
    days = {field: line[key] for key, field in RIGHT_DAYS.items() if line[key] is not None}
    evidence = EntitlementEvidence.LIST.value
    return [{"kind": kind, "evidence": evidence, **days} for kind in line["right_kind"] or ()]


def _more_exact(
    values: dict[str, Any], known: dict[str, Any], day: str = "birth_date"
) -> dict[str, Any]:
    """Without a day told more roughly than the record has it."""
    rough = (known.get(day) or "").startswith(values.get(day) or "-")
    return {key: value for key, value in values.items() if key != day or not rough}


def _card(line: Line) -> dict[str, Any] | None:
    """A card is a period or a number; a group alone is none."""
    values = {key: line[key] for key in CARD_KEYS if line[key] is not None}
    if not values.keys() & {"number", "valid_from", "valid_to"}:
        return None
    return {"evidence": CardEvidence.BHXH_LIST.value, **values}


def _people_elsewhere(good: list[tuple[Line, Area]], known: KnownHomes, faults: Faults) -> None:
    """A personal id that already stands in another household is another person, or a mistake."""
    for line, village in good:
        number = line["personal_id"]
        where = known.home_of_id(number) if number else None
        home = known.household(village.id, line["code"])
        if where is not None and (home is None or where.id != home.id):
            column = LAYOUT.label("personal_id")
            code = where.data.get("code") or "–"
            faults.add(line.number, column, "person_elsewhere", other=code, value=number)


class _Maker:
    """Makes the changes of good lines, in the order of the file."""

    def __init__(self, known: KnownHomes, places: Places, faults: Faults) -> None:
        self.known, self.faults = known, faults
        self.plan = HouseholdPlan(places=places, changes=[], rows=[])

    def make(self, lines: list[tuple[Line, Area]]) -> HouseholdPlan:
        for line, village in lines:
            before = len(self._changes)
            home = self._home(line, village)
            member, fresh = self._person(line, home)
            self._insurance(line, member)
            for right in _rights(line):
                self._entitlement(line, member, right)
            if len(self._changes) == before:
                self.plan.same += 1
            elif fresh:
                self.plan.new += 1
            else:
                self.plan.changed += 1
        return self.plan

    @property
    def _changes(self) -> list[dict[str, Any]]:
        assert self.plan.changes is not None
        return self.plan.changes

    def _home(self, line: Line, village: Area) -> Record:
        home = self.known.household(village.id, line["code"])
        if home is None:
            home = Record(new_id(), {})
            self.known.add_household(village.id, line["code"], home)
            self._change("household", home, {"village": village.id, **_household(line)}, line)
        else:
            self._change("household", home, _household(line), line)
        return home

    def _person(self, line: Line, home: Record) -> tuple[Record, bool]:
        member = self.known.member(home, line["personal_id"], line["full_name"], line["birth_date"])
        if member is not None:
            self._change("member", member, _more_exact(_member(line), member.data), line)
            return member, False
        member = Record(new_id(), {})
        self._change("member", member, {"household": home.id, **_member(line)}, line)
        self.known.add_member(home, member)
        return member, True

    def _insurance(self, line: Line, member: Record) -> None:
        values = _card(line)
        if values is None:
            return
        card = self.known.card(member, values)
        if card is not None:
            told = {key: value for key, value in values.items() if key != "evidence"}
            self._change("card", card, told, line)
            return
        card = Record(new_id(), {})
        self._change("card", card, {"member": member.id, **values}, line)
        self.known.add_card(member, card)

    def _entitlement(self, line: Line, member: Record, values: dict[str, Any]) -> None:
        right = self.known.right(member, values)
        if right is not None:
            told = {key: value for key, value in values.items() if key != "evidence"}
            self._change("entitlement", right, _more_exact(told, right.data, "valid_from"), line)
            return
        right = Record(new_id(), {})
        self._change("entitlement", right, {"member": member.id, **values}, line)
        self.known.add_right(member, right)

    def _change(self, entity: str, record: Record, values: dict[str, Any], line: Line) -> None:
        different = {k: v for k, v in values.items() if record.data.get(k) != v}
        if different:
            was = {key: record.data.get(key) for key in different} if record.data else {}
            self._changes.append(new_change(entity, record.id, different, was))
            assert self.plan.rows is not None
            self.plan.rows.append(line.number)
            record.data.update(different)


KIND = Kind(
    LAYOUT, plan, "Người theo hộ mà xã đang có. Ai chưa có thẻ và chưa trả lời là ‘chưa hỏi’."
)
