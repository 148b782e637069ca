"""Random schedules of three phones and a desk: whatever is lost, doubled, reordered, moved, merged
and decided, a saved change is in the outbox, in the record or in the review queue."""

import os
from typing import Any

import orjson
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from schemas.kinds import Entity, WaitingState
from server.domain.digest import feed_digest
from server.domain.merge import UNIT_OF
from server.store import decisions
from server.store.db import db, transaction
from server.store.feeds import ChangeRow, Tombstone, VillageFeed, Waiting
from server.store.records import TABLES
from server.store.write import author_at_desk
from tests.actors import Phone
from tests.factories import Factory
from tests.fake_phone import FakePhone

PHONES = st.sampled_from(["lan", "minh", "officer"])
EDITS = st.sampled_from(
    [
        ("household", {"note": "nhà sàn"}),
        ("household", {"note": None}),
        ("household", {"address": "Xóm 3", "hardship": True}),
        ("member", {"phone": "0900000001"}),
        ("member", {"phone": "0900000002", "known_as": "Mai"}),
        ("member", {"known_as": None, "phone": None}),
        ("member", {"ended_on": "2026-11-01", "end_reason": "moved_away"}),
        ("member", {"ended_on": None, "end_reason": None}),
        ("card", {"valid_from": "2026-01-01", "valid_to": "2026-12-31"}),
        ("card", {"valid_from": "2026-02-01", "valid_to": "2026-11-30", "number": "1234567890"}),
        ("card", {"valid_from": "2026-03-01", "valid_to": "2026-02-30"}),
        ("card", {"number": "không phải số", "void_reason": "nhập nhầm"}),
    ]
)
CHOICE = st.integers(0, 2**16)


