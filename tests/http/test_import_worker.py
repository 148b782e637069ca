"""The worker as a process of its own: killed in the middle of a list, nothing is lost or twice."""

import signal
import sys

from sqlalchemy import select, update

from server.store.db import db, new_id, now, transaction
from server.store.imported_lists import ImportedList, ImportedRow
from server.store.jobs import LAST_TRY, SILENT, Job, JobState, ask_for, take_up
from server.work import work_once
from tests.http.test_import_jobs import ask_to_keep, many
from tests.http.test_imports import counted
from tests.support.worker import until, worker
from tools.gunicorn_conf import Kept

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


def deadly_job(app, as_officer, places):
    """A job that kills whoever takes it up, asked for by this officer."""
    with app.app_context(), transaction():
        asked = {"kind": "bhxh_list", "file_name": "danh-sach.xlsx", "commune": places.commune.id}
        job = ask_for("deadly", asked, by=as_officer.user.id, commune=places.commune.id)
        return job.id


def taken_up(app, worker_id):
    """The job that this worker gets, None when there is none."""
    with app.app_context():
        run = take_up(worker_id)
    return run.id if run else None


def fall_silent(app, job):
    with app.app_context(), transaction():
        long_ago = now() - 2 * SILENT
        db.session.execute(update(Job).where(Job.id == job).values(heartbeat=long_ago))


def test_a_job_that_kills_its_worker_is_tried_three_times_and_then_has_failed(
    app, as_officer, places, ask, tmp_path
):
    job = deadly_job(app, as_officer, places)
    told = select(Job.state, Job.lost, Job.error).where(Job.id == job)
    with worker(url_of(app), tmp_path / "worker.log", "tests.support.deadly") as process:
        assert process.wait(timeout=600) == -signal.SIGKILL
    assert ask(told) == [(JobState.RUNNING, 0, None)]
    for dead in range(1, LAST_TRY):
        fall_silent(app, job)
        assert taken_up(app, new_id()) == job
        assert ask(told) == [(JobState.RUNNING, dead, None)]
    fall_silent(app, job)
    assert taken_up(app, new_id()) is None
    assert ask(told) == [(JobState.FAILED, LAST_TRY, "worker_lost")]


def test_who_asked_reads_that_it_was_tried_and_what_to_do(app, as_officer, places, ask):
    job = deadly_job(app, as_officer, places)
    for _each in range(LAST_TRY):
        assert taken_up(app, new_id()) == job
        fall_silent(app, job)
    assert taken_up(app, new_id()) is None
    with app.app_context(), transaction():
        db.session.execute(update(Job).where(Job.id == job).values(kind="import_write"))
    page = as_officer.get(f"/imports/jobs/{job}").get_data(as_text=True)
    assert "Đã thử 3 lần" in page
    assert "chia tệp thành nhiều tệp nhỏ" in page


def test_a_worker_that_could_not_write_for_a_while_comes_back_to_its_job(app, as_officer, places):
    """A full disk is no death: it may take as long as it takes."""
    job, same = deadly_job(app, as_officer, places), new_id()
    for _each in range(2 * LAST_TRY):
        assert taken_up(app, same) == job
        fall_silent(app, job)


def test_a_worker_that_dies_is_started_again_while_the_server_runs():
    kept = Kept([sys.executable, "-c", "import signal; signal.pause()"], look_every=0.05)
    try:
        first = kept.process
        first.kill()
        until(lambda: kept.process is not first, 60)
        assert kept.process.poll() is None
    finally:
        kept.end()
    assert kept.process.poll() is not None
