"""The insurance's own software: it pulls sealed lists, says what it received, and answers rows."""

import orjson
import pytest
from sqlalchemy import event, select

from server.domain.card_lists.digest import digest_of, totals_of
from server.store.bhxh import BhxhKey, CardListAnswer, CardListPull, CardListReceipt
from server.store.card_lists import CardListRow
from server.store.db import db
from server.store.feeds import Waiting
from server.store.people import Audit
from server.store.records import Card, Enrolment
from tests import homes
from tests.enrolling import paid
from tests.sealed_lists import Software, issued, key_of, returned, sealed

NOWHERE = "15646-2026-9999"


def body(answer):
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def receipt_of(lot, **more):
    return {"count": len(lot.rows), "digest": lot.digest, "totals": lot.totals, **more}


def test_new_lists_come_in_the_order_of_sealing(make, places, as_officer, children, software):
    for at, child in enumerate(children, 1):
        by = as_officer.user
        sealed(make, places.unit, places.commune, by, [child], number=f"15646-2026-000{at}")
    first = body(software.get("/lists", limit=2))
    assert [one["number"] for one in first["lists"]] == ["15646-2026-0001", "15646-2026-0002"]
    assert first["more"]
    rest = body(software.get("/lists", after=first["next"]))
    assert [one["number"] for one in rest["lists"]] == ["15646-2026-0003"]
    assert not rest["more"]
    assert body(software.get("/lists", after=rest["next"]))["lists"] == []


def test_a_list_says_what_it_holds(lot, software):
    [head] = body(software.get("/lists"))["lists"]
    assert head["row_count"] == 3
    assert head["digest"] == lot.digest
    assert head["commune_name"] == "Xã Thường Xuân"
    assert head["totals"]["state_support"] == 3_000_000


def test_what_is_not_sealed_is_not_there(make, places, as_officer, children, software):
    by = as_officer.user
    sealed(make, places.unit, places.commune, by, children, state="approved")
    assert body(software.get("/lists"))["lists"] == []
    assert software.get("/lists/15646-2026-0001/rows").status_code == 404


def test_pages_add_up_to_the_list(lot, software):
    rows, after, more = [], 0, True
    while more:
        page = body(software.get(f"/lists/{lot.number}/rows", after=after, limit=2))
        assert page["digest"] == digest_of(page["rows"])
        assert page["count"] == len(page["rows"])
        rows += page["rows"]
        after, more = page["next"], page["more"]
    assert [row["id"] for row in rows] == lot.rows
    assert digest_of(rows) == page["list_digest"] == lot.digest
    assert totals_of(rows) == page["totals"]


def test_a_pull_is_remembered_once_and_in_the_log(lot, software, ask):
    for _ in range(2):
        body(software.get(f"/lists/{lot.number}/rows", limit=2))
    [(whole,)] = ask(select(CardListPull.whole_at))
    assert whole is None
    body(software.get(f"/lists/{lot.number}/rows", after=2))
    [(whole,)] = ask(select(CardListPull.whole_at))
    assert whole is not None
    assert len(ask(select(Audit.id).where(Audit.kind == "bhxh_pull"))) == 2


def test_the_last_use_of_a_key_is_known(lot, software, ask):
    assert ask(select(BhxhKey.last_used_at)) == [(None,)]
    body(software.get("/lists"))
    [(used,)] = ask(select(BhxhKey.last_used_at))
    assert used is not None


def test_a_receipt_is_taken_once(lot, software, ask):
    first = body(software.post(f"/lists/{lot.number}/receipt", receipt_of(lot)))
    again = body(software.post(f"/lists/{lot.number}/receipt", receipt_of(lot)))
    assert first == again
    assert len(ask(select(CardListReceipt.list_id))) == 1
    assert len(ask(select(Audit.id).where(Audit.kind == "bhxh_receipt"))) == 1


@pytest.mark.parametrize(
    ("wrong", "name"),
    [({"count": 2}, "count"), ({"digest": "0" * 64}, "digest")],
)
def test_a_wrong_receipt_is_refused_with_the_difference(lot, software, ask, wrong, name):
    answer = software.post(f"/lists/{lot.number}/receipt", receipt_of(lot, **wrong))
    assert answer.status_code == 409
    told = answer.get_json()
    assert told["code"] == "receipt_differs"
    assert told["details"][name]["received"] == wrong[name]
    assert list(told["details"]) == [name]
    assert ask(select(CardListReceipt.list_id)) == []
    assert len(ask(select(Audit.id).where(Audit.kind == "bhxh_receipt_refused"))) == 1


