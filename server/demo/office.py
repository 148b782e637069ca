"""The people who work in the sample commune, and the one way in which their work is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from schemas.kinds import ChangeStatus
from server.demo.people import Maker
from server.domain.legal.tables import Tables
from server.store.changes.write import Author, author_at_desk, write_changes
from server.store.db import today
from server.store.legal import legal_tables
from server.store.people import User
from server.store.scope import villages_of

SATURDAY = 5


class SeedFailed(RuntimeError):
    """A sample record did not apply: the demo would not be what it says it is."""


@dataclass(frozen=True, slots=True)
class Office:
    """`villages`: ids in the order of the plan. `users`: by user name. `maker`: ids and dice.
    `tables`: the law."""

    day: date
    commune: str
    villages: tuple[str, ...]
    users: Mapping[str, User]
    maker: Maker
    tables: Tables

    @classmethod
    def opened(
        cls, day: date, commune: str, villages: Iterable[str], users: Iterable[User], seed: int
    ) -> "Office":
        maker = Maker(Random(f"{seed}:office:{day.isoformat()}"), day, 0)
        named = {user.username: user for user in users}
        return cls(day, commune, tuple(villages), named, maker, legal_tables())

    @property
    def today(self) -> str:
        return self.day.isoformat()

    @property
    def officer(self) -> User:
        return self.users["officer"]

    def ago(self, days: int) -> str:
        """The day so many days ago; of a weekend the Friday before, for offices are closed."""
        day = self.day - timedelta(days=days)
        if days:
            day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
        return day.isoformat()

    def new_id(self) -> str:
        return self.maker.new_id()

    def at_desk(self) -> Author:
        return author_at_desk(self.officer)

    def on_phone(self, username: str) -> Author:
        """A surveyor as the server knows them behind a phone."""
        user = self.users[username]
        villages = frozenset(villages_of(user.id, user, today()))
        return Author(user.id, None, "phone", user.role, villages)


def write(changes: list[dict[str, Any]], author: Author) -> None:
    """Write changes the way everybody's are. Raises SeedFailed when one is not taken whole."""
    for result, change in zip(write_changes(changes, author), changes, strict=True):
        if result.status != ChangeStatus.APPLIED:
            raise SeedFailed(f"{change['entity']}: {result.status} {result.reasons}")
