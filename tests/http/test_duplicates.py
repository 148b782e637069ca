"""People who may stand twice: found, put before the officer, settled, and taken back."""

import pytest
from sqlalchemy import func, select

from server.errors import Problem
from server.review.matching_pass import find_in
from server.store.changes.write import author_at_desk
from server.store.db import db, new_id, transaction
from server.store.duplicates import PossibleDuplicate
from server.store.people import Audit
from server.store.records import Member
from server.store.review import merging
from server.store.review.decided import Decision
from tests.homes import edit, person, write

NUMBER = "038180001234"


def pairs(ask):
    return ask(select(PossibleDuplicate.id, PossibleDuplicate.state, PossibleDuplicate.why))


BORN = {"birth_date": "1980-05-17", "sex": "female"}


@pytest.fixture
def hoa(app, places):
    """Record Lê Thị Hoa in both villages, each time in a house of other people; the ids."""

    def recorded(first=None, second=None):
        one = person("Lê Thị Hoa", **(BORN | (first or {})))
        other = person("Lê Thị Hoa", **(BORN | (second or {})))
        write(app, places.villages[0], one, person("Cầm Bá Thức"), person("Lữ Văn Inh"))
        write(app, places.villages[1], other, person("Vi Thị Én"), person("Hà Văn Xuyên"))
        return one["id"], other["id"]

    return recorded


def merged_into(ask, member):
    [(winner,)] = ask(select(Member.merged_into).where(Member.id == member))
    return winner


@pytest.fixture
def compare(app, places):
    """The pass over the commune, as the command line runs it."""

    def run():
        with app.app_context(), transaction():
            return find_in(places.commune.id, by=None)

    return run


@pytest.fixture
def twice(app, places):
    """Lê Thị Hoa, recorded in both villages under one number; ids of the two records."""
    first = person("Lê Thị Hoa", personal_id=NUMBER, birth_date="1980-05-17", sex="female")
    second = person("Le Thi Hoa", personal_id=NUMBER, birth_date="1980", phone="0912345678")
    write(app, places.villages[0], first, code="HL-1")
    write(app, places.villages[1], second, code="XT-1")
    return first["id"], second["id"]


@pytest.fixture
def pair(twice, ask):
    [(id_, _state, _why)] = pairs(ask)
    return id_


def test_two_who_carry_one_number_are_raised_as_soon_as_it_is_written(twice, ask):
    [(_id, state, why)] = pairs(ask)
    assert (state, why) == ("open", '["same_personal_id"]')


def test_two_who_carry_one_bhxh_number_are_raised_too(app, places, ask):
    for village in places.villages:
        write(app, village, person("Người có mã số", bhxh_number="0123456789"))
    assert [why for _id, _state, why in pairs(ask)] == ['["same_bhxh_number"]']


def test_the_phone_that_brings_the_number_raises_the_pair(lan, minh, ask):
    for phone in (lan, minh):
        home = phone.household()
        phone.save("member", {"household": home, "full_name": "Vi Thị Mai", "personal_id": NUMBER})
        phone.sync()
    assert [state for _id, state, _why in pairs(ask)] == ["open"]


def test_one_number_in_two_communes_is_nobodys_pair(app, places, ask):
    write(app, places.villages[0], person("Lê Thị Hoa", personal_id=NUMBER))
    write(app, places.other_village, person("Lê Thị Hoa", personal_id=NUMBER))
    assert pairs(ask) == []


def test_a_corrected_number_lets_the_pair_go(app, twice, ask):
    edit(app, "member", twice[1], {"personal_id": "038180009999"}, {"personal_id": NUMBER})
    assert [state for _id, state, _why in pairs(ask)] == ["gone"]


def test_the_pass_finds_who_was_written_without_accents_and_by_year_alone(
    app, places, ask, compare
):
    mates = [person(name) for name in ("Lê Văn Bảo", "Phạm Thị Nhung")]
    again = [person(name) for name in ("Lê Văn Bảo", "Phạm Thị Nhung")]
    write(app, places.villages[0], person("Lê Thị Hoa", birth_date="1980-05-17"), *mates)
    write(app, places.villages[1], person("LE THI HOA", birth_date="1980"), *again)
    assert compare().new >= 1
    whys = [why for _id, _state, why in pairs(ask)]
    assert any("name_accents" in why and "birth_year" in why for why in whys)


