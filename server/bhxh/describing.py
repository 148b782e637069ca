"""The published API document, as the page for people shows it: the doors of the insurance's
software with their parameters, bodies, answers and examples."""

import json
from functools import cache
from typing import Any

from server.errors import CATALOGUE
from server.http import OPENAPI

TAG = "bhxh"


@cache
def described() -> dict[str, Any]:
    """What the template needs; the document does not change while the server runs."""
    document = json.loads(OPENAPI.read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    doors = [
        _door(path, method, told, schemas)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if TAG in told.get("tags", ())
    ]
    order = {"read": 0, "receipt": 1, "answers": 2}
    doors.sort(key=lambda door: (order[door["scope"]], len(door["path"])))
    return {
        "doors": doors,
        "reasons": schemas["ReturnReason"]["enum"],
        "scheme": document["components"]["securitySchemes"]["bhxhKey"],
    }


def _door(path: str, method: str, told: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    body = told.get("requestBody", {}).get("content", {}).get("application/json")
    answer = told["responses"]["200"]["content"]["application/json"]
    return {
        "id": told["operationId"],
        "path": path,
        "method": method.upper(),
        "scope": told["x-scope"],
        "parameters": told["parameters"],
        "body": _fields(body["schema"], schemas) if body else [],
        "answer": _fields(answer["schema"], schemas),
        "body_example": _pretty(body.get("example")) if body else "",
        "answer_example": _pretty(answer.get("example")),
        "problems": [
            (CATALOGUE[code].status, code, CATALOGUE[code])
            for code in told["responses"]["default"]["description"].partition(": ")[2].split(", ")
        ],
    }


def _fields(schema: dict[str, Any], schemas: dict[str, Any], above: str = "") -> list[Any]:
    """Every field with its path, kind and meaning, what lies inside it below it."""
    schema = _resolved(schema, schemas)
    lines: list[Any] = []
    for name, told in schema.get("properties", {}).items():
        many = told.get("type") == "array"
        inner = told.get("items", {}) if many else told
        path = f"{above}{name}{'[]' if many else ''}"
        needed = name in schema.get("required", ())
        lines.append((path, _kind(inner, schemas), needed, told.get("description", "")))
        if _resolved(inner, schemas).get("properties"):
            lines += _fields(inner, schemas, f"{path}.")
    return lines


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    for one in (schema, *schema.get("allOf", ()), *schema.get("anyOf", ())):
        if "$ref" in one:
            return schemas[one["$ref"].rpartition("/")[2]]
    return schema


def _kind(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    told = _resolved(schema, schemas)
    if "enum" in told:
        return " · ".join(str(value) for value in told["enum"] if value is not None)
    kind = told.get("type", "object")
    return " / ".join(kind) if isinstance(kind, list) else str(kind)


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) if value is not None else ""
