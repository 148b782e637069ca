"""A change as it comes over the wire, read without trusting any of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson

from schemas.fields import UUID
from schemas.kinds import Entity
from schemas.records import RECORDS
from server.domain.text import clean_row, clean_text

UUID_LENGTH = 36
WRITABLE: dict[str, Entity] = {entity.value: entity for entity in RECORDS}


@dataclass(slots=True)
class Change:
    """One edit of one record. `body` is what came in, for the log and for judging it again."""

    id: str
    entity: Entity
    record: str
    village: str | None
    at: str | None
    was: Mapping[str, Any]
    set: Mapping[str, Any]
    answers: str | None
    rescue: bool
    content: str
    body: bytes


class Malformed(Exception):
    """What came in cannot be read as a change at all. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_change(raw: Any) -> Change:
    """The change, or `Malformed`. Its fields are judged later: a wrong one costs only itself."""
    if raw.__class__ is not dict:
        raise Malformed("not_a_change")
    get = raw.get
    id_: Any = get("id")
    record: Any = get("record")
    set_, was = get("set"), get("was")
    if not (is_id(id_) and is_id(record) and set_.__class__ is dict):
        raise Malformed("not_a_change")
    if was is not None and was.__class__ is not dict:
        raise Malformed("not_a_change")
    entity = get("entity")
    known = WRITABLE.get(entity) if entity.__class__ is str else None
    if known is None:
        raise Malformed("unknown_entity")
    body = orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)
    return Change(
        id_,
        known,
        record,
        _id(get("village")),
        _moment(get("at")),
        was or {},
        set_,
        _id(get("answers")),
        get("rescue") is True,
        sha256(body).hexdigest(),
        body,
    )


def read_again(body: str | bytes) -> Change:
    """A change from the log, which kept what came in."""
    return read_change(orjson.loads(body))


def is_id(value: Any) -> bool:
    """True for the text of a UUID, as ids are written everywhere."""
    return value.__class__ is str and len(value) == UUID_LENGTH and _is_uuid(value)


@lru_cache(8192)
def _is_uuid(value: str) -> bool:
    """Asked again and again of the same few: villages, parents, what has just come in."""
    return UUID.match(value) is not None


def _id(value: Any) -> str | None:
    return value if is_id(value) else None


def _moment(value: Any) -> str | None:
    """The phone's clock, kept as it stands when it can be read; it decides nothing."""
    if value.__class__ is not str or len(value) > 40:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return None
    return value


def as_stored(value: Any) -> Any:
    """A value in the form the server keeps, so that what a person saw compares with what stands."""
    if value.__class__ is str:
        return clean_text(value)
    return [clean_row(row) for row in value] if value.__class__ is list else value
