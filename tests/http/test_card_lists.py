"""The commune's lists for cards: made of who waits, checked, submitted, approved, sealed."""

import pytest
from sqlalchemy import func, select

from server.domain.partial import add_days, add_months
from server.store.card_lists import CardList, CardListRow
from server.store.db import new_id, today
from server.store.duplicates import PossibleDuplicate
from server.store.people import Audit
from server.store.records import Enrolment
from tests import homes
from tests.actors import Desk
from tests.card_lists import ListPeople
from tests.sealed_lists import Software, key_of

NONE = "01a20000-0000-7000-8000-000000000000"
GB = {"group": "GB", "support": "30"}
TE = {"group": "TE", "support": "100"}
MEMO = {"memo_number": "12/TTr-UBND", "memo_on": today()}
PAPER = {
    "document_number": "15/DS-UBND",
    "sealed_on": today(),
    "signer": "Lê Văn Nam",
    "signer_title": "Phó Chủ tịch",
}


def text(response):
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


@pytest.fixture
def people(make, places, as_officer):
    return ListPeople(make, as_officer.user, places.villages[0])


@pytest.fixture
def hoa(people):
    """She paid, and the office checked it."""
    member = people.farmer("Lò Thị Hoa")
    people.enrolled(member)
    return member


@pytest.fixture
def other_officer(app, make, places):
    return Desk(app, make.user("officer", username="approver", areas=[places.commune]))


def propose(desk, places, offer=GB, village=None, **more):
    """Make a list of everybody who waits in a village, or of those named; its address."""
    chosen = {"village": (village or places.villages[0]).id} if "person" not in more else {}
    form = {**offer, "commune": places.commune.id, **chosen, **more}
    answer = desk.submit("/card-lists", form, form_at=f"/card-lists/new?{query(offer)}")
    assert answer.status_code == 302, answer.status
    return answer.headers["Location"]


def query(offer):
    return "&".join(f"{name}={value}" for name, value in offer.items())


def act(desk, at, verb, form=None):
    return desk.submit(f"{at}/{verb}", form or {}, form_at="/card-lists")


def step(desk, at, verb, form=None):
    answer = act(desk, at, verb, form)
    assert answer.status_code == 302, answer.get_data(as_text=True)[:2000]


def sealed(desk, at):
    step(desk, at, "submit", MEMO)
    step(desk, at, "approve")
    step(desk, at, "seal", PAPER)


def state_of(ask, at):
    return ask(select(CardList.state).where(CardList.id == at.rsplit("/", 1)[-1]))[0][0]


def enrolment_states(ask):
    return sorted(state for (state,) in ask(select(Enrolment.state)))


# Who waits


def test_who_paid_and_who_gets_a_free_card_wait_for_lists(as_officer, people, hoa):
    people.child("Lò Văn Bé")
    page = text(as_officer.get("/card-lists/new"))
    assert "Hộ làm nông" in page
    assert "Trẻ em dưới 6 tuổi" in page


def test_a_village_names_its_people(as_officer, places, people, hoa):
    people.child("Lò Văn Bé")
    at = f"/card-lists/new?{query(TE)}&village={places.villages[0].id}"
    page = text(as_officer.get(at))
    assert "Lò Văn Bé" in page
    assert "Lò Thị Hoa" not in page
    assert as_officer.get(f"{at[:-36]}{places.other_village.id}").status_code == 403


@pytest.mark.parametrize("state", ["submitted", "returned", "cancelled"])
def test_only_what_the_office_checked_waits(as_officer, people, state):
    reason = {"return_reason": "Sai", "cancelled_reason": "Sai"}
    people.enrolled(people.farmer("Lò Thị Hoa"), state=state, **reason)
    assert "Không còn ai chờ vào danh sách" in text(as_officer.get("/card-lists/new"))


def card(people, member, **more):
    known = {"member": member, "evidence": "bhxh_list", "valid_from": "2023-01-01", **more}
    return people.make.write(people.by, "card", known)


def test_a_child_with_a_card_that_runs_does_not_wait(as_officer, people):
    card(people, people.child("Lò Văn Bé"), valid_to="2029-09-30", insurance_group="TE")
    assert "Trẻ em" not in text(as_officer.get("/card-lists/new"))