def test_wrong_totals_are_refused_too(lot, software):
    told = receipt_of(lot, totals={**lot.totals, "state_support": 1})
    answer = software.post(f"/lists/{lot.number}/receipt", told)
    assert answer.get_json()["details"] == {"state_support": {"sealed": 3_000_000, "received": 1}}


def test_an_issued_card_becomes_a_record(lot, software, children, ask):
    [result] = software.answer(lot.number, issued("a1", lot.rows[0]))
    assert (result["status"], result["row"], result["code"]) == ("applied", lot.rows[0], None)
    [(data,)] = ask(select(Card.data).where(Card.member_id == children[0]))
    card = orjson.loads(data)
    assert card["evidence"] == "bhxh_issued"
    assert card["number"] == "TE1383820000001"
    assert (card["valid_from"], card["valid_to"]) == ("2026-12-01", "2027-11-30")
    assert card["insurance_group"] == "TE"
    [(state, claim)] = ask(
        select(CardListRow.state, CardListRow.claim).where(CardListRow.id == lot.rows[0])
    )
    assert (state, claim) == ("issued", None)


def test_a_returned_row_asks_the_field(lot, software, ask):
    [result] = software.answer(lot.number, returned("a1", 2, note="Số của người khác"))
    assert result["status"] == "applied"
    [(data, state)] = ask(select(Waiting.data, Waiting.state))
    told = orjson.loads(data)
    assert state == "returned"
    assert "Số định danh không khớp" in told["note"]
    assert "Số của người khác" in told["note"]
    assert lot.number in told["note"]
    assert "personal_id" in told["notes"]
    [(row, reason)] = ask(
        select(CardListRow.state, CardListRow.return_reason).where(CardListRow.id == lot.rows[1])
    )
    assert (row, reason) == ("returned", "id_mismatch")


def test_what_the_office_must_mend_asks_nobody_in_the_field(lot, software, ask):
    software.answer(lot.number, returned("a1", 2, "wrong_group"))
    assert ask(select(Waiting.id)) == []


@pytest.fixture
def enrolled(make, places, as_officer, children):
    """The first two children's enrolments, on the list."""
    by = as_officer.user
    ids = []
    for child in children[:2]:
        id_ = make.write(by, "enrolment", paid(child, by, None, None))
        before = {"state": "submitted"}
        for state in ("checked", "on_list"):
            make.write(by, "enrolment", {"state": state}, record=id_, was=before)
            before = {"state": state}
        ids.append(id_)
    lot = sealed(make, places.unit, places.commune, by, children, enrolments=[*ids, None])
    return lot, ids


def test_enrolments_follow_their_rows(enrolled, software, ask):
    lot, ids = enrolled
    software.answer(
        lot.number, issued("a1", 1), returned("a2", 2, "receipt_missing", note="Thiếu liên 2")
    )
    data = {id_: orjson.loads(text) for id_, text in ask(select(Enrolment.id, Enrolment.data))}
    assert data[ids[0]]["state"] == "issued"
    assert data[ids[1]]["state"] == "returned"
    assert data[ids[1]]["return_reason"] == "Thiếu biên lai. Thiếu liên 2"
    assert data[ids[1]]["state_by"] == "BHXH cơ sở Thường Xuân"


def test_what_a_record_does_not_take_is_held_and_stops_no_other(lot, software, children, ask):
    numbers = ("TE1383820000001", "1111111111", "TE1383820000003")
    answers = [issued(f"a{at}", row, numbers[at]) for at, row in enumerate(lot.rows)]
    results = software.answer(lot.number, *answers)
    assert [one["status"] for one in results] == ["applied", "held", "applied"]
    assert results[1]["code"] == "record_blocked"
    held = {member for (member,) in ask(select(Card.member_id))}
    assert held == {children[0], children[2]}
    states = ask(select(CardListRow.state).order_by(CardListRow.place))
    assert [state for (state,) in states] == ["issued", "open", "issued"]


@pytest.mark.parametrize(
    "answers",
    [
        [issued(f"a{at}", at, f"TE138382000000{at}") for at in (1, 2, 3)],
        [returned(f"a{at}", at) for at in (1, 2, 3)],
    ],
)
def test_more_answers_in_a_call_ask_the_database_no_more(lot, software, app, answers):
    asked = []
    with app.app_context():
        engine = db.engine

    def count(*_told):
        asked.append(1)

    event.listen(engine, "before_cursor_execute", count)
    try:
        software.answer(lot.number, answers[0])
        alone = len(asked)
        software.answer(lot.number, *answers[1:])
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len(asked) - alone <= alone