def test_a_pass_after_a_pass_finds_nothing_new(hoa, compare):
    hoa()
    assert [compare().new, compare().new] == [1, 0]


def test_what_is_no_longer_alike_goes_with_the_next_pass(app, hoa, ask, compare):
    one, _other = hoa()
    compare()
    edit(app, "member", one, {"full_name": "Trần Mỹ Lệ"}, {"full_name": "Lê Thị Hoa"})
    assert compare().gone == 1
    assert "open" not in [state for _id, state, _why in pairs(ask)]


def test_the_page_shows_both_and_marks_what_differs(as_officer, pair):
    page = as_officer.get(f"/review/duplicates/{pair}").text
    for words in ("Lê Thị Hoa", "Le Thi Hoa", "17/05/1980", "Hưng Long", "Xuân Thắng", "≠"):
        assert words in page


def test_looking_at_a_pair_is_logged_for_both_records(as_officer, twice, pair, ask):
    as_officer.get(f"/review/duplicates/{pair}")
    as_officer.get("/review/duplicates")
    looks = ask(select(Audit.subject).where(Audit.kind == "look"))
    assert {subject for (subject,) in looks} == {*twice, "duplicates"}


def merge(desk, pair, form_at=None, **picked):
    """Send the page's form, keeping the record with the full birth date unless said otherwise."""
    here = f"/review/duplicates/{pair}"
    page = desk.get(form_at or here).text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    people, winner = picked.pop("people", []), picked.pop("winner", "one")
    takes = {f"take-{name}": side for name, side in picked.items()}
    form = {"winner": winner, "seen": seen, "people": people, **takes}
    return desk.submit(f"{here}/merge", form, form_at=form_at or here)


def test_merging_takes_each_field_from_the_side_that_was_picked(as_officer, twice, pair, ask):
    one, other = sorted(twice)
    phone_side = "one" if twice[1] == one else "other"
    name_side = "other" if phone_side == "one" else "one"
    answer = merge(as_officer, pair, phone=phone_side, full_name=name_side, birth_date=name_side)
    assert answer.status_code == 302
    assert merged_into(ask, other) == one
    [(data,)] = ask(select(Member.data).where(Member.id == one))
    assert "Lê Thị Hoa" in data
    assert "1980-05-17" in data
    assert "0912345678" in data
    assert [state for _id, state, _why in pairs(ask)] == ["merged"]
    assert ("merge_member",) in ask(select(Audit.kind))


def test_a_merge_is_undone_with_the_values_it_took_along(as_officer, twice, pair, ask):
    one, other = sorted(twice)
    [(before,)] = ask(select(Member.data).where(Member.id == one))
    merge(as_officer, pair, full_name="other", phone="other", birth_date="other")
    here = f"/review/duplicates/{pair}"
    assert as_officer.submit(f"{here}/undo", form_at=here).status_code == 302
    assert merged_into(ask, other) is None
    [(after,)] = ask(select(Member.data).where(Member.id == one))
    assert sorted(after) == sorted(before)
    assert [state for _id, state, _why in pairs(ask)] == ["open"]


def test_the_next_page_offers_once_to_take_the_answer_back(as_officer, pair, ask):
    here = f"/review/duplicates/{pair}"
    button = f'action="{here}/undo"'
    for decide in (
        lambda: merge(as_officer, pair),
        lambda: as_officer.submit(f"{here}/apart", form_at=here),
    ):
        decide()
        assert button in as_officer.get("/review").text
        assert button not in as_officer.get("/review").text
        as_officer.submit(f"{here}/undo", form_at="/account")
        assert [state for _id, state, _why in pairs(ask)] == ["open"]


def test_not_the_same_is_remembered_by_every_later_pass(as_officer, hoa, ask, compare):
    hoa()
    compare()
    [(id_, _state, _why)] = pairs(ask)
    here = f"/review/duplicates/{id_}"
    as_officer.submit(f"{here}/apart", form_at=here)
    compare()
    assert [state for _id, state, _why in pairs(ask)] == ["not_same"]
    assert as_officer.submit(f"{here}/undo", form_at=here).status_code == 302
    assert [state for _id, state, _why in pairs(ask)] == ["open"]


