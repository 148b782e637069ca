"""Judges the changes of one slice, one after another, in memory: `server.domain.merge` decides each
field, this says what it means for the records around it."""

import time
from collections.abc import Sequence
from uuid import UUID, uuid5

from schemas.kinds import ChangeStatus, Entity, WaitingState
from schemas.records import PARENT_FIELD
from server.domain.change import Change, as_stored
from server.domain.merge import Verdict, after, decide, hold_back
from server.store.bulk import moment
from server.store.changes import loading
from server.store.changes.authors import Author, Result
from server.store.changes.enrolling import Enrolling
from server.store.changes.origins import Origins
from server.store.changes.placing import Place, Placing, Trouble, claimed, where
from server.store.changes.queue import Queue, reason_list
from server.store.changes.settling import Settling
from server.store.changes.workspace import Fate, PlacesChanged, Rec, Wait, Workspace
from server.store.db import now, today

APPLIED = ChangeStatus.APPLIED.value
ENDING = (Entity.HOUSEHOLD, Entity.MEMBER)


class Poisoned(Exception):
    """No rule foresaw this change; `at` is its place in the slice."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class Judge:
    """What becomes of each change of a slice."""

    def __init__(self, ws: Workspace, author: Author) -> None:
        self.ws = ws
        self.author = author
        self.today = today()
        self.placing = Placing(ws)
        self.queue = Queue(ws, now(), time.time_ns())
        self.received_at = moment(self.queue.received_at)
        self.signature = (author.user_id, author.device_id, author.channel)
        self.origins = Origins(self.today)
        self.enrolling = Enrolling(ws)
        self.settling = Settling(ws, self.queue, self.origins, self.enrolling)

    def take(self, change: Change, at: int, poisoned: bool) -> Result:
        """The fate of one change: the one it had already, or the one it gets now."""
        known = self.ws.fates.get(change.id)
        if known is not None and known.content == change.content:
            return _result(change.id, known)
        self.queue.seq += 1
        if known is not None:
            return self._beside(change, "same_id_other_content")
        if self.author.unproven:
            return self._beside(change, "unproven_author")
        self.origins.taken[change.id] = (change, self.author)
        asked = self.queue.asked(change, self.author)
        if poisoned:
            fate = self._hold(change, self.author, [(None, "server_error")])
        else:
            try:
                fate = self._judge(change, self.author)
            except PlacesChanged:
                raise
            except Exception as error:
                raise Poisoned(at) from error
        self._log(change, fate)
        for wait in asked:
            self.queue.answered(wait, change, fate)
        return _result(change.id, self.ws.fates[change.id])

    def _log(self, change: Change, fate: Fate) -> None:
        self.ws.fates[change.id] = fate
        self.ws.ledger[change.id] = (
            change.id,
            self.queue.seq,
            change.content,
            change.entity.value,
            change.record,
            *self.signature,
            change.at,
            self.received_at,
            change.body.decode(),
        )

    def _judge(self, change: Change, author: Author) -> Fate:
        rec = self.ws.record(change.entity, change.record)
        place = self.placing.place(change, rec, author)
        if isinstance(place, Trouble):
            return self._hold(change, author, [(place.field, place.code)], place)
        if place.village not in self.ws.feeds:
            raise PlacesChanged({place.village})
        lies = Place(rec.village, rec.household) if rec is not None else place
        if change.rescue:
            return self._rescue(change, author, rec, lies)
        if rec is not None and "merged_into" in rec.data and not _is_of_merged(change, author):
            return self._hold(change, author, [(None, "merged_record")], lies)
        if change.record in self.ws.by_record:
            self.queue.supersede(change, author)
        verdict = decide(change, rec.data if rec else None, author.rights, self.today)
        if change.entity is Entity.ENROLMENT and not verdict.held:
            doubts = self.enrolling.doubts(change, verdict, author)
            if doubts:
                hold_back(verdict, rec.data if rec else {}, doubts)
        if "merged_into" in verdict.apply:
            self._refuse_circles(change, rec, verdict, author)
        if PARENT_FIELD[change.entity] not in verdict.apply:
            place = lies
        if verdict.held:
            return self._hold(change, author, verdict.held, place)
        if not verdict.apply and verdict.wait:
            return self._hold(change, author, list(verdict.wait.items()), place)
        return self._take_in(
            change, author, self._apply(change, rec, place, verdict), verdict, place
        )

    def _take_in(
        self, change: Change, author: Author, rec: Rec, verdict: Verdict, place: Place
    ) -> Fate:
        """What applies is in the record: the rest waits, and what waited for it is looked at."""
        fate = Fate(change.content, APPLIED, rec.rev, [])
        if verdict.wait:
            fate.status = ChangeStatus.MERGED.value
            fate.reasons = reason_list(verdict.wait.items())
            self.ws.fates[change.id] = fate
            wait = self.queue.put(change, author, list(verdict.wait), fate.reasons, place)
            self.queue.give_way(change, author, wait)
        self.ws.fates[change.id] = fate
        if author.channel == "phone" and hangs_on_ended(self.ws, change, rec):
            self.queue.put(
                change, author, [], reason_list([(None, "ended_parent")]), place, suffix="ended"
            )
        if rec.id in self.ws.by_record:
            self.settling.settle(rec)
        if rec.id in self.ws.by_missing:
            self.arrived(rec.id)
        fate.rev = rec.rev if fate.rev is not None else None
        return fate

    def _apply(self, change: Change, rec: Rec | None, place: Place, verdict: Verdict) -> Rec:
        data = verdict.result
        if change.entity is Entity.HOUSEHOLD and "village" in verdict.apply:
            data["village"] = place.village
        if rec is None:
            rec = Rec(change.entity, change.record, place.village, place.household, 0, data)
            self.ws.records[rec.id] = rec
            self.ws.touch(rec)
            self._gather(rec)
            return rec
        if data == rec.data:
            return rec
        rec.data = data
        hangs_elsewhere = PARENT_FIELD[change.entity] in verdict.apply
        if hangs_elsewhere and (place.village, place.household) != (rec.village, rec.household):
            self._move(rec, place)
        else:
            self.ws.touch(rec)
        return rec

    def _gather(self, rec: Rec) -> None:
        """What waited about a record before it was here lies from now on where the record lies."""
        for wait in self.ws.by_record.get(rec.id, []):
            if wait.village is None or wait.missing is not None:
                continue
            if (wait.village, wait.household) != (rec.village, rec.household):
                wait.household = wait.data["household"] = rec.household
                if wait.village == rec.village:
                    self.ws.touch(wait)
                else:
                    self.ws.leave(wait, rec.village)

    def _move(self, rec: Rec, place: Place) -> None:
        """A record goes to another household or village, and what hangs on it goes along."""
        old_household = rec.household
        if rec.entity is Entity.HOUSEHOLD:
            along: list[Rec | Wait] = list(self.ws.of_household(old_household))
            along += [w for w in self.ws.waits.values() if w.household == old_household]
            rec.data["village"] = place.village
        else:
            along = self.ws.hangs_on(rec.id)
        for item in along:
            if rec.entity is not Entity.HOUSEHOLD:
                item.household = place.household
            if isinstance(item, Wait):
                item.data["household"] = item.household
            if item.village != place.village:
                self.ws.leave(item, place.village)
            else:
                self.ws.touch(item)

    def _refuse_circles(
        self, change: Change, rec: Rec | None, verdict: Verdict, author: Author
    ) -> None:
        target = verdict.apply.get("merged_into")
        if target is None:
            return
        code = None
        seen = {change.record}
        step: str | None = target
        while step is not None and code is None:
            if step in seen:
                code = "circle"
                break
            seen.add(step)
            winner = self.ws.record(change.entity, step)
            if winner is None or not author.serves(winner.village):
                code = "other_parent"
                break
            step = winner.data.get("merged_into")
        if code is not None:
            del verdict.apply["merged_into"]
            verdict.wait["merged_into"] = code
            verdict.result = after(rec.data if rec else {}, verdict.apply)

    def _hold(
        self,
        change: Change,
        author: Author,
        reasons: Sequence[tuple[str | None, str]],
        place: Place | Trouble | None = None,
    ) -> Fate:
        """Keep the whole change for review. A rescue stays known as one, whatever else is wrong."""
        named = reason_list([*reasons, *([(None, "rescue")] if change.rescue else [])])
        where = place or Trouble(None, "server_error", None, None)
        fate = Fate(change.content, ChangeStatus.HELD.value, None, named)
        self.ws.fates[change.id] = fate
        wait = self.queue.put(change, author, list(change.set), named, where)
        if wait.missing is None and not change.rescue:
            self.queue.give_way(change, author, wait)
        return fate

    def _beside(self, change: Change, code: str) -> Result:
        """What came in waits under an id of its own, and the change's own id is left alone: it was
        seen before with other content, or is still to come from its true author."""
        rec = self.ws.record(change.entity, change.record)
        reasons = reason_list([(None, code)])
        id_ = reuse_id(change)
        if id_ not in self.ws.waits:
            village, household = where(rec)
            place = Trouble(
                None,
                code,
                village or claimed(change, self.author),
                household,
            )
            self.queue.put(change, self.author, list(change.set), reasons, place, id_=id_)
        return Result(change.id, ChangeStatus.HELD.value, waiting=list(change.set), reasons=reasons)

    def _rescue(self, change: Change, author: Author, rec: Rec | None, place: Place) -> Fate:
        """What a phone holds and a restored server lost: waits for review, once per content,
        and is settled when the record comes to hold it."""
        current = rec.data if rec else {}
        open_ = {n: v for n, v in change.set.items() if current.get(n) != as_stored(v)}
        if rec is not None and not open_:
            return Fate(change.content, APPLIED, rec.rev, [])
        reasons = reason_list([(None, "rescue")])
        offered = {name: as_stored(value) for name, value in open_.items()}
        fate = Fate(change.content, ChangeStatus.HELD.value, None, reasons)
        for wait in self.ws.by_record.get(change.record, []):
            same = offered == {n: it["set"] for n, it in wait.data["fields"].items()}
            if same and wait.change_id != change.id and wait.data["reasons"] == reasons:
                self.queue.close(change)
                return fate
        self.ws.fates[change.id] = fate
        self.queue.put(change, author, list(open_), reasons, place)
        return fate

    def arrived(self, record: str) -> None:
        """Judge again, in the order of arrival, what waited for this record."""
        for wait in sorted(self.ws.by_missing.pop(record, []), key=lambda it: it.seq):
            if not wait.unsettled:
                continue
            change, author = self.origins.change(wait), self.origins.author(wait)
            if change is None or author is None:
                continue
            self._judge_again(wait, change, author)

    def _judge_again(self, wait: Wait, change: Change, author: Author) -> None:
        loading.load_fates(self.ws, [change.id])
        fate = self._judge(change, author)
        fate.changed = True
        self.ws.fates[change.id] = fate
        if wait.unsettled and fate.status == APPLIED:
            rec = self.ws.record(change.entity, change.record)
            if rec is not None and wait.village != rec.village and rec.village in self.ws.feeds:
                self.ws.leave(wait, rec.village)
            wait.household = rec.household if rec else wait.household
            for it in wait.data["fields"].values():
                it.setdefault("state", WaitingState.APPLIED.value)
            wait.data["state"], wait.missing = WaitingState.APPLIED.value, None
            self.ws.touch(wait)


def hangs_on_ended(ws: Workspace, change: Change, rec: Rec) -> bool:
    """True when the record, its household or member has ended, and not by this change."""
    if "ended_on" in change.set:
        return False
    get = rec.data.get
    for id_ in (rec.id, rec.household, get("member", ""), get("about", "")):
        it = ws.records.get(id_)
        if it is not None and "ended_on" in it.data and it.entity in ENDING:
            return True
    return False


def _is_of_merged(change: Change, author: Author) -> bool:
    """True for what may be written to a merged record: whom it is one with, and from the office
    where it lies, because it goes where the other goes."""
    moves = change.entity is Entity.HOUSEHOLD and change.set.keys() == {"village"}
    return "merged_into" in change.set or (moves and author.rights.desk)


def reuse_id(change: Change) -> str:
    """Under which id content waits that does not count as the change of this id."""
    return str(uuid5(UUID(change.id), change.content))


def _result(id_: str, fate: Fate) -> Result:
    if not fate.reasons:
        return Result(id_, fate.status, fate.rev)
    waiting = [it["field"] for it in fate.reasons if it["field"] is not None]
    return Result(id_, fate.status, fate.rev, waiting, list(fate.reasons))