@pytest.mark.parametrize("kind", ["armed_forces", "police", "cipher", "armed_forces_family"])
def test_whoever_a_unit_insures_never_waits(as_officer, people, hoa, kind):
    people.child("Lò Văn Bé", household=people.farm_home())
    for member in (hoa, *[m for (m,) in people_of(people)]):
        people.make.write(people.by, "entitlement", {"member": member, "kind": kind})
    assert "Không còn ai chờ vào danh sách" in text(as_officer.get("/card-lists/new"))


def people_of(people):
    from server.store.db import db
    from server.store.records import Member

    with people.make.app.app_context():
        return list(db.session.execute(select(Member.id)).all())


@pytest.mark.parametrize("presence", ["abroad", "military"])
def test_who_is_abroad_or_serves_gets_no_free_card(as_officer, people, presence):
    people.child("Lò Văn Bé", presence=presence)
    assert "Trẻ em" not in text(as_officer.get("/card-lists/new"))


def gone(people, reason="deceased", **more):
    """A child of the village who left with a card that runs."""
    member = people.child("Lò Văn Mất", ended_on=add_days(today(), -3), end_reason=reason)
    card(people, member, valid_to="2029-09-30", insurance_group="TE", **more)
    return member


@pytest.mark.parametrize("reason", ["deceased", "moved_away"])
def test_who_left_with_a_card_stands_under_decrease(as_officer, places, people, reason):
    gone(people, reason)
    at = propose(as_officer, places, TE)
    page = text(as_officer.get(at))
    assert "Lò Văn Mất" in page
    assert "Giảm" in page


def test_who_left_is_not_reported_when_a_unit_insures_them(as_officer, people):
    member = gone(people)
    people.make.write(people.by, "entitlement", {"member": member, "kind": "armed_forces_family"})
    assert "Không còn ai chờ vào danh sách" in text(as_officer.get("/card-lists/new"))


def test_who_left_long_ago_or_without_a_card_is_not_reported(as_officer, people):
    people.child("Lò Văn Xa", ended_on=add_days(today(), -3), end_reason="moved_away")
    old = people.child("Lò Văn Cũ", ended_on=add_months(today(), -14), end_reason="deceased")
    card(people, old, valid_to="2029-09-30", insurance_group="TE")
    assert "Không còn ai chờ vào danh sách" in text(as_officer.get("/card-lists/new"))


def test_a_decrease_that_the_insurance_took_is_not_reported_again(
    app, as_officer, places, people, make, ask
):
    gone(people)
    at = propose(as_officer, places, TE)
    sealed(as_officer, at)
    [(number,)] = ask(select(CardList.number))
    software = Software(app, key_of(make, places.unit, as_officer.user))
    told = software.answer(number, {"id": "g1", "place": 1, "outcome": "confirmed"})
    assert told[0]["status"] == "applied"
    assert "Không còn ai chờ vào danh sách" in text(as_officer.get("/card-lists/new"))


# Made


def test_a_list_is_made_of_the_ticked_village(as_officer, places, people, hoa, ask):
    people.enrolled(people.farmer("Lò Thị Xa", people.farm_home(places.villages[1])))
    at = propose(as_officer, places)
    page = text(as_officer.get(at))
    assert "Lò Thị Hoa" in page
    assert "Lò Thị Xa" not in page
    assert "956.340" in page
    assert ask(select(CardListRow.claim)) == [(f"increase:{hoa}",)]


def test_a_list_is_made_of_people_by_name(as_officer, places, people, hoa):
    people.enrolled(people.farmer("Lò Thị Mai"))
    page = text(as_officer.get(propose(as_officer, places, person=f"increase:{hoa}")))
    assert "Lò Thị Hoa" in page
    assert "Lò Thị Mai" not in page


def test_the_same_form_posted_twice_makes_one_list(as_officer, places, hoa, ask):
    once = new_id()
    first = propose(as_officer, places, once=once)
    assert propose(as_officer, places, once=once) == first
    assert ask(select(func.count(CardList.id))) == [(1,)]


def test_a_list_of_nobody_is_not_made(as_officer, places, hoa, ask):
    propose(as_officer, places, person=f"increase:{NONE}")
    assert ask(select(CardList.id)) == []


