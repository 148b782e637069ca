"""What single lists show beside who a person is. Each gives texts, the same on page, sheet and
paper."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from schemas.kinds import Status
from server.domain.field_words import ENTITLEMENT, EVIDENCE, OTHER_VALUES
from server.domain.legal.groups import group_names
from server.domain.legal.support_end import SupportEnd
from server.domain.legal.tables import NotKnown, Tables
from server.domain.legal.waiting import waiting
from server.domain.legal.words import SUPPORT_END
from server.domain.numbers import day_words, days_left, number_words, percent_words
from server.domain.partial import age_on, days_between, last_day
from server.domain.status import INSURED_BY_UNIT
from server.lists.entries import Entry
from server.lists.kinds import Extra
from server.pages.not_known import lacks_words
from server.pages.scope import own_villages
from server.pages.words import word
from server.store import action_lists as base
from server.store.bulk import among
from server.store.db import db
from server.store.legal import legal_tables
from server.store.losing import losing
from server.store.places import School

SUPPORTED_FOR = {
    "hard_region": "Ở vùng khó khăn, đặc biệt khó khăn",
    "left_region": "Xã vừa ra khỏi khu vực II, III",
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "card": "Thẻ gần nhất thuộc nhóm DT, DK, DS, XD",
}
SUPPLEMENT = {
    **{kind: ENTITLEMENT[kind] for kind in sorted(INSURED_BY_UNIT)},
    base.ABROAD: "Ở nước ngoài",
    **{seen: EVIDENCE[seen] for seen in ("card_seen", "employer", "receipt", "school", "unit")},
}
ID_FINDINGS = {
    "personal_id_province": "Ba số đầu không phải mã tỉnh",
    "personal_id_sex": "Không khớp giới tính",
    "personal_id_birth_year": "Không khớp năm sinh",
    "personal_id_not_issued": "Có số nhưng ghi là chưa được cấp",
    base.SAME_ID: "Trùng số với người khác",
}
BIRTH_REGISTRATION = OTHER_VALUES["birth_registration"]
WORDS: Mapping[str, str] = {**SUPPORTED_FOR, **SUPPLEMENT, **ID_FINDINGS}
"""Marks whose words are kept by no list of the records."""

HAS_CARD = (Status.COVERED, Status.ELSEWHERE, Status.STARTING)
DONE, IN_TIME, LATE = "done", "in_time", "late"


def _each(
    cells: Callable[[str, Entry], list[str]],
) -> Callable[[str, Sequence[Entry]], list[list[str]]]:
    return lambda day, entries: [cells(day, entry) for entry in entries]


def _ending(day: str, entry: Entry) -> list[str]:
    return [number_words(days_left(day, entry.last_end))] if entry.last_end else [""]


def _lapsed(day: str, entries: Sequence[Entry]) -> list[list[str]]:
    tables = legal_tables()
    return [_lapsed_cells(tables, day, entry.last_end) for entry in entries]


def _lapsed_cells(tables: Tables, day: str, last_end: str | None) -> list[str]:
    if not last_end:
        return ["", ""]
    gone = number_words(days_between(last_end, day))
    found = waiting(tables, day, last_end)
    if isinstance(found, NotKnown):
        return [gone, lacks_words(found)]
    return [gone, day_words(found.last_without_wait)]


def _losing(day: str, entries: Sequence[Entry]) -> list[list[str]]:
    villages = sorted({entry.village_id for entry in entries})
    ends = {id_: end for people in losing(day, villages).values() for id_, end in people.items()}
    names = group_names(legal_tables(), day)
    return [_end_cells(day, ends[entry.id], names) for entry in entries]


def _end_cells(day: str, end: SupportEnd, names: Mapping[str, str]) -> list[str]:
    share = percent_words(str(end.share // 100))
    known = end.share_after is not None
    after = percent_words(str((end.share_after or 0) // 100)) if known else _("chưa biết")
    then = end.group_after or ""
    return [
        day_words(end.last_day),
        number_words(days_left(day, end.last_day)),
        "; ".join(_(SUPPORT_END[reason]) for reason in end.reasons),
        names.get(end.group, end.group),
        lacks_words(end.lacks) if end.lacks else names.get(then, then),
        f"{share} → {after}",
    ]


def newborn_state(day: str, birth_date: str | None, status: str) -> str:
    """Whether a newborn has a card, still has time, or the month of birth is over without one."""
    if status in HAS_CARD:
        return DONE
    return LATE if birth_date and last_day(birth_date[:7]) < day else IN_TIME


NEWBORN_WORDS = {
    DONE: "Đã có thẻ",
    IN_TIME: "Còn trong tháng sinh",
    LATE: "Quá tháng sinh chưa có thẻ",
}


def _newborn(day: str, entry: Entry) -> list[str]:
    told = entry.member.get("birth_registration")
    state = newborn_state(day, entry.member.get("birth_date"), entry.status)
    registered = _(BIRTH_REGISTRATION[told]) if told in BIRTH_REGISTRATION else _("chưa ghi")
    return [registered, _(NEWBORN_WORDS[state])]


def _child(day: str, entry: Entry) -> list[str]:
    told = entry.member.get("birth_registration")
    return [_(BIRTH_REGISTRATION[told]) if told in BIRTH_REGISTRATION else _("chưa ghi")]


def school_names(marks: Sequence[str]) -> dict[str, str]:
    """Marks of the pupils' list with their words: a school's name, or as it was typed."""
    found = db.session.execute(select(School.id, School.name).where(among(School.id, set(marks))))
    return {
        **{mark: mark for mark in marks},
        base.NO_SCHOOL: _("Chưa ghi trường"),
        **dict(found.all()),
    }


def _pupils(day: str, entries: Sequence[Entry]) -> list[list[str]]:
    names = school_names([entry.mark for entry in entries])
    return [[names[it.mark], it.member.get("school_class") or ""] for it in entries]


def _living(day: str, entry: Entry) -> list[str]:
    home = entry.household
    since, until = home.get("living_class_from"), home.get("living_class_to")
    source = home.get("living_class_source")
    return [
        word("living_class_source", source) if source else _("chưa ghi"),
        day_words(since),
        day_words(until),
    ]


def mark_words(mark: str, words: Mapping[str, str] | None) -> str:
    """One mark, or several with a comma between, in the reader's language."""
    known = words or WORDS
    return "; ".join(_(known[each]) if each in known else each for each in mark.split(",") if each)


