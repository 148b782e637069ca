"""What the state and the province pay of a supported share. Twin: pwa/src/domain/legal/support.ts.

State: at least so many percent, Luật BHYT Đ12 k4, NĐ 188/2025/NĐ-CP (table `state_support`).
Province: by its own resolution, on top (table `local_support`). A province of which no
resolution is known answers 'not known', also for groups that mostly get nothing.
"""

from collections.abc import Iterable, Iterator

from server.domain.legal.facts import Place
from server.domain.legal.law import Law
from server.domain.legal.money import hundredths
from server.domain.legal.tables import OPEN, LegalRow, NotKnown, NoValue

CATEGORY = {
    "CN": "near_poor",
    "HS": "student",
    "SV": "student",
    "GB": "average_farm",
    "DS": "minority_in_commune_left_region",
}
POOR_PLACES = ("near_poor_in_poor_commune", "near_poor_in_poor_district")
PUPILS = ("HS", "SV")
VOLUNTARY = "voluntary_"
"""Before the kind of person, the items of what a province adds to voluntary social insurance."""


def support_category(group: str) -> str:
    """The item of the support tables under which a supported group stands."""
    return CATEGORY.get(group, group)


def state_percent(law: Law, group: str, poor_commune: bool | None = None) -> int:
    """The least share the state pays, in hundredths of a percent; raises NoValue.

    Near-poor people in a poor commune (before 1/7/2025: poor district) have all of it paid.
    """
    if group == "CN" and poor_commune:
        for item in POOR_PLACES:
            if law.find("state_support", item):
                return hundredths(law.text("state_support", item))
    return hundredths(law.text("state_support", support_category(group)))


def local_percent(law: Law, place: Place, group: str, *, pupil: bool, minority: bool) -> int:
    """What the province adds, in hundredths of a percent of the full share; raises NoValue."""
    row = _local_row(law, place, _items(group, pupil, minority))
    return hundredths(row.value)


def _items(group: str, pupil: bool, minority: bool) -> tuple[str, ...]:
    if group == "DS":
        named = ("student_minority_left_region",) if pupil else ()
        items = (*named, "minority_in_commune_left_region")
    elif group in PUPILS:
        items = ("student_minority", "student") if minority else ("student",)
    else:
        items = (support_category(group),)
    return (*items, "every_other_group")


def _local_row(law: Law, place: Place, items: tuple[str, ...]) -> LegalRow:
    for where in _places(place):
        for item in items:
            row = law.find("local_support", item, where)
            if row is None:
                continue
            if row.value == OPEN:
                raise NoValue(NotKnown("local_support", item, where, law.day))
            return row
    raise NoValue(NotKnown("local_support", items[0], place.province or "", law.day))


def local_voluntary_percent(law: Law, place: Place, kinds: Iterable[str], told: str) -> int:
    """What the province adds to voluntary social insurance, in hundredths of a percent of the
    contribution from the least income: the highest of what its resolutions name for these kinds of
    person. Raises NoValue, naming the kind `told`, where none is known, and where one is open.
    """
    for where in _places(place):
        rows = [law.find("local_support", VOLUNTARY + kind, where) for kind in kinds]
        named = [row for row in rows if row is not None]
        for row in named:
            if row.value == OPEN:
                raise NoValue(NotKnown("local_support", row.item, where, law.day))
        if named:
            return max(hundredths(row.value) for row in named)
    raise NoValue(NotKnown("local_support", VOLUNTARY + told, place.province or "", law.day))


def _places(place: Place) -> Iterator[str]:
    """The province, then the one it was before, as the table names them."""
    if place.province:
        yield place.province
    if place.former:
        yield f"former {place.former}"
