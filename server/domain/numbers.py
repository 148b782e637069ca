"""Numbers and days as people here write them: 7.703 · 95,57 % · 17/05/1980."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from server.domain.partial import days_between, last_day

HUNDREDTH = Decimal("0.01")


def percent(part: int, whole: int | None) -> str | None:
    """Share of the whole in percent, two decimals, halves up; None of nobody. Exact: no floats."""
    if not whole:
        return None
    return str((Decimal(part) * 100 / Decimal(whole)).quantize(HUNDREDTH, ROUND_HALF_UP))


def heads_for(goal_percent: str, population: int) -> int:
    """How many people reach a goal in percent: the smallest whole number that does."""
    needed = Decimal(goal_percent) * population / 100
    return int(needed) + (needed != int(needed))


def same_percent(one: str, other: str) -> bool:
    """True when two percentages are the same number, however many zeros they end in."""
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return one == other


def number_words(number: int | None) -> str:
    """Thousands parted by a dot; an absent number is a dash."""
    return "–" if number is None else f"{number:,}".replace(",", ".")


def percent_words(text: str | None) -> str:
    """A percentage with the decimal comma; an absent one is a dash."""
    return "–" if not text else text.replace(".", ",") + "\u00a0%"


def day_words(partial: str | None) -> str:
    """A date, whole or partial, day first."""
    return "" if not partial else "/".join(reversed(partial.split("-")))


def days_left(day: str, deadline: str) -> int:
    """Days from a day to the last day a deadline may mean; negative once it has passed."""
    return days_between(day, last_day(deadline))
