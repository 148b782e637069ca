"""Whether the file of a request is whole: on the board, and on its page by what is to be added."""

import pytest

from tests.http.test_farm_requests import LINES, asked, check, desk, on, page_of  # noqa: F401

PERSON = {
    "sex": "male",
    "birth_date": "1975-04-02",
    "ethnic_group": "01",
    "personal_id": "038075000123",
    "relation": "head",
    "work": "farm",
    "registration": "permanent",
}
REASON = "Hộ làm ruộng, thu nhập ở mức trung bình"


@pytest.fixture
def filed(make, desk, places):  # noqa: F811
    """A request whose household is told so far; its id and its person's."""

    def file(name, village=0, reason=REASON, **person):
        home, (one,) = make.household(desk.user, places.villages[village], [name])
        values = {**PERSON, **person}
        make.write(desk.user, "member", values, record=one, was={"relation": "head"})
        sheet = {"household": home, "months_to": "2026-10", "people": 1, "lines": LINES}
        make.write(desk.user, "farm_assessment", {**sheet, "main_activity": "Trồng lúa"})
        return asked(make, desk, home, reason=reason), one

    return file


@pytest.fixture
def two(filed):
    """One whole file, and one without a number, an ethnic group and a reason."""
    whole, _ = filed("Lê Văn Đủ")
    lacking, _ = filed("Hà Thị Thiếu", reason=None, personal_id=None, ethnic_group=None)
    return whole, lacking


def test_the_board_counts_what_each_file_lacks(desk, two):  # noqa: F811
    text = desk.get("/farm").text
    assert "còn thiếu 3 mục" in text
    assert "dân tộc, số định danh cá nhân, lý do đề nghị" in text


@pytest.mark.parametrize(
    ("file", "there", "not_there"),
    [("whole", "Lê Văn Đủ", "Hà Thị Thiếu"), ("lacking", "Hà Thị Thiếu", "Lê Văn Đủ")],
)
def test_the_board_is_chosen_by_it(desk, two, file, there, not_there):  # noqa: F811
    text = desk.get(f"/farm?file={file}").text
    assert there in text
    assert not_there not in text


def test_whole_files_come_first(desk, filed):  # noqa: F811
    filed("Hà Thị Thiếu", personal_id=None)
    filed("Lê Văn Đủ", village=1)
    plain, first = desk.get("/farm").text, desk.get("/farm?file=first").text
    assert plain.index("Hà Thị Thiếu") < plain.index("Lê Văn Đủ")
    assert first.index("Lê Văn Đủ") < first.index("Hà Thị Thiếu")


def test_there_are_no_other_kinds_of_file(desk):  # noqa: F811
    assert desk.get("/farm?file=half").status_code == 400


def test_the_page_of_a_request_says_of_whom_what_is_to_be_added(desk, filed):  # noqa: F811
    id_, person = filed("Hà Thị Thiếu", personal_id=None, old_id_number="123456789", sex=None)
    text = desk.get(page_of(id_)).text
    assert "Hồ sơ còn thiếu" in text
    assert f'<a href="/people/{person}">Hà Thị Thiếu</a>: giới tính' in text
    assert "Chỉ có số CMND cũ" in text


def test_the_page_of_a_whole_file_says_so(desk, filed):  # noqa: F811
    id_, _ = filed("Lê Văn Đủ")
    assert "Hồ sơ đủ các mục của Mẫu 01" in desk.get(page_of(id_)).text


def test_a_file_that_lacks_something_is_checked_all_the_same(desk, filed):  # noqa: F811
    id_, _ = filed("Hà Thị Thiếu", personal_id=None)
    assert check(desk, id_).status_code == 302
    assert "Hồ sơ còn thiếu" in desk.get(page_of(id_)).text


def test_what_was_decided_is_not_asked_any_more(desk, filed):  # noqa: F811
    id_, _ = filed("Hà Thị Thiếu", personal_id=None)
    desk.submit(f"{page_of(id_)}/steps/cancel", {}, form_at=page_of(id_))
    assert "Hồ sơ còn thiếu" not in desk.get(page_of(id_)).text
    assert "Hà Thị Thiếu" in desk.get("/farm?file=first&state=cancelled").text
    assert "Hà Thị Thiếu" not in desk.get("/farm?file=lacking&state=cancelled").text
