"""Who writes, what they may set, and what they are told became of it."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from schemas.kinds import Role
from server.domain.merge import Rights
from server.domain.messages import message
from server.store.db import today
from server.store.people import User
from server.store.scope import villages_of

DESK_CHANNELS = frozenset({"desk", "import", "command", "bhxh"})
"""`bhxh`: what the insurance answered to a list, written on behalf of the commune."""
MOVING_ROLES = frozenset({Role.OFFICER.value, Role.ADMIN.value})
WRITING_ROLES = frozenset({Role.SURVEYOR.value, Role.OFFICER.value, Role.ADMIN.value})


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, through which channel, and the villages where they may write now."""

    user_id: str | None
    device_id: str | None
    channel: str
    role: str
    villages: frozenset[str]
    revoked: bool = False
    unproven: bool = False
    """The changes came in a file, and nothing shows that they are this author's own."""

    def serves(self, village: str) -> bool:
        """True when the author may write what lies in this village."""
        return self.role in WRITING_ROLES and village in self.villages

    @property
    def rights(self) -> Rights:
        return _rights(self.channel, self.role)


@cache
def _rights(channel: str, role: str) -> Rights:
    desk = channel in DESK_CHANNELS
    return Rights(desk=desk, move=desk or role in MOVING_ROLES)


@dataclass(slots=True)
class Result:
    """What became of one change, by now."""

    id: str
    status: str
    rev: int | None = None
    waiting: list[str] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)

    def on_the_wire(self) -> dict[str, Any]:
        wire: dict[str, Any] = {"id": self.id, "status": self.status}
        if self.rev is not None:
            wire["rev"] = self.rev
        if self.waiting:
            wire["waiting"] = self.waiting
        if self.reasons:
            wire["reasons"] = [{**it, "message": message(it["code"])} for it in self.reasons]
        return wire


def author_at_desk(user: User, channel: str = "desk") -> Author:
    """The author behind a desk page, an import or a command."""
    villages = frozenset(villages_of(user.id, user, today()))
    return Author(user.id, None, channel, user.role, villages)
