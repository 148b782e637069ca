"""The worker as a process of its own: killed in the middle of a list, nothing is lost or twice."""

from sqlalchemy import select, update

from server.store.db import db, now, transaction
from server.store.imported_lists import ImportedList, ImportedRow
from server.store.jobs import SILENT, Job, JobState
from server.work import work_once
from tests.http.test_import_jobs import ask_to_keep, many
from tests.http.test_imports import counted
from tests.support.worker import until, worker

ROWS = 9_000


def url_of(app):
    return app.config["SQLALCHEMY_DATABASE_URI"]


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_ends_it(
    app, as_officer, places, ask, tmp_path
):
    def look():
        while work_once(app, "look"):
            pass

    job = ask_to_keep(as_officer, many(ROWS), look).rpartition("/")[2]

    def state():
        [(state, done)] = ask(select(Job.state, Job.done).where(Job.id == job))
        return state, done

    with worker(url_of(app), tmp_path / "first.log") as first:
        until(lambda: state()[1] > 0, 60)
        first.kill()
        first.wait()
    halfway, done = state()
    assert halfway == JobState.RUNNING
    assert 0 < done < ROWS
    kept = counted(ask, ImportedRow)
    assert kept == done - 1, "what is told to be done is what is written; row 1 is the heading"
    with app.app_context(), transaction():
        db.session.execute(update(Job).where(Job.id == job).values(heartbeat=now() - 2 * SILENT))
    with worker(url_of(app), tmp_path / "second.log"):
        until(lambda: state()[0] == JobState.DONE, 60)
    assert ask(select(ImportedList.row_count, ImportedList.whole)) == [(ROWS, True)]


def test_a_worker_that_is_told_to_end_puts_its_job_back(app, as_officer, places, ask, tmp_path):
    def look():
        while work_once(app, "look"):
            pass

    job = ask_to_keep(as_officer, many(ROWS), look).rpartition("/")[2]
    at_hand = select(Job.done).where(Job.id == job)
    with worker(url_of(app), tmp_path / "worker.log") as process:
        until(lambda: ask(at_hand)[0][0] > 0, 60)
        process.terminate()
        assert process.wait(timeout=30) == 0
    assert ask(select(Job.state).where(Job.id == job)) == [(JobState.WAITING,)]
    look()
    assert ask(select(ImportedList.row_count, ImportedList.whole)) == [(ROWS, True)]
