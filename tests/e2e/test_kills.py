"""The tab or the whole browser is killed at each step of a save and of a trip: nothing that was
said to be saved is lost, nothing is there twice."""

import re
from contextlib import suppress

import orjson
import pytest
from playwright.sync_api import Error, Route, expect
from sqlalchemy import func, select, update

from server.store.db import db, new_id, transaction
from server.store.feeds import ChangeRow, Instance, Waiting
from server.store.records import Household
from tests import homes
from tests.e2e.stops import AFTER, BEFORE, PAGE, RESULTS, SAVE, STOPS, SWAP, stop_at
from tests.e2e.stops import wait_until_stopped as stopped

SYNC = "**/api/v1/sync"


@pytest.fixture(params=["tab", "browser"])
def kill(request):
    """How it dies, and how it is opened again."""

    def killing(phone, *, offline: bool = False):
        if request.param == "browser":
            phone.kill()
            phone.open(offline=offline, script=STOPS)
        else:
            phone.context.set_offline(offline)
            phone.kill_tab()

    return killing


@pytest.fixture
def phone(lan, known_home, handset):
    phone = handset().open(script=STOPS)
    phone.sign_in("lan")
    phone.downloaded()
    return phone


def type_address(phone, address):
    phone.open_household("Vi Văn Tú")
    phone.page.get_by_role("link", name="Sửa", exact=True).tap()
    phone.page.get_by_label("Địa chỉ").fill(address)
    phone.page.evaluate("window.draftOnDisk()")


def write_address(phone, address):
    type_address(phone, address)
    phone.save()
    phone.home()


def expect_sent(phone):
    """By itself after a pause; a tap does not wait for it."""
    phone.go("#/sync")
    phone.page.get_by_role("button", name="Đồng bộ ngay").tap()
    expect(phone.page.get_by_text("Mọi thay đổi đã được gửi")).to_be_visible()
    phone.home()


def shown_address(phone, address):
    phone.open_household("Vi Văn Tú")
    expect(phone.page.get_by_text(address)).to_be_visible()
    phone.search("")


def changes_of_phones(ask) -> int:
    return ask(select(func.count()).where(ChangeRow.device_id.is_not(None)))[0][0]


def address_at_home(ask, home):
    ((data,),) = ask(select(Household.data).where(Household.id == home))
    return orjson.loads(data).get("address")


def settled(phone, ask, home, address, changes):
    """On both sides, once, and nobody has to decide anything."""
    expect_sent(phone)
    shown_address(phone, address)
    assert (address_at_home(ask, home), changes_of_phones(ask)) == (address, changes)
    assert ask(select(Waiting.id)) == []


def test_killed_while_saving(phone, ask, known_home, kill):
    phone.offline()
    type_address(phone, "Ngõ 1")
    stop_at(phone.page, SAVE, BEFORE)
    phone.tap("Lưu")
    stopped(phone.page)
    expect(phone.page.get_by_text("Đã lưu trên máy này")).to_have_count(0)
    kill(phone, offline=True)
    expect(phone.trust).to_contain_text("Đã gửi hết")
    phone.page.get_by_role("link", name=re.compile("Hộ Vi Văn Tú")).first.tap()
    expect(phone.page.get_by_label("Địa chỉ")).to_have_value("Ngõ 1")

    stop_at(phone.page, SAVE, AFTER)
    phone.tap("Lưu")
    stopped(phone.page)
    expect(phone.page.get_by_text("Đã lưu trên máy này")).to_have_count(0)
    kill(phone, offline=True)
    expect(phone.trust).to_contain_text("1 chưa gửi")
    shown_address(phone, "Ngõ 1")
    phone.online()
    settled(phone, ask, known_home, "Ngõ 1", 1)


