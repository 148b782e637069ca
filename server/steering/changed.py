"""What changed in a commune, or some villages of it, between two days: sums, villages, names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from schemas.kinds import AreaLevel
from server.domain.counting import Tally, summed
from server.domain.steering.changed import Cause, Part, Step
from server.store.bulk import among
from server.store.coverage.ground import Ground
from server.store.db import VIETNAM, db, now
from server.store.places import Area
from server.store.records import Household, Member
from server.store.steering.differences import SECOND, Change, Differences, differences

ORDER = [(part, cause) for part in Part for cause in Cause]


@dataclass(frozen=True, slots=True)
class Line:
    """People more or fewer, and of them with a card, by one cause or all together."""

    people: int
    covered: int


@dataclass(frozen=True, slots=True)
class Named:
    """One person who counts otherwise, and why."""

    id: str
    name: str
    birth_date: str | None
    village_id: str
    household_id: str
    household_code: str | None
    step: Step


@dataclass(frozen=True, slots=True)
class VillageLine:
    area: Area
    reported: Tally
    now: Tally


@dataclass(frozen=True, slots=True)
class Changed:
    """From the first day as it was known then (`reported`) over what was learned of it (`known`) to
    the second day (`now`). `causes` by part, in the order they are told."""

    reported: Tally
    known: Tally
    now: Tally
    causes: dict[Part, dict[Cause, Line]]
    villages: list[VillageLine]
    changes: list[Change]

    def part(self, part: Part) -> Line:
        """All causes of a part together."""
        lines = self.causes.get(part, {}).values()
        return Line(sum(line.people for line in lines), sum(line.covered for line in lines))


def commune_of(ground: Ground) -> str | None:
    """The commune whose villages are asked about; None where there are several, or no village."""
    if ground.level == AreaLevel.COMMUNE:
        return ground.id
    communes = set(
        db.session.scalars(select(Area.parent_id).where(Area.id.in_(ground.villages)).distinct())
    )
    return communes.pop() if len(communes) == 1 else None


def end_of(day: str) -> int:
    """The moment a day ends in Việt Nam, as the server's clock tells it in nanoseconds; now for
    today and later."""
    ends = datetime.fromisoformat(day).replace(tzinfo=VIETNAM) + timedelta(days=1)
    return int(min(ends, now()).timestamp()) * SECOND


def changed(commune: str, ground: Ground, moment: int, first_day: str, second_day: str) -> Changed:
    """What leads from the first day, as it was known at the moment, to the second. The whole
    commune is compared, so that who goes to another village is not taken for somebody gone."""
    areas = list(
        db.session.scalars(
            select(Area)
            .where(Area.parent_id == commune, Area.level == AreaLevel.VILLAGE)
            .order_by(Area.name)
        )
    )
    found = differences([area.id for area in areas], moment, first_day, second_day)
    asked = set(db.session.scalars(ground.villages))
    return _of_villages(found, [area for area in areas if area.id in asked])


def _of_villages(found: Differences, areas: Sequence[Area]) -> Changed:
    asked = {area.id for area in areas}
    changes = [change for change in found.changes if change.step.village in asked]
    return Changed(
        _total(found.reported, asked),
        _total(found.known, asked),
        _total(found.now, asked),
        _causes(changes),
        [
            VillageLine(area, found.reported.get(area.id, Tally()), found.now.get(area.id, Tally()))
            for area in areas
            if area.id in found.reported or area.id in found.now
        ],
        changes,
    )


def _total(tallies: dict[str, Tally], villages: Collection[str]) -> Tally:
    return summed(tally for id_, tally in tallies.items() if id_ in villages)


def _causes(changes: Iterable[Change]) -> dict[Part, dict[Cause, Line]]:
    sums: dict[tuple[Part, Cause], list[int]] = defaultdict(lambda: [0, 0])
    for change in changes:
        step = change.step
        sums[step.part, step.cause][0] += step.people
        sums[step.part, step.cause][1] += step.covered
    found: dict[Part, dict[Cause, Line]] = {}
    for part, cause in ORDER:
        if (part, cause) in sums:
            found.setdefault(part, {})[cause] = Line(*sums[part, cause])
    return found


def named(changes: Sequence[Change], areas: Sequence[VillageLine]) -> list[Named]:
    """These people by name: part after part, cause after cause, village after village."""
    people = {
        id_: (name, birth_date, home, code)
        for id_, name, birth_date, home, code in db.session.execute(
            select(
                Member.id, Member.full_name, Member.birth_date, Member.household_id, Household.code
            )
            .join(Household, Household.id == Member.household_id)
            .where(among(Member.id, {change.person for change in changes}))
        )
    }
    place = {line.area.id: at for at, line in enumerate(areas)}
    found = [
        Named(
            change.person,
            *people[change.person][:2],
            change.step.village,
            *people[change.person][2:],
            change.step,
        )
        for change in changes
    ]
    return sorted(
        found,
        key=lambda one: (
            ORDER.index((one.step.part, one.step.cause)),
            place[one.village_id],
            one.household_code or "~",
            one.name,
            one.id,
        ),
    )