def _marked(day: str, entry: Entry) -> list[str]:
    return [mark_words(entry.mark, entry.words)]


def _id_trouble(day: str, entries: Sequence[Entry]) -> list[list[str]]:
    shared = base.sharers(day, [it.id for it in entries if base.SAME_ID in it.mark])
    own = own_villages()
    return [
        [
            "; ".join(_(ID_FINDINGS[each]) for each in entry.mark.split(",")),
            "; ".join(
                name if village in own else _("người ở địa bàn khác")
                for _id, name, village in shared.get(entry.id, ())
            ),
        ]
        for entry in entries
    ]


def _aged(day: str, entry: Entry) -> list[str]:
    return [str(age_on(day, entry.member["birth_date"]))]


ENDING = Extra(((_l("Còn (ngày)"), 12),), _each(_ending))
LAPSED = Extra(((_l("Đã hết hạn (ngày)"), 14), (_l("Đóng chậm nhất để thẻ có ngay"), 18)), _lapsed)
LOSING = Extra(
    (
        (_l("Hết hỗ trợ sau ngày"), 18),
        (_l("Còn (ngày)"), 12),
        (_l("Vì sao hết hỗ trợ"), 34),
        (_l("Nhóm đang hưởng"), 30),
        (_l("Nhóm sau đó"), 30),
        (_l("Được trả, sau đó được trả"), 18),
    ),
    _losing,
)
NEWBORNS = Extra(((_l("Khai sinh"), 16), (_l("Thẻ của trẻ"), 24)), _each(_newborn))
CHILDREN = Extra(((_l("Khai sinh"), 16),), _each(_child))
PUPILS = Extra(((_l("Trường"), 30), (_l("Lớp"), 10)), _pupils)
LIVING = Extra(
    ((_l("Mức sống theo"), 14), (_l("Từ ngày"), 12), (_l("Đến ngày"), 12)), _each(_living)
)
MARKED = Extra(((_l("Vì sao có tên"), 32),), _each(_marked))
ID_TROUBLE = Extra(((_l("Điều không khớp"), 30), (_l("Trùng với"), 26)), _id_trouble)
AGED = Extra(((_l("Tuổi"), 8),), _each(_aged))
