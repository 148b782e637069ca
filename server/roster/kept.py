"""Lists of BHXH and schools: read, checked against themselves and against the list that came
before, and kept. Nobody's record is touched."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from schemas.kinds import AreaLevel
from server.domain.partial import first_day, last_day
from server.domain.text import fold, fold_tight
from server.roster.faults import Faults, Parts, part_of, row_words
from server.roster.kept_layouts import BHXH_DUE, BHXH_LIST, SCHOOL_ROLL
from server.roster.layout import Layout, Line
from server.roster.places import Places
from server.roster.plan import Change, Kind, Outcome
from server.roster.titles import made_on
from server.store.db import db
from server.store.imported_lists import (
    FIELDS,
    ImportedList,
    add_rows,
    finish_list,
    latest_list,
    list_id,
    open_list,
    person_key,
    rows_about,
)
from server.store.places import Area

_COMMUNE_NAMED = re.compile(r"\b(?:xa|phuong|thi tran) (?:[a-z]+ ?){1,5}")
_YEAR = re.compile(r"\b(20\d\d)\b")


class KeptImport:
    """Reads a list of a kind for a commune. `take` in the order of the file, then `judge` or
    `write` for what was good of a slice."""

    def __init__(
        self, layout: Layout, places: Places, faults: Faults, digest: str, school: str | None
    ) -> None:
        self.layout, self.faults, self.school, self.day = layout, faults, school, places.day
        self.commune, self.digest = places.commune, digest
        self.id, self.known = "", False
        self.before: str | None = None
        self.user_id = places.author.user_id
        self.seen: dict[int, int] = {}
        self.made_on: str | None = None
        if self.commune is None:
            faults.add(0, "", "commune_needed")
            return
        self.id = list_id(digest, self.commune.id, layout.kind)
        known = db.session.get(ImportedList, self.id)
        self.known = known is not None and known.whole
        if before := latest_list(self.commune.id, layout.kind, school):
            self.before = before.id

    def begin(self, titles: Sequence[str]) -> None:
        """What the rows above the heading say about the list: another commune, another year."""
        if self.commune is None:
            return
        folded = [fold(title) for title in titles]
        self.made_on = made_on(titles, self.day)
        if named := _another_commune(folded, self.commune):
            self.faults.add(0, "", "other_commune", what=named, other=self.commune.name)
        years = [int(year) for title in folded for year in _YEAR.findall(title)]
        if years and max(years) < int(self.day[:4]):
            self.faults.add(
                0, "", "other_year", blocks=False, what=str(max(years)), other=self.day[:4]
            )

    def take(self, line: Line) -> None:
        label = self.layout.label
        birth, start, end = (line[key] for key in ("birth_date", "valid_from", "valid_to"))
        if birth and first_day(birth) > self.day:
            self.faults.add(line.number, label("birth_date"), "in_future")
        if start and end and last_day(end) < first_day(start):
            self.faults.add(line.number, label("valid_to"), "ends_before_start")
        other = self.seen.setdefault(hash(person_key(line.values)), line.number)
        if other != line.number:
            # A sheet with everybody beside one for each class: nobody is kept twice.
            again = part_of(other, self.faults.parts) != part_of(line.number, self.faults.parts)
            self.faults.add(
                line.number, label("full_name"), "on_list_twice", blocks=again, other=other
            )

    def judge(self, lines: Sequence[Line]) -> list[Outcome]:
        """What each row would be, against the list that came before; a list that is kept already
        says nothing new."""
        if self.known:
            return [Outcome(line.number, "same") for line in lines]
        before = self._before(lines)
        return [self._outcome(line, before.get(person_key(line.values))) for line in lines]

    def write(self, lines: Sequence[Line], name: str) -> list[Outcome]:
        outcomes = self.judge(lines)
        if self.known or self.commune is None:
            return outcomes
        open_list(
            self.id,
            commune=self.commune.id,
            kind=self.layout.kind,
            name=name,
            digest=self.digest,
            by=self.user_id,
            made_on=self.made_on,
            school=self.school,
        )
        parts = self.faults.parts
        add_rows(self.id, [(line.number, kept_values(line, parts)) for line in lines])
        return outcomes

    def finish(self) -> int:
        """How many rows the list has now; the rows of a list that was there already are not new."""
        if self.known or db.session.get(ImportedList, self.id) is None:
            return 0
        return finish_list(self.id).row_count

    def _before(self, lines: Iterable[Line]) -> dict[str, dict[str, Any]]:
        if self.before is None:
            return {}
        return rows_about(self.before, {person_key(line.values) for line in lines})

    def _outcome(self, line: Line, before: dict[str, Any] | None) -> Outcome:
        if before is None:
            return Outcome(line.number, "new")
        changes = [
            Change(self.layout.label(key), before.get(key), line[key])
            for key in FIELDS
            if line[key] is not None and before.get(key) != line[key]
        ]
        return Outcome(line.number, "changed" if changes else "same", changes)


def kept_values(line: Line, parts: Parts = ()) -> dict[str, Any]:
    """A row as it is kept: what it says in our words, its cells as they stood, and where it stood
    in a file of several sheets."""
    values = {key: line[key] for key in FIELDS if line[key] is not None}
    at = {"at": row_words(line.number, parts)} if len(parts) > 1 else {}
    return values | at | {"raw": line.raw}


def _another_commune(folded: Sequence[str], commune: Area) -> str | None:
    """The commune the titles name, when it is one of the province and not this one."""
    own = fold_tight(commune.name)
    named = [found for title in folded for found in _COMMUNE_NAMED.findall(title)]
    if not named or any(own in fold_tight(title) for title in folded):
        return None
    query = select(Area.name).where(
        Area.level == AreaLevel.COMMUNE,
        Area.province_id == commune.province_id,
        Area.id != commune.id,
    )
    tight = [fold_tight(each) for each in named]
    for name in db.session.scalars(query):
        if any(each.startswith(fold_tight(name)) for each in tight):
            return name
    return None


KINDS = tuple(
    Kind(layout, None, hint, kept=True)
    for layout, hint in (
        (BHXH_LIST, "Ai đang có thẻ theo BHXH, để đối chiếu với kết quả rà soát."),
        (BHXH_DUE, "Ai sắp hết hạn hoặc vừa hết hạn thẻ theo BHXH."),
        (SCHOOL_ROLL, "Học sinh của một trường, mỗi trường một tệp."),
    )
)
