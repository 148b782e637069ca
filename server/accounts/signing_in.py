"""Signing in: the same words and the same time for every failure, slower after some."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, text

from server.accounts.passwords import verify_password
from server.domain.text import clean_text
from server.errors import Problem
from server.store import db as database
from server.store.db import db, now
from server.store.devices import utc
from server.store.people import SignInAttempts, User

FREE_FAILURES = 5
LONGEST_WAIT_S = 15 * 60
USERNAME_LIMIT = 100


def typed_username(typed: str) -> str:
    """A user name as it is kept: without blanks around it, in small letters."""
    return (clean_text(typed) or "").lower()[:USERNAME_LIMIT]


def sign_in(typed: str, password: str) -> User:
    """The user, or a problem that does not tell which of the two was wrong.

    The password is checked with no transaction open, because it takes long on purpose. So the
    waiting time is asked again, under lock, before the answer counts: guesses sent at the same
    time cannot run past it.
    """
    username = typed_username(typed)
    with database.reading():
        _refuse_while_waiting(db.session.get(SignInAttempts, username))
        stored = db.session.scalar(
            select(User.password_hash).where(User.username == username, User.ended_at.is_(None))
        )
        db.session.rollback()
    right = verify_password(stored, password)
    attempts = _locked_attempts(username)
    _refuse_while_waiting(attempts)
    user = db.session.scalar(select(User).where(User.username == username)) if right else None
    if user is None or not user.is_active or user.password_hash != stored:
        _count_failure(attempts)
        raise Problem("wrong_credentials", keep=True)
    db.session.execute(delete(SignInAttempts).where(SignInAttempts.username == username))
    return user


def _refuse_while_waiting(attempts: SignInAttempts | None) -> None:
    if attempts is None or attempts.next_try_at is None:
        return
    left = (utc(attempts.next_try_at) - now()).total_seconds()
    if left > 0:
        raise Problem("too_many_attempts", {"retry_after": int(left) + 1})


def _locked_attempts(username: str) -> SignInAttempts:
    db.session.execute(
        text(
            "INSERT INTO sign_in_attempts (username, failures) VALUES (:username, 0) "
            "ON CONFLICT DO NOTHING"
        ),
        {"username": username},
    )
    found = select(SignInAttempts).where(SignInAttempts.username == username).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def _count_failure(attempts: SignInAttempts) -> None:
    attempts.failures += 1
    attempts.next_try_at = next_try(attempts.failures, now())


def next_try(failures: int, at: datetime) -> datetime | None:
    """When the next try is answered: at once for the first five, then 2, 4, 8 … seconds later."""
    if failures < FREE_FAILURES:
        return None
    doubled: int = 2 ** min(failures - FREE_FAILURES + 1, 10)
    return at + timedelta(seconds=min(doubled, LONGEST_WAIT_S))
