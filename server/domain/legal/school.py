"""The card of a pupil by the school year. Twin: pwa/src/domain/legal/school.ts.

NĐ 188/2025/NĐ-CP Đ13, table `card_start`: grade 1 begins on 1/10 of the first year, the last grade
ends on 30/9 or, paid longer and without refund, on 31/12. Everything between follows the rule of
those who pay. When a university student enrolled and when the course ends is on no record, so
students follow that rule, too. The school collects.
"""

from dataclasses import dataclass, replace

from server.domain.legal.card_dates import CardDates, end_of_period, grade_1_card, paid_card
from server.domain.legal.law import Law, answered, known
from server.domain.legal.support_end import LAST_GRADE, grade_of
from server.domain.legal.tables import Tables

MOST_MONTHS = 12
YEAR_END = "12-31"


@dataclass(frozen=True, slots=True)
class Pupil:
    """`work` is `pupil` or `student`; the latest proven card end, None where there is none."""

    work: str | None
    school_class: str | None = None
    birth_date: str | None = None
    previous_end: str | None = None

    @property
    def grade(self) -> int | None:
        """The grade at school; None for students and where the class does not tell."""
        return grade_of(self.school_class) if self.work == "pupil" else None


@answered
def school_card(tables: Tables, day: str, months: int, pupil: Pupil) -> CardDates:
    """The card of a pupil or student who pays on a day for so many months."""
    first = _first_year(tables, day, months, pupil)
    if first is not None:
        return first
    paid = known(paid_card(tables, day, months, pupil.previous_end))
    if pupil.grade != LAST_GRADE:
        return paid
    law = Law(tables, day)
    end, longer = _last_ends(law, paid.valid_from)
    to = end if months == _months_to(paid.valid_from, end) else min(paid.valid_to or end, longer)
    return replace(paid, valid_to=to, rows=tuple(dict.fromkeys([*paid.rows, *law.rows])))


@answered
def school_months(tables: Tables, day: str, pupil: Pupil) -> tuple[int, ...]:
    """The months, at most twelve, with which a card of the last grade ends on 30/9 and on 31/12,
    beyond which none count; empty for others. A month that the end cuts counts whole (derived).
    """
    if pupil.grade != LAST_GRADE:
        return ()
    start = known(paid_card(tables, day, 1, pupil.previous_end)).valid_from
    ends = _last_ends(Law(tables, day), start)
    return tuple(sorted({min(_months_to(start, end), MOST_MONTHS) for end in ends}))


def _first_year(tables: Tables, day: str, months: int, pupil: Pupil) -> CardDates | None:
    """The card of the first year, paid for until that calendar year ends (derived); None later,
    for other grades, and for who had a card beyond the start."""
    if pupil.work != "pupil" or pupil.grade not in (None, 1) or not pupil.birth_date:
        return None
    card = known(grade_1_card(tables, day, pupil.birth_date, months))
    if card is None or day > f"{card.valid_from[:4]}-{YEAR_END}":
        return None
    return None if (pupil.previous_end or "") > card.valid_from else card


def _last_ends(law: Law, start: str) -> tuple[str, str]:
    """30/9 and 31/12 of the year in which a card that starts on a day sees the last grade end."""
    year = int(start[:4])
    if start[5:] > law.text("card_start", "grade_12_end"):
        year += 1
    ends = (law.text("card_start", item) for item in ("grade_12_end", "grade_12_longer"))
    to_end, longer = (f"{year:04}-{end}" for end in ends)
    return to_end, longer


def _months_to(start: str, end: str) -> int:
    """The fewest months from a day on that reach a day."""
    count = 1
    while end_of_period(start, count) < end:
        count += 1
    return count
