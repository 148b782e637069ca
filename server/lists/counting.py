"""Tables of counts: how everybody stands village by village, and category by category."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from schemas.kinds import UNINSURED, Status
from server.domain.words import STATUS
from server.lists.catalogue import PEOPLE
from server.lists.query import marked_by_list
from server.lists.tables import Asked, Body, Head
from server.pages.sheets import Cell
from server.store.counts import abroad_by_village, counts_by_village
from server.store.roll import fit, rolls

BESIDE = (Status.STARTING, Status.UNCONFIRMED, Status.NOT_ASKED, Status.ELSEWHERE)


def statuses(asked: Asked) -> Body:
    """Has a card, expired, none; beside them, never inside, whoever is not known to be either."""
    shown = (Status.COVERED, *UNINSURED)
    by_village: dict[str, Counter[str]] = defaultdict(Counter)
    abroad = abroad_by_village(asked.day, asked.villages)
    for count in counts_by_village(asked.day, asked.villages):
        by_village[count.village_id][count.status] += count.people
    rows: list[list[Cell]] = [
        [
            name,
            *(by_village[village][status] for status in shown),
            sum(by_village[village][status] for status in UNINSURED),
            *(by_village[village][status] for status in BESIDE),
            sum(by_village[village].values()),
            abroad[village],
        ]
        for village, name in asked.ground.villages.items()
    ]
    heads = [
        Head(_l("Thôn, tổ dân phố"), 26),
        *(Head(_(STATUS[status]), 12, number=True) for status in shown),
        Head(_l("chưa có BHYT"), 12, number=True),
        *(Head(_(STATUS[status]), 12, number=True) for status in BESIDE),
        Head(_l("tất cả"), 12, number=True),
        Head(_l("trong đó ở nước ngoài"), 12, number=True),
    ]
    return Body(
        heads,
        rows,
        _sums(rows),
        (
            _("Chưa có BHYT là hết hạn cộng chưa có thẻ. Chờ hiệu lực, chưa rõ hạn, chưa hỏi và có"
              " thẻ nơi khác đứng bên cạnh, không tính vào."),
        ),
        links=[f"/lists/uninsured?area={village}" for village in asked.ground.villages],
    )  # fmt: skip


def _sums(rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    numbers = zip(*(row[1:] for row in rows), strict=True)
    return [_("Cộng"), *(sum(n for n in column if isinstance(n, int)) for column in numbers)]


CATEGORIES = [one for one in PEOPLE.values() if one.category]


def categories(asked: Asked) -> Body:
    """Every category of every village: a person may belong to several, so they add up to no
    whole."""
    order = tuple(Status)
    heads = [
        Head(_l("Thôn, tổ dân phố"), 26),
        Head(_l("Nhóm người"), 34),
        *(Head(_(STATUS[status]), 12, number=True) for status in order),
        Head(_l("tất cả"), 12, number=True),
    ]
    villages = asked.ground.villages
    if not fit(counts_by_village(asked.day, asked.villages)):
        return Body(heads, [], None, (_("Địa bàn rộng quá để đếm một lượt. Chọn một xã."),))
    counted = _by_category(asked)
    rows: list[list[Cell]] = []
    links = []
    for village, name in (("", _("Cả địa bàn")), *villages.items()):
        for which in CATEGORIES:
            of = (
                _whole(counted[which.key], villages) if not village else counted[which.key][village]
            )
            if village and not of:
                continue
            rows.append([name, str(which.title), *(of[s] for s in order), sum(of.values())])
            links.append(f"/lists/{which.key}" + (f"?area={village}" if village else ""))
    remark = _("Một người có thể thuộc nhiều nhóm, nên các nhóm không cộng lại thành dân số.")
    return Body(heads, rows, None, (remark,), links=links, link_at=1)


def _by_category(asked: Asked) -> dict[str, dict[str, Counter[str]]]:
    people = rolls(asked.day, asked.villages)
    standing = {
        village: {one.id: one.status for of in roll.values() for one in of}
        for village, roll in people.items()
    }
    found: dict[str, dict[str, Counter[str]]] = {}
    marked = marked_by_list(CATEGORIES, asked.day, asked.villages)
    for which in CATEGORIES:
        marks = marked[which.key] or {}
        found[which.key] = {
            village: Counter(standing[village][id_] for id_ in marks[village])
            for village in asked.villages
        }
    return found


def _whole(counts: Mapping[str, Counter[str]], villages: Iterable[str]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for village in villages:
        whole.update(counts[village])
    return whole
