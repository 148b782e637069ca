"""What people do, and what befalls them: each deed is one step of a schedule."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from server.store.db import new_id
from tests.fake_phone import FakePhone
from tests.property.faults import KINDS, NO_FAULT, Fault, happened
from tests.property.world import PHONES, SURVEYORS, World

EDITS: list[tuple[str, dict[str, Any]]] = [
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
    ("lead", {"outcome": "joined", "outcome_on": "2026-11-01", "mobilised_by": "Ông Hà"}),
    ("lead", {"outcome": "call_later", "outcome_on": "2026-11-02", "call_on": "2026-12-02"}),
    ("lead", {"outcome": None, "outcome_on": None, "mobilised_by": None, "note": "đi vắng"}),
]
CLOCKS = [
    "2026-11-22T07:41:09+07:00",
    "2031-01-01T00:00:00+07:00",
    "1970-01-01T07:00:00+07:00",
    "?",
]
Deed = Callable[[], None]


@dataclass
class Deeds(ABC):
    world: World
    luck: Random

    @abstractmethod
    def deeds(self) -> list[Deed]:
        """What may happen; named twice, it happens twice as often."""

    def somebody(self) -> FakePhone:
        return self.world.phone(self.luck.choice(PHONES))

    def one(self, phone: FakePhone, entity: str) -> str | None:
        found = self.world.known(phone, entity)
        return self.luck.choice(found) if found else None


class Field(Deeds):
    def deeds(self) -> list[Deed]:
        return [
            self.visits_a_new_household,
            self.records_a_person,
            self.records_a_card,
            self.edits,
            self.edits,
            self.edits,
            *([self.two_edit_the_same] * 4),
            self.says_that_a_person_lives_in_another_household,
            self.says_that_a_card_is_somebody_elses,
            self.says_that_a_household_lies_in_another_village,
            self.the_clock_is_years_off,
        ]

    def visits_a_new_household(self) -> None:
        phone = self.somebody()
        if phone.villages:
            village = self.luck.choice(phone.villages)
            self.world.save(phone, "household", {"village": village, "address": "Xóm 2"})

    def records_a_person(self) -> None:
        phone = self.somebody()
        if home := self.one(phone, "household"):
            self.world.save(phone, "member", {"household": home, "full_name": "Lò Thị Mai"})

    def records_a_card(self) -> None:
        phone = self.somebody()
        if member := self.one(phone, "member"):
            self.world.save(phone, "card", {"member": member, "evidence": "card_seen"})

    def edits(self) -> None:
        phone, (entity, values) = self.somebody(), self.luck.choice(EDITS)
        if record := self.one(phone, entity):
            self.world.save(phone, entity, values, record=record)

    def two_edit_the_same(self) -> None:
        """Neither sees what the other typed, and the second one's values are others."""
        one, other = (self.world.phone(name) for name in self.luck.sample(PHONES[:3], 2))
        entity, values = self.luck.choice(EDITS)
        if record := self.one(one, entity):
            self.world.save(one, entity, values, record=record)
            if record in self.world.known(other, entity):
                again = {name: self._another(name) for name in values}
                self.world.save(other, entity, again, record=record)
                if self.luck.random() < 0.5:
                    for phone in (one, other):
                        self.world.trip(phone)

    def _another(self, name: str) -> Any:
        return {"note": "nhà gạch", "address": "Xóm 9", "phone": "0900000009"}.get(name)

    def says_that_a_person_lives_in_another_household(self) -> None:
        phone = self.somebody()
        member, home = self.one(phone, "member"), self.one(phone, "household")
        if member and home:
            self.world.save(phone, "member", {"household": home}, record=member)

    def says_that_a_card_is_somebody_elses(self) -> None:
        phone = self.somebody()
        card, member = self.one(phone, "card"), self.one(phone, "member")
        if card and member:
            self.world.save(phone, "card", {"member": member}, record=card)

    def says_that_a_household_lies_in_another_village(self) -> None:
        """A surveyor's word waits for the officer."""
        phone = self.somebody()
        if home := self.one(phone, "household"):
            village = self.luck.choice(self.world.villages)
            self.world.save(phone, "household", {"village": village}, record=home)

    def the_clock_is_years_off(self) -> None:
        self.somebody().clock = self.luck.choice(CLOCKS)
        happened["clock set"] += 1


class Journeys(Deeds):
    def deeds(self) -> list[Deed]:
        return [
            self.syncs,
            self.syncs,
            *([self.has_a_bad_trip] * 5),
            self.reads_while_another_writes,
            self.reads_while_another_writes,
            self.an_old_request_arrives,
            self.the_outbox_is_reordered,
            self.everything_is_sent_once_more,
            self.signs_in_again,
        ]

    def syncs(self) -> None:
        self._trip(self.somebody(), NO_FAULT)

    def has_a_bad_trip(self) -> None:
        early = 1 + min(int(self.luck.expovariate(0.2)), 40)
        self._trip(self.somebody(), (self.luck.choice(KINDS), early))

    def reads_while_another_writes(self) -> None:
        """There is something to read, and something more comes while it is read."""
        reader, one, other = self.luck.sample([self.world.phones[n] for n in PHONES[:3]], 3)
        for writer in (one, other):
            if home := self.one(writer, "household"):
                self.world.save(writer, "member", {"household": home, "full_name": "Lò Văn Pó"})
        self.world.trip(one)
        fault = ("writer between", self.luck.randint(3, 12))
        self.world.trip(reader, fault, meanwhile=other.sync)
        self.world.obey(other)

    def _trip(self, phone: FakePhone, fault: Fault) -> None:
        if phone.standing == "erased":
            return
        phone.batch = self.luck.choice([1, 2, 500])
        other = self.somebody()
        meanwhile = (lambda: None) if other is phone else other.sync
        self.world.trip(phone, fault, self.luck.choice([2, 5, 1000]), meanwhile)
        self.world.obey(other)

    def an_old_request_arrives(self) -> None:
        self.world.faults.arrives_late(self.luck.randrange(100))

    def the_outbox_is_reordered(self) -> None:
        self.luck.shuffle(self.somebody().outbox)
        happened["reordered"] += 1

    def everything_is_sent_once_more(self) -> None:
        phone = self.somebody()
        if phone.epoch == self.world.truth.epoch:
            phone.phone.post("/api/v1/sync", phone.request([*phone.sent, *phone.outbox]))
            happened["sent once more"] += 1

    def signs_in_again(self) -> None:
        self.world.sign_in_again(self.somebody())
        happened["signed in again"] += 1


