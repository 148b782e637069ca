"""Two officers press at the same moment, on PostgreSQL, where they really are two."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from server.store.db import db
from server.store.duplicates import PossibleDuplicate
from server.store.feeds import Waiting
from server.store.review.decided import Decision
from tests.actors import csrf_token, hidden_value
from tests.homes import person, write
from tests.support.conductor import conducting


@pytest.fixture
def app(postgres_stand):
    return postgres_stand.clean()


def at_once(desks, path, forms):
    """Everybody opens the page, then all send their form at the same moment."""
    pages = [desk.get(path).text for desk in desks]
    seen = hidden_value(pages[0], "seen")
    barrier = threading.Barrier(len(desks))

    def send(desk, page, form):
        data = {"csrf_token": csrf_token(page), "seen": seen, **form}
        barrier.wait()
        return desk.client.post(f"{path}/decide", data=data)

    with ThreadPoolExecutor(len(desks)) as pool:
        return list(pool.map(send, desks, pages, forms))


@pytest.mark.parametrize("choices", [("incoming", "recorded"), ("incoming", "incoming")])
def test_of_two_decisions_at_once_one_counts_and_the_other_is_told(
    as_officer, as_admin, waiting, ask, choices
):
    desks, path = (as_officer, as_admin), f"/review/items/{waiting}"
    answers = at_once(desks, path, [{"choice": choice} for choice in choices])
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(ask(select(Decision.id))) == 1
    told = ["xử lý lúc" in desk.get("/review").text for desk in desks]
    assert sorted(told) == [False, True]
    [(state,)] = ask(select(Waiting.state))
    assert state == ("rejected" if told[0] and choices[1] == "recorded" else "applied")


@pytest.fixture
def pair(app, places, ask):
    """Two people of one number, in two villages."""
    for village in places.villages:
        write(app, village, person("Lê Thị Hoa", personal_id="038180001234"))
    [(id_,)] = ask(select(PossibleDuplicate.id))
    return id_


@pytest.mark.parametrize("winners", [("one", "one"), ("one", "other")])
def test_two_who_merge_one_pair_at_once_have_merged_it_once(
    app, as_officer, as_admin, pair, ask, winners
):
    here = f"/review/duplicates/{pair}"
    answers = {}

    def sends(desk, winner):
        page = desk.get(here).text
        form = {"csrf_token": csrf_token(page), "seen": hidden_value(page, "seen")}

        def send():
            answer = desk.client.post(f"{here}/merge", data={**form, "winner": winner})
            answers[winner, desk.user.id] = answer.status_code

        return send

    first, second = sends(as_officer, winners[0]), sends(as_admin, winners[1])
    with app.app_context(), conducting(db.engine) as conductor:
        conductor.add("officer", first)
        conductor.add("admin", second)
        while ready := conductor.ready():
            for name in ready:
                conductor.step(name)
            conductor.settle()
    assert sorted(answers.values()) == [302, 409]
    assert len(ask(select(Decision.id))) == 1
