"""Signing in and out, languages, villages of others, two phones that disagree."""

import re

from playwright.sync_api import expect

from tests import homes

VILLAGES_ON_DISK = """
async () => {
  const found = new Set();
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    for (const store of ['feeds', 'chunks', 'log', 'outbox']) {
      if (!db.objectStoreNames.contains(store)) continue;
      const rows = await new Promise((done) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
      });
      rows.forEach(({village}) => found.add(village));
    }
    db.close();
  }
  return [...found].sort();
}
"""


def test_a_surveyor_of_one_village_has_nothing_of_the_other_on_the_phone(
    app, places, village, lan, known_home, handset
):
    homes.write(app, places.villages[1], homes.expired("Bùi Thị Láng Giềng", relation="head"))
    phone = handset().open()
    phone.sign_in("lan")
    phone.downloaded()
    expect(phone.trust).to_contain_text("1 thôn · 1 hộ")
    phone.search("lang gieng")
    expect(phone.page.get_by_text("Không thấy ai khớp")).to_be_visible()
    phone.search("vi van")
    expect(phone.page.get_by_role("link", name="Vi Văn Tú")).to_be_visible()
    assert phone.page.evaluate(VILLAGES_ON_DISK) == sorted([village.id, "reference"])


def write_address(phone, address):
    phone.open_household("Vi Văn Tú")
    phone.page.get_by_role("link", name="Sửa", exact=True).tap()
    phone.page.get_by_label("Địa chỉ").fill(address)
    phone.save()


def test_of_two_phones_that_disagree_the_second_waits_for_the_commune(
    make, village, phone, handset
):
    make.user("surveyor", username="mai", areas=[village])
    other = handset("mai").open()
    other.sign_in("mai")
    other.downloaded()
    other.offline()
    write_address(phone, "Xóm Đồng, nhà số 1")
    phone.home()
    expect(phone.trust).to_contain_text("Đã gửi hết")

    write_address(other, "Xóm Đồng, cạnh giếng")
    other.home()
    other.online()
    expect(other.trust).to_contain_text("Đã gửi hết")
    other.open_household("Vi Văn Tú")
    expect(other.page.get_by_text("chờ xã xét")).to_be_visible()
    expect(other.page.get_by_text("cạnh giếng")).to_be_visible()
    other.go("#/sync")
    expect(other.page.get_by_text("Đang chờ xã xét (1)")).to_be_visible()
    other.page.get_by_role("link", name="Chờ gửi và đã gửi").tap()
    waiting = other.page.get_by_role("region", name="Xã xem xét")
    expect(waiting).to_contain_text("cạnh giếng")
    expect(waiting).to_contain_text("đang chờ")


def test_a_wrong_password_is_said_in_words(lan, watch, handset):
    watch.foresee("status of 401")
    phone = handset().open()
    phone.sign_in("lan", "không phải mật khẩu này")
    expect(phone.page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu chưa đúng.")
    phone.sign_in("ai-do")
    expect(phone.page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu chưa đúng.")


def test_signing_in_without_a_connection_is_said_in_words(lan, handset):
    phone = handset().open()
    expect(phone.page.get_by_label("Tên đăng nhập")).to_be_visible()
    phone.context.set_offline(True)
    phone.sign_in("lan")
    expect(phone.page.get_by_role("alert")).to_contain_text("Chưa có mạng.")


def test_a_form_left_empty_says_what_it_needs(live, handset):
    phone = handset().open()
    phone.tap("Đăng nhập")
    expect(phone.page.get_by_text("Hãy nhập tên đăng nhập")).to_be_visible()
    expect(phone.page.get_by_text("Hãy nhập mật khẩu")).to_be_visible()


def test_the_chosen_language_is_kept(phone):
    phone.go("#/sync")
    phone.tap("English")
    expect(phone.page.get_by_role("heading", name="Sync", level=1)).to_be_visible()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    phone.close()
    phone.open(offline=True)
    expect(phone.page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    phone.go("#/sync")
    phone.tap("Tiếng Việt")
    expect(phone.page.get_by_role("heading", name="Đồng bộ", level=1)).to_be_visible()


def sign_out(phone):
    phone.go("#/sync")
    phone.tap("Đăng xuất")
    expect(phone.page.get_by_text("Đăng xuất sẽ xóa dữ liệu khỏi máy này.")).to_be_visible()
    phone.tap("Đăng xuất")


def test_signing_out_is_refused_while_anything_is_unsent(phone):
    phone.offline()
    phone.open_household("Vi Văn Tú")
    phone.tap("Đúng như cũ")
    phone.sees_saved()
    sign_out(phone)
    expect(phone.page.get_by_role("alert")).to_contain_text("còn 2 thay đổi chưa gửi")
    phone.home()
    expect(phone.trust).to_contain_text("2 chưa gửi")


def test_a_phone_with_nothing_of_its_own_signs_out_and_is_empty(phone, village):
    sign_out(phone)
    expect(phone.page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert village.id not in phone.page.evaluate(VILLAGES_ON_DISK)


def test_the_address_of_the_qr_code_fills_in_the_name(live, handset):
    phone = handset().open()
    phone.page.goto(f"{live.url}/app/#/sign-in?user=lan")
    expect(phone.page.get_by_label("Tên đăng nhập")).to_have_value(re.compile("lan"))
    phone.page.goto(f"{live.url}/app/#/sign-in?user=minh")
    expect(phone.page.get_by_label("Tên đăng nhập")).to_have_value("minh")
