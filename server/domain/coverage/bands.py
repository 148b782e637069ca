"""Bands of age, as lists and coverage tell them."""

from server.domain.partial import add_months

AGES = {"0-5": (0, 5), "6-14": (6, 14), "15-17": (15, 17), "18-59": (18, 59),
        "60-79": (60, 79), "80": (80, None)}  # fmt: skip
"""Bands of whole years, both ends included."""
AGE_WORDS = {
    "0-5": "dưới 6 tuổi",
    "6-14": "6 đến 14 tuổi",
    "15-17": "15 đến 17 tuổi",
    "18-59": "18 đến 59 tuổi",
    "60-79": "60 đến 79 tuổi",
    "80": "từ 80 tuổi",
}


def birth_span(day: str, band: str) -> tuple[str, str]:
    """The births of an age band lie after the first day and not after the second. A birth known by
    its year alone counts as on the first day of it."""
    least, most = AGES[band]
    after = add_months(day, -12 * (most + 1)) if most is not None else ""
    return after, add_months(day, -12 * least)
