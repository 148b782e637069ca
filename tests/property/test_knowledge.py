"""What was known at any moment can be told again, whatever happened to the records since."""

import time
from random import Random

import pytest

from schemas.kinds import Entity
from server.domain.counting import Tally
from server.store.changes.write import new_change, write_changes
from server.store.db import db, new_id, transaction
from server.store.knowledge import Stand, known_at, stands_on
from server.store.past import COUNTED
from server.store.records import TABLES
from server.store.steering.differences import differences
from tests import homes

SEEDS = (11, 22)
STEPS = 45
DAYS = ("2025-12-31", "2026-03-15", "2026-11-22")
PARTIAL = ("2025", "2025-12", "2026-01-31", "2026-03", "2026-03-16", "2026-12-31", None)


class History:
    """Random edits of two villages; some of them wait, and apply when nobody expects it."""

    def __init__(self, app, villages, seed):
        self.app, self.random = app, Random(seed)
        self.villages = [village.id for village in villages]
        self.ids: dict[Entity, list[str]] = {entity: [] for entity in COUNTED}

    def step(self):
        self.random.choice(
            (self.home, self.home, self.paper, self.paper, self.edit, self.edit, self.edit)
            + (self.orphan, self.move, self.merge, self.stale)
        )()

    def home(self):
        home = self._new(Entity.HOUSEHOLD, {"village": self.random.choice(self.villages)})
        for _ in range(self.random.randint(1, 3)):
            values = {"full_name": "Lê Thị An", "household": home, **self._person()}
            self._new(Entity.MEMBER, values)

    def orphan(self):
        """A card arrives before its person does."""
        person, card = new_id(), new_id()
        self._write(new_change("card", card, {"member": person, **self._card()}))
        self.ids[Entity.CARD].append(card)
        if self.random.random() < 0.7 and (home := self._any(Entity.HOUSEHOLD)):
            values = {"full_name": "Vi Văn Ba", "household": home, **self._person()}
            self._new(Entity.MEMBER, values, person)

    def paper(self):
        if person := self._any(Entity.MEMBER):
            kinds = ((Entity.CARD, self._card), (Entity.ENTITLEMENT, self._right))
            entity, values = self.random.choice(kinds)
            self._new(entity, {"member": person, **values()})

    def edit(self):
        entity = self.random.choice(COUNTED[:4])
        values = {
            Entity.HOUSEHOLD: lambda: {"ended_on": self._day(), "end_reason": "dissolved"},
            Entity.MEMBER: self._person,
            Entity.CARD: lambda: {**self._card(), "void_reason": self.random.choice((None, "sai"))},
            Entity.ENTITLEMENT: self._right,
        }[entity]()
        if "ended_on" in values and values["ended_on"] is None:
            values["end_reason"] = None
        self._edit(entity, self._any(entity), values)

    def move(self):
        if self.random.random() < 0.5:
            values = {"village": self.random.choice(self.villages)}
            self._edit(Entity.HOUSEHOLD, self._any(Entity.HOUSEHOLD), values)
        else:
            values = {"household": self._any(Entity.HOUSEHOLD)}
            self._edit(Entity.MEMBER, self._any(Entity.MEMBER), values)

    def merge(self):
        entity = self.random.choice((Entity.HOUSEHOLD, Entity.MEMBER))
        one, other = self._any(entity), self._any(entity)
        into = other if one != other and self.random.random() < 0.7 else None
        self._edit(entity, one, {"merged_into": into})

    def stale(self):
        """Somebody saw another value: it waits, until the record holds what they saw."""
        person = self._any(Entity.MEMBER)
        was, said = {"registration": "none"}, {"registration": "temporary"}
        if person:
            self._write(new_change("member", person, said, was))
            self._edit(Entity.MEMBER, person, {"registration": self.random.choice(("none", None))})

    def _person(self):
        ended = self.random.choice((None, None, None, self._day()))
        return {
            "since": self._day(),
            "ended_on": ended,
            "end_reason": "moved_away" if ended else None,
            "registration": self.random.choice(("permanent", "temporary", "none", None)),
            "presence": self.random.choice(("here", "abroad", None)),
            "insurance_answer": self.random.choice(("never_had", "had_card", "has_card", None)),
            "insurance_asked_on": self.random.choice(("2025-11-01", "2026-03-15")),
        }

    def _card(self):
        evidence = self.random.choice(("app", "told", "card_seen", "bhxh_list"))
        to = self.random.choice(("2026-01", "2026-06-30", "2027", None))
        return {"evidence": evidence, "valid_from": self._day(), "valid_to": to}

    def _right(self):
        return {"kind": self.random.choice(("police", "merit")), "valid_from": self._day()}

    def _day(self):
        return self.random.choice(PARTIAL)

    def _any(self, entity):
        return self.random.choice(self.ids[entity]) if self.ids[entity] else None

    def _new(self, entity, values, id_=None):
        id_ = id_ or new_id()
        self._write(new_change(entity.value, id_, values))
        self.ids[entity].append(id_)
        return id_

    def _edit(self, entity, record, values):
        with self.app.app_context():
            row = record and db.session.get(TABLES[entity], record)
            was = dict.fromkeys(values) | ({} if not row else homes.said(row))
        if row:
            self._write(new_change(entity.value, record, values, {n: was[n] for n in values}))

    def _write(self, change):
        with self.app.app_context(), transaction():
            write_changes([change], homes.author(self.app))


def known(app, villages, moment=None):
    """How everybody of each village stands on each day; as it was known at a moment."""
    told: dict[tuple[str, str], dict[str, Stand]] = {}
    with app.app_context():
        for village in villages:
            for day in DAYS:
                stands = stands_on(day, [village])
                if moment is not None:
                    stands = known_at(moment, day, [village], stands).stands
                told[village, day] = stands
    return told


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_known_at_any_moment_is_told_again(app, places, seed):
    history = History(app, places.villages, seed)
    moments = []
    for _ in range(STEPS):
        history.step()
        if history.random.random() < 0.2:
            moments.append((time.time_ns(), known(app, history.villages)))
    assert any(said for _, told in moments for said in told.values())
    for moment, told in moments:
        assert known(app, history.villages, moment) == told, moment
        assert_sums(app, history.villages, moment)


def assert_sums(app, villages, moment):
    """Each village goes from what was reported to what is now by the steps that are named."""
    with app.app_context():
        found = differences(villages, moment, DAYS[0], DAYS[-1])
    for village in villages:
        steps = [change.step for change in found.changes if change.step.village == village]
        before, after = (by.get(village, Tally()) for by in (found.reported, found.now))
        assert before.people + sum(step.people for step in steps) == after.people
        assert before.covered + sum(step.covered for step in steps) == after.covered
