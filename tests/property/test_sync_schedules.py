"""Random schedules of four phones, a desk and all that goes wrong: whatever is lost, doubled,
reordered, killed, restored, moved, merged and decided, a saved change is in the outbox, in the
record or in the review queue, and once quiet everybody holds the same."""

import os
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
LUCK = st.binary(min_size=8, max_size=8)
"""One number is a whole schedule. Drawn step by step, Hypothesis would repeat the same few deeds in
every schedule: it looks for what fails one function, here it takes many things that meet."""

KINDS: list[type[Deeds]] = [Field, Journeys, Desk, Server]
WEIGHTS = [10, 9, 5, 2]


class Schedules(RuleBasedStateMachine):
    stand: Any
    world: World | None = None

    @initialize(luck=LUCK)
    def begin(self, luck: bytes) -> None:
        self.luck = Random(luck)
        self.world = World(self.stand)
        happened["schedules"] += 1

    @rule()
    def something_happens(self) -> None:
        assert self.world is not None
        kind = self.luck.choices(KINDS, WEIGHTS)[0]
        deed = self.luck.choice(kind(self.world, self.luck).deeds())
        note(f"    {deed.__name__}")
        happened["deeds"] += 1
        deed()

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
        # Another number is another schedule: there is nothing to shrink towards.
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
