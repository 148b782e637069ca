"""How a sponsored card stands. Twin: pwa/src/domain/enrolment/sponsorships.ts.

Used as soon as a standing enrolment names it, whatever else was decided meanwhile: the money is
spent. Otherwise taken back, lapsed after its last day, or open: whoever takes the payment may let
it fill the share of others.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from server.domain.enrolment.states import STANDING

OPEN, USED, WITHDRAWN, LAPSED = "open", "used", "withdrawn", "lapsed"

Data = Mapping[str, Any]


def used_by(enrolments: Iterable[Data]) -> frozenset[str]:
    """The ids of the sponsored cards that these enrolments use up."""
    return frozenset(
        one["sponsorship"]
        for one in enrolments
        if one.get("sponsorship") and one.get("state") in STANDING
    )


def state_on(day: str, id_: str, sponsorship: Data, used: Collection[str]) -> str:
    """`open`, `used`, `withdrawn` or `lapsed`. Good to the end of its last day."""
    if id_ in used:
        return USED
    if sponsorship.get("withdrawn_on"):
        return WITHDRAWN
    ends_on = sponsorship.get("ends_on")
    return LAPSED if ends_on and ends_on < day else OPEN


def open_on(day: str, sponsorships: Mapping[str, Data], used: Collection[str]) -> list[str]:
    """The ids of those that may still be used, what lapses first in front."""
    still_open = [
        id_ for id_, data in sponsorships.items() if state_on(day, id_, data, used) == OPEN
    ]
    return sorted(still_open, key=lambda id_: (*first_to_lapse(sponsorships[id_]), id_))


def first_to_lapse(data: Data) -> tuple[str, str]:
    """The order in which sponsored cards are used."""
    return data.get("ends_on") or "9999", data.get("agreed_on") or ""
