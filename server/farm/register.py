"""The register: every household recorded as recognised, by which decision, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from server.domain.partial import add_days
from server.farm.scope import data_of
from server.pages.scope import own_villages
from server.store.farm import Home, approved_of, homes, recognised
from server.store.records import Household

SOON_DAYS = 60


@dataclass(frozen=True, slots=True)
class Recognised:
    """`standing`: valid, later, ending (within 60 days) or over. `request`: None when the
    recognition was loaded from a file or typed without one."""

    home: Home
    village: str
    standing: str
    request: str | None
    number: str | None
    decided_on: str | None

    @property
    def name(self) -> str:
        return self.home.head or self.home.code or _("hộ chưa có mã")


def register_of(villages: Sequence[str]) -> list[Household]:
    """The recognised households of these villages, village after village."""
    names = own_villages()
    return sorted(
        recognised(villages),
        key=lambda home: (names[home.village_id].name, home.code or "~", home.id),
    )


def register_lines(households: Sequence[Household], day: str) -> list[Recognised]:
    """Households as lines, each with the request that was granted last."""
    known = homes([home.id for home in households], day)
    granted: dict[str, Any] = {}
    for request in approved_of([home.id for home in households]):
        granted[request.household_id] = (request.id, data_of(request))
    names = own_villages()
    return [
        _line(known[home.id], names[home.village_id].name, granted.get(home.id), day)
        for home in households
    ]


def _line(home: Home, village: str, granted: Any, day: str) -> Recognised:
    id_ = granted[0] if granted else None
    data: dict[str, Any] = granted[1] if granted else {}
    standing = standing_of(home.data, day)
    number, decided = data.get("decision_number"), data.get("decided_on")
    return Recognised(home, village, standing, id_, number, decided)


def standing_of(household: dict[str, Any], day: str) -> str:
    """Whether a recognition holds on a day; without an end it goes on."""
    start, end = household.get("average_farm_from"), household.get("average_farm_to")
    if start and day < start:
        return "later"
    if end and end < day:
        return "over"
    return "ending" if end and end <= add_days(day, SOON_DAYS) else "valid"
