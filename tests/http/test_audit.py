"""The log: who looked at whom, who may read it, and what it never holds."""

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from server.desk.acts import ACTS
from server.store.db import new_id
from server.store.duplicates import PossibleDuplicate
from server.store.feeds import Waiting
from server.store.people import Audit
from tests import homes
from tests.reconciling import kept_list

LOOKS = select(Audit.user_id, Audit.area_id, Audit.subject, Audit.count, Audit.detail).where(
    Audit.kind == "look"
)


@pytest.fixture
def cuc(app, places):
    """Lê Thị Cúc of the first village, whose card has ended."""
    cuc = homes.expired("Lê Thị Cúc", personal_id="038190001234", relation="head")
    cuc["home"] = homes.write(app, places.villages[0], cuc, code="HL-001")
    return cuc


def test_a_look_at_a_list_is_logged_with_who_where_and_how_many(as_officer, places, cuc, ask):
    as_officer.get(f"/lists/expired?area={places.villages[0].id}")
    [look] = ask(LOOKS)
    assert look[:4] == (as_officer.user.id, places.villages[0].id, "people_list", 1)
    assert json.loads(look.detail)["key"] == "expired"


def test_all_of_ones_own_is_logged_for_the_commune(as_officer, as_surveyor, places, cuc, ask):
    as_officer.get("/lists/uninsured")
    as_surveyor.get("/people")
    assert {look.area_id for look in ask(LOOKS)} == {places.commune.id}


def test_a_bhxh_officers_look_is_logged_in_the_commune_they_looked_at(as_bhxh, places, cuc, ask):
    as_bhxh.get("/lists/uninsured")
    assert [look.area_id for look in ask(LOOKS)] == [places.commune.id]


@pytest.mark.parametrize("page", ["/people?q=cuc", "/households?q=cuc", "/people?q=038190001234"])
def test_what_was_typed_to_search_never_reaches_the_log(as_officer, cuc, ask, page):
    as_officer.get(page)
    [look] = ask(LOOKS)
    assert json.loads(look.detail)["searched"] is True
    assert "cuc" not in look.detail
    assert "0381" not in look.detail


def test_a_household_and_a_person_are_logged_by_id(as_officer, cuc, ask):
    as_officer.get(f"/households/{cuc['home']}")
    as_officer.get(f"/people/{cuc['id']}")
    assert [look.subject for look in ask(LOOKS)] == [cuc["home"], cuc["id"]]


@pytest.mark.parametrize(
    "path",
    [
        "/review/return/member/{id}",
        "/review/move?from={village}",
        "/review/notes/{note}",
        "/review/wrong-village/{visit}",
    ],
)
def test_a_page_of_the_review_that_names_people_is_a_look(as_officer, make, places, cuc, ask, path):
    said = {"about": cuc["id"], "kind": "question", "text": "Bao giờ có thẻ?"}
    went = {"household": cuc["home"], "on": "2026-11-20", "outcome": "wrong_village"}
    note = make.write(as_officer.user, "field_note", said)
    visit = make.write(as_officer.user, "visit", went)
    village = places.villages[0].id
    page = as_officer.get(path.format(village=village, note=note, visit=visit, **cuc))
    assert "Lê Thị Cúc" in page.text
    assert [(look.area_id, look.count) for look in ask(LOOKS)] == [(village, 1)]


def test_the_preview_of_a_move_is_a_look_though_it_comes_by_a_form(as_officer, places, cuc, ask):
    form = {"households": [cuc["home"]], "to": places.villages[1].id}
    page = as_officer.submit("/review/move/preview", form, form_at="/review/move")
    assert "Lê Thị Cúc" in page.text
    assert [look.subject for look in ask(LOOKS)] == ["move"]


def test_the_same_page_opened_again_is_one_look(as_officer, cuc, ask):
    for _ in range(3):
        as_officer.get("/lists/uninsured")
    assert len(ask(LOOKS)) == 1
    as_officer.get("/lists/expired")
    assert len(ask(LOOKS)) == 2


def test_an_empty_list_and_a_refused_one_show_nobody(as_officer, as_stranger, places, cuc, ask):
    as_officer.get("/lists/covered")
    as_stranger.get(f"/lists/uninsured?area={places.villages[0].id}")
    as_stranger.get(f"/people/{cuc['id']}")
    assert ask(LOOKS) == []


def test_an_officer_reads_who_looked_at_their_commune(as_officer, as_bhxh, as_surveyor, cuc):
    as_bhxh.get("/lists/expired")
    as_surveyor.get(f"/households/{cuc['home']}")
    page = as_officer.get("/audit").get_data(as_text=True)
    assert as_bhxh.user.name in page
    assert 'href="/lists/expired">Người hết hạn thẻ' in page
    assert f'href="/households/{cuc["home"]}">HL-001' in page


