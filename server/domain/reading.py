"""The fast reader of what a change sets. schemas/records.py stays the definition: every reader
here is made from its fields, and a property test holds the two together."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from schemas.fields import (
    FULL_LENGTH,
    Day,
    Flag,
    Id,
    Month,
    Number,
    OneOf,
    PartialDate,
    Pattern,
    Rows,
    Text,
    WireField,
)
from schemas.kinds import Entity
from schemas.records import RECORDS, record_fields
from server.domain.change import is_id
from server.domain.text import clean_row, clean_text

Reader = Callable[[Any], Any]


class Refused(Exception):
    """A value that the field does not take; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_set(entity: str, raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of `set` as the server stores them, and the code of what it refuses, by field.

    Text is cleaned before it is judged; what cleaning leaves empty is null. Null is always
    taken: whether the record can be without the field is asked of the record.
    """
    readers = READERS[entity]
    values: dict[str, Any] = {}
    refusals: dict[str, str] = {}
    for name, value in raw.items():
        try:
            values[name] = None if value is None else readers[name](value)
        except Refused as refused:
            refusals[name] = refused.code
        except KeyError:
            refusals[name] = "unknown_field"
    return values, refusals


def missing_fields(entity: str, data: dict[str, Any]) -> list[str]:
    """The needed fields that a record would be without."""
    return [name for name in NEEDED[entity] if data.get(name) is None]


def reader_of(field: WireField) -> Reader:
    """What reads a value, not null, of this field; raises `Refused`."""
    if isinstance(field, Pattern):
        return _pattern(field)
    if isinstance(field, Text):
        return _text(field.limit)
    if isinstance(field, OneOf):
        return _closed(field)
    if isinstance(field, PartialDate | Day | Month):
        return _cached(field)
    if isinstance(field, Rows):
        return _rows(field)
    if isinstance(field, Id):
        return _id(field)
    if isinstance(field, Flag | Number):
        return _plain(field)
    raise TypeError(f"no reader for {type(field).__name__}")


def _text(limit: int) -> Reader:
    def read(value: Any) -> str | None:
        if value.__class__ is not str:
            raise Refused("not_text")
        cleaned = clean_text(value)
        if cleaned is not None and len(cleaned) > limit:
            raise Refused("too_long")
        return cleaned

    return read


def _closed(field: OneOf) -> Reader:
    values = {value: value for value in field.values}

    def read(value: Any) -> str | None:
        if value.__class__ is not str:
            raise Refused("not_in_list")
        known = values.get(value)
        return known if known is not None else _read_cleaned(field, value)

    return read


def _pattern(field: Pattern) -> Reader:
    refusal = field.refusal

    def read(value: Any) -> str | None:
        return value if refusal(value) is None else _read_cleaned(field, value)

    return read


def _cached(field: WireField) -> Reader:
    """Days repeat: the same few thousand texts are judged again and again."""
    refusal = lru_cache(16384)(field.refusal)

    def read(value: Any) -> str | None:
        if value.__class__ is not str:
            raise Refused("not_a_date")
        if len(value) <= FULL_LENGTH and refusal(value) is None:
            return value
        return _read_cleaned(field, value)

    return read


def _id(field: Id) -> Reader:
    def read(value: Any) -> Any:
        return value if is_id(value) else _read_cleaned(field, value)

    return read


def _plain(field: WireField) -> Reader:
    refusal = field.refusal

    def read(value: Any) -> Any:
        return value if refusal(value) is None else _read_cleaned(field, value)

    return read


def _read_cleaned(field: WireField, value: Any) -> Any:
    """Second look at a value refused as it came: it may only want cleaning."""
    cleaned = clean_text(value) if isinstance(value, str) else value
    if cleaned is None:
        return None
    code = field.refusal(cleaned)
    if code is not None:
        raise Refused(code)
    return cleaned


def _rows(field: Rows) -> Reader:
    def read(value: Any) -> Any:
        rows = [clean_row(row) for row in value] if isinstance(value, list) else value
        return _read_cleaned(field, rows)

    return read


def _readers(entity: Entity) -> dict[str, Reader]:
    return {name: reader_of(field) for name, field in record_fields(entity).items()}


READERS: dict[str, dict[str, Reader]] = {entity.value: _readers(entity) for entity in RECORDS}
NEEDED: dict[str, tuple[str, ...]] = {
    entity.value: tuple(name for name, field in record_fields(entity).items() if field.needed)
    for entity in RECORDS
}
DESK_ONLY: dict[str, frozenset[str]] = {
    entity.value: frozenset(
        name for name, field in record_fields(entity).items() if field.desk_only
    )
    for entity in RECORDS
}
