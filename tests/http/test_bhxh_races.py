"""Answers to one row at the same moment, on PostgreSQL: one of them counts."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from server.store.bhxh import CardListAnswer, CardListReceipt
from server.store.records import Card
from tests.sealed_lists import Software, issued, key_of, returned, sealed


@pytest.fixture
def app(postgres_stand):
    return postgres_stand.clean()


@pytest.fixture
def clerks(app, make, places, as_officer):
    """Four programs of the unit, each with a key of its own."""
    return [Software(app, key_of(make, places.unit, as_officer.user)) for _ in range(4)]


def at_once(clerks, work):
    barrier = threading.Barrier(len(clerks))

    def go(number, clerk):
        barrier.wait()
        return work(number, clerk)

    with ThreadPoolExecutor(len(clerks)) as pool:
        return list(pool.map(go, range(len(clerks)), clerks))


def test_one_row_is_issued_once(clerks, lot, ask):
    def say(number, clerk):
        return clerk.answer(lot.number, issued(f"a{number}", 1, f"TE138382000000{number}"))[0]

    results = at_once(clerks, say)
    assert sorted(one["status"] for one in results) == ["applied", "held", "held", "held"]
    assert len(ask(select(Card.id))) == 1


def test_the_same_answer_at_once_is_one_answer(clerks, lot, ask):
    results = at_once(clerks, lambda _number, clerk: clerk.answer(lot.number, issued("a", 1))[0])
    assert {one["status"] for one in results} == {"applied"}
    assert len(ask(select(CardListAnswer.id))) == len(ask(select(Card.id))) == 1


def test_issued_and_returned_at_once_is_one_of_them(clerks, lot, ask):
    def say(number, clerk):
        told = issued("a", 1) if number % 2 else returned("b", 1)
        return clerk.answer(lot.number, told)[0]

    results = at_once(clerks, say)
    assert sorted(one["status"] for one in results) == ["applied", "applied", "held", "held"]
    [(outcome,)] = ask(select(CardListAnswer.outcome).where(CardListAnswer.status == "applied"))
    assert len(ask(select(Card.id))) == (outcome == "issued")


def test_two_lists_issue_one_person_one_card(make, places, as_officer, children, clerks, lot, ask):
    """The second list is against the rules of claims; the answers must hold all the same."""
    with make.writing():
        from server.store.card_lists import CardListRow
        from server.store.db import db

        for row in db.session.scalars(select(CardListRow)):
            row.claim = None
    by = as_officer.user
    other = sealed(make, places.unit, places.commune, by, children, number="15646-2026-0002")
    lots = (lot, other)

    def say(number, clerk):
        told = issued(f"a{number}", 1, f"TE138382000000{number}")
        return clerk.answer(lots[number % 2].number, told)[0]

    results = at_once(clerks, say)
    assert [one["status"] for one in results].count("applied") == 1
    assert len(ask(select(Card.id))) == 1


def test_receipts_at_once_are_one_receipt(clerks, lot, ask):
    told = {"count": 3, "digest": lot.digest}
    answers = at_once(clerks, lambda _n, clerk: clerk.post(f"/lists/{lot.number}/receipt", told))
    assert [answer.status_code for answer in answers] == [200] * len(clerks)
    assert len(ask(select(CardListReceipt.list_id))) == 1


def test_pages_at_once_are_one_pull(clerks, lot):
    answers = at_once(clerks, lambda _n, clerk: clerk.get(f"/lists/{lot.number}/rows"))
    assert [answer.status_code for answer in answers] == [200] * len(clerks)