class Desk(Deeds):
    def deeds(self) -> list[Deed]:
        return [
            *([self.the_officer_decides] * 4),
            self.the_officer_edits,
            self.the_officer_edits,
            self.the_officer_adds_a_household,
            self.the_officer_names_somebody_to_talk_to,
            self.somebody_comes_on_a_list,
            self.a_list_takes_a_step,
            self.the_officer_moves_a_household,
            self.the_officer_merges,
            self.the_officer_takes_a_merge_back,
            self.somebody_gains_or_loses_a_village,
            self.somebody_gains_or_loses_a_village,
            self.a_phone_is_revoked,
            self.luck.choice([self.a_phone_is_stolen, self.a_village_gives_way_to_another]),
        ]

    def the_officer_decides(self) -> None:
        verdict = self.luck.choice(["accepted", "accepted", "third", "rejected", "returned"])
        self.world.decide(self.luck.randrange(1000), verdict)

    def the_officer_edits(self) -> None:
        entity, values = self.luck.choice(EDITS)
        if record := self.one(self.world.phones["officer"], entity):
            self.world.edit_at_the_desk(entity, record, values)

    def the_officer_adds_a_household(self) -> None:
        values = {"village": self.world.villages[0], "note": f"sổ {self.luck.randrange(1000)}"}
        self.world.edit_at_the_desk("household", new_id(), values)

    def the_officer_names_somebody_to_talk_to(self) -> None:
        if member := self.one(self.world.phones["officer"], "member"):
            self.world.name_to_talk_to(member)

    def somebody_comes_on_a_list(self) -> None:
        if member := self.one(self.world.phones["officer"], "member"):
            self.world.put_on_a_list(member)

    def a_list_takes_a_step(self) -> None:
        if listing := self.one(self.world.phones["officer"], "listing"):
            state = self.luck.choice(("sealed", "received", "issued", "off"))
            step = {"state": state, "state_on": "2026-11-02"}
            self.world.edit_at_the_desk("listing", listing, step)

    def the_officer_moves_a_household(self) -> None:
        if home := self.one(self.world.phones["officer"], "household"):
            village = self.luck.choice(self.world.villages)
            self.world.ask_the_desk(f"households/{home}/move", {"village": village})

    def the_officer_merges(self) -> None:
        entity = self.luck.choice(["member", "household"])
        phone = self.world.phones["officer"]
        loser, winner = self.one(phone, entity), self.one(phone, entity)
        if loser and winner:
            self.world.ask_the_desk(f"{entity}s/{loser}/merge", {"into": winner})

    def the_officer_takes_a_merge_back(self) -> None:
        for entity in ("member", "household"):
            for id_, record in self.world.truth.records.items():
                if record.entity == entity and "merged_into" in record.data:
                    self.world.ask_the_desk(f"{entity}s/{id_}/merge", {"into": None})
                    return

    def somebody_gains_or_loses_a_village(self) -> None:
        self.world.assign(self.luck.choice(SURVEYORS), self.luck.choice(self.world.villages))

    def a_village_gives_way_to_another(self) -> None:
        self.world.end_village()

    def a_phone_is_revoked(self) -> None:
        self._revoke(stolen=False)

    def a_phone_is_stolen(self) -> None:
        self._revoke(stolen=True)

    def _revoke(self, *, stolen: bool) -> None:
        phone = self.world.phone(self.luck.choice(["lan", "minh", "minh2"]))
        self.world.ask_the_desk(f"devices/{phone.phone.device.id}/revoke", {"stolen": stolen})


class Server(Deeds):
    def deeds(self) -> list[Deed]:
        return [
            self.a_backup_is_taken,
            self.a_backup_is_taken,
            self.a_backup_is_restored,
            self.what_the_desk_wrote_is_lost_by_a_restore,
            self.what_the_desk_wrote_is_lost_by_a_restore,
            self.a_backup_is_copied_back_by_hand,
            self.a_month_passes_after_a_backup,
        ]

    def a_backup_is_taken(self) -> None:
        self.world.back_up()

    def a_backup_is_restored(self) -> None:
        self.world.restore(self.luck.randrange(100), by_hand=False)

    def what_the_desk_wrote_is_lost_by_a_restore(self) -> None:
        """Only phones that had downloaded it still know."""
        self.world.back_up()
        desk = Desk(self.world, self.luck)
        for _ in range(2):
            self.luck.choice([desk.the_officer_edits, desk.the_officer_adds_a_household])()
        self.world.trip(self.somebody())
        self.world.restore(1, by_hand=False)

    def a_backup_is_copied_back_by_hand(self) -> None:
        self.world.restore(0, by_hand=True)

    def a_month_passes_after_a_backup(self) -> None:
        phone = self.somebody()
        if phone.standing != "erased":
            self.world.a_month_after_a_backup(phone)
