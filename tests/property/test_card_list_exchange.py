"""A list and its answers on their way between two systems: pages, receipts and answers are dropped,
repeated, sent in any order and contradicted. Both sides end with the same totals, and nobody is
issued a card twice."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from server.domain.card_lists.digest import digest_of, totals_of
from server.store.bhxh import CardListAnswer, CardListReceipt
from server.store.card_lists import CardListRow
from server.store.db import db
from server.store.feeds import Waiting
from server.store.records import Card
from tests import homes
from tests.factories import Factory
from tests.sealed_lists import Software, issued, key_of, returned, sealed

PEOPLE = 4
LOST = st.booleans()
PAGE = st.tuples(st.just("page"), st.integers(0, PEOPLE), st.integers(1, PEOPLE), LOST)
RECEIPT = st.tuples(st.just("receipt"), st.integers(-1, 1), st.just(0), LOST)
ANSWERS = st.tuples(
    st.just("answers"),
    st.lists(st.integers(0, 3 * PEOPLE - 1), min_size=1, max_size=6),
    st.just(0),
    LOST,
)
SCHEDULES = st.lists(st.one_of(PAGE, RECEIPT, ANSWERS), max_size=10)


@dataclass
class Insurance:
    """The other side: it believes only answers that reached it. What it means to say of a row is
    said under two ids; a third thing, against it, comes from somebody who is mistaken."""

    software: Software
    number: str
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    first: dict[int, str] = field(default_factory=dict)

    def answers(self) -> list[dict[str, Any]]:
        meant = [
            issued(f"m{place}", place, self.card(place))
            if place % 2
            else returned(f"m{place}", place)
            for place in range(1, PEOPLE + 1)
        ]
        again = [{**one, "id": f"again-{one['id']}"} for one in meant]
        against = [
            returned(f"x{place}", place, "deceased")
            if place % 2
            else issued(f"x{place}", place, self.card(place))
            for place in range(1, PEOPLE + 1)
        ]
        return [*meant, *again, *against]

    def card(self, place: int) -> str:
        return f"TE1{int(self.number[-4:]):04}{place:08}"[:15]

    def pull(self, after: int, limit: int, lost: bool) -> None:
        path = f"/lists/{self.number}/rows"
        page = self.software.get(path, after=after, limit=limit).get_json()
        assert page["digest"] == digest_of(page["rows"])
        if not lost:
            self.head = page
            self.rows.update({row["place"]: row for row in page["rows"]})

    def in_order(self) -> list[dict[str, Any]]:
        return [self.rows[place] for place in sorted(self.rows)]

    def receive(self, more: int) -> int:
        """Say what has come so far, or one row too many or too few."""
        rows = self.in_order()
        counted = {"count": max(0, len(rows) + more), "digest": digest_of(rows)}
        return self.software.post(f"/lists/{self.number}/receipt", counted).status_code

    def say(self, chosen: list[int]) -> list[dict[str, Any]]:
        answers = [self.answers()[at] for at in chosen]
        for one in answers:
            self.first.setdefault(one["place"], one["outcome"])
        return self.software.answer(self.number, *answers)


@pytest.fixture(params=["sqlite", "postgres"])
def stand(request):
    app = request.getfixturevalue(f"{request.param}_stand").clean()
    make = Factory(app)
    places = make.places()
    by = make.user("officer", areas=[places.commune])
    return app, make, places, by, key_of(make, places.unit, by)


def a_list(stand, number):
    app, make, places, by, key = stand
    people = [homes.never_had(f"Người {at}") for at in range(PEOPLE)]
    homes.write(app, places.villages[0], *people)
    ids = [one["id"] for one in people]
    lot = sealed(make, places.unit, places.commune, by, ids, number=number)
    return lot, ids, Insurance(Software(app, key), number)


def test_dropped_repeated_and_reordered_both_sides_end_equal(stand):
    app = stand[0]
    numbers = iter(range(1, 10_000))

    @settings(max_examples=25)
    @given(SCHEDULES)
    def scenario(schedule):
        lot, people, insurance = a_list(stand, f"15646-2026-{next(numbers):04}")
        for what, one, two, lost in schedule:
            if what == "page":
                insurance.pull(one, two, lost)
            elif what == "receipt":
                whole = len(insurance.rows) == PEOPLE and one == 0
                assert insurance.receive(one) == (200 if whole else 409)
            else:
                insurance.say(one)
        quiet_down(insurance)
        check(app, lot, people, insurance)
        before = everything(app, lot, people)
        quiet_down(insurance)
        assert everything(app, lot, people) == before

    scenario()


def quiet_down(insurance):
    """Everything is sent until it has arrived."""
    insurance.pull(0, PEOPLE, lost=False)
    assert insurance.receive(0) == 200
    insurance.say(list(range(PEOPLE)))


def check(app, lot, people, insurance):
    rows = insurance.in_order()
    assert digest_of(rows) == insurance.head["list_digest"] == lot.digest
    assert totals_of(rows) == insurance.head["totals"] == lot.totals
    with app.app_context():
        states = dict(
            db.session.execute(
                select(CardListRow.place, CardListRow.state).where(CardListRow.list_id == lot.id)
            ).all()
        )
        assert states == insurance.first
        cards = Counter(
            db.session.scalars(select(Card.member_id).where(Card.member_id.in_(people)))
        )
        by_place = {place: people[place - 1] for place in states}
        assert cards == Counter(by_place[at] for at, it in states.items() if it == "issued")
        receipts = select(func.count()).where(CardListReceipt.list_id == lot.id)
        assert db.session.scalar(receipts) == 1
    told = insurance.software.post(
        f"/lists/{lot.number}/answers", {"answers": [insurance.answers()[0]]}
    ).get_json()
    counted = {name: told[name] for name in ("issued", "returned")}
    assert counted == {
        name: list(insurance.first.values()).count(name) for name in ("issued", "returned")
    }
    assert told["open"] == told["confirmed"] == 0


def everything(app, lot, people):
    """All that the exchange wrote, to see that saying it again writes nothing."""
    with app.app_context():
        cards = db.session.scalars(select(Card.data).where(Card.member_id.in_(people)))
        waits = db.session.scalars(select(Waiting.data).where(Waiting.record_id.in_(people)))
        answers = select(CardListAnswer.answer_id, CardListAnswer.status).where(
            CardListAnswer.list_id == lot.id
        )
        return (
            sorted(map(orjson.loads, cards), key=str),
            sorted(map(orjson.loads, waits), key=str),
            sorted(db.session.execute(answers).all()),
        )
