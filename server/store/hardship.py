"""Who lives in the households that were proposed for a sponsored card."""

from collections.abc import Sequence

from sqlalchemy import or_, select, true

from server.store.bulk import among
from server.store.db import db
from server.store.records import Household
from server.store.roll import stand


def hard_up_homes(day: str, villages: Sequence[str]) -> dict[str, str]:
    """The households of these villages that live in hardship on the day, each with its code."""
    query = select(Household.id, Household.code).where(
        Household.hardship == true(),
        among(Household.village_id, villages),
        Household.merged_into.is_(None),
        or_(Household.last_day.is_(None), Household.last_day >= day),
    )
    return {id_: code or "" for id_, code in db.session.execute(query)}


def hard_up(
    day: str, villages: Sequence[str], homes: Sequence[str] | None = None
) -> dict[str, str]:
    """Everybody who counts with these households (all that live in hardship, when none are named),
    by id, with their status on the day."""
    found = list(hard_up_homes(day, villages)) if homes is None else homes
    if not found:
        return {}
    return {id_: status for id_, _home, status in stand(day, villages, homes=frozenset(found))}
