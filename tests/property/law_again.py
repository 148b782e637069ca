"""The law computed a second time, from the articles and not from the tables or the rules.

Written apart on purpose: real dates, fractions and plain numbers where the rules have text, whole
numbers and rows. Only for 1/7/2019 to 31/12/2026, the days whose prices are known.
"""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from math import floor

LAW_51 = date(2025, 7, 1)
LADDER = (10, 7, 6, 5, 4)
OF_THE_COMMUNE = {
    "village_officer",
    "village_health_worker",
    "grassroots_security",
    "artisan",
}


def base_salary(day: date) -> int:
    if day >= date(2026, 7, 1):
        return 2_530_000
    if day >= date(2024, 7, 1):
        return 2_340_000
    return 1_800_000 if day >= date(2023, 7, 1) else 1_490_000


def whole(amount: Fraction) -> int:
    """Half a đồng goes up."""
    return floor(amount + Fraction(1, 2))


def month_of(day: date, group: str, place: int) -> int:
    share = whole(base_salary(day) * Fraction(45, 1000))
    return whole(share * Fraction(LADDER[min(place, 5) - 1], 10)) if group == "GD" else share


def state_share(day: date, group: str, poor_commune: bool) -> Fraction:
    new = day >= LAW_51
    if group == "CN":
        return Fraction(1) if poor_commune else Fraction(7, 10)
    if group == "DS":
        return Fraction(7, 10)
    if group == "GB":
        return Fraction(3, 10)
    if group in ("HS", "SV"):
        return Fraction(1, 2) if new else Fraction(3, 10)
    if group == "mine_victim":
        return Fraction(3, 10)
    return Fraction(1, 2) if group in OF_THE_COMMUNE else Fraction(0)


def gia_lai_share(day: date, group: str, pupil: bool, minority: bool) -> Fraction | None:
    """What the province adds in the area of the old Gia Lai, from 19/12/2022; None: not known."""
    merged = day >= date(2026, 1, 1)
    if group == "CN":
        return Fraction(3, 10)
    if group == "GB":
        return Fraction(2, 10) if merged else Fraction(1, 10)
    if group in ("HS", "SV"):
        return Fraction(3, 10) if minority else Fraction(0)
    if group == "DS" and merged:
        return Fraction(3, 10) if pupil else None
    return Fraction(0)


def plus_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def child_card_ends(birth: date) -> date:
    six = plus_months(birth, 72)
    if (birth.month, birth.day) <= (9, 30):
        return date(six.year, 9, 30)
    return last_of_month(six)


def card_starts(paid: date, old_end: date | None) -> date:
    if old_end is None:
        return paid + timedelta(30)
    if paid <= old_end:
        return old_end + timedelta(1)
    uncovered = (paid - old_end).days - 1
    return paid if uncovered <= 89 else paid + timedelta(30)


def card_ends(start: date, months: int) -> date:
    """The last day before the same day of the month comes round again."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if start.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, start.day) - timedelta(1)


def group_of(
    day: date,
    birth: date,
    work: str | None,
    social_insurance: str | None,
    living_class: str | None,
    farm: bool,
    minority: bool,
    region: str | None,
    left_region: date | None,
    papers: frozenset[str],
) -> str:
    """The group from 1/7/2025, asked question by question in the order in which it is decided."""
    aged = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    if social_insurance in ("pension", "monthly_allowance"):
        return "HT"
    survivor = 70 if living_class == "near_poor" else 75
    if "survivor_allowance" in papers and aged >= survivor:
        return "CT"
    if "social_pension" in papers:
        return "social_pension"
    if work == "wage_contract" or social_insurance == "compulsory":
        return "DN"
    free = _free(day, birth, living_class, minority, region, papers)
    return free or _paying(day, work, living_class, farm, minority, left_region, papers)


def _free(
    day: date,
    birth: date,
    living_class: str | None,
    minority: bool,
    region: str | None,
    papers: frozenset[str],
) -> str | None:
    """Group 3 in the order of the list; `papers` hold at most one kind of merit here."""
    if "veteran" in papers:
        return "CB"
    if birth <= day <= child_card_ends(birth):
        return "TE"
    if "social_allowance" in papers:
        return "BT"
    if living_class == "poor":
        return "HN"
    if minority and region in ("II", "III"):
        return "DT"
    if region == "III":
        return "DK"
    return "minority_near_poor" if minority and region and living_class == "near_poor" else None


def _paying(
    day: date,
    work: str | None,
    living_class: str | None,
    farm: bool,
    minority: bool,
    left_region: date | None,
    papers: frozenset[str],
) -> str:
    """Groups 4 and 5: the highest support, the first of the list on a tie."""
    offers: list[tuple[int, str]] = []
    if living_class == "near_poor":
        offers.append((70, "CN"))
    if minority and left_region and left_region <= day < plus_months(left_region, 36):
        offers.append((70, "DS"))
    if work in ("pupil", "student"):
        offers.append((50, "HS" if work == "pupil" else "SV"))
    if "village_officer" in papers:
        offers.append((50, "village_officer"))
    if farm:
        offers.append((30, "GB"))
    if not offers:
        return "GD"
    most = max(percent for percent, _ in offers)
    return next(group for percent, group in offers if percent == most)
