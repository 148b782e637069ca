"""Working age by year. Twin: pwa/src/domain/legal/working_age.ts.

Bộ luật Lao động 2019 Đ169, NĐ 135/2020/NĐ-CP; table `working_age`: 15 years to the year's
retirement age. Of a birth date that is only a year the 1st of January counts, as for pensions
(NĐ 135/2020/NĐ-CP Đ3 k3); of a month its first day.
"""

from dataclasses import dataclass

from server.domain.legal.ages import months_of_age
from server.domain.legal.law import Law, answered
from server.domain.legal.tables import LegalRow, Tables
from server.domain.partial import add_months, first_day

SEXES = ("male", "female")


@dataclass(frozen=True, slots=True)
class WorkingAge:
    """`code`: below, in, above, or the missing fact: birth_date, sex."""

    code: str
    rows: tuple[LegalRow, ...]


@answered
def working_age(tables: Tables, day: str, birth: str | None, sex: str | None) -> WorkingAge:
    """Where a person stands on a day. On the day of the retirement age one is above it."""
    law = Law(tables, day)
    if not birth:
        return WorkingAge("birth_date", law.rows)
    born = first_day(birth)
    if add_months(born, law.number("working_age", "from") * 12) > day:
        return WorkingAge("below", law.rows)
    sexes = (sex,) if sex in SEXES else SEXES
    limits = {law.number("working_age", one) for one in sexes if one}
    age = months_of_age(day, born)
    above = {age >= limit for limit in limits}
    if len(above) > 1:
        return WorkingAge("sex", law.rows)
    return WorkingAge("above" if above.pop() else "in", law.rows)
