"""How many working days something has lain, by the public holidays of the tables."""

from bisect import bisect_right

from server.domain.legal.tables import NotKnown, Tables
from server.domain.legal.working_days import working_day_deadline

LONG = 10
"""Working days after which a list at the insurance is asked after."""


class WorkingDays:
    """Counts working days up to `today`, back to `oldest`. `lacks`: the days whose calendar nobody
    knows, where there are such."""

    def __init__(self, tables: Tables, oldest: str, today: str) -> None:
        self.lacks: NotKnown | None = None
        self._days = list[str]()
        day = oldest
        while day < today:
            found = working_day_deadline(tables, day, 1)
            if isinstance(found, NotKnown):
                self.lacks = found
                break
            day = found.on
            if day <= today:
                self._days.append(day)

    def since(self, day: str) -> int | None:
        """Working days from the day after `day` to today; None where no calendar is known."""
        if self.lacks:
            return None
        return len(self._days) - bisect_right(self._days, day)
