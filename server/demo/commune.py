"""The households of the sample commune as changes, village by village."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from server.demo.insurance import Home, insure
from server.demo.people import Maker, Sample, Values

PLAN = Path(__file__).parents[1] / "data" / "ngoc_phung_2025.csv"
SEED = 20251
MARK = "MẪU"
NOTE = "Dữ liệu mẫu do máy tạo, không phải người thật."
LIVING = (("poor", 0.06), ("near_poor", 0.10), ("average", 0.34), ("other", 0.50))
BEHIND = {"Thôn Phú Vinh": 0.835, "Thôn Xuân Thành": 0.90}
"""Two villages that the plan itself sets below the goal are the ones behind in the sample too."""
NAMED_SINCE = timedelta(days=10)
"""Who answered at an older visit was not written down: ids weigh most in a first download."""
HARDSHIP_EACH = 11
"""One household in so many is put forward for a card that a sponsor pays."""

Record = tuple[str, str, Values]
"""Entity, id, values of a record to be made."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the commune's plan, as printed."""

    unit: str
    level: str
    population: int
    planned: int
    printed: str
    deadline: str


def plan_lines() -> list[PlanLine]:
    with PLAN.open(encoding="utf-8", newline="") as file:
        return [
            PlanLine(
                row["unit"],
                row["level"],
                int(row["population"]),
                int(row["planned_participants"]),
                row["printed_rate_percent"],
                row["deadline"],
            )
            for row in csv.DictReader(file)
        ]


def households(village_id: str, line: PlanLine, day: date) -> Iterator[list[Record]]:
    """The records of each household of a village, together as many people as the plan counts."""
    chance = Random(f"{SEED}:{line.unit}:{day.isoformat()}")
    maker = Maker(chance, day, plan_lines().index(line))
    left, number = line.population, 0
    while left:
        number += 1
        people = maker.household(left)
        left -= len(people)
        yield _records(village_id, line, number, people, maker)


def _records(
    village_id: str, line: PlanLine, number: int, people: list[Sample], maker: Maker
) -> list[Record]:
    chance, day = maker.chance, maker.day
    code = f"{MARK}-{_initials(line.unit)}{maker.series + 1}-{number:03}"
    values, home = _household(line, number, people[0], chance, day)
    values["code"] = code
    household = maker.new_id()
    records: list[Record] = [("household", household, {"village": village_id, **values})]
    shares = _shares(line.unit)
    for person in people:
        insure(person, home, shares, day, chance)
        own = {key: value for key, value in person.values.items() if value is not None}
        records.append(("member", person.id, {"household": household, **own}))
        records += [("card", maker.new_id(), {"member": person.id, **c}) for c in person.cards]
        records += [
            ("entitlement", maker.new_id(), {"member": person.id, **r}) for r in person.rights
        ]
    records += _visits(household, people[0], home, maker)
    return records


def _shares(village: str) -> dict[str, float]:
    covered = BEHIND.get(village, 0.935)
    rest = 1 - covered
    return {
        "covered": covered,
        "expired": rest * 0.36,
        "none": rest * 0.12,
        "not_asked": rest * 0.22,
        "unconfirmed": rest * 0.10,
        "starting": rest * 0.06,
        "unit": rest * 0.14,
    }


def _household(
    line: PlanLine, number: int, head: Sample, chance: Random, day: date
) -> tuple[Values, Home]:
    living = chance.choices([name for name, _ in LIVING], [share for _, share in LIVING])[0]
    farms = living == "average" and head.values["work"] == "farm" and chance.random() < 0.5
    visited = chance.random() < 0.62
    asked_on = day - timedelta(days=chance.randint(2, 150)) if visited else None
    values: Values = {
        "hamlet": f"Xóm {1 + number * 4 // max(1, line.population // 4 + 1) % 6}",
        "address": f"Số {chance.randint(1, 180)}" if chance.random() < 0.4 else None,
        "living_class": living,
        "living_class_source": "list",
        "note": NOTE,
        "average_farm": True if farms else None,
        **(_recognition(number, day) if farms else {}),
        "hardship": True if living != "poor" and number % HARDSHIP_EACH == 0 else None,
        "notice_version": "2026-01" if asked_on else None,
        "notice_on": asked_on.isoformat() if asked_on else None,
        "best_time": chance.choice(("evening", "noon", "weekend", None)),
    }
    known = {key: value for key, value in values.items() if value is not None}
    return known, Home(living, farms, asked_on)


def _recognition(number: int, day: date) -> Values:
    """Since when and until when: of most for long, of one in ten soon over, of one in ten over."""
    start, end = {
        0: (day - timedelta(days=340), day + timedelta(days=25)),
        1: (day - timedelta(days=395), day - timedelta(days=31)),
    }.get(number % 10, (date(day.year, 1, 1), date(day.year + 1, 12, 31)))
    return {"average_farm_from": start.isoformat(), "average_farm_to": end.isoformat()}


def _initials(unit: str) -> str:
    return "".join(word[0] for word in unit.removeprefix("Thôn ").split())


def _visits(household: str, head: Sample, home: Home, maker: Maker) -> list[Record]:
    """Whoever was asked was visited; some were not at home and expect the surveyor again."""
    chance, day = maker.chance, maker.day
    if home.asked_on:
        values: Values = {
            "household": household,
            "on": home.asked_on.isoformat(),
            "outcome": "met",
            "respondent_kind": "member",
        }
        if day - home.asked_on < NAMED_SINCE:
            values["respondent"] = head.id
        return [("visit", maker.new_id(), values)]
    if chance.random() > 0.12:
        return []
    values = {
        "household": household,
        "on": (day - timedelta(days=chance.randint(1, 20))).isoformat(),
        "outcome": "absent",
        "absence_reason": chance.choice(("in_the_fields", "working_far", "locked")),
        "come_back_on": (day + timedelta(days=chance.choice((0, 0, 0, 1, 2, 5)))).isoformat(),
    }
    return [("visit", maker.new_id(), values)]
