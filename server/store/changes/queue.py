"""The review queue of one slice: what is put into it, and how a place in it is taken or settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from schemas.kinds import ChangeStatus, WaitingState
from server.domain.change import Change, as_stored
from server.store.changes import loading
from server.store.changes.authors import Author
from server.store.changes.placing import Place, Trouble
from server.store.changes.workspace import Fate, Wait, Workspace, new_wait
from server.store.db import timestamp

Reasons = list[dict[str, Any]]


@dataclass
class Queue:
    ws: Workspace
    received_at: datetime
    seq: int

    def put(
        self,
        change: Change,
        author: Author,
        fields: list[str],
        reasons: Reasons,
        place: Place | Trouble,
        *,
        suffix: str = "",
        id_: str | None = None,
    ) -> Wait:
        """Let these fields of a change wait. `suffix`, `id_`: beside what waits of it already."""
        id_ = id_ or (str(uuid5(UUID(change.id), suffix)) if suffix else change.id)
        data = {
            "change": change.id,
            "entity": change.entity.value,
            "record": change.record,
            "household": place.household,
            "fields": {
                name: {"was": as_stored(change.was.get(name)), "set": as_stored(change.set[name])}
                for name in fields
            },
            "reasons": reasons,
            "by": author.user_id,
            "device": author.device_id,
            "at": change.at,
            "state": WaitingState.OPEN.value,
        }
        known = self.ws.waits.get(id_)
        village = place.village if place.village in self.ws.feeds else None
        if known is not None:
            return self._put_again(known, data, place, village)
        wait = new_wait(id_, village, self.seq, self.received_at, data, place.missing)
        self.ws.add_wait(wait)
        return wait

    def _put_again(
        self, wait: Wait, data: dict[str, Any], place: Place | Trouble, village: str | None
    ) -> Wait:
        """The same change waits for something else now, perhaps in another village. What it waited
        for no longer has been taken."""
        for name, it in wait.data["fields"].items():
            data["fields"].setdefault(name, {"state": WaitingState.APPLIED.value, **it})
        wait.data = {**wait.data, **data}
        wait.household, wait.missing = place.household, place.missing
        self.ws.await_missing(wait)
        if village is not None and village != wait.village:
            self.ws.leave(wait, village)
        else:
            self.ws.touch(wait)
        return wait

    def supersede(self, change: Change, author: Author) -> None:
        """A later change of the same author to the same field takes its place in the queue,
        and is judged against what the earlier one's author saw."""
        for name, wait in self._queued(change, author):
            it = wait.data["fields"][name]
            if came_before(change, name, it) or as_stored(change.set[name]) == it["set"]:
                continue
            if as_stored(change.was.get(name)) == it["set"]:
                change.was = {**change.was, name: it["was"]}
            self.settle_field(wait, name, WaitingState.SUPERSEDED)

    def give_way(self, change: Change, author: Author, wait: Wait) -> None:
        """When an earlier change comes in after its successor, the successor keeps the place."""
        for name, later in self._queued(change, author):
            it = later.data["fields"][name]
            if name in wait.open_fields() and came_before(change, name, it):
                it["was"] = as_stored(change.was.get(name))
                self.ws.touch(later)
                self.settle_field(wait, name, WaitingState.SUPERSEDED)

    def _queued(self, change: Change, author: Author) -> list[tuple[str, Wait]]:
        """The fields of this change that an unsettled change of the same author waits for. What
        waits for a record to arrive is left alone: it is judged again then, in its turn."""
        return [
            (name, wait)
            for wait in self.ws.by_record.get(change.record, [])
            if wait.unsettled and wait.missing is None
            if wait.user_id == author.user_id and wait.change_id != change.id
            if not takes_no_place(wait)
            for name in wait.open_fields().keys() & change.set.keys()
        ]

    def close(self, change: Change) -> None:
        """What waits of this change waits elsewhere with the same content."""
        wait = self.ws.waits.get(change.id)
        if wait is not None and wait.unsettled:
            for name in wait.open_fields():
                self.settle_field(wait, name, WaitingState.SUPERSEDED)

    def settle_field(
        self, wait: Wait, name: str, state: WaitingState, rev: int | None = None
    ) -> None:
        """One field of what waits has found its end; with the last one the whole has."""
        wait.data["fields"][name]["state"] = state.value
        if not wait.open_fields():
            states = {it["state"] for it in wait.data["fields"].values()}
            applied = WaitingState.APPLIED.value in states
            wait.data["state"] = WaitingState.APPLIED.value if applied else state.value
            wait.missing = None
        self.ws.touch(wait)
        self._amend_fate(wait, rev)

    def _amend_fate(self, wait: Wait, rev: int | None) -> None:
        """The fate of the change behind a waiting record, as far as it is settled."""
        if wait.id != wait.change_id:
            return
        if wait.change_id not in self.ws.fates:
            loading.load_fates(self.ws, [wait.change_id])
        fate = self.ws.fates.get(wait.change_id)
        if fate is None:
            return
        states = {name: it.get("state") for name, it in wait.data["fields"].items()}
        fate.rev = rev or fate.rev
        if set(states.values()) == {WaitingState.APPLIED.value}:
            fate.status, fate.reasons = ChangeStatus.APPLIED.value, []
        else:
            fate.reasons = [
                {"field": it["field"], "code": states.get(it["field"]) or it["code"]}
                for it in fate.reasons
                if states.get(it["field"]) != WaitingState.APPLIED.value
            ]
            if fate.rev is not None:
                fate.status = ChangeStatus.MERGED.value
        fate.changed = True

    def asked(self, change: Change, author: Author) -> list[Wait]:
        """What was returned to the field and this change answers. Phones name what they answer by
        the waiting record or by the change behind it."""
        if change.answers is None or author.revoked:
            return []
        return [
            wait
            for wait in self.ws.waits.values()
            if change.answers in (wait.id, wait.change_id)
            if wait.state == WaitingState.RETURNED.value
            if wait.user_id == author.user_id or author.serves(wait.village or "")
        ]

    def answered(self, wait: Wait, change: Change, fate: Fate) -> None:
        """A change has answered what was returned. Its values take the place of those that waited;
        of what it says nothing, the office still has to decide."""
        if wait.record == change.record and fate.status != ChangeStatus.HELD.value:
            doubtful = {it["field"] for it in fate.reasons}
            for name in (wait.open_fields().keys() & change.set.keys()) - doubtful:
                self.settle_field(wait, name, WaitingState.SUPERSEDED)
        wait.data["answer"], wait.data["answered_at"] = change.id, timestamp()
        if wait.open_fields():
            wait.data["state"] = WaitingState.OPEN.value
        elif wait.state != WaitingState.APPLIED.value:
            wait.data["state"] = WaitingState.ANSWERED.value
        self.ws.touch(wait)


NO_PLACE = ("unproven_author", "rescue")


def takes_no_place(wait: Wait) -> bool:
    """True for what is not its author's own word, and so takes no place in that author's queue:
    what only claims to be theirs, and what their phone alone still held. Nobody saw a rescue's
    `was`: whoever goes on editing must not be judged by it."""
    return any(it["code"] in NO_PLACE for it in wait.data["reasons"])


def reason_list(reasons: Any) -> Reasons:
    return [{"field": name, "code": code} for name, code in reasons]


def came_before(change: Change, name: str, queued: Mapping[str, Any]) -> bool:
    """True when the queued value was entered over the one that comes in only now."""
    return (
        as_stored(change.set[name]) == queued["was"]
        and as_stored(change.was.get(name)) != queued["set"]
    )
