"""The demo's report of last month, so that this month's has something to begin from."""

from datetime import UTC, datetime, time, timedelta

from server.demo.office import Office
from server.domain.reports.kinds import kinds
from server.reports.service import freeze
from server.store.coverage.ground import ground_within
from server.store.db import VIETNAM, db, now
from server.store.places import Area

KIND = "monthly_commune"
DAYS_AFTER = timedelta(days=3)
MORNING = time(9, tzinfo=VIETNAM)


def report_last_month(office: Office) -> None:
    """Freeze last month's report of the commune, as the officer did when the month was over."""
    commune = db.session.get(Area, office.commune)
    assert commune is not None
    kind = kinds()[KIND]
    last = kind.before(kind.period(office.today)).last_day
    report = freeze(kind, ground_within(commune), last, office.new_id(), office.officer.id)
    morning = datetime.combine(datetime.fromisoformat(last), MORNING) + DAYS_AFTER
    report.frozen_at = min(morning.astimezone(UTC), now())
    report.moment = int(report.frozen_at.timestamp()) * 1_000_000_000
    report.number, report.signed_on = "15/BC-UBND", morning.date().isoformat()
