"""Every list of the commune, in the order of the index."""

from flask_babel import lazy_gettext as _l

from schemas.kinds import UNINSURED, Role, Status
from server.domain.field_words import ENTITLEMENT, PERSONAL_ID_STATE
from server.domain.words import WORK
from server.errors import Problem
from server.lists import columns
from server.lists.kinds import OFFICES, WHO, Link, PeopleList, TableList, Window
from server.pages.list_names import name_lists
from server.store import action_lists as base

ALL_UNINSURED, ENDING, LAPSED, LOSING, NEWBORNS, PUPILS = (
    "uninsured",
    "ending",
    "lapsed",
    "losing",
    "newborns",
    "pupils",
)
BY_STATUS = "status"
GAP_DAYS = 90
"""Which lapsed cards a collector still visits first; the last day without waiting is the law's own
(row `gap_waiting_days`) and stands beside each name."""

ListOfAnyKind = PeopleList | TableList | Link

GROUPS = {
    BY_STATUS: _l("Theo tình trạng thẻ"),
    "soon": _l("Phải làm kịp ngày"),
    "people": _l("Theo nhóm người"),
    "check": _l("Phải đối chiếu"),
    "money": _l("Thu tiền và người thu"),
}

_REASONS = (*WHO, "reason")

_VILLAGE_TEAM = _l("Tổ rà soát thôn, nhân viên thu")
_COLLECTORS = _l("Nhân viên thu, trưởng thôn")
_COMMITTEE = _l("Ban Chỉ đạo xã, UBND xã")
_OFFICE = _l("UBND xã")
_BHXH = _l("BHXH cơ sở")


def _standing(status: Status, title: object, about: object) -> PeopleList:
    return PeopleList(status.value, BY_STATUS, title, about, _VILLAGE_TEAM, (status.value,),
                      offers=_REASONS)  # fmt: skip


