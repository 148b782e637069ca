"""Two officers at the same moment, on PostgreSQL: one list goes out once, a person is on one list,
and whoever reads sealed lists by cursor between any two steps misses none."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random

import pytest
from sqlalchemy import select

from server.store.card_lists import CardList, CardListRow
from server.store.db import db
from tests.actors import Desk, csrf_token
from tests.card_lists import ListPeople
from tests.http.test_card_lists import GB, MEMO, PAPER, TE, propose, step
from tests.support.conductor import conducting

SEED = int(os.environ.get("SEED", "20261122"))
ROUNDS = int(os.environ.get("INTERLEAVINGS", "6"))


@pytest.fixture
def app(postgres_stand):
    return postgres_stand.clean()


@pytest.fixture
def people(make, places, as_officer):
    return ListPeople(make, as_officer.user, places.villages[0])


@pytest.fixture
def other_officer(app, make, places):
    return Desk(app, make.user("officer", username="approver", areas=[places.commune]))


def token_of(desk):
    return csrf_token(desk.get("/card-lists").get_data(as_text=True))


def at_once(*posts):
    """Each of (desk, path, form), started at the same moment; the answers' codes, sorted."""
    ready = [(desk, path, {**form, "csrf_token": token_of(desk)}) for desk, path, form in posts]
    barrier = threading.Barrier(len(posts))

    def send(desk, path, form):
        barrier.wait()
        return desk.client.post(path, data=form).status_code

    with ThreadPoolExecutor(len(posts)) as pool:
        return sorted(pool.map(lambda one: send(*one), ready))


def test_of_two_who_submit_a_list_one_does(as_officer, other_officer, places, people, ask):
    people.enrolled(people.farmer("Lò Thị Hoa"))
    at = propose(as_officer, places)
    both = [(desk, f"{at}/submit", MEMO) for desk in (as_officer, other_officer)]
    assert at_once(*both) == [302, 409]
    assert len(ask(select(CardList.number).where(CardList.number.is_not(None)))) == 1


def test_of_two_who_seal_a_list_one_does(as_officer, other_officer, places, people, ask):
    people.enrolled(people.farmer("Lò Thị Hoa"))
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    step(as_officer, at, "approve")
    both = [(desk, f"{at}/seal", PAPER) for desk in (as_officer, other_officer)]
    assert at_once(*both) == [302, 409]
    assert ask(select(CardList.rev)) == [(1,)]


def test_two_lists_that_want_the_same_people_share_them(
    as_officer, other_officer, places, people, ask
):
    for name in ("Một", "Hai", "Ba"):
        people.enrolled(people.farmer(name))
    form = {**GB, "commune": places.commune.id, "village": places.villages[0].id}
    at_once(*[(desk, "/card-lists", form) for desk in (as_officer, other_officer)])
    rows = ask(select(CardListRow.member_id, CardListRow.list_id))
    assert len(rows) == len({member for member, _list in rows}) == 3
    assert len({list_id for _member, list_id in rows}) == 1
    assert len(ask(select(CardList.id))) == 1


def test_two_lists_submitted_at_once_have_two_numbers(
    as_officer, other_officer, places, people, ask
):
    people.enrolled(people.farmer("Lò Thị Hoa"))
    people.child("Lò Văn Bé")
    lists = [propose(as_officer, places, offer) for offer in (GB, TE)]
    desks = (as_officer, other_officer)
    both = [(desk, f"{at}/submit", MEMO) for desk, at in zip(desks, lists, strict=True)]
    assert at_once(*both) == [302, 302]
    numbers = [number for (number,) in ask(select(CardList.number))]
    assert sorted(number[-4:] for number in numbers) == ["0001", "0002"]


def interleave(app, user, lists, luck):
    """Seal these lists in a schedule of its own; a reader comes by between any two steps. What it
    saw, in its order."""
    seen, cursor = [], 0
    with app.app_context():
        engine = db.engine
    desks = {at: Desk(app, user) for at in lists}
    forms = {at: {**PAPER, "csrf_token": token_of(desk)} for at, desk in desks.items()}
    with conducting(engine) as conductor:
        for at, desk in desks.items():
            conductor.add(at, partial(desk.client.post, f"{at}/seal", data=forms[at]))
        while ready := conductor.ready():
            conductor.step(luck.choice(ready))
            with engine.connect() as reader:
                sealed = select(CardList.rev, CardList.id).where(CardList.rev > cursor)
                for rev, id_ in reader.execute(sealed.order_by(CardList.rev)):
                    seen.append(id_)
                    cursor = rev or cursor
    return seen


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_who_reads_sealed_lists_by_cursor_misses_none(app, as_officer, places, people, ask, round_):
    luck = Random(f"{SEED}:{round_}")
    lists = []
    for name in ("Một", "Hai", "Ba"):
        people.enrolled(people.farmer(name))
        lists.append(propose(as_officer, places))
        step(as_officer, lists[-1], "submit", MEMO)
        step(as_officer, lists[-1], "approve")
    seen = interleave(app, as_officer.user, lists, luck)
    in_order = [id_ for (id_,) in ask(select(CardList.id).order_by(CardList.rev))]
    assert seen == in_order
    assert sorted(seen) == sorted(at.rsplit("/", 1)[-1] for at in lists)
