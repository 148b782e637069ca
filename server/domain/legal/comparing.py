"""What a row of law that comes or goes changes: on which days another value speaks."""

from dataclasses import dataclass

from server.domain.legal.tables import LegalRow, Tables
from server.domain.partial import add_days


@dataclass(frozen=True, slots=True)
class Step:
    """From a day to a day (empty: unbounded) `becomes` speaks where `was` spoke before."""

    valid_from: str
    valid_to: str
    was: LegalRow | None
    becomes: LegalRow | None


def what_changes(
    before: Tables, after: Tables, table: str, item: str, where: str = ""
) -> list[Step]:
    """The days on which the two sets of tables let another row speak, in order of time."""
    rows = [
        row
        for row in dict.fromkeys((*before.rows, *after.rows))
        if (row.table, row.item, row.where) == (table, item, where)
    ]
    starts = {"", *(row.valid_from for row in rows)}
    starts |= {add_days(row.valid_to, 1) for row in rows if row.valid_to}
    found: list[Step] = []
    for start, following in _pairs(sorted(starts)):
        was = before.in_force(start, table, item, where)
        becomes = after.in_force(start, table, item, where)
        end = add_days(following, -1) if following else ""
        if was == becomes:
            continue
        if found and (found[-1].was, found[-1].becomes) == (was, becomes) and _touch(found, start):
            start = found.pop().valid_from
        found.append(Step(start, end, was, becomes))
    return found


def _pairs(starts: list[str]) -> list[tuple[str, str]]:
    return list(zip(starts, [*starts[1:], ""], strict=True))


def _touch(found: list[Step], start: str) -> bool:
    return bool(found[-1].valid_to) and add_days(found[-1].valid_to, 1) == start


def speaks_before(tables: Tables, steps: list[Step]) -> tuple[str, LegalRow | None] | None:
    """The last day before the first step and what speaks on it; None without such a day."""
    if not steps or not steps[0].valid_from:
        return None
    return _spoken(tables, steps[0], add_days(steps[0].valid_from, -1))


def speaks_after(tables: Tables, steps: list[Step]) -> tuple[str, LegalRow | None] | None:
    """The first day after the last step and what speaks on it; None without such a day."""
    if not steps or not steps[-1].valid_to:
        return None
    return _spoken(tables, steps[-1], add_days(steps[-1].valid_to, 1))


def _spoken(tables: Tables, step: Step, day: str) -> tuple[str, LegalRow | None]:
    key = step.becomes or step.was
    row = tables.in_force(day, key.table, key.item, key.where) if key else None
    return day, row
