"""Every route of the API, declared once: the door-frame serves it, OpenAPI and TypeScript are
written from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import EXCLUDE, Schema, fields

from schemas import bhxh, examples
from schemas.coverage import (
    CoverageAnswer,
    CoverageQuery,
    CoverageSeriesAnswer,
    CoverageSeriesQuery,
)
from schemas.review import DecisionAnswer, MergeBody, MoveBody, RevokeBody
from schemas.sealed import SealedAnswer
from schemas.sync import DeviceAnswer, DeviceRequest, SyncAnswer, SyncRequest


class Health(Schema):
    ok = fields.Boolean(required=True)
    database = fields.String(required=True)


class ProblemBody(Schema):
    """Every expected failure: `code` is stable, `message` is for people, `details` names fields."""

    class Meta:
        unknown = EXCLUDE

    code = fields.String(required=True)
    message = fields.String(required=True)
    message_en = fields.String(required=True)
    details = fields.Dict(keys=fields.String())


@dataclass(frozen=True)
class Operation:
    """One route: what goes in, what comes out, and the problem codes a caller must expect."""

    name: str
    method: str
    path: str
    summary: str
    answer: type[Schema] | None = None
    body: type[Schema] | None = None
    query: type[Schema] | None = None
    status: int = 200
    signed_in: bool = True
    binary: str = ""
    """What kind of file the body is, where it is one and no JSON."""
    problems: tuple[str, ...] = ()
    scope: str = ""
    """What the key of an insurance unit must allow. Such an operation takes these keys and no
    phone's token; any other takes a phone's token and no key."""
    says: str = ""
    """More than the summary tells: what to do with the answer, and when."""
    examples: Mapping[str, Any] = field(default_factory=dict)
    """`body`, `answer`, and by their names what stands in the path and in the question."""


HEALTH = Operation(
    "health", "GET", "/healthz", "Is the server up and its database reachable?", Health,
    signed_in=False, problems=("database_unavailable",),
)  # fmt: skip
SIGN_IN_DEVICE = Operation(
    "signInDevice", "POST", "/api/v1/devices", "Sign a phone in and register it", DeviceAnswer,
    body=DeviceRequest, status=201, signed_in=False,
    problems=("not_json", "malformed", "wrong_credentials", "too_many_attempts"),
)  # fmt: skip
SIGN_OUT_DEVICE = Operation(
    "signOutDevice", "DELETE", "/api/v1/devices/<device>", "Sign a phone out", status=204,
    problems=("not_signed_in", "not_found"),
)  # fmt: skip
SYNC = Operation(
    "sync", "POST", "/api/v1/sync", "One round trip: push changes, pull feeds", SyncAnswer,
    body=SyncRequest,
    problems=(
        "not_signed_in", "not_json", "malformed", "too_large", "too_many_changes",
        "protocol_unknown", "database_unknown", "sync_in_flight",
    ),
)  # fmt: skip
TAKE_SEALED = Operation(
    "takeSealed", "POST", "/api/v1/sealed",
    "Take in a file of changes that another phone sealed to this server", SealedAnswer,
    binary="application/octet-stream",
    problems=(
        "not_signed_in", "not_allowed", "too_large", "too_many_changes", "sealed_unreadable",
        "sealed_too_new", "sealed_damaged", "sealed_other_database", "sealed_key_unknown",
    ),
)  # fmt: skip
COVERAGE = Operation(
    "coverage", "GET", "/api/v1/coverage", "Coverage of an area and the areas below it on a day",
    CoverageAnswer, query=CoverageQuery,
    problems=("not_signed_in", "malformed", "not_found", "not_allowed"),
)  # fmt: skip
COVERAGE_SERIES = Operation(
    "coverageSeries", "GET", "/api/v1/coverage/series",
    "Coverage of an area over a period, with pace, milestones and outlook",
    CoverageSeriesAnswer, query=CoverageSeriesQuery,
    problems=("not_signed_in", "malformed", "not_found", "not_allowed"),
)  # fmt: skip

_DECISION_PROBLEMS = ("not_signed_in", "not_json", "malformed", "not_found", "not_allowed")
MOVE_HOUSEHOLD = Operation(
    "moveHousehold", "POST", "/api/v1/households/<household>/move",
    "Move a household with all that hangs on it to another village", DecisionAnswer,
    body=MoveBody, problems=_DECISION_PROBLEMS,
)  # fmt: skip
MERGE_HOUSEHOLD = Operation(
    "mergeHousehold", "POST", "/api/v1/households/<household>/merge",
    "Say that two households are one, or take that back", DecisionAnswer,
    body=MergeBody, problems=_DECISION_PROBLEMS,
)  # fmt: skip
MERGE_MEMBER = Operation(
    "mergeMember", "POST", "/api/v1/members/<member>/merge",
    "Say that two people are one, or take that back", DecisionAnswer,
    body=MergeBody, problems=_DECISION_PROBLEMS,
)  # fmt: skip
REVOKE_DEVICE = Operation(
    "revokeDevice", "POST", "/api/v1/devices/<device>/revoke",
    "Take a phone's right away: what it still sends is held", status=204,
    body=RevokeBody, problems=_DECISION_PROBLEMS,
)  # fmt: skip

_KEY_PROBLEMS = ("not_signed_in", "not_allowed", "malformed")
BHXH_LISTS = Operation(
    "bhxhLists", "GET", "/api/v1/bhxh/lists", "New sealed lists of the unit", bhxh.ListsAnswer,
    query=bhxh.ListsQuery, scope="read", problems=_KEY_PROBLEMS,
    says="Keep `next` and send it as `after` the next time: only what was sealed since comes. "
    "Lists stand in the order of their commits, so none can appear before `next` later on.",
    examples={"after": 0, "limit": 50, "answer": examples.LISTS},
)  # fmt: skip
BHXH_ROWS = Operation(
    "bhxhRows", "GET", "/api/v1/bhxh/lists/<number>/rows", "The rows of one list, page by page",
    bhxh.RowsAnswer, query=bhxh.RowsQuery, scope="read", problems=(*_KEY_PROBLEMS, "not_found"),
    says="Each page carries its own count and digest, and the digest and control totals of the "
    "whole list. A page may be asked for again at any time and is always the same.",
    examples={"number": examples.NUMBER, "after": 0, "limit": 500, "answer": examples.ROWS},
)  # fmt: skip
BHXH_RECEIPT = Operation(
    "bhxhReceipt", "POST", "/api/v1/bhxh/lists/<number>/receipt", "Say what was received",
    bhxh.ReceiptAnswer, body=bhxh.ReceiptBody, scope="receipt",
    problems=(*_KEY_PROBLEMS, "not_json", "not_found", "receipt_differs"),
    says="Count and digest are those of the rows received. What differs from the sealed list is "
    "refused with both sides of the difference. The same receipt again changes nothing.",
    examples={
        "number": examples.NUMBER, "body": examples.RECEIPT, "answer": examples.RECEIPT_ANSWER,
    },
)  # fmt: skip
BHXH_ANSWERS = Operation(
    "bhxhAnswers", "POST", "/api/v1/bhxh/lists/<number>/answers", "Answer rows of a list",
    bhxh.AnswersAnswer, body=bhxh.AnswersBody, scope="answers",
    problems=(*_KEY_PROBLEMS, "not_json", "not_found"),
    says="Every answer has a result of its own. The same answer again has the same result and "
    "changes nothing. An answer for a row that is not on the list, or that contradicts an "
    "earlier one, is held for a person to look at; nothing is overwritten.",
    examples={
        "number": examples.NUMBER, "body": examples.ANSWERS, "answer": examples.ANSWERS_ANSWER,
    },
)  # fmt: skip

OPERATIONS: tuple[Operation, ...] = (
    HEALTH,
    SIGN_IN_DEVICE,
    SIGN_OUT_DEVICE,
    REVOKE_DEVICE,
    SYNC,
    TAKE_SEALED,
    COVERAGE,
    COVERAGE_SERIES,
    MOVE_HOUSEHOLD,
    MERGE_HOUSEHOLD,
    MERGE_MEMBER,
    BHXH_LISTS,
    BHXH_ROWS,
    BHXH_RECEIPT,
    BHXH_ANSWERS,
)
