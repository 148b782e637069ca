"""A phone that cannot send writes a file; another phone, or the desk, brings it to the server."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from server.store.feeds import ChangeRow
from server.store.people import Audit


@pytest.fixture
def stuck(lan, known_home, handset):
    """Lan's phone without a connection, holding one change."""
    phone = handset().open()
    phone.sign_in("lan")
    phone.downloaded()
    phone.offline()
    phone.open_household("Vi Văn Tú")
    phone.page.get_by_role("link", name="Sửa", exact=True).tap()
    phone.page.get_by_label("Địa chỉ").fill("Xóm Đồng, cạnh giếng")
    phone.tap("Lưu")
    phone.sees_saved()
    expect(phone.page.get_by_role("heading", name="Người trong hộ")).to_be_visible()
    return phone


@pytest.fixture
def sealed(stuck, tmp_path):
    """The file that phone has written, offline."""
    stuck.go("#/sync")
    with stuck.page.expect_download() as download:
        stuck.tap("Xuất 1 thay đổi chưa gửi")
    expect(stuck.page.get_by_text("Đã xuất ra tệp bao-phu-")).to_be_visible()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def carrier(make, village, handset):
    make.user("surveyor", username="mai", areas=[village])
    phone = handset("mai").open()
    phone.sign_in("mai")
    phone.downloaded()
    phone.go("#/sync")
    return phone


def take(phone, path):
    phone.page.get_by_label("Nhận tệp từ máy khác").set_input_files(path)


def authors(ask):
    made = select(ChangeRow.user_id).where(ChangeRow.channel == "phone")
    return [user for (user,) in ask(made)]


def test_another_phone_brings_the_file_and_its_author_stays(stuck, sealed, carrier, lan, ask):
    assert sealed.suffix == ".bpx"
    assert "giếng".encode() not in sealed.read_bytes()
    take(carrier, sealed)
    expect(carrier.page.get_by_text("Máy chủ: 1 đã ghi · 0 chờ xét")).to_be_visible()
    assert authors(ask) == [lan.id]

    take(carrier, sealed)
    expect(carrier.page.get_by_text("0 đã ghi · 0 chờ xét · 1 đã có từ trước")).to_be_visible()
    assert authors(ask) == [lan.id]
    assert len(ask(select(Audit.id).where(Audit.kind == "sealed_taken"))) == 2

    stuck.online()
    stuck.home()
    expect(stuck.trust).to_contain_text("Đã gửi hết")
    assert authors(ask) == [lan.id]


def test_a_file_taken_without_a_connection_goes_when_there_is_one(sealed, carrier, lan, ask):
    carrier.home()
    carrier.offline()
    carrier.go("#/sync")
    take(carrier, sealed)
    expect(carrier.page.get_by_text("Chờ chuyển lên máy chủ")).to_be_visible()
    carrier.close()
    carrier.open()
    carrier.go("#/sync")
    expect(carrier.page.get_by_text("Máy chủ: 1 đã ghi · 0 chờ xét")).to_be_visible()
    assert authors(ask) == [lan.id]


def test_a_file_that_is_none_is_refused_in_words(carrier, tmp_path):
    other = tmp_path / "anh.jpg"
    other.write_bytes(b"\xff\xd8\xff\xe0 no file of ours")
    take(carrier, other)
    expect(carrier.page.get_by_role("alert")).to_contain_text("Đây không phải tệp của Bao Phủ")


def test_the_desk_takes_the_file_in(sealed, officer, desk, lan, ask):
    page = desk("canbo")
    page.goto("/devices")
    page.get_by_role("link", name="Nhận tệp từ máy").click()
    page.get_by_label("Tệp .bpx").set_input_files(sealed)
    page.get_by_role("button", name="Nhận tệp").click()
    expect(page.get_by_role("heading", name="Đã nhận tệp của máy")).to_be_visible()
    assert authors(ask) == [lan.id]