class Schedules(RuleBasedStateMachine):
    stand: Any

    @initialize()
    def begin(self) -> None:
        self.app = self.stand.clean()
        make = Factory(self.app)
        places = make.places()
        self.villages = [village.id for village in places.villages]
        people = {
            "lan": make.user("surveyor", username="lan", areas=[places.villages[0]]),
            "minh": make.user("surveyor", username="minh", areas=places.villages),
            "officer": make.user("officer", areas=[places.commune]),
        }
        self.officer = people["officer"]
        self.phones = {
            name: FakePhone(
                Phone(self.app, user, *make.device(user)), self.villages[: 1 + (name != "lan")]
            )
            for name, user in people.items()
        }
        self.saved: dict[str, FakePhone] = {}
        self.everybody_knows_a_family_in_each_village()

    def everybody_knows_a_family_in_each_village(self) -> None:
        phone = self.phones["minh"]
        for village in self.villages:
            phone.card(phone.member(phone.household(village)), valid_to="2026-06-30")
        self.saved |= {change["id"]: phone for change in phone.outbox}
        for each in (phone, *self.phones.values()):
            each.sync()

    def save(self, phone: FakePhone, entity: str, values: dict[str, Any], **more: Any) -> None:
        self.saved[phone.save(entity, values, **more)["id"]] = phone

    def known(self, phone: FakePhone, entity: str) -> list[str]:
        """What the phone can show: its copies and what it made itself."""
        copies = [id_ for copy in phone.records.values() for kind, id_ in copy if kind == entity]
        own = [change["record"] for change in phone.outbox if change["entity"] == entity]
        return sorted({*copies, *own})

    def pick(self, phone: FakePhone, entity: str, choice: int) -> str | None:
        found = self.known(phone, entity)
        return found[choice % len(found)] if found else None

    @rule(name=PHONES, choice=CHOICE)
    def visits_a_new_household(self, name: str, choice: int) -> None:
        phone = self.phones[name]
        village = phone.villages[choice % len(phone.villages)]
        self.save(phone, "household", {"village": village, "address": "Xóm 2"}, village=village)

    @rule(name=PHONES, choice=CHOICE)
    def records_a_person(self, name: str, choice: int) -> None:
        phone = self.phones[name]
        if home := self.pick(phone, "household", choice):
            self.save(phone, "member", {"household": home, "full_name": "Lò Thị Mai"})

    @rule(name=PHONES, choice=CHOICE)
    def records_a_card(self, name: str, choice: int) -> None:
        phone = self.phones[name]
        if member := self.pick(phone, "member", choice):
            self.save(phone, "card", {"member": member, "evidence": "card_seen"})

    @rule(name=PHONES, edit=EDITS, choice=CHOICE)
    def edits(self, name: str, edit: tuple[str, dict[str, Any]], choice: int) -> None:
        phone, (entity, values) = self.phones[name], edit
        if record := self.pick(phone, entity, choice):
            self.save(phone, entity, values, record=record)

    @rule(name=PHONES, one=CHOICE, other=CHOICE)
    def says_that_a_person_lives_in_another_household(
        self, name: str, one: int, other: int
    ) -> None:
        phone = self.phones[name]
        member, home = self.pick(phone, "member", one), self.pick(phone, "household", other)
        if member and home:
            self.save(phone, "member", {"household": home}, record=member)

    @rule(name=PHONES, one=CHOICE, other=CHOICE)
    def says_that_a_card_is_somebody_elses(self, name: str, one: int, other: int) -> None:
        phone = self.phones[name]
        card, member = self.pick(phone, "card", one), self.pick(phone, "member", other)
        if card and member:
            self.save(phone, "card", {"member": member}, record=card)

    @rule(name=PHONES, one=CHOICE, other=CHOICE)
    def moves_a_household(self, name: str, one: int, other: int) -> None:
        """A surveyor's word waits for the officer."""
        phone = self.phones[name]
        if home := self.pick(phone, "household", one):
            self.save(phone, "household", {"village": self.villages[other % 2]}, record=home)

    @rule(name=PHONES, one=CHOICE, other=CHOICE, entity=st.sampled_from(["member", "household"]))
    def merges_or_takes_it_back(self, name: str, one: int, other: int, entity: str) -> None:
        phone = self.phones["officer"]
        loser, winner = self.pick(phone, entity, one), self.pick(phone, entity, other)
        if loser and winner and other % 3:
            phone.phone.post(f"/api/v1/{entity}s/{loser}/merge", {"winner": winner})
        elif loser:
            phone.phone.post(f"/api/v1/{entity}s/{loser}/merge", {"winner": None})

    @rule(choice=CHOICE, verdict=st.sampled_from(["accept", "rejected", "returned"]))
    def the_officer_decides(self, choice: int, verdict: str) -> None:
        with self.app.app_context(), transaction():
            state = Waiting.state.in_([WaitingState.OPEN, WaitingState.RETURNED])
            ids = db.session.scalars(select(Waiting.id).where(state).order_by(Waiting.seq)).all()
            if not ids:
                return
            author, id_ = author_at_desk(self.officer), ids[choice % len(ids)]
            if verdict == "accept":
                decisions.accept(id_, author)
            else:
                decisions.settle(id_, author, WaitingState(verdict))

    @rule(name=PHONES, lost=st.booleans(), limit=st.sampled_from([2, 1000]))
    def syncs(self, name: str, lost: bool, limit: int) -> None:
        self.phones[name].sync(lose_answer=lost, limit=limit)

    @rule(name=PHONES, count=st.integers(1, 3), last=st.booleans())
    def sends_a_part(self, name: str, count: int, last: bool) -> None:
        """The batch was halved, or only its end came through."""
        phone = self.phones[name]
        part = phone.outbox[-count:] if last else phone.outbox[:count]
        assert phone.phone.post("/api/v1/sync", phone.request(part)).status_code == 200

    @rule(name=PHONES)
    @precondition(lambda self: any(phone.sent for phone in self.phones.values()))
    def sends_everything_once_more(self, name: str) -> None:
        phone = self.phones[name]
        answer = phone.phone.post("/api/v1/sync", phone.request([*phone.sent, *phone.outbox]))
        assert answer.status_code == 200

    @rule(name=PHONES, order=st.randoms(use_true_random=False))
    def the_outbox_is_reordered(self, name: str, order: Any) -> None:
        order.shuffle(self.phones[name].outbox)

    @rule()
    def the_server_restarts(self) -> None:
        with self.app.app_context():
            db.engine.dispose()

    @invariant()
    def nothing_is_outside_the_three_places(self) -> None:
        if not hasattr(self, "saved"):
            return
        with self.app.app_context():
            fates = dict(db.session.execute(select(ChangeRow.id, ChangeRow.status)).all())
            named = set(db.session.scalars(select(Waiting.change_id)))
        for id_, phone in self.saved.items():
            assert id_ in fates or any(change["id"] == id_ for change in phone.outbox)
        assert {id_ for id_, status in fates.items() if status != "applied"} <= named
        assert set(fates.values()) <= {"applied", "merged", "held"}

    @invariant()
    def feeds_hold_what_their_digests_say(self) -> None:
        if not hasattr(self, "saved"):
            return
        live, feeds = self.feeds()
        for village, (rev, digest) in feeds.items():
            revs = [item[1] for item in live[village].values()]
            assert len(set(revs)) == len(revs)
            assert max(revs, default=0) <= rev
            assert feed_digest((id_, it[1]) for id_, it in live[village].items()) == digest
        for phone in self.phones.values():
            for village in phone.villages:
                rev, digest = feeds.get(village, (0, feed_digest([])))
                if village in phone.records and phone.cursors[village] == rev:
                    assert phone.digest(village) == digest

    @invariant()
    def everything_lies_where_its_household_lies(self) -> None:
        if not hasattr(self, "saved"):
            return
        with self.app.app_context():
            homes: dict[str, str] = {}
            for entity, table in TABLES.items():
                columns = (table.id, table.village_id, table.household_id, table.data)
                for id_, village, household, data in db.session.execute(select(*columns)):
                    values = orjson.loads(data)
                    if entity is Entity.HOUSEHOLD:
                        homes[id_] = village
                        assert values["village"] == village
                    assert homes[household] == village
                    if entity is Entity.MEMBER:
                        assert values["household"] == household
            for wait in db.session.scalars(select(Waiting)):
                if wait.household_id in homes and wait.village_id is not None:
                    assert homes[wait.household_id] == wait.village_id

    def feeds(self) -> tuple[dict[str, dict[str, Any]], dict[str, tuple[int, str]]]:
        live: dict[str, dict[str, Any]] = {village: {} for village in self.villages}
        with self.app.app_context():
            tables: list[Any] = [*TABLES.values(), Waiting]
            for table in tables:
                feed = (table.village_id, table.id, table.rev, table.data)
                for village, id_, rev, data in db.session.execute(select(*feed)):
                    if village is None:
                        continue
                    assert id_ not in live[village]
                    live[village][id_] = (orjson.loads(data), rev)
            graves = select(Tombstone.village_id, Tombstone.record_id)
            for village, id_ in db.session.execute(graves):
                assert id_ not in live[village]
            heads = select(VillageFeed.village_id, VillageFeed.rev, VillageFeed.digest)
            rows = db.session.execute(heads.where(VillageFeed.village_id.in_(self.villages)))
            return live, {village: (rev, digest) for village, rev, digest in rows}

    def nothing_waits_that_could_apply(self) -> None:
        with self.app.app_context():
            records = {
                row.id: orjson.loads(row.data)
                for table in TABLES.values()
                for row in db.session.scalars(select(table))
            }
            for wait in db.session.scalars(select(Waiting).where(Waiting.state == "open")):
                assert wait.missing_id not in records
                data = orjson.loads(wait.data)
                codes = {it["field"]: it["code"] for it in data["reasons"]}
                for name, it in data["fields"].items():
                    if "state" in it or codes.get(name) != "conflict" or name in UNIT_OF:
                        continue
                    if name not in ("village", "household", "member", "merged_into"):
                        assert records[wait.record_id].get(name) != it["was"]

    def teardown(self) -> None:
        """Once quiet, every phone holds what the server holds, and another sync does nothing."""
        if not hasattr(self, "saved"):
            return
        for _ in range(2):
            for phone in self.phones.values():
                phone.sync()
        self.nothing_is_outside_the_three_places()
        self.nothing_waits_that_could_apply()
        live, feeds = self.feeds()
        for phone in self.phones.values():
            assert not phone.outbox
            answer = phone.sync()
            assert not any(feed["records"] for feed in answer["feeds"].values())
            for village in phone.villages:
                copies = phone.records.get(village, {})
                held = {key[1]: (copy["data"], copy["rev"]) for key, copy in copies.items()}
                assert held == live[village]
                assert (
                    answer["feeds"][village].get("digest")
                    == feeds.get(village, (0, feed_digest([])))[1]
                )
        assert self.feeds() == (live, feeds)


def examples() -> settings:
    if os.environ.get("HYPOTHESIS_PROFILE") == "soak":
        return settings()
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=40, stateful_step_count=25, suppress_health_check=slow)


def test_no_schedule_loses_or_doubles_anything(sqlite_stand: Any) -> None:
    Schedules.stand = sqlite_stand
    run_state_machine_as_test(Schedules, settings=examples())
