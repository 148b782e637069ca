"""The legal tables at the desk: what they hold on a day, and what a new row changes."""

from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select

from schemas.kinds import AreaLevel
from server.desk.law_words import item_word, place_names, place_word, row_value
from server.domain.legal.adding import is_far
from server.domain.legal.comparing import Step, speaks_after, speaks_before, what_changes
from server.domain.legal.groups import group_names
from server.domain.legal.reading import table_names
from server.domain.legal.slots import EVERY_OTHER, LOCAL, Slot, slots
from server.domain.legal.tables import OPEN, LegalRow, Tables
from server.domain.numbers import day_words
from server.errors import Problem
from server.store.db import db, today
from server.store.legal import legal_tables
from server.store.legal_rows import AddedRow, added_rows
from server.store.people import User
from server.store.places import Area


@dataclass(frozen=True, slots=True)
class TableLine:
    """`unknown`: items whose value nobody knows on the day."""

    name: str
    rows: int
    added: int
    unknown: int


@dataclass(frozen=True, slots=True)
class RowLine:
    """`state`: speaks, replaced, ahead, over."""

    row: LegalRow
    name: str
    place: str
    value: str
    state: str
    added: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What changes, in sentences; what speaks just before and after; what to look at again."""

    changes: list[str]
    around: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def table_lines(day: str) -> list[TableLine]:
    """Every table, with how much of it is known on the day."""
    tables = legal_tables()
    added = [row.table_name for row in added_rows()]
    return [
        TableLine(
            name,
            sum(row.table == name for row in tables.rows),
            added.count(name),
            sum(row.value == OPEN for row in _speaking(tables, name, day)),
        )
        for name in table_names()
    ]


def _speaking(tables: Tables, table: str, day: str) -> list[LegalRow]:
    keys = dict.fromkeys((row.item, row.where) for row in tables.rows if row.table == table)
    found = (tables.in_force(day, table, *key) for key in keys)
    return [row for row in found if row is not None]


def known_table(name: str) -> str:
    """Problem: not_found."""
    if name not in table_names():
        raise Problem("not_found")
    return name


def row_lines(table: str, day: str | None, where: str | None) -> list[RowLine]:
    """The rows of a table, item by item; with a day only those in force on it, with a place only
    that one's. States are those of the day, of today without one."""
    tables = legal_tables()
    ids = {row.as_row(): row.id for row in added_rows(table)}
    names, places = group_names(tables, day or today()), place_names()
    order = {item: place for place, item in enumerate(tables.items(table))}
    rows = [
        row
        for row in tables.rows
        if row.table == table
        and (day is None or row.in_force(day))
        and (where is None or row.where == where)
    ]
    rows.sort(key=lambda row: (order[row.item], places.get(row.where, row.where), row.valid_from))
    return [
        RowLine(
            row,
            row.name_vi if table == "days_off" else item_word(table, row.item, row.name_vi),
            place_word(row.where, places),
            row_value(row, names),
            _state(tables, row, day or today()),
            ids.get(row),
        )
        for row in rows
    ]


def _state(tables: Tables, row: LegalRow, day: str) -> str:
    if row.valid_from > day:
        return "ahead"
    if not row.in_force(day):
        return "over"
    speaks = tables.in_force(day, row.table, row.item, row.where) is row
    return "speaks" if speaks else "replaced"


def places_of(table: str) -> list[tuple[str, str]]:
    """The places that rows of a table name, with their words; none where all hold everywhere."""
    found = {row.where for row in legal_tables().rows if row.table == table}
    names = place_names()
    words = {where: place_word(where, names) for where in found}
    return sorted(words.items(), key=lambda one: one[1]) if found != {""} else []


def slots_of(table: str) -> dict[str, Slot]:
    """The items that take new rows, as the form offers them."""
    return slots(legal_tables(), table, today(), [code for code, _name in provinces()])


def provinces() -> list[tuple[str, str]]:
    """The provinces of today, by name."""
    query = select(Area.code, Area.name).where(
        Area.level == AreaLevel.PROVINCE, Area.code.is_not(None), Area.valid_to.is_(None)
    )
    return [(str(code), name) for code, name in db.session.execute(query.order_by(Area.search))]


def province_id(code: str) -> str | None:
    """The area of a province, for the log; None for the whole country."""
    query = select(Area.id).where(Area.level == AreaLevel.PROVINCE, Area.code == code)
    return db.session.scalar(query) if code.isdecimal() else None


