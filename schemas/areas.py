"""What a dated fact of an area may say, in the order in which people choose."""

from schemas.kinds import AreaFact

YES_NO = ("yes", "no")

FACT_VALUES: dict[AreaFact, tuple[str, ...]] = {
    AreaFact.SETTLEMENT: ("rural", "urban"),
    AreaFact.REGION: ("I", "II", "III"),
    AreaFact.SPECIAL_DIFFICULTY: YES_NO,
    AreaFact.ISLAND: YES_NO,
    AreaFact.ATK: YES_NO,
    AreaFact.NEW_RURAL: ("reached", "advanced", "model", "not_reached"),
    AreaFact.POOR_COMMUNE: YES_NO,
    AreaFact.LEFT_REGION: ("yes",),
}
NEEDS_START = frozenset({AreaFact.LEFT_REGION})
"""Facts whose first day is what they say: the day since which the area is out of region II, III."""
