"""TK1-TS: in Word, opened by LibreOffice, and as our own PDF; item by item as the layout has it."""

import pytest

from server.domain.forms.head import ListedByTheirUnit
from server.domain.forms.layouts import layout
from server.domain.forms.tk1 import annex_columns, declares, homes_of, items_of, unsure_items
from tests.unit.forms.reading import pages_of
from tests.unit.forms.samples import FAMILY, LONG_NAME, ONE, REST, head, leaving, row

both_files = pytest.mark.parametrize("kind", ["word", "own"])


@both_files
def test_a_person_fits_on_one_page_and_a_household_on_one_more(opened, kind):
    pages, sizes = pages_of(opened, "tk1-family", kind)
    assert [width > height for width, height in sizes] == [False, False, True]
    assert len(pages_of(opened, "tk1-one", kind)[0]) == 1
    assert LONG_NAME.upper() in pages[0]
    assert "THÀNH VIÊN HỘ GIA ĐÌNH" in pages[2]


@both_files
def test_every_item_of_the_form_stands_in_its_order(opened, kind):
    [page] = pages_of(opened, "tk1-one", kind)[0]
    places = []
    for item in layout("tk1_items"):
        mark = "" if item["confidence"] == "seen" else "*"
        said = f"[{item['item']}]{mark}. {item['label_vi']}:"
        assert said in page
        places.append(page.index(said))
    assert places == sorted(places)


@both_files
def test_what_is_known_is_filled_in_and_the_rest_is_dots(opened, kind):
    pages, _sizes = pages_of(opened, "tk1-family", kind)
    for words in (
        "[03]. Ngày, tháng, năm sinh: 1948",
        "[04]. Quốc tịch: Việt Nam",
        "[05]. Dân tộc: Ê Đê",
        "[06]. Số CCCD/ĐDCN/Hộ chiếu: 038080000001",
        "[09.1]*. Xã: …",
        "[11.4]*. Tỉnh: Tỉnh Thanh Hóa",
        "[12]*. Kê khai Phụ lục thành viên hộ gia đình: có, kèm theo tờ khai",
        "[15]. Mức tiền đóng: 2.530.000 đồng",
        "[16]. Phương thức đóng: 12 tháng",
        "mã đối tượng GB",
    ):
        assert words in pages[0]
    assert "(trẻ em dưới 6 tuổi): H'Bia Niê" in pages[1]
    assert "(trẻ em dưới 6 tuổi): …" in pages[0]


@both_files
def test_the_annex_names_the_household_without_its_soldier(opened, kind):
    annex = pages_of(opened, "tk1-family", kind)[0][2]
    for name in (LONG_NAME.split()[0], "Y Thu Niê", "H'Bia Niê"):
        assert name in annex
    assert "Y Khăm" not in annex
    assert all(column["label_vi"].split()[0] in annex for column in annex_columns())


def test_who_has_a_number_or_leaves_declares_nothing():
    assert declares(row(1))
    assert declares(row(1, method="ON", bhxh_number=None))
    assert not declares(row(1, method="ON"))
    assert not declares(leaving(1))


def test_a_household_known_to_the_insurance_needs_no_annex():
    lines = items_of(head(ONE), ONE[0], "I", annex=False)
    [annex] = [item for line in lines for item in line if item.number.startswith("12")]
    assert annex.value == "không"


def test_labels_that_are_not_certain_are_known():
    assert unsure_items()[0] == "09"
    assert {"12", "14.3", "19"} <= set(unsure_items())
    assert "13" not in unsure_items()


def test_a_soldier_who_would_declare_stops_it():
    with pytest.raises(ListedByTheirUnit):
        homes_of(head(FAMILY), FAMILY, {"household-1": REST}, forces={"member-1"})
