"""What the room says: of a place in one sentence, of a kind, of a group, of a next step."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from server.domain.card_lists.reasons import REASONS
from server.domain.numbers import day_words, days_left, number_words, percent_words
from server.domain.steering.heads import Heads
from server.domain.steering.kinds import Kind
from server.domain.steering.steps import Do, Step
from server.pages.not_known import lacks_words
from server.pages.plurals import said as _

KINDS = {
    Kind.CHILD: _l("Trẻ dưới 6 tuổi"),
    Kind.POOR: _l("Hộ nghèo"),
    Kind.POLICY: _l("Người có công, trợ cấp xã hội"),
    Kind.NEAR_POOR: _l("Hộ cận nghèo"),
    Kind.MINORITY: _l("Dân tộc thiểu số được hỗ trợ"),
    Kind.PUPIL: _l("Học sinh, sinh viên"),
    Kind.FARM: _l("Hộ nông nghiệp mức sống trung bình"),
    Kind.LAPSED: _l("Vừa hết hạn thẻ"),
    Kind.OTHER: _l("Người khác"),
}
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


def kind_count(kind: str, number: int, gap_days: int | None) -> str:
    """'4 trẻ dưới 6 tuổi', as it stands in a sentence."""
    n = number_words(number)
    words = {
        Kind.CHILD: _("%(n)s trẻ dưới 6 tuổi", n=n),
        Kind.POOR: _("%(n)s người nghèo", n=n),
        Kind.POLICY: _("%(n)s người có công và trợ cấp", n=n),
        Kind.NEAR_POOR: _("%(n)s người cận nghèo", n=n),
        Kind.MINORITY: _("%(n)s người dân tộc thiểu số được hỗ trợ", n=n),
        Kind.PUPIL: _("%(n)s học sinh sinh viên", n=n),
        Kind.FARM: _("%(n)s người hộ nông nghiệp", n=n),
        Kind.LAPSED: _("%(n)s hết hạn chưa quá %(days)s ngày", n=n, days=gap_days),
        Kind.OTHER: _("%(n)s người khác", n=n),
    }
    return words[Kind(kind)]


def kinds_words(kinds: Mapping[str, int], gap_days: int | None) -> str:
    """All kinds that there are, those who can be won soonest first."""
    return ", ".join(kind_count(kind, kinds[kind], gap_days) for kind in Kind if kinds.get(kind))


def sentence(heads: Heads, gap_days: int | None) -> str:
    """How a place stands, in one sentence that names nobody."""
    kinds = kinds_words(heads.kinds or {}, gap_days)
    won = _won(heads)
    if heads.missing and heads.missing == heads.uninsured and kinds:
        named = _("còn thiếu %(n)s người: %(kinds)s", n=number_words(heads.missing), kinds=kinds)
        return f"{named}; {won}"
    parts = [_missing(heads)]
    if not heads.uninsured:
        parts.append(_("không còn ai đã hỏi mà chưa có thẻ"))
    else:
        number = number_words(heads.uninsured)
        told = _("chưa có thẻ %(n)s người", n=number)
        parts += [f"{told}: {kinds}" if kinds else told, won]
    if heads.still_missing:
        parts.append(_("vẫn thiếu %(n)s người", n=number_words(heads.still_missing)))
    return "; ".join(parts)


def _missing(heads: Heads) -> str:
    if heads.missing is None:
        return _("chưa có chỉ tiêu")
    if not heads.missing:
        return _("đã đạt chỉ tiêu")
    return _("còn thiếu %(n)s người", n=number_words(heads.missing))


def _won(heads: Heads) -> str:
    return _("vận động xong đạt %(rate)s", rate=percent_words(heads.rate_won))


def whole_words(heads: Heads) -> str:
    """The denominator of the rates, named."""
    number = number_words(heads.whole)
    if heads.population:
        return _("trên %(n)s người dân số giao", n=number)
    return _("trên %(n)s người đã ghi", n=number)


def reached(heads: Heads) -> str:
    """The rate with its denominator, and the target that it is held against."""
    told = f"{_('Đang đạt %(rate)s', rate=percent_words(heads.rate))} {whole_words(heads)}"
    if heads.goal_rate is None:
        return told
    goal = percent_words(heads.goal_rate)
    if heads.year is None:
        return f"{told}; {_('chỉ tiêu %(rate)s', rate=goal)}"
    return f"{told}; {_('chỉ tiêu năm %(year)s: %(rate)s', year=heads.year, rate=goal)}"


def capital(words: str) -> str:
    """As a sentence begins."""
    return words[:1].upper() + words[1:]


def beside(heads: Heads) -> str:
    """Who is in no kind because nobody knows their card; empty where there is nobody."""
    told = []
    if heads.unconfirmed:
        told.append(_("%(n)s chưa rõ hạn", n=number_words(heads.unconfirmed)))
    if heads.not_asked:
        told.append(_("%(n)s chưa hỏi", n=number_words(heads.not_asked)))
    return _("Đứng bên cạnh: %(who)s.", who=", ".join(told)) if told else ""


def deadline(heads: Heads, day: str) -> str:
    """Empty without one."""
    if not heads.deadline:
        return ""
    left = days_left(day, heads.deadline)
    on = day_words(heads.deadline)
    if left < 0:
        return _("hạn %(day)s, đã quá %(n)s ngày", day=on, n=number_words(-left))
    return _("hạn %(day)s, còn %(n)s ngày", day=on, n=number_words(left))


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
