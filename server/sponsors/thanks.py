"""Whom to thank: what each sponsor gave in a period. No recipient is named: all may read it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from server.domain.numbers import day_words, number_words
from server.pages.papers.blocks import Column, Line, Paper, Table, para
from server.pages.papers.commune import called, head_of, signed
from server.pages.scope import own_villages
from server.pages.words import word
from server.store.db import db
from server.store.places import Area
from server.store.sponsor_cards import Sponsored, cards_of_sponsors, money_of
from server.store.sponsors import RECEIVED, Sponsor

COLUMNS = (
    Column("TT", 10, "center"),
    Column("Tổ chức, cá nhân", 44),
    Column("Loại", 24),
    Column("Đã ủng hộ (đồng)", 26, "right"),
    Column("Số thẻ", 14, "right"),
    Column("Tiền thẻ (đồng)", 24, "right"),
    Column("Thôn, tổ dân phố", 24),
)
RECIPIENTS = ("- Các tổ chức, cá nhân có tên trên;", "- Các thôn, tổ dân phố;", "- Lưu: VT.")


@dataclass(frozen=True, slots=True)
class Thanks:
    """One sponsor in a period. Whole đồng: `received` by the day of the money, `cards` and `amount`
    of what was given by the day of the promise and neither taken back nor lapsed."""

    name: str
    kind: str
    received: int
    cards: int
    amount: int
    villages: list[str]


def thanks_of(commune: Area, since: str, until: str, day: str) -> list[Thanks]:
    """The commune's sponsors who gave anything in these days, both included; the most first."""
    sponsors = list(db.session.scalars(select(Sponsor).where(Sponsor.commune_id == commune.id)))
    ids = [one.id for one in sponsors]
    money = money_of(ids, since, until)
    cards: dict[str, list[Sponsored]] = defaultdict(list)
    for card in cards_of_sponsors(ids, day):
        if since <= (card.data.get("agreed_on") or "") <= until and card.given:
            cards[card.sponsor].append(card)
    found = [_thanks(one, money[one.id][RECEIVED], cards[one.id]) for one in sponsors]
    given = [one for one in found if one.received or one.cards]
    return sorted(given, key=lambda it: (-max(it.received, it.amount), it.name))


def _thanks(sponsor: Sponsor, received: int, cards: Sequence[Sponsored]) -> Thanks:
    villages = own_villages()
    names = {villages[card.village].name for card in cards if card.village in villages}
    amount = sum(card.given for card in cards)
    return Thanks(sponsor.name, sponsor.kind, received, len(cards), amount, sorted(names))


def thanks_rows(lines: Sequence[Thanks]) -> list[tuple[str | int, ...]]:
    """The cells of the list, as the paper and the spreadsheet show them."""
    return [
        (
            at,
            one.name,
            word("sponsor_kind", one.kind),
            one.received,
            one.cards,
            one.amount,
            ", ".join(one.villages),
        )
        for at, one in enumerate(lines, 1)
    ]


def thanks_paper(commune: str, lines: Sequence[Thanks], since: str, until: str, day: str) -> Paper:
    """The notice in which the commune thanks its sponsors."""
    cards = sum(one.cards for one in lines)
    amount = sum(one.amount for one in lines)
    received = sum(one.received for one in lines)
    total = ("", "Cộng", "", received, cards, amount, "")
    table = [
        tuple(number_words(cell) if isinstance(cell, int) else cell for cell in row)
        for row in (*thanks_rows(lines), total)
    ]
    return Paper(
        "cam-on-nha-tai-tro",
        "Cảm ơn nhà tài trợ",
        [
            head_of(commune, "TB", None, day),
            Line("type_name", "THÔNG BÁO"),
            Line("abstract", "Danh sách tổ chức, cá nhân tài trợ thẻ bảo hiểm y tế", rule=True),
            para(
                f"Từ ngày {day_words(since)} đến ngày {day_words(until)}, các tổ chức, cá nhân sau "
                f"đây đã {_given(received, cards, amount)} cho người có hoàn cảnh khó khăn trên "
                f"địa bàn {called(commune)}:"
            ),
            Table(COLUMNS, table),
            para(
                f"Ủy ban nhân dân {called(commune)} trân trọng cảm ơn các tổ chức, cá nhân đã chia "
                "sẻ với người dân và mong tiếp tục nhận được sự quan tâm, ủng hộ./."
            ),
            signed(RECIPIENTS),
        ],
    )


def _given(received: int, cards: int, amount: int) -> str:
    """Money, cards, or both, in one sentence."""
    words = [f"ủng hộ {number_words(received)} đồng để mua thẻ bảo hiểm y tế"] if received else []
    if cards:
        worth = f"với số tiền {number_words(amount)} đồng"
        words.append(f"tài trợ {number_words(cards)} thẻ bảo hiểm y tế {worth}")
    return " và ".join(words)
