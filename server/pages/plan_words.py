"""What is odd in a plan, in a sentence that gives the reason."""

from typing import Any

from flask_babel import lazy_gettext as _l

from server.domain.numbers import day_words, number_words, percent_words
from server.domain.plans import Odd
from server.domain.words import INDICATOR

WORDS: dict[str, Any] = {
    "rate_differs": _l(
        "Văn bản in %(printed)s, nhưng %(part)s trên %(whole)s người là %(computed)s."
    ),
    "part_above_whole": _l("Giao %(part)s người, nhiều hơn cả mẫu số %(whole)s."),
    "sum_differs": _l(
        "Dòng tổng ghi %(total)s người, nhưng %(lines)s dòng cộng lại là %(sum)s: lệch %(gap)s."
    ),
    "people_differ": _l(
        "Mẫu số của dòng tổng là %(total)s, nhưng %(lines)s dòng cộng lại là %(sum)s: lệch %(gap)s."
    ),
    "below_above": _l("Giao %(given)s, thấp hơn chỉ tiêu %(goal)s của %(above)s."),
    "below_goal": _l("Số người giao chỉ được %(given)s, chưa tới chỉ tiêu %(goal)s của dòng này."),
    "area_twice": _l("Địa bàn này có hai lần cho cùng một chỉ tiêu."),
    "holders_above": _l(
        "Giao cho từng người, trường, tổ chức cộng lại %(sum)s, nhiều hơn %(total)s của địa bàn."
    ),
    "month_falls": _l(
        "Mốc tháng %(month)s là %(part)s, ít hơn %(whole)s của tháng %(before)s: mốc là số lũy kế."
    ),
    "month_above_year": _l("Mốc tháng %(month)s là %(part)s, nhiều hơn chỉ tiêu cả năm %(whole)s."),
    "deadline_elsewhere": _l("Hạn %(deadline)s không nằm trong năm %(year)s của kế hoạch."),
    "two_populations": _l("Bao phủ BHYT tính trên %(part)s người, cột dân số lại ghi %(whole)s."),
    "labour_above_age": _l(
        "Lực lượng lao động %(part)s nhiều hơn dân số trong độ tuổi lao động %(whole)s."
    ),
    "labour_above_people": _l("Lực lượng lao động %(part)s nhiều hơn dân số %(whole)s."),
    "age_above_people": _l(
        "Dân số trong độ tuổi lao động %(part)s nhiều hơn toàn bộ dân số %(whole)s."
    ),
    "group_above_people": _l("Mẫu số %(part)s nhiều hơn toàn bộ dân số %(whole)s."),
    "part_above_bhxh": _l(
        "Giao %(part)s người, nhiều hơn số tham gia BHXH %(whole)s mà nhóm này nằm trong đó."
    ),
    "two_labour_forces": _l(
        "Mẫu số %(part)s khác mẫu số %(whole)s của BHXH, dù cùng là lực lượng lao động."
    ),
}
COUNTS = ("part", "whole", "total", "sum", "gap", "lines")
RATES = ("printed", "computed", "given", "goal")


def odd_words(odd: Odd) -> str:
    """The reason, in the reader's language; without the name of the place."""
    told = dict(odd.more)
    told |= {name: number_words(told[name]) for name in COUNTS if name in told}
    told |= {name: percent_words(told[name]) for name in RATES if name in told}
    if "deadline" in told:
        told["deadline"] = day_words(told["deadline"])
    return str(WORDS[odd.code]) % told


def indicator_words(indicator: str) -> str:
    """The Vietnamese name of an indicator; one that nobody here knows is its own."""
    return INDICATOR.get(indicator, indicator)
