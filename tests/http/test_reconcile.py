"""Lists of the insurance beside what was surveyed: who is whom, what is confirmed, what differs."""

import orjson
import pytest
from sqlalchemy import func, select

from server.linking.model import linked_pairs
from server.reconcile.running import run
from server.store.db import transaction
from server.store.places import School
from server.store.reconciling import ReconcileDecision, ReconcileMatch
from server.store.records import Card, Member
from server.work import work_once
from tests import homes
from tests.reconciling import NONE, YEAR, kept_list, row

ID, CHILD_ID, COUSIN_ID = "038201001234", "038212005555", "038313006666"
AUNT = "038285000001"
TABS = ("sure", "likely", "not-listed", "not-found", "expired", "different", "children")


@pytest.fixture
def compare(app):
    """Compare a list, the model in this process."""

    def compared(list_id):
        with app.app_context(), transaction():
            return run(list_id, None, linked_pairs)

    return compared


@pytest.fixture
def home(app, places):
    """A house of three: the mother with her number, a grandfather by his year, a child."""
    people = [
        homes.person("Lò Thị Mai", birth_date="1980-05-17", sex="female", personal_id=ID),
        homes.person("Lò Văn Pánh", birth_date="1950", sex="male"),
        homes.covered("Lò Văn Hùng", birth_date="2012-03-04", sex="male", personal_id=CHILD_ID),
    ]
    homes.write(app, places.villages[0], *people, code="HL-7")
    return [one["id"] for one in people]


MAI = row("LO THI MAI", "1980-05-17", sex="female", personal_id=ID,
          bhxh_number="3801000001", **YEAR)  # fmt: skip
PANH = row("Lò Văn Pánh", "1950-06-06", sex="male", bhxh_number="3801000002",
           village_text="Thôn Hưng Long", **YEAR)  # fmt: skip
STRANGER = row("Hà Thị Xiên", "1999-09-09", sex="female", bhxh_number="3801000009", **YEAR)


@pytest.fixture
def kept(make, places, as_officer, home):
    return kept_list(make, places.commune, as_officer.user, MAI, PANH, STRANGER)


def match_of(ask, list_id, number):
    query = select(
        ReconcileMatch.id, ReconcileMatch.kind, ReconcileMatch.state, ReconcileMatch.member_id
    )
    [found] = ask(
        query.where(ReconcileMatch.list_id == list_id, ReconcileMatch.row_number == number)
    )
    return found


def cards(ask, member):
    query = select(Card.evidence, Card.first_day, Card.last_day, Card.checked_on)
    return ask(query.where(Card.member_id == member).order_by(Card.id))


def count(ask, table):
    return ask(select(func.count()).select_from(table))[0][0]


