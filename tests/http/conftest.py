"""Two surveyors whom many stories of sync are about."""

import pytest

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