CATALOGUE: tuple[ListOfAnyKind, ...] = (
    TableList(
        "statuses",
        BY_STATUS,
        _l("Đếm theo tình trạng thẻ"),
        _l("Từng thôn bao nhiêu người còn hạn, hết hạn, chưa có; bên cạnh là chưa rõ, chưa hỏi."),
        _COMMITTEE,
    ),
    PeopleList(
        ALL_UNINSURED,
        BY_STATUS,
        _l("Người chưa có BHYT"),
        _l("Ai đã hỏi mà hết hạn hoặc chưa có thẻ, để đến vận động."),
        _VILLAGE_TEAM,
        UNINSURED,
        offers=_REASONS,
    ),
    _standing(Status.EXPIRED, _l("Người hết hạn thẻ"), _l("Từng có thẻ, nay đã hết hạn.")),
    _standing(Status.NONE, _l("Người chưa từng có thẻ"), _l("Đã hỏi, chưa có thẻ bao giờ.")),
    _standing(
        Status.UNCONFIRMED,
        _l("Người chưa rõ hạn thẻ"),
        _l("Có thẻ mà chưa biết hạn: tra cứu rồi ghi lại."),
    ),
    _standing(Status.NOT_ASKED, _l("Người chưa hỏi"), _l("Chưa ai hỏi về thẻ: phải hỏi trước.")),
    _standing(
        Status.STARTING,
        _l("Người chờ thẻ có hiệu lực"),
        _l("Đã đóng hoặc đã cấp, thẻ bắt đầu sau ngày này."),
    ),
    _standing(
        Status.ELSEWHERE,
        _l("Người có thẻ nơi khác"),
        _l("Lực lượng vũ trang và thân nhân, do đơn vị lập danh sách."),
    ),
    _standing(Status.COVERED, _l("Người có thẻ còn hạn"), _l("Thẻ đã xác minh còn hạn.")),
    PeopleList(
        ENDING,
        "soon",
        _l("Người có thẻ sắp hết hạn"),
        _l("Thẻ hết hạn trong những ngày tới mà chưa có thẻ nối tiếp."),
        _COLLECTORS,
        (Status.COVERED.value,),
        window=Window(_l("Hết hạn trong (ngày)"), 30, 366, (30, 60, 90)),
        extra=columns.ENDING,
        sort="end",
    ),
    PeopleList(
        LAPSED,
        "soon",
        _l("Người vừa gián đoạn thẻ"),
        _l("Thẻ hết hạn chưa quá 90 ngày: đóng kịp thì thẻ mới có hiệu lực ngay."),
        _COLLECTORS,
        (Status.EXPIRED.value,),
        offers=_REASONS,
        window=Window(_l("Hết hạn chưa quá (ngày)"), GAP_DAYS, 366, (30, 60, 90)),
        extra=columns.LAPSED,
        sort="end",
    ),
    PeopleList(
        LOSING,
        "soon",
        _l("Người sắp hết hỗ trợ"),
        _l("Ai đang được trả toàn bộ hoặc một phần mà sau ngày ghi ở đây được trả ít hơn."),
        _VILLAGE_TEAM,
        reader=base.losing_days,
        window=Window(_l("Hết hỗ trợ trong (ngày)"), 90, 90, (30, 60, 90)),
        extra=columns.LOSING,
    ),
    PeopleList(
        NEWBORNS,
        "soon",
        _l("Trẻ mới sinh"),
        _l("Đã sinh, đã khai sinh, đã có thẻ: phải có thẻ ngay trong tháng sinh."),
        _l("Công chức tư pháp - hộ tịch, BHXH cơ sở"),
        condition=base.newborns,
        offers=("sex", "minority"),
        window=Window(_l("Sinh trong (tháng)"), 3, base.NEWBORN_MONTHS, (1, 3, 6, 12)),
        extra=columns.NEWBORNS,
        sort="birth",
    ),
    TableList(
        "categories",
        "people",
        _l("Bảng tổng hợp theo nhóm người"),
        _l("Từng thôn, từng nhóm có bao nhiêu người và thẻ của họ ra sao."),
        _OFFICE,
    ),
    PeopleList(
        "children",
        "people",
        _l("Trẻ dưới 6 tuổi"),
        _l("Được cấp thẻ không mất tiền: ai chưa có thẻ thì làm ngay."),
        _l("UBND xã, BHXH cơ sở"),
        condition=base.CATEGORIES["children"],
        offers=("sex", "minority", "living", "presence"),
        extra=columns.CHILDREN,
        category=True,
    ),
    PeopleList(
        PUPILS,
        "people",
        _l("Học sinh, sinh viên theo trường"),
        _l("Mỗi trường một tệp riêng: ai chưa có thẻ, ai sắp hết hạn."),
        _l("Nhà trường, UBND xã"),
        condition=base.CATEGORIES["pupils"],
        offers=("mark", "age", "sex", "minority", "living"),
        extra=columns.PUPILS,
        mark_label=_l("Trường"),
        by_mark=True,
        category=True,
    ),
    PeopleList(
        "poor",
        "people",
        _l("Người thuộc hộ nghèo"),
        _l("Ngân sách đóng toàn bộ: lập danh sách cấp thẻ, không sót, không trùng."),
        _BHXH,
        condition=base.CATEGORIES["poor"],
        extra=columns.LIVING,
        category=True,
    ),
    PeopleList(
        "near_poor",
        "people",
        _l("Người thuộc hộ cận nghèo"),
        _l("Nhà nước hỗ trợ đóng: ai chưa có thẻ thì vận động, lập danh sách."),
        _BHXH,
        condition=base.CATEGORIES["near_poor"],
        extra=columns.LIVING,
        category=True,
    ),
    PeopleList(
        "minority",
        "people",
        _l("Người dân tộc thiểu số được hỗ trợ"),
        _l("Do nơi ở, do xã vừa ra khỏi vùng khó khăn, hoặc do hộ nghèo, cận nghèo."),
        _BHXH,
        condition=base.CATEGORIES["minority"],
        offers=("mark", "age", "sex", "living", "farm", "presence", "group"),
        extra=columns.MARKED,
        mark_label=_l("Được hỗ trợ vì"),
        marks=columns.SUPPORTED_FOR,
        category=True,
    ),
    PeopleList(
        "merit",
        "people",
        _l("Người có công và thân nhân"),
        _l("Ngân sách đóng toàn bộ: ai chưa có thẻ thì rà soát, đề nghị cấp."),
        _BHXH,
        condition=base.CATEGORIES["merit"],
        offers=("mark", *WHO),
        extra=columns.MARKED,
        mark_label=_l("Diện"),
        marks={kind: ENTITLEMENT[kind] for kind in base.MERIT},
        category=True,
    ),
    PeopleList(
        "social_protection",
        "people",
        _l("Người hưởng trợ cấp xã hội, tiền tuất"),
        _l("Ngân sách đóng toàn bộ: ai chưa có thẻ thì rà soát, đề nghị cấp."),
        _BHXH,
        condition=base.CATEGORIES["social_protection"],
        offers=("mark", *WHO),
        extra=columns.MARKED,
        mark_label=_l("Diện"),
        marks={kind: ENTITLEMENT[kind] for kind in base.SOCIAL_PROTECTION},
        category=True,
    ),
    PeopleList(
        "social_pension",
        "people",
        _l("Người hưởng trợ cấp hưu trí xã hội"),
        _l("Từ 75 tuổi, hoặc từ 70 tuổi nếu nghèo, cận nghèo: thẻ do ngân sách đóng."),
        _BHXH,
        condition=base.CATEGORIES["social_pension"],
        category=True,
    ),
    PeopleList(
        "farm_households",
        "people",
        _l("Người thuộc hộ nông nghiệp mức sống trung bình"),
        _l("Hộ đã được công nhận và còn hạn: nhà nước hỗ trợ đóng, vận động cả nhà."),
        _BHXH,
        condition=base.CATEGORIES["farm_households"],
        offers=tuple(name for name in WHO if name != "farm"),
        category=True,
    ),
    Link(
        "/farm/register",
        "people",
        _l("Sổ hộ nông nghiệp đã công nhận"),
        _l("Hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình, theo quyết định."),
        _l("BHXH cơ sở; niêm yết theo quy định"),
    ),
    Link(
        "/farm/campaign",
        "people",
        _l("Người trong hộ nông nghiệp chưa có thẻ"),
        _l("Đến từng nhà vận động, kèm số tiền phải đóng."),
        _COLLECTORS,
    ),
    PeopleList(
        "pensioners",
        "people",
        _l("Người hưởng lương hưu từ 80 tuổi"),
        _l("Xác minh còn sống, còn ở đây, để chi trả đúng người."),
        _BHXH,
        condition=base.pensioners,
        offers=("sex", "presence", "minority"),
        extra=columns.AGED,
    ),
    PeopleList(
        "wage_workers",
        "people",
        _l("Người làm công chưa tham gia BHXH bắt buộc"),
        _l("Có làm công hưởng lương mà chưa đóng, hoặc chưa hỏi về BHXH."),
        _BHXH,
        condition=base.wage_workers,
        offers=("mark", "age", "sex", "presence", "social", "group"),
        extra=columns.MARKED,
        mark_label=_l("Việc làm"),
        marks={work: WORK[work] for work in ("wage_contract", "wage_no_contract")},
    ),
    TableList(
        "changes",
        "check",
        _l("Tăng, giảm trong tháng"),
        _l("Sinh, mất, chuyển đến, chuyển đi và căn cứ; nghe tại nhà thì phải đối chiếu hộ tịch."),
        _BHXH,
        monthly=True,
        named=True,
    ),
    PeopleList(
        "supplement",
        "check",
        _l("Có thẻ nhưng có thể ngoài danh sách BHXH"),
        _l("Lực lượng vũ trang và thân nhân, người ở nước ngoài, thẻ mới thấy tại nhà."),
        _COMMITTEE,
        condition=base.supplement,
        offers=("mark", *WHO),
        extra=columns.MARKED,
        mark_label=_l("Căn cứ"),
        marks=columns.SUPPLEMENT,
    ),
    PeopleList(
        "without_id",
        "check",
        _l("Người có thẻ chưa có số định danh"),
        _l("Đề nghị Công an xã tra cứu, bổ sung số định danh cá nhân."),
        _l("Công an xã"),
        (Status.COVERED.value, Status.ELSEWHERE.value, Status.STARTING.value,
         Status.UNCONFIRMED.value),
        condition=base.without_id,
        offers=("mark", "age", "sex", "presence", "minority"),
        extra=columns.MARKED,
        mark_label=_l("Giấy tờ định danh"),
        marks=PERSONAL_ID_STATE,
    ),
    PeopleList(
        "id_trouble",
        "check",
        _l("Số định danh không khớp"),
        _l("Số không khớp giới tính, năm sinh, tỉnh; hoặc hai người trùng một số."),
        _l("Công an xã, BHXH cơ sở"),
        reader=base.id_trouble,
        offers=("mark", "age", "sex", "presence"),
        extra=columns.ID_TROUBLE,
        mark_label=_l("Điều không khớp"),
        marks=columns.ID_FINDINGS,
    ),
    TableList(
        "bought",
        "money",
        _l("Người đã tham gia theo người thu"),
        _l("Trong tháng mỗi người thu được bao nhiêu người, bao nhiêu tiền."),
        _l("UBND xã, BHXH cơ sở, Ban Chỉ đạo"),
        monthly=True,
        roles=OFFICES,
    ),
    Link(
        "/cash",
        "money",
        _l("Sổ thu tiền từng ngày"),
        _l("Tiền mặt, chuyển khoản, đã nộp, còn giữ của từng người thu."),
        _OFFICE,
        roles=(Role.OFFICER, Role.ADMIN),
    ),
    TableList(
        "no_collector",
        "money",
        _l("Thôn, xã chưa có người thu đang hoạt động"),
        _l("Nơi không ai đang giữ số biên lai: cần giao người."),
        _l("UBND xã, BHXH cơ sở"),
        roles=OFFICES,
    ),
    Link(
        "/lists/funding",
        "money",
        _l("Nhu cầu kinh phí"),
        _l("Nếu mọi người chưa có thẻ cùng tham gia thì ai trả bao nhiêu."),
        _l("Phòng tài chính, UBND xã"),
        roles=(Role.SURVEYOR, *OFFICES),
    ),
)  # fmt: skip

BY_KEY = {one.key: one for one in CATALOGUE if not isinstance(one, Link)}
PEOPLE = {one.key: one for one in CATALOGUE if isinstance(one, PeopleList)}

name_lists({key: one.title for key, one in BY_KEY.items()})


def list_of(key: str, role: str) -> PeopleList | TableList:
    """The list of this name. Problems: not_found, not_allowed for who may not read it."""
    found = BY_KEY.get(key)
    if found is None:
        raise Problem("not_found")
    if role not in found.roles:
        raise Problem("not_allowed")
    return found


def people_list_of(key: str, role: str) -> PeopleList:
    """The same, of people only."""
    found = list_of(key, role)
    if not isinstance(found, PeopleList):
        raise Problem("not_found")
    return found
