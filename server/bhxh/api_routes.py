"""The doors for an insurance unit's own software: pull, say what came, answer."""

from typing import Any

from schemas import api as operations
from server.bhxh import pulling, service
from server.bhxh.doors import api
from server.http import Call, door


@door(api, operations.BHXH_LISTS)
def bhxh_lists(call: Call) -> Any:
    return pulling.lists(call.unit, call.query["after"], call.query["limit"])


@door(api, operations.BHXH_ROWS)
def bhxh_rows(call: Call, number: str) -> Any:
    return pulling.rows(call.unit, number, call.query["after"], call.query["limit"])


@door(api, operations.BHXH_RECEIPT)
def bhxh_receipt(call: Call, number: str) -> Any:
    return service.receive(call.unit, number, call.body)


@door(api, operations.BHXH_ANSWERS)
def bhxh_answers(call: Call, number: str) -> Any:
    return service.answer(call.unit, number, call.body["answers"])