def test_a_list_of_another_commune_is_not_made(as_officer, places, hoa):
    form = {**GB, "commune": places.other_commune.id}
    assert as_officer.submit("/card-lists", form, form_at="/card-lists/new").status_code == 403


def test_nobody_is_on_two_open_lists_and_the_page_says_on_which(
    as_officer, places, people, hoa, ask
):
    first = propose(as_officer, places)
    people.enrolled(people.farmer("Lò Thị Mai"))
    second = propose(as_officer, places)
    step(as_officer, second, "people", {"person": f"increase:{hoa}"})
    page = text(as_officer.get(second))
    assert "1 người đã ở danh sách Hộ làm nông" in page
    assert ask(select(CardListRow.member_id).where(CardListRow.list_id == first[-36:])) == [(hoa,)]
    assert ask(select(func.count(CardListRow.id))) == [(2,)]


def test_who_was_merged_stays_on_the_one_list(app, as_officer, people, places):
    listed = people.child("Lò Văn Bé")
    propose(as_officer, places, TE)
    other = people.child("Lò Văn Bế")
    assert "Không còn ai chờ" not in text(as_officer.get("/card-lists/new"))
    homes.edit(app, "member", listed, {"merged_into": other})
    assert "Không còn ai chờ vào danh sách" in text(as_officer.get("/card-lists/new"))


def test_more_people_come_to_a_draft(as_officer, places, people, hoa):
    at = propose(as_officer, places)
    people.enrolled(people.farmer("Lò Thị Mai"))
    assert "Hưng Long" in text(as_officer.get(f"{at}/people"))
    form = {"village": places.villages[0].id}
    step(as_officer, at, "people", form)
    page = text(as_officer.get(at))
    assert "Đã thêm 1 người" in page
    assert "Lò Thị Mai" in page


def test_who_is_left_for_later_waits_again_and_places_close_up(
    as_officer, places, people, hoa, ask
):
    people.enrolled(people.farmer("Lò Thị Mai"))
    at = propose(as_officer, places)
    [(row,)] = ask(select(CardListRow.id).where(CardListRow.member_id == hoa))
    step(as_officer, at, f"rows/{row}/remove")
    assert ask(select(CardListRow.place)) == [(1,)]
    assert "Hộ làm nông" in text(as_officer.get("/card-lists/new"))


def test_the_head_is_written(as_officer, places, hoa):
    at = propose(as_officer, places)
    head = {"title": "Đợt 3", "cards_from": "2026-12-01", "maker_code": "2345678GB"}
    step(as_officer, at, "head", head)
    page = text(as_officer.get(at))
    assert "Đợt 3" in page
    assert "2345678GB" in page
    assert act(as_officer, at, "head", {"title": "", "cards_from": "mai"}).status_code == 400


# Checked


@pytest.fixture
def faulty(as_officer, places, people, hoa):
    """A list of two, of whom one would come back for her number and her clinic."""
    mai = people.farmer("Lò Thị Mai", personal_id=None, bhxh_number=None, clinic_wanted=None)
    people.enrolled(mai)
    return propose(as_officer, places)


def test_the_page_says_how_many_would_come_back_for_what_and_who_acts(as_officer, faulty):
    page = text(as_officer.get(faulty))
    assert "1 trên 2 dòng sẽ bị trả lại" in page
    assert "Chưa có số định danh" in page
    assert "Người rà soát" in page
    assert "/review/return/member/" in page
    only = text(as_officer.get(f"{faulty}?show=id_missing"))
    assert "Lò Thị Mai" in only
    assert "Lò Thị Hoa" not in only


def two_lists(as_officer, places, people, **second):
    """Two records of one Lò Thị Mai, each on a list of its own; both, and the later list."""
    one = people.farmer("Lò Thị Mai")
    people.enrolled(one)
    propose(as_officer, places)
    other = people.farmer("LO THI MAI", **second)
    people.enrolled(other)
    return one, other, propose(as_officer, places)


def test_one_number_on_two_open_lists_is_named_with_the_other_list(as_officer, places, people, ask):
    one, _other, at = two_lists(as_officer, places, people, personal_id="038190000001")
    page = text(as_officer.get(at))
    assert f'/people/{one}">Lò Thị Mai</a>' in page
    assert "cùng số." in page


