"""The one way to write records. Phones, desk pages and importers all make changes; each is judged by
`server.domain.merge`, and what may not apply waits for a person. Runs inside the caller's transaction."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.exc import DBAPIError

from schemas.kinds import ChangeStatus, Entity, Role, WaitingState
from schemas.records import PARENT_FIELD
from server.domain.change import Change, Malformed, as_stored, is_id, read_again, read_change
from server.domain.merge import Data, Rights, Verdict, after, decide
from server.domain.messages import message
from server.store import workspace
from server.store.db import db, is_sqlite, new_id, now, timestamp, today
from server.store.people import User
from server.store.scope import successions, villages_of
from server.store.workspace import Fate, Rec, Wait, Workspace

SLICE = 500
LOOKS = 5
"""How often a slice looks again when records moved between looking and locking."""

log = logging.getLogger("baophu")

ENDING = (Entity.HOUSEHOLD, Entity.MEMBER)
DESK_CHANNELS = frozenset({"desk", "import", "command"})
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

    @property
    def rights(self) -> Rights:
        desk = self.channel in DESK_CHANNELS
        return Rights(desk=desk, move=desk or self.role in MOVING_ROLES)


@dataclass(frozen=True, slots=True)
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


def new_change(
    entity: str,
    record: str,
    values: Mapping[str, Any],
    was: Mapping[str, Any] | None = None,
    *,
    village: str | None = None,
    answers: str | None = None,
) -> dict[str, Any]:
    """A change made here, as it would come over the wire."""
    return {
        "id": new_id(),
        "entity": entity,
        "record": record,
        "village": village,
        "by": None,
        "device": None,
        "at": timestamp(),
        "was": dict(was or {}),
        "set": dict(values),
        "answers": answers,
    }


def author_at_desk(user: User, channel: str = "desk") -> Author:
    """The author behind a desk page, an import or a command."""
    villages = frozenset(villages_of(user.id, user, today()))
    return Author(user.id, None, channel, user.role, villages)


def write_changes(changes: Sequence[Any], author: Author) -> list[Result]:
    """Judge and write changes in their order. Never raises for what a change holds: it is applied,
    waits, or is `malformed`; the results stand in the order of the changes."""
    results: list[Result] = []
    for start in range(0, len(changes), SLICE):
        results += write_slice(changes[start : start + SLICE], author)
    return results


def write_slice(raw_changes: Sequence[Any], author: Author) -> list[Result]:
    """One slice, its feeds locked until the caller commits. What no rule foresaw holds that
    one change as `server_error`, with its raw content."""
    poison: set[int] = set()
    while True:
        try:
            return _write(raw_changes, author, poison)
        except _Poisoned as failure:
            log.error("change %s could not be judged", failure.at, exc_info=failure.__cause__)
            poison.add(failure.at)
        except DBAPIError as failure:
            if _passing(failure) or len(raw_changes) == 1:
                raise
            log.error("a slice could not be written; each change alone", exc_info=failure)
            return [result for raw in raw_changes for result in _write_alone(raw, author)]


def _write_alone(raw: Any, author: Author) -> list[Result]:
    try:
        return write_slice([raw], author)
    except DBAPIError as failure:
        if _passing(failure):
            raise
        log.error("a change could not be written", exc_info=failure)
        return _write([raw], author, {0})


def _passing(failure: DBAPIError) -> bool:
    """True for what another try may mend: a deadlock, a lock not had, a lost race, a lost connection."""
    return type(failure).__name__ in ("OperationalError", "IntegrityError", "InternalError")


class _Poisoned(Exception):
    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def _write(raw_changes: Sequence[Any], author: Author, poison: set[int]) -> list[Result]:
    read: list[Change | Result] = [_read(raw) for raw in raw_changes]
    changes = [change for change in read if isinstance(change, Change)]
    villages: set[str] = set()
    for _ in range(LOOKS):
        try:
            with db.session.begin_nested():
                ws = _open(changes, author, villages)
                writer = _Writer(ws, author)
                results = [
                    item if isinstance(item, Result) else writer.take(item, at, at in poison)
                    for at, item in enumerate(read)
                ]
                ws.flush()
                return results
        except workspace.PlacesChanged as moved:
            villages |= moved.villages
    raise RuntimeError("records kept moving between looking and locking")


def _read(raw: Any) -> Change | Result:
    try:
        return read_change(raw)
    except Malformed as malformed:
        id_ = raw.get("id") if isinstance(raw, dict) else None
        reasons = [{"field": None, "code": malformed.code}]
        name = id_ if isinstance(id_, str) else ""
        return Result(name[:40], ChangeStatus.MALFORMED.value, reasons=reasons)


def _open(changes: list[Change], author: Author, known: set[str]) -> Workspace:
    """Look, lock what was seen, and look again: what is read under the lock is what is judged."""
    if is_sqlite():
        ws = _look(changes, author)
        ws.feeds = workspace.lock_feeds(_villages(ws, changes, author))
        return ws
    seen = known or _villages(_look(changes, author), changes, author)
    feeds = workspace.lock_feeds(seen)
    db.session.expire_all()
    ws = _look(changes, author)
    needed = _villages(ws, changes, author)
    if not needed <= seen:
        raise workspace.PlacesChanged(needed | seen)
    ws.feeds = feeds
    return ws


def _look(changes: list[Change], author: Author) -> Workspace:
    ws = Workspace()
    workspace.load_fates(ws, (change.id for change in changes))
    fresh = [change for change in changes if change.id not in ws.fates]
    known = {c.id: c for c in changes if c.id in ws.fates}
    reused = {
        _reuse_id(change)
        for change in known.values()
        if ws.fates[change.id].content != change.content
    }
    workspace.load_waits_by_id(ws, reused)
    wanted = workspace.wanted_by(list(changes) if reused else fresh)
    workspace.load_records(ws, wanted)
    _look_for_waits(ws, fresh)
    _look_for_moves(ws, fresh)
    return ws


def _look_for_waits(ws: Workspace, changes: list[Change]) -> None:
    """What waits about these records, and, step by step, what waits for what waits."""
    ids = {change.record for change in changes}
    ids |= {change.answers for change in changes if change.answers}
    workspace.load_waits_by_id(ws, {change.answers for change in changes if change.answers})
    seen: set[str] = set()
    while ids - seen:
        fresh = ids - seen
        seen |= fresh
        ids = workspace.load_waits(ws, fresh)
    waiting = [wait for group in ws.by_missing.values() for wait in group]
    again = [
        read_again(body) for body, *_ in workspace.bodies_of(w.change_id for w in waiting).values()
    ]
    workspace.load_records(ws, workspace.wanted_by(again))


def _look_for_moves(ws: Workspace, changes: list[Change]) -> None:
    """A household takes along what hangs on it, a member their cards."""
    for change in changes:
        rec = ws.record(change.entity, change.record)
        if rec is None:
            continue
        if change.entity is Entity.HOUSEHOLD and "village" in change.set:
            workspace.load_household(ws, rec.id)
        elif change.entity is Entity.MEMBER and "household" in change.set:
            workspace.load_of_member(ws, rec.id)


def _villages(ws: Workspace, changes: list[Change], author: Author) -> set[str]:
    """The feeds a slice may write to: where its records lie, where they go, where its waits lie."""
    places = {rec.village for rec in ws.records.values()}
    places |= {wait.village for wait in ws.waits.values() if wait.village is not None}
    for change in changes:
        for claimed in (change.village, change.set.get("village")):
            if is_id(claimed) and claimed in author.villages:
                places.add(claimed)
    claimed_by_all = {c.set.get("village") for c in changes} | {c.village for c in changes}
    texts = {str(it) for it in claimed_by_all if is_id(it)} - author.villages - places
    if texts:
        places |= set(successions(texts).values()) & author.villages
    return places


def _reuse_id(change: Change) -> str:
    return str(uuid5(UUID(change.id), change.content))


class _Writer:
    """Judges the changes of one slice, one after another, in memory."""

    def __init__(self, ws: Workspace, author: Author) -> None:
        self.ws = ws
        self.author = author
        self.today = today()
        self.received_at = now()
        self.seq = time.time_ns()
        self.taken: dict[str, tuple[Change, Author]] = {}
        self.moved_villages: dict[str, str] | None = None

    def take(self, change: Change, at: int, poisoned: bool) -> Result:
        """The fate of one change: the one it had already, or the one it gets now."""
        known = self.ws.fates.get(change.id)
        if known is not None and known.content == change.content:
            return _result(change.id, known)
        self.seq += 1
        if known is not None:
            return self._reused(change)
        self.taken[change.id] = (change, self.author)
        if poisoned:
            fate = self._hold(change, self.author, [(None, "server_error")])
        else:
            try:
                fate = self._judge(change, self.author)
            except Exception as error:
                raise _Poisoned(at) from error
        self._log(change, fate)
        if change.answers:
            self._answered(change.answers)
        return _result(change.id, self.ws.fates[change.id])

    def _log(self, change: Change, fate: Fate) -> None:
        self.ws.fates[change.id] = fate
        self.ws.ledger.append(
            {
                "id": change.id,
                "seq": self.seq,
                "content": change.content,
                "entity": change.entity.value,
                "record_id": change.record,
                "user_id": self.author.user_id,
                "device_id": self.author.device_id,
                "channel": self.author.channel,
                "at": change.at,
                "received_at": self.received_at,
                "body": change.body.decode(),
            }
        )

    def _judge(self, change: Change, author: Author) -> Fate:
        rec = self.ws.record(change.entity, change.record)
        place = self._place(change, rec, author)
        if isinstance(place, _Trouble):
            return self._hold(change, author, [(place.field, place.code)], place)
        if change.rescue:
            return self._rescue(change, author, rec, place)
        if rec is not None and "merged_into" in rec.data and "merged_into" not in change.set:
            return self._hold(change, author, [(None, "merged_record")], place)
        if change.record in self.ws.by_record:
            self._supersede(change, author)
        verdict = decide(change, rec.data if rec else None, author.rights, self.today)
        self._refuse_circles(change, rec, verdict)
        if verdict.held:
            return self._hold(change, author, verdict.held, place)
        if not verdict.apply and verdict.wait:
            return self._hold(change, author, list(verdict.wait.items()), place)
        rec = self._apply(change, rec, place, verdict)
        fate = Fate(change.content, ChangeStatus.APPLIED.value, rec.rev, [])
        if verdict.wait:
            fate.status = ChangeStatus.MERGED.value
            fate.reasons = _reason_list(verdict.wait.items())
            self.ws.fates[change.id] = fate
            wait = self._wait(change, author, list(verdict.wait), fate.reasons, place)
            self._give_way(change, author, wait)
        self.ws.fates[change.id] = fate
        if author.channel == "phone" and self._hangs_on_ended(change, rec):
            self._wait(
                change, author, [], _reason_list([(None, "ended_parent")]), place, suffix="ended"
            )
        if rec.id in self.ws.by_record:
            self._settle(rec)
        if rec.id in self.ws.by_missing:
            self._arrived(rec.id)
        fate.rev = rec.rev if fate.rev is not None else None
        return fate

    def _place(self, change: Change, rec: Rec | None, author: Author) -> "_Place | _Trouble":
        """Where the record lies, and whether its author may write there."""
        if author.revoked:
            return _Trouble(None, "revoked_device", *_where(rec))
        parent_field = PARENT_FIELD[change.entity]
        parent_id = change.set.get(parent_field)
        if rec is None and not is_id(parent_id):
            return self._unknown(change, author)
        if rec is not None and not self._serves(author, rec.village):
            return _Trouble(None, "not_allowed", rec.village, rec.household)
        if is_id(parent_id) and (rec is None or parent_id != rec.data.get(parent_field)):
            return self._under(change, str(parent_id), author)
        assert rec is not None
        return _Place(rec.village, rec.household)

    def _serves(self, author: Author, village: str) -> bool:
        return author.role in WRITING_ROLES and village in author.villages

    def _unknown(self, change: Change, author: Author) -> "_Trouble":
        """Nothing is known of this record: it may arrive yet, or the author may not know of it."""
        village = change.village if change.village in author.villages else None
        return _Trouble(None, "parent_missing", village, None, missing=change.record)

    def _under(self, change: Change, parent_id: str, author: Author) -> "_Place | _Trouble":
        if change.entity is Entity.HOUSEHOLD:
            village = self._living_village(parent_id, author)
            if village is None:
                claimed = change.village if change.village in author.villages else None
                return _Trouble("village", "not_allowed", claimed, None)
            return _Place(village, change.record)
        parent = self.ws.records.get(parent_id)
        if parent is None:
            village = change.village if change.village in author.villages else None
            return _Trouble(PARENT_FIELD[change.entity], "parent_missing", village, None, parent_id)
        if not self._serves(author, parent.village):
            return _Trouble(None, "not_allowed", parent.village, parent.household)
        expected = PARENT_ENTITY.get(PARENT_FIELD[change.entity])
        if expected is not None and parent.entity is not expected:
            return _Trouble(
                PARENT_FIELD[change.entity], "other_parent", parent.village, parent.household
            )
        return _Place(parent.village, parent.household)

    def _living_village(self, village: str, author: Author) -> str | None:
        """The village, or for an ended one its only successor, when the author may write there."""
        if village in author.villages and author.role in WRITING_ROLES:
            return village
        if self.moved_villages is None:
            self.moved_villages = {}
        if village not in self.moved_villages:
            self.moved_villages.update({village: village, **successions({village})})
        new = self.moved_villages[village]
        return new if self._serves(author, new) else None

    def _apply(self, change: Change, rec: Rec | None, place: "_Place", verdict: Verdict) -> Rec:
        data = verdict.result
        if change.entity is Entity.HOUSEHOLD and "village" in verdict.apply:
            data["village"] = place.village
        if rec is None:
            rec = Rec(
                change.entity, change.record, place.village, place.household, 0, data, stored=False
            )
            self.ws.records[rec.id] = rec
            self.ws.touch(rec)
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

    def _move(self, rec: Rec, place: "_Place") -> None:
        """A record goes to another household or village, and what hangs on it goes along."""
        old_household = rec.household
        if rec.entity is Entity.HOUSEHOLD:
            along: list[Rec | Wait] = list(self.ws.of_household(old_household))
            along += [w for w in self.ws.waits.values() if w.household == old_household]
            rec.data["village"] = place.village
        else:
            hanging = ("member", "about")
            along = [rec]
            along += [
                other
                for other in self.ws.records.values()
                if any(other.data.get(name) == rec.id for name in hanging)
            ]
            along += list(self.ws.by_record.get(rec.id, []))
        for item in along:
            if rec.entity is not Entity.HOUSEHOLD:
                item.household = place.household
            if item.village != place.village:
                self.ws.leave(item, place.village)
            else:
                self.ws.touch(item)

    def _refuse_circles(self, change: Change, rec: Rec | None, verdict: Verdict) -> None:
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
            if winner is None:
                code = "other_parent"
                break
            step = winner.data.get("merged_into")
        if code is not None:
            del verdict.apply["merged_into"]
            verdict.wait["merged_into"] = code
            verdict.result = after(rec.data if rec else {}, verdict.apply)

    def _hangs_on_ended(self, change: Change, rec: Rec) -> bool:
        """True when the record, its household or member has ended and the change is not about that."""
        if "ended_on" in change.set:
            return False
        records, data = self.ws.records, rec.data
        return any(
            "ended_on" in it.data
            for id_ in (rec.id, rec.household, data.get("member", ""), data.get("about", ""))
            if (it := records.get(id_)) is not None and it.entity in ENDING
        )

    def _hold(
        self,
        change: Change,
        author: Author,
        reasons: Sequence[tuple[str | None, str]],
        place: "_Place | _Trouble | None" = None,
    ) -> Fate:
        """Keep the whole change for review."""
        named = _reason_list(reasons)
        where = place or _Trouble(None, "server_error", None, None)
        fate = Fate(change.content, ChangeStatus.HELD.value, None, named)
        self.ws.fates[change.id] = fate
        wait = self._wait(change, author, list(change.set), named, where)
        self._give_way(change, author, wait)
        return fate

    def _wait(
        self,
        change: Change,
        author: Author,
        fields: list[str],
        reasons: list[dict[str, Any]],
        place: "_Place | _Trouble",
        *,
        suffix: str = "",
        id_: str | None = None,
    ) -> Wait:
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
        if known is not None:
            known.data, known.missing = data, place.missing
            self.ws.touch(known)
            return known
        village = place.village if place.village in self.ws.feeds else None
        wait = Wait(
            id_,
            village,
            place.household,
            0,
            change.id,
            self.seq,
            change.entity.value,
            change.record,
            author.user_id,
            place.missing,
            self.received_at,
            data,
            stored=False,
            changed=True,
        )
        self.ws.add_wait(wait)
        return wait

    def _reused(self, change: Change) -> Result:
        """A change id seen before with other content: what came in now waits beside it."""
        rec = self.ws.record(change.entity, change.record)
        reasons = _reason_list([(None, "same_id_other_content")])
        id_ = _reuse_id(change)
        if id_ not in self.ws.waits:
            place = _Trouble(None, "same_id_other_content", *_where(rec, change, self.author))
            self._wait(change, self.author, list(change.set), reasons, place, id_=id_)
        return Result(change.id, ChangeStatus.HELD.value, waiting=list(change.set), reasons=reasons)

    def _rescue(self, change: Change, author: Author, rec: Rec | None, place: "_Place") -> Fate:
        """What a phone holds and a restored server lost: waits for review, once per content,
        and is settled when the record comes to hold it."""
        current = rec.data if rec else {}
        open_ = {n: v for n, v in change.set.items() if current.get(n) != as_stored(v)}
        if rec is not None and not open_:
            return Fate(change.content, ChangeStatus.APPLIED.value, rec.rev, [])
        reasons = [(None, "rescue")]
        for wait in self.ws.by_record.get(change.record, []):
            if wait.unsettled and {n: f["set"] for n, f in wait.data["fields"].items()} == open_:
                return Fate(change.content, ChangeStatus.HELD.value, None, _reason_list(reasons))
        return self._hold(change, author, reasons, place)

    def _supersede(self, change: Change, author: Author) -> None:
        """A later change of the same author to the same field takes its place in the queue,
        and is judged against what the earlier one's author saw."""
        for name, wait in self._queued(change, author):
            it = wait.data["fields"][name]
            if _came_before(change, name, it) or as_stored(change.set[name]) == it["set"]:
                continue
            if as_stored(change.was.get(name)) == it["set"]:
                change.was = {**change.was, name: it["was"]}
            self._settle_field(wait, name, WaitingState.SUPERSEDED)

    def _give_way(self, change: Change, author: Author, wait: Wait) -> None:
        """When an earlier change comes in after its successor, the successor keeps the place."""
        for name, later in self._queued(change, author):
            it = later.data["fields"][name]
            if name in wait.open_fields() and _came_before(change, name, it):
                it["was"] = as_stored(change.was.get(name))
                self.ws.touch(later)
                self._settle_field(wait, name, WaitingState.SUPERSEDED)

    def _queued(self, change: Change, author: Author) -> list[tuple[str, Wait]]:
        """The fields of this change that an unsettled change of the same author waits for."""
        return [
            (name, wait)
            for wait in self.ws.by_record.get(change.record, [])
            if wait.unsettled and wait.user_id == author.user_id and wait.change_id != change.id
            for name in wait.open_fields().keys() & change.set.keys()
        ]

    def _settle(self, rec: Rec) -> None:
        """What waits about a record applies by itself once the record holds what its author saw,
        and is settled once the record holds what it says: the order of return does not matter."""
        again = True
        while again:
            again = False
            for wait in list(self.ws.by_record.get(rec.id, [])):
                if wait.unsettled and self._settle_wait(rec, wait):
                    again = True

    def _settle_wait(self, rec: Rec, wait: Wait) -> bool:
        codes = {it["field"]: it["code"] for it in wait.data["reasons"]}
        changed = False
        ready: Data = {}
        for name, it in wait.open_fields().items():
            if rec.data.get(name) == it["set"]:
                self._settle_field(wait, name, WaitingState.APPLIED)
            elif name in (PARENT_FIELD[rec.entity], "merged_into"):
                return changed
            elif codes.get(name) in ("conflict", "together") and rec.data.get(name) == it["was"]:
                ready[name] = it["set"]
            elif codes.get(name) in ("conflict", "together"):
                return changed
        if ready:
            changed = self._apply_waiting(rec, wait, ready)
        return changed

    def _apply_waiting(self, rec: Rec, wait: Wait, values: Data) -> bool:
        change = self._change_of(wait)
        if change is None:
            return False
        change.set, change.was = values, {name: rec.data.get(name) for name in values}
        author = self._author_of(wait)
        if author is None or not self._serves(author, rec.village):
            return False
        verdict = decide(change, rec.data, author.rights, self.today)
        if not verdict.apply:
            return False
        rec.data = verdict.result
        self.ws.touch(rec)
        for name in verdict.apply:
            self._settle_field(wait, name, WaitingState.APPLIED, rec.rev)
        return True

    def _settle_field(
        self, wait: Wait, name: str, state: WaitingState, rev: int | None = None
    ) -> None:
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
            workspace.load_fates(self.ws, [wait.change_id])
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

    def _arrived(self, record: str) -> None:
        """Judge again, in the order of arrival, what waited for this record."""
        for wait in sorted(self.ws.by_missing.pop(record, []), key=lambda it: it.seq):
            if not wait.unsettled:
                continue
            change, author = self._change_of(wait), self._author_of(wait)
            if change is None or author is None:
                continue
            self._judge_again(wait, change, author)

    def _judge_again(self, wait: Wait, change: Change, author: Author) -> None:
        workspace.load_fates(self.ws, [change.id])
        fate = self._judge(change, author)
        fate.changed = True
        self.ws.fates[change.id] = fate
        if wait.unsettled and fate.status == ChangeStatus.APPLIED.value:
            rec = self.ws.record(change.entity, change.record)
            if rec is not None and wait.village != rec.village and rec.village in self.ws.feeds:
                self.ws.leave(wait, rec.village)
            wait.household = rec.household if rec else wait.household
            for it in wait.data["fields"].values():
                it.setdefault("state", WaitingState.APPLIED.value)
            wait.data["state"], wait.missing = WaitingState.APPLIED.value, None
            self.ws.touch(wait)

    def _answered(self, waiting_id: str) -> None:
        wait = self.ws.waits.get(waiting_id)
        if wait is not None and wait.state == WaitingState.RETURNED.value:
            wait.data["state"] = WaitingState.ANSWERED.value
            self.ws.touch(wait)

    def _change_of(self, wait: Wait) -> Change | None:
        if wait.change_id in self.taken:
            taken = self.taken[wait.change_id][0]
            return read_again(taken.body)
        found = workspace.bodies_of([wait.change_id]).get(wait.change_id)
        return read_again(found[0]) if found else None

    def _author_of(self, wait: Wait) -> Author | None:
        """The author of an earlier change, with the rights they have now."""
        if wait.change_id in self.taken:
            return self.taken[wait.change_id][1]
        found = workspace.bodies_of([wait.change_id]).get(wait.change_id)
        user = db.session.get(User, found[1]) if found and found[1] else None
        if found is None or user is None:
            return None
        villages = frozenset(villages_of(user.id, user, self.today))
        return Author(user.id, found[2], found[3], user.role, villages)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record lies, or will lie if its new parent is taken."""

    village: str
    household: str

    @property
    def missing(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a whole change is held, and where it waits."""

    field: str | None
    code: str
    village: str | None
    household: str | None
    missing: str | None = None


PARENT_ENTITY = workspace.PARENT_ENTITY


def _where(
    rec: Rec | None, change: Change | None = None, author: Author | None = None
) -> tuple[str | None, str | None]:
    if rec is not None:
        return rec.village, rec.household
    if change is not None and author is not None and change.village in author.villages:
        return change.village, None
    return None, None


def _reason_list(reasons: Any) -> list[dict[str, Any]]:
    return [{"field": name, "code": code} for name, code in reasons]


def _result(id_: str, fate: Fate) -> Result:
    waiting = [it["field"] for it in fate.reasons if it["field"] is not None]
    return Result(id_, fate.status, fate.rev, waiting, list(fate.reasons))


def _came_before(change: Change, name: str, queued: Mapping[str, Any]) -> bool:
    """True when the queued value was entered over the one that comes in only now."""
    return (
        as_stored(change.set[name]) == queued["was"]
        and as_stored(change.was.get(name)) != queued["set"]
    )
