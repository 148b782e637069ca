"""A clean roster of people by household, turned into changes: what is new, and the fields that say
something else than the record does. An empty cell says nothing and erases nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
from server.roster.plan import Change, Kind, Outcome, Plan
from server.store.changes.write import new_change, write_changes
from server.store.db import new_id

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
    changes: list[dict[str, Any]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def write(self, faults: Faults) -> int:
        assert self.places is not None
        results = write_changes(self.changes, self.places.author)
        for result, change, row in zip(results, self.changes, self.rows, strict=True):
            if result.status != ChangeStatus.APPLIED:
                for reason in result.reasons or [{"field": None, "code": "server_error"}]:
                    column = _label(change["entity"], reason.get("field") or "")
                    faults.add(row, column, "held", blocks=False, why=message(reason["code"]))
        return self.new + self.changed


def plan(lines: Iterator[Line], faults: Faults, places: Places) -> Plan:
    reading = HouseholdImport(places, faults)
    good = []
    for line in lines:
        reading.take(line)
        good.append(line)
    reading.seen.point_out_headless()
    return reading.plan(good)


class HouseholdImport:
    """Reads a roster. `take` in the order of the file, then `judge` or `write` for what was good of
    a slice: as records stand at that moment."""

    def __init__(self, places: Places, faults: Faults) -> None:
        self.places, self.faults = places, faults
        self.seen = _Seen(faults)
        self.villages: dict[int, str] = {}

    def begin(self, titles: Sequence[str]) -> None:
        """Titles say nothing that the rows of a roster do not."""

    def take(self, line: Line) -> None:
        """Find the line's village and check the line by itself and against those before it."""
        label, places, faults = LAYOUT.label, self.places, self.faults
        commune = places.commune_of(line["commune"], faults, line.number, label("commune"))
        village = commune and places.village_of(
            line["village"], commune, faults, line.number, label("village")
        )
        if village:
            self.seen.look(line, village.id)
            _sense(line, places.day, faults)
            self.villages[line.number] = village.id

    def plan(self, lines: Sequence[Line]) -> HouseholdPlan:
        """What the good ones of these lines would write."""
        placed = [
            (line, village) for line in lines if (village := self.villages.pop(line.number, None))
        ]
        known = KnownHomes.of({village for _, village in self._good(placed)})
        _people_elsewhere(self._good(placed), known, self.faults)
        return _Maker(known, self.places, self.faults).make(self._good(placed))

    def judge(self, lines: Sequence[Line]) -> list[Outcome]:
        return self.plan(lines).outcomes

    def write(self, lines: Sequence[Line], name: str) -> list[Outcome]:
        made = self.plan(lines)
        made.write(self.faults)
        return made.outcomes

    def finish(self) -> int | None:
        return None

    def _good(self, placed: Sequence[tuple[Line, str]]) -> list[tuple[Line, str]]:
        blocked = self.faults.blocked_rows
        return [(line, village) for line, village in placed if line.number not in blocked]


class _Seen:
    """What stood in earlier rows of the file."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.first: dict[Home, tuple[int, tuple[Any, ...]]] = {}
        self.heads: dict[Home, int] = {}
        self.ids: dict[str, int] = {}
        self.people: dict[int, int] = {}

    def look(self, line: Line, village: str) -> None:
        home = (village, fold_tight(line["code"]))
        said = tuple(line[key] for key in SAID_OF_ALL)
        self._household(line, said, *self.first.setdefault(home, (line.number, said)))
        if line["relation"] == Relation.HEAD:
            self._once(self.heads, home, line, "relation", "two_heads")
        if line["personal_id"]:
            self._once(self.ids, line["personal_id"], line, "personal_id", "code_twice")
        person = hash((home, fold_tight(line["full_name"]), line["birth_date"]))
        self._once(self.people, person, line, "full_name", "same_person")

    def _household(
        self, line: Line, said: tuple[Any, ...], first: int, first_said: tuple[Any, ...]
    ) -> None:
        for key, now, before in zip(SAID_OF_ALL, said, first_said, strict=True):
            if None not in (now, before) and now != before:
                self._add(line, key, "household_differs", first)

    def _once(self, seen: dict[Any, int], key: Any, line: Line, column: str, code: str) -> None:
        other = seen.setdefault(key, line.number)
        if other != line.number:
            self._add(line, column, code, other)

    def _add(self, line: Line, key: str, code: str, other: int) -> None:
        value = line[key] or ""
        self.faults.add(line.number, LAYOUT.label(key), code, other=other, value=value)

    def point_out_headless(self) -> None:
        for home, (row, _said) in self.first.items():
            if home not in self.heads:
                self.faults.add(row, LAYOUT.label("relation"), "no_head", blocks=False)


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


def _people_elsewhere(good: list[tuple[Line, str]], known: KnownHomes, faults: Faults) -> None:
    """A personal id that already stands in another household is another person, or a mistake."""
    for line, village in good:
        number = line["personal_id"]
        where = known.home_of_id(number) if number else None
        home = known.household(village, line["code"])
        if where is not None and (home is None or where.id != home.id):
            column = LAYOUT.label("personal_id")
            code = where.data.get("code") or "–"
            faults.add(line.number, column, "person_elsewhere", other=code, value=number)


class _Maker:
    """Makes the changes of good lines, in the order of the file."""

    def __init__(self, known: KnownHomes, places: Places, faults: Faults) -> None:
        self.known, self.faults = known, faults
        self.plan = HouseholdPlan(places=places)
        self.differs: list[Change] = []

    def make(self, lines: list[tuple[Line, str]]) -> HouseholdPlan:
        for line, village in lines:
            before, self.differs = len(self._changes), []
            home = self._home(line, village)
            member, fresh = self._person(line, home)
            self._insurance(line, member)
            for right in _rights(line):
                self._entitlement(line, member, right)
            if len(self._changes) == before:
                self._comes_to(line, "same")
            else:
                self._comes_to(line, "new" if fresh else "changed")
        return self.plan

    def _comes_to(self, line: Line, kind: str) -> None:
        setattr(self.plan, kind, getattr(self.plan, kind) + 1)
        changes = self.differs if kind == "changed" else []
        self.plan.outcomes.append(Outcome(line.number, kind, changes))

    @property
    def _changes(self) -> list[dict[str, Any]]:
        return self.plan.changes

    def _home(self, line: Line, village: str) -> Record:
        home = self.known.household(village, line["code"])
        if home is None:
            home = Record(new_id(), {})
            self.known.add_household(village, line["code"], home)
            self._change("household", home, {"village": village, **_household(line)}, line)
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
            self.differs += [
                Change(_label(entity, key), was.get(key), value) for key, value in different.items()
            ]
            self.plan.rows.append(line.number)
            record.data.update(different)


KIND = Kind(
    LAYOUT, plan, "Người theo hộ mà xã đang có. Ai chưa có thẻ và chưa trả lời là ‘chưa hỏi’."
)
