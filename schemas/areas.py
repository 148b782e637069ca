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
}
