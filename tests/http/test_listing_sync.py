"""Where a card is, on the phone: the list on which a person stands and how far it has come."""

import pytest
from sqlalchemy import select

from server.domain.card_lists.digest import digest_of
from server.store.card_lists import CardList
from server.store.db import today
from server.store.feeds import Waiting
from server.store.records import Listing
from tests.http.test_bhxh_desk import held_id, take
from tests.http.test_card_lists import MEMO, PAPER, TE, people, propose, step  # noqa: F401
from tests.sealed_lists import Software, issued, key_of, returned


@pytest.fixture
def home(people):  # noqa: F811
    return people.farm_home()


@pytest.fixture
def children(people, home):  # noqa: F811
    return [people.child(name, home) for name in ("Lò Văn Bé", "Lò Thị Út")]


@pytest.fixture
def draft(as_officer, places, children):
    return propose(as_officer, places, TE)


@pytest.fixture
def software(app, make, places, as_officer):
    return Software(app, key_of(make, places.unit, as_officer.user))


@pytest.fixture
def told(ask):
    """What a phone shows of the children, in their order, after a trip."""

    def shown(phone):
        phone.sync()
        rows = ask(select(Listing.member_id, Listing.id))
        found = {member: phone.data("listing", id_) or {} for member, id_ in rows}
        return {member: data.get("state") for member, data in found.items()}

    return shown


def number_of(ask):
    [[number]] = ask(select(CardList.number))
    return number


def pull_and_acknowledge(software, number):
    page = software.get(f"/lists/{number}/rows", after=0, limit=10).get_json()
    counted = {"count": len(page["rows"]), "digest": digest_of(page["rows"])}
    assert software.post(f"/lists/{number}/receipt", counted).status_code == 200


def test_each_step_of_a_list_reaches_the_phone(
    as_officer, software, lan, children, draft, told, ask
):
    first, second = children
    assert told(lan) == {}
    step(as_officer, draft, "submit", MEMO)
    assert told(lan) == {first: "submitted", second: "submitted"}
    [[row]] = ask(select(Listing.id).where(Listing.member_id == first))
    number = number_of(ask)
    assert lan.data("listing", row) == {
        "member": first, "list_number": number, "state": "submitted", "state_on": today(),
    }  # fmt: skip
    step(as_officer, draft, "approve")
    step(as_officer, draft, "seal", PAPER)
    assert told(lan) == {first: "sealed", second: "sealed"}
    page = software.get(f"/lists/{number}/rows", after=0, limit=10).get_json()
    assert told(lan) == {first: "pulled", second: "pulled"}
    counted = {"count": 2, "digest": digest_of(page["rows"])}
    software.post(f"/lists/{number}/receipt", counted)
    assert told(lan) == {first: "received", second: "received"}
    revisions = ask(select(Listing.rev).order_by(Listing.rev))
    pull_and_acknowledge(software, number)
    assert ask(select(Listing.rev).order_by(Listing.rev)) == revisions
    software.answer(number, issued("a1", row), returned("a2", 2))
    assert told(lan) == {first: "issued", second: "returned"}


def test_a_receipt_after_the_answer_changes_nothing_of_it(
    as_officer, software, lan, children, draft, told, ask
):
    for verb, form in (("submit", MEMO), ("approve", None), ("seal", PAPER)):
        step(as_officer, draft, verb, form)
    software.answer(number_of(ask), issued("a1", 1))
    pull_and_acknowledge(software, number_of(ask))
    assert sorted(told(lan).values()) == ["issued", "received"]


def test_the_answer_that_is_taken_instead_is_told(
    as_officer, software, lan, children, draft, told, ask
):
    for verb, form in (("submit", MEMO), ("approve", None), ("seal", PAPER)):
        step(as_officer, draft, verb, form)
    software.answer(number_of(ask), issued("a1", 1))
    software.answer(number_of(ask), returned("a2", 1, "already_insured"))
    assert sorted(told(lan).values()) == ["issued", "sealed"]
    assert take(as_officer, held_id(ask)).status_code == 302
    assert sorted(told(lan).values()) == ["returned", "sealed"]


def test_who_is_sent_back_stands_on_no_list_until_it_goes_out_again(
    as_officer, lan, children, draft, told
):
    step(as_officer, draft, "submit", MEMO)
    step(as_officer, draft, "send-back", {"note": "Thiếu ngày sinh"})
    assert set(told(lan).values()) == {"off"}
    step(as_officer, draft, "submit", MEMO)
    assert set(told(lan).values()) == {"submitted"}


def test_it_goes_where_its_person_goes_and_is_told_of_there(
    as_officer, make, places, lan, minh, home, children, draft, told, ask
):
    step(as_officer, draft, "submit", MEMO)
    told(lan)
    there = {"village": places.villages[1].id}
    make.write(as_officer.user, "household", there, record=home,
               was={"village": places.villages[0].id})  # fmt: skip
    step(as_officer, draft, "approve")
    step(as_officer, draft, "seal", PAPER)
    assert set(told(lan).values()) == {None}
    assert set(told(minh).values()) == {"sealed"}
    assert ask(select(Waiting.id)) == []


def test_only_the_office_says_on_which_list_somebody_stands(
    as_officer, lan, children, draft, told, ask
):
    step(as_officer, draft, "submit", MEMO)
    told(lan)
    [[row]] = ask(select(Listing.id).where(Listing.member_id == children[0]))
    made = lan.save("listing", {"member": children[0], "list_number": "1", "state": "issued"})
    edited = lan.save("listing", {"state": "issued"}, record=row)
    lan.sync()
    for change in (made, edited):
        assert lan.results[change["id"]]["status"] == "held"
    codes = {it["code"] for it in lan.results[edited["id"]]["reasons"]}
    assert codes == {"desk_only"}
    assert lan.data("listing", row)["state"] == "submitted"
