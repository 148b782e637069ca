"""The demo's households were found weeks ago, so that what has changed since can be shown."""

from datetime import timedelta

from sqlalchemy import update

from server.store.db import db, now
from server.store.feeds import ChangeRow, FeedMark

DAYS = 40
NANOSECONDS = DAYS * 24 * 60 * 60 * 1_000_000_000


def known_for_weeks() -> None:
    """Date back all that was written so far."""
    long_ago = now() - timedelta(days=DAYS)
    earlier = {"seq": ChangeRow.seq - NANOSECONDS, "received_at": long_ago}
    db.session.execute(update(ChangeRow).values(earlier))
    db.session.execute(update(FeedMark).values(seq=FeedMark.seq - NANOSECONDS))
