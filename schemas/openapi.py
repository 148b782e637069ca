"""The API as an OpenAPI 3.1 document."""

import inspect
import re
from enum import StrEnum
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from schemas import kinds
from schemas.api import OPERATIONS, Operation, ProblemBody
from schemas.fields import WireField
from schemas.records import RECORDS, FarmAssessmentLine, FarmRequestLine
from schemas.waiting import Waiting

TITLE, VERSION = "Bao Phủ", "1"
_KEY_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key of an insurance unit: `Authorization: Bearer bp_…`",
}
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def document() -> dict[str, Any]:
    """The whole document, as plain data in a fixed order."""
    spec = APISpec(TITLE, VERSION, "3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.security_scheme("device", {"type": "http", "scheme": "bearer"})
    spec.components.security_scheme("bhxhKey", _KEY_SCHEME)
    for kind in all_kinds():
        spec.components.schema(kind.__name__, _kind_schema(kind))
    record_schemas: list[type[Schema]] = [*RECORDS.values(), FarmAssessmentLine, FarmRequestLine]
    for schema in record_schemas:
        spec.components.schema(schema.__name__, record_schema(schema))
    spec.components.schema("Waiting", schema=Waiting)
    spec.components.schema("Problem", schema=ProblemBody)
    for operation in OPERATIONS:
        path = _PARAMETER.sub(r"{\1}", operation.path)
        spec.path(path=path, operations={operation.method.lower(): _operation(operation)})
    return _with_kinds(spec.to_dict())


def all_kinds() -> list[type[StrEnum]]:
    """Every closed list of schemas/kinds.py, in its order."""
    return [
        kind
        for kind in vars(kinds).values()
        if inspect.isclass(kind) and issubclass(kind, StrEnum) and kind is not StrEnum
    ]


def record_schema(schema: type[Schema]) -> dict[str, Any]:
    """A kind of record as JSON Schema: every field may be null unless it is needed."""
    fields = {
        name: field
        for name, field in schema._declared_fields.items()
        if isinstance(field, WireField)
    }
    return {
        "type": "object",
        "properties": {name: _property(field) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.needed],
    }


def _kind_schema(kind: type[StrEnum]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "enum": [member.value for member in kind]}
    if kind.__doc__ and not kind.__doc__.startswith("Enum where members"):
        schema["description"] = inspect.cleandoc(kind.__doc__)
    return schema


def _property(field: WireField) -> dict[str, Any]:
    schema = field.json_schema()
    if field.needed:
        return schema
    if "type" in schema:
        schema = {**schema, "type": [schema["type"], "null"]}
    else:
        schema = {"anyOf": [schema, {"type": "null"}]}
    if field.desk_only:
        schema["description"] = "Only desk, importers and BHXH set it; from anyone else it waits."
    return schema


def _operation(operation: Operation) -> dict[str, Any]:
    names = _PARAMETER.findall(operation.path)
    declared: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "security": _security(operation),
        "parameters": [
            {"in": "path", "name": name, "required": True, "schema": {"type": "string"}}
            | _example(operation, name)
            for name in names
        ],
        "responses": _responses(operation),
    }
    if operation.scope:
        declared["tags"] = ["bhxh"]
        declared["x-scope"] = operation.scope
    if operation.says:
        declared["description"] = operation.says
    if operation.query is not None:
        declared["parameters"].append({"in": "query", "schema": operation.query})
    if operation.body is not None:
        content = _json(operation.body, _example(operation, "body"))
        declared["requestBody"] = {"required": True, "content": content}
    if operation.binary:
        content = {operation.binary: {"schema": {"type": "string", "format": "binary"}}}
        declared["requestBody"] = {"required": True, "content": content}
    return declared


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    if not operation.signed_in:
        return []
    return [{"bhxhKey": []}] if operation.scope else [{"device": []}]


def _example(operation: Operation, part: str) -> dict[str, Any]:
    return {"example": operation.examples[part]} if part in operation.examples else {}


def _responses(operation: Operation) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": operation.summary}
    if operation.answer is not None:
        answer["content"] = _json(operation.answer, _example(operation, "answer"))
    responses = {str(operation.status): answer}
    if operation.problems:
        responses["default"] = {
            "description": "A problem: " + ", ".join(operation.problems),
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return responses


def _json(schema: type[Schema], more: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema, **more}}


def _with_kinds(node: Any) -> Any:
    """Name the closed list where marshmallow only repeats its values."""
    if isinstance(node, list):
        return [_with_kinds(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "x-kind" in node:
        return {"$ref": f"#/components/schemas/{node['x-kind']}"}
    return {key: _with_kinds(value) for key, value in node.items()}
