"""Voluntary social insurance at the desk: whom the survey names, who talks to them, what came of
it, and the tally."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from server.store.db import db
from server.store.people import Audit
from server.store.records import Lead
from tests import homes
from tests.fake_phone import FakePhone
from tests.http.test_farm_requests import on  # noqa: F401
from tests.leading import lead

TODAY = "2026-11-22"
NONE = "01a20000-0000-7000-8000-000000000000"
FREE = {"birth_date": "1985-03-02", "sex": "male", "work": "farm", "social_insurance": "none"}


@pytest.fixture
def desk(as_officer, on):  # noqa: F811
    on(TODAY)
    return as_officer


@pytest.fixture
def people(app, places):
    """Persons by name, in the first village."""

    def written(village=0, **told):
        ones = [homes.person(name, **{**FREE, **more}) for name, more in told.items()]
        homes.write(app, places.villages[village], *ones, code=f"HL-{village}")
        return {one["member"]["full_name"]: one["id"] for one in ones}

    return written


@pytest.fixture
def lan_user(make, places):
    return make.user("surveyor", username="lan", name="Lò Thị Lan", areas=[places.villages[0]])


def text(answer):
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def give(desk, people, to="", **more):
    form = {"member": list(people), "to": to, **more}
    return desk.submit("/leads/give", form, form_at="/leads/survey")


def leads_of(app):
    with app.app_context():
        rows = db.session.scalars(select(Lead).order_by(Lead.kind))
        return [(row.member_id, row.kind, row.assigned_to) for row in rows]


def acts_of(ask):
    return [kind for (kind,) in ask(select(Audit.kind).where(Audit.kind != "look"))]


def book(answer):
    assert answer.status_code == 200, answer.status
    return openpyxl.load_workbook(BytesIO(answer.data), read_only=True)


# ── who the survey names ─────────────────────────────────────────────────────────────────────────


def test_the_survey_names_who_may_join_and_wants_to_first(desk, people):
    people(
        An={"voluntary_interest": "later"},
        Binh={"voluntary_interest": "yes"},
        Cuong={},
    )
    page = text(desk.get("/leads/survey"))
    assert page.index("Binh") < page.index("An<") < page.index("Cuong")


@pytest.mark.parametrize(
    "told",
    [
        {"birth_date": "2013-01-01"},
        {"birth_date": "1950"},
        {"social_insurance": "compulsory"},
        {"social_insurance": "pension"},
        {"social_insurance": "voluntary"},
        {"social_insurance": "voluntary", "voluntary_paid_to": "2026-12"},
        {"work": "wage_contract"},
        {"voluntary_interest": "no"},
        {"ended_on": "2026-01-01", "end_reason": "deceased"},
    ],
)
def test_the_survey_does_not_name(desk, people, told):
    people(Dung=told)
    assert "Dung" not in text(desk.get("/leads/survey"))


def test_a_village_officer_is_no_lead(desk, app, places):
    told: dict[str, Any] = {**FREE, "rights": [{"kind": "village_officer"}]}
    homes.write(app, places.villages[0], homes.person("Dung", **told))
    assert "Dung" not in text(desk.get("/leads/survey"))


def test_whom_nobody_asked_is_counted_and_not_named(desk, people):
    people(Giang={"social_insurance": None})
    page = text(desk.get("/leads/survey"))
    assert "Giang" not in page
    assert "Còn 1 người trong tuổi lao động chưa ai hỏi" in page


def test_why_is_told_by_what_the_survey_knows(app, desk, people):
    found = people(
        Mai={"social_insurance": "paused"},
        Nam={"unemployment_benefit_to": "2027-01"},
        Oanh={"social_insurance": "voluntary", "voluntary_paid_to": "2025-06"},
        Phu={},
    )
    give(desk, found.values())
    assert {member: kind for member, kind, _to in leads_of(app)} == {
        found["Mai"]: "paused",
        found["Nam"]: "jobless",
        found["Oanh"]: "lapsed",
        found["Phu"]: "survey",
    }


# ── given to somebody ────────────────────────────────────────────────────────────────────────────


def test_the_chosen_are_given_to_a_collector_whose_phone_learns_of_them(
    app, desk, people, lan_user, phone_of, ask
):
    found = people(An={}, Binh={})
    answer = give(desk, [found["An"]], lan_user.id)
    assert answer.status_code == 302
    assert "Đã giao 1 người cho Lò Thị Lan." in text(desk.get("/leads"))
    assert acts_of(ask) == ["lead_give"]
    phone = FakePhone(phone_of(lan_user))
    phone.sync()
    phone.sync()
    [one] = [data for (_e, _i), data in _leads_on(phone)]
    assert (one["kind"], one["assigned_to"], one["asked_on"]) == ("survey", lan_user.id, TODAY)


def _leads_on(phone):
    return [
        (key, rec["data"])
        for feed in phone.records.values()
        for key, rec in feed.items()
        if "lead" in key
    ]


def test_given_twice_is_given_once(app, desk, people):
    found = people(An={})
    give(desk, found.values())
    give(desk, found.values())
    assert len(leads_of(app)) == 1
    assert "1 người không còn trong danh sách" in text(desk.get("/leads"))


def test_who_has_answered_is_not_named_again_so_soon(make, desk, people):
    found = people(An={})
    no = {"kind": "survey", "outcome": "no", "outcome_on": "2026-03-01"}
    lead(make, desk.user, found["An"], **no)
    assert "An<" not in text(desk.get("/leads/survey"))


def test_a_no_of_years_ago_is_asked_again(make, desk, people):
    found = people(An={})
    no = {"outcome": "no", "outcome_on": "2025-03-01", "asked_on": "2025-02-01"}
    lead(make, desk.user, found["An"], **no)
    assert "An<" in text(desk.get("/leads/survey"))


def test_a_collector_gets_nobody_of_a_village_they_do_not_serve(app, desk, people, lan_user):
    found = people(village=1, An={})
    give(desk, found.values(), lan_user.id)
    assert leads_of(app) == []
    assert "1 người ở thôn mà người này không phụ trách" in text(desk.get("/leads"))


def test_nobody_chosen_is_said_and_nothing_written(app, desk, people):
    people(An={})
    answer = give(desk, [])
    assert answer.status_code == 400
    assert "Chọn ít nhất một người." in answer.get_data(as_text=True)
    assert leads_of(app) == []


def test_people_and_collectors_of_others_are_not_given(
    app, desk, as_stranger, people, lan_user, make, places
):
    found = people(An={})
    assert give(as_stranger, found.values()).status_code == 403
    far = make.user("surveyor", username="far", areas=[places.other_commune])
    assert give(desk, found.values(), far.id).status_code == 403
    assert leads_of(app) == []


def test_open_leads_are_given_to_somebody_else(app, make, desk, people, lan_user, ask):
    found = people(An={}, Binh={})
    one = lead(make, desk.user, found["An"])
    done = lead(make, desk.user, found["Binh"], outcome="no", outcome_on=TODAY)
    form = {"lead": [one, done], "to": lan_user.id}
    assert desk.submit("/leads/hand", form, form_at="/leads").status_code == 302
    assert {member: to for member, _kind, to in leads_of(app)} == {
        found["An"]: lan_user.id,
        found["Binh"]: None,
    }
    assert acts_of(ask) == ["lead_hand"]


def test_leads_of_others_are_not_handed_over(make, desk, as_stranger, people):
    found = people(An={})
    one = lead(make, desk.user, found["An"])
    answer = as_stranger.submit("/leads/hand", {"lead": [one]}, form_at="/leads")
    assert answer.status_code == 403


# ── the list ─────────────────────────────────────────────────────────────────────────────────────


def test_the_list_shows_what_came_of_each(make, desk, people):
    found = people(An={}, Binh={})
    lead(make, desk.user, found["An"])
    told = {"outcome": "joined", "outcome_on": TODAY, "mobilised_by": "Ông Hà"}
    lead(make, desk.user, found["Binh"], **told)
    page = text(desk.get("/leads"))
    assert "An</a>" in page
    assert "Binh</a>" not in page
    page = text(desk.get("/leads?state=joined"))
    assert "Binh</a>" in page
    assert "Ông Hà" in page


def test_two_open_leads_of_one_person_are_said(make, desk, people):
    found = people(An={})
    for kind in ("jobless", "paused"):
        lead(make, desk.user, found["An"], kind=kind)
    assert text(desk.get("/leads")).count("Có hai việc đang mở") == 2


@pytest.mark.parametrize("asked", ["kind=x", "state=x", "village=x"])
def test_what_is_no_list_is_refused(desk, asked):
    assert desk.get(f"/leads?{asked}").status_code in (400, 403)


def test_an_empty_list_says_what_to_do(desk):
    assert "Chọn người qua rà soát" in text(desk.get("/leads"))
    assert "Chưa thấy ai để vận động" in text(desk.get("/leads/survey"))


def test_the_answer_sheet_carries_the_rows_with_what_came_of_them(make, desk, people, ask):
    found = people(An={"personal_id": "038085012345"})
    told = {"outcome": "call_later", "outcome_on": TODAY, "call_on": "2026-12-01", "note": "Bận"}
    lead(make, desk.user, found["An"], **told)
    answer = desk.submit("/leads/answers", {"state": ""}, form_at="/leads")
    rows = list(book(answer)["Kết quả"].iter_rows(values_only=True))
    assert rows[1][2:8] == (
        "An",
        "02/03/1985",
        "Nam",
        "038085012345",
        None,
        "Hưởng trợ cấp thất nghiệp",
    )
    assert rows[1][12:17] == ("Hẹn gặp lại", "22/11/2026", "01/12/2026", None, "Bận")
    assert acts_of(ask) == ["export"]


# ── the tally ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def talked(make, desk, people, lan_user):
    found = people(An={}, Binh={}, Cuong={}, Dung={})
    day = {"outcome_on": "2026-11-10", "assigned_to": lan_user.id}
    joined = {"outcome": "joined", "mobilised_by": "Ông Hà", **day}
    lead(make, desk.user, found["An"], **joined)
    lead(make, desk.user, found["Binh"], kind="survey", **joined)
    lead(make, desk.user, found["Cuong"], outcome="no", **day)
    lead(make, desk.user, found["Dung"])


def tally_rows(desk, name, **asked):
    answer = desk.get("/leads/tally.xlsx", query_string=asked)
    return [row[:7] for row in book(answer)[name].iter_rows(min_row=2, values_only=True)]


@pytest.mark.usefixtures("talked")
def test_the_tally_counts_by_village_kind_collector_and_who_mobilised(desk, places):
    assert tally_rows(desk, "Theo thôn") == [
        (places.villages[0].name, 4, 2, 0, 1, 0, 1),
        ("Cộng", 4, 2, 0, 1, 0, 1),
    ]
    assert tally_rows(desk, "Theo diện")[:2] == [
        ("Hưởng trợ cấp thất nghiệp", 3, 1, 0, 1, 0, 1),
        ("Qua rà soát", 1, 1, 0, 0, 0, 0),
    ]
    assert tally_rows(desk, "Theo người được giao")[:2] == [
        ("Lò Thị Lan", 3, 2, 0, 1, 0, 0),
        ("Chưa giao ai", 1, 0, 0, 0, 0, 1),
    ]
    assert tally_rows(desk, "Theo người vận động") == [("Ông Hà", 2)]


@pytest.mark.usefixtures("talked")
def test_the_tally_is_of_the_days_asked_for(desk):
    rows = tally_rows(desk, "Theo thôn", since="2026-11-11", until=TODAY)
    assert rows[-1] == ("Cộng", 1, 0, 0, 0, 0, 1)


@pytest.mark.usefixtures("talked")
def test_the_tally_stands_on_the_screen_and_on_paper(desk):
    page = text(desk.get("/leads/tally"))
    for words in ("Ông Hà", "Lò Thị Lan", "Qua rà soát", "Cộng"):
        assert words in page
    for form, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = desk.get(f"/leads/tally.{form}")
        assert answer.data.startswith(magic)


def test_a_tally_of_nobody_says_so(desk):
    assert "chưa giao ai đi vận động" in text(desk.get("/leads/tally"))


def test_a_tally_that_ends_before_it_begins_is_refused(desk):
    assert desk.get("/leads/tally?since=2026-12-01&until=2026-11-01").status_code == 400


def test_there_is_no_tally_in_another_form_and_none_of_another_commune(desk, places):
    assert desk.get("/leads/tally.exe").status_code == 404
    other = places.other_commune.id
    assert desk.get(f"/leads/tally?commune={other}").status_code == 403


# ── who passes ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/leads", "/leads/tally", "/leads/tally.xlsx"])
def test_the_insurance_reads(as_bhxh, as_surveyor, as_viewer, path):
    assert as_bhxh.get(path).status_code == 200
    for somebody in (as_surveyor, as_viewer):
        assert somebody.get(path).status_code == 403


def test_the_insurance_gives_no_lead(as_bhxh):
    assert as_bhxh.get("/leads/survey").status_code == 403
    for path in ("/leads/give", "/leads/hand"):
        assert as_bhxh.submit(path, {}, form_at="/leads").status_code == 403


def test_another_commune_sees_none_of_them(make, desk, as_stranger, people):
    found = people(An={})
    lead(make, desk.user, found["An"])
    assert "An</a>" not in text(as_stranger.get("/leads"))


def test_who_has_no_lists_room_takes_no_answer_sheet(desk, make, places, desk_of):
    bare = desk_of(
        make.user(
            "officer", username="bare", areas=[places.commune], lists_room=False, farm_room=True
        )
    )
    assert bare.submit("/leads/answers", {}, form_at="/leads/tally").status_code == 403
