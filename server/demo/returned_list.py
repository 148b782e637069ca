"""A list of the uninsured that one village took home as a workbook, filled in and sent back: some
cells mended, one that cannot be read, one that somebody mended meanwhile, and an unknown child."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from flask_babel import force_locale
from openpyxl import load_workbook
from sqlalchemy import select

from schemas.kinds import Entity
from server.demo.office import Office, write
from server.lists.catalogue import PEOPLE
from server.lists.export import Rows, list_xlsx
from server.lists.filters import read_filters
from server.lists.query import whole_list
from server.lists.service import carried, ground_of, heading
from server.pages.sheets import Notes
from server.returned.reading import read_returned
from server.returned.taking import Bringer, File, keep
from server.returned.taking import ground_of as ground_hash
from server.store.bulk import among
from server.store.changes.write import new_change
from server.store.db import db
from server.store.list_marks import key_of_database, key_to_seal
from server.store.places import Area

LIST, SHEET = "uninsured", "Danh sách"
HEAD = "Trưởng thôn (mẫu)"
PHONE, BIRTH, REMARK = "Điện thoại", "Ngày sinh", "Ghi chú của thôn"
GROWN_BEFORE = 2005
FILLED_IN = (
    (PHONE, "0912000001"),
    (PHONE, "0912000002"),
    ("Tên thường gọi", "Anh Hai Mận"),
    ("Xóm, khu", "Xóm 7"),
    (BIRTH, "31/02/1985"),
    ("Tình trạng thẻ", "Còn hạn"),
    (REMARK, "Đi làm ở Hà Nội, Tết mới về"),
)
"""What the village wrote, person by person."""
CHILD = {"Họ và tên": "Lương Gia Bảo", "Quan hệ": "Cháu", "Ngày sinh": "12/09/2026",
         "Giới tính": "Nam"}  # fmt: skip


def bring_a_list_back(office: Office) -> None:
    """Keep what came back, as the desk does; nobody has decided any of it."""
    village = office.villages[0]
    with force_locale("vi"):
        data, mended = _filled_in(_sent_out(office, village))
    write([_by_another_hand(mended)], office.at_desk())
    mine = dict(db.session.execute(_names(office)).all())
    file = File("thon-gui-lai.xlsx", sha256(data).hexdigest(), ground_hash(mine), HEAD)
    keep(read_returned(data, key_of_database()), file, Bringer(office.officer.id, mine))


def _names(office: Office) -> Any:
    return select(Area.id, Area.name).where(among(Area.id, office.villages))


def _sent_out(office: Office, village: str) -> bytes:
    """The workbook as the officer took it."""
    which = PEOPLE[LIST]
    filters = read_filters(which, {"area": village}, office.today)
    ground = ground_of(village, office.officer)
    _found, batches = whole_list(which, filters, ground.villages)
    title = heading(which, filters)
    told = carried(which, title, filters, ground, office.officer)
    with list_xlsx(
        Rows(which, office.today, batches), Notes(title, ()), told, key_to_seal()
    ) as file:
        return file.read()


def _filled_in(data: bytes) -> tuple[bytes, str]:
    """The workbook as the village sent it back, and whose record somebody mends meanwhile."""
    book = load_workbook(BytesIO(data))
    sheet = book[SHEET]
    columns = {cell.value: at for at, cell in enumerate(sheet[1], start=1)}

    def cell(row: int, label: str) -> Any:
        return sheet.cell(row, columns[label])

    grown = [
        row
        for row in range(2, sheet.max_row + 1)
        if int(str(cell(row, BIRTH).value)[-4:]) < GROWN_BEFORE
    ]
    columns[REMARK] = sheet.max_column + 1
    cell(1, REMARK).value = REMARK
    for row, (label, text) in zip(grown, FILLED_IN, strict=False):
        cell(row, label).value = text
    last = sheet.max_row + 1
    for label, text in CHILD.items():
        cell(last, label).value = text
    mended = str(sheet.cell(grown[0], 1).value)
    output = BytesIO()
    book.save(output)
    return output.getvalue(), mended


def _by_another_hand(member: str) -> dict[str, Any]:
    """The surveyor wrote a number, too, while the file was away: another one."""
    return new_change(Entity.MEMBER.value, member, {"phone": "0912000009"}, {"phone": None})
