"""Two officers give the same people cards at the same moment, on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from server.store.records import Sponsorship
from tests.actors import csrf_token
from tests.http.test_farm_requests import on  # noqa: F401
from tests.http.test_hardship import look, seen_in
from tests.http.test_sponsors import text
from tests.sponsoring import hard_up, money, sponsor


@pytest.fixture
def app(postgres_stand):
    return postgres_stand.clean()


@pytest.fixture
def people(app, places):
    return hard_up(app, places.villages[0], people=2)


def test_two_who_give_the_same_people_cards_at_once_gave_them_once(
    make,
    places,
    as_officer,
    as_admin,
    people,
    ask,
    on,  # noqa: F811
):
    on("2026-11-22")
    givers = [sponsor(make, places.commune, as_officer.user, name=name) for name in ("A", "B")]
    for giver in givers:
        money(make, giver, "received", 9_000_000)
    desks = (as_officer, as_admin)
    pages = [text(look(desk, giver, people)) for desk, giver in zip(desks, givers, strict=True)]
    barrier = threading.Barrier(len(desks))

    def send(desk, giver, page):
        form = {"sponsor": giver.id, "member": people, "months": "12", "way": "whole"}
        data = {**form, "seen": seen_in(page), "csrf_token": csrf_token(page)}
        barrier.wait()
        return desk.client.post("/hardship/give", data=data)

    with ThreadPoolExecutor(len(desks)) as pool:
        answers = list(pool.map(send, desks, givers, pages))
    given = ask(select(Sponsorship.member_id, Sponsorship.sponsor_id))
    assert sorted(member for member, _sponsor in given) == sorted(people)
    assert len({giver for _member, giver in given}) == 1
    assert [answer.status_code for answer in answers].count(302) >= 1
