"""The areas a file names, found among those its author may write for."""

from dataclasses import dataclass, field

from schemas.kinds import AreaLevel
from server.roster.faults import Faults
from server.store.areas import find_areas
from server.store.changes.write import Author
from server.store.places import Area

Asked = tuple[str, str, str]


@dataclass(slots=True)
class Places:
    """`areas`: the ids the author may write for, None for all. `commune`: where rows without a
    commune of their own belong."""

    author: Author
    day: str
    areas: frozenset[str] | None
    commune: Area | None = None
    _known: dict[Asked, list[Area]] = field(default_factory=dict)

    def commune_of(self, text: str | None, faults: Faults, row: int, column: str) -> Area | None:
        """The commune a cell names; of an empty cell the one the whole file is about."""
        if text:
            return self._one(text, AreaLevel.COMMUNE, None, faults, row, column)
        if self.commune is None:
            faults.add(row, column, "needed")
        return self.commune

    def province_or_commune(self, text: str, faults: Faults, row: int, column: str) -> Area | None:
        """What a target may stand for beside a village; a two-digit code is a province's."""
        level = AreaLevel.PROVINCE if text.isdecimal() and len(text) <= 2 else AreaLevel.COMMUNE
        return self._one(text, level, None, faults, row, column)

    def village_of(
        self, text: str, commune: Area, faults: Faults, row: int, column: str
    ) -> Area | None:
        return self._one(text, AreaLevel.VILLAGE, commune.id, faults, row, column)

    def _one(
        self, text: str, level: AreaLevel, within: str | None, faults: Faults, row: int, column: str
    ) -> Area | None:
        found = self._found(text, level, within)
        if len(found) == 1:
            return found[0]
        faults.add(row, column, "area_twice" if found else "area_unknown", value=text)
        return None

    def _found(self, text: str, level: AreaLevel, within: str | None) -> list[Area]:
        asked = (text, level.value, within or "")
        if asked not in self._known:
            found = find_areas(text, level, within, self.day)
            self._known[asked] = [area for area in found if self._allowed(area)]
        return self._known[asked]

    def _allowed(self, area: Area) -> bool:
        return self.areas is None or area.id in self.areas
