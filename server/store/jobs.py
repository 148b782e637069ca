"""Work that takes longer than a request may: kept as rows, taken up by a worker process, told how
far it is, cancelled by whoever asked for it, and taken up again when its worker was killed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    String,
    Text,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.store.bulk import insert_rows
from server.store.db import Base, db, new_id, now, transaction

ID = String(36)
SILENT = timedelta(seconds=30)
"""After so long without a word a worker is taken for dead, and its job is anybody's."""
LAST_TRY = 3
"""So many workers may die with a job in hand; the next would die with it, too."""
WORKER_LOST = "worker_lost"
KEPT = timedelta(days=14)
"""How long the report of a job, which names people, is kept."""


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    DONE = "done"
    FAILED = "failed"


OPEN = (JobState.WAITING, JobState.RUNNING, JobState.CANCELLING)


class Job(Base):
    """`done` of `total`: how far it is, in its own steps. `lost`: how many workers died with it in
    hand. `error`: why it failed, a code."""

    __tablename__ = "job"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(40))
    commune_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=JobState.WAITING.value)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    worker: Mapped[str | None] = mapped_column(ID)
    lost: Mapped[int] = mapped_column(default=0, server_default="0")
    heartbeat: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    params: Mapped[str] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(Text)
    error: Mapped[str | None] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    __table_args__ = (Index("ix_job_state_made_at", "state", "made_at"),)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def asked(self) -> dict[str, Any]:
        return orjson.loads(self.params)

    @property
    def found(self) -> dict[str, Any]:
        return orjson.loads(self.result) if self.result else {}


