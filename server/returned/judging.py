"""What a returned row would change now: beside what the record says today, with what the rules say
of it, and whether it may be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from hashlib import sha256
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import select

from schemas.kinds import Entity, Weight
from server.domain.change import read_change
from server.domain.findings import check_record
from server.domain.merge import Rights, Verdict, decide
from server.domain.returned.comparing import Kind
from server.domain.text import fold
from server.pages.scope import own_villages
from server.pages.values import value_words
from server.pages.words import sentence, word
from server.returned.words import FAULTS
from server.store.bulk import among
from server.store.changes.write import new_change
from server.store.db import db, today
from server.store.records import Household, Member
from server.store.returned_lists import ReturnedRow, RowState

PLAIN, CONFLICT, KNOWN, FAULT, BLOCKED = "plain", "conflict", "known", "fault", "blocked"
TAKEABLE = (Kind.CHANGE.value, Kind.TWICE.value)
AT_DESK = Rights(desk=True, move=False)
Data = dict[str, Any]


@dataclass(slots=True)
class Cell:
    """One changed cell. `state`: plain (the record still says what the file started from), conflict
    (it says a third thing by now), known (it says so already), fault (cannot be read), blocked (a
    rule forbids it). `words`: what to think of before taking it."""

    entity: str
    field: str
    label: str
    was: str
    now: str
    set: str
    value: Any
    current: Any
    state: str
    words: list[str] = made(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.entity}.{self.field}"


@dataclass(slots=True)
class View:
    """A row as a page shows it. `doubts`: of the row as a whole."""

    row: ReturnedRow
    read: Data
    name: str
    member: Data
    home: Data
    village: str
    cells: list[Cell]
    doubts: list[str]
    whole: bool = True
    """False when nothing of the row may be taken, whatever its cells say."""

    @property
    def takes(self) -> list[Cell]:
        if not self.whole or self.row.kind not in TAKEABLE:
            return []
        return [cell for cell in self.cells if cell.state in (PLAIN, CONFLICT)]

    @property
    def clean(self) -> bool:
        """Nothing to think of: it may be taken along with others."""
        said = self.doubts or self.read["told"] or self.read["extra"]
        plain = all(cell.state in (PLAIN, KNOWN) and not cell.words for cell in self.cells)
        return bool(self.takes) and not said and plain and self.row.kind == Kind.CHANGE

    @property
    def settled(self) -> bool:
        """The records have come to say all of it, by another row or another hand."""
        said = self.read["told"] or self.read["extra"]
        return bool(self.cells) and not said and all(it.state == KNOWN for it in self.cells)

    @property
    def waits(self) -> bool:
        return self.row.state == RowState.OPEN

    @property
    def conflicts(self) -> list[Cell]:
        return [cell for cell in self.takes if cell.state == CONFLICT]

    @property
    def seen(self) -> str:
        """Of what the record said when the page was made."""
        told = [[cell.key, cell.current] for cell in self.cells]
        return sha256(orjson.dumps(told)).hexdigest()[:16]


def views_of(rows: Sequence[ReturnedRow]) -> list[View]:
    """These rows beside the records of today, read at once."""
    members = _data(Member, {row.member_id for row in rows if row.member_id})
    homes = _data(Household, {row.household_id for row in rows if row.household_id})
    villages, day = own_villages(), today()
    return [
        _view(row, members.get(row.member_id or "", {}), homes.get(row.household_id or "", {}),
              villages[row.village_id].name if row.village_id in villages else "", day)
        for row in rows
    ]  # fmt: skip


def _data(table: type[Household] | type[Member], ids: set[str]) -> dict[str, Data]:
    """Records of one's own villages: whoever moved away since is another's to see."""
    mine = among(table.village_id, own_villages())
    query = select(table.id, table.data).where(among(table.id, ids), mine)
    return {id_: orjson.loads(data) for id_, data in db.session.execute(query)}


def _view(row: ReturnedRow, member: Data, home: Data, village: str, day: str) -> View:
    read = row.read
    now = {Entity.MEMBER.value: member, Entity.HOUSEHOLD.value: home}
    cells = [_cell(edit, now[edit["entity"]]) for edit in read["edits"]]
    name = member.get("full_name") or read["name"] or _("Dòng không có tên")
    view = View(row, read, name, member, home, village, cells, [])
    if row.state != RowState.OPEN:
        return view
    if row.member_id is not None and not (member and home):
        view.whole, view.cells = False, []
        view.doubts.append(_("Người này đã chuyển sang địa bàn khác: không ghi được từ đây."))
        return view
    for entity, record in now.items():
        view.doubts += _rules(row, entity, record, cells, day)
    view.doubts += _of_person(member, cells)
    if "merged_into" in member or "merged_into" in home:
        view.whole = False
        view.doubts.append(sentence("merged_record"))
    return view


def _cell(edit: Mapping[str, Any], record: Data) -> Cell:
    entity, name, value = edit["entity"], edit["field"], edit["set"]
    current = record.get(name)
    state = PLAIN if current == edit["was"] else CONFLICT
    if current == value and not edit["fault"]:
        state = KNOWN
    cell = Cell(
        entity,
        name,
        word("field", name) if entity == Entity.MEMBER else
        _("%(field)s (cả hộ)", field=word("field", name)),
        value_words(entity, name, edit["was"], {}),
        value_words(entity, name, current, {}),
        value_words(entity, name, value, {}),
        value,
        current,
        FAULT if edit["fault"] else state,
    )  # fmt: skip
    if edit["fault"]:
        cell.set = edit["raw"] or "–"
        cell.words.append(str(FAULTS.get(edit["fault"], FAULTS["unread"])))
    elif state != KNOWN:
        cell.words += _of_cell(edit)
    return cell


def _of_cell(edit: Mapping[str, Any]) -> list[str]:
    """What spreadsheets do by themselves looks like these."""
    was, value = edit["was"], edit["set"]
    if value is None:
        return [_("Ô bị xóa trắng: nhận thì xóa giá trị đang ghi.")]
    if edit["field"].endswith("_date") or edit["field"].startswith("living_class_"):
        if isinstance(was, str) and len(was) < len(value) and value in _firsts(was):
            return [_("Có thể máy tính tự thêm ngày 01.")]
        if isinstance(was, str) and len(was) == len(value) == 10 and value == _swapped(was):
            return [_("Ngày và tháng đổi chỗ cho nhau: có thể máy tính đọc nhầm.")]
    return []


def _firsts(partial: str) -> tuple[str, str]:
    return f"{partial}-01", f"{partial}-01-01"


def _swapped(day: str) -> str:
    year, month, date = day.split("-")
    return f"{year}-{date}-{month}"


def _rules(
    row: ReturnedRow, entity: str, record: Data, cells: Sequence[Cell], day: str
) -> list[str]:
    """Ask the rules of the record as it would be; marks what they forbid. Gives what they say of
    fields that this row does not change."""
    asked = {cell.field: cell for cell in cells
             if cell.entity == entity and cell.state in (PLAIN, CONFLICT)}  # fmt: skip
    if not asked or not record:
        return []
    verdict = _verdict(row, entity, record, asked, day)
    for name, code in [*verdict.wait.items(), *verdict.held]:
        if name in asked:
            asked[name].state = BLOCKED
            asked[name].words.append(sentence(code))
    before = {(it.code, it.field) for it in check_record(entity, record, day)}
    others = []
    for finding in check_record(entity, verdict.result, day):
        if finding.weight is not Weight.WARNS:
            continue
        if finding.field in asked:
            asked[finding.field].words.append(sentence(finding.code))
        elif (finding.code, finding.field) not in before:
            others.append(f"{word('field', finding.field)}: {sentence(finding.code)}")
    return others


def _verdict(
    row: ReturnedRow, entity: str, record: Data, asked: Mapping[str, Cell], day: str
) -> Verdict:
    values = {name: cell.value for name, cell in asked.items()}
    was = {name: record.get(name) for name in values}
    about = row.member_id if entity == Entity.MEMBER else row.household_id
    return decide(read_change(new_change(entity, str(about), values, was)), record, AT_DESK, day)


def _of_person(member: Data, cells: Sequence[Cell]) -> list[str]:
    said = []
    if "ended_on" in member:
        said.append(_("Người này đã được ghi là không còn ở đây."))
    edited = {cell.field: cell for cell in cells if cell.entity == Entity.MEMBER}
    name, birth = edited.get("full_name"), edited.get("birth_date")
    if name and birth and name.value and birth.value and birth.current:
        same_name = set(fold(name.value).split()) & set(fold(str(name.current)).split())
        if not same_name and birth.value[:4] != birth.current[:4]:
            said.append(
                _("Họ tên và năm sinh đều khác hẳn: có thể ghi người khác đè lên dòng này.")
            )
    return said
