"""TK1-TS as a paper to sign: one for each person, one annex for the household."""

from collections.abc import Iterator, Sequence

from server.domain.forms.head import FormHead, Row
from server.domain.forms.tk1 import (
    Home,
    Item,
    annex_columns,
    annex_head,
    annex_rows,
    form_words,
    items_of,
    needs_annex,
    unsure_items,
)
from server.pages.papers.blocks import (
    Abreast,
    Align,
    Annex,
    Block,
    Column,
    Head,
    Line,
    Paper,
    Part,
    Signature,
    Table,
    place_date,
)

LINE_MM, LETTER_MM, DOT_MM, GAP_MM = 160, 2.15, 4.3, 6
ROOM_MM = 18
ALIGN: dict[str, Align] = {"left": "left", "center": "center"}


def tk1_paper(head: FormHead, homes: Sequence[Home]) -> Paper:
    """The declarations of these households, each on pages of its own."""
    blocks: list[Block] = []
    for home in homes:
        annex = needs_annex(home)
        for row in home.declaring:
            if blocks:
                blocks.append(Annex())
            blocks.extend(_declaration(head, row, annex))
        if annex:
            blocks.append(Annex(landscape=True))
            blocks.extend(_annex(head, home))
    return Paper("tk1-ts", form_words()["form"], blocks)


def _declaration(head: FormHead, row: Row, annex: bool) -> Iterator[Block]:
    words = form_words()
    yield Line("form_part", words["form"], "right")
    yield Line("recipients_list", words["issued"], "right")
    yield Head(None, "", "")
    yield Line("type_name", words["title"])
    yield Line("form_part", words["subtitle"])
    for part in ("I", "II"):
        yield Line("form_part", words[f"part_{part}"], "left")
        for line in items_of(head, row, part, annex=annex):
            yield Abreast([Part(_told(item), item.share) for item in line])
    yield Line("table", words["promise"], "justify", indent=True)
    yield _signed(head, words["signer"], _signer(row))
    if unsure_items():
        yield Line("recipients_list", "* Nhãn chờ đối chiếu với bản gốc của mẫu.", "left")


def _signer(row: Row) -> str:
    """Who signs for a child is not certain: the place stays free."""
    return "" if row.get("guardian_name") else row["full_name"]


def _told(item: Item) -> str:
    """`[01]. Họ và tên: …`; dots to the end of its part of the line where nothing is known."""
    number = f"[{item.number.rstrip('*')}]{'*' if item.number.endswith('*') else ''}."
    text = f"{number} {item.label}:"
    if item.heading or item.value:
        return f"{text} {item.value}".rstrip()
    free = LINE_MM * item.share / 100 - LETTER_MM * len(text) - GAP_MM
    return f"{text} {'…' * max(2, int(free / DOT_MM))}"


def _annex(head: FormHead, home: Home) -> Iterator[Block]:
    words = form_words()
    yield Line("annex_word", words["annex_word"])
    yield Line("annex_title", words["annex_title"])
    yield Line("annex_reference", words["annex_reference"], rule=True)
    for label, value in annex_head(head, home):
        yield Line("table", f"{label}: {value or '…' * 24}", "left")
    columns = [
        Column(one["label_vi"].replace("/", "/\u200b"), int(one["width_mm"]), ALIGN[one["align"]])
        for one in annex_columns()
    ]
    yield Table(columns, annex_rows(head, home))
    yield _signed(head, words["annex_signer"], home.declaring[0].get("household_head") or "")


def _signed(head: FormHead, title: str, name: str) -> Signature:
    place = head.commune.removeprefix("Xã ").removeprefix("Phường ").removeprefix("Đặc khu ")
    hint, on = "(Ký, ghi rõ họ tên)", place_date(place, None)
    return Signature((), (title,), hint=hint, name=name, place_date=on, room_mm=ROOM_MM)