class JobLine(Base):
    """What a job says about one row of a file."""

    __tablename__ = "job_line"
    job_id: Mapped[str] = mapped_column(ForeignKey("job.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(String(12))
    data: Mapped[str] = mapped_column(Text)


class Stopped(Exception):
    """The job is no longer this worker's to do: cancelled, or taken up by another."""


class LeftOff(Exception):
    """The worker was told to end: the job goes back into the line."""


@dataclass(slots=True)
class Run:
    """A job in the hands of a worker. Whatever is written between two calls of `commit` stands or
    falls with the progress told."""

    id: str
    kind: str
    user_id: str | None
    commune_id: str | None
    params: dict[str, Any]
    worker: str
    done: int
    """How far the job was when it was taken up: above 0 a worker before this one was killed."""
    goes_on: Callable[[], bool] = lambda: True
    """False once the worker was told to end: the job is left after the slice in hand."""

    def commit(self, done: int, total: int | None = None) -> None:
        """Write what was done with how far it is. Raises `Stopped` and writes nothing when somebody
        cancelled, or when another worker has the job."""
        values = {"done": done, "heartbeat": now()}
        if total is not None:
            values["total"] = total
        mine = (Job.id == self.id, Job.worker == self.worker, Job.state == JobState.RUNNING)
        told: Any = db.session.execute(update(Job).where(*mine).values(values))
        if told.rowcount != 1:
            db.session.rollback()
            raise Stopped
        db.session.commit()
        self.done = done
        if not self.goes_on():
            raise LeftOff

    def tell(self, lines: Sequence[tuple[int, str, str]]) -> None:
        """Add lines to the report: row, outcome, data as JSON."""
        table: Any = JobLine.__table__
        rows = [(self.id, *line) for line in lines]
        insert_rows(table, ("job_id", "row", "outcome", "data"), rows)

    def forget_lines(self) -> None:
        db.session.execute(delete(JobLine).where(JobLine.job_id == self.id))

    def end(self, result: dict[str, Any]) -> None:
        self._close(JobState.DONE, result=orjson.dumps(result).decode())

    def stop(self) -> None:
        """Leave a job that was cancelled; one that another worker took up is left to it."""
        mine = (Job.id == self.id, Job.worker == self.worker, Job.state == JobState.CANCELLING)
        values = {"state": JobState.CANCELLED.value, "ended_at": now()}
        db.session.execute(update(Job).where(*mine).values(values))
        db.session.commit()

    def leave(self) -> None:
        """Put the job back into the line, with what was done."""
        mine = (Job.id == self.id, Job.worker == self.worker, Job.state == JobState.RUNNING)
        db.session.execute(update(Job).where(*mine).values(state=JobState.WAITING.value))
        db.session.commit()

    def fail(self, error: str) -> None:
        self._close(JobState.FAILED, error=error[:200])

    def _close(self, state: JobState, **values: Any) -> None:
        mine = (Job.id == self.id, Job.worker == self.worker)
        values |= {"state": state.value, "ended_at": now()}
        told: Any = db.session.execute(update(Job).where(*mine).values(values))
        if told.rowcount != 1:
            db.session.rollback()
            raise Stopped
        db.session.commit()


def ask_for(kind: str, params: dict[str, Any], *, by: str | None, commune: str | None) -> Job:
    """Put a job into the line, in the running transaction."""
    forget_old_reports()
    job = Job(
        id=new_id(), kind=kind, params=orjson.dumps(params).decode(), user_id=by, commune_id=commune
    )
    db.session.add(job)
    db.session.flush()
    return job


def take_up(worker: str, silent: timedelta = SILENT) -> Run | None:
    """The longest waiting job, or one whose worker fell silent, now this worker's. A job with which
    one worker after the other died has failed: it is nobody's any more. Commits."""
    while True:
        with transaction():
            query = select(Job).where(_free(silent)).order_by(Job.made_at).limit(1)
            job = db.session.scalar(query.with_for_update(skip_locked=True))
            if job is None:
                return None
            if _was_deadly(job, worker):
                continue
            if job.state == JobState.WAITING:
                job.state = JobState.RUNNING.value
            job.worker, job.heartbeat = worker, now()
            job.started_at = job.started_at or now()
            return Run(job.id, job.kind, job.user_id, job.commune_id, job.asked, worker, job.done)


def _was_deadly(job: Job, worker: str) -> bool:
    """Count the worker that died with the job; True when it was the last that may. One that comes
    back itself is not dead: it could not write for a while."""
    if job.state == JobState.WAITING or job.worker == worker:
        return False
    job.lost += 1
    if job.lost < LAST_TRY:
        return False
    job.state, job.error, job.ended_at = JobState.FAILED.value, WORKER_LOST, now()
    return True


def _free(silent: timedelta) -> ColumnElement[bool]:
    left = Job.state.in_((JobState.RUNNING, JobState.CANCELLING)) & (Job.heartbeat < now() - silent)
    return or_(Job.state == JobState.WAITING, left)


def anything_waits(silent: timedelta = SILENT) -> bool:
    """Whether `take_up` would find something: a look that takes no lock."""
    return db.session.scalar(select(Job.id).where(_free(silent)).limit(1)) is not None


def cancel(job: Job) -> None:
    """Ask a job to stop: at once when nobody has begun, else after the slice in hand."""
    begun = update(Job).where(Job.id == job.id, Job.state == JobState.RUNNING)
    db.session.execute(begun.values(state=JobState.CANCELLING.value))
    waiting = update(Job).where(Job.id == job.id, Job.state == JobState.WAITING)
    db.session.execute(waiting.values(state=JobState.CANCELLED.value, ended_at=now()))


def lines_of(job_id: str, outcome: str | None = None) -> Any:
    """The report of a job in the order of the file."""
    query = select(JobLine.row, JobLine.outcome, JobLine.data).where(JobLine.job_id == job_id)
    if outcome is not None:
        query = query.where(JobLine.outcome == outcome)
    return query.order_by(JobLine.row)


def counts_of(job_id: str) -> dict[str, int]:
    """How many rows the report tells of each outcome."""
    query = select(JobLine.outcome, func.count()).where(JobLine.job_id == job_id)
    return dict(db.session.execute(query.group_by(JobLine.outcome)).all())


def forget_old_reports() -> None:
    """Reports name people: they end two weeks after their job."""
    old = select(Job.id).where(Job.ended_at < now() - KEPT)
    db.session.execute(delete(JobLine).where(JobLine.job_id.in_(old)))
