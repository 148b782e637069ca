"""Two surveyors whom many stories of sync are about."""

import pytest
from sqlalchemy import select

from server.store.feeds import Waiting
from tests import homes
from tests.fake_phone import FakePhone
from tests.sealed_lists import Software, key_of, sealed


@pytest.fixture
def lan(make, places, phone_of):
    """Lan surveys Hưng Long."""
    user = make.user("surveyor", username="lan", areas=[places.villages[0]])
    return FakePhone(phone_of(user), [places.villages[0].id])


@pytest.fixture
def minh(make, places, phone_of):
    """Minh surveys both villages."""
    user = make.user("surveyor", username="minh", areas=places.villages)
    return FakePhone(phone_of(user), [village.id for village in places.villages])


@pytest.fixture
def waiting(make, places, as_officer, ask):
    """Two people corrected one name: the second correction waits."""
    officer = as_officer.user
    _home, (person,) = make.household(officer, places.villages[0], ["Lê Văn Tám"])
    was = {"full_name": "Lê Văn Tám"}
    make.write(officer, "member", {"full_name": "Lê Văn Tâm"}, record=person, was=was)
    make.write(officer, "member", {"full_name": "Lê Văn Tấm"}, record=person, was=was)
    [(id_,)] = ask(select(Waiting.id))
    return id_


@pytest.fixture
def officer_phone(as_officer, phone_of, places):
    """The officer's own phone: it carries every village of the commune."""
    return FakePhone(phone_of(as_officer.user), [village.id for village in places.villages])


@pytest.fixture
def children(app, places):
    """Three children who never had a card, each in a household of the first village."""
    people = [homes.never_had(name) for name in ("Lường Thị Bé", "Quàng Văn Ba", "Lê Văn Bốn")]
    for one in people:
        homes.write(app, places.villages[0], one)
    return [one["id"] for one in people]


@pytest.fixture
def lot(make, places, as_officer, children):
    """These children on a sealed list."""
    return sealed(make, places.unit, places.commune, as_officer.user, children)


@pytest.fixture
def software(app, make, places, as_officer):
    """The unit's own software, which may do everything."""
    return Software(app, key_of(make, places.unit, as_officer.user))


@pytest.fixture
def other_software(app, make, places, as_officer):
    """The software of the unit next door."""
    unit = make.unit("BHXH cơ sở Luận Thành", [places.other_commune])
    return Software(app, key_of(make, unit, as_officer.user))