def test_name_birth_and_village_on_two_open_lists_are_a_warning(as_officer, places, people):
    nothing = {"personal_id": None, "bhxh_number": None}
    one, _other, at = two_lists(as_officer, places, people, **nothing)
    page = text(as_officer.get(at))
    assert f'/people/{one}">Lò Thị Mai</a>' in page
    assert "có thể là một người" in page


def test_two_with_numbers_of_their_own_are_two_people(as_officer, places, people):
    _one, _other, at = two_lists(as_officer, places, people)
    assert "Không dòng nào có lý do để BHXH trả lại" in text(as_officer.get(at))


@pytest.mark.parametrize(("state", "warned"), [("open", True), ("not_same", False)])
def test_what_the_comparison_of_all_people_found_is_a_warning_until_somebody_looked(
    make, as_officer, places, people, state, warned
):
    one, other, at = two_lists(
        as_officer, places, people, full_name="Lò Thị Mai Hoa", birth_date="1990", bhxh_number=None
    )
    low, high = sorted((one, other))
    village = places.villages[0].id
    make.add(
        PossibleDuplicate(
            entity="member", one_id=low, other_id=high, commune_id=places.commune.id,
            village_id=village, other_village_id=village, score=0.8, why='["name"]', state=state,
        )
    )  # fmt: skip
    assert ("có thể là một người" in text(as_officer.get(at))) == warned


def test_a_list_goes_out_only_when_every_fault_was_looked_at(as_officer, faulty, ask):
    assert act(as_officer, faulty, "submit", MEMO).status_code == 400
    [(row,)] = ask(select(CardListRow.id).order_by(CardListRow.place.desc()).limit(1))
    step(as_officer, faulty, f"rows/{row}/confirm")
    assert "Đã xác nhận vẫn gửi" in text(as_officer.get(faulty))
    step(as_officer, faulty, "submit", MEMO)
    assert state_of(ask, faulty) == "submitted"


def test_rows_that_share_a_reason_are_let_go_at_once(as_officer, faulty, ask):
    assert "Vẫn gửi 1 dòng" in text(as_officer.get(faulty))
    step(as_officer, faulty, "confirm", {"reason": "clinic_missing"})
    assert act(as_officer, faulty, "submit", MEMO).status_code == 400
    step(as_officer, faulty, "confirm", {"reason": "id_missing"})
    assert "Vẫn gửi 1 dòng" not in text(as_officer.get(faulty))
    assert act(as_officer, faulty, "confirm", {"reason": "nothing"}).status_code == 400
    step(as_officer, faulty, "submit", MEMO)
    kept = [(kind, count) for kind, count in ask(select(Audit.kind, Audit.count))]
    assert kept.count(("card_list_confirm", 1)) == 2


def test_whoever_died_is_never_let_go_along_with_others(as_officer, people, hoa, places):
    at = propose(as_officer, places)
    died(people, hoa)
    step(as_officer, at, "confirm", {"reason": "deceased"})
    assert act(as_officer, at, "submit", MEMO).status_code == 400


def test_those_who_would_come_back_are_left_out_in_one_click(as_officer, faulty, ask):
    step(as_officer, faulty, "leave-out")
    page = text(as_officer.get(faulty))
    assert "Đã để lại 1 dòng cho đợt sau" in page
    assert "Không dòng nào có lý do để BHXH trả lại" in page
    assert len(ask(select(CardListRow.id))) == 1


def test_a_new_fault_asks_for_a_new_look(as_officer, people, faulty, ask):
    [(row, mai)] = ask(
        select(CardListRow.id, CardListRow.member_id).order_by(CardListRow.place.desc()).limit(1)
    )
    step(as_officer, faulty, f"rows/{row}/confirm")
    people.make.write(people.by, "member", {"sex": None}, record=mai, was={"sex": "female"})
    assert act(as_officer, faulty, "submit", MEMO).status_code == 400


# Submitted, approved, sealed


def test_a_submitted_list_has_a_number_and_takes_its_enrolments_along(as_officer, places, hoa, ask):
    at = propose(as_officer, places)
    assert enrolment_states(ask) == ["checked"]
    step(as_officer, at, "submit", MEMO)
    assert ask(select(CardList.number)) == [(f"BP-15646-{today()[:4]}-0001",)]
    assert enrolment_states(ask) == ["on_list"]


