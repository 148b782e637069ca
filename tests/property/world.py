"""A commune with an officer, three surveyors' phones and a desk, for schedules to happen in."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from sqlalchemy import select, text, update

from schemas.kinds import WaitingState
from server.backup import service
from server.store import areas
from server.store.backups import note_backup
from server.store.changes.workspace import UNSETTLED
from server.store.changes.write import author_at_desk, new_change, write_changes
from server.store.db import db, is_sqlite, new_id, now, today, transaction
from server.store.feeds import Instance, Waiting
from server.store.people import Device, User, UserArea
from server.store.places import Area
from server.store.review import decisions, moving
from server.store.review.writing import record_data
from tests.actors import Phone
from tests.factories import LONG_AGO, PASSWORD, Factory
from tests.fake_phone import FakePhone, TripFailed
from tests.property.faults import NO_FAULT, Fault, Faults, happened
from tests.property.truth import Truth

PHONES = ("lan", "minh", "officer", "minh2")
"""Whose phone: `minh2` is a second one of Minh's, registered when it is first used."""

SURVEYORS = ("lan", "minh")
Owed = tuple[str, str, Any]


class World:
    def __init__(self, stand: Any) -> None:
        self.app: Flask = stand.clean()
        self.folder = TemporaryDirectory(prefix="baophu-property-")
        make = Factory(self.app)
        places = make.places()
        self.villages = [village.id for village in places.villages]
        self.users = {
            "lan": make.user("surveyor", username="lan", areas=[places.villages[0]]),
            "minh": make.user("surveyor", username="minh", areas=places.villages),
            "officer": make.user("officer", areas=[places.commune]),
        }
        self.faults = Faults(self.app)
        self.phones: dict[str, FakePhone] = {}
        self.saved: dict[str, FakePhone] = {}
        self.order: dict[str, int] = {}
        self.rolled_back: set[str] = set()
        self.forfeited: set[str] = set()
        self.given_up: set[str] = set()
        self.owed: dict[str, set[Owed]] = {}
        self.without_right: set[tuple[str, str]] = set()
        self.backups: list[tuple[Path, set[str]]] = []
        self.desk_wrote = False
        self.copied_back = False
        for name in ("lan", "minh", "officer"):
            self.phone(name)
        self._everybody_knows_a_family_in_each_village()
        self.truth = Truth.of(self.app)

    def close(self) -> None:
        self.folder.cleanup()
        with self.app.app_context(), transaction():
            if not is_sqlite():
                aside = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_re%'")
                for (name,) in db.session.execute(aside).all():
                    db.session.execute(text(f'DROP SCHEMA "{name}" CASCADE'))

    def _everybody_knows_a_family_in_each_village(self) -> None:
        minh = self.phones["minh"]
        minh.sync()
        for village in self.villages:
            home = self.save(minh, "household", {"village": village, "address": "Xóm 2"})
            member = self.save(minh, "member", {"household": home, "full_name": "Lò Thị Mai"})
            self.save(minh, "card", {"member": member, "evidence": "card_seen"})
        minh.sync()
        for member in self.known(minh, "member"):
            self.name_to_talk_to(member)
        for phone in self.phones.values():
            phone.sync()
        self.desk_wrote = False

    # ── phones ───────────────────────────────────────────────────────────────────────────────────

    def phone(self, name: str) -> FakePhone:
        if name not in self.phones:
            user = self.users["minh" if name == "minh2" else name]
            self.phones[name] = FakePhone(self._signed_in(user, None))
        return self.phones[name]

    def _signed_in(self, user: User, device: str | None) -> Phone:
        body = {"username": user.username, "password": PASSWORD, "name": "Máy", "device": device}
        answer = self.app.test_client(use_cookies=False).post("/api/v1/devices", json=body)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        told = answer.get_json()
        return Phone(self.app, user, Device(id=told["device"]), told["token"])

    def sign_in_again(self, phone: FakePhone) -> None:
        phone.phone = self._signed_in(phone.phone.user, phone.phone.device.id)
        phone.standing = "active"

    def save(self, phone: FakePhone, entity: str, values: dict[str, Any], **more: Any) -> str:
        if entity == "household" and "village" in values:
            more.setdefault("village", values["village"])
        change = phone.save(entity, values, **more)
        self.saved[change["id"]] = phone
        self.order.setdefault(change["record"], len(self.order))
        return change["record"]

    def known(self, phone: FakePhone, entity: str) -> list[str]:
        """What the phone can show: its copies and what it made itself."""
        ids = {id_ for _, (kind, id_), _ in phone.copies.each() if kind == entity}
        ids |= {change["record"] for change in phone.outbox if change["entity"] == entity}
        return sorted(ids, key=lambda id_: self.order.get(id_, 0))

    def trip(
        self,
        phone: FakePhone,
        fault: Fault = NO_FAULT,
        limit: int = 1000,
        meanwhile: Callable[[], Any] = lambda: None,
    ) -> None:
        if phone.standing != "erased":
            with self.faults.during(phone, fault, meanwhile):
                phone.sync(limit=limit)
            self.obey(phone)

    def obey(self, phone: FakePhone) -> None:
        """A phone that was told to erase everything has lost it by order."""
        if phone.standing == "erased":
            held = {c["id"] for c in (*phone.outbox, *phone.sent, *phone.needs_help)}
            mine = {id_ for id_, owner in self.saved.items() if owner is phone}
            self.given_up |= mine - held
            self.forfeited |= mine - held - Truth.of(self.app).log.keys()
            self.owed.pop(self.name_of(phone), None)

    def name_of(self, phone: FakePhone) -> str:
        return next(name for name, one in self.phones.items() if one is phone)

    # ── the desk ─────────────────────────────────────────────────────────────────────────────────

    def decide(self, choice: int, verdict: str) -> None:
        with self.app.app_context(), transaction():
            waiting = select(Waiting.id).where(Waiting.state.in_(UNSETTLED)).order_by(Waiting.seq)
            ids = db.session.scalars(waiting).all()
            if not ids:
                return
            author = author_at_desk(db.session.get_one(User, self.users["officer"].id))
            id_ = ids[choice % len(ids)]
            if verdict == "third":
                values = {"note": "hỏi lại rồi", "phone": "0900000003", "known_as": "Cả"}
                decisions.accept(id_, author, values)
            elif verdict == "accepted":
                decisions.accept(id_, author)
            else:
                decisions.settle(id_, author, WaitingState(verdict))
        self.desk_wrote = True
        happened[f"desk {verdict}"] += 1

    def edit_at_the_desk(self, entity: str, record: str, values: dict[str, Any]) -> None:
        """With what the desk's page showed: the record as it stands."""
        with self.app.app_context(), transaction():
            author = author_at_desk(db.session.get_one(User, self.users["officer"].id))
            current = record_data(entity, record)
            was = {name: current.get(name) for name in values}
            write_changes([new_change(entity, record, values, was)], author)
        self.desk_wrote = True
        happened["desk edit"] += 1

    def name_to_talk_to(self, member: str) -> None:
        """Somebody who may join voluntary social insurance: only the desk says who."""
        asked = {"member": member, "kind": "survey", "source": "rà soát", "asked_on": "2026-10-30"}
        id_ = new_id()
        self.order.setdefault(id_, len(self.order))
        self.edit_at_the_desk("lead", id_, asked)

    def put_on_a_list(self, member: str) -> None:
        """Where a card is, is the office's and the insurance's to say."""
        told = {"member": member, "list_number": "BP-15646-2026-0001", "state": "submitted"}
        id_ = new_id()
        self.order.setdefault(id_, len(self.order))
        self.edit_at_the_desk("listing", id_, {**told, "state_on": "2026-10-30"})

    def ask_the_desk(self, path: str, body: dict[str, Any]) -> None:
        """Through the officer's own door; what may not be done is refused there."""
        answer = self.phones["officer"].phone.post(f"/api/v1/{path}", body)
        assert answer.status_code in (200, 204, 400, 401, 403, 404, 409), answer.get_data()
        self.desk_wrote = True
        if answer.status_code in (200, 204):
            happened[f"desk {path.split('/')[2]}{' stolen' if body.get('stolen') else ''}"] += 1

    def assign(self, name: str, village: str) -> None:
        """Give a surveyor a village, or take it from them as of yesterday, but not their last."""
        yesterday = (date.fromisoformat(today()) - timedelta(days=1)).isoformat()
        with self.app.app_context(), transaction():
            user = self.users[name].id
            mine = select(UserArea).where(
                UserArea.user_id == user, UserArea.area_id == village, UserArea.valid_to.is_(None)
            )
            row = db.session.scalars(mine).first()
            if row is not None and len(self.phones[name].villages) < 2:
                return
            if row is not None:
                row.valid_to = yesterday
            else:
                db.session.add(UserArea(user_id=user, area_id=village, valid_from=LONG_AGO))
        happened["village taken" if row is not None else "village given"] += 1

    def end_village(self) -> None:
        """The second village becomes part of the first, with all its households."""
        old, heir = self.villages[1], self.villages[0]
        with self.app.app_context(), transaction():
            area = db.session.get_one(Area, old)
            if area.valid_to is not None:
                return
            author = author_at_desk(db.session.get_one(User, self.users["officer"].id))
            moving.move_village(old, heir, author)
            yesterday = (date.fromisoformat(today()) - timedelta(days=1)).isoformat()
            areas.end_area(area, [db.session.get_one(Area, heir)], yesterday)
        self.desk_wrote = True
        happened["village ended"] += 1

    # ── backups ──────────────────────────────────────────────────────────────────────────────────

    def back_up(self) -> None:
        file = Path(self.folder.name) / f"{len(list(Path(self.folder.name).iterdir()))}"
        with self.app.app_context():
            service.back_up(file)
        self.backups = [*self.backups[-1:], (file, set(self.truth.log))]
        self.desk_wrote = False
        happened["backup"] += 1

    def a_month_after_a_backup(self, phone: FakePhone) -> None:
        """A phone whose sent shelf a verified backup holds takes it off; older backups than that
        are none to restore any more."""
        with suppress(TripFailed):
            phone.sync()
            self.truth = Truth.of(self.app)
            self.back_up()
            self.backups = self.backups[-1:]
            with self.app.app_context(), transaction():
                later = now() + timedelta(hours=2)
                note_backup(begun_at=later, engine="", file_name="", size=0, sha256="")
            if not phone.outbox:
                phone.sync()
                happened["shelf cleared"] += len(phone.sent)
                phone.clear_shelf(now() + timedelta(days=31))
            with self.app.app_context(), transaction():
                db.session.execute(text("DELETE FROM backup"))
        self.obey(phone)

    def restore(self, choice: int, *, by_hand: bool) -> None:
        """A backup comes back. By hand: nobody renews the epoch. A lost result tells the phones,
        so the desk must not have been the only one who wrote; else people renew it, as told."""
        if not self.backups:
            return
        file, had = self.backups[choice % len(self.backups)]
        if by_hand:
            file, had = self.backups[-1]
        before = Truth.of(self.app)
        quiet = not self.desk_wrote and not self._unanswered(before, had)
        with self.app.app_context():
            service.restore(file, yes=True)
            if by_hand and quiet:
                with transaction():
                    db.session.execute(update(Instance).values(epoch=before.epoch))
        self.truth = Truth.of(self.app)
        self.rolled_back |= before.log.keys() - self.truth.log.keys()
        # Of a stolen phone nothing is left to offer again: its erasing was ordered.
        self.forfeited |= self.rolled_back & self.given_up
        for name, phone in self.phones.items():
            facts = self._facts(phone, before)
            self.owed[name] = self.owed.get(name, set()) | facts
        self.desk_wrote = True
        happened["copied back by hand" if by_hand and quiet else "restored"] += 1
        self.copied_back = self.copied_back or (by_hand and quiet)

    def _unanswered(self, before: Truth, had: set[str]) -> bool:
        """True when the server took something since the backup whose author has not heard of it."""
        heard = {id_ for phone in self.phones.values() for id_ in phone.fates}
        return bool(before.log.keys() - had - heard)

    def _facts(self, phone: FakePhone, before: Truth) -> set[Owed]:
        """What the phone had downloaded, the server held, and the restored one does not."""
        facts: set[Owed] = set()
        for _, (entity, id_), copy in phone.copies.each():
            held = before.records.get(id_)
            if held is None or entity == "waiting":
                continue
            there = self.truth.records.get(id_)
            for name, value in copy["data"].items():
                stands = there.data.get(name) if there else None
                if held.data.get(name) == value != stands and name != "village":
                    facts.add((id_, name, value))
        return facts

    # ── what must hold ───────────────────────────────────────────────────────────────────────────

    def check(self) -> None:
        before, self.truth = self.truth, Truth.of(self.app)
        truth = self.truth
        truth.every_fate_has_its_place()
        truth.feeds_hold_what_their_digests_say(self.villages)
        truth.everything_lies_where_its_household_lies()
        truth.everything_was_said_by_a_change()
        self._what_could_apply_lacks_only_the_right()
        if before.epoch == truth.epoch:
            truth.nothing_unseen_was_overwritten(before)
        for id_, phone in self.saved.items():
            self._one_of_three_places(id_, phone)
        for phone in self.phones.values():
            self._as_the_server_has_it(phone)

    def _what_could_apply_lacks_only_the_right(self) -> None:
        """It applies by itself the moment the record holds what its author saw, unless they serve
        the village no longer: then, also should they come back, people decide."""
        could = self.truth.could_apply()
        for wait, name in could.keys() - self.without_right:
            asked = could[wait, name]
            assert not self._serves(asked.user, self.truth.records[asked.record].village), name
        self.without_right = set(could)

    def _serves(self, user_id: str | None, village: str) -> bool:
        with self.app.app_context():
            user = db.session.get(User, user_id) if user_id else None
            return user is not None and author_at_desk(user).serves(village)

    def _one_of_three_places(self, id_: str, phone: FakePhone) -> None:
        shelves = (phone.outbox, phone.sent, phone.needs_help)
        found = [sum(change["id"] == id_ for change in shelf) for shelf in shelves]
        assert sum(found) <= 1, "on two shelves"
        waits_to_go = found[0] or found[2]
        goes_again = found[1] and id_ in self.rolled_back
        held = id_ in self.truth.log or waits_to_go or goes_again or id_ in self.forfeited
        assert held, "a saved change is nowhere"

    def _as_the_server_has_it(self, phone: FakePhone) -> None:
        if phone.epoch != self.truth.epoch or self.copied_back or phone.second is not None:
            return
        for village in phone.villages:
            rev, digest = self.truth.head(village)
            if village in phone.copies.complete and phone.cursors[village] == rev:
                assert phone.digest(village) == digest
        assert phone.repairs == 0, "a phone had to be healed"

    def grow_quiet(self) -> None:
        """Everybody has signal and signs in where asked; late requests arrive first."""
        while self.faults.late:
            self.faults.arrives_late(0)
        for _ in range(3):
            for phone in self.phones.values():
                phone.retry_needs_help()
                self._sync_to_the_end(phone)

    def _sync_to_the_end(self, phone: FakePhone) -> None:
        for _ in range(3):
            with suppress(TripFailed):
                phone.sync()
                return
            self.obey(phone)
            self.sign_in_again(phone)
        raise AssertionError("a phone cannot sync")

    def everybody_holds_what_the_server_holds(self) -> None:
        truth = self.truth = Truth.of(self.app)
        truth.what_arrived_is_waited_for_no_longer()
        for id_ in self.saved:
            assert id_ in truth.log or id_ in self.forfeited, "a saved change is nowhere"
        for facts in self.owed.values():
            for record, name, value in facts:
                assert truth.knows(record, name, value), f"{name} was lost by a restore"
        for phone in self.phones.values():
            assert not phone.outbox
            assert phone.records.keys() <= set(phone.villages)
            answer = phone.sync()
            assert not any(feed["records"] for feed in answer["feeds"].values())
            for village in phone.villages:
                copies = phone.records.get(village, {})
                held = {key[1]: (copy["data"], copy["rev"]) for key, copy in copies.items()}
                assert held == truth.feed(village)
                assert answer["feeds"][village]["digest"] == truth.head(village)[1]
        assert Truth.of(self.app) == truth, "another sync did something"
