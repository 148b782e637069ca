"""A row of a list as it is compared: its numbers mended, and what it is remembered by."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from server.domain.text import fold_tight

PERSONAL_ID, BHXH_NUMBER = 12, 10
LOST_ZEROS = 2
"""A spreadsheet takes the zeros off the front of a number: the province's, and one of the next."""
KEY_LENGTH = 40


def mended(data: Mapping[str, Any]) -> dict[str, Any]:
    """The row with the zeros that a spreadsheet took off put back, and no number that is none."""
    told = dict(data)
    told["personal_id"] = _number(data.get("personal_id"), PERSONAL_ID)
    told["bhxh_number"] = _number(data.get("bhxh_number"), BHXH_NUMBER)
    return told


def _number(text: str | None, digits: int) -> str | None:
    whole = "".join((text or "").split())
    if not whole.isascii() or not whole.isdecimal() or len(whole) < digits - LOST_ZEROS:
        return None
    return whole.zfill(digits) if len(whole) <= digits else None


def row_key(data: Mapping[str, Any]) -> str:
    """What a decision about the row is remembered by, in this list and in every later one: the
    insurance number and the name; without a number, who the person is and where the list puts
    them. Never the row's place, which is another one next month."""
    name = fold_tight(data.get("full_name") or "")
    for kind in ("bhxh_number", "personal_id"):
        if data.get(kind):
            return _digest(kind, data[kind], name)
    place = data.get("household_code") or fold_tight(data.get("village_text") or "")
    return _digest("name", name, data.get("birth_date"), data.get("sex"), place)


def _digest(*parts: str | None) -> str:
    return sha256("|".join(part or "" for part in parts).encode()).hexdigest()[:KEY_LENGTH]