def test_the_collector_s_phone_learns_of_the_list(as_officer, places, people, hoa, lan, ask):
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    lan.sync()
    [(record,)] = ask(select(Enrolment.id))
    assert lan.data("enrolment", record)["state"] == "on_list"
    assert lan.data("enrolment", record)["state_by"] == as_officer.user.name


def test_numbers_of_a_commune_follow_one_another(as_officer, places, people, hoa, ask):
    first = propose(as_officer, places)
    people.child("Lò Văn Bé")
    second = propose(as_officer, places, TE)
    for at in (second, first):
        step(as_officer, at, "submit", MEMO)
    year = today()[:4]
    assert sorted(n for (n,) in ask(select(CardList.number))) == [
        f"BP-15646-{year}-0001",
        f"BP-15646-{year}-0002",
    ]


@pytest.mark.parametrize("memo", [{}, {"memo_number": "12"}, {**MEMO, "memo_on": "mai"}])
def test_a_list_goes_out_with_its_memo(as_officer, places, hoa, ask, memo):
    at = propose(as_officer, places)
    answer = act(as_officer, at, "submit", memo)
    assert answer.status_code == 400
    assert "số và ngày của tờ trình" in answer.get_data(as_text=True)
    assert state_of(ask, at) == "draft"


def test_an_empty_list_does_not_go_out(as_officer, places, hoa, ask):
    at = propose(as_officer, places)
    [(row,)] = ask(select(CardListRow.id))
    step(as_officer, at, f"rows/{row}/remove")
    assert act(as_officer, at, "submit", MEMO).status_code == 400


def test_an_enrolment_that_was_cancelled_meanwhile_must_be_left_out(
    as_officer, places, people, hoa, ask
):
    at = propose(as_officer, places)
    [(record,)] = ask(select(Enrolment.id))
    change = {"state": "cancelled", "cancelled_reason": "Trả tiền"}
    people.make.write(people.by, "enrolment", change, record=record, was={"state": "checked"})
    [(row,)] = ask(select(CardListRow.id))
    step(as_officer, at, f"rows/{row}/confirm")
    answer = act(as_officer, at, "submit", MEMO)
    assert answer.status_code == 400
    assert "không còn chờ danh sách" in answer.get_data(as_text=True)


def test_what_is_sent_back_is_a_draft_again_with_its_reason_and_number(
    as_officer, other_officer, places, hoa, ask
):
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    assert act(other_officer, at, "send-back").status_code == 400
    step(other_officer, at, "send-back", {"note": "Thiếu một hộ"})
    assert enrolment_states(ask) == ["checked"]
    assert "Thiếu một hộ" in text(as_officer.get(at))
    step(as_officer, at, "submit", MEMO)
    assert ask(select(CardList.number)) == [(f"BP-15646-{today()[:4]}-0001",)]


def test_another_officer_approves_and_the_list_is_sealed(
    as_officer, other_officer, places, people, hoa, ask
):
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    step(other_officer, at, "approve")
    assert "nên để người ấy duyệt" not in text(other_officer.get(at))
    assert act(other_officer, at, "seal", {**PAPER, "signer": ""}).status_code == 400
    step(other_officer, at, "seal", PAPER)
    page = text(as_officer.get(at))
    assert "15/DS-UBND" in page
    assert "Đã chốt" in page
    [(digest, count, rev)] = ask(select(CardList.digest, CardList.row_count, CardList.rev))
    assert digest in page
    assert (count, rev) == (1, 1)


@pytest.mark.parametrize("days", [-2, 1])
def test_a_list_is_of_no_day_to_come_and_not_older_than_its_memo(as_officer, places, hoa, days):
    at = propose(as_officer, places)
    late = {**MEMO, "memo_on": add_days(today(), 1)}
    assert "không thể sau hôm nay" in told(act(as_officer, at, "submit", late))
    step(as_officer, at, "submit", {**MEMO, "memo_on": add_days(today(), -1)})
    step(as_officer, at, "approve")
    paper = {**PAPER, "sealed_on": add_days(today(), days)}
    assert "không thể sau hôm nay" in told(act(as_officer, at, "seal", paper))
    step(as_officer, at, "seal", {**PAPER, "sealed_on": add_days(today(), -1)})


def told(refused):
    assert refused.status_code == 400, refused.status
    return refused.get_data(as_text=True)


