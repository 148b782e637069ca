"""People who were merged: whom a record counts as, and which records count as one person."""

from collections.abc import Collection

from sqlalchemy import select

from server.store.bulk import among
from server.store.db import db
from server.store.records import Member
from server.store.status_sql import winners


def heirs(members: Collection[str]) -> dict[str, str]:
    """Of whoever of these was merged away, who they count as, at the end of the chain."""
    merged = winners(Member, "merged_member")
    query = select(merged.c.id, merged.c.winner).where(among(merged.c.id, members))
    return dict(db.session.execute(query).all())


def taken_in(members: Collection[str]) -> dict[str, str]:
    """The records that were merged into these people, each with the one it counts as."""
    merged = winners(Member, "merged_member")
    query = select(merged.c.id, merged.c.winner).where(among(merged.c.winner, members))
    return dict(db.session.execute(query).all())
