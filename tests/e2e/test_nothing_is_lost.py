"""Browsers that are killed, servers that are killed: what was saved is there, once."""

import json
import os
import re
import signal

from playwright.sync_api import expect
from sqlalchemy import func, select

from server.store.feeds import ChangeRow
from server.store.records import Household, Member, Visit


def record_two(phone):
    phone.name_people("Vàng A Páo", "Giàng Thị Dế")
    for heading in (
        "Từng người",
        "Thẻ bảo hiểm y tế",
        "Làm nông và thu nhập",
        "Giấy tờ",
        "Xem lại rồi lưu",
    ):
        phone.next(heading)
    phone.tap("Lưu hộ")
    warned = phone.page.get_by_role("button", name="Vẫn đúng như vậy")
    saved = phone.page.get_by_text("Đã lưu hộ Vàng A Páo trên máy này")
    expect(warned.or_(saved)).to_be_visible()
    if warned.is_visible():
        warned.tap()
    expect(saved).to_be_visible()


def test_a_half_filled_household_survives_the_death_of_the_browser(phone):
    phone.offline()
    phone.name_people("Vàng A Páo", "Giàng Thị Dế")
    phone.next("Từng người")
    phone.choose("Giàng Thị Dế", "Vợ/chồng", "Nữ")
    phone.born("Giàng Thị Dế", "1991")
    # The form is kept a breath after the last key.
    phone.page.evaluate("window.draftOnDisk()")
    phone.kill()

    phone.open(offline=True)
    phone.page.get_by_role("link", name=re.compile("Hộ Vàng A Páo")).tap()
    expect(phone.page.get_by_role("heading", name="Từng người", level=1)).to_be_visible()
    woman = phone.person("Giàng Thị Dế")
    expect(woman.get_by_role("button", name="Nữ", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(woman.get_by_label("Sinh", exact=True)).to_have_value("1991")


def test_what_was_said_to_be_saved_survives_the_death_of_the_browser(phone, ask, known_home):
    phone.offline()
    phone.open_household("Vi Văn Tú")
    phone.tap("Đúng như cũ")
    phone.sees_saved()
    phone.kill()

    phone.open(offline=True)
    expect(phone.trust).to_contain_text("2 chưa gửi")
    phone.open_household("Vi Văn Tú")
    expect(phone.page.get_by_role("button", name="Đã xác nhận hôm nay")).to_be_visible()
    phone.home()
    phone.online()
    expect(phone.trust).to_contain_text("Đã gửi hết")
    assert ask(select(Visit.outcome, Visit.household_id)) == [("unchanged", known_home)]


def counts(ask):
    """Households, members and visits of the server, and the changes it has taken from phones."""
    tables = [ask(select(func.count()).select_from(table))[0][0] for table in (Household, Member)]
    taken = ask(select(ChangeRow.status).where(ChangeRow.device_id.is_not(None)))
    return tables, [status for (status,) in taken]


def test_a_server_killed_before_it_could_take_the_changes_gets_them_once(phone, live, ask):
    phone.offline()
    record_two(phone)
    phone.home()
    os.killpg(live.process.pid, signal.SIGSTOP)
    with phone.page.expect_request("**/api/v1/sync"):
        phone.online()
    live.kill()
    live.start()
    expect_all_sent(phone)
    assert counts(ask) == ([2, 4], ["applied"] * 4)


def test_a_server_killed_after_it_stored_the_changes_stores_them_once(phone, live, ask):
    """The answer is lost on the way: the phone cannot know, and sends them again."""
    killed: list[int] = []

    def take_and_die(route):
        if killed:
            return route.continue_()
        body = route.request.post_data_buffer
        answer = route.fetch()
        assert answer.ok, answer.text()
        killed.append(len(body or b""))
        live.kill()
        route.abort("connectionreset")
        return live.start()

    phone.offline()
    record_two(phone)
    phone.home()
    phone.context.route("**/api/v1/sync", take_and_die)
    phone.online()
    expect_all_sent(phone)
    assert killed
    assert counts(ask) == ([2, 4], ["applied"] * 4)


def expect_all_sent(phone):
    """A failed trip is tried again by itself after a pause; a tap does not wait for it."""
    phone.go("#/sync")
    phone.page.get_by_role("button", name="Đồng bộ ngay").tap()
    expect(phone.page.get_by_text("Mọi thay đổi đã được gửi")).to_be_visible()
    sent = phone.page.get_by_text(re.compile(r"Đã gửi \d+, máy chủ có \d+")).inner_text()
    numbers = re.findall(r"\d+", sent)
    assert numbers[0] == numbers[1], sent


def test_the_phone_keeps_nothing_readable_on_its_disk(phone):
    """Names lie sealed in IndexedDB; what is plain there are ids and states."""
    phone.open_household("Vi Văn Tú")
    dump = phone.page.evaluate(EVERYTHING)
    assert any(rows for store, rows in dump.items() if store.endswith(("/chunks", "/log")))
    assert "Vi Văn Tú" not in json.dumps(dump, ensure_ascii=False)


EVERYTHING = """
async () => {
  const plain = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? '<bytes>' : value instanceof CryptoKey ? '<key>' : value;
  const all = {};
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    for (const store of db.objectStoreNames) {
      all[`${name}/${store}`] = await new Promise((done) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result.map((row) =>
          plain(row) !== row || typeof row !== 'object' ? plain(row) :
          Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)]))));
      });
    }
    db.close();
  }
  return all;
}
"""