def test_two_said_to_be_different_are_raised_again_when_they_come_to_share_a_number(
    as_officer, app, hoa, ask, compare
):
    one, _other = hoa(second={"personal_id": NUMBER})
    compare()
    [(id_, _state, _why)] = pairs(ask)
    here = f"/review/duplicates/{id_}"
    as_officer.submit(f"{here}/apart", form_at=here)
    edit(app, "member", one, {"personal_id": NUMBER})
    assert [state for _id, state, _why in pairs(ask)] == ["open"]


def test_what_is_decided_is_not_decided_again(as_officer, pair):
    merge(as_officer, pair)
    assert merge(as_officer, pair).status_code == 409
    apart = as_officer.submit(f"/review/duplicates/{pair}/apart", form_at="/account")
    assert apart.status_code == 409


def test_who_says_not_the_same_while_another_merges_is_refused(app, as_officer, pair, ask, twice):
    with app.app_context():
        read_before = db.session.get_one(PossibleDuplicate, pair)
        db.session.expunge(read_before)
    merge(as_officer, pair)
    with app.app_context(), pytest.raises(Problem, match="already_decided"), transaction():
        merging.say_apart(read_before, author_at_desk(as_officer.user))
    assert [state for _id, state, _why in pairs(ask)] == ["merged"]


def test_a_page_older_than_its_records_decides_nothing(app, as_officer, twice, pair, ask):
    here = f"/review/duplicates/{pair}"
    stale = {"winner": "one", "seen": "1-1"}
    assert as_officer.submit(f"{here}/merge", stale, form_at=here).status_code == 409
    assert [state for _id, state, _why in pairs(ask)] == ["open"]


def test_a_merge_made_elsewhere_settles_the_pair_and_its_undoing_opens_it(app, twice, pair, ask):
    one, other = twice
    edit(app, "member", other, {"merged_into": one})
    assert [state for _id, state, _why in pairs(ask)] == ["merged"]
    edit(app, "member", other, {"merged_into": None}, {"merged_into": one})
    assert [state for _id, state, _why in pairs(ask)] == ["open"]


def test_records_merged_without_a_pair_can_be_looked_at_and_undone(app, as_officer, places, ask):
    one, other = person("Lê Thị Hoa"), person("Vi Thị Mai")
    write(app, places.villages[0], one, other)
    edit(app, "member", other["id"], {"merged_into": one["id"]})
    [(id_, state, _why)] = pairs(ask)
    assert state == "merged"
    here = f"/review/duplicates/{id_}"
    as_officer.submit(f"{here}/undo", form_at=here)
    assert merged_into(ask, other["id"]) is None


def test_a_moved_household_takes_its_pairs_along(app, as_officer, places, twice, pair, ask):
    household = select(Member.household_id).where(Member.id == twice[0])
    [(home,)] = ask(household)
    villages = {"village": places.villages[1].id}, {"village": places.villages[0].id}
    edit(app, "household", home, *villages)
    columns = select(PossibleDuplicate.village_id, PossibleDuplicate.other_village_id)
    assert ask(columns) == [(places.villages[1].id, places.villages[1].id)]


def test_somebody_who_moved_away_and_is_recorded_elsewhere_is_found(hoa, compare):
    hoa(first={"ended_on": "2026-03-01", "end_reason": "moved_away"})
    assert compare().new == 1


def test_who_was_ended_as_a_double_is_settled_already(hoa, ask, compare):
    number = {"personal_id": NUMBER}
    hoa(number | {"ended_on": "2026-03-01", "end_reason": "duplicate"}, number)
    compare()
    assert pairs(ask) == []


def test_two_households_of_the_same_people_are_one_question(app, places, ask, compare):
    family = ("Lê Văn Bảo", "1975-02-03", "head"), ("Phạm Thị Nhung", "1978-11-20", "spouse")
    for village in places.villages:
        people = [person(name, birth_date=born, relation=who) for name, born, who in family]
        write(app, village, *people)
    compare()
    kinds = ask(select(PossibleDuplicate.entity, func.count()).group_by(PossibleDuplicate.entity))
    assert dict(kinds) == {"household": 1, "member": 2}


