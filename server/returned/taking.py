"""Taking in a list that came back: whose rows they are, and what was brought before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import orjson
from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import Entity
from server.domain.returned.comparing import Row
from server.domain.text import fold_tight
from server.pages.scope import own_villages
from server.returned.reading import Refused, Returned, read_returned
from server.store.audit import note_act
from server.store.bulk import among
from server.store.db import db, new_id
from server.store.feeds import Instance
from server.store.list_marks import key_of_database
from server.store.records import Household, Member
from server.store.returned_lists import (
    ReturnedList,
    ReturnedRow,
    RowState,
    earlier_rows,
    forget_old_rows,
    same_file,
)

VILLAGE_LABEL = "Thôn"
Places = Mapping[str, tuple[str, str]]
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """`digest`: of its bytes. `ground`: of the villages of whoever brought it. `filled_by`: who
    filled it in, in words."""

    name: str
    digest: str
    ground: str
    filled_by: str | None


@dataclass(frozen=True, slots=True)
class Bringer:
    """Who brought a file: the user's id, the names of their villages by id."""

    user: str
    villages: Mapping[str, str]


def take_in(data: bytes, name: str, filled_by: str | None) -> tuple[ReturnedList, bool]:
    """The list with the rows that say something, and whether it is new: the same file is taken
    once. Raises `Refused`, `Unreadable`."""
    villages = own_villages()
    digest, ground = sha256(data).hexdigest(), ground_of(villages)
    key = key_of_database()
    # Nothing was written yet: reading a long file must not hold the lock that phones wait for.
    db.session.rollback()
    returned = read_returned(data, key)
    db.session.execute(select(Instance.id).with_for_update())
    before = same_file(digest, ground)
    if before is not None:
        return before, False
    if returned.about["database"] != db.session.scalar(select(Instance.database)):
        raise Refused("not_ours")
    by = Bringer(current_user.id, {id_: village.name for id_, village in villages.items()})
    return keep(returned, File(name, digest, ground, filled_by), by), True


def keep(returned: Returned, file: File, by: Bringer) -> ReturnedList:
    """The list with those of its rows that say something about people of one's own villages."""
    forget_old_rows()
    places = _places(returned.compared.rows)
    mine = [
        row
        for row in returned.compared.rows
        if row.mark is None or places.get(row.mark.member, ("", ""))[1] in by.villages
    ]
    outside = len(returned.compared.rows) - len(mine)
    kept = ReturnedList(
        id=new_id(),
        digest=file.digest,
        ground=file.ground,
        export_id=returned.export_id,
        list_key=returned.about["list"],
        title=returned.about["title"][:300],
        name=file.name[:200],
        filled_by=file.filled_by,
        made_at=returned.about["made_at"],
        made_by=returned.about["name"][:200],
        added_by=by.user,
        told=orjson.dumps(_told(returned, outside)).decode(),
    )
    db.session.add(kept)
    db.session.flush()
    _keep_rows(kept, mine, places, by.villages)
    note_act("returned_list", by=by.user, subject=kept.id, count=len(mine),
             list=kept.list_key, export=kept.export_id)  # fmt: skip
    return kept


def _places(rows: Sequence[Row]) -> Places:
    """Household and village of everybody a row is about, as they are now."""
    ids = {row.mark.member for row in rows if row.mark}
    query = select(Member.id, Member.household_id, Member.village_id).where(among(Member.id, ids))
    return {id_: (home, village) for id_, home, village in db.session.execute(query)}


def _told(returned: Returned, outside: int) -> Data:
    about, compared = returned.about, returned.compared
    return {
        "filters": about["filters"],
        "day": about["day"],
        "unchanged": compared.unchanged,
        "absent": compared.absent,
        "shuffled": compared.shuffled,
        "lacking": returned.lacking,
        "doubled": returned.doubled,
        "renamed": returned.renamed,
        "spoilt": returned.spoilt,
        "left": returned.left,
        "outside": outside,
    }


def _keep_rows(
    kept: ReturnedList, rows: Sequence[Row], places: Places, villages: Mapping[str, str]
) -> None:
    contents = [_content(kept.export_id, row) for row in rows]
    before = earlier_rows(contents)
    members = _data(Member, {row.mark.member for row in rows if row.mark})
    homes = _data(Household, {home for home, _village in places.values()})
    named = _village_names(places, villages)
    for row, content in zip(rows, contents, strict=True):
        home, village = places.get(row.mark.member if row.mark else "", (None, None))
        new = ReturnedRow(
            list_id=kept.id,
            row_number=row.number,
            kind=row.kind.value,
            state=RowState.OPEN.value,
            member_id=row.mark.member if row.mark else None,
            household_id=home,
            village_id=village or _village_of(row, named),
            content=content,
            data=orjson.dumps(_read(row)).decode(),
        )
        earlier = before.get(content)
        if earlier is not None and earlier.state == RowState.OPEN:
            earlier.state = RowState.REPLACED.value
        elif earlier is not None:
            new.state, new.note = earlier.state, earlier.note
            new.decided_by, new.decided_at = earlier.decided_by, earlier.decided_at
        elif _is_known(row, members, homes.get(home or "", {})):
            new.state = RowState.KNOWN.value
        db.session.add(new)
    db.session.flush()


def _data(table: type[Household] | type[Member], ids: set[str]) -> dict[str, Data]:
    query = select(table.id, table.data).where(among(table.id, ids))
    return {id_: orjson.loads(data) for id_, data in db.session.execute(query)}


def _village_names(places: Places, villages: Mapping[str, str]) -> dict[str, str]:
    """The villages of the people in the file, by their folded name."""
    ids = {village for _home, village in places.values()} & villages.keys()
    return {fold_tight(villages[id_]): id_ for id_ in ids or villages}


def _village_of(row: Row, named: Mapping[str, str]) -> str | None:
    """Where somebody new lives: in the village the row names, or in the only one of the list."""
    told = named.get(fold_tight(row.shown.get(VILLAGE_LABEL, "")))
    return told or (next(iter(named.values())) if len(named) == 1 else None)


def _is_known(row: Row, members: Mapping[str, Data], home: Data) -> bool:
    """Whether the records say all of it already, and nothing else stands in the row."""
    if row.mark is None or row.told or row.extra or not row.edits:
        return False
    now = {Entity.MEMBER.value: members.get(row.mark.member, {}), Entity.HOUSEHOLD.value: home}
    return all(not it.fault and now[it.entity].get(it.field) == it.set for it in row.edits)


def _read(row: Row) -> Data:
    return {
        "name": row.name,
        "edits": [asdict(edit) for edit in row.edits],
        "told": row.told,
        "extra": row.extra,
        "shown": row.shown,
        "like": row.like,
    }


def _content(export_id: str, row: Row) -> str:
    """Equal for rows that say the same about the same person of the same workbook."""
    said = _read(row)
    if row.mark is not None:
        del said["shown"]
    return _hash([export_id, row.mark.member if row.mark else None, row.kind.value, said])


def ground_of(villages: Iterable[str]) -> str:
    """Of these villages: the same file from the same ground is one."""
    return _hash(sorted(villages))


def _hash(value: Any) -> str:
    return sha256(orjson.dumps(value)).hexdigest()
