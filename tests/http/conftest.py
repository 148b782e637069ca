"""Two surveyors whom many stories of sync are about."""

import pytest
from sqlalchemy import select

from server.store.feeds import Waiting
from tests.fake_phone import FakePhone


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
