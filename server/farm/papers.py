"""The papers of the procedure: request (Mẫu 01), posting, decision, refusal, the approved list.

QĐ 24/2021/QĐ-TTg; layout NĐ 30/2020/NĐ-CP. The exact fields of Mẫu 02 are not known: the decision
follows the decree's model 1.2, with the list as its annex. Lists carry no id numbers, no income.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from server.domain.codes import ethnic_groups
from server.domain.farm.due import PostingEnd
from server.domain.farm.versions import version_called
from server.domain.numbers import day_words
from server.domain.words import RELATION
from server.farm.lines import Line as Row
from server.pages.papers.blocks import (
    Annex,
    Article,
    Block,
    Column,
    Field,
    Head,
    Line,
    Paper,
    Signature,
    Table,
    para,
    place_date,
)
from server.pages.papers.commune import called, head_of, signed
from server.store.farm import worksheet_of
from server.store.records import Member

SECTORS = "hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp và diêm nghiệp có mức sống trung bình"
WORKING = ("farm", "wage_contract", "wage_no_contract", "own_business")
SEX = {"male": "Nam", "female": "Nữ"}


def request_paper(
    row: Row, commune: str, people: Sequence[Member], data: Mapping[str, Any]
) -> Paper:
    """Mẫu số 01, ready to sign: members stand without their id numbers."""
    asking = next((one for one in people if one.id == data.get("applicant")), None)
    person = asking or (people[0] if people else None)
    told = orjson.loads(person.data) if person else {}
    version = version_called(data.get("procedure_version"), data["requested_on"])
    address = ", ".join(
        part
        for part in (
            row.home.data.get("hamlet"),
            row.home.data.get("address"),
            row.village,
            commune,
        )
        if part
    )
    group = ethnic_groups().get(told.get("ethnic_group") or "")
    form = f"{version.request_form} " if version else ""
    blocks: list[Block] = [
        Line("recipients_list", f"{form}(QĐ 24/2021/QĐ-TTg)", "right"),
        Head(None, "", ""),
        Line("type_name", "GIẤY ĐỀ NGHỊ"),
        Line("abstract", f"Xác định {SECTORS}", rule=True),
        Line("addressee", f"Kính gửi: Chủ tịch Ủy ban nhân dân {called(commune)}"),
        Field("Họ và tên", told.get("full_name") or ""),
        Field("Giới tính", SEX.get(told.get("sex") or "", "")),
        Field("Sinh ngày", day_words(told.get("birth_date"))),
        Field("Dân tộc", group.name if group else ""),
        Field("Số CCCD/CMND", told.get("personal_id") or told.get("old_id_number") or ""),
        Field("Ngày cấp", ""),
        Field("Nơi thường trú", address if told.get("registration") == "permanent" else ""),
        Field("Nơi ở hiện tại", address),
        para("Thông tin các thành viên của hộ:"),
        _members(people),
        Field("Lý do đề nghị", data.get("reason") or ""),
        para(
            "Tôi xin cam đoan những nội dung kê khai trên là đúng sự thật; nếu sai tôi xin chịu "
            "trách nhiệm trước pháp luật./."
        ),
        Signature(
            (),
            ("NGƯỜI ĐỀ NGHỊ",),
            hint="(Ký, ghi rõ họ tên)",
            name=told.get("full_name") or "",
            place_date=place_date(row.village, data["requested_on"]),
        ),
    ]
    return Paper("giay-de-nghi", "Giấy đề nghị", blocks)


def _members(people: Sequence[Member]) -> Table:
    columns = (
        Column("TT", 10, "center"),
        Column("Họ và tên", 48),
        Column("Giới tính", 17, "center"),
        Column("Ngày, tháng, năm sinh", 28, "center"),
        Column("Quan hệ với chủ hộ", 27),
        Column("Tình trạng", 32),
    )
    return Table(columns, [_member(number, one) for number, one in enumerate(people, 1)])


def _member(number: int, one: Member) -> tuple[str, ...]:
    told = orjson.loads(one.data)
    relation = RELATION.get(one.relation or "", "")
    return (
        str(number),
        one.full_name,
        SEX.get(one.sex or "", ""),
        day_words(one.birth_date),
        relation,
        _activity(told.get("work")),
    )


def _activity(work: str | None) -> str:
    if work in ("pupil", "student"):
        return "Đang đi học"
    if work in WORKING:
        return "Có việc làm"
    return "Không có việc làm" if work else ""


def posting_paper(rows: Sequence[Row], commune: str, posted_on: str, end: PostingEnd) -> Paper:
    """The notice at the commune's office for five working days."""
    return Paper(
        "niem-yet",
        "Thông báo niêm yết",
        [
            head_of(commune, "TB", None, posted_on),
            Line("type_name", "THÔNG BÁO"),
            Line("abstract", f"Niêm yết công khai kết quả xác định {SECTORS}", rule=True),
            para(
                f"Ủy ban nhân dân {called(commune)} niêm yết công khai kết quả xác định "
                f"{SECTORS} theo Quyết định số 24/2021/QĐ-TTg ngày 16 tháng 7 năm 2021 của "
                "Thủ tướng Chính phủ, "
                f"gồm {len(rows)} hộ theo danh sách dưới đây."
            ),
            _list(rows),
            para(
                f"Thời gian niêm yết: 05 ngày làm việc, từ ngày {day_words(posted_on)} đến hết "
                f"{_until(end)}, tại trụ sở Ủy ban nhân dân {called(commune)}."
            ),
            para(
                "Ai có ý kiến hoặc khiếu nại về danh sách, đề nghị gửi đến Ủy ban nhân dân "
                f"{called(commune)} trong thời gian niêm yết. Ủy ban nhân dân phúc tra và trả lời "
                "trong 03 ngày làm việc kể từ khi nhận được./."
            ),
            signed(("- Các thôn, tổ dân phố (để niêm yết);", "- Lưu: VT.")),
        ],
    )


