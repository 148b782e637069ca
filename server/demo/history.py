"""The demo's households were found weeks ago, so that what has changed since can be shown."""

from datetime import timedelta

from sqlalchemy import update

from server.store.db import db, now
from server.store.feeds import ChangeRow, FeedMark, PastRecord

AGO = timedelta(days=40)
NANOSECONDS = int(AGO.total_seconds()) * 1_000_000_000


def known_for_weeks() -> None:
    """Date back all that was written so far."""
    long_ago = now() - AGO
    earlier = {"seq": ChangeRow.seq - NANOSECONDS, "received_at": long_ago}
    db.session.execute(update(ChangeRow).values(earlier))
    for table in (FeedMark, PastRecord):
        db.session.execute(update(table).values(seq=table.seq - NANOSECONDS))
