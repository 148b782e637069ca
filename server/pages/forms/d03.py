"""D03-TS as a workbook."""

from collections.abc import Collection, Iterable

from server.domain.card_lists.digest import totals_of
from server.domain.forms.d03 import d03_sheet
from server.domain.forms.head import FormHead, Row
from server.domain.forms.layouts import layout
from server.domain.numbers import number_words
from server.pages.forms.workbook import forms_workbook
from server.pages.sheets import Notes

SURE = ("seen", "derived")


def d03_workbook(head: FormHead, rows: Iterable[Row], forces: Collection[str] = ()) -> bytes:
    """The list as XLSX: the form, and a sheet that says which list it is and what is not certain.

    Raises ListedByTheirUnit when somebody of the armed forces stands on the list.
    """
    listed = list(rows)
    title = f"D03-TS {head.group} {head.commune}"
    return forms_workbook(title, [d03_sheet(head, listed, forces)], _notes(title, head, listed))


def _notes(title: str, head: FormHead, rows: list[Row]) -> Notes:
    totals = totals_of(rows)
    lines = [
        ("Số của danh sách trong hệ thống", head.number or "bản nháp, chưa có số"),
        ("Số người tăng", number_words(totals["increase"])),
        ("Số người giảm", number_words(totals["decrease"])),
        ("Tổng mức đóng (đồng)", number_words(totals["total"])),
        ("NSNN hỗ trợ (đồng)", number_words(totals["state_support"])),
        ("NSĐP hỗ trợ (đồng)", number_words(totals["local_support"])),
        ("Nguồn khác hỗ trợ (đồng)", number_words(totals["other_support"])),
        ("Người tham gia đóng (đồng)", number_words(totals["own_share"])),
    ]
    if head.supplements:
        lines.append(("Bổ sung cho danh sách", head.supplements))
    if head.digest:
        lines.append(("Mã kiểm của các dòng (SHA-256)", head.digest))
    unsure = [
        f"{row['number']} {row['label_vi']}".strip()
        for row in layout("d03_sections")
        if row["confidence"] not in SURE
    ]
    lines.append(("Nhãn chờ đối chiếu với bản gốc", "; ".join(unsure)))
    return Notes(title, lines)