def _until(end: PostingEnd) -> str:
    """The last day, and the later one where nobody knows yet whether a day between is off."""
    if end.at_latest is None:
        return f"ngày {day_words(end.on)}"
    days = ", ".join(day_words(day) for day in end.doubtful)
    later = f"đến hết ngày {day_words(end.at_latest)} nếu ngày {days} là ngày nghỉ"
    return f"ngày {day_words(end.on)} ({later})"


def decision_paper(rows: Sequence[Row], commune: str, number: str, decided_on: str) -> Paper:
    """The decision, by model 1.2, with the households as its annex."""
    first = rows[0].data
    version = version_called(first.get("procedure_version"), decided_on)
    term = f" đến hết ngày {day_words(first['valid_to'])}" if first.get("valid_to") else ""
    upper = commune.upper()
    return Paper(
        "quyet-dinh",
        f"Quyết định {number}",
        [
            head_of(commune, "QĐ", number, decided_on),
            Line("type_name", "QUYẾT ĐỊNH"),
            Line("abstract", f"Về việc công nhận {SECTORS}", rule=True),
            Line("authority", f"CHỦ TỊCH ỦY BAN NHÂN DÂN {upper}"),
            _basis("Căn cứ Luật Tổ chức chính quyền địa phương;"),
            _basis(f"Căn cứ {version.basis if version else 'quy trình hiện hành'};"),
            _basis("Căn cứ kết quả niêm yết công khai và phúc tra;"),
            _basis("Theo đề nghị của Ban Chỉ đạo rà soát."),
            Line("type_name", "QUYẾT ĐỊNH:"),
            Article(
                "Điều 1.",
                f"Công nhận {len(rows)} {SECTORS} trên địa bàn {called(commune)} từ ngày "
                f"{day_words(first['valid_from'])}{term} (có danh sách kèm theo).",
            ),
            Article("Điều 2.", "Quyết định này có hiệu lực kể từ ngày ký."),
            Article(
                "Điều 3.",
                "Văn phòng, các bộ phận chuyên môn của Ủy ban nhân dân và các hộ có tên tại "
                "Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
            ),
            signed(("- Như Điều 3;", "- BHXH cơ sở;", "- Lưu: VT."), by="CHỦ TỊCH"),
            Annex(),
            Line("annex_word", "Phụ lục"),
            Line("annex_title", "DANH SÁCH HỘ ĐƯỢC CÔNG NHẬN"),
            Line(
                "annex_reference",
                f"(Kèm theo Quyết định số {number} ngày {day_words(decided_on)} của Chủ tịch "
                f"Ủy ban nhân dân {called(commune)})",
                rule=True,
            ),
            _list(rows, finding=False),
        ],
    )