def test_who_submitted_may_approve_but_is_told_when_another_could(
    as_officer, other_officer, places, hoa, ask
):
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    step(as_officer, at, "approve")
    page = text(as_officer.get(at))
    assert "nên để người ấy duyệt" in page
    assert "Người trình cũng là người duyệt" in page


def test_a_commune_with_one_officer_is_not_told_so(as_officer, places, hoa):
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    step(as_officer, at, "approve")
    assert "nên để người ấy duyệt" not in text(as_officer.get(at))


@pytest.fixture
def approved(as_officer, places, people, hoa):
    """An approved list of two farmers; the address, and the second's id."""
    mai = people.farmer("Lò Thị Mai")
    people.enrolled(mai)
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    step(as_officer, at, "approve")
    return at, mai


def died(people, member):
    ended = {"ended_on": today(), "end_reason": "deceased"}
    people.make.write(people.by, "member", ended, record=member, was=dict.fromkeys(ended))


def lost_her_clinic(people, member):
    was = {"clinic_wanted": "Trạm y tế xã"}
    people.make.write(people.by, "member", {"clinic_wanted": None}, record=member, was=was)


def test_who_died_since_the_list_was_submitted_is_named_and_comes_off(
    as_officer, people, approved, ask
):
    at, mai = approved
    died(people, mai)
    page = text(as_officer.get(at))
    assert "Từ khi trình duyệt, 1 dòng sẽ bị trả lại" in page
    assert "không gửi được" in page
    refused = act(as_officer, at, "seal", PAPER | {"all_the_same": "1"})
    assert refused.status_code == 400
    assert "không gửi được nữa" in refused.get_data(as_text=True)
    assert state_of(ask, at) == "approved"
    step(as_officer, at, "leave-out")
    assert sorted(enrolment_states(ask)) == ["checked", "on_list"]
    step(as_officer, at, "seal", PAPER)
    assert ask(select(CardList.row_count)) == [(1,)]


def test_what_only_warns_goes_out_when_the_signer_says_so(as_officer, people, approved, ask):
    at, mai = approved
    lost_her_clinic(people, mai)
    refused = act(as_officer, at, "seal", PAPER)
    assert refused.status_code == 400
    assert "đánh dấu vẫn gửi" in refused.get_data(as_text=True)
    assert "Vẫn gửi 1 dòng" in text(as_officer.get(at))
    step(as_officer, at, "seal", PAPER | {"all_the_same": "1"})
    assert ask(select(CardList.row_count)) == [(2,)]
    assert ask(select(CardListRow.confirmed).where(CardListRow.member_id == mai)) == [
        ("clinic_missing",)
    ]


def test_what_was_confirmed_before_it_was_submitted_is_not_asked_again(as_officer, faulty, ask):
    [(row,)] = ask(select(CardListRow.id).order_by(CardListRow.place.desc()).limit(1))
    step(as_officer, faulty, f"rows/{row}/confirm")
    sealed(as_officer, faulty)
    assert state_of(ask, faulty) == "sealed"


def test_an_enrolment_cancelled_after_approval_stops_the_seal(as_officer, people, approved, ask):
    at, mai = approved
    [(paid,)] = ask(select(Enrolment.id).where(Enrolment.member_id == mai))
    cancelled = {"state": "cancelled", "cancelled_reason": "Trả lại tiền"}
    was = {"state": "on_list", "cancelled_reason": None}
    people.make.write(people.by, "enrolment", cancelled, record=paid, was=was)
    assert act(as_officer, at, "seal", PAPER).status_code == 400
    step(as_officer, at, "leave-out")
    assert enrolment_states(ask) == ["cancelled", "on_list"]


def test_a_list_is_sent_back_though_an_enrolment_was_cancelled(as_officer, people, approved, ask):
    at, _mai = approved
    paid = ask(select(Enrolment.id))[0][0]
    cancelled = {"state": "cancelled", "cancelled_reason": "Trả lại tiền"}
    was = {"state": "on_list", "cancelled_reason": None}
    people.make.write(people.by, "enrolment", cancelled, record=paid, was=was)
    step(as_officer, at, "send-back", {"note": "Xem lại"})
    assert enrolment_states(ask) == ["cancelled", "checked"]


