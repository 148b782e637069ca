"""The worker beside the server: takes up one job after another, `flask --app wsgi work`."""

import logging
import os
import signal
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any

from flask import Flask

from server.errors import Problem
from server.reconcile import running
from server.roster import importing
from server.store.coverage.steps import refresh_stored
from server.store.db import cannot_write, db, new_id, reading, transaction
from server.store.jobs import (
    LeftOff,
    Run,
    Stopped,
    anything_waits,
    forget_old_reports,
    take_up,
)
from server.store.returned_lists import forget_old_rows

WORKS: dict[str, Callable[[Run], dict[str, Any]]] = {**importing.JOBS, **running.JOBS}
"""Which function does which kind of job."""
LOOK_EVERY_S = 0.5
FORGET_EVERY_S = 3600.0
"""How often what files said of people is looked through for what has had its time."""
REFRESH_EVERY_S = 60.0
"""How often counts of villages that moved on are stored anew, while no job waits."""

log = logging.getLogger("baophu")


def work_once(app: Flask, worker: str, goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Take up a job and do it, to its end or until it is cancelled; False when none waits."""
    with app.app_context():
        with reading():
            waits = anything_waits()
            db.session.rollback()
        run = take_up(worker) if waits else None
        if run is None:
            return False
        run.goes_on = goes_on
        _do(run)
        return True


def _do(run: Run) -> None:
    try:
        run.end(WORKS[run.kind](run))
    except Stopped:
        db.session.rollback()
        run.stop()
    except LeftOff:
        run.leave()
    except Problem as problem:
        db.session.rollback()
        run.fail(problem.code)
    except Exception as error:
        db.session.rollback()
        if cannot_write(error):
            # A full disk, a lost connection: the job stays, and is taken up again when it is quiet.
            log.error("job %s waits: %s", run.id, type(error).__name__)
            return
        log.error("job %s of kind %s failed", run.id, run.kind, exc_info=error)
        run.fail("server_error")
    finally:
        db.session.remove()


def refresh(app: Flask) -> bool:
    """Store how everybody stands in a few villages that moved on; True when there are more. What
    fails is tried again later: without it servers count for themselves."""
    with app.app_context():
        try:
            return refresh_stored()
        except Exception as error:
            db.session.rollback()
            log.error("the counts of villages were not stored: %s", type(error).__name__)
            return False
        finally:
            db.session.remove()


def forget(app: Flask) -> None:
    """Let go of what files said of people once it has had its time; tried again later."""
    with app.app_context():
        try:
            with transaction():
                forget_old_reports()
                forget_old_rows()
        except Exception as error:
            log.error("nothing old was forgotten: %s", type(error).__name__)
        finally:
            db.session.remove()


def work(app: Flask, parent: int | None) -> None:
    """Work until told to stop; also when this parent process is gone, if one is named."""
    worker, told = new_id(), Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: told.set())

    def goes_on() -> bool:
        return not told.is_set() and parent in (None, os.getppid())

    due = forget_due = monotonic()
    while goes_on():
        try:
            busy = work_once(app, worker, goes_on)
        except Exception as error:
            log.error("the worker could not look for jobs: %s", type(error).__name__)
            busy = False
        if not busy and monotonic() >= due:
            due = monotonic() + (0 if refresh(app) else REFRESH_EVERY_S)
        if not busy and monotonic() >= forget_due:
            forget_due = monotonic() + FORGET_EVERY_S
            forget(app)
        if not busy:
            told.wait(LOOK_EVERY_S)
