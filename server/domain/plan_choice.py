"""Which of several plans counts, and what a plan's source text says of it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from schemas.kinds import PlanState
from server.domain.partial import holds_on

_NUMBER = re.compile(r"\bsố\s+(\S*\d\S*)", re.IGNORECASE)
_SIGNED = re.compile(r"\bngày\s+(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A plan as far as the choice depends on it. `family`: what all its versions share."""

    id: str
    family: str
    state: str
    signed_on: str | None
    version: int
    valid_from: str | None
    valid_to: str | None

    def counts_on(self, day: str) -> bool:
        """A draft never counts; a version counts for its own days."""
        return self.state != PlanState.DRAFT and holds_on(day, self.valid_from, self.valid_to)


def the_one(day: str, plans: Collection[Document], chosen: str | None) -> Document | None:
    """The plan that counts on the day: of the family somebody chose, else the one signed last;
    None when no plan counts. A choice that holds no plan of the day falls back, too."""
    counting = [plan for plan in plans if plan.counts_on(day)]
    wanted = [plan for plan in counting if plan.family == chosen] or counting
    return max(wanted, key=_newest, default=None)


def _newest(plan: Document) -> tuple[str, int, str]:
    return plan.signed_on or "", plan.version, plan.id


def number_and_day(source: str) -> tuple[str | None, str | None]:
    """Number and day of a document as its name tells them: `Kế hoạch số 15/KH-UBND ngày
    10/02/2025` is 15/KH-UBND of 2025-02-10."""
    number, signed = _NUMBER.search(source), _SIGNED.search(source)
    day = f"{signed[3]}-{int(signed[2]):02}-{int(signed[1]):02}" if signed else None
    return (number[1].rstrip(",;.")[:60] if number else None), day
