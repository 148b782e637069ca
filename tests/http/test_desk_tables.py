"""Tables that a phone shows as one card a row: each value keeps the words of its column's head."""

import re

import pytest

from tests import homes

PAGES = ["/people", "/households", "/devices", "/users", "/audit", "/review/duplicates"]


@pytest.fixture
def somebody(app, make, places, as_officer):
    """Something for every table: two people of one number, a phone and its user, and a look."""
    for village in places.villages:
        number = homes.person("Lê Thị Hoa", personal_id="038180001234", relation="head")
        homes.write(app, village, number, code=village.name)
    make.device(make.user("surveyor", username="lan", areas=[places.villages[0]]))
    as_officer.get("/people")


@pytest.mark.parametrize("path", PAGES)
def test_what_the_head_says_stands_before_each_value_of_a_card(as_officer, somebody, path):
    [table] = re.findall(r'<table class="[^"]*table--stacked.*?</table>', page(as_officer, path))
    _first, *heads = re.findall(r"<th[^>]*>([^<]+)</th>", table)
    rows = re.findall(r"<tr><?.*?</tr>", table.partition("<tbody>")[2])
    assert rows
    for row in rows:
        assert re.findall(r'<td[^>]*data-label="([^"]+)"', row) == heads


def page(desk, path):
    return desk.get(path).text.replace("\n", "")
