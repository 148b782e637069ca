"""Who joined as household by their cards: the SQL on both engines, by the vectors of the phone."""

import pytest

from server.store.db import reading
from server.store.joined import joined_before
from tests import homes
from tests.support.vectors import cases


@pytest.mark.parametrize(("given", "then"), cases("joined"))
def test_the_sql_counts_as_the_phone_does(app, places, given, then):
    village = places.villages[0]
    home = homes.write(app, village, homes.person("Lê Thị Thẻ", cards=given["cards"]))
    with app.app_context(), reading():
        assert joined_before(given["day"], [village.id]).get(home, 0) == int(then["joined"])
