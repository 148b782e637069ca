"""An answer sheet that the unit's officer uploads: read line by line, looked through before
anything is written, then applied in the one way every answer is."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from flask_login import current_user

from server.bhxh.rows import (
    CARD,
    FROM,
    NAME,
    NOTE,
    NUMBER,
    OUTCOME,
    OUTCOMES,
    REASON,
    ROW_ID,
    TO,
    names_on,
)
from server.bhxh.service import take_answers
from server.domain.card_lists.answers import APPLIED, HELD, REFUSED
from server.domain.field_words import LISTS
from server.domain.text import fold_tight
from server.store.bhxh import AnswerSheet
from server.store.card_list_receipts import Speaker
from server.store.card_lists import CardList
from server.store.db import db, now
from server.tables.heading import heading_key
from server.tables.opening import open_rows
from server.tables.refusing import Unreadable
from server.tables.values import Noted, Wrong, whole_date

ROWS_LIMIT = 50_000
COLUMNS = (ROW_ID, NUMBER, OUTCOME, CARD, FROM, TO, REASON, NOTE)
HEADING_LINES = 10
OTHER_LIST, OTHER_NAME, SAID_BEFORE = "other_list", "other_name", "said_before"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: its number in the file, and what it answers."""

    number: int
    raw: dict[str, Any]


class WrongSheet(Exception):
    """Not a sheet of answers: `missing` names the columns that there are not."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("wrong_sheet")
        self.missing = missing


def read_sheet(data: bytes, list_number: str, names: Mapping[str, str]) -> list[Line]:
    """The lines that answer something. A line of another list keeps its list's number, one that
    names another row's person (`names`, folded, by row) that name: columns were sorted apart from
    the ids. Raises `WrongSheet`, or `Unreadable` for what is no table at all."""
    rows = open_rows(data)
    places = _columns(rows)
    digest = sha256(data).hexdigest()[:12]
    lines = []
    for number, cells in rows:
        told = {
            name: cells[at].strip().removeprefix("'") if at < len(cells) else ""
            for name, at in places.items()
        }
        if any(told[name] for name in (OUTCOME, CARD, REASON)):
            raw = _raw(told, f"tep-{digest}-{number}", list_number)
            lines.append(Line(number, raw | _other_name(told, names)))
        if len(lines) > ROWS_LIMIT:
            raise Unreadable("too_many_rows", limit=ROWS_LIMIT)
    return lines


def _columns(rows: Iterator[tuple[int, list[str]]]) -> dict[str, int]:
    """Where the columns stand, by the first line that names them; titles may stand above."""
    wanted = {heading_key(name): name for name in (*COLUMNS, NAME)}
    best: dict[str, int] = {}
    for _number, cells in islice(rows, HEADING_LINES):
        found = {
            wanted[key]: at for at, cell in enumerate(cells) if (key := heading_key(cell)) in wanted
        }
        if found.keys() >= set(COLUMNS):
            return found
        best = max(best, found, key=len)
    raise WrongSheet([name for name in COLUMNS if name not in best])


def _raw(told: Mapping[str, str], id_: str, list_number: str) -> dict[str, Any]:
    other = told[NUMBER] if told[NUMBER] != list_number else ""
    return {
        "id": id_,
        "row": told[ROW_ID] or None,
        "outcome": _code(told[OUTCOME], OUTCOMES),
        "card_number": told[CARD],
        "valid_from": _day(told[FROM]),
        "valid_to": _day(told[TO]),
        "reason": _code(told[REASON], LISTS["bhxh_reason"]),
        "note": told[NOTE],
        **({OTHER_LIST: other} if other else {}),
    }


def _other_name(told: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """A name that the unit put right is its own; one of another row's tells of a wrong sorting."""
    named, own = fold_tight(told.get(NAME, "")), names.get(told[ROW_ID])
    strange = own is not None and named != own and named in set(names.values())
    return {OTHER_NAME: told[NAME]} if strange else {}


def _code(typed: str, words: Mapping[str, str]) -> str:
    """The code of what was typed, by code or by word; what is neither stays as it is."""
    plain = fold_tight(typed)
    for code, text in words.items():
        if plain in (fold_tight(code), fold_tight(text)):
            return code
    return typed


def _day(typed: str) -> str:
    try:
        read = whole_date(typed) if typed else ""
    except Wrong:
        return typed
    return str(read.value if isinstance(read, Noted) else read)


def look_through(list_: CardList, name: str, data: bytes) -> AnswerSheet:
    """Read a sheet and say what each line would do; nothing of it is written but the sheet."""
    names = {row: fold_tight(name) for row, name in names_on(list_.id).items()}
    lines = read_sheet(data, str(list_.number), names)
    with db.session.begin_nested() as attempt:
        report = _report(list_, lines)
        attempt.rollback()
    db.session.expire_all()
    sheet = AnswerSheet(
        list_id=list_.id,
        user_id=current_user.id,
        name=name[:200],
        digest=sha256(data).hexdigest(),
        answers=json.dumps([[line.number, line.raw] for line in lines], ensure_ascii=False),
        report=json.dumps(report, ensure_ascii=False),
    )
    db.session.add(sheet)
    db.session.flush()
    return sheet


def apply_sheet(list_: CardList, sheet: AnswerSheet) -> None:
    """Apply what a sheet answers; applied again it changes nothing."""
    lines = [Line(number, raw) for number, raw in json.loads(sheet.answers)]
    sheet.report = json.dumps(_report(list_, lines), ensure_ascii=False)
    sheet.applied_at = sheet.applied_at or now()


def _report(list_: CardList, lines: list[Line]) -> list[dict[str, Any]]:
    """What becomes of each line: its number, status and why."""
    own = [line for line in lines if not line.raw.keys() & {OTHER_LIST, OTHER_NAME}]
    by = Speaker(current_user.name, user_id=current_user.id)
    became = iter(take_answers(list_, [line.raw for line in own], by))
    report = []
    for line in lines:
        told = {"line": line.number, "row": line.raw["row"], "outcome": line.raw["outcome"]}
        if OTHER_LIST in line.raw:
            told |= {"status": REFUSED, "code": OTHER_LIST, "list": line.raw[OTHER_LIST]}
        elif OTHER_NAME in line.raw:
            told |= {"status": REFUSED, "code": OTHER_NAME}
        else:
            one = next(became)
            code = SAID_BEFORE if one.again and one.status == APPLIED else one.code
            told |= {"status": one.status, "code": code, "row": one.row or told["row"]}
        report.append(told)
    return report


def tally(report: list[dict[str, Any]]) -> dict[str, int]:
    """How many lines would write something, were said before, are held, cannot be read."""
    before = sum(one["code"] == SAID_BEFORE for one in report)
    applied = sum(one["status"] == APPLIED for one in report) - before
    held = sum(one["status"] == HELD for one in report)
    refused = sum(one["status"] == REFUSED for one in report)
    return {"applied": applied, "before": before, "held": held, "refused": refused}
