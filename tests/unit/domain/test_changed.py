"""Why a person counts otherwise than before: each step has one cause, and the steps add up."""

from itertools import product

import pytest

from schemas.kinds import Status
from server.domain.steering.changed import Cause, Course, Part, Standing, steps

HERE, THERE = "hung-long", "xuan-thang"
COVERED, EXPIRED = Standing(HERE, Status.COVERED), Standing(HERE, Status.EXPIRED)
NOT_ASKED = Standing(HERE, Status.NOT_ASKED)


def causes(*standings, **told):
    return [(step.part, step.cause) for step in steps(Course(*standings, **told))]


def test_who_stands_the_same_all_the_way_has_no_step():
    assert steps(Course(COVERED, COVERED, COVERED)) == []


def test_who_becomes_covered_has_joined_and_who_stops_has_ended():
    assert causes(EXPIRED, EXPIRED, COVERED) == [(Part.HAPPENED, Cause.JOINED)]
    assert causes(COVERED, COVERED, EXPIRED) == [(Part.HAPPENED, Cause.ENDED)]


def test_another_status_without_a_card_is_a_correction_but_no_event():
    assert causes(NOT_ASKED, EXPIRED, EXPIRED) == [(Part.CORRECTED, Cause.CORRECTED)]
    assert causes(NOT_ASKED, NOT_ASKED, EXPIRED) == []


@pytest.mark.parametrize(
    ("came", "cause"),
    [("born", Cause.BORN), ("moved_in", Cause.MOVED_IN), ("found", Cause.CAME), (None, Cause.CAME)],
)
def test_who_comes_is_told_by_how_they_came(came, cause):
    assert causes(None, None, COVERED, came=came) == [(Part.HAPPENED, cause)]


@pytest.mark.parametrize(
    ("left", "cause"),
    [
        ("deceased", Cause.DIED),
        ("moved_away", Cause.MOVED_AWAY),
        ("duplicate", Cause.DOUBLE),
        ("dissolved", Cause.LEFT),
        (None, Cause.LEFT),
    ],
)
def test_who_goes_is_told_by_how_they_went(left, cause):
    assert causes(COVERED, COVERED, None, left=left) == [(Part.HAPPENED, cause)]


def test_a_record_that_is_one_with_another_was_recorded_twice():
    assert causes(COVERED, None, None, merged=True) == [(Part.CORRECTED, Cause.DOUBLE)]


def test_who_was_there_all_along_is_found_and_late_when_it_was_written_before():
    assert causes(None, COVERED, COVERED) == [(Part.CORRECTED, Cause.FOUND)]
    assert causes(None, COVERED, COVERED, late=True) == [(Part.LATE, Cause.FOUND)]


def test_late_is_what_was_learned_and_never_what_happened():
    assert causes(EXPIRED, EXPIRED, COVERED, late=True) == [(Part.HAPPENED, Cause.JOINED)]


def test_who_goes_to_another_village_leaves_one_and_comes_to_the_other():
    moved = steps(Course(COVERED, COVERED, Standing(THERE, Status.COVERED)))
    assert [(step.village, step.people, step.covered) for step in moved] == [
        (HERE, -1, -1),
        (THERE, 1, 1),
    ]


STANDINGS = (None, COVERED, EXPIRED, NOT_ASKED, Standing(THERE, Status.COVERED))


@pytest.mark.parametrize(("reported", "known", "now"), list(product(STANDINGS, repeat=3)))
def test_the_steps_of_a_village_lead_from_the_first_figure_to_the_last(reported, known, now):
    found = steps(Course(reported, known, now))
    for village in (HERE, THERE):
        own = [step for step in found if step.village == village]
        before, after = (counted(it, village) for it in (reported, now))
        assert before[0] + sum(step.people for step in own) == after[0]
        assert before[1] + sum(step.covered for step in own) == after[1]


def counted(standing, village):
    here = standing is not None and standing.village == village
    return (int(here), int(here and standing.covered))
