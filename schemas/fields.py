"""Field types of the wire. A refused value names a stable code, never a sentence:
the words a person reads are chosen from the code."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
PARTIAL_DATE = re.compile(
    r"(?:1[89]|20|21)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z"
)
FULL_LENGTH, MONTH_LENGTH, YEAR_LENGTH = 10, 7, 4
MONEY_LIMIT = 1_000_000_000_000


class WireField(fields.Field[Any]):
    """One field of a record. `needed`: a record without it is held. `desk_only`: only the desk,
    importers and BHXH may set it."""

    def __init__(self, *, needed: bool = False, desk_only: bool = False) -> None:
        super().__init__(allow_none=True, required=False)
        self.needed = needed
        self.desk_only = desk_only

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        code = self.refusal(value)
        if code is not None:
            raise ValidationError(code)
        return value

    def refusal(self, value: Any) -> str | None:
        """The code of what is wrong with a value that is not null, or None."""
        raise TypeError(f"{type(self).__name__} must say what it refuses")

    def json_schema(self) -> dict[str, Any]:
        """The field as JSON Schema, for OpenAPI and the TypeScript types."""
        raise TypeError(f"{type(self).__name__} must say its JSON Schema")


class Text(WireField):
    """Text in Unicode NFC, trimmed. An empty text is sent as null."""

    def __init__(self, limit: int = 200, *, needed: bool = False, desk_only: bool = False) -> None:
        super().__init__(needed=needed, desk_only=desk_only)
        self.limit = limit

    def refusal(self, value: Any) -> str | None:
        if not isinstance(value, str):
            return "not_text"
        return "too_long" if len(value) > self.limit else None

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.limit}


class Note(Text):
    def __init__(self, *, needed: bool = False, desk_only: bool = False) -> None:
        super().__init__(2000, needed=needed, desk_only=desk_only)


class Pattern(WireField):
    """Text of a fixed shape, such as the 12 digits of a personal id."""

    def __init__(self, pattern: str, *, needed: bool = False, desk_only: bool = False) -> None:
        super().__init__(needed=needed, desk_only=desk_only)
        self.pattern = pattern
        self._match = re.compile(pattern, re.ASCII).fullmatch

    def refusal(self, value: Any) -> str | None:
        if not isinstance(value, str):
            return "not_text"
        return None if self._match(value) else "wrong_format"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


class Id(WireField):
    """The UUID of a record, in lower case with hyphens."""

    def refusal(self, value: Any) -> str | None:
        return None if isinstance(value, str) and UUID.match(value) else "not_an_id"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"}


def is_partial_date(value: str) -> bool:
    """True for `1980`, `1980-05` and `1980-05-17`, when that month or day exists."""
    if not PARTIAL_DATE.match(value):
        return False
    if len(value) < FULL_LENGTH:
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


class PartialDate(WireField):
    """A date that may stop at the year or the month: its length is its precision."""

    def refusal(self, value: Any) -> str | None:
        return None if isinstance(value, str) and is_partial_date(value) else "not_a_date"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


class Day(WireField):
    """A whole date."""

    def refusal(self, value: Any) -> str | None:
        whole = isinstance(value, str) and len(value) == FULL_LENGTH and is_partial_date(value)
        return None if whole else "not_a_date"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class Month(WireField):
    def refusal(self, value: Any) -> str | None:
        whole = isinstance(value, str) and len(value) == MONTH_LENGTH and is_partial_date(value)
        return None if whole else "not_a_date"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}$"}


class Number(WireField):
    """A number within limits, both included."""

    whole = False

    def __init__(
        self, low: float, high: float, *, needed: bool = False, desk_only: bool = False
    ) -> None:
        super().__init__(needed=needed, desk_only=desk_only)
        self.low, self.high = low, high

    def refusal(self, value: Any) -> str | None:
        kinds = (int,) if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            return "not_a_number"
        return None if self.low <= value <= self.high else "out_of_range"

    def json_schema(self) -> dict[str, Any]:
        kind = "integer" if self.whole else "number"
        return {"type": kind, "minimum": self.low, "maximum": self.high}


class Count(Number):
    whole = True


class Flag(WireField):
    def refusal(self, value: Any) -> str | None:
        return None if isinstance(value, bool) else "not_true_or_false"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class OneOf(WireField):
    """One value of a closed list."""

    def __init__(
        self, kind: type[StrEnum], *, needed: bool = False, desk_only: bool = False
    ) -> None:
        super().__init__(needed=needed, desk_only=desk_only)
        self.kind = kind
        self.values = frozenset(member.value for member in kind)

    def refusal(self, value: Any) -> str | None:
        return None if isinstance(value, str) and value in self.values else "not_in_list"

    def json_schema(self) -> dict[str, Any]:
        return {"$ref": f"#/components/schemas/{self.kind.__name__}"}


class Rows(WireField):
    """A list of small records, compared and kept as a whole."""

    def __init__(self, schema: type[Schema], limit: int, *, desk_only: bool = False) -> None:
        super().__init__(desk_only=desk_only)
        self.schema, self.limit = schema, limit
        self._fields: dict[str, WireField] = {
            name: field for name, field in schema().fields.items() if isinstance(field, WireField)
        }

    def refusal(self, value: Any) -> str | None:
        if not isinstance(value, list):
            return "not_a_list"
        if len(value) > self.limit:
            return "too_long"
        return next((code for row in value if (code := self._row_refusal(row))), None)

    def _row_refusal(self, row: Any) -> str | None:
        if not isinstance(row, dict):
            return "not_a_list"
        for name, field in self._fields.items():
            value = row.get(name)
            if value is None:
                if field.needed:
                    return "needed"
            elif code := field.refusal(value):
                return code
        return "unknown_field" if row.keys() - self._fields.keys() else None

    def json_schema(self) -> dict[str, Any]:
        name = self.schema.__name__
        return {
            "type": "array",
            "maxItems": self.limit,
            "items": {"$ref": f"#/components/schemas/{name}"},
        }