def page(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def send(desk, path, data=None):
    answer = desk.submit(path, data, form_at="/reconcile")
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer


def test_a_list_is_compared_by_a_worker_in_a_process_of_its_own(app, as_officer, kept, ask, home):
    assert "chưa so" in page(as_officer, "/reconcile")
    for _twice in range(2):
        answer = send(as_officer, "/reconcile/run", {"list": kept})
    assert answer.location == f"/reconcile/{kept}"
    waiting = as_officer.get(answer.location)
    assert waiting.headers["Refresh"] == "2"
    assert "Đang chờ đến lượt." in waiting.get_data(as_text=True)
    assert work_once(app, "worker")
    assert not work_once(app, "worker")
    assert "với 3 người đã khảo sát" in page(as_officer, answer.location)
    assert match_of(ask, kept, 2)[1::2] == ("sure", home[0])
    assert match_of(ask, kept, 3)[1::2] == ("likely", home[1])
    assert match_of(ask, kept, 4)[1::2] == ("none", None)


def test_running_is_not_for_a_list_of_another_commune(as_officer, as_stranger, kept):
    refused = as_stranger.submit("/reconcile/run", {"list": kept}, form_at="/")
    assert refused.status_code == 403
    unknown = as_officer.submit("/reconcile/run", {"list": NONE}, form_at="/reconcile")
    assert unknown.status_code == 404


def test_only_the_office_sees_comparisons(as_officer, as_surveyor, as_stranger, kept, compare):
    compare(kept)
    assert as_surveyor.get("/reconcile").status_code == 403
    assert "Danh sách người tham gia" in page(as_officer, "/reconcile")
    assert "Danh sách người tham gia" not in page(as_stranger, "/reconcile")
    for path in (f"/reconcile/{kept}", f"/reconcile/{kept}/likely"):
        assert as_stranger.get(path).status_code == 403
        assert as_officer.get(path).status_code == 200
        assert as_officer.get(path.replace(kept, NONE)).status_code == 404
    assert as_officer.get(f"/reconcile/{kept}/nothing").status_code == 404


def test_a_list_not_compared_yet_says_so(as_officer, kept):
    assert "chưa được so với khảo sát" in page(as_officer, f"/reconcile/{kept}")


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_a_page_and_a_file(as_officer, kept, compare, tab):
    compare(kept)
    page(as_officer, f"/reconcile/{kept}/{tab}")
    for kind, begins in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF")):
        answer = as_officer.submit(
            f"/reconcile/{kept}/{tab}/export", {"format": kind}, form_at="/reconcile"
        )
        assert answer.status_code == 200
        assert answer.data.startswith(begins)


def test_files_are_for_the_lists_room_of_this_commune(
    app, make, places, as_officer, as_stranger, kept, compare
):
    compare(kept)
    path = f"/reconcile/{kept}/likely/export"
    assert as_stranger.submit(path, {"format": "csv"}, form_at="/").status_code == 403
    assert as_officer.submit(path, {"format": "doc"}, form_at="/reconcile").status_code == 400
    other = path.replace(kept, NONE)
    assert as_officer.submit(other, {"format": "csv"}, form_at="/reconcile").status_code == 404


def test_what_is_sure_is_confirmed_at_once_and_goes_out_as_cards(
    as_officer, kept, compare, ask, home
):
    compare(kept)
    shown = page(as_officer, f"/reconcile/{kept}/sure")
    assert "Kỳ thẻ sẽ ghi thêm" in shown
    send(as_officer, f"/reconcile/{kept}/confirm")
    assert cards(ask, home[0]) == [("bhxh_list", "2026-01-01", "2026-12-31", "2026-11-01")]
    assert match_of(ask, kept, 2)[2] == "confirmed"
    assert cards(ask, home[1]) == []


def test_a_period_of_the_list_reaches_the_phone(as_officer, kept, compare, ask, home, lan):
    lan.sync()
    compare(kept)
    send(as_officer, f"/reconcile/{kept}/confirm")
    lan.sync()
    [(card,)] = ask(select(Card.id).where(Card.member_id == home[0]))
    assert lan.data("card", card)["evidence"] == "bhxh_list"
    assert lan.data("card", card)["checked_on"] == "2026-11-01"


def test_confirming_again_adds_nothing(as_officer, kept, compare, ask, home):
    compare(kept)
    for _twice in range(2):
        send(as_officer, f"/reconcile/{kept}/confirm")
    assert len(cards(ask, home[0])) == 1
    assert count(ask, ReconcileDecision) == 1


def test_the_card_of_a_record_merged_twice_over_is_not_written_again(
    app, as_officer, kept, compare, ask, home, places
):
    year = {**YEAR, "number": "GD4383801000001"}
    known = homes.covered("Lo Thi Mai", birth_date="1980", sex="female", card=year)
    between = homes.person("Lò Thị Mai", birth_date="1980", sex="female")
    homes.write(app, places.villages[0], known, between)
    homes.edit(app, "member", known["id"], {"merged_into": between["id"]})
    homes.edit(app, "member", between["id"], {"merged_into": home[0]})
    compare(kept)
    send(as_officer, f"/reconcile/{kept}/confirm")
    assert match_of(ask, kept, 2)[2] == "confirmed"
    assert cards(ask, home[0]) == []


def test_confirming_is_for_the_own_commune(as_officer, as_stranger, kept, compare):
    compare(kept)
    assert as_stranger.submit(f"/reconcile/{kept}/confirm", form_at="/").status_code == 403
    nothing = as_officer.submit(f"/reconcile/{NONE}/confirm", form_at="/reconcile")
    assert nothing.status_code == 404


def test_a_likely_pair_is_confirmed_side_by_side(as_officer, kept, compare, ask, home):
    compare(kept)
    pair = match_of(ask, kept, 3)[0]
    shown = page(as_officer, f"/reconcile/pairs/{pair}")
    assert "Có phải một người không?" in shown
    assert "06/06/1950" in shown
    send(as_officer, f"/reconcile/pairs/{pair}/same")
    assert [card[0] for card in cards(ask, home[1])] == ["bhxh_list"]
    again = as_officer.submit(f"/reconcile/pairs/{pair}/same", form_at="/reconcile")
    assert again.status_code == 409


@pytest.mark.parametrize("door", ["same", "apart", "reopen", "facts", "period", "school"])
def test_a_pair_is_settled_by_its_own_commune(as_officer, as_stranger, kept, compare, ask, door):
    compare(kept)
    pair = match_of(ask, kept, 3)[0]
    data = {"answer": "keep"}
    assert as_stranger.get(f"/reconcile/pairs/{pair}").status_code == 403
    assert as_officer.get(f"/reconcile/pairs/{NONE}").status_code == 404
    refused = as_stranger.submit(f"/reconcile/pairs/{pair}/{door}", data, form_at="/")
    assert refused.status_code == 403
    nothing = as_officer.submit(f"/reconcile/pairs/{NONE}/{door}", data, form_at="/reconcile")
    assert nothing.status_code == 404
    if door != "school":
        send(as_officer, f"/reconcile/pairs/{pair}/{door}", data)


def test_next_month_keeps_every_decision(make, places, as_officer, kept, compare, ask, home):
    compare(kept)
    send(as_officer, f"/reconcile/{kept}/confirm")
    send(as_officer, f"/reconcile/pairs/{match_of(ask, kept, 3)[0]}/apart")
    later = {"valid_from": "2027-01-01", "valid_to": "2027-12-31"}
    rows = (STRANGER, PANH | later, MAI | later | {"full_name": "Lò Thị Mai"})
    december = kept_list(make, places.commune, as_officer.user, *rows, made_on="2026-12-01")
    compare(december)
    assert match_of(ask, december, 4)[1:] == ("likely", "confirmed", home[0])
    assert match_of(ask, december, 3)[1:] == ("none", "open", None)
    send(as_officer, f"/reconcile/{december}/confirm")
    assert [card[2] for card in cards(ask, home[0])] == ["2026-12-31", "2027-12-31"]
    compare(kept)
    assert match_of(ask, kept, 2)[2] == "confirmed"


def test_an_answer_is_taken_back(as_officer, kept, compare, ask, home):
    compare(kept)
    pair = match_of(ask, kept, 3)[0]
    send(as_officer, f"/reconcile/pairs/{pair}/apart")
    assert "Đã trả lời: không phải một người" in page(as_officer, f"/reconcile/pairs/{pair}")
    send(as_officer, f"/reconcile/pairs/{pair}/reopen")
    assert match_of(ask, kept, 3)[2] == "open"
    assert count(ask, ReconcileDecision) == 0


def test_who_has_cover_and_is_not_listed_is_told_by_group(app, places, as_officer, kept, compare):
    soldier = homes.person("Vi Văn Quân", rights=[{"kind": "armed_forces", "evidence": "list"}])
    homes.write(app, places.villages[0], soldier, homes.covered("Vi Thị Xa", presence="abroad"))
    compare(kept)
    everybody = page(as_officer, f"/reconcile/{kept}/not-listed")
    assert all(name in everybody for name in ("Lò Văn Hùng", "Vi Văn Quân", "Vi Thị Xa"))
    abroad = page(as_officer, f"/reconcile/{kept}/not-listed?why=abroad")
    assert "Vi Thị Xa" in abroad
    assert "Vi Văn Quân" not in abroad
    unit = page(as_officer, f"/reconcile/{kept}/not-listed?why=elsewhere")
    assert "Vi Văn Quân" in unit
    assert as_officer.get(f"/reconcile/{kept}/not-listed?why=none").status_code == 400


def test_who_is_listed_and_was_never_met_is_told(as_officer, kept, compare):
    compare(kept)
    shown = page(as_officer, f"/reconcile/{kept}/not-found")
    assert "Hà Thị Xiên" in shown
    assert "LO THI MAI" not in shown


@pytest.fixture
def ended(make, places, as_officer, home):
    """A list on which the child's card ended this spring; the house showed one for years."""
    told = row("Lò Văn Hùng", "2012-03-04", sex="male", personal_id=CHILD_ID,
               valid_from="2026-01-01", valid_to="2026-03-31")  # fmt: skip
    return kept_list(make, places.commune, as_officer.user, told)


def test_a_list_that_ends_earlier_overwrites_nothing(as_officer, ended, compare, ask, home):
    compare(ended)
    assert "Lò Văn Hùng" in page(as_officer, f"/reconcile/{ended}/expired")
    send(as_officer, f"/reconcile/{ended}/confirm")
    assert [card[2] for card in cards(ask, home[2])] == ["2099-12-31"]
    pair = match_of(ask, ended, 2)[0]
    assert "Danh sách kết thúc thẻ sớm hơn" in page(as_officer, f"/reconcile/pairs/{pair}")
    send(as_officer, f"/reconcile/pairs/{pair}/period", {"answer": "keep"})
    assert "Lò Văn Hùng" not in page(as_officer, f"/reconcile/{ended}/expired")
    assert [card[2] for card in cards(ask, home[2])] == ["2099-12-31"]


def test_an_officer_ends_a_card_as_the_list_says(as_officer, ended, compare, ask, home):
    compare(ended)
    pair = match_of(ask, ended, 2)[0]
    send(as_officer, f"/reconcile/pairs/{pair}/period", {"answer": "list"})
    assert [card[2] for card in cards(ask, home[2])] == ["2026-03-31"]
    wrong = as_officer.submit(
        f"/reconcile/pairs/{pair}/period", {"answer": "x"}, form_at="/reconcile"
    )
    assert wrong.status_code == 400


def test_a_number_that_differs_is_settled_by_an_officer(
    make, places, as_officer, compare, ask, home
):
    told = row("Lò Văn Hùng", "2012-03-04", sex="male", personal_id="038212009999",
               village_text="Hưng Long", household_code="3811")  # fmt: skip
    mother = MAI | {"household_code": "3811"}
    kept = kept_list(make, places.commune, as_officer.user, mother, told)
    compare(kept)
    pair, kind, _state, member = match_of(ask, kept, 3)
    assert (kind, member) == ("likely", home[2])
    assert "Lò Văn Hùng" in page(as_officer, f"/reconcile/{kept}/different")
    early = as_officer.submit(
        f"/reconcile/pairs/{pair}/facts", {"answer": "list"}, form_at="/reconcile"
    )
    assert early.status_code == 302
    assert ask(select(Member.personal_id).where(Member.id == member)) == [("038212009999",)]
    assert "Lò Văn Hùng" not in page(as_officer, f"/reconcile/{kept}/different")


def test_a_number_under_another_name_is_shown_and_never_matched(
    make, places, as_officer, compare, ask, home
):
    other = row("Hà Văn Đạt", "1991-01-01", sex="male", personal_id=ID)
    kept = kept_list(make, places.commune, as_officer.user, other)
    compare(kept)
    pair, kind, _state, member = match_of(ask, kept, 2)
    assert (kind, member) == ("differs", home[0])
    for door in ("same", "apart"):
        refused = as_officer.submit(f"/reconcile/pairs/{pair}/{door}", form_at="/reconcile")
        assert refused.status_code == 409
    refused = as_officer.submit(
        f"/reconcile/pairs/{pair}/facts", {"answer": "list"}, form_at="/reconcile"
    )
    assert refused.status_code == 409
    send(as_officer, f"/reconcile/pairs/{pair}/facts", {"answer": "keep"})
    assert "Hà Văn Đạt" not in page(as_officer, f"/reconcile/{kept}/different")


def test_a_child_counted_to_another_house_goes_on_the_correction_list(
    app, make, places, as_officer, compare, home
):
    aunt = homes.person("Lò Thị Én", birth_date="1985-01-01", sex="female", personal_id=AUNT)
    homes.write(app, places.villages[0], aunt)
    rows = (
        row("Lò Thị Én", "1985-01-01", personal_id=AUNT, household_code="3899"),
        row("Lò Văn Hùng", "2012-03-04", personal_id=CHILD_ID, household_code="3899"),
        MAI | {"household_code": "3800"},
    )
    kept = kept_list(make, places.commune, as_officer.user, *rows)
    compare(kept)
    shown = page(as_officer, f"/reconcile/{kept}/children")
    assert "Lò Văn Hùng" in shown
    assert "3899" in shown
    assert "Lò Thị Mai" not in shown


def test_a_schools_roll_fills_in_school_and_class(make, places, as_officer, compare, ask, home):
    school = make.add(
        School(commune_id=places.commune.id, name="THCS Xuân Cao", search="thcs xuan cao")
    )
    pupil = row("Lò Văn Hùng", "2012-03-04", personal_id=CHILD_ID, school_class="9A")
    kept = kept_list(
        make, places.commune, as_officer.user, pupil, kind="school_roll", school=school.id
    )
    compare(kept)
    send(as_officer, f"/reconcile/{kept}/confirm")
    [(data,)] = ask(select(Member.data).where(Member.id == home[2]))
    assert '"school_class":"9A"' in data
    assert school.id in data
    assert len(cards(ask, home[2])) == 1
    assert as_officer.get(f"/reconcile/{kept}/expired").status_code == 404


@pytest.fixture
def pupils(app, make, places, as_officer, home):
    """Two pupils: one a class higher on the roll, one recorded at another school."""
    schools = {
        name: make.add(School(commune_id=places.commune.id, name=name, search=name.lower()))
        for name in ("THCS Xuân Cao", "THCS Lương Sơn")
    }
    mine, other = (schools[name].id for name in schools)
    own = {"school": mine, "school_class": "8A"}
    homes.edit(app, "member", home[2], own)
    cousin = homes.person("Vi Thị Na", birth_date="2013-05-06", personal_id=COUSIN_ID,
                          school=other, school_class="7 B")  # fmt: skip
    homes.write(app, places.villages[0], cousin)
    return home[2], cousin["id"], mine


PUPILS = (
    row("Lò Văn Hùng", "2012-03-04", personal_id=CHILD_ID, school_class="9A"),
    row("Vi Thị Na", "2013-05-06", personal_id=COUSIN_ID, school_class="7b"),
)


@pytest.fixture
def roll(make, places, as_officer, pupils, compare):
    kept = kept_list(
        make, places.commune, as_officer.user, *PUPILS, kind="school_roll", school=pupils[2]
    )
    compare(kept)
    return kept


def schooling(ask, member):
    [(data,)] = ask(select(Member.data).where(Member.id == member))
    told = orjson.loads(data)
    return told.get("school"), told.get("school_class")


def test_a_school_or_class_that_differs_is_listed(as_officer, kept, compare, roll):
    shown = page(as_officer, f"/reconcile/{roll}/school")
    for words in ("THCS Xuân Cao, lớp 8A", "THCS Xuân Cao, lớp 9A", "THCS Lương Sơn, lớp 7 B"):
        assert words in shown
    compare(kept)
    assert as_officer.get(f"/reconcile/{kept}/school").status_code == 404


def test_the_rolls_class_is_taken_over_and_the_school_kept(as_officer, roll, pupils, ask, lan):
    lan.sync()
    send(as_officer, f"/reconcile/{roll}/confirm")
    raised, moved = (match_of(ask, roll, number)[0] for number in (2, 3))
    assert "Trường hoặc lớp khác nhau" in page(as_officer, f"/reconcile/pairs/{raised}")
    send(as_officer, f"/reconcile/pairs/{raised}/school", {"answer": "list"})
    send(as_officer, f"/reconcile/pairs/{moved}/school", {"answer": "keep"})
    assert schooling(ask, pupils[0]) == (pupils[2], "9A")
    assert schooling(ask, pupils[1])[1] == "7 B"
    assert "Không có dòng nào ở đây" in page(as_officer, f"/reconcile/{roll}/school")
    lan.sync()
    assert lan.data("member", pupils[0])["school_class"] == "9A"
    again = as_officer.submit(
        f"/reconcile/pairs/{raised}/school", {"answer": "list"}, form_at="/reconcile"
    )
    assert again.status_code == 409


def test_a_whole_roll_goes_up_a_class_at_once(as_officer, roll, pupils, ask):
    send(as_officer, f"/reconcile/{roll}/school/take")
    assert schooling(ask, pupils[0]) == (pupils[2], "9A")
    assert schooling(ask, pupils[1]) == (pupils[2], "7b")
    assert "Không có dòng nào ở đây" in page(as_officer, f"/reconcile/{roll}/school")


def test_next_years_roll_is_asked_again_where_it_says_something_new(
    make, places, as_officer, roll, pupils, ask, compare
):
    send(as_officer, f"/reconcile/pairs/{match_of(ask, roll, 2)[0]}/school", {"answer": "keep"})
    same, later = PUPILS[0], PUPILS[0] | {"school_class": "10A"}
    for told, asked in ((same, False), (later, True)):
        kept = kept_list(
            make, places.commune, as_officer.user, told, kind="school_roll", school=pupils[2]
        )
        compare(kept)
        assert ("Lò Văn Hùng" in page(as_officer, f"/reconcile/{kept}/school")) == asked


def test_a_rolls_schools_are_taken_over_by_its_own_commune(as_officer, as_stranger, roll):
    path = f"/reconcile/{roll}/school/take"
    assert as_stranger.submit(path, form_at="/").status_code == 403
    nothing = as_officer.submit(path.replace(roll, NONE), form_at="/reconcile")
    assert nothing.status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
def test_differing_schools_are_a_file(as_officer, roll, kind):
    answer = as_officer.submit(
        f"/reconcile/{roll}/school/export", {"format": kind}, form_at="/reconcile"
    )
    assert answer.status_code == 200
    if kind == "csv":
        assert "THCS Lương Sơn, lớp 7 B" in answer.get_data(as_text=True)


def test_the_command_line_compares_a_list(app, kept):
    told = app.test_cli_runner().invoke(args=["reconcile", kept])
    assert told.exit_code == 0, told.output
    assert "3 rows, 3 people: 1 sure, 1 likely, 0 differs, 1 none" in told.output
    assert app.test_cli_runner().invoke(args=["reconcile", NONE]).exit_code != 0


def test_a_comparison_that_fails_is_told_and_writes_nothing(
    monkeypatch, tmp_path, app, as_officer, kept, ask
):
    broken = tmp_path / "model.py"
    broken.write_text("raise SystemExit(3)")
    monkeypatch.setattr("server.linking.running.MODEL", broken)
    send(as_officer, "/reconcile/run", {"list": kept})
    assert work_once(app, "worker")
    assert "Lần so vừa rồi không xong" in page(as_officer, f"/reconcile/{kept}")
    assert count(ask, ReconcileMatch) == 0
