"""A phone that cannot send writes a file; another phone, or the desk, brings it to the server."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from server.store.feeds import ChangeRow
from server.store.people import Audit


def edit(phone):
    phone.open_household("Vi Văn Tú")
    phone.page.get_by_role("link", name="Sửa", exact=True).tap()
    phone.page.get_by_label("Địa chỉ").fill("Xóm Đồng, cạnh giếng")
    phone.save()
    expect(phone.page.get_by_role("heading", name="Người trong hộ")).to_be_visible()


@pytest.fixture
def stuck(phone):
    """The phone has no connection and holds one change."""
    phone.offline()
    edit(phone)
    return phone


def export(phone, button, folder):
    """Write the file; its path."""
    phone.go("#/sync")
    with phone.page.expect_download() as download:
        phone.tap(button)
    expect(phone.page.get_by_text("Đã xuất ra tệp bao-phu-")).to_be_visible()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def sealed(stuck, tmp_path):
    """The file that phone has written, offline."""
    return export(stuck, "Xuất 1 thay đổi chưa gửi", tmp_path)


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


def stumble(route):
    """A server that fails at whatever holds a change, and answers everything else."""
    body = route.request.post_data_buffer or b""
    if b'"changes":[]' in body:
        route.continue_()
    else:
        route.fulfill(status=500, json={"code": "server_error"})


def test_what_the_server_stumbles_over_goes_by_file_and_once(
    phone, carrier, lan, watch, tmp_path, ask
):
    watch.foresee("status of 500")
    phone.context.route("**/api/v1/sync", stumble)
    edit(phone)
    phone.go("#/sync")
    expect(phone.page.get_by_role("heading", name="Cần giúp đỡ (1)")).to_be_visible()
    take(carrier, export(phone, "Xuất ra tệp", tmp_path))
    expect(carrier.page.get_by_text("Máy chủ: 1 đã ghi · 0 chờ xét")).to_be_visible()

    phone.context.unroute("**/api/v1/sync")
    phone.tap("Thử gửi lại")
    phone.home()
    expect(phone.trust).to_contain_text("Đã gửi hết")
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
    expect(page.get_by_role("heading", name="Đã nhận tệp:")).to_be_visible()
    assert authors(ask) == [lan.id]
