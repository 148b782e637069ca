"""Where a waiting change came from: the change as it came in, and its author with the rights they
have now."""

from dataclasses import dataclass, field

from server.domain.change import Change, read_again
from server.store.changes import loading
from server.store.changes.authors import Author
from server.store.changes.workspace import Wait
from server.store.db import db
from server.store.people import User
from server.store.scope import villages_of


@dataclass
class Origins:
    today: str
    taken: dict[str, tuple[Change, Author]] = field(default_factory=dict)
    """What this slice brought itself, which is in no log yet."""

    def change(self, wait: Wait) -> Change | None:
        if wait.change_id in self.taken:
            return read_again(self.taken[wait.change_id][0].body)
        found = loading.bodies_of([wait.change_id]).get(wait.change_id)
        return read_again(found[0]) if found else None

    def author(self, wait: Wait) -> Author | None:
        """The author of an earlier change; None where nobody stands for it any more."""
        if wait.change_id in self.taken:
            return self.taken[wait.change_id][1]
        found = loading.bodies_of([wait.change_id]).get(wait.change_id)
        user = db.session.get(User, found[1]) if found and found[1] else None
        if found is None or user is None:
            return None
        villages = frozenset(villages_of(user.id, user, self.today))
        ended = user.ended_at is not None
        return Author(user.id, found[2], found[3], user.role, villages, revoked=ended)
