"""Commit order is cursor order: whatever writers do at the same time, who reads by cursor in
between misses nothing. On PostgreSQL, where they really do."""

import os
from random import Random

import pytest
from sqlalchemy import text

from server.store.changes import loading
from server.store.changes.workspace import FeedState
from server.store.db import db
from tests.fake_phone import FakePhone
from tests.property.truth import Truth
from tests.support.conductor import conducting

SEED = int(os.environ.get("SEED", "20261122"))
ROUNDS = int(os.environ.get("INTERLEAVINGS", "25"))
WRITERS = ("một", "hai", "ba")


@pytest.fixture
def app(postgres_stand):
    return postgres_stand.clean()


@pytest.fixture
def people(app, make, places, phone_of):
    """Three who write to both villages, and one who reads them."""
    users = [make.user("surveyor", username=f"tổ{n}", areas=places.villages) for n in range(4)]
    phones = [FakePhone(phone_of(user)) for user in users]
    for phone in phones:
        phone.sync()
    homes = [phones[0].household(village.id) for village in places.villages]
    for phone in (phones[0], *phones):
        phone.sync()
    return phones[:3], phones[3], homes


def interleave(app, people, luck):
    """One schedule: each writer has two changes, the reader comes by between any two steps.
    Gives the order in which the steps went."""
    writers, reader, homes = people
    for writer in writers:
        for _ in range(2):
            home = luck.choice([*homes, None])
            if home is None:
                writer.household(luck.choice(writer.villages))
            else:
                writer.member(home)
    went = []
    with app.app_context():
        engine = db.engine
    with conducting(engine) as conductor:
        for name, writer in zip(WRITERS, writers, strict=True):
            conductor.add(name, writer.sync)
        while ready := conductor.ready():
            name = luck.choice(ready)
            went.append(name)
            conductor.step(name)
            if luck.random() < 0.4:
                look(reader)
            conductor.settle()
    look(reader)
    return tuple(went)


def look(reader):
    """By cursor alone: who had to be healed, or told to start again, has missed something."""
    before = reader.round
    reader.sync()
    assert reader.repairs == 0, "the reader missed a record"
    assert reader.round == before, "the reader was ahead of the feed"


def test_a_reader_between_concurrent_writers_misses_nothing(app, people):
    luck = Random(SEED)
    orders = {interleave(app, people, luck) for _ in range(ROUNDS)}
    assert len(orders) > ROUNDS / 2
    _, reader, _ = people
    truth = Truth.of(app)
    for village in reader.villages:
        held = {key[1]: copy["rev"] for key, copy in reader.records[village].items()}
        assert held == {id_: rev for id_, (_, rev) in truth.feed(village).items()}
    print(f"\nSEED={SEED}: {ROUNDS} interleavings, {len(orders)} different orders of steps")


def test_numbers_handed_out_before_the_commit_would_be_caught(app, people, monkeypatch):
    """The same schedules against revisions from a counter of their own, as a sequence gives them:
    who takes the lower number may commit last."""

    def lock_nothing(villages):
        found = {}
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as counter:
            for village in sorted(villages):
                rev, digest = counter.execute(
                    text(
                        "INSERT INTO village_feed VALUES (:village, 100, '0000000000000000') "
                        "ON CONFLICT (village_id) DO UPDATE SET rev = village_feed.rev + 100 "
                        "RETURNING rev, digest -- advance the feeds"
                    ),
                    {"village": village},
                ).one()
                found[village] = FeedState(rev, int(digest, 16))
        return found

    monkeypatch.setattr(loading, "lock_feeds", lock_nothing)
    # Digests go wrong, too, without the lock; here only what cursors miss shall count.
    monkeypatch.setattr(FakePhone, "_differs", lambda *_: False)
    with pytest.raises(AssertionError, match="the reader"):
        every_round_misses_nothing(app, people)


def every_round_misses_nothing(app, people):
    luck = Random(SEED)
    for _ in range(ROUNDS):
        interleave(app, people, luck)
        holds_all(app, people[1])


def holds_all(app, reader):
    truth = Truth.of(app)
    for village in reader.villages:
        held = {key[1] for key in reader.records[village]}
        assert truth.feed(village).keys() <= held, "the reader missed a record"
