"""Ages reached, as far as a partial birth date tells. Twin: pwa/src/domain/legal/ages.ts."""

from server.domain.partial import add_months, first_day, last_day


def reached(day: str, birth: str | None, months: int) -> bool | None:
    """True when so many months of age are certainly reached on the day, False when certainly
    not, None when the birth date is missing or too rough to tell.
    """
    if not birth:
        return None
    if add_months(last_day(birth), months) <= day:
        return True
    return None if add_months(first_day(birth), months) <= day else False


def months_of_age(day: str, born: str) -> int:
    """Whole months lived on a day by who was born on a whole day; negative before birth."""
    months = (int(day[:4]) - int(born[:4])) * 12 + int(day[5:7]) - int(born[5:7])
    # Whoever was born on the 31st completes a month of 30 days on its last day.
    return months if add_months(born, months) <= day else months - 1