def test_the_log_names_the_list_that_was_compared(make, as_officer, places, cuc):
    row = {"full_name": "Lê Thị Cúc", "personal_id": "038190001234"}
    kept = kept_list(make, places.commune, as_officer.user, row, name="Danh sách tháng 10")
    as_officer.get(f"/reconcile/{kept}/not-found")
    csv = {"format": "csv"}
    as_officer.submit(f"/reconcile/{kept}/not-found/export", csv, form_at="/reconcile")
    page = as_officer.get("/audit?kind=export").get_data(as_text=True)
    assert "trang Đối chiếu, Danh sách tháng 10, CSV" in page


def test_another_communes_log_stays_closed(as_officer, as_stranger, cuc):
    as_officer.get("/lists/uninsured")
    page = as_stranger.get("/audit").get_data(as_text=True)
    assert "Không có việc nào" in page
    assert as_officer.user.name not in page


def test_the_log_is_filtered_by_person_act_and_day(as_officer, as_surveyor, as_admin, cuc):
    as_surveyor.get("/lists/uninsured")
    as_officer.submit("/lists/uninsured/export", {"format": "csv"}, form_at="/lists/uninsured")
    rows = {
        query: as_admin.get(f"/audit?{query}").get_data(as_text=True).count('<td class="nowrap')
        for query in (
            "",
            "kind=export",
            f"user={as_surveyor.user.id}",
            "until=2020-01-31",
            "since=2020-01-01",
        )
    }
    assert list(rows.values()) == [3, 1, 1, 0, 3]


def test_the_log_is_for_officers_and_administrators(as_surveyor, as_viewer, as_bhxh, client):
    assert [desk.get("/audit").status_code for desk in (as_surveyor, as_viewer, as_bhxh)] == [
        403
    ] * 3
    assert client.get("/audit").status_code == 302


@pytest.mark.parametrize("query", ["since=x", "until=2026-02-30", "until=2026", "since=0001-01-01"])
def test_a_day_that_is_none_is_refused(as_officer, query):
    assert as_officer.get(f"/audit?{query}").status_code == 400


def test_every_act_that_is_logged_has_words():
    literal = re.compile(r'note_act\(\s*"([a-z_]+)"')
    files = (Path(__file__).parents[2] / "server").rglob("*.py")
    noted = {kind for file in files for kind in literal.findall(file.read_text(encoding="utf-8"))}
    assert "export" in noted
    assert noted - ACTS.keys() == set()


def row_about(desk, words):
    """The line of the log that says what was done in these words."""
    _before, _head, *rows = desk.get("/audit").text.split("<tr>")
    [row] = [row for row in rows if words in row]
    return row


def test_a_look_at_a_card_that_waits_names_whose_card_it_is(as_officer, make, places, ask):
    officer = as_officer.user
    _home, (person,) = make.household(officer, places.villages[0], ["Lê Văn Tám"])
    card = make.write(officer, "card", {"member": person, "evidence": "told"})
    was, late = {"valid_to": "2026-01-31"}, {"valid_to": "2026-12-31"}
    make.write(officer, "card", late, record=card, was=was)
    [(waiting,)] = ask(select(Waiting.id))
    here = f"/review/items/{waiting}"
    as_officer.get(here)
    assert "Thẻ BHYT của Lê Văn Tám" in as_officer.get("/audit").text
    as_officer.submit(f"{here}/decide", {"choice": "incoming"}, form_at=here)
    assert "Thẻ BHYT của Lê Văn Tám" in row_about(as_officer, ">Quyết định mục chờ xét<")


def test_what_waits_for_a_person_not_recorded_yet_is_called_by_its_kind(as_officer, lan, ask):
    lan.save("card", {"member": new_id(), "evidence": "told"})
    lan.sync()
    [(waiting,)] = ask(select(Waiting.id))
    as_officer.get(f"/review/items/{waiting}")
    assert "Thẻ BHYT" in row_about(as_officer, ">Xem tên người<")


def test_a_merge_and_a_move_name_who_was_merged_and_moved(as_officer, app, places, ask):
    one, other = (homes.person("Lê Thị Hoa", personal_id="038180001234") for _ in range(2))
    home = homes.write(app, places.villages[0], one, code="HL-1")
    homes.write(app, places.villages[1], other, code="XT-1")
    [(pair,)] = ask(select(PossibleDuplicate.id))
    as_officer.submit(f"/review/duplicates/{pair}/apart", form_at=f"/review/duplicates/{pair}")
    moving = {"households": [home], "to": places.villages[1].id}
    as_officer.submit("/review/move", moving, form_at="/review/move")
    page = as_officer.get("/audit").text
    assert "Lê Thị Hoa – Lê Thị Hoa" in page
    assert ">HL-1<" in page