def test_two_whom_one_surveyor_wrote_down_together_are_two(lan, ask, compare):
    home = lan.household()
    born = {"household": home, "birth_date": "2026-10-01", "sex": "female"}
    lan.save("member", {"full_name": "Lê Minh Anh", **born}, new_id())
    lan.save("member", {"full_name": "Bé gái", "name_is_provisional": True, **born}, new_id())
    lan.sync()
    compare()
    assert pairs(ask) == []


def test_the_button_runs_the_pass_and_says_when_it_was(as_officer, hoa, places):
    hoa()
    page = "/review/duplicates"
    assert "chưa tìm lần nào" in as_officer.get(page).text
    form = {"commune": places.commune.id}
    assert as_officer.submit(f"{page}/find", form, form_at=page).status_code == 302
    shown = as_officer.get(page).text
    assert "lần cuối" in shown
    assert "Lê Thị Hoa – Lê Thị Hoa" in shown


def test_nobody_looks_through_another_commune(as_stranger, as_surveyor, places):
    form = {"commune": places.commune.id}
    path = "/review/duplicates/find"
    for who in (as_stranger, as_surveyor):
        assert who.submit(path, form, form_at="/account").status_code == 403


def test_who_holds_a_part_of_a_commune_does_not_look_through_it(make, places, desk_of, as_officer):
    """The pass would compare, and count, people who are none of theirs."""
    page, form = "/review/duplicates", {"commune": places.commune.id}
    button = f'action="{page}/find"'
    of_one = desk_of(make.user("officer", username="half", areas=[places.villages[0]]))
    assert button not in of_one.get(page).text
    assert of_one.submit(f"{page}/find", form, form_at="/account").status_code == 403
    of_all = desk_of(make.user("officer", username="each", areas=places.villages))
    for whole in (as_officer, of_all):
        assert button in whole.get(page).text


def test_the_list_shows_what_was_decided_and_all_of_one_record(as_officer, twice, pair):
    merge(as_officer, pair)
    assert f"/review/duplicates/{pair}" in as_officer.get("/review/duplicates?state=merged").text
    assert (
        f"/review/duplicates/{pair}" in as_officer.get(f"/review/duplicates?record={twice[0]}").text
    )
    assert as_officer.get("/review/duplicates?state=nonsense").status_code == 400


def test_a_pair_is_seen_by_the_officers_of_both_villages_only(
    app, make, places, desk_of, as_stranger, as_surveyor, as_viewer, pair
):
    of_one = desk_of(make.user("officer", username="half", areas=[places.villages[0]]))
    here = f"/review/duplicates/{pair}"
    for who in (as_stranger, as_surveyor, as_viewer, of_one):
        assert who.get(here).status_code == 403
        for verb in ("merge", "apart", "undo"):
            assert who.submit(f"{here}/{verb}", form_at="/account").status_code == 403
    assert f"/review/duplicates/{pair}" not in of_one.get("/review/duplicates").text


@pytest.mark.parametrize("verb", ["merge", "apart", "undo"])
def test_a_pair_that_is_not_there_is_not_found(as_officer, verb):
    here = f"/review/duplicates/{new_id()}"
    assert as_officer.get(here).status_code == 404
    assert as_officer.submit(f"{here}/{verb}", form_at="/account").status_code == 404


def test_a_child_is_merged_into_a_named_one_and_keeps_cards_of_both(
    app, as_officer, places, ask, compare
):
    card = {"evidence": "app", "valid_to": "2032-09-30"}
    baby = person("Bé trai", name_is_provisional=True, birth_date="2026-09-01", sex="male")
    named = person("Lê Gia Huy", cards=[card], birth_date="2026-09-01", sex="male")
    home = write(app, places.villages[0], baby, named)
    assert home
    compare()
    [(id_, _state, why)] = pairs(ask)
    assert "name_unnamed" in why
    winner = "one" if named["id"] < baby["id"] else "other"
    merge(as_officer, id_, winner=winner, full_name=winner)
    assert merged_into(ask, baby["id"]) == named["id"]


