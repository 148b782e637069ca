"""What a column of a plan's table holds, as its heading tells: which indicator, which of its
numbers, or a number of people beside them."""

from collections.abc import Sequence

from schemas.kinds import Indicator, PlanBasis
from server.domain.text import fold

NAME, DISTRICT, DEADLINE, NOTHING = "name", "district", "deadline", ""
POPULATION, PLANNED, PRINTED, GOAL = "population", "planned", "printed_percent", "goal_percent"
MEASURES = (POPULATION, PLANNED, PRINTED, GOAL)
BASES = tuple(f"basis.{basis.value}" for basis in PlanBasis)

_INDICATORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        Indicator.VOLUNTARY_SOCIAL_INSURANCE,
        ("bhxh tu nguyen", "bao hiem xa hoi tu nguyen", "bhxhtn", "tu nguyen"),
    ),
    (Indicator.UNEMPLOYMENT_INSURANCE, ("that nghiep", "bhtn")),
    (Indicator.CHILDREN_UNDER_6, ("duoi 6", "tre em", "6 tuoi")),
    (Indicator.PUPILS, ("hoc sinh", "sinh vien", "hssv")),
    (Indicator.FARM_HOUSEHOLDS, ("muc song trung binh", "nong lam ngu", "nlndn")),
    (Indicator.BUDGET_GROUPS, ("ngan sach",)),
    (Indicator.SOCIAL_INSURANCE, ("bhxh", "bao hiem xa hoi")),
    (Indicator.BHYT_COVERAGE, ("bhyt", "bao hiem y te", "bao phu")),
)
_BASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (PlanBasis.LABOUR_FORCE, ("luc luong lao dong", "llld")),
    (PlanBasis.WORKING_AGE, ("trong do tuoi", "do tuoi lao dong")),
    (PlanBasis.POPULATION, ("dan so", "nhan khau")),
)
_PERCENT = ("ty le", "ti le", "phan tram", "%")
_GOAL = ("giao", "muc tieu", "chi tieu")
_WHOLE = ("dan so", "mau so", "nhan khau", "tong so", "luc luong lao dong", "llld", "doi tuong",
          "so tre", "so hoc sinh", "so nguoi thuoc", "dien tham gia", "thuoc dien")  # fmt: skip
_PART = ("phai co", "ke hoach", "chi tieu", "giao", "tham gia", "so the", "co the")
_DEADLINE = ("thoi han", "han hoan thanh", "hoan thanh", "thoi gian", "han")
_NAME = ("don vi", "dia ban", "dia phuong", "ten xa", "xa phuong", "xa", "phuong", "thon", "ten")
_DISTRICT = ("huyen", "quan", "thi xa")
_PAST = ("thuc hien", "uoc", "da tham gia", "hien co", "ket qua", "con lai", "con thieu",
         "tang them", "so sanh")  # fmt: skip


def guess_columns(columns: Sequence[Sequence[str]]) -> dict[int, str]:
    """What each column is taken for, by its place; one that says nothing known is left out, and so
    is one that tells what was, not what is to be. No two columns hold the same."""
    found: dict[int, str] = {}
    for place, words in enumerate(columns):
        key = _guess(words)
        if key and key not in found.values():
            found[place] = key
    if NAME not in found.values() and DISTRICT in found.values():
        [place] = [at for at, key in found.items() if key == DISTRICT]
        found[place] = NAME
    return found


def _guess(words: Sequence[str]) -> str:
    folded = [" ".join([fold(word), *("%" for _ in [0] if "%" in word)]) for word in words]
    whole, last = " ".join(folded), folded[-1] if folded else ""
    if not whole or _says(whole, _PAST):
        return NOTHING
    indicator = _indicator(folded)
    if indicator is None:
        return _without(whole, last)
    return f"{indicator}.{_measure(last, len(folded) > 1)}"


def _indicator(folded: Sequence[str]) -> str | None:
    """The first indicator that the innermost words name: `BHXH`, below it `Tự nguyện`."""
    for word in reversed(folded):
        for indicator, names in _INDICATORS:
            if _says(word, names):
                return str(indicator)
    return None


def _measure(last: str, grouped: bool) -> str:
    if _begins(last, _WHOLE) and "%" not in last and (grouped or not _says(last, _PART)):
        return POPULATION
    if _says(last, _PERCENT):
        return GOAL if _says(last, _GOAL) else PRINTED
    if grouped and _says(last, _WHOLE) and not _says(last, _PART):
        return POPULATION
    return PLANNED


def _without(whole: str, last: str) -> str:
    """A column that belongs to no indicator."""
    if _says(last, _PERCENT):
        return NOTHING
    for basis, names in _BASES:
        if _says(whole, names):
            return f"basis.{basis}"
    if _says(whole, _DEADLINE) and not _says(whole, ("gioi han",)):
        return DEADLINE
    if _says(whole, _NAME):
        return NAME
    return DISTRICT if _says(whole, _DISTRICT) else NOTHING


def _begins(text: str, names: Sequence[str]) -> bool:
    return any(f"{text} ".startswith(f"{name} ") for name in names)


def _says(text: str, names: Sequence[str]) -> bool:
    padded = f" {text} "
    return any(f" {name} " in padded for name in names)