def test_a_decrease_is_taken_note_of(make, places, as_officer, children, software, ask):
    by = as_officer.user
    lot = sealed(make, places.unit, places.commune, by, children, kind="decrease")
    told = {"id": "a1", "place": 1, "outcome": "confirmed"}
    results = software.answer(lot.number, told, issued("a2", 2))
    assert [(one["status"], one["code"]) for one in results] == [
        ("applied", None),
        ("held", "outcome_of_other_kind"),
    ]
    states = dict(ask(select(CardListRow.place, CardListRow.state)))
    assert states == {1: "confirmed", 2: "open", 3: "open"}
    assert ask(select(Card.id)) == []


def test_the_same_answers_again_change_nothing(lot, software, ask):
    answers = [issued("a1", lot.rows[0]), returned("a2", 2)]
    first = software.answer(lot.number, *answers)
    before = ask(select(Card.data)), ask(select(Waiting.data)), ask(select(CardListAnswer.id))
    assert software.answer(lot.number, *reversed(answers)) == list(reversed(first))
    assert software.answer(lot.number, *answers, *answers) == first + first
    assert (
        ask(select(Card.data)),
        ask(select(Waiting.data)),
        ask(select(CardListAnswer.id)),
    ) == before


def test_the_same_said_under_another_id_is_no_second_card(lot, software, ask):
    software.answer(lot.number, issued("a1", lot.rows[0]))
    [result] = software.answer(lot.number, issued("b1", 1))
    assert (result["status"], result["code"]) == ("applied", "said_before")
    assert len(ask(select(Card.id))) == 1


@pytest.mark.parametrize(
    "other",
    [
        returned("b1", 1),
        issued("b1", 1, "TE1383820000009"),
        issued("b1", 1, valid_to="2028-11-30"),
    ],
)
def test_what_contradicts_is_held_and_overwrites_nothing(lot, software, ask, other):
    software.answer(lot.number, issued("a1", 1))
    [result] = software.answer(lot.number, other)
    assert (result["status"], result["code"]) == ("held", "contradicts")
    assert "chờ người xem" in result["message"]
    assert len(ask(select(Card.id))) == 1
    [(state,)] = ask(select(CardListRow.state).where(CardListRow.id == lot.rows[0]))
    assert state == "issued"


def test_a_card_after_a_return_is_held(lot, software, ask):
    software.answer(lot.number, returned("a1", 1))
    [result] = software.answer(lot.number, issued("a2", 1))
    assert result["status"] == "held"
    assert ask(select(Card.id)) == []


def test_an_answer_id_with_other_content_is_held(lot, software, ask):
    software.answer(lot.number, issued("a1", 1))
    [result] = software.answer(lot.number, issued("a1", 2, "TE1383820000002"))
    assert (result["status"], result["code"]) == ("held", "same_id_other_content")
    assert len(ask(select(Card.id))) == 1


def test_a_row_that_is_not_on_the_list_is_held(lot, software, ask):
    results = software.answer(
        lot.number, issued("a1", 99), returned("a2", "019aa000-0000-7000-8000-000000000001")
    )
    assert {one["code"] for one in results} == {"row_not_on_list"}
    assert len(ask(select(CardListAnswer.id).where(CardListAnswer.status == "held"))) == 2
    assert ask(select(Card.id)) == []


def test_an_id_and_a_place_of_two_rows_are_held(software, lot, ask):
    [result] = software.answer(lot.number, {**issued("a1", 1), "row": lot.rows[1]})
    assert (result["status"], result["code"]) == ("held", "row_and_place_differ")
    [right] = software.answer(lot.number, {**issued("a2", 2), "row": lot.rows[1]})
    assert right["status"] == "applied"
    assert len(ask(select(Card.id))) == 1


def test_a_card_number_goes_to_one_person(lot, software):
    software.answer(lot.number, issued("a1", 1))
    [result] = software.answer(lot.number, issued("a2", 2))
    assert (result["status"], result["code"]) == ("held", "card_of_another")


def test_nobody_is_issued_twice_by_two_lists(
    make, places, as_officer, children, lot, software, ask
):
    software.answer(lot.number, returned("a1", 1))
    more = sealed(
        make, places.unit, places.commune, as_officer.user, children[:1], number="15646-2026-0002"
    )
    software.answer(more.number, issued("a2", 1))
    [held] = software.answer(lot.number, issued("a3", 1, "TE1383820000002"))
    assert held["status"] == "held"
    assert len(ask(select(Card.id))) == 1


def test_a_merged_person_is_issued_once(make, places, as_officer, children, lot, software, app):
    homes.edit(app, "member", children[1], {"merged_into": children[0]})
    software.answer(lot.number, issued("a1", 1))
    [result] = software.answer(lot.number, issued("a2", 2, "TE1383820000002"))
    assert (result["status"], result["code"]) == ("held", "already_issued")