def test_a_list_of_which_nobody_may_go_is_sent_back(as_officer, people, hoa, approved, ask):
    at, mai = approved
    for member in (hoa, mai):
        died(people, member)
    refused = act(as_officer, at, "leave-out")
    assert refused.status_code == 400
    assert "trả lại để sửa" in refused.get_data(as_text=True)
    assert len(ask(select(CardListRow.id))) == 2


def test_nobody_of_the_armed_forces_is_sealed(as_officer, places, people, hoa, ask):
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    step(as_officer, at, "approve")
    people.make.write(people.by, "entitlement", {"member": hoa, "kind": "armed_forces"})
    assert act(as_officer, at, "seal", PAPER).status_code == 400
    assert state_of(ask, at) == "approved"


def test_a_commune_without_an_insurance_unit_does_not_seal(app, make, places, ask):
    desk = Desk(app, make.user("officer", username="lone", areas=[places.other_commune]))
    people = ListPeople(make, desk.user, places.other_village)
    people.enrolled(people.farmer("Lò Thị Hoa"))
    form = {**GB, "commune": places.other_commune.id, "village": places.other_village.id}
    at = desk.submit("/card-lists", form, form_at="/card-lists/new").headers["Location"]
    step(desk, at, "submit", MEMO)
    step(desk, at, "approve")
    assert act(desk, at, "seal", PAPER).status_code == 400
    assert state_of(ask, at) == "approved"


def test_a_dropped_list_frees_its_people(as_officer, places, hoa, ask):
    at = propose(as_officer, places)
    step(as_officer, at, "drop")
    assert ask(select(CardListRow.claim)) == [(None,)]
    assert "Hộ làm nông" in text(as_officer.get("/card-lists/new"))
    assert "Đã bỏ" in text(as_officer.get("/card-lists?state=dropped"))


CHANGING = {
    "people": {"village": "x"},
    "head": {"title": "Khác", "cards_from": "2026-12-01"},
    "leave-out": {},
    "confirm": {"reason": "clinic_missing"},
    "submit": MEMO,
    "approve": {},
    "send-back": {"note": "Khác"},
    "seal": PAPER,
    "drop": {},
}


@pytest.mark.parametrize("verb", CHANGING)
def test_no_way_leads_back_from_sealed(as_officer, places, hoa, ask, verb):
    at = propose(as_officer, places)
    sealed(as_officer, at)
    before = ask(select(CardList.__table__)), ask(select(CardListRow.__table__))
    assert act(as_officer, at, verb, CHANGING[verb]).status_code == 409
    assert (ask(select(CardList.__table__)), ask(select(CardListRow.__table__))) == before


@pytest.mark.parametrize("verb", ["remove", "confirm"])
def test_no_row_of_a_sealed_list_moves(as_officer, places, hoa, ask, verb):
    at = propose(as_officer, places)
    sealed(as_officer, at)
    [(row,)] = ask(select(CardListRow.id))
    assert act(as_officer, at, f"rows/{row}/{verb}").status_code == 409


@pytest.mark.parametrize(
    "verb", ["people", "head", "leave-out", "confirm", "submit", "drop", "seal"]
)
def test_a_list_on_its_way_takes_only_its_next_step(as_officer, places, hoa, ask, verb):
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    assert act(as_officer, at, verb, CHANGING[verb]).status_code == 409


def test_a_supplement_names_its_list_and_carries_what_came_back(
    as_officer, places, people, hoa, ask
):
    at = propose(as_officer, places)
    sealed(as_officer, at)
    [(row, record)] = ask(select(CardListRow.id, CardListRow.enrolment_id))
    came_back(people, row, "name_mismatch")
    for old, new in (("on_list", "returned"), ("returned", "checked")):
        change = {"state": new, "return_reason": "Sai tên"}
        people.make.write(people.by, "enrolment", change, record=record, was={"state": old})
    form = {"once": new_id()}
    answer = act(as_officer, at, "supplement", form)
    assert act(as_officer, at, "supplement", form).headers["Location"] == answer.location
    page = text(as_officer.get(answer.location))
    assert f"BP-15646-{today()[:4]}-0001" in page
    assert "Lò Thị Hoa" in page
    assert "Họ tên không khớp" in page
    assert ask(select(func.count(CardList.id)).where(CardList.supplements_id.is_not(None))) == [
        (1,)
    ]


