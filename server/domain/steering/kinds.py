"""Of which kind an uninsured person is: exactly one, so that the kinds of a village add up."""

from collections.abc import Collection
from enum import StrEnum


class Kind(StrEnum):
    CHILD = "child"
    POOR = "poor"
    POLICY = "policy"
    NEAR_POOR = "near_poor"
    MINORITY = "minority"
    PUPIL = "pupil"
    FARM = "farm"
    LAPSED = "lapsed"
    OTHER = "other"


BY_LIST: tuple[tuple[str, Kind], ...] = (
    ("children", Kind.CHILD),
    ("poor", Kind.POOR),
    ("merit", Kind.POLICY),
    ("social_protection", Kind.POLICY),
    ("social_pension", Kind.POLICY),
    ("near_poor", Kind.NEAR_POOR),
    ("minority", Kind.MINORITY),
    ("pupils", Kind.PUPIL),
    ("farm_households", Kind.FARM),
)
"""The first list that somebody stands on names their kind. Whom the budget pays for wholly comes
first: a list is enough and nobody has to be persuaded. Then by what the state adds (Luật BHYT Đ13
k5: of several supported groups the one with the highest support: near-poor and minority 70 %,
pupils 50 %, farm households 30 %). Whose card just lapsed comes before whoever had none for long:
they lose the waiting days by each day that passes."""


def kind_of(lists: Collection[str], lapsed: bool) -> Kind:
    """`lists`: the keys of the lists that the person stands on. `lapsed`: the last card ended so
    lately that the next begins without waiting."""
    for key, kind in BY_LIST:
        if key in lists:
            return kind
    return Kind.LAPSED if lapsed else Kind.OTHER
