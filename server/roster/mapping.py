"""What the columns of a file are: as they are called, as an officer said of this heading before, or
as one says now."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import orjson
from sqlalchemy import Select, select

from server.roster.faults import Faults
from server.roster.layout import Layout
from server.roster.lines import Found, How, columns_of, find_table
from server.store.db import db, new_id, now
from server.store.plans import ImportMapping
from server.tables.heading import Heading, heading_key
from server.tables.leaving import Leaving

EXAMPLES = 3
Remembered = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of the file as the mapping page shows it."""

    place: int
    heading: str
    examples: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a file with what its columns are taken for. `sure`: nothing need be asked."""

    found: Found
    how: How
    columns: list[Asked]
    faults: Faults
    sure: bool


def look_at_columns(data: bytes, layout: Layout, how: How, commune: str | None, ask: bool) -> Table:
    """Find the table and what its columns are. `ask`: a heading that nobody of the commune has said
    anything about is asked about. Raises `Unreadable`."""
    found = find_table(data, layout, how)
    remembered = None
    if how.columns is None:
        remembered = recalled(layout, found.heading, commune)
    told = replace(how, columns=remembered) if remembered is not None else how
    faults = Faults()
    columns = {
        place: column.key for place, column in columns_of(found.heading, layout, told, faults)
    }
    asked = [
        Asked(place, heading, _examples(found, place), columns.get(place, ""))
        for place, heading in enumerate(found.heading.cells)
        if heading or _examples(found, place)
    ]
    sure = not faults.whole_file and (told.columns is not None or not ask)
    return Table(found, told, asked, faults, sure)


def remember(
    layout: Layout, heading: Heading, columns: Mapping[int, str], commune: str, by: str | None
) -> None:
    """Keep what an officer said, for the next file with this heading."""
    digest = _digest(heading)
    told = orjson.dumps({str(at): key for at, key in columns.items()}).decode()
    known = db.session.scalar(_said(layout, digest, commune))
    if known is None:
        known = ImportMapping(
            id=new_id(), commune_id=commune, kind=layout.kind, headings=digest, columns=told
        )
        db.session.add(known)
    known.columns, known.user_id, known.at = told, by, now()
    db.session.flush()


def recalled(layout: Layout, heading: Heading, commune: str | None) -> Remembered | None:
    """What an officer said of this heading before; None where nobody has."""
    if commune is None:
        return None
    known = db.session.scalar(_said(layout, _digest(heading), commune))
    return {int(at): key for at, key in orjson.loads(known.columns).items()} if known else None


def _said(layout: Layout, digest: str, commune: str) -> Select[ImportMapping]:
    return select(ImportMapping).where(
        ImportMapping.commune_id == commune,
        ImportMapping.kind == layout.kind,
        ImportMapping.headings == digest,
    )


def _digest(heading: Heading) -> str:
    """Of the headings in their order, without accents and case."""
    return hashlib.sha256("\n".join(map(heading_key, heading.cells)).encode()).hexdigest()


def _examples(found: Found, place: int) -> tuple[str, ...]:
    leaving = Leaving(None)
    people = (row for _number, row in found.below if leaving.why(row) is None)
    cells = (row[place] for row in people if place < len(row) and row[place])
    return tuple(cell[:60] for cell, _ in zip(cells, range(EXAMPLES), strict=False))
