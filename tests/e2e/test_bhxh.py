"""From a surveyed child without a card to a card in the hand: the commune makes, approves and seals
a list, the insurance's software pulls, acknowledges and answers it, the surveyor's phone knows."""

import pytest
from playwright.sync_api import expect

from server.domain.card_lists.digest import digest_of, totals_of
from tests.card_lists import ListPeople
from tests.e2e.test_card_lists import approve_and_seal, approver, make_list, submit  # noqa: F401
from tests.support.api_client import ApiClient


@pytest.fixture
def children(make, officer, village):
    """Two children under six of one household, whom the field has asked."""
    people = ListPeople(make, officer, village)
    home = people.farm_home(code="HL-009")
    people.farmer("Lò Thị Hoa", home)
    return [people.child(name, home) for name in ("Lò Văn Bé", "Lò Thị Út")]


@pytest.fixture
def bhxh(make, places):
    return make.user("bhxh", username="bhxh", unit=places.unit)


def key_made_at_the_desk(page):
    page.get_by_role("link", name="Khóa cho phần mềm BHXH").first.click()
    page.get_by_label("Tên, ví dụ phần mềm nào, ai giữ").fill("Phần mềm tiếp nhận")
    page.get_by_role("button", name="Tạo khóa").click()
    return page.get_by_role("region", name="Khóa vừa tạo").locator("code").inner_text()


def pulled(client, number):
    """All rows of a list, two requests a row so that pages have to be put together."""
    rows, after, more = [], 0, True
    while more:
        status, page = client.call("bhxhRows", number=number, after=after, limit=1)
        assert status == 200
        assert digest_of(page["rows"]) == page["digest"]
        rows += page["rows"]
        after, more = page["next"], page["more"]
    assert digest_of(rows) == page["list_digest"]
    assert totals_of(rows) == page["totals"]
    return rows


def answers_to(rows):
    first, second = sorted(rows, key=lambda row: row["full_name"], reverse=True)
    issued = {
        "id": "TN-1",
        "row": first["id"],
        "outcome": "issued",
        "card_number": "TE1383820000001",
        "valid_from": "2026-01-01",
        "valid_to": "2099-12-31",
    }
    returned = {
        "id": "TN-2",
        "place": second["place"],
        "outcome": "returned",
        "reason": "birth_date_mismatch",
        "note": "Khai sinh ghi ngày khác",
    }
    return first["full_name"], second["full_name"], [issued, returned]


def sync(phone):
    phone.go("#/sync")
    phone.tap("Đồng bộ ngay")


def test_a_surveyed_child_gets_a_card_and_another_comes_back(
    live,
    lan,
    bhxh,
    officer,
    approver,  # noqa: F811
    children,
    handset,
    desk,
):
    phone = handset("lan").open()
    phone.sign_in("lan")
    phone.downloaded()
    phone.go(f"#/person/{children[0]}")
    expect(phone.page.get_by_role("main")).to_contain_text("chưa có thẻ")

    office, other = desk("canbo"), desk("duyet")
    make_list(office, "Trẻ em dưới 6 tuổi")
    submit(office, "14/TTr-UBND")
    approve_and_seal(other, office.url, "17/DS-UBND")

    unit = desk("bhxh")
    client = ApiClient(live.url, key_made_at_the_desk(unit))
    status, new = client.call("bhxhLists", after=0, limit=10)
    assert (status, len(new["lists"]), new["more"]) == (200, 1, False)
    number = new["lists"][0]["number"]
    sync(phone)
    phone.go(f"#/person/{children[0]}")
    expect(phone.page.get_by_role("main")).to_contain_text(f"Trong danh sách số {number}")
    expect(phone.page.get_by_role("main")).to_contain_text("đã gửi BHXH")
    rows = pulled(client, number)
    assert {row["member"] for row in rows} == set(children)

    counted = {"count": len(rows), "digest": digest_of(rows), "totals": totals_of(rows)}
    wrong = {**counted, "count": 1}
    status, problem = client.call("bhxhReceipt", wrong, number=number)
    assert (status, problem["code"]) == (409, "receipt_differs")
    for _ in range(2):
        status, receipt = client.call("bhxhReceipt", counted, number=number)
        assert (status, receipt["count"]) == (200, 2)

    carded, back, answers = answers_to(rows)
    for _ in range(2):
        status, told = client.call("bhxhAnswers", {"answers": answers}, number=number)
        assert status == 200
        assert [one["status"] for one in told["results"]] == ["applied", "applied"]
        assert (told["issued"], told["returned"], told["open"]) == (1, 1, 0)

    sync(phone)
    people = dict(zip(("Lò Văn Bé", "Lò Thị Út"), children, strict=True))
    phone.go(f"#/person/{people[carded]}")
    expect(phone.page.get_by_role("main")).to_contain_text("TE1383820000001")
    expect(phone.page.get_by_role("main")).to_contain_text("còn hạn")
    expect(phone.page.get_by_role("main")).to_contain_text("BHXH đã cấp thẻ")
    phone.go("#/today")
    asked = phone.page.get_by_role("region", name="Xã trả lại").get_by_role("link")
    expect(asked).to_have_count(1)
    expect(asked).to_contain_text("Ngày sinh không khớp")
    phone.go(f"#/person/{people[back]}")
    expect(phone.page.get_by_role("main")).to_contain_text("chưa có thẻ")

    unit.goto("/bhxh")
    expect(unit.get_by_role("row").filter(has_text=number)).to_contain_text("Đã trả lời hết")
    office.goto("/tracking")
    line = office.get_by_role("region", name="Từng người").get_by_role("row")
    expect(line.filter(has_text=carded)).to_contain_text("Đã cấp thẻ")
    expect(line.filter(has_text=back)).to_contain_text("Ngày sinh không khớp")
