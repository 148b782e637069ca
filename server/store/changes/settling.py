"""What waits about a record applies by itself once the record holds what its author saw, and is
settled once the record holds what it says: the order in which phones return does not matter."""

from dataclasses import dataclass

from schemas.kinds import Entity, WaitingState
from schemas.records import PARENT_FIELD
from server.domain.merge import UNIT_OF, Data, decide, hold_back
from server.store.changes.enrolling import Enrolling
from server.store.changes.origins import Origins
from server.store.changes.queue import Queue
from server.store.changes.workspace import Rec, Wait, Workspace

BY_ITSELF = frozenset({"conflict", "together"})


@dataclass
class Settling:
    ws: Workspace
    queue: Queue
    origins: Origins
    enrolling: Enrolling

    def settle(self, rec: Rec) -> None:
        again = True
        while again:
            again = False
            for wait in list(self.ws.by_record.get(rec.id, [])):
                # What waits for a record to arrive is judged again as a whole, in its turn.
                if wait.unsettled and wait.missing is None and self._settle_wait(rec, wait):
                    again = True

    def _settle_wait(self, rec: Rec, wait: Wait) -> bool:
        """True when the record has changed by it."""
        for name, it in wait.open_fields().items():
            if rec.data.get(name) == it["set"]:
                self.queue.settle_field(wait, name, WaitingState.APPLIED)
        values = _ready(rec, wait)
        return bool(values) and self._apply(rec, wait, values)

    def _apply(self, rec: Rec, wait: Wait, values: Data) -> bool:
        change, author = self.origins.change(wait), self.origins.author(wait)
        if change is None or author is None or not author.serves(rec.village):
            return False
        change.set, change.was = values, {name: rec.data.get(name) for name in values}
        verdict = decide(change, rec.data, author.rights, self.origins.today)
        if rec.entity is Entity.ENROLMENT and not verdict.held:
            hold_back(verdict, rec.data, self.enrolling.doubts(change, verdict, author))
        if not verdict.apply:
            return False
        rec.data = verdict.result
        self.ws.touch(rec)
        for name in verdict.apply:
            self.queue.settle_field(wait, name, WaitingState.APPLIED, rec.rev)
        return True


def _ready(rec: Rec, wait: Wait) -> Data:
    """The waiting values whose author saw what the record holds; what means something only together
    is ready together or not at all. Where a record lies and what it is one with, people decide."""
    codes = {it["field"]: it["code"] for it in wait.data["reasons"]}
    by_people = {PARENT_FIELD[rec.entity], "merged_into"}
    waiting = wait.open_fields()
    ready = {
        name
        for name, it in waiting.items()
        if name not in by_people
        and codes.get(name) in BY_ITSELF
        and rec.data.get(name) == it["was"]
    }
    unready = waiting.keys() - ready
    return {n: waiting[n]["set"] for n in ready if not UNIT_OF.get(n, frozenset()) & unready}
