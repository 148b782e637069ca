"""Kept counts: never older than the last change, wherever it was made."""

from server.store.db import new_id
from server.store.write import new_change
from tests import homes
from tests.http.test_coverage import DAY


def covered(desk, places):
    page = desk.get(f"/coverage?area={places.commune.id}&on={DAY}").get_data(as_text=True)
    return page.partition("Thực tế ở nhà")[2].split('class="num">')[2].partition("<")[0]


def test_a_change_is_counted_at_once(app, as_officer, places):
    first, second = places.villages
    homes.write(app, first, homes.covered("Lê Thị An"))
    assert covered(as_officer, places) == "1"
    assert covered(as_officer, places) == "1"
    homes.write(app, second, homes.covered("Lê Thị Bình"))
    assert covered(as_officer, places) == "2"


def test_a_card_of_a_double_in_another_village_is_counted_at_once(app, as_officer, places):
    first, second = places.villages
    stays, double = homes.person("Vi Thị Hoa"), homes.person("Vi Thị Hoa")
    homes.write(app, first, stays)
    homes.write(app, second, double)
    homes.edit(app, "member", double["id"], {"merged_into": stays["id"]})
    assert covered(as_officer, places) == "0"
    card = {"member": double["id"], "evidence": "app", "valid_to": "2099-12-31"}
    homes.apply(app, [new_change("card", new_id(), card)])
    assert covered(as_officer, places) == "1"
