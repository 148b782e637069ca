"""The items of the legal tables to which rows may be added: their unit, and where they may hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.domain.legal.support import VOLUNTARY, support_category
from server.domain.legal.tables import LegalRow, Tables

CLOSED = ("group_order",)
"""The order of the law is woven into the rules: another one needs another version of them."""
LOCAL = "local_support"
EVERY_OTHER = "every_other_group"
MAY_HAVE_SUPPORT = ("4", "5")
SETTLEMENTS = ("rural", "urban")
VOLUNTARY_SUPPORT = "support_percent_"
"""Before the kind of person, the items of the state's share of voluntary social insurance."""
MONEY = "VND"
PERCENT = "percent"
UNLIMITED = "none"


@dataclass(frozen=True, slots=True)
class Slot:
    """An item to which rows may be added: what it is called, its unit, where it may hold."""

    table: str
    item: str
    name: str
    unit: str
    places: tuple[str, ...]
    may_be_unlimited: bool = False

    @property
    def kind(self) -> str:
        return kind_of_unit(self.unit)


def kind_of_unit(unit: str) -> str:
    """`VND/month` is VND, `percent of the base salary` percent; other units are themselves."""
    head = re.split(r"[/ ]", unit, maxsplit=1)[0]
    return head if head in (MONEY, PERCENT) else unit


def slots(tables: Tables, table: str, day: str, provinces: Sequence[str]) -> dict[str, Slot]:
    """The items of a table that take new rows, with the names they have now."""
    if table in CLOSED:
        return {}
    newest: dict[str, LegalRow] = {}
    places: dict[str, set[str]] = {}
    unlimited: set[str] = set()
    for row in (row for row in tables.rows if row.table == table):
        if row.item not in newest or newest[row.item].valid_from <= row.valid_from:
            newest[row.item] = row
        places.setdefault(row.item, set()).add(row.where)
        unlimited |= {row.item} if row.value == UNLIMITED else set()
    found = {
        item: Slot(
            table,
            item,
            row.name_vi,
            row.unit,
            _places(table, places[item], provinces),
            item in unlimited,
        )
        for item, row in newest.items()
    }
    return found | _supported(tables, day, provinces, found) if table == LOCAL else found


def _places(table: str, known: set[str], provinces: Sequence[str]) -> tuple[str, ...]:
    if table == LOCAL:
        return tuple(provinces)
    return SETTLEMENTS if known & set(SETTLEMENTS) else ("",)


def _supported(
    tables: Tables, day: str, provinces: Sequence[str], known: Mapping[str, Slot]
) -> dict[str, Slot]:
    """Every other group that pays a share of its own: a province may support any of them."""
    found: dict[str, Slot] = {}
    for group in tables.items("law_group"):
        law_group = tables.in_force(day, "law_group", group)
        item = support_category(group)
        if law_group is None or law_group.value not in MAY_HAVE_SUPPORT or item in known:
            continue
        found[item] = Slot(LOCAL, item, law_group.name_vi, PERCENT, tuple(provinces))
    return found | _voluntary(tables, day, provinces, known)


def _voluntary(
    tables: Tables, day: str, provinces: Sequence[str], known: Mapping[str, Slot]
) -> dict[str, Slot]:
    """Voluntary social insurance: whomever the state supports a province may support further."""
    found: dict[str, Slot] = {}
    for supported in tables.items("voluntary"):
        row = tables.in_force(day, "voluntary", supported)
        item = VOLUNTARY + supported.removeprefix(VOLUNTARY_SUPPORT)
        if row is None or not supported.startswith(VOLUNTARY_SUPPORT) or item in known:
            continue
        found[item] = Slot(LOCAL, item, f"BHXH tự nguyện. {row.name_vi}", PERCENT, tuple(provinces))
    return found
