"""A list of people on paper, by the layout of NĐ 30/2020/NĐ-CP. Paper passes through more hands
than a screen: no id numbers, no telephone numbers."""

from collections.abc import Iterable, Iterator, Sequence

from server.domain.numbers import day_words, number_words
from server.domain.words import STATUS, UNINSURED_REASON
from server.lists.entries import Entry
from server.lists.export import extras
from server.lists.kinds import PeopleList
from server.pages.papers.blocks import Block, Column, Head, Line, Paper, Signature, Table, para
from server.pages.papers.commune import called, head_of, signed

MOST_PRINTED = 2_000
"""Lines of a paper. More is no paper that anybody reads; Excel takes them all."""
WIDTH_MM = 162
SYMBOL = "DS"


def people_paper(
    which: PeopleList,
    heading: str,
    day: str,
    batches: Iterable[list[Entry]],
    total: int,
    commune: str,
    told: Sequence[str],
) -> Paper:
    """`told`: what the paper says beneath its table, the completeness line and that it is not to be
    posted. `commune` is empty where the list is of several."""
    extra = " / ".join(str(label) for label, _ in which.extra.columns) if which.extra else ""
    columns = (
        Column("TT", 10, "center"),
        Column("Họ và tên", 40),
        Column("Ngày sinh", 22, "center"),
        Column("Thôn, mã hộ", 32),
        Column("Tình trạng thẻ", 26),
        Column(extra or "Lý do chưa có thẻ", WIDTH_MM - 130),
    )
    opening = f"Đến ngày {day_words(day)} có {number_words(total)} người:"
    return Paper(
        f"danh-sach-{which.key.replace('_', '-')}",
        heading,
        [
            *top(commune, heading, day),
            para(opening),
            Table(columns, list(_rows(which, day, batches))),
            *(para(sentence) for sentence in told),
            signature(commune),
        ],
    )


def _rows(which: PeopleList, day: str, batches: Iterable[list[Entry]]) -> Iterator[tuple[str, ...]]:
    number = 0
    for batch in batches:
        for entry, more in zip(batch, extras(which, day, batch), strict=True):
            number += 1
            reason = UNINSURED_REASON.get(entry.member.get("uninsured_reason") or "", "")
            yield (
                str(number),
                entry.member["full_name"],
                day_words(entry.member.get("birth_date")),
                ", ".join(filter(None, (entry.village, entry.household.get("code")))),
                _card_words(entry),
                " / ".join(filter(None, more)) if which.extra else reason,
            )


def _card_words(entry: Entry) -> str:
    status = STATUS[entry.status]
    return f"{status}, đến {day_words(entry.last_end)}" if entry.last_end else status


def top(commune: str, about: str, day: str) -> list[Block]:
    head = head_of(commune, SYMBOL, None, day) if commune else Head(None, "", "")
    return [head, Line("type_name", "DANH SÁCH"), Line("abstract", about, rule=True)]


def signature(commune: str) -> Signature:
    if commune:
        return signed((f"- UBND {called(commune)};", "- Lưu: VT."))
    return Signature((), ("NGƯỜI LẬP BIỂU",), hint="(Ký, ghi rõ họ tên)")
