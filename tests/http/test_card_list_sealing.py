"""A sealed list: what it says, its place in the unit's order, and that nothing changes it."""

import orjson
import pytest
from sqlalchemy import select

from server.domain.card_lists.digest import digest_of_texts
from server.errors import Problem
from server.store.card_list_reading import head_of
from server.store.card_list_rows import rows_of
from server.store.card_list_sealing import locked_list, seal
from server.store.card_lists import CardList, CardListRow
from server.store.db import db
from server.store.people import User
from tests.card_lists import ListPeople

PAPER = {
    "document_number": "15/DS-UBND",
    "sealed_on": "2026-11-22",
    "signer": "Lê Văn Nam",
    "signer_title": "Phó Chủ tịch",
}


@pytest.fixture
def people(make, places, as_officer):
    return ListPeople(make, as_officer.user, places.villages[0])


@pytest.fixture
def approved(make, places, as_officer):
    """An approved list of some people, by kind."""

    def made(*people, number="BP-15646-2026-0001", enrolments=()):
        it = make.add(
            CardList(
                commune_id=places.commune.id,
                insurance_group="GB",
                support_percent="30",
                title="Hộ nông nghiệp",
                state="approved",
                number=number,
                created_by=as_officer.user.id,
            )
        )
        for place, member in enumerate(people, start=1):
            row = CardListRow(
                list_id=it.id,
                place=place,
                kind="increase",
                member_id=member,
                enrolment_id=dict(enrolments).get(member),
                village_id=places.villages[0].id,
                claim=f"increase:{member}",
            )
            make.add(row)
        return it.id

    return made


def sealed(make, list_id, by):
    with make.writing():
        seal(locked_list(list_id), db.session.get_one(User, by.id), PAPER)


def change(make, table, name, value):
    """As any code would: through the model."""
    with make.writing():
        setattr(db.session.scalars(select(table)).one(), name, value)


def test_a_sealed_list_keeps_what_it_said(make, people, approved, as_officer, app):
    hoa = people.farmer("Lò Thị Hoa")
    enrolment = people.enrolled(hoa)
    it = approved(hoa, enrolments={hoa: enrolment})
    sealed(make, it, as_officer.user)
    make.write(as_officer.user, "member", {"full_name": "Tên khác"}, record=hoa)
    with app.app_context():
        kept = db.session.get_one(CardList, it)
        [row] = rows_of(kept)
        head = head_of(kept)
        texts = [text or "" for text in db.session.scalars(select(CardListRow.data))]
    assert (row["full_name"], row["total"], row["own_share"]) == ("Lò Thị Hoa", 1_366_200, 956_340)
    assert row["card_to"] == "2027-12-19"
    assert head["digest"] == digest_of_texts(texts)
    assert head["totals"] == {
        "rows": 1,
        "increase": 1,
        "decrease": 0,
        "total": 1_366_200,
        "state_support": 409_860,
        "local_support": 0,
        "other_support": 0,
        "own_share": 956_340,
    }
    assert (head["row_count"], head["rev"]) == (1, 1)
    assert head["signer"] == "Lê Văn Nam"
    assert orjson.loads(texts[0]) == row


def test_before_it_is_sealed_a_list_says_what_the_records_say(make, people, approved, app):
    hoa = people.farmer("Lò Thị Hoa")
    it = approved(hoa)
    make.write(people.by, "member", {"phone": "0912345678"}, record=hoa)
    with app.app_context():
        [row] = rows_of(db.session.get_one(CardList, it))
    assert row["phone"] == "0912345678"


def test_lists_of_one_unit_take_their_places_one_after_the_other(
    make, people, approved, as_officer, ask
):
    first = approved(people.farmer("Một"))
    second = approved(people.farmer("Hai"), number="BP-15646-2026-0002")
    for it in (second, first):
        sealed(make, it, as_officer.user)
    assert dict(ask(select(CardList.id, CardList.rev))) == {second: 1, first: 2}


@pytest.mark.parametrize("name", ["title", "signer", "state", "digest"])
def test_nothing_of_a_sealed_list_changes(make, people, approved, as_officer, name):
    it = approved(people.farmer("Lò Thị Hoa"))
    sealed(make, it, as_officer.user)
    with pytest.raises(Problem, match="list_sealed"):
        change(make, CardList, name, "khác")


@pytest.mark.parametrize("name", ["place", "data", "member_id"])
def test_nothing_a_sealed_row_says_changes(make, people, approved, as_officer, name):
    it = approved(people.farmer("Lò Thị Hoa"))
    other = people.farmer("Lò Thị Mai")
    sealed(make, it, as_officer.user)
    value = {"place": 7, "data": "{}", "member_id": other}[name]
    with pytest.raises(Problem, match="list_sealed"):
        change(make, CardListRow, name, value)


def test_a_sealed_row_is_answered_and_gives_its_claim_back(make, people, approved, as_officer, ask):
    it = approved(people.farmer("Lò Thị Hoa"))
    sealed(make, it, as_officer.user)
    with make.writing():
        row = db.session.scalars(select(CardListRow)).one()
        row.state, row.claim = "issued", None
    assert ask(select(CardListRow.state, CardListRow.claim)) == [("issued", None)]


def test_only_an_approved_list_is_sealed_and_only_once(make, people, approved, as_officer):
    it = approved(people.farmer("Lò Thị Hoa"))
    sealed(make, it, as_officer.user)
    with pytest.raises(Problem, match="list_state"):
        sealed(make, it, as_officer.user)
