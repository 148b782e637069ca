"""How many heads a place misses, in sentences that name nobody: on pages, pictures and papers."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from server.domain.numbers import day_words, days_left, number_words, percent_words
from server.domain.steering.heads import Heads
from server.domain.steering.kinds import Kind
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


KINDS_SHORT = {
    Kind.CHILD: _l("trẻ"),
    Kind.POOR: _l("nghèo"),
    Kind.POLICY: _l("chính sách"),
    Kind.NEAR_POOR: _l("cận nghèo"),
    Kind.MINORITY: _l("dân tộc"),
    Kind.PUPIL: _l("học sinh"),
    Kind.FARM: _l("hộ nông nghiệp"),
    Kind.LAPSED: _l("vừa hết hạn"),
    Kind.OTHER: _l("khác"),
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


def short_kinds(kinds: Mapping[str, int]) -> str:
    """All kinds that there are where there is room for a line or two: '3 trẻ, 1 nghèo'."""
    told = ((kinds.get(kind), words) for kind, words in KINDS_SHORT.items())
    return ", ".join(f"{number_words(number)} {words}" for number, words in told if number)


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
