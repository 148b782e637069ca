"""What an enrolment may say of the sponsored card that fills its 'other support'."""

from collections.abc import Mapping
from typing import Any


def sponsor_doubts(
    data: Mapping[str, Any],
    sponsorship: Mapping[str, Any] | None,
    *,
    same_person: bool,
    used_by_another: bool,
) -> dict[str, str]:
    """The fields that wait, each with a code. A sponsored card is of one person, pays once, and no
    more than its sponsor gave: no reason changes that, for it is not the collector's money.

    `sponsorship`: as it stands, None where there is none of this id. `same_person`: it was given to
    whom the enrolment is for, merges followed. One that was taken back is
    not refused: who took the money had not heard of it, and the money is spent.
    """
    if sponsorship is None or not same_person:
        return {"sponsorship": "sponsorship_unknown"}
    if used_by_another:
        return {"sponsorship": "sponsorship_used_twice"}
    if (data.get("other_support") or 0) > (sponsorship.get("amount") or 0):
        return {"other_support": "share_differs"}
    return {}
