"""The closed lists, the fields and the words of schemas/ as TypeScript for the phone."""

import csv
import json
import re
from enum import StrEnum
from pathlib import Path
from typing import Any

from marshmallow import Schema

from schemas import fields, kinds, records, sync
from schemas.openapi import all_kinds

HEAD = "// Made from schemas/ by `make schemas`. Do not edit.\n\n"
CODES = Path(__file__).parent / "codes"


def modules() -> dict[str, str]:
    """Every module of pwa/src/wire that is made here, by file name."""
    return {
        "kinds.ts": HEAD + kinds_module(),
        "fields.ts": HEAD + fields_module(),
        "limits.ts": HEAD + limits_module(),
        "codes.ts": HEAD + codes_module(),
        "messages.vi.ts": HEAD + messages_module("vi"),
        "messages.en.ts": HEAD + messages_module("en"),
    }


def kinds_module() -> str:
    """A constant array and a union type for each closed list."""
    parts = [_kind(kind) for kind in all_kinds()]
    uninsured = _data([status.value for status in kinds.UNINSURED])
    parts.append(f"export const UNINSURED: readonly Status[] = {uninsured};\n")
    return "\n".join(parts)


def fields_module() -> str:
    """What each field takes, for the checks and the forms of the phone."""
    types = {entity.value: _fields(schema) for entity, schema in records.RECORDS.items()}
    parents = {entity.value: field for entity, field in records.PARENT_FIELD.items()}
    together = [sorted(group) for group in records.TOGETHER]
    evidence = sorted(kind.value for kind in records.DESK_ONLY_EVIDENCE)
    states = sorted(kind.value for kind in records.FIELD_FARM_STATES)
    return (
        FIELD_SPEC
        + f"export const FIELDS = {_data(types)} as const satisfies "
        + "Record<string, Record<string, FieldSpec>>;\n\n"
        + "export type RecordEntity = keyof typeof FIELDS;\n\n"
        + "/** Fields that mean something only together: they apply or wait as one. */\n"
        + f"export const TOGETHER: readonly (readonly string[])[] = {_data(together)};\n\n"
        + f"export const PARENT_FIELD: Record<RecordEntity, string> = {_data(parents)};\n\n"
        + f"export const DESK_ONLY_EVIDENCE: readonly string[] = {_data(evidence)};\n\n"
        + "/** Where a farm request stands while it is still the field's. */\n"
        + f"export const FIELD_FARM_STATES: readonly string[] = {_data(states)};\n"
    )


def limits_module() -> str:
    """The numbers of the sync contract."""
    names = ("PROTOCOL", "REFERENCE_FEED", "CHANGES_LIMIT", "RECORDS_LIMIT", "DECODED_LIMIT")
    return "".join(f"export const {name} = {_data(getattr(sync, name))};\n" for name in names)


def codes_module() -> str:
    """Ethnic groups with every spelling that finds them, and the provinces of personal ids."""
    groups = [
        {
            "code": row["code_121_1979"],
            "name": row["name_vi"],
            "minority": row["is_minority"] == "yes",
            "names": [row["name_variant"], *filter(None, re.split(", *", row["aliases"]))],
        }
        for row in _rows("ethnic_groups.csv")
    ]
    prefixes = [row["personal_id_prefix"] for row in _rows("province_codes_old63.csv")]
    return (
        "export interface EthnicGroup {\n  readonly code: string;\n  readonly name: string;\n"
        + "  readonly minority: boolean;\n"
        + "  /** Other spellings and aliases: they find the group and are never shown. */\n"
        + "  readonly names: readonly string[];\n}\n\n"
        + f"export const ETHNIC_GROUPS: readonly EthnicGroup[] = {_data(groups)};\n\n"
        + f"export const PERSONAL_ID_PREFIXES: readonly string[] = {_data(prefixes)};\n"
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (CODES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def messages_module(lang: str) -> str:
    """The sentence for each code in one language."""
    words = json.loads((CODES / "messages.json").read_text(encoding="utf-8"))
    chosen = {code: sentence[lang] for code, sentence in words.items()}
    return f"export const MESSAGES: Readonly<Record<string, string>> = {_data(chosen)};\n"


FIELD_SPEC = """export interface FieldSpec {
  readonly type:
    | 'text'
    | 'pattern'
    | 'id'
    | 'partial'
    | 'day'
    | 'month'
    | 'number'
    | 'count'
    | 'flag'
    | 'one_of'
    | 'rows';
  readonly needed?: true;
  /** Only desk, importers and BHXH set it; from anyone else it waits. */
  readonly deskOnly?: true;
  /** Characters of a text, rows of a list. */
  readonly limit?: number;
  readonly pattern?: string;
  readonly list?: readonly string[];
  readonly low?: number;
  readonly high?: number;
  readonly row?: Readonly<Record<string, FieldSpec>>;
}

"""

# The first class that fits: Pattern and the rest stand before what they are made from.
TYPES: tuple[tuple[type[fields.WireField], str], ...] = (
    (fields.Pattern, "pattern"),
    (fields.Text, "text"),
    (fields.Id, "id"),
    (fields.PartialDate, "partial"),
    (fields.Day, "day"),
    (fields.Month, "month"),
    (fields.Count, "count"),
    (fields.Number, "number"),
    (fields.Flag, "flag"),
    (fields.OneOf, "one_of"),
    (fields.Rows, "rows"),
)


def _fields(schema: type[Schema]) -> dict[str, Any]:
    return {
        name: _spec(field)
        for name, field in schema._declared_fields.items()
        if isinstance(field, fields.WireField)
    }


def _spec(field: fields.WireField) -> dict[str, Any]:
    spec: dict[str, Any] = {"type": next(name for kind, name in TYPES if isinstance(field, kind))}
    if field.needed:
        spec["needed"] = True
    if field.desk_only:
        spec["deskOnly"] = True
    if isinstance(field, fields.Text | fields.Rows):
        spec["limit"] = field.limit
    if isinstance(field, fields.Pattern):
        spec["pattern"] = f"^(?:{field.pattern})$"
    if isinstance(field, fields.OneOf):
        spec["list"] = [member.value for member in field.kind]
    if isinstance(field, fields.Number):
        spec.update(low=field.low, high=field.high)
    if isinstance(field, fields.Rows):
        spec["row"] = _fields(field.schema)
    return spec


def _kind(kind: type[StrEnum]) -> str:
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).upper()
    values = _data([member.value for member in kind])
    return (
        f"export const {name} = {values} as const;\n"
        f"export type {kind.__name__} = (typeof {name})[number];\n"
    )


def _data(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