def approved_paper(rows: Sequence[Row], commune: str, number: str, decided_on: str) -> Paper:
    """The public notice of who was recognised."""
    return Paper(
        "thong-bao-ket-qua",
        "Thông báo kết quả",
        [
            head_of(commune, "TB", None, decided_on),
            Line("type_name", "THÔNG BÁO"),
            Line("abstract", f"Danh sách {SECTORS} được công nhận", rule=True),
            para(
                f"Ủy ban nhân dân {called(commune)} thông báo {len(rows)} hộ được công nhận là "
                f"{SECTORS} theo Quyết định số {number} ngày {day_words(decided_on)}:"
            ),
            _list(rows, finding=False),
            para(
                "Người trong các hộ này được nhà nước hỗ trợ tiền đóng bảo hiểm y tế. Đề nghị "
                "các hộ liên hệ Ủy ban nhân dân hoặc nhân viên thu để tham gia./."
            ),
            signed(("- Các thôn, tổ dân phố;", "- Lưu: VT.")),
        ],
    )


def refusal_paper(row: Row, commune: str, data: Mapping[str, Any]) -> Paper:
    """The written answer to a household that is not recognised, with the reason."""
    name = row.name
    answer = (
        f"Sau khi phúc tra: {data['objection_answer']}." if data.get("objection_answer") else ""
    )
    return Paper(
        "khong-cong-nhan",
        "Thông báo không công nhận",
        [
            head_of(commune, "TB", data.get("decision_number"), data["decided_on"]),
            Line("type_name", "THÔNG BÁO"),
            Line("abstract", f"Về việc không công nhận {SECTORS}", rule=True),
            Line("addressee", f"Kính gửi: Hộ {name}, {row.village}"),
            para(
                f"Ngày {day_words(data['requested_on'])}, hộ {name} đề nghị xác định {SECTORS}. "
                "Theo Quyết định số 24/2021/QĐ-TTg ngày 16 tháng 7 năm 2021 của Thủ tướng Chính "
                f"phủ, Ủy ban nhân dân {called(commune)} đã kiểm tra và chưa công nhận hộ."
            ),
            para(f"Lý do: {data.get('refusal_reason') or ''}. {answer}".strip()),
            para("Hộ có thể gửi ý kiến đến Ủy ban nhân dân, hoặc đề nghị lại khi có thay đổi./."),
            signed(("- Như trên;", "- Lưu: VT.")),
        ],
    )


def _basis(text: str) -> Line:
    return Line("legal_basis", text, "justify", indent=True)


def _list(rows: Sequence[Row], *, finding: bool = True) -> Table:
    """Number, head, year of birth, village, people, occupation; never id numbers nor income."""
    names, village, work = (40, 32, 26) if finding else (50, 36, 34)
    columns = [
        Column("TT", 11, "center"),
        Column("Chủ hộ", names),
        Column("Năm sinh", 17, "center"),
        Column("Thôn, tổ dân phố", village),
        Column("Số khẩu", 15, "center"),
        Column("Ngành nghề", work),
    ]
    if finding:
        columns.append(Column("Kết luận", 23))
    return Table(columns, [_listed(at, row, finding) for at, row in enumerate(rows, 1)])


def _listed(at: int, row: Row, finding: bool) -> tuple[str, ...]:
    sheet = worksheet_of(row.home.id, row.data.get("assessment"))
    work = (sheet[1].get("main_activity") if sheet else None) or "Nông nghiệp"
    texts = (str(at), row.name, (row.home.born or "")[:4], row.village, str(row.home.people), work)
    return (*texts, "Đủ điều kiện") if finding else texts