def came_back(people, row, reason):
    from server.store.db import db

    with people.make.writing():
        it = db.session.get_one(CardListRow, row)
        it.state, it.claim, it.return_reason = "returned", None, reason


def test_what_came_back_and_is_not_mended_waits_for_a_later_supplement(
    as_officer, places, people, hoa, ask
):
    at = propose(as_officer, places)
    sealed(as_officer, at)
    [(row,)] = ask(select(CardListRow.id))
    came_back(people, row, "id_mismatch")
    page = text(as_officer.get(act(as_officer, at, "supplement").location))
    assert "1 dòng bị trả lại phải sửa" in page
    assert "Chưa có ai" in page or "chưa có ai" in page


def test_only_a_sealed_list_has_a_supplement(as_officer, places, hoa):
    at = propose(as_officer, places)
    assert act(as_officer, at, "supplement").status_code == 409


def test_hundreds_of_rows_are_paged(as_officer, places, people, ask):
    home = people.farm_home()
    for at in range(60):
        people.child(f"Bé {at:03}", home)
    page = text(as_officer.get(propose(as_officer, places, TE)))
    assert "Trang 1 trên 2" in page
    assert page.count('data-label="TT"') == 50


def test_what_was_done_is_in_the_log(as_officer, places, hoa, ask):
    sealed(as_officer, propose(as_officer, places))
    of_lists = select(Audit.kind).where(Audit.kind.startswith("card_list"))
    kinds = [kind for (kind,) in ask(of_lists.order_by(Audit.id))]
    assert kinds == [
        "card_list_make",
        "card_list_add",
        "card_list_submit",
        "card_list_approve",
        "card_list_seal",
    ]
    assert "Chốt danh sách gửi BHXH" in text(as_officer.get("/audit"))


def test_the_start_page_says_what_waits_for_a_list_and_for_its_next_step(as_officer, places, hoa):
    assert "Hồ sơ chờ vào danh sách" in text(as_officer.get("/"))
    at = propose(as_officer, places)
    step(as_officer, at, "submit", MEMO)
    page = text(as_officer.get("/"))
    assert "/card-lists?state=submitted" in page
    step(as_officer, at, "approve")
    assert "/card-lists?state=approved" in text(as_officer.get("/"))


# Who may


PAGES = ["", "/people"]
POSTS = [*CHANGING, "supplement", "rows/{row}/remove", "rows/{row}/confirm"]


def test_the_room_is_the_office_s(app, make, places, as_surveyor, as_viewer, as_bhxh):
    for desk in (as_surveyor, as_viewer, as_bhxh):
        for path in ("/card-lists", "/card-lists/new"):
            assert desk.get(path).status_code == 403
    user = make.user("officer", username="f", areas=[places.commune], lists_room=False)
    assert Desk(app, user).get("/card-lists").status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_others_and_of_nobody(as_officer, as_stranger, places, hoa, path):
    at = propose(as_officer, places)
    assert as_stranger.get(f"{at}{path}").status_code == 403
    assert as_officer.get(f"/card-lists/{NONE}{path}").status_code == 404


@pytest.mark.parametrize("verb", POSTS)
def test_steps_of_others_and_of_nobody(as_officer, as_stranger, places, hoa, ask, verb):
    at = propose(as_officer, places)
    [(row,)] = ask(select(CardListRow.id))
    form = CHANGING.get(verb, {})
    assert act(as_stranger, at, verb.format(row=row), form).status_code == 403
    assert act(as_officer, f"/card-lists/{NONE}", verb.format(row=row), form).status_code == 404


@pytest.mark.parametrize("verb", ["remove", "confirm"])
def test_a_row_of_nobody_is_not_found(as_officer, places, hoa, verb):
    at = propose(as_officer, places)
    assert act(as_officer, at, f"rows/{NONE}/{verb}").status_code == 404


def test_a_stranger_sees_none_of_the_lists(as_officer, as_stranger, places, hoa):
    propose(as_officer, places)
    assert "Hộ làm nông" in text(as_officer.get("/card-lists?state=draft"))
    assert "Hộ làm nông" not in text(as_stranger.get("/card-lists"))
    assert as_officer.get("/card-lists?state=khac").status_code == 400
