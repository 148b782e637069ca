"""What the room says: of a place in one sentence, of a kind, of a group, of a next step."""

from flask_babel import lazy_gettext as _l

from server.domain.card_lists.reasons import REASONS
from server.domain.numbers import day_words
from server.domain.steering.steps import Do, Step
from server.pages.not_known import lacks_words
from server.pages.plurals import said as _

GROUPS = {
    "children": _l("Trẻ dưới 6 tuổi"),
    "pupils": _l("Học sinh, sinh viên"),
    "poor": _l("Hộ nghèo"),
    "near_poor": _l("Hộ cận nghèo"),
    "farm_households": _l("Hộ nông nghiệp mức sống trung bình"),
    "minority": _l("Dân tộc thiểu số được hỗ trợ"),
    "merit": _l("Người có công và thân nhân"),
    "social_protection": _l("Trợ cấp xã hội, tiền tuất"),
}
DENOMINATORS = {
    "children": _l("trẻ chưa đủ 72 tháng đang ở đây"),
    "pupils": _l("người đang đi học ở đây"),
    "poor": _l("người trong hộ nghèo còn hạn"),
    "near_poor": _l("người trong hộ cận nghèo còn hạn"),
    "farm_households": _l("người trong hộ đã công nhận còn hạn"),
    "minority": _l("người được hỗ trợ do nơi ở hoặc do hộ"),
    "merit": _l("người có công và thân nhân đang hưởng"),
    "social_protection": _l("người đang hưởng, tiền tuất thì đủ tuổi"),
}


def step_words(step: Step, *, short: bool = False) -> str:
    """What to do next, as somebody would say it; `short` where there is room for two lines."""
    told = step.told
    if step.do == Do.LAW_NOT_KNOWN and step.lacks is not None:
        return lacks_words(step.lacks)
    if step.do == Do.SENT_BACK:
        reason = REASONS[told["reason"]]
        back = _("Trong danh sách số %(number)s, BHXH trả lại: %(what)s",
                 number=told["number"], what=_lower(_(reason.what)))  # fmt: skip
        return back if short else f"{back}. {_(reason.todo)}"
    if step.do == Do.AWAIT_INSURANCE:
        return _("Đã gửi trong danh sách số %(number)s ngày %(day)s, chờ BHXH trả lời",
                 number=told["number"], day=day_words(told["since"]))  # fmt: skip
    if step.do == Do.RENEW:
        return _("Vận động đóng tiếp trước hết ngày %(day)s để thẻ có hiệu lực ngay",
                 day=day_words(told["day"]))  # fmt: skip
    return str(STEPS[step.do])


def _lower(words: str) -> str:
    return words if words.startswith("BHXH") else words[:1].lower() + words[1:]


STEPS = {
    Do.MEND_ENROLMENT: _l("Xã trả lại hồ sơ: bổ sung rồi nộp lại"),
    Do.SEND_LIST: _l("Đã vào danh sách: trình ký và gửi BHXH"),
    Do.AWAIT_LIST: _l("Đã nộp hồ sơ, chờ danh sách"),
    Do.AWAIT_START: _l("Đã có thẻ, chờ ngày có hiệu lực"),
    Do.REGISTER_BIRTH: _l("Chưa có giấy khai sinh: nhắc gia đình đăng ký"),
    Do.ASK: _l("Chưa hỏi: thăm nhà"),
    Do.LOOK_UP: _l("Chưa rõ hạn: tra cứu rồi ghi lại"),
    Do.GET_ID: _l("Chưa có số định danh: xin xem giấy tờ rồi ghi"),
    Do.MAKE_LIST: _l("Ngân sách đóng: lập danh sách D03"),
    Do.EMPLOYER: _l("Nơi làm việc hoặc quỹ BHXH đóng: nhắc lập danh sách"),
    Do.SCHOOL: _l("Nhà trường thu và lập danh sách: báo cho trường"),
    Do.PERSUADE_SUPPORTED: _l("Được hỗ trợ một phần: vận động đóng phần còn lại"),
    Do.PERSUADE: _l("Vận động tham gia theo hộ gia đình"),
}
