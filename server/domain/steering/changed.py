"""Why a figure changed between two days: of each person what was learned, and what happened.

A person stands three times: on the first day as it was known then (`reported`), on the same day as
it is known now (`known`), and on the second day as it is known now (`now`). From the first to the
second something was learned, from the second to the third something happened; the two add up to
the whole change, person by person, and so do their sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from schemas.kinds import MemberEnd, SinceReason, Status


class Cause(StrEnum):
    """Why a person counts otherwise than before."""

    JOINED = "joined"
    ENDED = "ended"
    BORN = "born"
    MOVED_IN = "moved_in"
    CAME = "came"
    DIED = "died"
    MOVED_AWAY = "moved_away"
    LEFT = "left"
    FOUND = "found"
    DOUBLE = "double"
    CORRECTED = "corrected"
    OTHER_VILLAGE = "other_village"


CAME: dict[str, Cause] = {SinceReason.BORN: Cause.BORN, SinceReason.MOVED_IN: Cause.MOVED_IN}
LEFT: dict[str, Cause] = {
    MemberEnd.DECEASED: Cause.DIED,
    MemberEnd.MOVED_AWAY: Cause.MOVED_AWAY,
    MemberEnd.DUPLICATE: Cause.DOUBLE,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where and how a person counts."""

    village: str
    status: str

    @property
    def covered(self) -> bool:
        return self.status == Status.COVERED


@dataclass(frozen=True, slots=True)
class Course:
    """One person on the way from what was reported to what is now; None: not in the count.
    `came`, `left`: what the record says of it. `merged`: the record is one with another now.
    `late`: what was learned had been written down before the report, and arrived after it."""

    reported: Standing | None
    known: Standing | None
    now: Standing | None
    came: str | None = None
    left: str | None = None
    merged: bool = False
    late: bool = False


class Part(StrEnum):
    """Of what part of the way a step is: data that arrived late, what was found out or put right
    afterwards, or what happened between the two days."""

    LATE = "late"
    CORRECTED = "corrected"
    HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class Step:
    """What one cause does to the figures of a village."""

    cause: Cause
    part: Part
    village: str
    people: int
    covered: int
    before: str | None
    after: str | None


def steps(course: Course) -> list[Step]:
    """Why this person counts otherwise; nothing where the count is the same all the way."""
    learned = Part.LATE if course.late else Part.CORRECTED
    return [
        *_between(course, course.reported, course.known, learned),
        *_between(course, course.known, course.now, Part.HAPPENED),
    ]


def _between(
    course: Course, before: Standing | None, after: Standing | None, part: Part
) -> Iterable[Step]:
    happened = part is Part.HAPPENED
    if before and after and before.village != after.village:
        yield _step(Cause.OTHER_VILLAGE, before, None, part)
        yield _step(Cause.OTHER_VILLAGE, None, after, part)
    elif before and after:
        if before.covered != after.covered or (not happened and before.status != after.status):
            yield _step(_turned(after) if happened else Cause.CORRECTED, before, after, part)
    elif after:
        yield _step(_came(course) if happened else Cause.FOUND, before, after, part)
    elif before:
        yield _step(_left(course), before, after, part)


def _step(cause: Cause, before: Standing | None, after: Standing | None, part: Part) -> Step:
    standing = after or before
    assert standing is not None
    return Step(
        cause,
        part,
        standing.village,
        (after is not None) - (before is not None),
        bool(after and after.covered) - bool(before and before.covered),
        before.status if before else None,
        after.status if after else None,
    )


def _turned(after: Standing) -> Cause:
    return Cause.JOINED if after.covered else Cause.ENDED


def _came(course: Course) -> Cause:
    return CAME.get(course.came or "", Cause.CAME)


def _left(course: Course) -> Cause:
    if course.merged:
        return Cause.DOUBLE
    return LEFT.get(course.left or "", Cause.LEFT)
