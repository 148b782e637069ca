"""Old rosters split the year of birth over two columns, one for men and one for women: the column
that holds the year tells the sex, too. A tick in one of them tells the sex alone."""

from collections.abc import Mapping
from typing import Any

from server.roster.faults import Faults
from server.roster.layout import Column
from server.tables.values import partial_date

TICK, TICKS = "x", frozenset({"x", "X", "1", "v", "V", "✓", "✔", "+"})
SEXES = {"born_male": "male", "born_female": "female"}


def year_or_tick(value: str) -> Any:
    """A date, or `x`."""
    return TICK if value.strip() in TICKS else partial_date(value)


def _called(sex: str) -> tuple[str, ...]:
    above = ("Năm sinh", "Ngày sinh", "Sinh năm", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh",
             "NTNS", "Giới tính", "Giới", "Phái")  # fmt: skip
    pairs = (pair for name in above for pair in (f"{name} {sex}", f"{sex} {name}"))
    return (sex, *pairs)


SEXED = (
    Column("born_male", "Năm sinh của nam", year_or_tick, aliases=_called("Nam"), sample=False),
    Column("born_female", "Năm sinh của nữ", year_or_tick, aliases=_called("Nữ"), sample=False),
)


def one_is_lost(keys: Mapping[str, Any]) -> str | None:
    """The one of the two columns that stands without the other: `Năm` is no column of men."""
    found = [key for key in SEXES if key in keys]
    return found[0] if len(found) == 1 else None


def settle(number: int, values: dict[str, Any], faults: Faults) -> None:
    """Put the two columns of a row into birth date and sex; in place. What contradicts itself is a
    fault of the row."""
    told = {SEXES[key]: values.pop(key) for key in SEXES if key in values}
    if len(told) > 1:
        faults.add(number, SEXED[0].label, "both_sexes")
        return
    for sex, born in told.items():
        if values.get("sex") not in (None, sex):
            faults.add(number, SEXED[0].label, "sex_differs")
            return
        values["sex"] = sex
        if born != TICK:
            values.setdefault("birth_date", born)
