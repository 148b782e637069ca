"""Two officers press at the same moment, on PostgreSQL, where they really are two."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from server.store.feeds import Waiting
from server.store.review.decided import Decision
from tests.actors import csrf_token, hidden_value


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