def people_of(rows: list[AddedRow]) -> dict[str, str]:
    """The names of those who added and withdrew rows."""
    ids = {id_ for row in rows for id_ in (row.added_by, row.withdrawn_by) if id_}
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())


def added_row(row_id: str) -> AddedRow:
    """Problem: not_found."""
    found = db.session.get(AddedRow, row_id)
    if found is None:
        raise Problem("not_found")
    return found


def preview_adding(row: LegalRow) -> Preview:
    """What the row would change."""
    tables = legal_tables()
    return _preview(row, tables, Tables((*tables.rows, row)))


def preview_withdrawing(added: AddedRow) -> Preview:
    """What would change without the row."""
    tables, row = legal_tables(), added.as_row()
    return _preview(row, tables, Tables(each for each in tables.rows if each != row))


def _preview(row: LegalRow, before: Tables, after: Tables) -> Preview:
    steps = what_changes(before, after, row.table, row.item, row.where)
    words = _Words(row, before, after)
    doubts = [] if steps else [_("Không ngày nào có giá trị khác đi: dòng khác bắt đầu sau.")]
    if any(is_far(step.was, step.becomes) for step in steps):
        doubts.append(_("Chênh hơn hai lần. Xem lại có thừa hoặc thiếu số không."))
    if steps and steps[0].valid_from <= today():
        doubts.append(_("Ngày đã qua cũng tính lại theo giá trị này."))
    return Preview([words.change(step) for step in steps], words.around(steps), doubts)


class _Words:
    """Sentences about one item in one place."""

    def __init__(self, row: LegalRow, before: Tables, after: Tables) -> None:
        self._before, self._after, self._row = before, after, row
        self._names = group_names(before, today())
        name = item_word(row.table, row.item, row.name_vi)
        if row.table == "days_off":
            name = f"{name} ({row.name_vi})"
        place = f" ({place_word(row.where, place_names())})" if row.where else ""
        self._subject = f"{_inside(name)}{place}"

    def change(self, step: Step) -> str:
        was = step.was or self._instead(self._before, step.valid_from)
        becomes = step.becomes or self._instead(self._after, step.valid_from)
        old, new = self._value(was), self._value(becomes)
        told = {
            "days": _span(step.valid_from, step.valid_to),
            "what": self._subject,
            "new": new,
            "old": old or _("chưa biết"),
        }
        if becomes is None:
            return _("%(days)s: %(what)s không còn dòng nào, trước là %(old)s.", **told)
        if not new:
            return _("%(days)s: %(what)s chưa biết là bao nhiêu, trước là %(old)s.", **told)
        if was is None:
            return _("%(days)s: %(what)s là %(new)s. Trước chưa có dòng nào.", **told)
        if not old:
            return _("%(days)s: %(what)s là %(new)s. Trước chưa biết là bao nhiêu.", **told)
        if new == old:
            return _("%(days)s: %(what)s vẫn là %(new)s, theo văn bản khác.", **told)
        return _("%(days)s: %(what)s là %(new)s, thay cho %(old)s.", **told)

    def around(self, steps: list[Step]) -> list[str]:
        """What speaks on the day before and on the day after."""
        found = []
        if (earlier := speaks_before(self._after, steps)) and (value := self._on(*earlier)):
            day = day_words(earlier[0])
            found.append(_("Đến hết %(day)s vẫn là %(value)s.", day=day, value=value))
        if later := speaks_after(self._after, steps):
            day, value = day_words(later[0]), self._on(*later)
            found.append(
                _("Từ %(day)s lại theo dòng khác: %(value)s.", day=day, value=value)
                if value
                else _("Từ %(day)s không có giá trị: quy tắc trả lời 'chưa biết'.", day=day)
            )
        return found

    def _on(self, day: str, row: LegalRow | None) -> str:
        return self._value(row or self._instead(self._after, day))

    def _value(self, row: LegalRow | None) -> str:
        return row_value(row, self._names) if row else ""

    def _instead(self, tables: Tables, day: str) -> LegalRow | None:
        """What speaks for a group that the province's resolution does not name."""
        if self._row.table != LOCAL or self._row.item == EVERY_OTHER:
            return None
        return tables.in_force(day, LOCAL, EVERY_OTHER, self._row.where)


def _span(first: str, last: str) -> str:
    told = {"first": day_words(first), "last": day_words(last)}
    if first and last:
        return _("Từ %(first)s đến hết %(last)s", **told)
    if first:
        return _("Từ %(first)s", **told)
    return _("Đến hết %(last)s", **told) if last else _("Mọi ngày")


def _inside(name: str) -> str:
    """A name inside a sentence; abbreviations keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
