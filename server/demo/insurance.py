"""The cards, answers and rights of sample people: most are covered, some no longer, some never, and
some were never asked."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from server.demo.people import Sample, Values

PROVINCE_OF_CARDS = "38"
LEVELS = {"TE": "1", "HN": "2", "DT": "2", "BT": "2", "CN": "3", "HT": "3"}
REASONS = (
    ("cannot_afford", 0.42), ("healthy_no_need", 0.16), ("lapsed", 0.14), ("lost_support", 0.12),
    ("away", 0.08), ("not_informed", 0.05), ("no_papers", 0.03),
)  # fmt: skip
STANDINGS = ("covered", "expired", "none", "not_asked", "unconfirmed", "starting", "unit")


@dataclass(frozen=True, slots=True)
class Home:
    """What the household says about its people's insurance. `asked_on`: when it was visited."""

    living_class: str
    average_farm: bool
    asked_on: date | None


def insure(person: Sample, home: Home, shares: dict[str, float], day: date, chance: Random) -> None:
    """Give a person cards or an answer, by the village's shares of standings."""
    standing = chance.choices(STANDINGS, [shares[name] for name in STANDINGS])[0]
    group = group_of(person, home)
    if person.age == 0 and (day - person.born).days < 60 and chance.random() < 0.7:
        return  # a newborn whom nobody has asked about yet
    if standing == "not_asked" or (standing in ("none", "unconfirmed") and home.asked_on is None):
        return
    MAKERS[standing](person, group, home, day, chance)


def group_of(person: Sample, home: Home) -> str:
    """A likely group, in the order of the law as far as a sample needs it."""
    if person.age < 6:
        return "TE"
    if person.values["work"] == "wage_contract":
        return "DN"
    if person.values["work"] == "retired":
        return "HT"
    if person.age >= 75:
        return "BT"
    if home.living_class == "poor":
        return "HN"
    if home.living_class == "near_poor":
        return "CN"
    if person.values["work"] == "pupil":
        return "HS"
    if person.values["work"] == "student":
        return "SV"
    return "GB" if home.average_farm else "GD"


def _covered(person: Sample, group: str, home: Home, day: date, chance: Random) -> None:
    start, end = _period(person, group, day, chance)
    evidence = _evidence(group, chance)
    card: Values = {"evidence": evidence, "valid_from": start.isoformat()}
    if evidence == "app" and chance.random() < 0.08:
        # New cards often print no end: what counts is the day on which it was looked up.
        card["checked_on"] = (day - timedelta(days=chance.randint(1, 25))).isoformat()
    else:
        card["valid_to"] = end.isoformat()
    person.cards.append(card | _number(group, chance))
    if home.asked_on and chance.random() < 0.6:
        _answer(person, "has_card", max(home.asked_on, start))


def _expired(person: Sample, group: str, home: Home, day: date, chance: Random) -> None:
    end = day - timedelta(days=chance.randint(3, 420))
    start = end - timedelta(days=364)
    card: Values = {
        "evidence": _evidence(group, chance),
        "valid_from": start.isoformat(),
        "valid_to": end.isoformat(),
    }
    person.cards.append(card | _number(group, chance))
    if home.asked_on and home.asked_on > end:
        _answer(person, "had_card", home.asked_on)
        _reason(person, chance)


def _none(person: Sample, group: str, home: Home, day: date, chance: Random) -> None:
    if home.asked_on:
        _answer(person, "never_had", home.asked_on)
        _reason(person, chance)


def _unconfirmed(person: Sample, group: str, home: Home, day: date, chance: Random) -> None:
    if home.asked_on:
        answer = chance.choices(("has_card", "does_not_know", "refused_to_say"), (0.7, 0.2, 0.1))[0]
        _answer(person, answer, home.asked_on)


def _starting(person: Sample, group: str, home: Home, day: date, chance: Random) -> None:
    start = day + timedelta(days=chance.randint(3, 30))
    card = {
        "evidence": "receipt",
        "valid_from": start.isoformat(),
        "valid_to": (start + timedelta(days=364)).isoformat(),
    }
    person.cards.append(card | _number("GD", chance))


def _unit(person: Sample, group: str, home: Home, day: date, chance: Random) -> None:
    kind = "armed_forces_family" if person.age < 18 or person.age > 45 else "police_family"
    person.rights.append({"kind": kind, "valid_from": f"{day.year - 2}-01-01", "evidence": "list"})


MAKERS = {
    "covered": _covered,
    "expired": _expired,
    "none": _none,
    "unconfirmed": _unconfirmed,
    "starting": _starting,
    "unit": _unit,
}


def _period(person: Sample, group: str, day: date, chance: Random) -> tuple[date, date]:
    """First and last day of a card that covers the day."""
    if group == "TE":
        return person.born, _month_end(person.born.year + 6, person.born.month)
    if group in ("GD", "GB", "HS", "SV"):
        start = day - timedelta(days=chance.randrange(364))
        return start, start + timedelta(days=364)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _evidence(group: str, chance: Random) -> str:
    if group in ("HS", "SV") and chance.random() < 0.3:
        return "school"
    return chance.choices(("app", "bhxh_list", "card_seen", "receipt"), (0.4, 0.42, 0.12, 0.06))[0]


def _number(group: str, chance: Random) -> dict[str, Any]:
    number, level = f"{PROVINCE_OF_CARDS}99{chance.randrange(10**6):06}", LEVELS.get(group, "4")
    if chance.random() < 0.6:
        return {"number": number, "insurance_group": group, "benefit_level": level}
    full = f"{group}{level}{PROVINCE_OF_CARDS}{number}"
    return {"number": full, "insurance_group": group, "benefit_level": level}


def _answer(person: Sample, answer: str, on: date) -> None:
    person.values["insurance_answer"] = answer
    person.values["insurance_asked_on"] = on.isoformat()


def _reason(person: Sample, chance: Random) -> None:
    names, shares = zip(*REASONS, strict=True)
    person.values["uninsured_reason"] = chance.choices(names, shares)[0]
    person.values["intends_to_join"] = chance.choices(("yes", "undecided", "no"), (0.4, 0.4, 0.2))[
        0
    ]
