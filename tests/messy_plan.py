"""A province's plan as offices send it: a letterhead, a heading over two rows with merged cells, a
total first, districts spelt three ways, rates written four ways, notes between and below."""

from io import BytesIO

import xlsxwriter

TOP = ("UBND TỈNH THANH HÓA", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
GROUPS = (
    ("Bao phủ BHYT", ("Dân số tính tỷ lệ", "Số người phải có thẻ", "Tỷ lệ (%)")),
    ("Tham gia BHXH", ("Lực lượng lao động", "Số người tham gia", "Tỷ lệ (%)")),
    ("BHXH tự nguyện", ("Lực lượng lao động", "Số người tham gia")),
    ("Trẻ em dưới 6 tuổi", ("Tổng số trẻ", "Có thẻ")),
)
NUMBERING = tuple(f"({number})" for number in range(1, 16))
SHARE = 0.952
"""Formatted as percent: the cell shows 95,2 %."""

ROWS: tuple[tuple[object, ...], ...] = (
    ("TỔNG CỘNG", "", "", 30000, "19.000", "10.000", "9.700", "97 %", "9.500", 2600, "27,37",
     "9.500", "500", "1.000", "1.000", "12/2026"),
    ("I", "", "Huyện Thường Xuân", 20000, "12.500", "10.000", 9500, SHARE, "6.000", "1.500", "25",
     "6.000", "300", 700, 700, ""),
    (1, "H. Thường Xuân", "Xã Thường Xuân", 12000, "13.000", 6000, "5.712", "95,2 %", "4.000",
     "1.000", "25 %", "4.000", "200", "400", "400", "31/10/2026"),
    (2, "THƯỜNG XUÂN", "X. Luận Thành", 8000, "4.000", "4.000", "3.800", "95.2", "2.000", 500, "25",
     "1.900", "600", "300", "300", ""),
    ("Ghi chú giữa bảng: số liệu của công an",),
    (3, "Thường Xuân", "Xã Luận thành", 8000, "4.000", "4.000", "3.800", "95", "2.000", 500, "25",
     "2.000", "100", "300", "300", ""),
    ("II", "", "H. Như Xuân", 10000, "6.500", "5.000", "5.100", "92,0", "3.500", "1.000", "28,57",
     "3.500", "200", "300", "300", ""),
    (1, "Như Xuân", "Xã Hóa Quỳ (cũ)", 10000, "3.000", "5.000", "4.600", 0.92, "3.500", "1.000",
     "28,57", "3.500", "hai trăm", "11.000", "300", "12/2062"),
    ("Ghi chú: tỷ lệ tính đến hết năm.",),
    ("", "", "", "", "", "", "", "", "TM. ỦY BAN NHÂN DÂN"),
)  # fmt: skip


def messy_plan() -> bytes:
    """The workbook; its total stands in row 8."""
    output = BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        sheet, share = book.add_worksheet("Phụ lục 1"), book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, TOP)
        sheet.merge_range(2, 0, 2, 15, "CHỈ TIÊU BHXH, BHYT NĂM 2026 (kèm theo Kế hoạch)")
        sheet.write(3, 12, "Đơn vị tính: người")
        _heading(sheet)
        sheet.write_row(6, 0, NUMBERING)
        for at, row in enumerate(ROWS, start=7):
            for place, cell in enumerate(row):
                sheet.write(at, place, cell, share if cell == SHARE else None)
        sheet.merge_range(7, 0, 7, 2, "TỔNG CỘNG")
    return output.getvalue()


def _heading(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    for place, words in enumerate(("TT", "Huyện cũ", "Đơn vị", "Dân số", "Dân số trong độ tuổi "
                                   "lao động")):  # fmt: skip
        sheet.merge_range(4, place, 5, place, words)
    place = 5
    for group, names in GROUPS:
        sheet.merge_range(4, place, 4, place + len(names) - 1, group)
        sheet.write_row(5, place, names)
        place += len(names)
    sheet.merge_range(4, place, 5, place, "Thời hạn")