def test_a_card_that_was_over_before_the_list_waits_for_somebody(lot, software, ask):
    days = {"valid_from": "2015-12-01", "valid_to": "2016-11-30"}
    [result] = software.answer(lot.number, issued("a1", 1, **days))
    assert (result["status"], result["code"]) == ("held", "card_over")
    assert ask(select(Card.id)) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"outcome": "maybe"}, "outcome_unknown"),
        ({"card_number": "12"}, "card_number_shape"),
        ({"valid_from": "2026-13-01"}, "days_needed"),
        ({"valid_to": None}, "days_needed"),
        ({"valid_to": "2026-01-01"}, "ends_before_start"),
        ({"outcome": "returned"}, "reason_unknown"),
        ({"row": None}, "row_needed"),
    ],
)
def test_what_cannot_be_read_is_refused_and_may_come_again(lot, software, ask, wrong, code):
    good = issued("a1", lot.rows[0])
    [result] = software.answer(lot.number, {**good, **wrong})
    assert (result["status"], result["code"]) == ("refused", code)
    assert ask(select(CardListAnswer.id)) == []
    [result] = software.answer(lot.number, good)
    assert result["status"] == "applied"


def test_the_answer_counts_the_whole_list(lot, software):
    told = software.post(
        f"/lists/{lot.number}/answers", {"answers": [issued("a1", 1), returned("a2", 2)]}
    ).get_json()
    counted = {name: told[name] for name in ("open", "issued", "confirmed", "returned")}
    assert counted == {"open": 1, "issued": 1, "confirmed": 0, "returned": 1}


def test_an_answer_without_an_id_is_no_answer(lot, software):
    told = {"answers": [{"row": lot.rows[0], "outcome": "issued"}]}
    assert software.post(f"/lists/{lot.number}/answers", told).status_code == 400
    assert software.post(f"/lists/{lot.number}/answers", {"answers": []}).status_code == 400


def test_another_unit_sees_and_does_nothing(lot, other_software, ask):
    assert body(other_software.get("/lists"))["lists"] == []
    there = other_software.get(f"/lists/{lot.number}/rows")
    nowhere = other_software.get(f"/lists/{NOWHERE}/rows")
    assert there.status_code == nowhere.status_code == 404
    assert there.get_json() == nowhere.get_json()
    assert other_software.post(f"/lists/{lot.number}/receipt", receipt_of(lot)).status_code == 404
    told = {"answers": [issued("a1", 1)]}
    assert other_software.post(f"/lists/{lot.number}/answers", told).status_code == 404
    assert ask(select(CardListAnswer.id)) == ask(select(CardListReceipt.list_id)) == []


def doors(lot):
    path = f"/lists/{lot.number}"
    return [
        ("read", lambda it: it.get("/lists")),
        ("read", lambda it: it.get(f"{path}/rows")),
        ("receipt", lambda it: it.post(f"{path}/receipt", receipt_of(lot))),
        ("answers", lambda it: it.post(f"{path}/answers", {"answers": [issued("a1", 1)]})),
    ]


@pytest.mark.parametrize("scope", ["read", "receipt", "answers"])
def test_a_key_opens_what_it_allows_only(app, make, places, as_officer, lot, scope):
    software = Software(app, key_of(make, places.unit, as_officer.user, [scope]))
    for needed, knock in doors(lot):
        answer = knock(software)
        assert answer.status_code == (200 if needed == scope else 403)
        if needed != scope:
            assert lot.number not in answer.get_data(as_text=True)


def test_an_expired_a_revoked_and_an_unknown_key_open_nothing(
    app, make, places, as_officer, lot, ask
):
    expired = key_of(make, places.unit, as_officer.user, expires_on="2026-01-01")
    revoked = key_of(make, places.unit, as_officer.user)
    with make.writing():
        from server.store.db import db, now

        for one in db.session.scalars(select(BhxhKey).where(BhxhKey.ending == revoked[-4:])):
            one.revoked_at, one.revoked_by = now(), as_officer.user.id
    for key in (expired, revoked, "bp_" + "x" * 43, "", "bp_"):
        for _needed, knock in doors(lot):
            answer = knock(Software(app, key))
            assert answer.status_code == 401
            assert answer.get_json()["details"] == {}


def test_a_phones_token_is_no_key_and_a_key_no_token(app, make, places, as_officer, lot, phone_of):
    phone = phone_of(make.user("bhxh", unit=places.unit))
    for _needed, knock in doors(lot):
        assert knock(Software(app, phone.token)).status_code == 401
    key = key_of(make, places.unit, as_officer.user)
    software = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {key}"}
    assert software.post("/api/v1/sync", json={"protocol": 1}, headers=headers).status_code == 401
    assert software.get("/api/v1/coverage", headers=headers).status_code == 401
