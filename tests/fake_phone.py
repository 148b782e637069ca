"""A phone as the tests need it: the stores of the real one (outbox, sent shelf, needs-help shelf,
copies and cursors, a second generation while a restored server is read), speaking the real wire to
the real application. Every change of its stores is one transaction; before each it calls `step`, so
that a test can kill the app there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.sync import CHANGES_LIMIT, PROTOCOL, REFERENCE_FEED
from server.store.db import new_id
from tests.actors import Phone
from tests.support.phone_copies import Copies, Key, rescues

MOST_REOFFERS = 3
FAILURES_ALONE = 3
SHELF = timedelta(days=30)
BACKUP_MARGIN = timedelta(hours=1)
OPEN_STATES = ("open", "returned")

Change = dict[str, Any]


class TripFailed(Exception):
    """The trip ended early; everything is kept as it was: `offline`, `unauthorized`, `busy`,
    `refused`, `other_database`, `restored_again`, `erased`."""


@dataclass
class Fate:
    """What the phone knows of a change it sent. `round`: how many restores it had seen then."""

    result: dict[str, Any]
    round: int
    at: datetime


@dataclass
class FakePhone:
    phone: Phone
    villages: list[str] = field(default_factory=list)
    outbox: list[Change] = field(default_factory=list)
    sent: list[Change] = field(default_factory=list)
    needs_help: list[Change] = field(default_factory=list)
    fates: dict[str, Fate] = field(default_factory=dict)
    failed_alone: dict[str, int] = field(default_factory=dict)
    copies: Copies = field(default_factory=Copies)
    second: Copies | None = None
    round: int = 0
    database: str | None = None
    epoch: str | None = None
    last: str | None = None
    standing: str = "active"
    backed_up_until: datetime | None = None
    batch: int = CHANGES_LIMIT
    clock: str = "2026-11-22T07:41:09+07:00"
    repairs: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    carry: Callable[[dict[str, Any]], Any] | None = None
    """Takes a body to the server and brings the response back; a test may lose either."""
    step: Callable[[], None] = lambda: None
    _limit: int = CHANGES_LIMIT
    _kept_back: bool = False
    _wanting: set[str] = field(default_factory=set)
    _repaired: set[str] = field(default_factory=set)

    @property
    def records(self) -> dict[str, dict[Key, dict[str, Any]]]:
        return self.copies.records

    @property
    def cursors(self) -> dict[str, int]:
        return self.copies.cursors

    @property
    def results(self) -> dict[str, dict[str, Any]]:
        return {id_: fate.result for id_, fate in self.fates.items()}

    # ── saving and showing ───────────────────────────────────────────────────────────────────────

    def save(
        self,
        entity: str,
        values: dict[str, Any],
        record: str | None = None,
        was: dict[str, Any] | None = None,
        village: str | None = None,
        **more: Any,
    ) -> Change:
        """Put a change into the outbox; what the screen showed is the phone's own copy."""
        record = record or new_id()
        shown = self.shown(entity, record)
        change = {
            "id": new_id(),
            "entity": entity,
            "record": record,
            "village": village or (self.villages[0] if self.villages else None),
            "by": self.phone.user.id,
            "device": self.phone.device.id,
            "at": self.clock,
            "was": {n: shown.get(n) for n in values} if was is None else was,
            "set": values,
            "answers": None,
            **more,
        }
        self.outbox.append(change)
        return change

    def shown(self, entity: str, record: str) -> dict[str, Any]:
        """The record as the screen shows it: the copy under all own edits that are not settled."""
        found = self.copies.find(entity, record)
        copy: dict[str, Any] = dict(found[1]["data"]) if found else {}
        older: set[str] = set()
        for change in [*self.sent, *self.needs_help, *self.outbox]:
            if (change["entity"], change["record"]) == (entity, record) and "rescue" not in change:
                # An older edit that still waits would show through if the newer one left first.
                names = {n for n in change["set"] if n in self._unsettled(change) or n in older}
                older |= names
                copy.update({name: change["set"][name] for name in names})
        return {name: value for name, value in copy.items() if value is not None}

    def _unsettled(self, change: Change) -> set[str]:
        """The fields of an own edit that the feed does not speak of yet, or that wait."""
        fate = self.fates.get(change["id"])
        if fate is None or fate.result["status"] == "malformed":
            return set(change["set"])
        found = self.copies.find(change["entity"], change["record"])
        village = found[0] if found else change["village"]
        if village in self.villages and (
            village not in self.copies.complete
            or self.cursors[village] < (fate.result.get("rev") or 0)
        ):
            return set(change["set"])
        if fate.result["status"] == "applied":
            return set()
        waits = [wait for wait in self.waiting() if wait["change"] == change["id"]]
        if any(wait["state"] not in OPEN_STATES for wait in waits):
            return set()
        settled = {
            name
            for wait in waits
            for name, it in wait["fields"].items()
            if it.get("state", "open") not in OPEN_STATES
        }
        held = fate.result["status"] == "held"
        return set(change["set"] if held else fate.result.get("waiting", ())) - settled

    # ── a trip ───────────────────────────────────────────────────────────────────────────────────

    def request(self, changes: Iterable[Change] = (), **more: Any) -> dict[str, Any]:
        changes = list(changes)
        unsent = len(self.outbox) + len(self.needs_help)
        return {
            "protocol": PROTOCOL,
            "database": self.database,
            "epoch": self.epoch,
            "last": self.last,
            "sent_at": "2026-11-22T08:00:00+07:00",
            "phone": {"app": "1.0.0", "unsent": unsent, "persisted": True},
            "changes": changes,
            "since": self._since(),
            "have": {},
            "limit": 1000,
            **more,
        }

    def sync(self, *, limit: int = 1000, repair: bool = False, lose_answer: bool = False) -> Any:
        """One trip: send, read every feed to its end, follow a restored server. Gives the last
        answer. Raises `TripFailed`; interrupted anywhere, the next trip goes on."""
        self._wanting = set(self.copies.records) - {REFERENCE_FEED} if repair else set()
        self._repaired, reoffers = set(), 0
        while True:
            batch, more = self._next()
            have = {} if batch and not repair else self._pending_repairs()
            repair = False
            since = {} if more else self._since()
            answer = self._exchange(batch, since=since, have=have, limit=limit)
            if lose_answer:
                return None
            if answer is None:
                continue
            go_on = self._take_in(batch, answer, have)
            if answer["reoffer"]:
                reoffers += 1
                if reoffers > MOST_REOFFERS:
                    raise TripFailed("restored_again")
                self._begin_second(answer["epoch"])
                continue
            if more or go_on or self._rescued():
                continue
            return self.answer

    def _since(self) -> dict[str, int]:
        copies = self.second or self.copies
        return {village: copies.cursors.get(village, 0) for village in self.villages}

    def _next(self) -> tuple[list[Change], bool]:
        """What goes now, oldest save first; a restored server is told the whole shelf again."""
        again = [c for c in self.sent if self.fates[c["id"]].round < self.round]
        rows = [*(again if self.second is not None else ()), *self.outbox]
        size = min(self.batch, self._limit)
        return rows[:size], len(rows) > size

    def _exchange(self, batch: list[Change], **more: Any) -> dict[str, Any] | None:
        body = self.request(batch, **more)
        try:
            answer = self._post(body)
        except TripFailed as failure:
            if failure.args[0] != "refused" or not batch:
                raise
            self._narrow(batch)
            return None
        self._kept_back = body["phone"]["unsent"] > len(batch)
        self._limit = min(self._limit * 2, CHANGES_LIMIT)
        return answer

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        carry = self.carry or (lambda body: self.phone.post("/api/v1/sync", body))
        response = carry(body)
        if response.status_code == 200:
            return response.get_json()
        kinds = {401: "unauthorized", 429: "busy", 503: "busy"}
        raise TripFailed(kinds.get(response.status_code, "refused"), response.get_json())

    def _narrow(self, batch: list[Change]) -> None:
        """Half as much next time; what fails alone three times while an empty trip passes
        needs help."""
        self._post(self.request())
        if len(batch) > 1:
            self._limit = len(batch) // 2
            return
        self._limit = 1
        id_ = batch[0]["id"]
        self.step()
        self.failed_alone[id_] = self.failed_alone.get(id_, 0) + 1
        if self.failed_alone[id_] >= FAILURES_ALONE and batch[0] in self.outbox:
            self.outbox.remove(batch[0])
            self.needs_help.append(batch[0])

    def retry_needs_help(self) -> None:
        """After an update of the app or the server, or by hand."""
        self.outbox = [*self.needs_help, *self.outbox]
        self.needs_help, self.failed_alone = [], {}

    def _take_in(
        self, batch: list[Change], answer: dict[str, Any], have: dict[str, list[list[Any]]]
    ) -> bool:
        """True when there is more to read."""
        if self.database not in (None, answer["database"]):
            raise TripFailed("other_database")
        self.answer = answer
        if batch:
            self.step()
            self._keep_results(batch, answer)
        self.step()
        self.database = answer["database"]
        self.epoch = self.epoch or answer["epoch"]
        until = answer["backed_up_until"]
        self.backed_up_until = datetime.fromisoformat(until) if until else None
        erasing = answer["device"]["state"] == "erase"
        self.standing = "active" if answer["device"]["state"] == "active" else "closing"
        if erasing and self._may_erase(answer["reoffer"]):
            self.step()
            self.erase(all_of_it=bool(self.outbox or self.needs_help))
            raise TripFailed("erased")
        if answer["reoffer"] or self.standing != "active":
            return erasing
        return self._read(answer, have)

    def _may_erase(self, reoffer: bool) -> bool:
        """Told that something is kept back, a server orders it of a stolen phone only; otherwise
        the order waits for what was saved meanwhile."""
        return self._kept_back or not (reoffer or self._next()[0] or self.needs_help)

    def _keep_results(self, batch: list[Change], answer: dict[str, Any]) -> None:
        """The fates, the shelves and the last change the server knows, in one transaction."""
        at = datetime.fromisoformat(answer["server_time"])
        for change, result in zip(batch, answer["results"], strict=True):
            assert result["id"] == change["id"]
            self.fates[change["id"]] = Fate(result, self.round, at)
            if change in self.outbox:
                self.outbox.remove(change)
                malformed = result["status"] == "malformed"
                (self.needs_help if malformed else self.sent).append(change)
            if result["status"] != "malformed":
                # Of what it could not read the server keeps nothing.
                self.last = change["id"]

    def _read(self, answer: dict[str, Any], have: dict[str, Any]) -> bool:
        copies = self.second or self.copies
        asked = set(answer["feeds"])
        more = self._adopt([village["id"] for village in answer["villages"]], copies, asked)
        for village, feed in answer["feeds"].items():
            self.step()
            if feed.get("gone") is True:
                self._lose(village, copies)
                continue
            copies.take(village, feed, repair=village in have)
            more = more or feed["more"]
            if self._differs(village, feed):
                self._wanting.add(village)
        return more or bool(self._wanting)

    def _adopt(self, told: list[str], copies: Copies, asked: set[str]) -> bool:
        """The villages served from now on. True when one was gained that was not asked for."""
        kept = [v for v in self.villages if v in told or v == REFERENCE_FEED]
        self.villages = kept + [village for village in told if village not in kept]
        for village in [*copies.cursors]:
            if village not in self.villages:
                self.step()
                self._lose(village, copies)
        return bool(asked) and any(village not in asked for village in self.villages)

    def _lose(self, village: str, copies: Copies) -> None:
        """Not while something of it has not been sent."""
        if village in self.villages:
            self.villages.remove(village)
        if all(change["village"] != village for change in (*self.outbox, *self.needs_help)):
            copies.lose(village)

    def _differs(self, village: str, feed: dict[str, Any]) -> bool:
        told = feed.get("digest")
        if told is None or self.second is not None or village in self._repaired:
            return False
        return village != REFERENCE_FEED and self.copies.digest(village) != told

    def _pending_repairs(self) -> dict[str, list[list[Any]]]:
        have = {village: self.copies.have(village) for village in self._wanting}
        self._repaired |= self._wanting
        self.repairs += len(have)
        self._wanting = set()
        return have

    # ── a restored server ────────────────────────────────────────────────────────────────────────

    def _begin_second(self, epoch: str) -> None:
        self.step()
        self.epoch, self.last, self.second = epoch, None, Copies()
        self.round += 1

    def _rescued(self) -> bool:
        """When all is read anew: offer what it lacks and put it in place, in one transaction.
        True when that was done, and the offers go on this same trip."""
        if self.second is None or not set(self.villages) <= self.second.complete:
            return False
        self.step()
        made = {"by": self.phone.user.id, "device": self.phone.device.id, "at": self.clock}
        known = {change["id"] for change in (*self.outbox, *self.sent, *self.needs_help)}
        found = rescues(self.copies, self.second, str(self.database), made["device"])
        self.outbox += [{**change, **made} for change in found if change["id"] not in known]
        self.copies, self.second = self.second, None
        return True

    # ── leaving ──────────────────────────────────────────────────────────────────────────────────

    def clear_shelf(self, now: datetime | None = None) -> None:
        """Takes from the shelf what is thirty days old, in a backup begun an hour later, and
        shown no more."""
        now, until = now or datetime.now(UTC), self.backed_up_until
        if until is None:
            return
        self.step()
        over = [
            change
            for change in self.sent
            if (at := self.fates[change["id"]].at) <= now - SHELF
            and at + BACKUP_MARGIN <= until
            and ("rescue" in change or not self._unsettled(change))
        ]
        self.sent = [change for change in self.sent if change not in over]

    def erase(self, *, all_of_it: bool) -> None:
        """What is sent but in no backup yet stays, unless everything goes."""
        self.standing = "erased"
        self.copies, self.second = Copies(), None
        if all_of_it:
            self.outbox, self.needs_help, self.sent = [], [], []

    # ── what tests ask of it ─────────────────────────────────────────────────────────────────────

    def digest(self, village: str) -> str:
        return self.copies.digest(village)

    def data(self, entity: str, record: str) -> dict[str, Any] | None:
        found = self.copies.find(entity, record)
        return found[1]["data"] if found else None

    def waiting(self) -> list[dict[str, Any]]:
        return [record["data"] for _, key, record in self.copies.each() if key[0] == "waiting"]

    def household(self, village: str | None = None, **more: Any) -> str:
        """Record a new household and return its id."""
        village = village or self.villages[0]
        values = {"village": village, "address": "Xóm 2", **more}
        return self.save("household", values, village=village)["record"]

    def member(self, household: str, name: str = "Lò Thị Mai", **more: Any) -> str:
        values = {"household": household, "full_name": name, **more}
        return self.save("member", values)["record"]

    def card(self, member: str, **more: Any) -> str:
        values = {"member": member, "evidence": "card_seen", **more}
        return self.save("card", values)["record"]
