"""Takes in a file that another phone sealed: a trip by another road. Its changes stay their
author's, judged by the rights the author has now; whoever carries it lends it nothing."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from schemas.kinds import ChangeStatus
from server.domain.change import Change, Malformed, read_change
from server.errors import Problem
from server.store.audit import note_act
from server.store.bulk import among
from server.store.changes.authors import Author, Result
from server.store.changes.judging import reuse_id
from server.store.changes.write import write_changes
from server.store.db import db, today
from server.store.feeds import ChangeRow, Instance, Waiting
from server.store.people import Device, User
from server.store.scope import Person, phone_villages
from server.store.sealing_keys import private_key_of
from server.sync.sealed_file import Letter, open_letter, read_envelope

WAITING = (ChangeStatus.MERGED.value, ChangeStatus.HELD.value)


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who brings a file: a person at the desk, or one with a phone."""

    user_id: str
    person: Person
    device_id: str | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file, change by change. `known`: ids of changes that were here already."""

    device_id: str
    device: Device | None
    made_at: str
    proven: bool
    changes: list[Any]
    results: list[Result]
    known: frozenset[str]

    @property
    def fresh(self) -> list[Result]:
        return [result for result in self.results if result.id not in self.known]

    def count(self, *statuses: str) -> int:
        return sum(result.status in statuses for result in self.fresh)

    @property
    def applied(self) -> int:
        return self.count(ChangeStatus.APPLIED.value)

    @property
    def waiting(self) -> int:
        return self.count(*WAITING)

    @property
    def malformed(self) -> list[tuple[int, Any, Result]]:
        """Those that cannot be read: their place in the file from 1, as they came, and why."""
        both = zip(self.changes, self.results, strict=True)
        return [
            (at, change, result)
            for at, (change, result) in enumerate(both, 1)
            if result.status == ChangeStatus.MALFORMED.value
        ]

    def on_the_wire(self) -> dict[str, Any]:
        return {
            "device": self.device_id,
            "device_name": self.device.name if self.device else None,
            "made_at": self.made_at,
            "proven": self.proven,
            "count": len(self.results),
            "known": len(self.results) - len(self.fresh),
            "applied": self.applied,
            "waiting": self.waiting,
            "malformed": len(self.malformed),
            "results": [result.on_the_wire() for result in self.results],
        }


def take_in(data: bytes, carrier: Carrier) -> TakenIn:
    """Write what a file holds in the running transaction: all of it, or a problem and nothing."""
    envelope = read_envelope(data)
    header = envelope.header
    database = db.session.scalars(select(Instance.database)).one()
    if header["database"] != database:
        raise Problem("sealed_other_database")
    key = private_key_of(header["key"], database)
    if key is None:
        raise Problem("sealed_key_unknown")
    letter = open_letter(envelope, key)
    device = db.session.get(Device, header["device"])
    proven = device is not None and letter.is_proven_by(device.token_hash)
    author = _author(device) if device and proven else _claimed(letter, device, carrier)
    known = _known(letter.changes, author)
    results = write_changes(letter.changes, author)
    taken = TakenIn(
        header["device"], device, header["made_at"], proven, letter.changes, results, known
    )
    _note(taken, author, carrier)
    return taken


def _author(device: Device) -> Author:
    """The phone's user, with the rights of this moment."""
    user = db.session.get_one(User, device.user_id)
    revoked = device.revoked_at is not None or user.ended_at is not None
    villages = frozenset(phone_villages(user.id, user, today()))
    return Author(user.id, device.id, "phone", user.role, villages, revoked=revoked)


def _claimed(letter: Letter, device: Device | None, carrier: Carrier) -> Author:
    """Whom the file names, who may not have written it: their name is told, all of it waits. Where
    nobody knows the named one, it waits in the villages of whoever carries it."""
    user = db.session.get(User, device.user_id if device else letter.user)
    villages = set(phone_villages(carrier.user_id, carrier.person, today()))
    if user is not None:
        villages |= set(phone_villages(user.id, user, today()))
    return Author(
        user.id if user else None,
        device.id if device else None,
        "phone",
        user.role if user else "",
        frozenset(villages),
        unproven=True,
    )


def _known(changes: Sequence[Any], author: Author) -> frozenset[str]:
    """Which of these changes came before, by this road or another."""
    read = list(_readable(changes))
    logged = select(ChangeRow.id).where(among(ChangeRow.id, [change.id for change in read]))
    known = set(db.session.scalars(logged))
    if author.unproven:
        beside = {reuse_id(change): change.id for change in read}
        waits = select(Waiting.id).where(among(Waiting.id, list(beside)))
        known |= {beside[id_] for id_ in db.session.scalars(waits)}
    return frozenset(known)


def _readable(changes: Sequence[Any]) -> Iterator[Change]:
    for raw in changes:
        with suppress(Malformed):
            yield read_change(raw)


def _note(taken: TakenIn, author: Author, carrier: Carrier) -> None:
    note_act(
        "sealed_taken",
        by=carrier.user_id,
        subject=taken.device_id,
        count=len(taken.results),
        author=author.user_id,
        carried_by_device=carrier.device_id,
        made_at=taken.made_at,
        proven=taken.proven,
        known=len(taken.results) - len(taken.fresh),
        applied=taken.applied,
        waiting=taken.waiting,
        malformed=len(taken.malformed),
    )
