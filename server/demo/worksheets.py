"""Worksheets of sample farm households whose income comes to what it should."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

Line = dict[str, Any]
ROUND = 100_000
"""People tell their harvest in hundreds of thousands."""
AVERAGE = (1_580_000, 2_180_000)
"""Đồng a person and month, well inside the average band of the countryside."""


def scaled(lines: Sequence[Line], people: int, per_month: int) -> list[Line]:
    """The same lines in their proportions, so that the income of twelve months comes to about so
    many đồng a person and month."""
    income = sum(line["revenue"] - line["cost"] for line in lines)
    factor = per_month * people * 12 / income
    return [
        line | {side: max(1, round(line[side] * factor / ROUND)) * ROUND for side in MONEY}
        for line in lines
    ]


MONEY = ("revenue", "cost")


def average(chance: Random) -> int:
    """An income of the average band."""
    return chance.randint(*AVERAGE)


def last_months(day: date) -> str:
    """The last whole month before a day, as a worksheet names its twelve months."""
    return f"{day - timedelta(days=day.day):%Y-%m}"