def test_killed_while_the_request_is_under_way(watch, phone, ask, known_home, kill):
    """Once before the server has it, once after, with the answer still on the road."""
    watch.foresee("status of 429")
    for number, arrives in enumerate((False, True), 1):
        phone.offline()
        write_address(phone, f"Ngõ {number}")
        held: list[Route] = []

        def hold(route: Route, arrives=arrives, held=held) -> None:
            # A second request may still be answered when the first is let go and all is killed.
            with suppress(Error):
                answer = route.fetch() if arrives and not held else None
                if answer is not None and answer.status == 429:
                    return route.fulfill(response=answer)
            held.append(route)
            return None

        phone.context.route(SYNC, hold)
        with phone.page.expect_request(SYNC):
            phone.online()
        while arrives and not held:
            phone.page.evaluate("true")
        kill(phone, offline=True)
        # Not before: what is held would go its way as soon as nobody holds it.
        phone.context.unroute(SYNC)
        phone.online()
        settled(phone, ask, known_home, f"Ngõ {number}", number)


@pytest.mark.parametrize("when", [BEFORE, AFTER])
def test_killed_while_the_results_are_stored(phone, ask, known_home, kill, when):
    phone.offline()
    write_address(phone, "Ngõ 1")
    stop_at(phone.page, RESULTS, when)
    phone.online()
    stopped(phone.page)
    assert changes_of_phones(ask) == 1
    kill(phone)
    settled(phone, ask, known_home, "Ngõ 1", 1)


def test_killed_between_the_pages_of_a_feed(app, phone, village, ask, known_home, kill):
    """Pages of two records; the third never comes, and what the second brought is on the disk."""
    phone.offline()
    for number in range(1, 7):
        homes.write(app, village, homes.person(f"Người {number}"), code=f"HL-1{number}")
    asked: list[int] = []

    def turn(route: Route) -> None:
        body = orjson.loads(route.request.post_data_buffer or b"{}")
        asked.append(sum(body["since"].values()))
        if len(asked) < 3:
            route.continue_(post_data=orjson.dumps({**body, "limit": 2}))

    phone.context.route(SYNC, turn)
    phone.online()
    expect(phone.trust).to_contain_text("3 hộ")
    while len(asked) < 3:
        phone.page.evaluate("true")
    assert asked[0] < asked[1] < asked[2]
    kill(phone, offline=True)
    phone.context.unroute(SYNC)
    expect(phone.trust).to_contain_text("3 hộ")
    phone.online()
    expect(phone.trust).to_contain_text("7 hộ")
    settled_people(phone, ask)


@pytest.mark.parametrize("when", [BEFORE, AFTER])
def test_killed_while_a_page_is_stored(app, phone, village, ask, kill, when):
    phone.offline()
    homes.write(app, village, homes.person("Lò Văn Mới", relation="head"), code="HL-200")
    stop_at(phone.page, PAGE, when)
    phone.online()
    stopped(phone.page)
    kill(phone)
    expect(phone.trust).to_contain_text("2 hộ")
    phone.search("lo van moi")
    expect(phone.page.get_by_role("link", name="Lò Văn Mới")).to_have_count(1)
    settled_people(phone, ask)


def settled_people(phone, ask):
    phone.search("")
    expect_sent(phone)
    assert changes_of_phones(ask) == 0


@pytest.mark.parametrize("when", [BEFORE, AFTER])
def test_killed_while_a_second_store_takes_the_place_of_the_first(
    app, phone, ask, known_home, kill, when
):
    """The server was restored: another epoch, and everything is read anew before the swap."""
    write_address(phone, "Ngõ 1")
    expect_sent(phone)
    phone.offline()
    with app.app_context(), transaction():
        db.session.execute(update(Instance).values(epoch=new_id()))
    stop_at(phone.page, SWAP, when)
    phone.online()
    stopped(phone.page)
    kill(phone, offline=True)
    expect(phone.trust).to_contain_text("1 hộ")
    shown_address(phone, "Ngõ 1")
    phone.online()
    settled(phone, ask, known_home, "Ngõ 1", 1)
