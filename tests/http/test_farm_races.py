"""Two officers write down one household's request at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from server.store.records import FarmRequest
from tests.actors import csrf_token
from tests.http.test_farm_requests import desk, home, on  # noqa: F401


def test_two_who_write_one_households_request_at_once_wrote_it_once(
    desk,  # noqa: F811
    as_admin,
    home,  # noqa: F811
    ask,
):
    path = f"/farm/households/{home}/ask"
    desks = (desk, as_admin)
    pages = [each.get(path).text for each in desks]
    barrier = threading.Barrier(len(desks))

    def send(each, page):
        form = {"csrf_token": csrf_token(page), "requested_on": "2026-11-02"}
        barrier.wait()
        return each.client.post(path, data=form)

    with ThreadPoolExecutor(len(desks)) as pool:
        answers = list(pool.map(send, desks, pages))
    [(written,)] = ask(select(FarmRequest.id))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer.location for answer in answers} == {f"/farm/requests/{written}"}