def test_one_household_recorded_twice_is_settled_with_its_people_at_once(
    app, as_officer, places, ask, compare
):
    family = ("Lê Văn Bảo", "1975-02-03", "head"), ("Phạm Thị Nhung", "1978-11-20", "spouse")
    for village in places.villages:
        people = [person(name, birth_date=born, relation=who) for name, born, who in family]
        write(app, village, *people)
    compare()
    found = ask(select(PossibleDuplicate.entity, PossibleDuplicate.id))
    [household] = [id_ for entity, id_ in found if entity == "household"]
    people = [id_ for entity, id_ in found if entity == "member"]
    page = as_officer.get(f"/review/duplicates/{household}").text
    assert "Có phải một hộ không?" in page
    assert all(f'value="{id_}"' in page for id_ in people)
    assert merge(as_officer, household, people=people).status_code == 302
    assert {state for _id, state, _why in pairs(ask)} == {"merged"}
    assert len(ask(select(Member.id).where(Member.merged_into.is_(None)))) == 2


@pytest.fixture
def family_twice(app, places, ask, compare):
    """One household of two, recorded in both villages: the pair of the household, and of each."""
    family = ("Lê Văn Bảo", "1975-02-03", "head"), ("Phạm Thị Nhung", "1978-11-20", "spouse")
    for village in places.villages:
        people = [person(name, birth_date=born, relation=who) for name, born, who in family]
        write(app, village, *people)
    compare()
    found = ask(select(PossibleDuplicate.entity, PossibleDuplicate.id))
    [household] = [id_ for entity, id_ in found if entity == "household"]
    return household, [id_ for entity, id_ in found if entity == "member"]


def living(ask):
    return len(ask(select(Member.id).where(Member.merged_into.is_(None))))


def test_who_takes_two_households_apart_takes_their_people_apart(as_officer, family_twice, ask):
    household, people = family_twice
    merge(as_officer, household, people=people)
    assert living(ask) == 2
    here = f"/review/duplicates/{household}"
    assert as_officer.submit(f"{here}/undo", form_at=here).status_code == 302
    assert living(ask) == 4
    assert {state for _id, state, _why in pairs(ask)} == {"open"}
    assert None not in [at for (at,) in ask(select(Decision.undone_at))]


def test_one_person_taken_out_before_does_not_keep_the_households_together(
    as_officer, family_twice, ask
):
    household, people = family_twice
    merge(as_officer, household, people=people)
    for pair in (people[0], household):
        here = f"/review/duplicates/{pair}"
        assert as_officer.submit(f"{here}/undo", form_at=here).status_code == 302
    assert living(ask) == 4
    assert {state for _id, state, _why in pairs(ask)} == {"open"}


def test_taking_one_person_out_leaves_the_households_one(as_officer, family_twice, ask):
    household, people = family_twice
    merge(as_officer, household, people=people)
    here = f"/review/duplicates/{people[0]}"
    assert as_officer.submit(f"{here}/undo", form_at=here).status_code == 302
    assert living(ask) == 3
    states = {id_: state for id_, state, _why in pairs(ask)}
    assert states[household] == states[people[1]] == "merged"


def test_the_list_of_decisions_tells_how_many_went_along(as_officer, family_twice):
    household, people = family_twice
    merge(as_officer, household, people=people)
    page = as_officer.get("/review/recent").text
    assert "và 2 mục khác" in page
    assert "Hoàn tác cả 3 mục?" in page


def test_asking_twice_for_one_merge_is_one_decision(officer_phone, twice, pair, ask):
    one, other = twice
    for _again in range(2):
        answer = officer_phone.phone.post(f"/api/v1/members/{other}/merge", {"into": one})
        assert answer.status_code == 200
    assert len(ask(select(Decision.id))) == 1


def test_whose_double_was_merged_says_so_on_their_page_and_leads_to_the_undoing(
    as_officer, as_surveyor, twice, pair
):
    merge(as_officer, pair)
    for member in twice:
        page = as_officer.get(f"/people/{member}").text
        assert f"/review/duplicates?record={member}" in page
    assert "/review/duplicates" not in as_surveyor.get(f"/people/{twice[0]}").text


def test_the_command_line_compares_every_commune_and_says_what_it_found(app, hoa, places):
    hoa()
    told = app.test_cli_runner().invoke(args=["duplicates", "find"])
    assert told.output == "Xã Thường Xuân: 6 people, 1 pairs, 1 new, 0 gone\n"
    only = app.test_cli_runner().invoke(args=["duplicates", "find", "--commune", "15661"])
    assert only.exit_code == 1
