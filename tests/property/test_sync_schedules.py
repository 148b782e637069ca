"""Random schedules of four phones, a desk and all that goes wrong: whatever is lost, doubled,
reordered, killed, restored, moved, merged and decided, a saved change is in the outbox, in the
record or in the review queue, and once quiet everybody holds the same."""

import os
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.property.deeds import Deeds, Desk, Field, Journeys, Server
from tests.property.faults import happened
from tests.property.world import World

SEED = int(os.environ.get("SEED", "20261122"))
LUCK = st.integers(0, 2**32 - 1)
"""Hypothesis says what kind of thing happens next. Which one hangs on all that it has drawn so far:
by itself it draws the same few numbers again and again."""


class Schedules(RuleBasedStateMachine):
    stand: Any
    world: World | None = None
    drawn = ""

    @initialize()
    def begin(self) -> None:
        self.world = World(self.stand)
        happened["schedules"] += 1

    def do(self, kind: Callable[[World, Random], Deeds], number: int) -> None:
        assert self.world is not None
        self.drawn += f"{kind.__name__}{number},"
        luck = Random(self.drawn)
        deed = luck.choice(kind(self.world, luck).deeds())
        note(f"    {deed.__name__}")
        happened["deeds"] += 1
        deed()

    @rule(luck=LUCK)
    def something_is_saved_in_the_field(self, luck: int) -> None:
        self.do(Field, luck)

    @rule(luck=LUCK)
    def something_more_is_saved_in_the_field(self, luck: int) -> None:
        self.do(Field, luck)

    @rule(luck=LUCK)
    def somebody_syncs(self, luck: int) -> None:
        self.do(Journeys, luck)

    @rule(luck=LUCK)
    def somebody_else_syncs(self, luck: int) -> None:
        self.do(Journeys, luck)

    @rule(luck=LUCK)
    def the_desk_does_something(self, luck: int) -> None:
        self.do(Desk, luck)

    @rule(luck=LUCK)
    def something_befalls_the_server(self, luck: int) -> None:
        self.do(Server, luck)

    @invariant()
    def everything_is_in_its_place(self) -> None:
        if self.world is not None:
            self.world.check()

    def teardown(self) -> None:
        """Once quiet, every phone holds what the server holds, and another sync does nothing."""
        if self.world is None:
            return
        try:
            self.world.grow_quiet()
            self.world.check()
            self.world.everybody_holds_what_the_server_holds()
        finally:
            self.world.close()


def schedules(short: int) -> settings:
    number = int(os.environ.get("SCHEDULES", "0"))
    return settings(
        max_examples=number or short,
        stateful_step_count=40 if number else 30,
        derandomize=False,
        database=None,
        deadline=None,
        # A step left out would change all that follow: there is nothing to shrink towards.
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize(("engine", "short"), [("sqlite", 30), ("postgres", 8)])
def test_no_schedule_loses_or_doubles_anything(
    engine: str, short: int, request: pytest.FixtureRequest
) -> None:
    Schedules.stand = request.getfixturevalue(f"{engine}_stand")
    happened.clear()
    print(f"\n{engine}, SEED={SEED}")
    try:
        asked = schedules(short)
        least = asked.stateful_step_count - 5
        run_state_machine_as_test(seed(SEED)(Schedules), settings=asked, _min_steps=least)
    finally:
        for kind, number in sorted(happened.items()):
            print(f"{number:8} {kind}")
